"""Pages made of several apps: the home page, channel pages, files for machines."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models import ChannelListing
from articles.paging import PAGE_SIZE, page_numbers, requested_page
from articles.structured_data import breadcrumb_list
from channels.models import Channel
from editions.catalogue import DEFAULT, EDITIONS
from fronts.home import home_front
from fronts.sitemaps import sitemap_entries


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    channels = list(Channel.objects.in_navigation())
    return render(
        request, "fronts/home.html", {"front": home_front(timezone.now(), channels)}
    )


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


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """One sitemap for all editions, at the root only."""
    if request.edition != DEFAULT:
        raise Http404
    return render(
        request,
        "fronts/sitemap.xml",
        {"entries": sitemap_entries(timezone.now()), "editions": EDITIONS},
        content_type="application/xml",
    )


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    if request.edition != DEFAULT:
        raise Http404
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /preview/",
        f"Sitemap: {settings.SITE_URL}{reverse('fronts:sitemap')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
