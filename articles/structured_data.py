"""JSON-LD of a story page (schema.org NewsArticle, BreadcrumbList).

Text is given in the source script: the page conversion knows these keys.
"""

from typing import Any

from django.conf import settings
from django.utils import timezone

from articles.models import PublishedArticle
from articles.models.desk import DatePrecision
from channels.models import Channel
from editions.markers import mark_authored


def absolute(path: str) -> str:
    """A full address on this site. `path` already carries the edition prefix."""
    return f"{settings.SITE_URL}{path}"


def news_article(story: PublishedArticle) -> dict[str, Any]:
    url = absolute(story.get_absolute_url())
    local = timezone.localtime(story.dated_at)
    day_only = story.dated_precision == DatePrecision.DAY
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": mark_authored(story.title, story.script),
        "url": url,
        "mainEntityOfPage": url,
        "inLanguage": "zh-Hans",
        "datePublished": local.date().isoformat() if day_only else local.isoformat(),
        "articleSection": story.channel.name,
        "author": [
            {"@type": "Person", "name": mark_authored(name, story.script)}
            for name in story.authors
        ],
    }
    if story.text_updated_at:
        data["dateModified"] = timezone.localtime(story.text_updated_at).isoformat()
    if story.deck:
        data["description"] = mark_authored(story.deck, story.script)
    if story.cover:
        data["image"] = [absolute(story.cover.file.lead_1280)]
    return data


def breadcrumb_list(channels: list[Channel]) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": number,
                "name": channel.name,
                "item": absolute(channel.get_absolute_url()),
            }
            for number, channel in enumerate(channels, start=1)
        ],
    }
