"""Readers' pages of special topics: the list of them, and each."""

import datetime

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.paging import PAGE_SIZE, page_numbers, requested_page
from articles.structured_data import breadcrumb_list
from fronts.breadcrumbs import Step
from fronts.models import Topic
from fronts.topics import collection_page, listed_topics, topic_page


@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    page = requested_page(request, Paginator(listed_topics(now), PAGE_SIZE))
    ended = [one for one in page if one.standing_at(now) == Topic.Standing.ENDED]
    return render(
        request,
        "fronts/topics.html",
        {
            "running": [one for one in page if one not in ended],
            "ended": ended,
            "page": page,
            "page_numbers": page_numbers(page),
        },
    )


@require_safe
def topic(request: HttpRequest, topic_slug: str) -> HttpResponse:
    now = timezone.now()
    found = Topic.objects.visible(now).for_cards().filter(slug=topic_slug).first()
    if found is None:
        return _gone_or_missing(request, topic_slug, now)
    page = topic_page(found, now)
    way = [*page["steps"], Step(found.title, found.get_absolute_url())]
    page |= {
        "collection": collection_page(found, page["blocks"]),
        "breadcrumbs": breadcrumb_list(way),
    }
    return render(request, "fronts/topic.html", page)


def _gone_or_missing(
    request: HttpRequest, slug: str, now: datetime.datetime
) -> HttpResponse:
    """410 for a topic that readers once could open, 404 for one that they cannot yet."""
    hidden = get_object_or_404(Topic, slug=slug)
    if hidden.standing_at(now) != Topic.Standing.DOWN:
        raise Http404
    context = {"ended_at": hidden.visible_until}
    return render(request, "fronts/topic_gone.html", context, status=410)
