"""Numbers of readers for the sample stories, so that rankings and trends show something."""

import datetime
import random

from articles.models import PublishedArticle
from fronts.models import DailyViews

DAYS = 30
MOST_A_DAY = 240


def load_views(now: datetime.datetime, today: datetime.date) -> None:
    """Thirty days of views for what readers can see. The same numbers each time."""
    chance = random.Random(20260101)  # noqa: S311  nothing secret
    rows = []
    for article in PublishedArticle.objects.visible(now).values_list(
        "article", flat=True
    ):
        liked = chance.paretovariate(1.4)
        for ago in range(DAYS):
            views = min(MOST_A_DAY, int(liked * chance.uniform(0.5, 6) * 8 / (ago + 4)))
            day = today - datetime.timedelta(days=ago)
            rows.append(DailyViews(article_id=article, day=day, views=views))
    DailyViews.objects.bulk_create(rows, ignore_conflicts=True)
