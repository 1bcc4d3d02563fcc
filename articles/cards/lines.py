"""Where the lines of a title end: between words, best at the end of a clause, balanced."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

Measure = Callable[[str], float]


class Setting(NamedTuple):
    """Lines, and how badly they stand: less is better."""

    cost: float
    lines: list[str]


# Chinese marks that begin no line, and those that end none.
NOT_FIRST = frozenset("。，、；：？！…—·～％）》〉」』】〕”’,.;:?!)]%")
NOT_LAST = frozenset("（《〈「『【〔“‘([#￥")
# Latin words and numbers are whole.
_WHOLE = re.compile(
    r"[0-9A-Za-z](?=[0-9A-Za-z.,:%/&'+-])|[.,:/&'+-](?=[0-9A-Za-z])|(?<=[0-9])：(?=[0-9])"
)
_CLAUSE_ENDS = frozenset("，；：？！")
# Against the square of the part of a line that is left blank.
BLANK_BONUS, CLAUSE_BONUS, LINE_COST = 0.35, 0.12, 0.03
ELLIPSIS = "…"


def broken(
    text: str, breaks: Iterable[int], measure: Measure, width: float, most: int
) -> Setting | None:
    """The title in at most `most` lines of `width`; None if it does not fit.

    `breaks` are offsets at which a line may end; without any it may wherever the rules
    of marks allow. `measure` gives the length of a line.
    """
    allowed = {place for place in breaks if 0 < place < len(text)}
    places = [
        place
        for place in range(1, len(text))
        if _may_part(text, place)
        and (not allowed or place in allowed or _bonus(text, place))
    ]
    return _best(text, [0, *places, len(text)], measure, width, most)


def cut(text: str, measure: Measure, width: float, most: int) -> list[str]:
    """As much of a title as fits, torn wherever marks allow, with an ellipsis if not all."""
    whole = broken(text, (), measure, width, most)
    if whole:
        return whole.lines

    def lines_of(length: int) -> list[str]:
        shown = text[:length].rstrip() + ELLIPSIS
        setting = broken(shown, (), measure, width, most)
        return setting.lines if setting else []

    lengths = range(1, len(text))
    fitting = bisect_left(lengths, 1, key=lambda length: not lines_of(length))
    return lines_of(fitting) or [ELLIPSIS]


def _best(
    text: str, places: Sequence[int], measure: Measure, width: float, most: int
) -> Setting | None:
    """The cheapest way over these places: short lines cost, ends of clauses pay."""
    length = cache(lambda start, end: measure(text[start:end].strip()))
    total = measure(text)
    fewest = max(1, int(total / width))
    found = [
        way
        for lines in range(fewest, most + 1)
        if (way := _way(text, places, length, width, min(width, total / lines), lines))
    ]
    if not found:
        return None
    cost, ends = min(found)
    lines = [text[start:end].strip() for start, end in pairwise([0, *ends])]
    return Setting(cost, lines)


def _way(
    text: str,
    places: Sequence[int],
    length: Callable[[int, int], float],
    width: float,
    target: float,
    lines: int,
) -> tuple[float, tuple[int, ...]] | None:
    """The cost of exactly so many lines and where they end; None if they do not fit."""
    ways: dict[int, tuple[float, tuple[int, ...]]] = {0: (LINE_COST * lines, ())}
    for _ in range(lines):
        longer: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (cost, ends) in ways.items():
            for end in places:
                if end <= start:
                    continue
                long = length(start, end)
                if long > width:
                    break
                off = ((long - target) / width) ** 2
                way = (cost + off - _bonus(text, end), (*ends, end))
                longer[end] = min(longer.get(end, way), way)
        ways = longer
    return ways.get(len(text))


def _bonus(text: str, place: int) -> float:
    """What ending a line there is worth: the end of a clause."""
    if place >= len(text):
        return 0
    before = text[place - 1]
    if before.isspace() or text[:place].endswith("——"):
        return BLANK_BONUS
    # Not in 10：30.
    is_end = before in _CLAUSE_ENDS and not text[place].isdecimal()
    return CLAUSE_BONUS if is_end else 0


def _may_part(text: str, place: int) -> bool:
    before, after = text[:place].rstrip()[-1:], text[place]
    if after.isspace() or before in NOT_LAST or after in NOT_FIRST:
        return False
    return not _WHOLE.match(text, place - 1)
