"""The page of a gallery channel: its people, by category and year."""

from typing import TypeVar

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone

from articles.paging import PAGE_SIZE, page_numbers, requested_page
from articles.structured_data import breadcrumb_list
from channels.models import Channel
from fronts.gallery import chosen_among, filters_of, people_of

T = TypeVar("T", str, int)


def gallery(request: HttpRequest, channel: Channel) -> HttpResponse:
    """What nobody in the gallery has cannot be chosen, and is left out."""
    now = timezone.now()
    filters = filters_of(channel, now)
    category = _picked(request, "category", filters.categories)
    year = _picked(request, "year", filters.years)
    people = chosen_among(people_of(channel, now), category, year)
    page = requested_page(request, Paginator(people, PAGE_SIZE))
    path = list(channel.ancestors(include_self=True))
    return render(
        request,
        "fronts/gallery.html",
        {
            "channel": channel,
            "channels": path,
            "ancestors": path[:-1],
            "children": list(channel.children.order_by("position", "pk")),
            "stories": [row.published_article for row in page],
            "structured_data": breadcrumb_list(path),
            "filters": filters,
            "category": category,
            "year": year,
            "kept": _kept(category=category, year=year),
            # What stands under a filter stands in the whole list too: the frame names
            # that as the page's address.
            "page": None if category or year else page,
            "listing": page,
            "page_numbers": page_numbers(page),
        },
    )


def _picked(request: HttpRequest, name: str, values: list[T]) -> T | None:
    asked = request.GET.get(name)
    return next((value for value in values if str(value) == asked), None)


def _kept(**chosen: str | int | None) -> str:
    """The choice as a query, for links to other pages of the list."""
    kept = QueryDict(mutable=True)
    for name, value in chosen.items():
        if value:
            kept[name] = str(value)
    return kept.urlencode()
