"""Template filters of the script editions."""

from django import template
from django.template.defaultfilters import stringfilter

from editions.markers import mark_authored

register = template.Library()


@register.filter(is_safe=True)
@stringfilter
def authored(text: str, script: str) -> str:
    """Mark text with the script of its author: {{ story.title|authored:story.script }}."""
    return mark_authored(text, script)
