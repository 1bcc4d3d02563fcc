"""Addresses for search engines: each page in each edition."""

import datetime
from dataclasses import dataclass

from django.urls import reverse

from articles.models import PublishedArticle
from channels.models import Channel

MAX_ADDRESSES = 50_000  # the sitemap protocol's limit for one file
EDITIONS_PER_PAGE = 4


@dataclass(frozen=True)
class Entry:
    """One page: its path without edition prefix, and when its text last changed."""

    path: str
    changed_at: datetime.datetime | None


def sitemap_entries(at: datetime.datetime) -> list[Entry]:
    """Home, corrections, channels and the newest visible stories, as many as one file may hold. Two queries."""
    channels = Channel.objects.holding_articles()
    entries = [
        Entry(reverse("fronts:home"), None),
        Entry(reverse("fronts:corrections"), None),
    ]
    entries += [Entry(channel.get_absolute_url(), None) for channel in channels]
    room = MAX_ADDRESSES // EDITIONS_PER_PAGE - len(entries)
    stories = (
        PublishedArticle.objects.visible(at)
        .order_by("-dated_at", "-pk")
        .values_list("article_id", "visible_from")[:room]
    )
    entries += [
        Entry(reverse("articles:page", args=[article_id]), changed_at)
        for article_id, changed_at in stories
    ]
    return entries
