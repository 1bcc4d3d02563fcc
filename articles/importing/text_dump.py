"""A page copied as plain text: navigation, title, dateline, paragraphs, sign-off."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from articles.importing.article import read_article
from articles.importing.blocks import Block, blocks_of_text
from articles.importing.body import is_prose
from articles.importing.breadcrumbs import split_path
from articles.importing.bylines import is_byline
from articles.importing.credits import has_label, read_labels
from articles.importing.dates import find_time
from articles.importing.debris import is_noise, plain_script
from articles.importing.extent import Outline
from articles.importing.headings import split_sections
from articles.importing.metadata import is_article_url
from articles.importing.page import ExtractedPage

_HEAD = 40  # lines in which the dateline must stand
_LONGEST_DATELINE = 120  # characters
_LONGEST_TITLE = 80
_KICKER = 14  # characters: a line over the title is shorter than this
_PATH = re.compile(r"(?:>{1,2}|＞|›|»|》》)")
_MENU_NAMES = 4  # names of channels that make a menu
_CHANNEL_NAME = re.compile(
    "首页|频道|要闻|时政|政务|党建|国际|国内|财经|经济|军事|观点|理论|法治|社会|产经|教育|科普|科技|体育|文化|房产|汽车"
    "|旅游|健康|视频|图片|评论|民生|生活|专题|娱乐|滚动|留言|公开|服务|互动|走进|新闻"
)
SUBTITLE_MARK = re.compile(r"^(?:——|—|--)")
_URL = re.compile(r"https?://[^\s，。）)]{6,500}")


@dataclass(frozen=True)
class Top:
    """The lines over the text. `after` is the first block after the title."""

    kicker: str
    title: str
    subtitle: str
    after: int


def read_dump(text: str, file: str) -> ExtractedPage:
    """Read a text dump; what is wrong with it stands in `error`."""
    return read_lines(blocks_of_text(text), file)


def read_lines(blocks: Sequence[Block], file: str) -> ExtractedPage:
    """Read a page that is a row of lines; what is wrong with it stands in `error`."""
    if not any(is_prose(block) for block in blocks):
        return ExtractedPage(file, error="没有找到正文。")
    path_index, breadcrumb = find_path(blocks)
    dateline = find_dateline(blocks)
    top = _find_title(blocks, path_index + 1, dateline)
    if not top.title:
        return ExtractedPage(file, error="没有找到标题。")
    return page_under(blocks, file, top, dateline, breadcrumb)


def page_under(
    blocks: Sequence[Block],
    file: str,
    top: Top,
    dateline: int = -1,
    breadcrumb: tuple[str, ...] = (),
) -> ExtractedPage:
    """The page whose title is known; a `dateline` of -1 means that there is none."""
    begin = max(top.after, dateline + 1)
    head = min(top.after, dateline) if dateline >= 0 else top.after
    outline = Outline(
        blocks, top.title, head=range(head, begin), body=range(begin, len(blocks))
    )
    article = read_article(outline)
    sections = split_sections(article.paragraphs)
    if not any(section.paragraphs for section in sections):
        return ExtractedPage(file, title=top.title, error="没有找到正文。")
    return ExtractedPage(
        file,
        title=top.title,
        kicker=top.kicker,
        standfirst=article.standfirst,
        subtitle=top.subtitle,
        published_at=article.published_at,
        source=article.credits.source or article.credits.dateline_source,
        authors=tuple(article.credits.authors),
        editors=tuple(article.credits.responsible),
        breadcrumb=breadcrumb,
        sections=sections,
        original_url=_original_url(blocks),
    )


def find_path(blocks: Sequence[Block]) -> tuple[int, tuple[str, ...]]:
    for index, block in enumerate(blocks[:_HEAD]):
        if _PATH.search(block.text) and len(block.text) <= _LONGEST_DATELINE:
            nodes = split_path(block.text)
            if len(nodes) > 1:
                return index, nodes
    return -1, ()


def find_dateline(blocks: Sequence[Block]) -> int:
    """The first short line with a full date, before the text; -1 if there is none."""
    for index, block in enumerate(blocks[:_HEAD]):
        text = block.text
        if _is_dateline(text):
            return index
        if is_prose(block) and len(text) > _LONGEST_TITLE and "。" in text:
            break
    return -1


def _is_dateline(text: str) -> bool:
    if len(text) > _LONGEST_DATELINE or "。" in text:
        return False
    return find_time(text) is not None or bool(read_labels([text]).source)


def _find_title(blocks: Sequence[Block], first: int, dateline: int) -> Top:
    lines = _title_lines(blocks, first, dateline)
    if not lines:
        lines = _title_over_text(blocks, max(first, dateline + 1))
    if not lines:
        return Top("", "", "", 0)
    texts = [blocks[index].text for index in lines]
    has_kicker = len(texts) > 1 and is_kicker(texts[0], texts[1])
    kicker = texts[0] if has_kicker else ""
    lines, texts = lines[has_kicker:], texts[has_kicker:]
    return Top(kicker, texts[0], texts[1] if len(texts) > 1 else "", lines[0] + 1)


def _title_lines(blocks: Sequence[Block], first: int, end: int) -> list[int]:
    """Up to three lines that can be a title, nearest to the dateline."""
    found = [index for index in range(first, end) if may_be_title(blocks[index])]
    return _adjoining(found)[-3:]


def _title_over_text(blocks: Sequence[Block], first: int) -> list[int]:
    """The line over the first paragraph: the dateline stands higher, or there is none."""
    prose = (
        index for index in range(first, len(blocks)) if is_paragraph(blocks[index])
    )
    found = _title_lines(blocks, first, next(prose, first))
    if len(found) > 1 and SUBTITLE_MARK.match(blocks[found[-1]].text):
        return found[-2:]
    return found[-1:]


def is_paragraph(block: Block) -> bool:
    return is_prose(block) and "。" in block.text


def _adjoining(numbers: list[int]) -> list[int]:
    """The last unbroken row of numbers."""
    row: list[int] = []
    for number in reversed(numbers):
        if row and row[0] - number > 1:
            break
        row.insert(0, number)
    return row


def may_be_title(block: Block) -> bool:
    text = block.text
    if not 4 <= len(text) <= _LONGEST_TITLE or "。" in text:
        return False
    if is_noise(block) or is_menu(text):
        return False
    return not (
        has_label(text) or is_byline(text) or find_time(text) or _PATH.search(text)
    )


def is_menu(text: str) -> bool:
    """Names of channels in a row, often without a space between them."""
    return len(set(_CHANNEL_NAME.findall(plain_script(text)))) >= _MENU_NAMES


def is_kicker(first: str, second: str) -> bool:
    if SUBTITLE_MARK.match(second):
        return False
    return len(first) <= _KICKER and len(second) > len(first) * 1.5


def _original_url(blocks: Sequence[Block]) -> str:
    for block in (*blocks[:5], *blocks[-12:]):
        match = _URL.search(block.text)
        if match and len(block.text) <= len(match[0]) + 12 and is_article_url(match[0]):
            return match[0]
    return ""
