"""Dates and times in running text: which day is meant, and which cannot be."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from editions.suspicions import Kind, Suspicion

_WEEKDAYS: Final = "一二三四五六日"
_NEAR: Final = 90  # days within which a date without a year is taken to mean this one
_MONTHS: Final = 12
_HOURS: Final = 24
_MINUTES: Final = 60
_LEAP: Final = 2000  # any leap year: 29 February is possible while the year is unknown
_LUNAR_BEFORE = re.compile("[农農][历曆]|[阴陰][历曆]|[旧舊][历曆]|正月|腊月|臘月")

_WRITTEN_OUT = re.compile(
    r"(?:(?<!\d)(?P<year>\d{4})年)?(?<!\d)(?<!\d[.．])(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号號]"
    r"(?:(?:至|到|—{1,2}|[-－–~～])(?P<last>\d{1,2})[日号號])?"
    r"(?:[，,]?[（(]?(?:星期|[周週]|[礼禮]拜)(?P<weekday>[一二三四五六日天])"
    r"(?![至到—\-～~、和末均报報刊]))?"
)
_NUMERIC = re.compile(
    r"(?<![\d./\-])(?P<year>(?:19|20)\d{2})(?P<dash>[-/.])(?P<month>\d{1,2})(?P=dash)(?P<day>\d{1,2})(?![\d./\-]*\d)"
)
_YEAR_AND_MONTH = re.compile(r"(?<!\d)\d{4}年(?P<month>\d{1,2})月(?!\d{1,2}[日号號])")
# A score or a ratio looks like a time: only what follows a day or a part of one counts.
_CLOCK = re.compile(
    r"(?<=[日号號午晨晚早间間])\s?(?P<hour>\d{1,2})[:：](?P<minute>\d{2})(?![\d:：])"
)
_HOUR_AND_MINUTE = re.compile(
    r"(?<!\d)(?P<hour>\d{1,2})[时時点點](?P<minute>\d{1,2})分(?![之钟鐘])"
)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A day named with its year; `start` and `length` count code points of the text."""

    start: int
    length: int
    found: str
    day: date


def dated_days(text: str) -> Iterator[DateMention]:
    """The possible days that the text names with their year, in order."""
    for match in _dates(text):
        day = _day(match, int(match["year"])) if match["year"] else None
        if day:
            yield DateMention(match.start(), len(match[0]), match[0], day)


def impossible_dates(
    text: str, *, written_on: date | None = None
) -> Iterator[Suspicion]:
    """Days, weekdays and times that do not exist.

    `written_on` tells the year of a date that has none, if it lies within 90 days of
    it; without it a weekday is checked only where the year is written. Days of the
    lunar calendar are passed over.
    """
    for match in _dates(text):
        if not _is_lunar(text, match.start()):
            fault = _fault_of_day(match) or _fault_of_weekday(match, written_on)
            if fault:
                yield fault
    yield from _impossible_months(text)
    yield from _impossible_times(text)


def _impossible_months(text: str) -> Iterator[Suspicion]:
    for match in _YEAR_AND_MONTH.finditer(text):
        month = int(match["month"])
        if not 1 <= month <= _MONTHS:
            yield _impossible(match, f"没有{month}月")


def _impossible_times(text: str) -> Iterator[Suspicion]:
    for pattern in (_CLOCK, _HOUR_AND_MINUTE):
        for match in pattern.finditer(text):
            hour, minute = int(match["hour"]), int(match["minute"])
            if hour > _HOURS or minute >= _MINUTES or (hour == _HOURS and minute):
                yield _impossible(match, "没有这个时间")


def _dates(text: str) -> Iterator[re.Match[str]]:
    found = [*_WRITTEN_OUT.finditer(text), *_NUMERIC.finditer(text)]
    yield from sorted(found, key=lambda match: match.start())


def _is_lunar(text: str, start: int) -> bool:
    return bool(_LUNAR_BEFORE.search(text[max(0, start - 3) : start]))


def _fault_of_day(match: re.Match[str]) -> Suspicion | None:
    month = int(match["month"])
    if not 1 <= month <= _MONTHS:
        return _impossible(match, f"没有{month}月")
    year = int(match["year"] or _LEAP)
    length = monthrange(max(year, 1), month)[1]
    days = [int(match["day"])]
    if match.re is _WRITTEN_OUT and match["last"]:
        days.append(int(match["last"]))
    for day in days:
        if not 1 <= day <= length:
            of_year = f"{year}年" if match["year"] else ""
            return _impossible(match, f"{of_year}{month}月没有{day}日")
    return None


def _fault_of_weekday(
    match: re.Match[str], written_on: date | None
) -> Suspicion | None:
    if match.re is not _WRITTEN_OUT or not match["weekday"] or match["last"]:
        return None
    day = _meant_day(match, written_on)
    weekday = match["weekday"].replace("天", "日")
    if day is None or _WEEKDAYS[day.weekday()] == weekday:
        return None
    right = _WEEKDAYS[day.weekday()]
    at = match.start("weekday")
    sentence = f"{day.year}年{day.month}月{day.day}日是星期{right}，不是星期{weekday}，请核对。"
    return Suspicion(at, 1, match["weekday"], right, Kind.WRONG_WEEKDAY, sentence)


def _meant_day(match: re.Match[str], written_on: date | None) -> date | None:
    if match["year"]:
        return _day(match, int(match["year"]))
    if written_on is None:
        return None
    for year in (written_on.year, written_on.year - 1, written_on.year + 1):
        day = _day(match, year)
        if day and abs((day - written_on).days) <= _NEAR:
            return day
    return None


def _day(match: re.Match[str], year: int) -> date | None:
    try:
        return date(year, int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def _impossible(match: re.Match[str], reason: str) -> Suspicion:
    found = match[0].strip()
    start = match.start() + match[0].index(found)
    sentence = f"“{found}”有误：{reason}，请核对。"
    return Suspicion(start, len(found), found, "", Kind.IMPOSSIBLE_DATE, sentence)
