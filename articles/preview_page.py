"""A story as its page would look, made of content that no reader has been given."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from articles.layout import lay_out, lay_out_editions
from articles.models import Article, PublishedArticle, Tag
from articles.models.desk import DatePrecision
from channels.models import Channel
from editions.catalogue import DEFAULT, EDITIONS, Edition
from editions.glossary import current_glossary
from editions.markers import unescape_markers
from editions.pages import convert_page
from editions.runs import needs_conversion

SCHEMES = {"light": "浅色", "dark": "深色"}
UNTITLED = "（还没有标题）"


@dataclass(frozen=True)
class Look:
    """How the page is to be seen: the edition, a colour scheme, large type."""

    edition: Edition = DEFAULT
    scheme: str = ""
    is_large: bool = False


def look_of(data: Any) -> Look:
    """The look that a form or an address asks for; what makes no sense is left out."""
    wanted = data.get("edition", "")
    edition = next((item for item in EDITIONS if item.code == wanted), DEFAULT)
    scheme = data.get("scheme", "")
    return Look(edition, scheme if scheme in SCHEMES else "", data.get("large") == "1")


def preview_page(
    request: HttpRequest,
    article: Article,
    content: dict[str, Any],
    look: Look,
    *,
    banner: str,
    **more: Any,
) -> HttpResponse:
    """The reader's page of this content in `request.edition`, not converted yet: never
    cached, never indexed. Up to six queries."""
    story = _unpublished(article, content)
    channel = Channel.objects.filter(pk=content["channel"]).first()
    response = render(
        request,
        "articles/preview.html",
        {
            "story": story,
            "look": look,
            "banner": banner,
            "channels": list(channel.ancestors(include_self=True)) if channel else [],
            "tags": Tag.objects.standing_for(content["tags"]),
            **more,
        },
    )
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    # The address is the key: it must not travel to the sites that the text links to.
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def preview_in_admin(
    request: HttpRequest, article: Article, content: dict[str, Any], look: Look
) -> HttpResponse:
    """The same within the admin, where the address names no edition: converts by itself."""
    request.edition = look.edition  # type: ignore[attr-defined]
    response = preview_page(
        request,
        article,
        content,
        look,
        banner="照现在填的内容排出来的样子，读者看不到。",
        # The other editions of this address would lead nowhere.
        edition_links=[],
    )
    text = unescape_markers(response.text)
    if needs_conversion(text, look.edition):
        text = convert_page(text, look.edition, glossary=current_glossary())
    response.content = text.encode()
    response.headers["Content-Language"] = look.edition.lang
    return response


def _unpublished(article: Article, content: dict[str, Any]) -> PublishedArticle:
    """A row that is never saved."""
    original = content.get("original_published")
    dated_at = (
        datetime.datetime.fromisoformat(original["at"])
        if original
        else article.first_published_at
    )
    precision = original["precision"] if original else DatePrecision.MINUTE
    story = PublishedArticle(
        article_id=article.pk,
        **lay_out(content),
        **lay_out_editions(
            content,
            [term.stored() for term in article.edition_terms.all()]
            if article.pk
            else [],
        ),
        dated_at=dated_at or timezone.now(),
        dated_precision=precision,
    )
    story.title = story.title or UNTITLED
    return story
