"""Source, authors and editors of one article, from the places where pages print them."""

import re
from collections.abc import Sequence

from articles.importing.blocks import Block
from articles.importing.bylines import (
    authors_in_body,
    authors_in_dateline,
    authors_of_line,
)
from articles.importing.credits import (
    Credits,
    is_credit,
    looks_like_outlet,
    outlet_in_dateline,
    read_labels,
    split_byline,
)
from articles.importing.extent import Extent, Outline

_TAIL = 14  # blocks after the article in which its own credits stand
_FAR_TAIL = 60  # blocks after it in which an editor may still be named
_OVER_TITLE = 8  # blocks
_EDGE = 80  # characters at the end of a paragraph in which a label may stand
_OPENING = 4  # lines: captions may stand before the dateline of the text
_LONGEST = 200
_LONGEST_LABELLED = 60
_DATE_LIKE = re.compile(r"[\d年月日时時分秒:：/.\-\sT+]{5,}")
_ORNAMENTS = " \t·•・∙|｜[]【】()（）"


def read_credits(outline: Outline, extent: Extent) -> Credits:
    """Labels beside the title come first, then unlabelled words there, then the end."""
    blocks = outline.blocks
    head = blocks[outline.head.start : extent.begin]
    inside = [blocks[index].text for index in extent.numbers]
    labelled = [
        line for line in inside if len(line) <= _LONGEST_LABELLED and is_credit(line)
    ]
    edges = [line[-_EDGE:] for line in (*inside[:2], *inside[-3:])]
    tail = _unlinked(blocks[extent.end : extent.end + _TAIL])
    top = read_labels(_unlinked(head))
    bottom = read_labels([*labelled, *edges, *tail])
    far = read_labels(_unlinked(blocks[extent.end + _TAIL : extent.end + _FAR_TAIL]))
    return Credits(
        source=top.source
        or _unlabelled_source(head)
        or _source_over_title(outline)
        or bottom.source,
        dateline_source=next(
            filter(None, map(outlet_in_dateline, inside[:_OPENING])), ""
        ),
        authors=top.authors
        or _authors_in_head(head)
        or bottom.authors
        or authors_in_body(inside),
        editors=_first(top.editors, bottom.editors, far.editors),
        plain_editors=_first(
            top.plain_editors, bottom.plain_editors, far.plain_editors
        ),
    )


def _first(*lists: list[str]) -> list[str]:
    return next((people for people in lists if people), [])


def _unlinked(blocks: Sequence[Block]) -> list[str]:
    return [
        block.text
        for block in blocks
        if block.linked < 0.8 and len(block.text) <= _LONGEST
    ]


def _unlabelled_source(head: Sequence[Block]) -> str:
    for block in head:
        for piece in _around_date(block.text):
            outlet = piece if looks_like_outlet(piece) else split_byline(piece)[1]
            if outlet:
                return outlet
    return ""


def _source_over_title(outline: Outline) -> str:
    """The outlet after a date that stands over the title; menus have no date."""
    start = outline.head.start
    above = outline.blocks[max(0, start - 1 - _OVER_TITLE) : start]
    dated = [
        index for index, block in enumerate(above) if _DATE_LIKE.fullmatch(block.text)
    ]
    if not dated:
        return ""
    return _unlabelled_source(
        [block for block in above[dated[0] :] if len(block.text) <= 12]
    )


def _authors_in_head(head: Sequence[Block]) -> list[str]:
    for block in head:
        for piece in (block.text, *_around_date(block.text)):
            people = _authors_of(piece)
            if people:
                return people
    return []


def _authors_of(piece: str) -> list[str]:
    author = split_byline(piece)[0]
    if author:
        return [author]
    return authors_of_line(piece) or (
        authors_in_dateline(piece) if len(piece) <= _LONGEST_LABELLED else []
    )


def _around_date(line: str) -> list[str]:
    """The words beside the time in a dateline, in pieces and one by one."""
    if len(line) > _EDGE:
        return []
    parts = [part.strip(_ORNAMENTS) for part in _DATE_LIKE.split(line)]
    words = [word.strip(_ORNAMENTS) for part in parts for word in part.split()]
    return [piece for piece in (*parts, *words) if piece]
