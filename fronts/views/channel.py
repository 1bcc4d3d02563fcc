"""Pages of a channel: a list of stories, or a gallery of people."""

import datetime

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models import ChannelListing
from articles.paging import PAGE_SIZE, page_numbers, requested_page
from articles.structured_data import breadcrumb_list
from channels.models import Channel
from fronts.channel import aside_of
from fronts.placements import pinned_in
from fronts.views.gallery import gallery


@require_safe
def channel(request: HttpRequest, slug: str) -> HttpResponse:
    current = get_object_or_404(Channel, slug=slug)
    if current.kind == Channel.Kind.LINK:
        return redirect(current.link_url)
    if current.kind == Channel.Kind.GALLERY:
        return gallery(request, current)
    now = timezone.now()
    rows = ChannelListing.objects.filter(channel=current).visible(now).for_cards()
    page = requested_page(request, Paginator(rows, PAGE_SIZE))
    path = list(current.ancestors(include_self=True))
    context = {
        "channel": current,
        "channels": path,
        "ancestors": path[:-1],
        "children": list(current.children.order_by("position", "pk")),
        "stories": [row.published_article for row in page],
        "structured_data": breadcrumb_list(path),
        "page": page,
        "page_numbers": page_numbers(page),
    }
    return render(request, "fronts/channel.html", context | _around(context, now))


def _around(context: dict, now: datetime.datetime) -> dict:
    """What a list has besides; its first page shows no story twice."""
    pinned = pinned_in(context["channel"], now) if context["page"].number == 1 else []
    return {
        "pinned": pinned,
        "stories": [story for story in context["stories"] if story not in pinned],
        "aside": aside_of(context["channel"], now),
    }
