"""JSON-LD of a story page (schema.org NewsArticle, BreadcrumbList).

Text is given in the source script: the page conversion knows these keys.
"""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from articles.corrections import last_change, notes_of
from articles.models import PublishedArticle
from articles.models.desk import DatePrecision
from channels.models import Channel
from editions.markers import mark_authored


def absolute(path: str) -> str:
    """A full address on this site. `path` already carries the edition prefix."""
    return f"{settings.SITE_URL}{path}"


def news_article(story: PublishedArticle, *, publisher: str) -> dict[str, Any]:
    """The story and its public notes. `publisher` is the name of the site."""
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
        "author": _people(story.authors, story.script),
        "publisher": {
            "@type": "Organization",
            "name": publisher,
            "url": absolute(reverse("fronts:home")),
            "correctionsPolicy": absolute(reverse("fronts:corrections")),
        },
    }
    if story.editors:
        data["editor"] = _people(story.editors, story.script)
    changed_at = last_change(story)
    if changed_at:
        data["dateModified"] = timezone.localtime(changed_at).isoformat()
    if story.corrections:
        data["correction"] = _correction_comments(story)
    if story.deck:
        data["description"] = mark_authored(story.deck, story.script)
    if story.cover:
        data["image"] = [absolute(story.cover.file.lead_1280)]
    return data


def breadcrumb_list(channels: list[Channel]) -> dict[str, Any]:
    """The way from the home page down to the last of these channels."""
    steps = [("首页", reverse("fronts:home"))]
    steps += [(channel.name, channel.get_absolute_url()) for channel in channels]
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": number,
                "name": name,
                "item": absolute(path),
            }
            for number, (name, path) in enumerate(steps, start=1)
        ],
    }


def _people(names: list[str], script: str) -> list[dict[str, str]]:
    return [{"@type": "Person", "name": mark_authored(name, script)} for name in names]


def _correction_comments(story: PublishedArticle) -> list[dict[str, str]]:
    return [
        {
            "@type": "CorrectionComment",
            "text": mark_authored(note.note, note.script),
            "datePublished": timezone.localtime(note.noted_at).isoformat(),
        }
        for note in notes_of(story)
    ]
