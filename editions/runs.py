"""Text collected from a document, to be converted in one call and put back."""

import html
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from enum import Enum, auto
from itertools import pairwise
from typing import NamedTuple

from editions.catalogue import HANS, HANT, Edition
from editions.conversion import BREAK, Glossary, cleaned, convert_runs
from editions.markers import (
    AUTHORED_HANT_OPEN,
    authored_spans,
    has_markers,
    strip_markers,
    terms_spans,
)
from editions.story_terms import ScopedGlossary


class Escape(Enum):
    """How a glossary form has to be written where it lands."""

    MARKUP = auto()
    NONE = auto()


class Part(NamedTuple):
    """Some text without markers, whether its author wrote it in Traditional, and the
    packed terms of its story."""

    text: str
    is_authored: bool
    terms: str


class Authorship:
    """What is marked of the parts of a text; see editions.markers."""

    def __init__(self, text: str, *, is_all_authored: bool = False) -> None:
        self._text = text
        self._has_markers = has_markers(text)
        spans = [(0, len(text))] if is_all_authored else []
        scopes: list[tuple[int, int, str]] = []
        if self._has_markers:
            spans = spans or authored_spans(text)
            scopes = terms_spans(text)
        # Authorship changes at every border; before the first one it is Simplified.
        self._borders = [border for span in spans for border in span]
        self._scopes = [border for start, end, _ in scopes for border in (start, end)]
        self._terms = [terms for *_, terms in scopes]
        self._cuts = sorted({*self._borders, *self._scopes})

    def is_authored(self, position: int) -> bool:
        return bisect_right(self._borders, position) % 2 == 1

    def parts(self, start: int, end: int) -> Iterable[Part]:
        """The text between two offsets, in pieces of one authorship and one story."""
        if not self._has_markers:
            return (Part(self._text[start:end], bool(self._borders), ""),)
        return self._split(start, end)

    def _split(self, start: int, end: int) -> Iterator[Part]:
        first = bisect_right(self._cuts, start)
        last = bisect_left(self._cuts, end)
        for low, high in pairwise([start, *self._cuts[first:last], end]):
            piece = strip_markers(self._text[low:high])
            if piece:
                yield Part(piece, self.is_authored(low), self._terms_at(low))

    def _terms_at(self, position: int) -> str:
        scope, is_inside = divmod(bisect_right(self._scopes, position), 2)
        return self._terms[scope] if is_inside else ""


class Runs:
    """Pieces of text by number: the flow, which is one text, and asides of their own."""

    def __init__(self, edition: Edition, glossary: Glossary | None) -> None:
        self._edition = edition
        self._glossary = glossary
        self._texts: list[str] = []
        self._terms: list[str] = []
        self._escapes: list[Escape] = []
        self._flow: list[int | None] = []
        self._asides: list[int] = []

    @property
    def takes_authored(self) -> bool:
        """Whether text authored in Traditional is what this edition converts."""
        return self._edition.script == HANS

    def add(self, part: Part, *, escape: Escape, is_aside: bool) -> int:
        number = len(self._texts)
        self._texts.append(cleaned(part.text))
        self._terms.append(part.terms)
        self._escapes.append(escape)
        (self._asides if is_aside else self._flow).append(number)
        return number

    def interrupt(self) -> None:
        """What follows in the flow is another text."""
        if self._flow and self._flow[-1] is not None:
            self._flow.append(None)

    def converted(self) -> list[str]:
        """All pieces in one conversion; the result goes by the same numbers."""
        order = list(self._flow)
        for number in self._asides:
            order += (None, number)
        texts = [BREAK if number is None else self._texts[number] for number in order]

        def escape(index: int, form: str) -> str:
            number = order[index]
            is_markup = number is not None and self._escapes[number] is Escape.MARKUP
            return html.escape(form) if is_markup else form

        results = convert_runs(
            texts,
            self._edition.code,
            source=HANT if self.takes_authored else HANS,
            glossary=self._glossary_over(order),
            escape=escape,
        )
        pieces = [""] * len(self._texts)
        for place, result in zip(order, results, strict=True):
            if place is not None:
                pieces[place] = result
        return pieces

    def _glossary_over(self, order: list[int | None]) -> Glossary | None:
        """The glossary with the terms of each story over its part of the joined text."""
        if not any(self._terms):
            return self._glossary
        scopes: list[tuple[int, int, str]] = []
        position = 0
        for number in order:
            end = position + len(BREAK if number is None else self._texts[number])
            terms = "" if number is None else self._terms[number]
            if scopes and scopes[-1][1:] == (position, terms):
                scopes[-1] = (scopes[-1][0], end, terms)
            elif terms:
                scopes.append((position, end, terms))
            position = end
        return ScopedGlossary(self._glossary, scopes)


def is_read_as_written(text: str, edition: Edition) -> bool:
    """Whether the edition prints the text as it stands, without its markers: nothing in
    it was authored in Traditional and the edition is Simplified."""
    return edition.script == HANS and AUTHORED_HANT_OPEN not in text


def needs_conversion(text: str, edition: Edition) -> bool:
    return edition.script != HANS or has_markers(text)
