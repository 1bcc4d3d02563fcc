"""Keeping the indexes true: each row is written in the transaction that changes its story."""

import datetime
import itertools
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Manager, Q, QuerySet

from articles.layout import plain_text
from articles.models import Article, PublishedArticle
from search import tables
from search.initials import initial_tokens
from search.models import DeskEntry, StoryEntry
from search.models.entries import Entry
from search.tables import Row
from search.tokens import (
    AUTHOR,
    EDITOR,
    HEADLINE,
    LONGEST_TEXT,
    TAG,
    TOKENS_VERSION,
    folded,
    name_token,
    tokens,
)

# Stories of one minute have the keys of that minute, and the next ones if they are more:
# close together, keys take few bytes in the index.
KEYS_OF_A_MINUTE = 64
SPILL = datetime.timedelta(days=2)  # how far keys may run ahead of their minute
_BEGINNING = datetime.datetime(1, 1, 1, tzinfo=datetime.UTC)
_MINUTE = datetime.timedelta(minutes=1)
_PROBED = 1024  # keys looked at in one query
_UPDATED = 50  # rows written in one query


def first_key(moment: datetime.datetime) -> int:
    """The lowest key of a story of that minute. Keys ascend with time."""
    return (moment - _BEGINNING) // _MINUTE * KEYS_OF_A_MINUTE


def index_story(published: PublishedArticle) -> None:
    """Make a version searchable, in the caller's transaction; what was indexed of it
    before is taken out. Whoever may index it at the same time holds its row: see
    lock_stories."""
    StoryEntry.objects.filter(published_article=published).delete()
    entry = StoryEntry(published_article=published, **_of_story(published))
    for attempt in itertools.count():
        entry.key = _free_key(published.dated_at)
        try:
            # Another story of that minute may take the key between the two queries.
            with transaction.atomic():
                entry.save(force_insert=True)
            break
        except IntegrityError:
            if attempt == 10:
                raise
    tables.write(tables.STORIES, [_row(entry)])


def lock_stories(keys: Iterable[int]) -> list[PublishedArticle]:
    """These versions as stored, nobody else's to index until the transaction ends."""
    rows = PublishedArticle.objects.select_for_update(of=("self",)).order_by("pk")
    return list(rows.filter(pk__in=list(keys)).prefetch_related("tags"))


def index_desk_copy(article: Article) -> None:
    """Make a desk copy as stored searchable for the desk, in the caller's transaction."""
    DeskEntry.objects.filter(article=article).delete()
    entry = DeskEntry.objects.create(article=article, **_of_desk_copy(article))
    tables.write(tables.DESK, [_row(entry)])


def refresh_stories(keys: Iterable[int]) -> None:
    """Write the rows of these versions anew, in the caller's transaction; those that have
    none get none. A handful of queries, and one for each fifty."""
    stories = {story.pk: story for story in lock_stories(keys)}
    entries = StoryEntry.objects.filter(published_article__in=stories)
    changed = [
        (entry, _of_story(stories[entry.published_article_id])) for entry in entries
    ]
    _refresh(tables.STORIES, StoryEntry.objects, changed)


def refresh_desk_copies(keys: Iterable[int]) -> None:
    """The same for desk copies."""
    parts = [f"article__{name}" for name in ("tags", "authors", "editors", "sections")]
    entries = DeskEntry.objects.filter(article__in=list(keys)).prefetch_related(*parts)
    changed = [
        (entry, _of_desk_copy(entry.article))
        for entry in entries.select_related("article__source")
    ]
    _refresh(tables.DESK, DeskEntry.objects, changed)


def _refresh(table: str, rows: Manager, changed: list[tuple[Any, dict]]) -> None:
    tables.remove(table, [_row(entry) for entry, _ in changed])
    for entry, columns in changed:
        for name, value in columns.items():
            setattr(entry, name, value)
    entries = [entry for entry, _ in changed]
    names = ["headline", "text", "names", "tokens_version"]
    rows.bulk_update(entries, names, batch_size=_UPDATED)
    tables.write(table, [_row(entry) for entry in entries])


def ended(at: datetime.datetime) -> QuerySet[StoryEntry]:
    """Rows of versions that readers will not see again."""
    return StoryEntry.objects.filter(published_article__visible_until__lte=at)


def stories_to_index(at: datetime.datetime) -> QuerySet[PublishedArticle]:
    """Versions that readers see or will see, without a row of today's tokens."""
    return PublishedArticle.objects.filter(
        Q(visible_until=None) | Q(visible_until__gt=at),
        Q(search_entry=None) | ~Q(search_entry__tokens_version=TOKENS_VERSION),
    ).exclude(visible_until__lte=F("visible_from"))


def desk_copies_to_index() -> QuerySet[Article]:
    return Article.objects.filter(
        Q(search_entry=None) | ~Q(search_entry__tokens_version=TOKENS_VERSION)
    )


def empty_all() -> None:
    """Forget both indexes: nothing is found until they are built again."""
    tables.empty(tables.STORIES, StoryEntry._meta.db_table)
    tables.empty(tables.DESK, DeskEntry._meta.db_table)


def forget_tokens(entry: Entry) -> None:
    """Remove the tokens of a row that is being deleted."""
    is_story = isinstance(entry, StoryEntry)
    tables.remove(tables.STORIES if is_story else tables.DESK, [_row(entry)])


def _row(entry: Entry) -> Row:
    found = [*tokens(entry.text)]
    found += [HEADLINE + token for token in tokens(entry.headline)]
    return Row(entry.pk, list(dict.fromkeys([*found, *entry.names.split()])))


def _free_key(moment: datetime.datetime) -> int:
    start = first_key(moment)
    while True:
        taken = set(
            StoryEntry.objects.filter(
                key__gte=start, key__lt=start + _PROBED
            ).values_list("key", flat=True)
        )
        for key in range(start, start + _PROBED):
            if key not in taken:
                return key
        start += _PROBED


def _of_story(published: PublishedArticle) -> dict:
    tags = [tag.name for tag in published.tags.all()]
    headline = [published.title, published.subtitle, published.kicker]
    people = [*published.authors, *published.editors, published.source_name]
    body = plain_text(published.body_html)
    return _columns(
        headline,
        [
            *headline,
            *tags,
            published.standfirst,
            *people,
            *_honour_of(published),
            body,
            published.cover_caption,
            *(correction["note"] for correction in published.corrections),
        ],
        published.script,
        [
            *_names(published.authors, published.editors, tags),
            *initial_tokens(
                published.title, published.script, [0, *published.title_breaks]
            ),
            *(token for tag in tags for token in initial_tokens(tag, "", [0])),
        ],
    )


def _honour_of(published: PublishedArticle) -> list[str]:
    """What a person's page says of an honour that stands."""
    honour = published.honour
    if not honour or honour["revoked_on"]:
        return []
    return [honour[part] or "" for part in ("title", "awarded_by", "category", "role")]


def _of_desk_copy(article: Article) -> dict:
    tags = [tag.name for tag in article.tags.all()]
    headline = [article.title, article.subtitle, article.kicker]
    authors = [author.name for author in article.authors.all()]
    editors = [editor.name for editor in article.editors.all()]
    source = article.source.name if article.source else ""
    return _columns(
        headline,
        [
            *headline,
            *tags,
            article.standfirst,
            *authors,
            *editors,
            source,
            *_section_lines(article),
        ],
        article.script,
        _names(authors, editors, tags),
    )


def _section_lines(article: Article) -> Iterator[str]:
    for section in article.sections.all():
        yield section.heading
        yield section.subheading
        yield plain_text(section.body)


def _names(
    authors: Iterable[str], editors: Iterable[str], tags: Iterable[str]
) -> list[str]:
    found = [name_token(AUTHOR, name) for name in authors]
    found += [name_token(EDITOR, name) for name in editors]
    found += [name_token(TAG, name) for name in tags]
    return list(filter(None, found))


def _columns(
    headline: Iterable[str], text: Iterable[str], script: str, names: list[str]
) -> dict:
    """Lines are kept apart by a mark that no query has: nothing is found across them.
    Names stand between blanks, so that each can be looked up whole."""
    return {
        "headline": _BETWEEN.join(folded(line, script) for line in headline if line),
        "text": _BETWEEN.join(folded(line, script) for line in text if line)[
            :LONGEST_TEXT
        ],
        "names": f" {' '.join(names)} ",
        "tokens_version": TOKENS_VERSION,
    }


_BETWEEN = "\n"
