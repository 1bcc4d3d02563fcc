"""The search page."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.paging import PAGE_SIZE, page_numbers, requested_page
from channels.models import Channel
from editions.catalogue import HANT
from editions.conversion import convert
from fronts.searching import Query, cleaned, found, hit, popular_tags, years


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """A form, and below it what it found. What cannot be a channel or year is left out."""
    now = timezone.now()
    channels = list(Channel.objects.in_navigation().holding_articles())
    all_years = years(now)
    query = Query(
        cleaned(request.GET.get("q", "")),
        _chosen(channels, request.GET.get("channel", "")),
        next(
            (year for year in all_years if str(year) == request.GET.get("year")), None
        ),
    )
    page = requested_page(request, Paginator(found(query, now), PAGE_SIZE))
    simplified = (
        query.words if query.excess else convert(query.words, "zh-hans", source=HANT)
    )
    return render(
        request,
        "fronts/search.html",
        {
            "query": query,
            "channels_to_choose": channels,
            "years": all_years,
            "page": page,
            "page_numbers": page_numbers(page),
            "kept": _kept(request),
            "hits": [hit(story, query) for story in page],
            "also": simplified if simplified != query.words else "",
            "popular_tags": [] if query.words else popular_tags(now),
        },
    )


def _chosen(channels: list[Channel], slug: str) -> Channel | None:
    return next((channel for channel in channels if channel.slug == slug), None)


def _kept(request: HttpRequest) -> str:
    """The query of the address without the page, for links to other pages."""
    kept = request.GET.copy()
    kept.pop("page", None)
    return kept.urlencode()
