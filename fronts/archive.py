"""The archive: which days have stories, and which stories a day has.

Days are the newsroom's, by the time that stands on a story. All look-ups are ranges over
that time.
"""

import calendar
import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils import timezone

from articles.models import PublishedArticle
from articles.models.published import PublishedArticleQuerySet
from channels.models import Channel

DAY_STORIES = 300  # on one page of a day
WEEKDAYS = "一二三四五六日"

Group = tuple[Channel, list[PublishedArticle]]


@dataclass(frozen=True)
class Day:
    """A day of the calendar, and how many stories it has."""

    date: datetime.date
    count: int
    is_today: bool


@dataclass(frozen=True)
class Month:
    """A month of a year's page; `first` is its first day."""

    first: datetime.date
    count: int


def stories_between(
    start: datetime.date, end: datetime.date, at: datetime.datetime
) -> PublishedArticleQuerySet:
    """Stories of the days from `start` on and before `end`, newest first."""
    return _stories(at).filter(
        dated_at__gte=_midnight(start), dated_at__lt=_midnight(end)
    )


def first_day(at: datetime.datetime) -> datetime.date | None:
    """The day of the oldest story. One query."""
    return _day_of(_stories(at).reverse())


def last_day(at: datetime.datetime) -> datetime.date | None:
    """The newest day with stories, today at the latest. One query."""
    return _day_of(_stories(at).filter(dated_at__lte=at))


def days_around(
    start: datetime.date, end: datetime.date, at: datetime.datetime
) -> tuple[datetime.date | None, datetime.date | None]:
    """The nearest days with stories before `start`, and from `end` to today. Two queries."""
    stories = _stories(at)
    later = stories.filter(dated_at__gte=_midnight(end), dated_at__lte=at)
    return (
        _day_of(stories.filter(dated_at__lt=_midnight(start))),
        _day_of(later.reverse()),
    )


def weeks_of(month: datetime.date, at: datetime.datetime) -> list[list[Day | None]]:
    """The month of this day as a calendar has it, Monday first; None outside of it. One query."""
    counts = _counts(month.replace(day=1), next_month(month), at)
    today = timezone.localdate(at)
    days = calendar.Calendar().monthdatescalendar(month.year, month.month)
    return [
        [
            Day(date, counts.get(date, 0), date == today)
            if date.month == month.month
            else None
            for date in week
        ]
        for week in days
    ]


def months_of(year: int, at: datetime.datetime) -> list[Month]:
    """The twelve months and how many stories each has. One query."""
    start, end = datetime.date(year, 1, 1), datetime.date(year + 1, 1, 1)
    totals = dict.fromkeys(range(1, 13), 0)
    for date, count in _counts(start, end, at).items():
        totals[date.month] += count
    return [Month(start.replace(month=month), totals[month]) for month in totals]


def by_channel(stories: Iterable[PublishedArticle]) -> list[Group]:
    """The stories under their channels, in the order of the tree. One query."""
    groups: dict[int, list[PublishedArticle]] = {}
    for story in stories:
        groups.setdefault(story.channel_id, []).append(story)
    channels = Channel.objects.with_tree_fields().filter(pk__in=groups)
    return [(channel, groups[channel.pk]) for channel in channels]


def next_month(month: datetime.date) -> datetime.date:
    return (month.replace(day=1) + datetime.timedelta(days=32)).replace(day=1)


def _stories(at: datetime.datetime) -> PublishedArticleQuerySet:
    """Newest first."""
    return PublishedArticle.objects.visible(at).order_by("-dated_at", "-pk")


def _counts(
    start: datetime.date, end: datetime.date, at: datetime.datetime
) -> dict[datetime.date, int]:
    """How many stories each day has that has any. For a year at most."""
    days = (
        stories_between(start, end, at)
        .order_by()
        .values_list(TruncDate("dated_at"))
        .annotate(Count("pk"))
    )
    return dict(days)


def _day_of(stories: PublishedArticleQuerySet) -> datetime.date | None:
    moment = stories.values_list("dated_at", flat=True).first()
    return timezone.localdate(moment) if moment else None


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))
