"""How often stories are read, on pages of readers and of the desk."""

import datetime

from django import template
from django.utils import timezone

from articles.models import PublishedArticle
from fronts.readership import daily_views, most_read

register = template.Library()

WIDTH, HEIGHT = 120, 24  # units of the drawing
TREND_DAYS = 30
LISTED = 6


@register.simple_tag
def read_most(days: int) -> list[PublishedArticle]:
    """The six stories that readers opened most in the last days. At most two queries."""
    return most_read(timezone.now(), days, LISTED)


@register.filter
def trend_points(views: list[int]) -> str:
    """The points of a polyline, 120 by 24: the highest day touches the top."""
    top = max(max(views, default=0), 1)
    step = WIDTH / max(len(views) - 1, 1)
    return " ".join(
        f"{round(place * step, 1)},{round(HEIGHT - 1 - count / top * (HEIGHT - 2), 1)}"
        for place, count in enumerate(views)
    )


@register.filter
def trend_in_words(views: list[int]) -> str:
    """What the drawing shows, for who cannot see it."""
    week, before = sum(views[-7:]), sum(views[-14:-7])
    return f"最近 7 天 {week} 次，再前 7 天 {before} 次"


@register.inclusion_tag("admin/fronts/_reading_trend.html")
def reading_trend(article_id: int) -> dict:
    """The last thirty days of one story. One query."""
    today: datetime.date = timezone.localdate()
    trend = daily_views([article_id], today, TREND_DAYS)[article_id]
    return {
        "trend": trend,
        "today": trend[-1],
        "week": sum(trend[-7:]),
        "month": sum(trend),
        "days": TREND_DAYS,
    }
