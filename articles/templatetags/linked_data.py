"""Data for search engines in the head of a page."""

import json
from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.models import PublishedArticle, Tag
from articles.people import Profile
from articles.structured_data import Publisher, news_article, profile_page
from editions.story_terms import mark_name

register = template.Library()

# Inside a script element no tag may open or close, and JSON can say these otherwise.
_OUT_OF_MARKUP = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


@register.simple_tag
def linked_data(data: dict[str, Any]) -> SafeString:
    """A JSON-LD script element. Chinese stays readable, for the conversion of the page."""
    written = json.dumps(data, ensure_ascii=False).translate(_OUT_OF_MARKUP)
    return format_html(
        '<script type="application/ld+json">{}</script>', SafeString(written)
    )


@register.simple_tag
def story_data(
    story: PublishedArticle,
    publisher: str,
    logo: str,
    card: str = "",
    tags: Iterable[Tag] = (),
) -> SafeString:
    """The story as NewsArticle. `publisher` is the site's name, `logo` and `card` are the
    paths of its icon and of the story's share card."""
    data = news_article(
        story,
        publisher=Publisher(publisher, logo),
        card=card,
        keywords=[tag.name for tag in tags],
    )
    return linked_data(data)


@register.simple_tag
def profile_data(profile: Profile, publisher: str) -> SafeString:
    """Someone of our people as ProfilePage. `publisher` is the site's name."""
    return linked_data(
        profile_page(
            mark_name(profile.name, profile.script),
            profile.address,
            jobs=profile.jobs,
            publisher=publisher,
        )
    )
