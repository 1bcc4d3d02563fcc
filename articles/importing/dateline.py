"""When the page says it appeared: beside the title, above it, under it, in its head."""

import re
from collections.abc import Iterator, Sequence

from articles.importing.blocks import Block
from articles.importing.dates import find_time, refine, tail_date
from articles.importing.extent import Extent, Outline, is_dateline

_BEFORE_TITLE = 8  # blocks
_TAIL = 14  # blocks after the article
_YEARLESS = re.compile(
    r"(?<![\d年/.-])\d{1,2}\s*[-月/]\s*\d{1,2}\s*日?\s*\d{1,2}\s*[:：]\s*\d{2}"
)
_PUBLISHED = re.compile(r"(?:发布|发表|发稿|刊发|發布|發表)(?:时间|日期|時間|於|于)?")
_DATE_LABEL = re.compile(r"(?:日期|时间|時間)\s*[:：]")
_TODAY = re.compile(r"今天是|今日|星期|農曆|农历")
_LABEL_ALONE = re.compile(r"^.{2,10}[:：]$")
_PART = 12  # characters of a part of a split date
_LONGEST = 200  # characters of a line, or of several joined


def published_at(outline: Outline, extent: Extent, metadata: str | None) -> str | None:
    """The printed time, made precise by the page's head; without it, the head's alone.

    A day and a clock without a year stay unused, whatever the head says: the page does
    not tell when it appeared.
    """
    head = outline.blocks[outline.head.start : extent.begin]
    printed = _first(_beside_title(head))
    if not printed and any(_YEARLESS.search(line) for line in _lines(head)):
        return None
    printed = printed or _over_title(outline) or _under_text(outline, extent)
    return refine(printed, metadata) if printed else metadata


def _beside_title(blocks: Sequence[Block]) -> Iterator[str]:
    """Lines labelled as publication first, then datelines, then parts of a split date."""
    lines = _lines(blocks)
    for line in lines:
        label = _PUBLISHED.search(line)
        if label:
            yield line[label.start() :]
    yield from filter(is_dateline, lines)
    yield " ".join(line for line in lines if len(line) <= _PART)[:_LONGEST]


def _over_title(outline: Outline) -> str | None:
    """A single date over the title; several belong to a list of other stories."""
    top = max(0, outline.head.start - 1 - _BEFORE_TITLE)
    above = [
        block
        for block in outline.blocks[top : outline.head.start]
        if block.linked < 0.3 and not _TODAY.search(block.text)
    ]
    labelled = _first(line for line in _lines(above) if _PUBLISHED.search(line))
    dates = {find_time(line) for line in filter(is_dateline, _lines(above))}
    if labelled or len(dates) > 1:
        return labelled
    return dates.pop() if dates else _first(_beside_title(above))


def _under_text(outline: Outline, extent: Extent) -> str | None:
    blocks = outline.blocks
    tail = _lines(blocks[extent.end : extent.end + _TAIL])
    return _first(line for line in tail if _DATE_LABEL.search(line)) or _tail_date(
        blocks[extent.begin : extent.end + 3]
    )


def _lines(blocks: Sequence[Block]) -> list[str]:
    """Short lines that are not links; a label alone is joined with the line after it."""
    lines: list[str] = []
    for block in blocks:
        if block.linked >= 0.9 or len(block.text) > _LONGEST:
            continue
        if lines and _LABEL_ALONE.match(lines[-1]):
            lines[-1] += block.text
        else:
            lines.append(block.text)
    return lines


def _first(lines: Iterator[str]) -> str | None:
    return next((found for line in lines if (found := find_time(line))), None)


def _tail_date(blocks: Sequence[Block]) -> str | None:
    return next(
        (found for block in blocks[-6:] if (found := tail_date(block.text))), None
    )
