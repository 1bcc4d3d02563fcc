"""搜索统计: what readers search for, and what they do not find."""

import datetime
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.admin.house import HouseAdmin
from accounts.rights import require
from accounts.roles import Verb
from search.models import DailyQuery

SPANS = {"1": (1, "今天"), "7": (7, "7 天"), "30": (30, "30 天")}
USUAL_SPAN = "7"
MOST = 50  # rows of a table


@dataclass(frozen=True)
class Row:
    """A search: as last typed, how often, what it found last."""

    words: str
    searches: int
    found: int
    address: str
    synonym_address: str
    promote_address: str


@require_safe
def queries_page(request: HttpRequest) -> HttpResponse:
    """Searches of some days, most asked first, and those that found nothing. Two queries."""
    require(request.user, Verb.VIEW)
    wanted = request.GET.get("days", USUAL_SPAN)
    days, label = SPANS.get(wanted, SPANS[USUAL_SPAN])
    first = timezone.localdate() - datetime.timedelta(days=days - 1)
    totals = DailyQuery.objects.since(first).totals()
    rows = [_row(total) for total in totals[:MOST]]
    in_vain = [_row(total) for total in totals.filter(latest=0)[:MOST]]
    address = reverse("admin:search_dailyquery_changelist")
    return TemplateResponse(
        request,
        "admin/search/queries.html",
        {
            **admin.site.each_context(request),
            "title": "搜索统计",
            "opts": DailyQuery._meta,
            "rows": rows,
            "in_vain": in_vain,
            "most": max((row.searches for row in rows), default=0),
            "label": label,
            "spans": [
                (f"{address}?days={key}", words, span == days)
                for key, (span, words) in SPANS.items()
            ],
            "limit": MOST,
        },
    )


def _row(total: dict[str, Any]) -> Row:
    words = total["words"]
    asked = urlencode({"words": words})
    return Row(
        words=words,
        searches=total["total"],
        found=total["latest"],
        address=f"{reverse('search:search')}?{urlencode({'q': words})}",
        synonym_address=f"{reverse('admin:search_synonymgroup_add')}?{asked}",
        promote_address=f"{reverse('admin:search_promotedresult_add')}?{asked}",
    )


@admin.register(DailyQuery)
class DailyQueryAdmin(HouseAdmin):
    """One page, which only reads."""

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(queries_page)
        return [path("", page, name="search_dailyquery_changelist")]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
