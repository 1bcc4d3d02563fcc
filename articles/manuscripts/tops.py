"""The title of a manuscript as reporters type it: the first lines, labelled or not."""

import re
from collections.abc import Sequence

from articles.importing.blocks import Block
from articles.importing.debris import is_credit_line
from articles.importing.text_dump import (
    SUBTITLE_MARK,
    Top,
    is_kicker,
    is_paragraph,
    may_be_title,
)

_LABELLED = re.compile(
    r"^[【\[]?(?:(?P<kicker>引题|肩题|眉题|引題|肩題|眉題)|(?P<subtitle>副标题|副题|副標題|副題)"
    r"|(?P<title>主标题|标题|正题|题目|主標題|標題|正題|題目))[】\]]?\s*[：:]\s*(?P<value>\S.{1,118})$"
)
_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）])"
)
_SHORTEST_SUBTITLE = 12  # characters; a shorter line over the text is a heading
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")


def find_top(blocks: Sequence[Block]) -> Top:
    """Kicker, title and subtitle over the first paragraph; without any, an empty title."""
    stop = next(
        (index for index, block in enumerate(blocks) if is_paragraph(block)),
        len(blocks),
    )
    lines = [index for index in range(stop) if may_be_title(blocks[index])]
    top = _labelled(blocks[:stop])
    if top:
        return top
    first = next((index for index in lines if blocks[index].tag == "h1"), None)
    if first is None:
        if not lines:
            return Top("", "", "", 0)
        first = lines[0]
        if _are_kicker_and_title(blocks, lines[:2]):
            first = lines[1]
    title, end = _whole_title(blocks, first)
    over = blocks[first - 1] if first - 1 in lines else None
    kicker = over.text if over and is_kicker(over.text, title) else ""
    if end in lines and _may_be_subtitle(blocks, end, first):
        return Top(kicker, title, blocks[end].text, end + 1)
    return Top(kicker, title, "", end)


def has_title_label(text: str) -> bool:
    return bool(_LABELLED.match(text))


def _labelled(blocks: Sequence[Block]) -> Top | None:
    """What 标题：…, 引题：… and 副题：… say; None unless the title is among them."""
    values: dict[str, str] = {}
    after = 0
    for index, block in enumerate(blocks):
        match = _LABELLED.match(block.text)
        if match:
            values.setdefault(_kind(match), match["value"])
            after = index + 1
    if "title" not in values:
        return None
    return Top(
        values.get("kicker", ""), values["title"], values.get("subtitle", ""), after
    )


def _kind(match: re.Match[str]) -> str:
    return next(name for name in ("kicker", "subtitle", "title") if match[name])


def _are_kicker_and_title(blocks: Sequence[Block], lines: Sequence[int]) -> bool:
    if len(lines) < 2 or lines[1] - lines[0] > 1:
        return False
    return is_kicker(blocks[lines[0]].text, blocks[lines[1]].text)


def _whole_title(blocks: Sequence[Block], first: int) -> tuple[str, int]:
    """A title of two lines in one <h1> is one title, with a space between."""
    end = first + 1
    while (
        end < len(blocks)
        and blocks[first].tag == "h1"
        and blocks[end].element is blocks[first].element
    ):
        end += 1
    return " ".join(block.text for block in blocks[first:end]), end


def _may_be_subtitle(blocks: Sequence[Block], index: int, title: int) -> bool:
    block = blocks[index]
    if SUBTITLE_MARK.match(block.text):
        return True
    if _NUMBERED.match(block.text) or block.tag in _HEADINGS:
        return False
    if block.bold > 0.95 > blocks[title].bold and blocks[title].tag != "h1":
        return False
    following = blocks[index + 1] if index + 1 < len(blocks) else None
    if following is not None and is_credit_line(following):
        return True
    return len(block.text) >= _SHORTEST_SUBTITLE
