"""Addresses for search engines, in files that stay small: each page in each edition.

What there can be any number of is cut by ranges of its keys, so that a page never moves
from one file to another and an old file is asked for once.
"""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from django.db.models import (
    BigIntegerField,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    Max,
    OuterRef,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse

from articles.models import (
    Author,
    Correction,
    Editor,
    PublishedArticle,
    PublishedCredit,
    Tag,
    Withdrawal,
)
from articles.models.published import visible_at
from channels.models import Channel
from fronts.archive import first_day, last_day
from fronts.models import StatementPage, Topic

# Keys in one file. Four editions of each page, with the addresses of all editions, make
# about 3 MB of it; the protocol allows 50,000 addresses and 50 MB.
KEYS_IN_PART: Final = 1000
MAX_PART: Final = 10**12  # no database has keys for more
NEWS_DAYS: Final = 2  # as search engines ask
NEWS_LIMIT: Final = 1000


@dataclass(frozen=True)
class Entry:
    """One page: its path without edition prefix, and when its words last changed."""

    path: str
    changed_at: datetime.datetime | None = None


@dataclass(frozen=True)
class Part:
    """One file of a kind, and when something in it last changed."""

    kind: str
    number: int
    changed_at: datetime.datetime | None


@dataclass(frozen=True)
class Kind:
    """Pages that there can be any number of. `rows` have a `key`, the `place` that their
    address at `route` is made of, and the moment `changed_at`, if it is known."""

    route: str
    rows: Callable[[datetime.datetime], QuerySet]


def parts(at: datetime.datetime) -> Iterator[Part]:
    """Every file, the stories' first. Six queries, and none of them reads a story."""
    yield from _parts_of_stories(at)
    for kind, pages in KINDS.items():
        if kind != STORIES:
            numbers = pages.rows(at).order_by().annotate(part=_part_of("key"))
            found = numbers.values_list("part", flat=True).distinct().order_by("part")
            yield from (Part(kind, number, None) for number in found)


def entries_of_part(kind: str, number: int, at: datetime.datetime) -> list[Entry]:
    """The pages of one file, in the order of their keys. Two queries at most."""
    first, last = (number - 1) * KEYS_IN_PART + 1, number * KEYS_IN_PART
    rows = (
        KINDS[kind]
        .rows(at)
        .filter(key__gte=first, key__lte=last)
        .order_by("key")
        .values_list("key", "place", "changed_at")
    )
    last_notes = {}
    if kind == STORIES:
        notes = _notes(at).filter(article__gte=first, article__lte=last)
        last_notes = dict(notes.values_list("article_id").annotate(Max("noted_at")))
    return [
        Entry(
            reverse(KINDS[kind].route, args=[place]),
            _latest(changed_at, last_notes.get(key)),
        )
        for key, place, changed_at in rows
    ]


def part_with(key: int) -> int:
    """The number of the file that has the page of this key."""
    return (key - 1) // KEYS_IN_PART + 1


def is_in_index(kind: str, number: int, at: datetime.datetime) -> bool:
    """The same six queries."""
    return any((part.kind, part.number) == (kind, number) for part in parts(at))


def single_pages(at: datetime.datetime) -> list[Entry]:
    """Home, channels, topics, the archive and its years, pages about us. Five queries."""
    routes = ("home", "corrections", "feeds", "archive", "topics")
    entries = [Entry(reverse(f"fronts:{route}")) for route in routes]
    channels = Channel.objects.holding_articles()
    entries += [Entry(channel.get_absolute_url()) for channel in channels]
    entries += [
        Entry(page.get_absolute_url(), page.updated_at)
        for page in [*Topic.objects.visible(at), *StatementPage.objects.all()]
    ]
    first, last = first_day(at), last_day(at)
    if first and last:
        years = range(last.year, first.year - 1, -1)
        entries += [Entry(reverse("fronts:archive_year", args=[y])) for y in years]
    return entries


def news(at: datetime.datetime) -> list[PublishedArticle]:
    """Stories of the last two days. No portraits, and no promotions, which those who
    list news do not take. One query."""
    since = at - datetime.timedelta(days=NEWS_DAYS)
    return list(
        PublishedArticle.objects.visible(at)
        .filter(dated_at__gt=since, dated_at__lte=at, is_promotion=False)
        .exclude(channel__kind=Channel.Kind.GALLERY)
        .defer("body_html")
        .order_by("-dated_at", "-pk")[:NEWS_LIMIT]
    )


def _parts_of_stories(at: datetime.datetime) -> Iterator[Part]:
    """A file changes when a version goes live and when a story is withdrawn. It is named
    even if all of its stories are gone: to see that would take reading each of them."""
    part = _part_of("article_id")
    live = PublishedArticle.objects.filter(visible_from__lte=at).order_by()
    gone = Withdrawal.objects.filter(withdrawn_at__lte=at).order_by()
    went = gone.annotate(part=part).values_list("part").annotate(Max("withdrawn_at"))
    last_gone = dict(went)
    came = (
        live.annotate(part=part).values_list("part").annotate(last=Max("visible_from"))
    )
    for number, moment in came.order_by("part"):
        yield Part(STORIES, number, _latest(moment, last_gone.get(number)))


def _stories(at: datetime.datetime) -> QuerySet:
    """A new picture or channel is a new version, but the words are as old as before."""
    return PublishedArticle.objects.visible(at).annotate(
        key=F("article_id"),
        place=F("article_id"),
        changed_at=Coalesce(
            "text_updated_at", "article__first_published_at", "visible_from"
        ),
    )


def _tags(at: datetime.datetime) -> QuerySet:
    stories = PublishedArticle.objects.visible(at).filter(tags=OuterRef("pk"))
    return _undated(Tag.objects.unmerged(), stories, place="slug")


def _editors(at: datetime.datetime) -> QuerySet:
    edited = _credits(at).filter(editor=OuterRef("pk"))
    return _undated(Editor.objects.all(), edited)


def _writing_editors(at: datetime.datetime) -> QuerySet:
    written = _credits(at).filter(author__editor=OuterRef("pk"), author__is_unit=False)
    return _undated(Editor.objects.all(), written)


def _authors(at: datetime.datetime) -> QuerySet:
    """Those with a page of their own: no units, and none of our editors."""
    written = _credits(at).filter(author=OuterRef("pk"))
    return _undated(Author.objects.filter(is_unit=False, editor=None), written)


def _undated(rows: QuerySet, shown: QuerySet, *, place: str = "pk") -> QuerySet:
    """Those of the rows that have something to show; a list says of itself no date."""
    return rows.filter(Exists(shown)).annotate(
        key=F("pk"), place=F(place), changed_at=Cast(Value(None), DateTimeField())
    )


def _credits(at: datetime.datetime) -> QuerySet:
    return PublishedCredit.objects.filter(visible_at(at, "published_article__"))


def _notes(at: datetime.datetime) -> QuerySet:
    """Public notes are words of a story too."""
    return Correction.objects.filter(noted_at__lte=at).order_by()


def _part_of(key: str) -> ExpressionWrapper:
    """The number of the file that a key belongs to, from 1."""
    return ExpressionWrapper(
        (F(key) - 1) / KEYS_IN_PART + 1, output_field=BigIntegerField()
    )


def _latest(*moments: datetime.datetime | None) -> datetime.datetime | None:
    return max(filter(None, moments), default=None)


STORIES: Final = "stories"
KINDS: Final = {
    STORIES: Kind("articles:page", _stories),
    "tags": Kind("articles:tag", _tags),
    "editors": Kind("articles:editor", _editors),
    "writers": Kind("articles:editor_writing", _writing_editors),
    "authors": Kind("articles:author", _authors),
}
