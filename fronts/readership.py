"""How often stories are read: counting in batches, and what was read most.

A view is a number and a story, nothing else: no cookie, no address, no browser's name is
kept. Views gather in memory and are written together by a thread of their own, so that
no page and no reader waits for the database.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable

from django.core.cache import cache
from django.db import transaction
from django.db.models import F, QuerySet, Sum
from django.utils import timezone

from articles.models import PublishedArticle
from articles.tallies import Tally
from fronts.models import DailyViews

MOST_STORIES = 5_000  # in one batch: what comes above is not counted
MOST_VIEWS_OF_A_STORY = 3_000  # in one batch: more than that is no reading
RANKING_KEPT = 300  # seconds

Key = tuple[int, datetime.date]


def store(views: Counter[Key]) -> None:
    """Add these numbers to the days of the stories that readers can see. In one
    transaction; a query for each different number."""
    now = timezone.now()
    wanted = {article for article, _ in views}
    seen = set(
        PublishedArticle.objects.visible(now)
        .filter(article__in=wanted)
        .values_list("article", flat=True)
    )
    alike: defaultdict[tuple[int, datetime.date], list[int]] = defaultdict(list)
    for (article, day), number in views.items():
        if article in seen:
            alike[number, day].append(article)
    with transaction.atomic():
        DailyViews.objects.bulk_create(
            [
                DailyViews(article_id=article, day=day)
                for (_, day), articles in alike.items()
                for article in articles
            ],
            ignore_conflicts=True,
        )
        for (number, day), articles in alike.items():
            DailyViews.objects.filter(day=day, article__in=articles).update(
                views=F("views") + number
            )


buffer: Tally[Key] = Tally(
    lambda views: store(views),  # noqa: PLW0108  whatever the name means then
    name="views of stories",
    most_keys=MOST_STORIES,
    most_of_a_key=MOST_VIEWS_OF_A_STORY,
)


def most_read(at: datetime.datetime, days: int, limit: int) -> list[PublishedArticle]:
    """What readers can see at `at` and read most in the last `days` local days.

    The ranking is at most five minutes old; what is visible is asked anew. One query,
    or two.
    """
    ranked = _ranking(timezone.localdate(at), days, limit * 2)
    stories = {
        story.article_id: story
        for story in PublishedArticle.objects.visible(at)
        .filter(article__in=ranked)
        .for_cards()
    }
    return [stories[article] for article in ranked if article in stories][:limit]


def _ranking(today: datetime.date, days: int, limit: int) -> list[int]:
    key = f"most-read:{today.isoformat()}:{days}:{limit}"
    ranked = cache.get(key)
    if ranked is None:
        ranked = [row["article"] for row in views_by_story(today, days)[:limit]]
        cache.set(key, ranked, RANKING_KEPT)
    return ranked


def views_by_story(
    today: datetime.date, days: int
) -> "QuerySet[DailyViews, dict[str, int]]":
    """Rows {"article", "total"} of the last `days` local days, most read first."""
    return (
        DailyViews.objects.filter(
            day__gt=today - datetime.timedelta(days=days), day__lte=today
        )
        .order_by()
        .values("article")
        .annotate(total=Sum("views"))
        .filter(total__gt=0)
        .order_by("-total", "-article")
    )


def daily_views(
    articles: Iterable[int], today: datetime.date, days: int
) -> dict[int, list[int]]:
    """Views of each story on each of the last `days` local days, oldest first. One query."""
    first = today - datetime.timedelta(days=days - 1)
    series = {article: [0] * days for article in articles}
    rows = DailyViews.objects.filter(
        article__in=series, day__gte=first, day__lte=today
    ).values_list("article", "day", "views")
    for article, day, views in rows:
        series[article][(day - first).days] = views
    return series
