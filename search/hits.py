"""Finding stories by their words, written in either script."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from django.db.models import Count, Q

from articles.layout import plain_text
from articles.models import PublishedArticle, Tag
from articles.models.published import PublishedArticleQuerySet, visible_at
from channels.models import Channel
from editions.catalogue import EDITIONS, HANT
from editions.conversion import convert
from editions.folding import fold

LONGEST_QUERY = 200  # characters
SNIPPET = 80  # characters
BEFORE_HIT = 20  # characters of a snippet
POPULAR_TAGS = 12
_HAN = re.compile(r"[㐀-鿿]")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True)
class Query:
    """What a reader asked for. Empty words find nothing."""

    words: str
    channel: Channel | None = None
    year: int | None = None

    @property
    def is_filtered(self) -> bool:
        return bool(self.channel or self.year)

    @property
    def excess(self) -> str:
        """What is said of a query that is too long to be looked up; empty for others."""
        if len(self.words) <= LONGEST_QUERY:
            return ""
        return f"最多搜 {LONGEST_QUERY} 个字，现在有 {len(self.words)} 个。请删短一些，再搜一次。"


class Part(NamedTuple):
    """A run of text, whether it is what was looked for, and whether a line may end after it."""

    text: str
    is_hit: bool
    may_end_line: bool = False


class Hit(NamedTuple):
    story: PublishedArticle
    title: list[Part]
    snippet: list[Part]


def cleaned(words: str) -> str:
    """The query on one line."""
    return _BLANKS.sub(" ", words).strip()


def spellings(words: str) -> list[str]:
    """The query as it may stand in a story: as typed, and in each edition's script."""
    simplified = convert(words, "zh-hans", source=HANT)
    forms = [words, simplified]
    forms += [convert(simplified, edition.code) for edition in EDITIONS]
    return list(dict.fromkeys(forms))


def found(query: Query, at: datetime.datetime) -> PublishedArticleQuerySet:
    """Visible stories with all the words in their title, standfirst or text, newest first.
    A query that is too long finds nothing and costs nothing."""
    stories = PublishedArticle.objects.visible(at)
    words = query.words.split()
    if not words or query.excess:
        return stories.none()
    for word in words:
        stories = stories.filter(_holds(word))
    if query.channel:
        stories = stories.filter(listings__channel=query.channel)
    if query.year:
        stories = stories.filter(dated_at__year=query.year)
    return stories.for_cards().order_by("-dated_at", "-pk")


def _holds(word: str) -> Q:
    condition = Q()
    for form in spellings(word):
        condition |= Q(title__icontains=form) | Q(standfirst__icontains=form)
        # Markup has no Han character of its own; a Latin word may be a tag's name.
        if _HAN.search(form):
            condition |= Q(body_html__contains=form)
    return condition


def hit(story: PublishedArticle, query: Query) -> Hit:
    """A story with the words marked in its title and in eighty characters of its text."""
    text = f"{story.standfirst} {plain_text(story.body_html)}".strip()
    words = query.words.split()
    return Hit(
        story,
        marked(story.title, words, story.title_breaks),
        marked(_window(text, words), words),
    )


def marked(text: str, words: list[str], breaks: Iterable[int] = ()) -> list[Part]:
    """The text cut where one of the words begins or ends, in any script or width, and
    at `breaks`, where a line may end."""
    folded = _folded(text)
    hits = [False] * len(text)
    for word in filter(None, map(fold, words)):
        start = folded.find(word)
        while start >= 0:
            hits[start : start + len(word)] = [True] * len(word)
            start = folded.find(word, start + 1)
    ends = set(breaks)
    edges = ends | {
        place for place in range(1, len(text)) if hits[place] != hits[place - 1]
    }
    return [
        Part(text[start:end], hits[start], end in ends)
        for start, end in pairwise(sorted({0, *edges, len(text)}))
    ]


def popular_tags(at: datetime.datetime) -> list[Tag]:
    """What many visible stories are about. One query."""
    return list(
        Tag.objects.filter(visible_at(at, "published__"), merged_into=None)
        .annotate(stories=Count("published"))
        .order_by("-stories", "name")[:POPULAR_TAGS]
    )


def years(at: datetime.datetime) -> list[int]:
    """Local years with visible stories, the newest first. One query."""
    moments = PublishedArticle.objects.visible(at).datetimes("dated_at", "year")
    return sorted({moment.year for moment in moments}, reverse=True)


def _window(text: str, words: list[str]) -> str:
    folded = _folded(text)
    places = [place for word in words if (place := folded.find(fold(word))) >= 0]
    start = max(0, min(places, default=0) - BEFORE_HIT)
    end = start + SNIPPET
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


def _folded(text: str) -> str:
    """Folded with every character in its place: those that would become two stay."""
    return "".join(
        folded if len(folded := fold(character)) == 1 else character
        for character in text
    )
