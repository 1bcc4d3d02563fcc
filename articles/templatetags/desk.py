"""What the desk's pages print: moments, and how much waits for a person."""

from django import template
from django.utils import timezone

from accounts.models import User
from accounts.rights import can
from accounts.roles import Verb
from articles import inbox, moments
from articles.models import Notice

register = template.Library()

register.filter("moment_in_words", moments.moment_in_words)


@register.simple_tag
def waiting_for(person: User) -> dict[str, int] | None:
    """How many stories and notices wait for this person; None for people without
    newsroom work. Five queries."""
    if not (can(person, Verb.WRITE) or can(person, Verb.VIEW)):
        return None
    return {
        "stories": inbox.count_waiting(person),
        "notices": Notice.objects.filter(person=person, read_at=None).count(),
    }


@register.inclusion_tag("admin/articles/inbox/_items.html")
def inbox_items(person: User) -> dict:
    """The lines of 等我处理, as the inbox shows them."""
    now = timezone.now()
    return {
        "items": inbox.items(inbox.Shelf.WAITING, person, now),
        "shelf": inbox.Shelf.WAITING,
        "now": now,
    }
