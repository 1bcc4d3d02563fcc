"""JSON-LD of readers' pages (schema.org NewsArticle, BreadcrumbList, ProfilePage).

Text is given in the source script: the page conversion knows these keys.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import iri_to_uri

from articles.corrections import last_change, notes_of
from articles.credits import (
    Signature,
    author_signatures,
    editor_signatures,
    marked_name,
)
from articles.models import PublishedArticle
from articles.models.desk import DatePrecision
from channels.models import Channel
from editions.markers import mark_authored
from editions.story_terms import mark_story
from pictures.renditions import jpeg

HEADLINE_LENGTH: Final = 110  # characters that search engines take


@dataclass(frozen=True)
class Publisher:
    """The site as what stands behind a story. `logo` is the path of a square picture."""

    name: str
    logo: str


def absolute(path: str) -> str:
    """A full address on this site. `path` already carries the edition prefix."""
    return f"{settings.SITE_URL}{path}"


def news_article(
    story: PublishedArticle,
    *,
    publisher: Publisher,
    card: str = "",
    keywords: Iterable[str] = (),
) -> dict[str, Any]:
    """The story and its public notes. `card` is the path of its share card.

    One query for the people under it, which the page shares.
    """
    url = absolute(story.get_absolute_url())
    changed_at = last_change(story)
    published = _moment(story.dated_at, story.dated_precision)
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": _marked(_cut(story.title), story),
        "alternativeHeadline": _marked(story.subtitle, story),
        "description": _marked(story.deck, story),
        "url": url,
        "mainEntityOfPage": {"@type": "WebPage", "@id": url},
        "inLanguage": "zh-Hans",
        "datePublished": published,
        "dateModified": _moment(changed_at) if changed_at else published,
        "articleSection": story.channel.name,
        "keywords": list(keywords),
        "wordCount": story.length,
        "isAccessibleForFree": True,
        "image": _pictures(story, card),
        "author": _authors(story, publisher),
        "editor": [_person(signature, story) for signature in editor_signatures(story)],
        "publisher": _organisation(publisher),
        "isBasedOn": iri_to_uri(story.original_url),
        "correction": _correction_comments(story),
    }
    if story.source_name:
        data["sourceOrganization"] = _source(story)
    return {key: value for key, value in data.items() if value not in ("", [])}


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


def profile_page(
    name: str, address: str, *, jobs: str = "", publisher: str
) -> dict[str, Any]:
    """Someone of our people. `address` is the path of their page, `publisher` the site's name."""
    person: dict[str, Any] = {
        "@type": "Person",
        "name": name,
        "url": absolute(address),
        "worksFor": {"@type": "Organization", "name": publisher},
    }
    if jobs:
        person["jobTitle"] = jobs
    return {
        "@context": "https://schema.org",
        "@type": "ProfilePage",
        "url": absolute(address),
        "inLanguage": "zh-Hans",
        "mainEntity": person,
    }


def _authors(story: PublishedArticle, publisher: Publisher) -> list[dict[str, Any]]:
    """Whoever signed; else where the story comes from; else the site."""
    if story.authors:
        return [_person(signature, story) for signature in author_signatures(story)]
    return [_source(story) if story.source_name else _organisation(publisher)]


def _marked(words: str, story: PublishedArticle) -> str:
    return mark_story(words, story.script, story.edition_terms)


def _person(signature: Signature, story: PublishedArticle) -> dict[str, Any]:
    data = {
        "@type": "Organization" if signature.is_unit else "Person",
        "name": marked_name(signature, story),
    }
    if signature.address:
        data["url"] = absolute(signature.address)
    return data


def _source(story: PublishedArticle) -> dict[str, Any]:
    name = _marked(story.source_name, story)
    data = {"@type": "Organization", "name": name}
    return data | ({"url": iri_to_uri(story.source_url)} if story.source_url else {})


def _organisation(publisher: Publisher) -> dict[str, Any]:
    return {
        "@type": "Organization",
        "name": publisher.name,
        "url": absolute(reverse("fronts:home")),
        "logo": {"@type": "ImageObject", "url": absolute(publisher.logo)},
        "correctionsPolicy": absolute(reverse("fronts:corrections")),
    }


def _pictures(story: PublishedArticle, card: str) -> list[str]:
    """The lead picture whole and cut to a card's form, and the share card."""
    cover = story.cover
    paths = [jpeg(cover, "lead"), jpeg(cover, "card-720")] if cover else []
    return [absolute(path) for path in [*paths, card] if path]


def _correction_comments(story: PublishedArticle) -> list[dict[str, str]]:
    return [
        {
            "@type": "CorrectionComment",
            "text": mark_authored(note.note, note.script),
            "datePublished": _moment(note.noted_at),
        }
        for note in notes_of(story)
    ]


def _moment(moment: datetime.datetime, precision: str = DatePrecision.MINUTE) -> str:
    """With the newsroom's offset; of a day nothing but the day is known."""
    local = timezone.localtime(moment)
    is_day = precision == DatePrecision.DAY
    return local.date().isoformat() if is_day else local.isoformat()


def _cut(title: str) -> str:
    is_short = len(title) <= HEADLINE_LENGTH
    return title if is_short else f"{title[: HEADLINE_LENGTH - 1]}…"
