"""How often stories are read: counting in batches, and what was read most.

A view is a number and a story, nothing else: no cookie, no address, no browser's name is
kept. Views gather in memory and are written together by a thread of their own, so that
no page and no reader waits for the database.
"""

import datetime
import logging
import threading
from collections import Counter, defaultdict
from collections.abc import Iterable
from multiprocessing.util import Finalize

from django.core.cache import cache
from django.db import DatabaseError, connections, transaction
from django.db.models import F, QuerySet, Sum
from django.utils import timezone

from articles.models import PublishedArticle
from fronts.models import DailyViews

logger = logging.getLogger(__name__)

FLUSH_AFTER = 15  # seconds that a view waits at most
MOST_STORIES = 5_000  # in one batch: what comes above is not counted
MOST_VIEWS_OF_A_STORY = 3_000  # in one batch: more than that is no reading
RANKING_KEPT = 300  # seconds

Key = tuple[int, datetime.date]


class ViewBuffer:
    """Views that are not written yet, of one process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._views: Counter[Key] = Counter()
        self._timer: threading.Timer | None = None

    def add(self, article_id: int, day: datetime.date) -> None:
        """Count one view; no query. The first of a batch sets the clock for writing."""
        key = (article_id, day)
        with self._lock:
            is_new = key not in self._views
            if is_new and len(self._views) >= MOST_STORIES:
                return
            if self._views[key] < MOST_VIEWS_OF_A_STORY:
                self._views[key] += 1
            if self._timer is None:
                self._timer = threading.Timer(FLUSH_AFTER, self._flush_in_thread)
                self._timer.daemon = True
                self._timer.start()

    def flush(self) -> None:
        """Write what was counted. What the database refuses waits for the next time."""
        views = self._taken()
        if not views:
            return
        try:
            store(views)
        except DatabaseError:
            logger.warning(
                "Views of %d stories wait for the database.", len(views), exc_info=True
            )
            with self._lock:
                self._views += views

    def clear(self) -> None:
        """Forget what was not written."""
        self._taken()

    def _taken(self) -> Counter[Key]:
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
            views, self._views = self._views, Counter()
        return views

    def _flush_in_thread(self) -> None:
        try:
            self.flush()
        finally:
            connections.close_all()


buffer = ViewBuffer()
# A worker that is asked to end writes what it has counted. The server's workers are
# processes of multiprocessing, which runs finalizers and not what atexit holds.
Finalize(None, buffer.flush, exitpriority=0)


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
