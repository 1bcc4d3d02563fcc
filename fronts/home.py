"""What stands on the home page, chosen by time until editors choose by hand."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from articles.models import ChannelListing, PublishedArticle
from channels.models import Channel

HEADLINES = 6
BLOCK_STORIES = 5
BLOCK_MINIMUM = 2
PORTRAITS = 5


@dataclass(frozen=True)
class Block:
    """A channel's place on the home page: one story with a picture if it has one, then headlines."""

    channel: Channel
    lead: PublishedArticle
    headlines: list[PublishedArticle]


@dataclass(frozen=True)
class HomeFront:
    lead: PublishedArticle | None
    headlines: list[PublishedArticle]
    blocks: list[Block]
    people_channel: Channel | None
    people: list[PublishedArticle]


def home_front(at: datetime.datetime, channels: list[Channel]) -> HomeFront:
    """The home page as of `at`. Two queries and one for each channel."""
    stories = list(
        PublishedArticle.objects.visible(at)
        .exclude(channel__kind=Channel.Kind.GALLERY)
        .for_cards()
        .order_by("-dated_at", "-pk")[: HEADLINES * 2]
    )
    lead = next(
        (story for story in stories if story.cover), stories[0] if stories else None
    )
    headlines = [story for story in stories if story != lead][:HEADLINES]
    shown = {story.pk for story in [lead, *headlines] if story}
    blocks = []
    people_channel, people = None, []
    for channel in channels:
        if channel.kind == Channel.Kind.LINK:
            continue
        is_gallery = channel.kind == Channel.Kind.GALLERY
        count = PORTRAITS if is_gallery else BLOCK_STORIES
        newest = newest_of(channel, at, count, besides=shown)
        if is_gallery and people_channel is None and newest:
            people_channel, people = channel, newest
        elif not is_gallery and len(newest) >= BLOCK_MINIMUM:
            first = next((story for story in newest if story.cover), newest[0])
            blocks.append(
                Block(channel, first, [story for story in newest if story != first])
            )
            shown |= {story.pk for story in newest}
    return HomeFront(lead, headlines, blocks, people_channel, people)


def newest_of(
    channel: Channel,
    at: datetime.datetime,
    count: int,
    *,
    besides: Collection[int] = (),
) -> list[PublishedArticle]:
    """The newest stories of a channel and the channels below it. One query.

    `besides` holds the keys of those that stand on the page already.
    """
    rows = (
        ChannelListing.objects.filter(channel=channel)
        .exclude(published_article__in=besides)
        .visible(at)
        .for_cards()[:count]
    )
    return [row.published_article for row in rows]
