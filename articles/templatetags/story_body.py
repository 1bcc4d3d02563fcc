"""What the page adds to the text of a story, when it is laid out and when it is shown."""

import re
from html import unescape

from django import template
from django.utils.safestring import SafeString

from articles.models import PublishedArticle
from articles.tables import in_boxes
from articles.templatetags.stories import breakable
from editions.story_terms import mark_story

register = template.Library()

LONG_STORY = 5000  # characters
SECTIONS_TO_SCROLL = 3

_SECTION_END = re.compile(r"(?<=</section>)")
# The heading as _sections.html writes it, with both of its lines.
_HEADING = re.compile(
    r'-heading">(?P<first>[^<]*)(?:<small>(?P<second>[^<]*)</small>)?</h2>'
)
_MATERIALS = re.compile(r'class="(?:gallery|figure recording|enclosures|figure__ai)"')
_BACK = '<p class="story__back"><a href="#title">回到开头</a></p>'


@register.filter
def scrolling_tables(body: str) -> SafeString:
    """Put each table of a sanitised body into a box that scrolls by itself."""
    return SafeString(in_boxes(body))


@register.filter
def has_materials(story: PublishedArticle) -> bool:
    """Whether the text has what needs the sheet of galleries and files. No query."""
    return bool(_MATERIALS.search(story.body_html))


@register.filter
def story_body(story: PublishedArticle) -> SafeString:
    """The text as stored, with headings whose lines end between words, and in a long
    story a way back to its beginning after every third section. No query."""
    body = _HEADING.sub(_breakable_heading, story.body_html)
    *sections, rest = _SECTION_END.split(body)
    is_long = story.length > LONG_STORY
    pieces, terms = [], story.edition_terms
    for number, section in enumerate(sections, start=1):
        pieces.append(mark_story(section, story.script, terms))
        if is_long and number % SECTIONS_TO_SCROLL == 0:
            pieces.append(_BACK)
    return SafeString("".join([*pieces, mark_story(rest, story.script, terms)]))


def _breakable_heading(match: re.Match[str]) -> str:
    first = breakable(unescape(match["first"]))
    second = match["second"]
    small = f"<small>{breakable(unescape(second))}</small>" if second else ""
    return f'-heading" class="words">{first}{small}</h2>'
