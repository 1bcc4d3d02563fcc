"""What stands on the home page: what editors put there, then the newest."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from articles.models import ChannelListing, PublishedArticle
from channels.models import Channel
from fronts.models import Topic
from fronts.placements import ROOM, Slot, placed_on_home
from fronts.topics import running_topics

HEADLINES = ROOM[Slot.HEADLINE]
BLOCK_STORIES = 5
BLOCK_MINIMUM = 2
PORTRAITS = 5
TOPICS = 3


@dataclass(frozen=True)
class Block:
    """A channel's place on the home page: one story with a picture if it has one, then headlines."""

    channel: Channel
    lead: PublishedArticle
    headlines: list[PublishedArticle]


@dataclass(frozen=True)
class HomeFront:
    """`is_chosen` says that editors put at least one of the headlines there."""

    lead: PublishedArticle | None
    headlines: list[PublishedArticle]
    is_chosen: bool
    blocks: list[Block]
    topics: list[Topic]
    people_channel: Channel | None
    people: list[PublishedArticle]


def home_front(at: datetime.datetime, channels: list[Channel]) -> HomeFront:
    """The home page as of `at`, nothing twice. Three queries, one more if anything is
    placed, and one for each channel."""
    lead, chosen = placed_on_home(at)
    placed = [story for story in [lead, *chosen] if story]
    newest = newest_of_all(at, HEADLINES * 2, besides=keys_of(placed))
    if lead is None and (newest or chosen):
        lead = weightiest(newest or chosen)
    headlines = [story for story in [*chosen, *newest] if story != lead][:HEADLINES]
    shown = keys_of([lead, *headlines] if lead else [])
    gallery = next((one for one in channels if one.kind == Channel.Kind.GALLERY), None)
    people = newest_of(gallery, at, PORTRAITS, besides=shown) if gallery else []
    return HomeFront(
        lead=lead,
        headlines=headlines,
        is_chosen=bool(chosen),
        blocks=blocks_of(channels, at, besides=shown | keys_of(people)),
        topics=running_topics(at, TOPICS),
        people_channel=gallery,
        people=people,
    )


def blocks_of(
    channels: list[Channel], at: datetime.datetime, *, besides: Collection[int]
) -> list[Block]:
    """The channels that have enough to show, in their order. One query for each."""
    shown = set(besides)
    blocks = []
    for channel in channels:
        if channel.kind != Channel.Kind.LIST:
            continue
        stories = newest_of(channel, at, BLOCK_STORIES, besides=shown)
        if len(stories) < BLOCK_MINIMUM:
            continue
        first = weightiest(stories)
        rest = [story for story in stories if story != first]
        blocks.append(Block(channel, first, rest))
        shown |= keys_of(stories)
    return blocks


def keys_of(stories: Iterable[PublishedArticle]) -> set[int]:
    return {story.pk for story in stories}


def weightiest(stories: list[PublishedArticle]) -> PublishedArticle:
    """Of at least one: the first with a picture, else the first."""
    return next((story for story in stories if story.cover), stories[0])


def newest_of_all(
    at: datetime.datetime, count: int, *, besides: Collection[int] = ()
) -> list[PublishedArticle]:
    """The newest stories of the site; portraits have a place of their own. One query."""
    return list(
        PublishedArticle.objects.visible(at)
        .exclude(channel__kind=Channel.Kind.GALLERY)
        .exclude(pk__in=besides)
        .for_cards()
        .order_by("-dated_at", "-pk")[:count]
    )


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
