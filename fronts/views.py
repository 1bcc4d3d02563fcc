"""Pages made of several apps: the home page, channel pages, files for machines."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from editions.catalogue import EDITIONS

from articles.models import ChannelListing
from articles.paging import requested_page
from channels.models import Channel
from fronts.home import home_front
from fronts.sitemaps import sitemap_entries

PAGE_SIZE = 20


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
    template = "gallery" if current.kind == Channel.Kind.GALLERY else "channel"
    return render(
        request,
        f"fronts/{template}.html",
        {
            "channel": current,
            "channels": list(current.ancestors(include_self=True)),
            "children": list(current.children.order_by("position", "pk")),
            "page": requested_page(request, Paginator(rows, PAGE_SIZE)),
        },
    )


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "fronts/sitemap.xml",
        {"entries": sitemap_entries(timezone.now()), "editions": EDITIONS},
        content_type="application/xml",
    )


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        f"Sitemap: {settings.SITE_URL}{reverse('fronts:sitemap')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
