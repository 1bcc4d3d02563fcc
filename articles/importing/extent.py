"""Where an article begins and ends among the blocks of its page."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from articles.importing.blocks import Block
from articles.importing.body import is_prose
from articles.importing.dates import find_time
from articles.importing.debris import (
    is_credit_line,
    is_ending_mark,
    is_noise,
    is_sign_off,
)

_DATE_LIKE = re.compile(r"[\d年月日时時分秒:：/.\-\sT+]{6,}")
_PASSAGE = re.compile(r"通过|通過|修订|修訂|施行|会议|會議")
_EDITOR_AT_END = re.compile(
    r"[（(\[【]\s*(?:责任编辑|责编|責任編輯|責編|编辑|編輯)[^（）()]{0,40}[）)\]】]\s*\d{0,8}$"
)
_LONGEST_DATELINE = 120  # characters
_MOST_WORDS = 60  # characters beside the date in a dateline
_ENOUGH_TEXT = 40  # characters after a box of links that show that the article goes on


@dataclass(frozen=True)
class Outline:
    """Where things stand on a page, as numbers of its blocks."""

    blocks: Sequence[Block]
    title: str
    head: range  # after the title, up to where the body may begin
    body: range  # of the body's element, with what is not the article's still in it
    spans: Mapping[etree._Element, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Extent:
    """The numbers of the article's own blocks, and of the first block after it."""

    numbers: tuple[int, ...]
    begin: int
    end: int


def is_dateline(text: str) -> bool:
    """Whether a line with a date can stand beside a title, and is no sentence."""
    if (
        len(text) > _LONGEST_DATELINE
        or re.search(r"[。！？]", text)
        or not find_time(text)
    ):
        return False
    if text.startswith(("（", "(")) and _PASSAGE.search(text):
        return False
    return len(_DATE_LIKE.sub("", text)) <= _MOST_WORDS


def find_extent(outline: Outline) -> Extent:
    """From the first line of text to the sign-off, without boxes of links in between.

    An ending mark counts only after some text, and only if most of the text stands
    before it.
    """
    begin, stop = _begin(outline), outline.body.stop
    lengths = {
        index: _text_length(outline.blocks[index]) for index in range(begin, stop)
    }
    before, after = 0, sum(lengths.values())
    numbers: list[int] = []
    boxed: set[str] = set()
    index = begin
    while index < stop:
        block = outline.blocks[index]
        box_end = (
            _box_end(outline, index) if before and is_ending_mark(block) else index
        )
        inside = sum(lengths[number] for number in range(index, box_end))
        if box_end > index + 1 and after - inside >= _ENOUGH_TEXT:
            boxed |= {outline.blocks[number].text for number in range(index, box_end)}
            index, after = box_end, after - inside
            continue
        if before and after <= before and (box_end > index or is_sign_off(block)):
            return Extent(tuple(numbers), begin, index)
        if block.text not in boxed:
            numbers.append(index)
        before, after = before + lengths[index], after - lengths[index]
        index += 1
        if after <= before and _EDITOR_AT_END.search(block.text[-60:]):
            return Extent(tuple(numbers), begin, index)
    return Extent(tuple(numbers), begin, stop)


def _begin(outline: Outline) -> int:
    """The first prose, and the lines before it that are neither dateline nor noise."""
    body = outline.body
    begin = next(
        (index for index in body if _text_length(outline.blocks[index]) > 0), body.start
    )
    while begin > body.start and not _is_head(outline.blocks[begin - 1]):
        begin -= 1
    return begin


def _text_length(block: Block) -> int:
    """Characters of running text; 0 for anything else."""
    if not is_prose(block) or is_noise(block) or _is_head(block):
        return 0
    return len(block.text)


def _is_head(block: Block) -> bool:
    return is_credit_line(block) or is_dateline(block.text) or is_noise(block)


def _box_end(outline: Outline, index: int) -> int:
    """The end of the widest element that begins with this block or after it."""
    element, end = outline.blocks[index].element, index + 1
    while element is not None:
        begin, last = outline.spans.get(element, (-1, 0))
        if begin < index or last > outline.body.stop:
            break
        element, end = element.getparent(), max(end, last)
    return end
