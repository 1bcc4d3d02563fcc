"""Files for machines: the sitemap and what robots may read."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from editions.catalogue import DEFAULT, EDITIONS
from fronts.sitemaps import sitemap_entries


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
