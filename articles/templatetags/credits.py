"""Names under a story, with the pages of those who have one."""

from django import template

from articles.credits import author_signatures, editor_signatures

register = template.Library()

register.filter("author_signatures", author_signatures)
register.filter("editor_signatures", editor_signatures)
