"""The honour of a person, as pages print it."""

from django import template

from articles.honours import HonourShown, in_words, shown
from articles.models import PublishedArticle

register = template.Library()

register.filter("honour_in_words", in_words)


@register.filter
def honour(story: PublishedArticle) -> HonourShown | None:
    """What a card or page says of it; None for a story without one."""
    return shown(story.honour) if story.honour else None
