"""Files for search engines: sitemaps, and what robots may read."""

from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.views.decorators.http import require_safe

from articles.structured_data import absolute
from editions.catalogue import DEFAULT, EDITIONS, HANS, HANT
from fronts.models import SiteIdentity
from fronts.sitemaps import (
    KINDS,
    MAX_PART,
    Entry,
    entries_of_part,
    is_in_index,
    news,
    parts,
    single_pages,
)
from fronts.xml_text import fit_for_xml

# What search engines call the language of news; they know no regions there.
NEWS_LANGUAGES: Final = {HANS: "zh-cn", HANT: "zh-tw"}
ALTERNATE: Final = '<xhtml:link rel="alternate" hreflang="{}" href="{}"/>'


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index of all sitemaps, at the root only."""
    _only_at_the_root(request)
    context = {
        "pages": absolute(reverse("fronts:sitemap_pages")),
        "news": _in_editions(reverse("fronts:news_sitemap")),
        "parts": [
            (
                absolute(reverse("fronts:sitemap_part", args=[part.kind, part.number])),
                part,
            )
            for part in parts(timezone.now())
        ],
    }
    return _xml("fronts/sitemap_index.xml", context)


@require_safe
def sitemap_pages(request: HttpRequest) -> HttpResponse:
    _only_at_the_root(request)
    return _sitemap(single_pages(timezone.now()))


@require_safe
def sitemap_part(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    _only_at_the_root(request)
    if kind not in KINDS or number > MAX_PART:
        raise Http404
    now = timezone.now()
    entries = entries_of_part(kind, number, now)
    if not entries and not is_in_index(kind, number, now):
        raise Http404
    return _sitemap(entries)


@require_safe
def news_sitemap(request: HttpRequest) -> HttpResponse:
    """Of this edition: search engines take each language for a publication of its own."""
    context = {
        "stories": news(timezone.now()),
        "publication": SiteIdentity.current().name_in(request.edition),
        "language": NEWS_LANGUAGES[request.edition.script],
        "site_url": settings.SITE_URL,
    }
    return _xml("fronts/sitemap_news.xml", context)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """The desk, previews, and the search in every edition: its addresses are endless, and
    each costs a look at all stories.

    Other pages that say `noindex` are not named: who may not read them would not learn
    it. Nor are styles, scripts and pictures, without which no page looks as it should.
    """
    _only_at_the_root(request)
    prefixes = ["", *(f"/{edition.prefix}" for edition in EDITIONS if edition.prefix)]
    lines = ["User-agent: *", "Disallow: /admin/"]
    lines += [f"Disallow: {prefix}/preview/" for prefix in prefixes]
    lines += [f"Disallow: {prefix}{reverse('search:search')}" for prefix in prefixes]
    sitemaps = [
        absolute(reverse("fronts:sitemap")),
        *_in_editions(reverse("fronts:news_sitemap")),
    ]
    lines += [f"Sitemap: {address}" for address in sitemaps]
    text = "\n".join([*lines, ""])
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def _in_editions(path: str) -> list[str]:
    """The full addresses of a page, in the order of the editions. Call at the root."""
    return [
        absolute(f"/{edition.prefix}{path}" if edition.prefix else path)
        for edition in EDITIONS
    ]


def _only_at_the_root(request: HttpRequest) -> None:
    if request.edition != DEFAULT:
        raise Http404


def _sitemap(entries: list[Entry]) -> HttpResponse:
    """Each page under its address in each edition, with all of them beside it."""
    languages = [edition.hreflang for edition in EDITIONS]
    pages = []
    for entry in entries:
        addresses = _in_editions(entry.path)
        others = [*zip(languages, addresses, strict=True), ("x-default", addresses[0])]
        # Once for all editions: as a loop in the template it takes ten times as long.
        links = format_html_join("\n", ALTERNATE, others)
        changed = entry.changed_at and timezone.localtime(entry.changed_at).isoformat()
        pages.append((addresses, changed, links))
    return _xml("fronts/sitemap.xml", {"pages": pages})


def _xml(template: str, context: dict[str, Any]) -> HttpResponse:
    text = fit_for_xml(render_to_string(template, context))
    return HttpResponse(text, content_type="application/xml; charset=utf-8")
