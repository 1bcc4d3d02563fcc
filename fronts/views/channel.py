"""Pages of a channel: a list of stories, or a gallery of people."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models import ChannelListing
from articles.paging import PAGE_SIZE, page_numbers, requested_page
from articles.structured_data import breadcrumb_list
from channels.models import Channel


@require_safe
def channel(request: HttpRequest, slug: str) -> HttpResponse:
    current = get_object_or_404(Channel, slug=slug)
    if current.kind == Channel.Kind.LINK:
        return redirect(current.link_url)
    rows = (
        ChannelListing.objects.filter(channel=current)
        .visible(timezone.now())
        .for_cards()
    )
    page = requested_page(request, Paginator(rows, PAGE_SIZE))
    path = list(current.ancestors(include_self=True))
    template = "gallery" if current.kind == Channel.Kind.GALLERY else "channel"
    return render(
        request,
        f"fronts/{template}.html",
        {
            "channel": current,
            "channels": path,
            "ancestors": path[:-1],
            "children": list(current.children.order_by("position", "pk")),
            "stories": [row.published_article for row in page],
            "structured_data": breadcrumb_list(path),
            "page": page,
            "page_numbers": page_numbers(page),
        },
    )
