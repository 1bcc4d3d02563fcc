"""How a story's title, names and times are written on readers' pages."""

import datetime
import re
from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from django import template
from django.utils import timezone

from articles.models import PublishedArticle
from articles.models.desk import DatePrecision

register = template.Library()

# After a blank, a two-em dash, or a colon, comma, semicolon or question mark, unless a
# closing mark or a number follows: 10：30 and “来吧！” stay whole.
_CLAUSE_ENDS = re.compile(
    r"(?<=——)(?=\S)|(?<=\s)(?=\S)|(?<=[：，；！？])(?=[^\s\d”’」』）》】：，；。！？、])"
)


class Clause(NamedTuple):
    """A part of a title that should stand on one line if it fits, and the blank after it."""

    text: str
    blank: str


class Day(NamedTuple):
    label: str
    date: datetime.date
    stories: list[PublishedArticle]


@register.filter
def clauses(title: str) -> list[Clause]:
    """Cut a title where a line may best end. Put together again it is the same title."""
    parts = _CLAUSE_ENDS.split(title)
    return [Clause(part.rstrip(), part[len(part.rstrip()) :]) for part in parts]


@register.filter
def byline(names: Iterable[str]) -> str:
    return "、".join(names)


@register.filter
def dateline(moment: datetime.datetime, precision: str) -> str:
    """Local date and time in words, as precise as it was printed and not more."""
    local = timezone.localtime(moment)
    date = f"{local.year}年{local.month}月{local.day}日"
    clock = _clock(local, precision)
    return f"{date} {clock}" if clock else date


@register.filter
def machine_time(moment: datetime.datetime, precision: str) -> str:
    """The value of a <time datetime>, as precise as it was printed and not more."""
    local = timezone.localtime(moment)
    if precision == DatePrecision.DAY:
        return local.date().isoformat()
    return local.isoformat(
        timespec="seconds" if precision == DatePrecision.SECOND else "minutes"
    )


@register.filter
def list_date(story: PublishedArticle) -> str:
    """The date beside a headline: 今天 08:18, 6月17日 in this year, else with the year."""
    local = timezone.localtime(story.dated_at)
    label = day_label(local.date())
    clock = clock_time(story)
    return f"{label} {clock}" if clock and label == "今天" else label


@register.filter
def clock_time(story: PublishedArticle) -> str:
    """The time of day to the minute; empty if only a date was printed."""
    if story.dated_precision == DatePrecision.DAY:
        return ""
    return _clock(timezone.localtime(story.dated_at), DatePrecision.MINUTE)


@register.filter
def by_day(stories: Iterable[PublishedArticle]) -> list[Day]:
    """Stories that are sorted by time, in groups of one local day."""
    groups = groupby(
        stories, key=lambda story: timezone.localtime(story.dated_at).date()
    )
    return [Day(day_label(date), date, list(members)) for date, members in groups]


def _clock(local: datetime.datetime, precision: str) -> str:
    if precision == DatePrecision.DAY:
        return ""
    return (
        f"{local:%H:%M:%S}" if precision == DatePrecision.SECOND else f"{local:%H:%M}"
    )


@register.filter
def day_label(date: datetime.date) -> str:
    """今天, 6月17日 in this year, else with the year."""
    today = timezone.localdate()
    if date == today:
        return "今天"
    day = f"{date.month}月{date.day}日"
    return day if date.year == today.year else f"{date.year}年{day}"
