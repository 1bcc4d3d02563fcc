"""Data for search engines in the head of a page."""

import json
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.models import PublishedArticle
from articles.structured_data import news_article

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
def story_data(story: PublishedArticle, publisher: str) -> SafeString:
    """The story as NewsArticle. `publisher` is the site's name, which the frame knows."""
    return linked_data(news_article(story, publisher=publisher))
