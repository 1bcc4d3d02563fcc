"""Headings inside an article, and the sections they make."""

import re
from collections.abc import Sequence

from articles.importing.blocks import Block
from articles.importing.bylines import is_byline, is_signature
from articles.importing.dates import has_date
from articles.importing.page import ExtractedSection

# Measured on a hundred pages: median 11, ninth decile 19, longest 26 characters a line.
_LONGEST = 30
_LONGEST_MARKED = 40  # with <h2> there is no doubt
_LONGEST_GROUP = 3  # lines; more in a row are a list
_LONGEST_REST = 60  # characters of the lines after the first
_FOLLOWING = 40  # characters of the paragraph after a heading that is not marked up
_FOLLOWING_MARKED = 20  # characters, if it does not end like a sentence
_ENDS_SENTENCE = re.compile(r"[。！？：；，…”’」）)]$")
_TABLE = frozenset(("table", "tbody", "tr", "caption"))
_TAGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
_ENDS_LIKE_TEXT = re.compile(r"[。，；、…,.;!！～~]$|[。；！].")
_NUMERAL = re.compile(
    r"^(?:[\dⅠ-Ⅻ一二三四五六七八九十]{1,3}|0\d|[①-⑳]|PART\s?\d+)[.、]?$", re.IGNORECASE
)
_NUMBERED = re.compile(r"^[一二三四五六七八九十]{1,3}、\S")
_NUMBERED_DEEPER = re.compile(r"^[（(][一二三四五六七八九十]{1,3}[)）]\S")
_SPEAKER = re.compile(
    r"^(?:问|答|記者|记者|主持人|[\u4e00-\u9fff]{2,10}记者|Q|A)\s*[:：]|^[\[【].{1,12}[\]】]"
)
_NOT_A_HEADING = re.compile(
    r"〔\d{4}〕|^[（(].*[)）]$|^附[:：]|^注[:：]|^\*|https?:|www\.|@|^[\W_]+$"
)
_LONGEST_CLOSING = 3  # paragraphs
_MARKUP = re.compile(r"<[^>]*>")
_COUPLET = re.compile(
    r"^(?P<first>[\u4e00-\u9fff]{4,9})[，,](?P<second>[\u4e00-\u9fff]{4,9})[。！]$"
)
_QUOTED_TITLE = re.compile(r"^[《“「].+[》”」]$")


def split_sections(blocks: Sequence[Block]) -> tuple[ExtractedSection, ...]:
    """Cut the article at its headings. The lead comes first, without a heading."""
    groups = _heading_groups(blocks)
    sections: list[ExtractedSection] = []
    heading = subheading = ""
    paragraphs: list[str] = []
    index = 0
    while index < len(blocks):
        if index in groups:
            sections.append(ExtractedSection(heading, subheading, tuple(paragraphs)))
            lines = [block.text for block in blocks[index : index + groups[index]]]
            heading, subheading, paragraphs = lines[0], " ".join(lines[1:]), []
            index += groups[index]
        else:
            paragraphs.append(blocks[index].html())
            index += 1
    text, closing = _cut_closing(paragraphs) if heading else (paragraphs, [])
    sections.append(ExtractedSection(heading, subheading, tuple(text)))
    sections.append(ExtractedSection("", "", tuple(closing)))
    return tuple(
        section for section in sections if section.heading or section.paragraphs
    )


def _cut_closing(paragraphs: list[str]) -> tuple[list[str], list[str]]:
    """Part the closing of the whole story from the last titled part.

    Only a couplet that stands as a paragraph near the end shows where it begins;
    nothing in a page's mark-up does.
    """
    first = max(1, len(paragraphs) - _LONGEST_CLOSING)
    for index in range(first, len(paragraphs)):
        couplet = _COUPLET.match(_MARKUP.sub("", paragraphs[index]))
        if couplet and len(couplet["first"]) == len(couplet["second"]):
            return paragraphs[:index], paragraphs[index:]
    return paragraphs, []


def _heading_groups(blocks: Sequence[Block]) -> dict[int, int]:
    """First block and number of lines of each heading.

    The page's own emphasis decides; only a page without any is judged by the length of
    its lines, which is right less often.
    """
    for evidence in (_is_marked, _is_numbered, _is_numbered_deeper, _stands_out):
        lines = [evidence(blocks, index) for index in range(len(blocks))]
        groups = _group(blocks, lines, plain=evidence is _stands_out)
        if groups:
            return groups
    return {}


def _group(
    blocks: Sequence[Block], lines: list[bool], *, plain: bool
) -> dict[int, int]:
    groups: dict[int, int] = {}
    index = 0
    while index < len(blocks):
        length = 0
        while index + length < len(blocks) and lines[index + length]:
            length += 1
        if length and _is_heading(blocks, index, length, plain=plain):
            groups[index] = length
        index += max(length, 1)
    return groups


def _is_heading(
    blocks: Sequence[Block], index: int, length: int, *, plain: bool
) -> bool:
    """Whether the lines stand like a heading: few, and with text to follow."""
    lines = [block.text for block in blocks[index : index + length]]
    following = blocks[index + length].text if index + length < len(blocks) else ""
    if (
        length > _LONGEST_GROUP
        or not following
        or len(" ".join(lines[1:])) > _LONGEST_REST
    ):
        return False
    if lines[-1].endswith(("：", ":")) or all(_NUMERAL.match(line) for line in lines):
        return False
    if (
        not plain
        and len(following) < _FOLLOWING_MARKED
        and not _ENDS_SENTENCE.search(following)
    ):
        return False
    if plain:
        return index > 0 and len(following) >= _FOLLOWING and len("".join(lines)) >= 4
    return True


def _is_line(block: Block, longest: int = _LONGEST) -> bool:
    text = block.text
    if block.tag in _TABLE or len(text) > longest or _ENDS_LIKE_TEXT.search(text):
        return False
    if _SPEAKER.search(text) or (has_date(text) and len(text) <= 20):
        return False
    unlike = _NOT_A_HEADING.search(text) and not _QUOTED_TITLE.search(text)
    return not unlike and not is_byline(text) and not is_signature(text)


def _is_marked(blocks: Sequence[Block], index: int) -> bool:
    block = blocks[index]
    if block.tag in _TAGS:
        return _is_line(block, _LONGEST_MARKED)
    return block.bold > 0.95 and _is_line(block)


def _is_numbered(blocks: Sequence[Block], index: int) -> bool:
    return bool(_NUMBERED.match(blocks[index].text)) and _is_line(blocks[index])


def _is_numbered_deeper(blocks: Sequence[Block], index: int) -> bool:
    return bool(_NUMBERED_DEEPER.match(blocks[index].text)) and _is_line(blocks[index])


def _stands_out(blocks: Sequence[Block], index: int) -> bool:
    """A short line without an end, after a paragraph that has one."""
    block = blocks[index]
    if not _is_line(block) or _QUOTED_TITLE.search(block.text):
        return False
    return not block.after_image or not block.before_image
