"""Template filters of the script editions."""

from typing import Any

from django import template
from django.template.defaultfilters import stringfilter

from editions.markers import mark_authored
from editions.story_terms import mark_name, mark_story

register = template.Library()


@register.filter(is_safe=True)
@stringfilter
def authored(text: str, by: Any) -> str:
    """Mark text with the script of its author and the terms of its story:
    {{ story.title|authored:story }}, or {{ note|authored:script }}."""
    if isinstance(by, str):
        return mark_authored(text, by)
    return mark_story(text, by.script, by.edition_terms)


@register.filter
@stringfilter
def person_name(name: str, script: str) -> str:
    """Mark the name of a person that stands by itself, which is no text:
    {{ profile.name|person_name:profile.script }}."""
    return mark_name(name, script)
