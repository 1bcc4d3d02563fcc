"""When a page says it was published: as precise as printed, never completed by guess."""

import datetime
import re

BEIJING = datetime.timezone(datetime.timedelta(hours=8))

_DAY = (
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s*(?:年|[-/.－])?\s*(?P<month>\d{1,2})\s*[月/.－-]\s*"
    r"(?P<day>\d{1,2})(?:\s*日)?"
)
_ROC_DAY = (
    r"(?<!\d)(?:(?:中華民國|中华民国|民國|民国)\s*|(?=1\d\d))(?P<roc>\d{2,3})\s*年\s*(?P<month>\d{1,2})\s*月\s*"
    r"(?P<day>\d{1,2})\s*日"
)
_CLOCK = (
    r"(?:T|[\s,，]*(?:(?:星期|周|週|礼拜)[一二三四五六日天]|[(（][一二三四五六日][)）])?[\s,，]*)"
    r"(?P<zone_before>格林尼治标准时间|格林尼治標準時間|GMT|UTC)?\s*"
    r"(?P<half>上午|下午|早上|晚上|凌晨|中午|[AP]M)?\s*"
    r"(?P<hour>\d{1,2})\s*[:：时時点點]\s*(?P<minute>\d{2})(?:\s*[:：分]\s*(?P<second>\d{2})(?!\d))?"
    r"(?:\.\d{1,6})?(?:\s*分)?\s*(?P<half_after>[APap][Mm]\b)?\s*"
    r"(?P<zone>Z|GMT|UTC|格林尼治标准时间|格林尼治標準時間|[+-]\d{2}:?\d{2}(?!\d))?"
)
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (_DAY + "(?:" + _CLOCK + ")?", _ROC_DAY + "(?:" + _CLOCK + ")?")
)
_ROC_TAIL = re.compile(r"[)）]\s*(1[01]\d)(\d{2})(\d{2})\s*$")
_COMPACT = re.compile(
    r"^\s*((?:19|20)\d{2})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?\s*$"
)
_LATE = ("下午", "晚上", "PM", "pm", "Pm")
_EARLY = ("上午", "早上", "凌晨", "AM", "am", "Am")
_GREENWICH = ("Z", "GMT", "UTC", "格林尼治标准时间", "格林尼治標準時間")
# A clock nobody printed: systems fill it in when they know the day only.
_PLACEHOLDERS = ("T00:00+08:00", "T00:00:00+08:00", "T23:59:59+08:00", "T23:59+08:00")


def find_time(text: str) -> str | None:
    """The first full date in `text` with the clock behind it, as ISO 8601 in +08:00.

    A date without a year is no date. Times given in another zone are moved to +08:00.
    """
    matches = [match for pattern in _PATTERNS for match in pattern.finditer(text)]
    for match in sorted(matches, key=lambda match: match.start()):
        found = _iso(match.groupdict())
        if found:
            return found
    return None


def has_date(text: str) -> bool:
    return find_time(text) is not None


def tail_date(text: str) -> str | None:
    """The seven digits that Taiwanese agencies put after the editor: 1120216."""
    match = _ROC_TAIL.search(text[-40:])
    if not match:
        return None
    year, month, day = (int(part) for part in match.groups())
    return _iso({"year": str(year + 1911), "month": str(month), "day": str(day)})


def metadata_time(value: str) -> str | None:
    """The time in a metadata field; a filled-in midnight counts as the day only."""
    compact = _COMPACT.match(value)
    if compact:
        keys = ("year", "month", "day", "hour", "minute", "second")
        found = _iso(dict(zip(keys, compact.groups(), strict=True)))
    else:
        found = find_time(value)
    if found and found.endswith(_PLACEHOLDERS):
        return found[:10]
    return found


def refine(printed: str, metadata: str | None) -> str:
    """The printed time, with the clock of the metadata if only the day is printed."""
    if metadata and len(printed) == len("2022-06-17") and metadata.startswith(printed):
        return metadata
    return printed


def _iso(parts: dict[str, str | None]) -> str | None:
    year = (
        int(parts["year"] or 0) if parts.get("year") else int(parts["roc"] or 0) + 1911
    )
    try:
        day = datetime.date(year, int(parts["month"] or 0), int(parts["day"] or 0))
    except ValueError:
        return None
    clock = _clock(parts)
    if clock is None:
        return day.isoformat()
    moment = datetime.datetime.combine(day, clock, tzinfo=_zone(parts))
    precision = "seconds" if parts.get("second") else "minutes"
    return moment.astimezone(BEIJING).isoformat(timespec=precision)


def _clock(parts: dict[str, str | None]) -> datetime.time | None:
    if not parts.get("hour"):
        return None
    hour = int(parts["hour"] or 0)
    half = parts.get("half") or parts.get("half_after") or ""
    if half in _LATE and hour < 12:
        hour += 12
    elif half in _EARLY and hour == 12:
        hour = 0
    try:
        return datetime.time(
            hour, int(parts["minute"] or 0), int(parts.get("second") or 0)
        )
    except ValueError:
        return None


def _zone(parts: dict[str, str | None]) -> datetime.timezone:
    name = parts.get("zone") or parts.get("zone_before") or ""
    if name in _GREENWICH:
        return datetime.UTC
    match = re.fullmatch(r"([+-])(\d{2}):?(\d{2})", name)
    if not match:
        return BEIJING
    minutes = int(match[2]) * 60 + int(match[3])
    if minutes >= 24 * 60:
        return BEIJING
    return datetime.timezone(
        datetime.timedelta(minutes=minutes if match[1] == "+" else -minutes)
    )
