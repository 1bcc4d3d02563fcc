"""A story, or an act of the public record, as an entry of a feed."""

import datetime
from dataclasses import dataclass

from articles.corrections import last_change, note_moment, notes_of
from articles.models import PublishedArticle
from articles.structured_data import absolute
from editions.markers import mark_authored
from editions.story_terms import mark_name, mark_story
from fronts.corrections import WITHDRAWN, Record
from pictures.renditions import jpeg


@dataclass(frozen=True)
class Entry:
    """`key` never changes, so that no program takes an old entry for a new one: the
    address of a story is made of its number. `summary` is plain text: browsers that
    show a feed as XML do not read HTML in it."""

    key: str
    address: str
    title: str
    summary: str
    published_at: datetime.datetime
    updated_at: datetime.datetime
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    thumbnail: str = ""


def entry_of_story(story: PublishedArticle) -> Entry:
    """No query, if channel, cover and tags were fetched with it."""
    title = _marked(story.title, story)
    names = story.authors or [story.source_name]
    address = absolute(story.get_absolute_url())
    return Entry(
        key=address,
        address=address,
        title=f"推广：{title}" if story.is_promotion else title,
        summary=_summary(story),
        published_at=story.dated_at,
        updated_at=last_change(story) or story.dated_at,
        authors=tuple(_marked_name(name, story) for name in names if name),
        categories=(story.channel.name, *(tag.name for tag in story.tags.all())),
        thumbnail=absolute(jpeg(story.cover, "card")) if story.cover else "",
    )


def entry_of_record(record: Record, page: str) -> Entry:
    """An act on the record's page at `page`. A withdrawn story is not named."""
    key = f"{page}#{record.key}"
    if record.story is None:
        title = WITHDRAWN if record.channel is None else record.channel.name
        title = title if title == WITHDRAWN else f"{WITHDRAWN}：{title}"
        address = key
    else:
        named = _marked(record.story.title, record.story)
        title = f"{record.label}：{named}"
        address = absolute(record.story.get_absolute_url())
    return Entry(
        key=key,
        address=address,
        title=title,
        summary=mark_authored(record.note, record.script),
        published_at=record.at,
        updated_at=record.at,
        categories=(record.channel.name,) if record.channel else (),
    )


def _marked(words: str, story: PublishedArticle) -> str:
    return mark_story(words, story.script, story.edition_terms)


def _marked_name(name: str, story: PublishedArticle) -> str:
    """A person's, or that of the source."""
    if name in story.authors:
        return mark_name(name, story.script)
    return _marked(name, story)


def _summary(story: PublishedArticle) -> str:
    """The deck, and on the next line the newest public note."""
    lines = [_marked(story.deck, story)]
    for note in notes_of(story)[:1]:
        words = mark_authored(note.note, note.script)
        lines.append(f"{note.label}（{note_moment(note.noted_at)}）：{words}")
    return "\n".join(line for line in lines if line)
