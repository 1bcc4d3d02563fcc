"""Text collected from a document, to be converted in one call and put back."""

import html
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from enum import Enum, auto
from itertools import pairwise

from editions.catalogue import HANS, HANT, Edition
from editions.conversion import BREAK, Glossary, convert_runs
from editions.markers import authored_spans, has_markers, strip_markers


class Escape(Enum):
    """How a glossary form has to be written where it lands."""

    MARKUP = auto()
    NONE = auto()


class Authorship:
    """Which parts of a text its author wrote in Traditional; see editions.markers."""

    def __init__(self, text: str, *, is_all_authored: bool = False) -> None:
        self._text = text
        self._has_markers = has_markers(text)
        spans = [(0, len(text))] if is_all_authored else authored_spans(text)
        # Authorship changes at every border; before the first one it is Simplified.
        self._borders = [border for span in spans for border in span]

    def is_authored(self, position: int) -> bool:
        return bisect_right(self._borders, position) % 2 == 1

    def parts(self, start: int, end: int) -> Iterable[tuple[str, bool]]:
        """The text between two offsets without markers, in pieces of one authorship."""
        if not self._has_markers:
            return ((self._text[start:end], bool(self._borders)),)
        return self._split(start, end)

    def _split(self, start: int, end: int) -> Iterator[tuple[str, bool]]:
        first = bisect_right(self._borders, start)
        last = bisect_left(self._borders, end)
        cuts = [start, *self._borders[first:last], end]
        for number, (low, high) in enumerate(pairwise(cuts), start=first):
            piece = strip_markers(self._text[low:high])
            if piece:
                yield piece, number % 2 == 1


class Runs:
    """Pieces of text by number: the flow, which is one text, and asides of their own."""

    def __init__(self, edition: Edition, glossary: Glossary | None) -> None:
        self._edition = edition
        self._glossary = glossary
        self._texts: list[str] = []
        self._escapes: list[Escape] = []
        self._flow: list[int | None] = []
        self._asides: list[int] = []

    @property
    def takes_authored(self) -> bool:
        """Whether text authored in Traditional is what this edition converts."""
        return self._edition.script == HANS

    def add(self, text: str, *, escape: Escape, is_aside: bool) -> int:
        number = len(self._texts)
        self._texts.append(text)
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
            glossary=self._glossary,
            escape=escape,
        )
        pieces = [""] * len(self._texts)
        for place, result in zip(order, results, strict=True):
            if place is not None:
                pieces[place] = result
        return pieces


def needs_conversion(text: str, edition: Edition) -> bool:
    return edition.script != HANS or has_markers(text)
