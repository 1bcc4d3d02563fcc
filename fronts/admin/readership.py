"""阅读统计: which stories were read, and how that went day by day."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.admin.house import HouseAdmin
from accounts.rights import channels_where, require
from accounts.roles import Verb
from articles.models import Article
from fronts.models import DailyViews
from fronts.readership import daily_views, views_by_story

SPANS = {"1": (1, "今天"), "7": (7, "7 天"), "30": (30, "30 天")}
USUAL_SPAN = "7"
TREND_DAYS = 30
MOST = 50  # rows of the table


@dataclass(frozen=True)
class Row:
    """One story: what it is, how often it was read, and its last thirty days."""

    article: Article
    views: int
    trend: list[int]


@require_safe
def readership_page(request: HttpRequest) -> HttpResponse:
    """Stories of the person's channels, most read first. Four queries."""
    require(request.user, Verb.VIEW)
    wanted = request.GET.get("days", USUAL_SPAN)
    days, label = SPANS.get(wanted, SPANS[USUAL_SPAN])
    today = timezone.localdate()
    ranked = views_by_story(today, days)
    where = channels_where(request.user, Verb.VIEW)
    if where is not None:
        ranked = ranked.filter(article__channel__in=where)
    totals = {row["article"]: row["total"] for row in ranked[:MOST]}
    stories = Article.objects.select_related("channel").in_bulk(totals)
    trends = daily_views(totals, today, TREND_DAYS)
    return TemplateResponse(
        request,
        "admin/fronts/readership.html",
        {
            **admin.site.each_context(request),
            "title": "阅读统计",
            "opts": DailyViews._meta,
            "rows": [
                Row(stories[article], views, trends[article])
                for article, views in totals.items()
            ],
            "most": max(totals.values(), default=0),
            "label": label,
            "spans": [
                (
                    f"{reverse('admin:fronts_dailyviews_changelist')}?days={key}",
                    words,
                    span == days,
                )
                for key, (span, words) in SPANS.items()
            ],
            "trend_days": TREND_DAYS,
            "limit": MOST if len(totals) == MOST else None,
        },
    )


@admin.register(DailyViews)
class DailyViewsAdmin(HouseAdmin):
    """One page, which only reads."""

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(readership_page)
        return [path("", page, name="fronts_dailyviews_changelist")]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
