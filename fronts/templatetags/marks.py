"""The mark of the site in the head of a page."""

from django import template

from fronts.icons import icon_path

register = template.Library()

register.simple_tag(icon_path, name="icon_path")
