"""The search page."""

import datetime

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models import PublishedArticle
from articles.paging import PAGE_SIZE, page_numbers, requested_page
from articles.robots import is_robot
from channels.models import Channel
from search import asking, query_log
from search.asking import Asked
from search.finding import Filters, Kind, Order, count, find
from search.hits import hit
from search.offering import popular_tags, promoted, shorter, years

KINDS = {Kind.STORY: "文章", Kind.PERSON: "人物", Kind.PROMOTION: "推广"}
ORDERS = {Order.BEST: "相关", Order.NEWEST: "最新"}


class _Results:
    """Results as a paginator reads them: how many, and a slice of them."""

    def __init__(
        self, asked: Asked, filters: Filters, order: Order, at: datetime.datetime
    ) -> None:
        self._question = (asked, filters, order)
        self._at = at
        self.found = count(asked, filters, at)

    def count(self) -> int:
        # Uncounted ones have one page, as far as they were found.
        return PAGE_SIZE if self.found.is_partial else self.found.count

    def __getitem__(self, wanted: slice) -> list[PublishedArticle]:
        stories, are_all = find(
            *self._question,
            at=self._at,
            start=wanted.start,
            end=wanted.stop,
            is_frequent=self.found.has_more,
        )
        self.found.is_partial |= not are_all
        return stories


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """A form, and below it what it found. What cannot be a filter is left out."""
    now = timezone.now()
    asked = asking.read(request.GET.get("q", ""))
    channels = list(Channel.objects.in_navigation().holding_articles())
    all_years = years(now)
    filters = Filters(
        _chosen(channels, request.GET.get("channel", "")),
        next(
            (year for year in all_years if str(year) == request.GET.get("year")), None
        ),
        next((kind for kind in Kind if kind == request.GET.get("type")), None),
    )
    order = next(
        (order for order in Order if order == request.GET.get("sort")), Order.BEST
    )
    results = _Results(asked, filters, order, now)
    is_nothing = not (results.found.count or results.found.is_partial)
    initials = asked.as_initials() if is_nothing else None
    if initials:
        results = _Results(initials, filters, order, now)
    page = requested_page(request, Paginator(results, PAGE_SIZE))
    stories = list(page)
    found = results.found
    is_nothing = not stories and not found.count
    is_first = page.number == 1
    if is_first and not (filters or found.is_partial or is_robot(request)):
        query_log.note(asked, found.count, now)
    by_initials = bool(initials and found.count)
    return render(
        request,
        "search/results.html",
        {
            "asked": asked,
            "also": [other for word in asked.words for other in word.also],
            "filters": filters,
            "order": order,
            "orders": ORDERS.items(),
            "kinds": KINDS.items(),
            "channels_to_choose": channels,
            "years": all_years,
            "found": found,
            "by_initials": by_initials,
            "page": page,
            "page_numbers": page_numbers(page),
            "kept": _kept(request),
            "promoted": promoted(asked, now) if is_first and not filters else [],
            "hits": [hit(story, asked) for story in stories],
            "shorter": shorter(asked, now) if is_nothing else [],
            "popular_tags": popular_tags(now) if is_nothing else [],
        },
    )


def _chosen(channels: list[Channel], slug: str) -> Channel | None:
    return next((channel for channel in channels if channel.slug == slug), None)


def _kept(request: HttpRequest) -> str:
    """The query of the address without the page, for links to other pages."""
    kept = request.GET.copy()
    kept.pop("page", None)
    return kept.urlencode()
