"""What a search offers besides its results: tags, years, completions, another way on."""

import datetime
from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Count, QuerySet
from django.utils import timezone

from articles.models import PublishedArticle, Tag
from articles.models.published import PublishedArticleQuerySet, visible_at
from editions.folding import fold
from search.asking import Asked
from search.finding import Filters, count, in_headline, matching
from search.limits import TooSlow, time_limit
from search.models import PromotedResult
from search.tokens import folded

POPULAR_TAGS = 12
MOST_PROMOTED = 3
MOST_APART = 4  # words of a search that found nothing
COMPLETED_TAGS, COMPLETED_TITLES = 4, 6
SECONDS = 0.3  # that each of these may take: completions come with every key

Row = TypeVar("Row")


def popular_tags(at: datetime.datetime) -> list[Tag]:
    """What many visible stories are about; none if it takes long to find out. One query."""
    tags = _tags_of_visible(at).annotate(stories=Count("published"))
    return _in_time(tags.order_by("-stories", "name")[:POPULAR_TAGS])


def years(at: datetime.datetime) -> list[int]:
    """Local years from the first visible story to the last, the newest first. Two queries,
    however many stories there are."""
    stories = PublishedArticle.objects.visible(at).order_by("dated_at", "pk")
    moments = stories.values_list("dated_at", flat=True)
    ends = [moment for moment in (moments.first(), moments.last()) if moment]
    found = [timezone.localtime(moment).year for moment in ends]
    return [*range(found[1], found[0] - 1, -1)] if found else []


def promoted(asked: Asked, at: datetime.datetime) -> list[PromotedResult]:
    """What editors put above the results of this search, if readers may see it. Each has
    its `story`. Two queries."""
    if not asked.typed or asked.problem:
        return []
    rows = PromotedResult.objects.shown(at).for_query(asked.typed).with_readers(at)
    chosen = list(rows[:MOST_PROMOTED])
    stories = {
        story.article_id: story
        for story in PublishedArticle.objects.visible(at)
        .filter(article__in=[row.article_id for row in chosen])
        .for_cards()
    }
    for row in chosen:
        row.story = stories.get(row.article_id)
    return [row for row in chosen if row.story]


def shorter(asked: Asked, at: datetime.datetime) -> list[tuple[str, int]]:
    """For a search that found nothing: each of its words that alone finds something,
    as typed, with how many."""
    if asked.problem or len(asked.words) + len(asked.names) < 2:
        return []
    found = []
    for word in asked.words[:MOST_APART]:
        result = count(Asked(word.typed, words=[word]), Filters(), at)
        if result.is_partial:
            break
        if result.count:
            found.append((word.typed, result.count))
    return found


def completed_tags(typed: str, at: datetime.datetime) -> list[Tag]:
    """Tags with visible stories that begin with what was typed, then those that have it."""
    begun = fold(typed)
    if not folded(typed):
        return []
    tags = _tags_of_visible(at).filter(folded__contains=begun).distinct()
    return sorted(
        _in_time(tags.order_by("folded")[: COMPLETED_TAGS * 5]),
        key=lambda tag: (not tag.folded.startswith(begun), len(tag.folded)),
    )[:COMPLETED_TAGS]


def completed_stories(asked: Asked, at: datetime.datetime) -> list[PublishedArticle]:
    """The newest visible stories with what was typed in their titles, or as initials in
    title or tags."""
    if asked.is_empty or not asked.words:
        return []
    found = _first(in_headline(asked, Filters(), at, with_tags=False))
    initials = asked.as_initials()
    if found or initials is None:
        return found
    return _first(matching(initials, Filters(), at))


def _first(stories: PublishedArticleQuerySet) -> list[PublishedArticle]:
    return _in_time(stories.only("article", "title", "script")[:COMPLETED_TITLES])


def _in_time(rows: Iterable[Row]) -> list[Row]:
    try:
        with time_limit(SECONDS):
            return list(rows)
    except TooSlow:
        return []


def _tags_of_visible(at: datetime.datetime) -> QuerySet[Tag]:
    return Tag.objects.filter(visible_at(at, "published__"), merged_into=None)
