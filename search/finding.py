"""Which stories a search finds, and in which order; the same on both databases."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from articles.models import ChannelListing, PublishedArticle
from articles.models.desk import ArticleQuerySet
from articles.models.published import PublishedArticleQuerySet
from channels.models import Channel
from search.asking import Asked
from search.indexing import SPILL, first_key
from search.limits import TooSlow, row_by_row, time_limit
from search.models import StoryEntry
from search.needles import Needles, holds, is_known_to_index, is_named, needles

MOST_COUNTED = 1_000  # results: further ones are neither counted nor turned to
MOST_FOR_ONE_CHARACTER = 100
LATEST = 2_000  # stories in which PostgreSQL looks for a frequent word first
SECONDS = 0.4  # that the database may take for a part of an answer: the whole in one

TEXT, HEADLINE = "search_entry__text", "search_entry__headline"
NAMES = "search_entry__names"
TOKENS = "search_entry__index__tokens__matches"
KEY = "search_entry__index__entry"


class Order(StrEnum):
    BEST = "best"
    NEWEST = "newest"


class Kind(StrEnum):
    STORY = "story"
    PERSON = "person"
    PROMOTION = "promotion"


@dataclass(frozen=True)
class Filters:
    channel: Channel | None = None
    year: int | None = None
    kind: Kind | None = None

    def __bool__(self) -> bool:
        return any((self.channel, self.year, self.kind))


@dataclass
class Found:
    """How many results there are. `count` stops at `most`; `is_partial` says that the
    database was stopped before it had looked everywhere."""

    count: int = 0
    most: int = MOST_COUNTED
    is_partial: bool = False

    @property
    def has_more(self) -> bool:
        return self.count >= self.most


def matching(
    asked: Asked, filters: Filters, at: datetime.datetime
) -> PublishedArticleQuerySet:
    """Visible stories with all that was asked for, newest first."""
    return _newest_first(
        _filtered(_checked(_asked_of_index(asked, at), asked), filters)
    )


def count(asked: Asked, filters: Filters, at: datetime.datetime) -> Found:
    """How many results there are, up to the most that are counted. One query; if it is
    stopped because it takes long, `is_partial` says so."""
    found = Found(
        most=MOST_FOR_ONE_CHARACTER if asked.is_single_character else MOST_COUNTED
    )
    if asked.is_empty:
        return found
    everything = matching(asked, filters, at).order_by()
    try:
        with time_limit(SECONDS):
            found.count = everything[: found.most].count()
    except TooSlow:
        found.is_partial = True
    return found


def find(
    asked: Asked,
    filters: Filters,
    order: Order,
    *,
    at: datetime.datetime,
    start: int = 0,
    end: int,
    is_frequent: bool = False,
) -> tuple[list[PublishedArticle], bool]:
    """Results from `start` to before `end`, and whether these are all that belong there.

    `is_frequent` says that there are more results than are counted. The database is
    stopped if it takes long: then there are none. A query for the keys, two where the
    best come first, and two for the stories.
    """
    if asked.is_empty or start >= end:
        return [], True
    try:
        with time_limit(SECONDS):
            if order == Order.NEWEST or not asked.words:
                stories = matching(asked, filters, at)
                keys = _newest(stories, end, is_frequent=is_frequent)[start:]
            else:
                keys = _best_first(asked, filters, at, end, is_frequent=is_frequent)[
                    start:
                ]
    except TooSlow:
        return [], False
    return _cards(keys, at), True


def _best_first(
    asked: Asked,
    filters: Filters,
    at: datetime.datetime,
    number: int,
    *,
    is_frequent: bool,
) -> list[int]:
    """Those with all the words in the headline, then the others; each newest first."""
    headlines = in_headline(asked, filters, at)
    first = _newest(headlines, number, is_frequent=is_frequent)
    if len(first) >= number:
        return first
    # Those of the headline are among all: as many more as they are have to be read.
    everything = _newest(
        matching(asked, filters, at), number + len(first), is_frequent=is_frequent
    )
    known = set(first)
    return [*first, *(key for key in everything if key not in known)][:number]


def _newest(
    stories: PublishedArticleQuerySet, number: int, *, is_frequent: bool
) -> list[int]:
    """The keys of the first so many of these, which are newest first.

    SQLite walks its index from the newest on and stops. PostgreSQL can walk the stories
    and look at the tokens of each, or gather all that match and sort them. It guesses
    badly which is less, and is told: a frequent word the latest stories have often
    enough; a rare one is gathered.
    """
    keys = stories.values_list("pk", flat=True)
    if connection.vendor == "sqlite":
        return list(keys[:number])
    if is_frequent:
        edge = (
            StoryEntry.objects.order_by("-key")
            .values_list("key", flat=True)[LATEST : LATEST + 1]
            .first()
        )
        if edge is not None:
            with row_by_row():
                found = list(keys.filter(**{f"{KEY}__gt": edge})[:number])
            if len(found) == number:
                return found
    # In the order of a sum, which no index has.
    return list(keys.order_by((F(KEY) + 0).desc())[:number])


def in_headline(
    asked: Asked, filters: Filters, at: datetime.datetime, *, with_tags: bool = True
) -> PublishedArticleQuerySet:
    """Visible stories with all the words in title, subtitle or kicker, or as a whole tag,
    newest first."""
    stories = PublishedArticle.objects.visible(at).filter(
        **{TOKENS: _needles(asked, in_headline=True)}
    )
    for word in asked.words:
        condition = holds(word, HEADLINE)
        if with_tags:
            condition |= is_named(word, NAMES)
        if not (with_tags and is_known_to_index(word)):
            stories = stories.filter(condition)
    stories = _without_excluded(stories, asked)
    return _newest_first(_filtered(stories, filters))


def _asked_of_index(asked: Asked, at: datetime.datetime) -> PublishedArticleQuerySet:
    return PublishedArticle.objects.visible(at).filter(**{TOKENS: _needles(asked)})


def _checked(
    stories: PublishedArticleQuerySet, asked: Asked
) -> PublishedArticleQuerySet:
    """The index knows pairs of characters; the text says whether they are the word."""
    for word in asked.words:
        if not is_known_to_index(word):
            stories = stories.filter(holds(word, TEXT))
    return _without_excluded(stories, asked)


def _without_excluded(
    stories: PublishedArticleQuerySet, asked: Asked
) -> PublishedArticleQuerySet:
    for word in asked.excluded:
        if not is_known_to_index(word):
            stories = stories.exclude(holds(word, TEXT))
    return stories


def _filtered(
    stories: PublishedArticleQuerySet, filters: Filters
) -> PublishedArticleQuerySet:
    if filters.channel:
        listed = ChannelListing.objects.filter(
            published_article=OuterRef("pk"), channel=filters.channel
        )
        stories = stories.filter(Exists(listed))
    if filters.year:
        stories = stories.filter(_within(filters.year))
    if filters.kind == Kind.PERSON:
        stories = stories.exclude(honour={})
    elif filters.kind == Kind.PROMOTION:
        stories = stories.filter(is_promotion=True)
    elif filters.kind == Kind.STORY:
        stories = stories.filter(honour={}, is_promotion=False)
    return stories


def _within(year: int) -> Q:
    """Of that local year. The keys say roughly where in the index to look."""
    zone = timezone.get_current_timezone()
    start = datetime.datetime(year, 1, 1, tzinfo=zone)
    end = datetime.datetime(year + 1, 1, 1, tzinfo=zone)
    return Q(
        **{
            "dated_at__gte": start,
            "dated_at__lt": end,
            f"{KEY}__gte": first_key(start),
            f"{KEY}__lt": first_key(end + SPILL),
        }
    )


def _newest_first(stories: PublishedArticleQuerySet) -> PublishedArticleQuerySet:
    return stories.order_by(f"-{KEY}")


def _needles(asked: Asked, *, in_headline: bool = False) -> Needles:
    return needles(
        asked.words,
        in_headline=in_headline,
        names=asked.names,
        without=asked.excluded,
        without_names=asked.excluded_names,
    )


def _cards(keys: list[int], at: datetime.datetime) -> list[PublishedArticle]:
    """These stories in this order, asked once more whether they are visible."""
    stories = PublishedArticle.objects.visible(at).for_cards()
    rows = stories.prefetch_related("tags").in_bulk(keys)
    return [rows[key] for key in keys if key in rows]


def on_desk(asked: Asked, articles: ArticleQuerySet) -> ArticleQuerySet:
    """Those of the desk copies that have all that was asked for."""
    if asked.is_empty:
        return articles.none()
    articles = articles.filter(search_entry__index__tokens__matches=_needles(asked))
    for word in asked.words:
        if not is_known_to_index(word):
            articles = articles.filter(holds(word, TEXT))
    for word in asked.excluded:
        if not is_known_to_index(word):
            articles = articles.exclude(holds(word, TEXT))
    return articles
