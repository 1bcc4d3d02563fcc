"""What stands on the home page: what editors put there, then the newest."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from articles.models import PublishedArticle
from articles.models.published import ChannelListingQuerySet
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
class Strip:
    """A gallery's place on the home page: its newest people, at least one."""

    gallery: Channel
    people: list[PublishedArticle]


@dataclass(frozen=True)
class HomeFront:
    """`is_chosen` says that editors put at least one of the headlines there."""

    lead: PublishedArticle | None
    headlines: list[PublishedArticle]
    is_chosen: bool
    blocks: list[Block]
    topics: list[Topic]
    strips: list[Strip]


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
    strips = strips_of(channels, at, besides=shown)
    shown = shown.union(*(keys_of(strip.people) for strip in strips))
    return HomeFront(
        lead=lead,
        headlines=headlines,
        is_chosen=bool(chosen),
        blocks=blocks_of(channels, at, besides=shown),
        topics=running_topics(at, TOPICS),
        strips=strips,
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


def strips_of(
    channels: list[Channel], at: datetime.datetime, *, besides: Collection[int]
) -> list[Strip]:
    """The galleries that have somebody to show, in their order. One query for each.

    Whose honour was revoked is not held up on the home page; the gallery tells of it.
    """
    shown = set(besides)
    strips = []
    for gallery in channels:
        if gallery.kind != Channel.Kind.GALLERY:
            continue
        rows = gallery.listings.without_revoked_honours()
        people = _newest_among(rows, at, PORTRAITS, besides=shown)
        if people:
            strips.append(Strip(gallery, people))
            shown |= keys_of(people)
    return strips


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
    return _newest_among(channel.listings.all(), at, count, besides=besides)


def _newest_among(
    rows: ChannelListingQuerySet,
    at: datetime.datetime,
    count: int,
    *,
    besides: Collection[int],
) -> list[PublishedArticle]:
    rows = rows.exclude(published_article__in=besides).visible(at).for_cards()
    return [row.published_article for row in rows[:count]]
