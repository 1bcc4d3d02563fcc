"""Names under a story, with the pages of those who have one."""

from collections.abc import Iterable

from django import template

from articles.credits import (
    Signature,
    author_signatures,
    editor_signatures,
    marked_name,
)
from articles.models import PublishedArticle
from editions.story_terms import mark_name

register = template.Library()

register.filter("author_signatures", author_signatures)
register.filter("editor_signatures", editor_signatures)


@register.filter
def signed(signature: Signature, story: PublishedArticle) -> str:
    """The printed name, marked: {{ signature|signed:story }}."""
    return marked_name(signature, story)


@register.filter
def names_in(names: Iterable[str], script: str) -> str:
    """Printed names on one line, marked: {{ story.authors|names_in:story.script }}."""
    return "、".join(mark_name(name, script) for name in names)
