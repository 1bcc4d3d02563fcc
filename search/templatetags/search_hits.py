"""What was found, with the words looked for marked."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from articles.models import PublishedArticle
from editions.story_terms import mark_story
from search.hits import Part, marked

register = template.Library()


@register.filter
def title_parts(story: PublishedArticle) -> list[Part]:
    """The title in the parts between which a line may end."""
    return marked(story.title, [], story.title_breaks)


@register.filter
def shown_parts(parts: Iterable[Part], story: PublishedArticle) -> SafeString:
    """The parts of one text of the story, which its terms see as one text."""
    shown = format_html_join(
        "",
        "{}{}",
        (
            (
                format_html("<mark>{}</mark>", part.text) if part.is_hit else part.text,
                mark_safe("<wbr>") if part.may_end_line else "",
            )
            for part in parts
        ),
    )
    return SafeString(mark_story(shown, story.script, story.edition_terms))
