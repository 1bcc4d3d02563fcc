"""What readers would see change if stories were converted otherwise.

Compared is what readers of the converted editions get of each story that they can see
now: its titles, standfirst, text, headings, captions and names. Words of the pages
around it are not looked at.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import NamedTuple

from django.utils import timezone

from articles.corrections import notes_of
from articles.models import PublishedArticle
from articles.paragraphs import lines_in, on_one_line
from editions.catalogue import EDITIONS, Edition, Script
from editions.conversion import Glossary, convert
from editions.models import Term
from editions.story_terms import StoryGlossary, name_terms
from editions.terms import CompiledGlossary, TermEntry

Key = tuple[
    str, Script
]  # what there is one term for: its source and the source's script
Entries = dict[Key, TermEntry]

AT_ONCE = 100  # stories in memory
_PLAIN_FIELDS = (
    "kicker",
    "title",
    "subtitle",
    "standfirst",
    "deck",
    "cover_alt",
    "cover_caption",
    "cover_credit",
    "source_name",
)
_HONOUR = ("title", "awarded_by", "category", "role")
_SENTENCE = re.compile(r"[^。！？；]*[。！？；]+[」』”’）》]*|[^。！？；]+")


class Change(NamedTuple):
    """One sentence of an edition, as it is and as it would be."""

    edition: Edition
    before: str
    after: str


def visible_stories() -> Iterator[PublishedArticle]:
    """What readers see now, in the order of `pk`, a few at a time. One query."""
    return _streamed("pk")


def newest_stories() -> Iterator[PublishedArticle]:
    """The same, the newest first."""
    return _streamed("-dated_at", "-pk")


def _streamed(*order: str) -> Iterator[PublishedArticle]:
    stories = PublishedArticle.objects.visible(timezone.now()).order_by(*order)
    return stories.iterator(chunk_size=AT_ONCE)


def lines_of(story: PublishedArticle) -> list[str]:
    """The words of a story, a line for each paragraph, without empty ones."""
    texts = [getattr(story, name) for name in _PLAIN_FIELDS]
    texts += [*story.authors, *story.editors]
    texts += [story.honour.get(name) or "" for name in _HONOUR]
    # A note is in a script of its own.
    texts += [note.note for note in notes_of(story) if note.script == story.script]
    plain = filter(None, map(on_one_line, texts))
    return list(dict.fromkeys([*plain, *lines_in(story.body_html)]))


def editions_of(story: PublishedArticle) -> list[Edition]:
    """Those that a program writes."""
    return [edition for edition in EDITIONS if edition.script != story.script]


def converted(
    lines: list[str], story: PublishedArticle, edition: Edition, glossary: Glossary
) -> list[str]:
    """The lines as readers of the edition get them; as many as there were."""
    names = {*story.authors, *story.editors}
    of_story = StoryGlossary(glossary, story.edition_terms, story.script)
    text = convert(
        "\n".join(lines), edition.code, source=story.script, glossary=of_story
    )
    return [
        _name_in(line, story, edition, glossary) if line in names else shown
        for line, shown in zip(lines, text.split("\n"), strict=True)
    ]


def _name_in(
    name: str, story: PublishedArticle, edition: Edition, glossary: Glossary
) -> str:
    """A name under the story, which stands there by itself."""
    of_name = StoryGlossary(glossary, name_terms([name], story.script), story.script)
    return convert(name, edition.code, source=story.script, glossary=of_name)


def entries_in_force() -> Entries:
    """The desk's glossary by source and script. One query."""
    return keyed(term.entry() for term in Term.objects.all())


def keyed(entries: Iterable[TermEntry]) -> Entries:
    return {(entry.source, entry.script): entry for entry in entries}


class GlossaryChange:
    """Two glossaries, and what becomes of a story if the second takes the first's place."""

    def __init__(self, before: Entries, after: Entries) -> None:
        self._before = CompiledGlossary("before", [*before.values()])
        self._after = CompiledGlossary("after", [*after.values()])
        keys = before.keys() | after.keys()
        # Where none of these stands, both glossaries give the same.
        self._moved = [key for key in keys if before.get(key) != after.get(key)]

    def changes(self, story: PublishedArticle) -> list[Change]:
        """The sentences that would change, in the order of editions and of the text."""
        sources = [source for source, script in self._moved if script == story.script]
        lines = [
            line
            for line in lines_of(story)
            if any(source in line for source in sources)
        ]
        if not lines:
            return []
        return [
            change
            for edition in editions_of(story)
            for change in differing(
                edition,
                converted(lines, story, edition, self._before),
                converted(lines, story, edition, self._after),
            )
        ]


def differing(edition: Edition, before: list[str], after: list[str]) -> list[Change]:
    """The sentences of two versions of the same lines that are not alike, each once."""
    found = (
        Change(edition, old, new)
        for old_line, new_line in zip_longest(before, after, fillvalue="")
        if old_line != new_line
        for old, new in _pairs(old_line, new_line)
        if old != new
    )
    return list(dict.fromkeys(found))


def _pairs(before: str, after: str) -> Iterable[tuple[str, str]]:
    """Sentence by sentence, unless there are more of them on one side."""
    old, new = _SENTENCE.findall(before), _SENTENCE.findall(after)
    if len(old) != len(new):
        return [(before, after)]
    return zip(old, new, strict=True)
