"""The public notes of a story, as readers meet them under its text and in feeds."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from articles.models import Correction, PublishedArticle
from articles.moments import moment_in_words
from editions.catalogue import HANS, HANT, Script
from editions.detection import script_of


@dataclass(frozen=True)
class ShownNote:
    """One public note. `script` is what its words are written in, whatever the story is."""

    kind: Correction.Kind
    note: str
    noted_at: datetime.datetime

    @property
    def label(self) -> str:
        return str(self.kind.label)

    @property
    def script(self) -> Script:
        return script_to_mark(self.note)


def script_to_mark(words: str) -> Script:
    """The script to name for words typed in a form that does not ask for one."""
    return HANT if script_of(words) == HANT else HANS


def notes_of(story: PublishedArticle) -> list[ShownNote]:
    """The notes that this version carries, newest first. No query."""
    return [
        ShownNote(
            Correction.Kind(kept["kind"]),
            kept["note"],
            datetime.datetime.fromisoformat(kept["noted_at"]),
        )
        for kept in reversed(story.corrections)
    ]


def last_change(story: PublishedArticle) -> datetime.datetime | None:
    """When readers last got other words or a new note; None for a story as first told."""
    moments = [note.noted_at for note in notes_of(story)[:1]]
    if story.text_updated_at:
        moments.append(story.text_updated_at)
    return max(moments, default=None)


def note_moment(moment: datetime.datetime) -> str:
    """6月17日 10:20 in this year, else 2022年6月17日 10:20."""
    return moment_in_words(moment, timezone.now())
