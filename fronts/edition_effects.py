"""What a change of the glossary would do to readers' pages, short enough for a page."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from articles.models import PublishedArticle
from articles.text_runs import Run, RunKind, runs
from editions.catalogue import EDITIONS, Edition
from fronts.edition_changes import Change, Entries, GlossaryChange, newest_stories

MOST_SENTENCES = 20  # of each edition
MOST_SECONDS = 5.0  # then the rest of the stories is not looked at


@dataclass(frozen=True)
class ChangedSentence:
    """A sentence as it is and as it would be, cut where the two differ."""

    story: PublishedArticle
    before: list[Run]
    after: list[Run]


@dataclass
class EditionEffects:
    """How many stories and sentences of one edition; the first sentences in full."""

    edition: Edition
    stories: int = 0
    sentences: int = 0
    shown: list[ChangedSentence] = field(default_factory=list)

    @property
    def not_shown(self) -> int:
        return self.sentences - len(self.shown)

    def add(self, story: PublishedArticle, changes: list[Change]) -> None:
        self.stories += bool(changes)
        self.sentences += len(changes)
        room = MOST_SENTENCES - len(self.shown)
        self.shown += [_sentence(story, change) for change in changes[:room]]


@dataclass
class Effects:
    """`looked_at` stories, the newest first; `is_complete` if those were all."""

    affected: int = 0
    looked_at: int = 0
    is_complete: bool = True
    editions: list[EditionEffects] = field(
        default_factory=lambda: [EditionEffects(edition) for edition in EDITIONS]
    )

    @property
    def of_changed_editions(self) -> list[EditionEffects]:
        return [effects for effects in self.editions if effects.sentences]


def effects(
    before: Entries, after: Entries, *, clock: Callable[[], float] = time.monotonic
) -> Effects:
    """Compare two glossaries over what readers see now. One query, MOST_SECONDS at most."""
    change = GlossaryChange(before, after)
    found = Effects()
    until = clock() + MOST_SECONDS
    for story in newest_stories():
        if clock() > until:
            found.is_complete = False
            break
        found.looked_at += 1
        changes = change.changes(story)
        found.affected += bool(changes)
        for of_edition in found.editions:
            own = [one for one in changes if one.edition == of_edition.edition]
            of_edition.add(story, own)
    return found


def _sentence(story: PublishedArticle, change: Change) -> ChangedSentence:
    made = runs(change.before, change.after)
    return ChangedSentence(
        story,
        [run for run in made if run.kind != RunKind.ADDED],
        [run for run in made if run.kind != RunKind.REMOVED],
    )
