"""A story, or an act of the public record, as an entry of a feed."""

import datetime
from dataclasses import dataclass

from articles.corrections import last_change, note_moment, notes_of
from articles.models import PublishedArticle
from articles.structured_data import absolute
from editions.markers import mark_authored
from fronts.corrections import WITHDRAWN, Record


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
    title = mark_authored(story.title, story.script)
    names = story.authors or [story.source_name]
    address = absolute(story.get_absolute_url())
    return Entry(
        key=address,
        address=address,
        title=f"推广：{title}" if story.is_promotion else title,
        summary=_summary(story),
        published_at=story.dated_at,
        updated_at=last_change(story) or story.dated_at,
        authors=tuple(mark_authored(name, story.script) for name in names if name),
        categories=(story.channel.name, *(tag.name for tag in story.tags.all())),
        thumbnail=absolute(story.cover.file.card_360) if story.cover else "",
    )


def entry_of_record(record: Record, page: str) -> Entry:
    """An act on the record's page at `page`. A withdrawn story is not named."""
    key = f"{page}#{record.key}"
    if record.story is None:
        title = WITHDRAWN if record.channel is None else record.channel.name
        title = title if title == WITHDRAWN else f"{WITHDRAWN}：{title}"
        address = key
    else:
        named = mark_authored(record.story.title, record.story.script)
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


def _summary(story: PublishedArticle) -> str:
    """The deck, and on the next line the newest public note."""
    lines = [mark_authored(story.deck, story.script)]
    for note in notes_of(story)[:1]:
        words = mark_authored(note.note, note.script)
        lines.append(f"{note.label}（{note_moment(note.noted_at)}）：{words}")
    return "\n".join(line for line in lines if line)
