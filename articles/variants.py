"""A story in another script edition, place by place: what the variant workbench shows.

Made of the converted paragraphs alone, without a query. A place is a character that the
edition could have written otherwise; it is doubtful, right as far as anybody can tell,
or a person has said that it is right.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Final, Protocol

from articles.alignment import Aligned, align
from editions.addresses import HAN
from editions.ambiguity import Doubt, Place, places_in
from editions.catalogue import HANS, HANT, EditionCode, Script, by_code
from editions.conversion import Glossary
from editions.proofreading import wrong_conversions

AROUND: Final = 6  # characters of context on each side
_LEAST_MAJORITY: Final = 3  # occurrences of a form before another one stands out
_WORD_LENGTHS: Final = (2, 4)
_HAN = re.compile(f"[{HAN}]")

MINORITY = "minority"
ROUND_TRIP = "round_trip"
REASONS: Final = {
    Doubt.WORD: "这个词单独转换是另一个字",
    Doubt.ALONE: "单独成词，前后没有词可依",
    Doubt.NAME: "像是人名",
    MINORITY: "和本文别处不一样",
    ROUND_TRIP: "转回来再转，得到另一个字",
}


class Passage(Protocol):
    """A paragraph of a story, see articles.paragraphs."""

    @property
    def fingerprint(self) -> str: ...

    @property
    def text(self) -> str: ...


@dataclass(frozen=True)
class Occurrence:
    """One place of the story. `key` is the same as long as its paragraph and its form
    are; `id` is its place on a page."""

    key: str
    id: str
    passage: int
    place: Place
    before: str
    after: str
    source_before: str
    source_after: str
    # Two to four characters of the source around it, to begin with for a term.
    proposed: str
    reasons: tuple[str, ...]
    is_settled: bool
    is_accepted: bool

    @property
    def is_doubtful(self) -> bool:
        """Whether somebody should look at it; settled is what a term of the desk says."""
        return bool(self.reasons) and not (self.is_settled or self.is_accepted)

    @property
    def is_open(self) -> bool:
        return not (self.is_settled or self.is_accepted)


@dataclass(frozen=True)
class Cluster:
    """Doubtful places with the same word in the same form: one decision for all."""

    first: Occurrence
    others: list[Occurrence]

    @property
    def all(self) -> list[Occurrence]:
        return [self.first, *self.others]


@dataclass(frozen=True)
class Group:
    """All places of one character. `counts` is of forms, the most frequent first."""

    character: str
    counts: list[tuple[str, int]]
    clusters: list[Cluster]
    rest: list[Occurrence]
    accepted: int

    @property
    def id(self) -> str:
        return f"{ord(self.character):x}"

    @property
    def rest_keys(self) -> list[str]:
        return [occurrence.key for occurrence in self.rest]


@dataclass(frozen=True)
class Segment:
    """A piece of a paragraph in both scripts; with a place it is one character."""

    source: str
    converted: str
    occurrence: Occurrence | None = None


@dataclass(frozen=True)
class Converted:
    """A paragraph and its text in the edition, cut into pieces that correspond."""

    passage: Passage
    pieces: tuple[str, ...]
    segments: list[Segment] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def form_of(self, start: int, end: int) -> str:
        """What these characters of the source became."""
        return "".join(self.pieces[start:end])


@dataclass(frozen=True)
class Analysis:
    """The story in one edition."""

    edition_code: EditionCode
    converted: list[Converted]
    occurrences: list[Occurrence]

    @cached_property
    def groups(self) -> list[Group]:
        """By character: those with doubtful places first, then the most frequent."""
        by_character: dict[str, list[Occurrence]] = {}
        for occurrence in self.occurrences:
            by_character.setdefault(occurrence.place.character, []).append(occurrence)
        groups = [_group(*entry) for entry in by_character.items()]
        return sorted(
            groups,
            key=lambda group: (
                not group.clusters,
                not group.rest,
                -sum(count for _, count in group.counts),
            ),
        )

    @property
    def doubtful(self) -> int:
        """How many decisions wait: places with the same word and form are one."""
        return sum(len(group.clusters) for group in self.groups)

    @property
    def rest_keys(self) -> list[str]:
        return [key for group in self.groups for key in group.rest_keys]

    def find(self, key: str) -> Occurrence | None:
        return next((found for found in self.occurrences if found.key == key), None)


def analyse(
    passages: Sequence[Passage],
    edition_code: EditionCode,
    *,
    source: Script,
    glossary: Glossary,
    accepted: Collection[str] = (),
) -> Analysis:
    """Convert the story for the edition and find its places.

    `glossary` has the story's own terms too; `accepted` are keys of places. About 3 ms
    for a paragraph.
    """
    aligned = [
        align(passage.text, edition_code, source, glossary) for passage in passages
    ]
    flagged = _flagged([text.plain for text in aligned], edition_code, glossary)
    found = [
        [
            place
            for place in places_in(passage.text, text.plain, edition_code)
            if place.offset not in text.moved
        ]
        if text.plain
        else []
        for passage, text in zip(passages, aligned, strict=True)
    ]
    majority = _majority(place for places in found for place in places)
    converted: list[Converted] = []
    occurrences: list[Occurrence] = []
    for number, (passage, text) in enumerate(zip(passages, aligned, strict=True)):
        here = [
            _occurrence(
                number,
                passage,
                text,
                place,
                reasons=_reasons(
                    place, majority.get(place.character, ""), flagged[number]
                ),
                accepted=accepted,
            )
            for place in found[number]
        ]
        occurrences += here
        segments = list(_segments(passage.text, text.pieces, here))
        converted.append(Converted(passage, text.pieces, segments))
    return Analysis(edition_code, converted, occurrences)


def place_of_word(text: str, word: str, offset: int) -> int | None:
    """Where the word begins that covers the character at `offset`; None if none does."""
    starts = range(max(0, offset - len(word) + 1), offset + 1)
    return next((start for start in starts if text.startswith(word, start)), None)


def _flagged(
    texts: list[str], edition_code: EditionCode, glossary: Glossary
) -> list[set[int]]:
    """Offsets in each Traditional text that proofreading doubts; none in Simplified."""
    if by_code(edition_code).script == HANS:
        return [set() for _ in texts]
    flagged = []
    for text in texts:
        suspicions = wrong_conversions(text, script=HANT, glossary=glossary)
        flagged.append(
            {at for found in suspicions for at in range(found.start, found.end)}
        )
    return flagged


def _majority(places: Iterable[Place]) -> dict[str, str]:
    """Of each character the form that it has in this story nearly everywhere."""
    counts: dict[str, Counter[str]] = {}
    for place in places:
        counts.setdefault(place.character, Counter())[place.form] += 1
    return {
        character: count.most_common(1)[0][0]
        for character, count in counts.items()
        if len(count) > 1
        and count.most_common(1)[0][1] >= _LEAST_MAJORITY
        and count.most_common(1)[0][1] * 3 >= count.total() * 2
    }


def _reasons(place: Place, majority: str, flagged: set[int]) -> tuple[str, ...]:
    reasons = [REASONS[doubt] for doubt in place.doubts]
    # A word that is known tells more than what the character is elsewhere.
    if majority and place.form != majority and len(place.word) == 1:
        reasons.append(REASONS[MINORITY])
    if place.offset in flagged:
        reasons.append(REASONS[ROUND_TRIP])
    return tuple(reasons)


def _occurrence(
    number: int,
    passage: Passage,
    text: Aligned,
    place: Place,
    *,
    reasons: tuple[str, ...],
    accepted: Collection[str],
) -> Occurrence:
    at = place.offset
    low, high = max(0, at - AROUND), at + 1 + AROUND
    key = f"{passage.fingerprint[:12]}-{at}-{ord(place.form[:1] or '0'):x}"
    return Occurrence(
        key=key,
        id=f"place-{number}-{at}",
        passage=number,
        place=place,
        before="".join(text.pieces[low:at]),
        after="".join(text.pieces[at + 1 : high]),
        source_before=passage.text[low:at],
        source_after=passage.text[at + 1 : high],
        proposed=_proposed(passage.text, place),
        reasons=reasons,
        is_settled=at in text.settled,
        is_accepted=key in accepted,
    )


def _proposed(text: str, place: Place) -> str:
    least, most = _WORD_LENGTHS
    if least <= len(place.word) <= most:
        return place.word
    start, end = place.offset, place.offset + 1
    if end < len(text) and _HAN.match(text[end]):
        end += 1
    if start > 0 and _HAN.match(text[start - 1]):
        start -= 1
    return text[start:end]


def _segments(
    text: str, pieces: tuple[str, ...], occurrences: list[Occurrence]
) -> Iterator[Segment]:
    if len(pieces) != len(text):
        yield Segment(text, "".join(pieces))
        return
    place = 0
    for occurrence in occurrences:
        at = occurrence.place.offset
        if at > place:
            yield Segment(text[place:at], "".join(pieces[place:at]))
        yield Segment(text[at], pieces[at], occurrence)
        place = at + 1
    if place < len(text):
        yield Segment(text[place:], "".join(pieces[place:]))


def _group(character: str, occurrences: list[Occurrence]) -> Group:
    counts = Counter(occurrence.place.form for occurrence in occurrences)

    def alike(occurrence: Occurrence) -> tuple[str, str]:
        return (occurrence.place.word, occurrence.place.form)

    doubtful = [occurrence for occurrence in occurrences if occurrence.is_doubtful]
    clusters = []
    for (word, _), same in groupby(sorted(doubtful, key=alike), key=alike):
        ordered = sorted(same, key=occurrences.index)
        if len(word) > 1:
            clusters.append(Cluster(ordered[0], ordered[1:]))
        else:
            # Words of one character are alike in nothing but the character.
            clusters += [Cluster(occurrence, []) for occurrence in ordered]
    return Group(
        character,
        counts.most_common(),
        sorted(clusters, key=lambda cluster: occurrences.index(cluster.first)),
        [found for found in occurrences if found.is_open and not found.is_doubtful],
        sum(occurrence.is_accepted for occurrence in occurrences),
    )
