"""Whether the desk offers somebody the pages that speak for the whole portal."""

from django import template

from fronts import voice

register = template.Library()

register.filter("speaks_for_site", voice.speaks_for_site)
