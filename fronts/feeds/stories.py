"""Which stories a feed tells of, and which its readers' programs are to forget."""

import datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.urls import reverse

from articles.models import ChannelListing, PublishedArticle, Tag, Withdrawal
from articles.models.published import PublishedArticleQuerySet
from articles.structured_data import absolute
from channels.models import Channel
from fronts.models import Topic
from fronts.topics import shown_blocks

FEED_SIZE = 30
TOMBSTONE_DAYS = 30


class Tombstone(NamedTuple):
    """What the key of an entry was, and when it went."""

    key: str
    gone_at: datetime.datetime


def newest_of_site(at: datetime.datetime) -> list[PublishedArticle]:
    """Two queries."""
    return list(_for_feed(PublishedArticle.objects.visible(at)))


def newest_of_channel(
    channel: Channel, at: datetime.datetime
) -> list[PublishedArticle]:
    """Of the channel and those below it. Two queries."""
    rows = (
        ChannelListing.objects.filter(channel=channel)
        .visible(at)
        .for_cards()
        .defer("published_article__body_html")
        .prefetch_related("published_article__tags")[:FEED_SIZE]
    )
    return [row.published_article for row in rows]


def newest_of_tag(tag: Tag, at: datetime.datetime) -> list[PublishedArticle]:
    """Two queries."""
    return list(_for_feed(PublishedArticle.objects.visible(at).filter(tags=tag)))


def newest_of_topic(topic: Topic, at: datetime.datetime) -> list[PublishedArticle]:
    """Of the stories that the topic shows. Four queries."""
    keys = {
        shown.story.pk
        for block in shown_blocks(topic, at)
        for shown in block.entries
        if shown.story
    }
    return list(_for_feed(PublishedArticle.objects.visible(at).filter(pk__in=keys)))


def tombstones(at: datetime.datetime, within: Q | None = None) -> list[Tombstone]:
    """Entries withdrawn in the last 30 days from the site's feed, or from the one that
    `within` says of a withdrawal. One query.

    A story that readers can see again is not among them.
    """
    gone: QuerySet[Withdrawal] = Withdrawal.objects.filter(
        within or Q(),
        withdrawn_at__gt=at - datetime.timedelta(days=TOMBSTONE_DAYS),
        withdrawn_at__lte=at,
    ).exclude(article__in=PublishedArticle.objects.visible(at).values("article"))
    latest = dict(
        gone.order_by("withdrawn_at").values_list("article_id", "withdrawn_at")
    )
    return [
        Tombstone(absolute(reverse("articles:page", args=[article])), moment)
        for article, moment in latest.items()
    ]


def _for_feed(stories: PublishedArticleQuerySet) -> PublishedArticleQuerySet:
    return (
        stories.for_cards()
        .defer("body_html")
        .prefetch_related("tags")
        .order_by("-dated_at", "-pk")[:FEED_SIZE]
    )
