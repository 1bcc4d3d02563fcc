"""A text and its conversion, character by character.

All tables keep the number of characters; only terms of the desk may have a form of
another length.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from editions.catalogue import EditionCode, Script
from editions.conversion import Glossary, Span, convert


@dataclass(frozen=True)
class Aligned:
    """For each character of the source what became of it.

    `plain` is the conversion without what would move a character, empty if only the
    whole is known. A term with a form of another length (`moved`) has that form at its
    first character. `settled` are the characters that terms decided.
    """

    pieces: tuple[str, ...]
    plain: str = ""
    settled: frozenset[int] = frozenset()
    moved: frozenset[int] = frozenset()


class _KeepingLength:
    """A glossary whose forms move no character; it notes all that it found."""

    def __init__(self, glossary: Glossary) -> None:
        self._glossary = glossary
        self.found: list[Span] = []

    def spans(self, text: str, edition_code: str, source: Script) -> Iterator[Span]:
        for span in self._glossary.spans(text, edition_code, source):
            self.found.append(span)
            is_same = span.form is None or len(span.form) == span.end - span.start
            yield span if is_same else Span(span.start, span.end, None)


def align(
    text: str, edition_code: EditionCode, source: Script, glossary: Glossary
) -> Aligned:
    """Convert the text so that every character of the result is told its origin."""
    keeping = _KeepingLength(glossary)
    plain = convert(text, edition_code, source=source, glossary=keeping)
    if len(plain) != len(text):
        return Aligned((plain,))
    pieces, settled, moved = list(plain), set[int](), set[int]()
    for start, end, form in keeping.found:
        settled.update(range(start, end))
        if form is not None and len(form) != end - start:
            moved.update(range(start, end))
            pieces[start:end] = [form, *[""] * (end - start - 1)]
    if moved:
        whole = convert(text, edition_code, source=source, glossary=glossary)
        if "".join(pieces) != whole:
            return Aligned((whole,))
    return Aligned(tuple(pieces), plain, frozenset(settled), frozenset(moved))
