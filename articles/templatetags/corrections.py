"""Public notes on readers' pages."""

from django import template

from articles.corrections import last_change, note_moment, notes_of

register = template.Library()

register.filter("last_change", last_change)
register.filter("note_moment", note_moment)
register.filter("public_notes", notes_of)
