"""Terms of one story: stronger than the desk's glossary, and for that story alone.

Stored with the story as plain data, carried through a rendered page by markers
(editions.markers), and laid over the glossary where the story's text stands. Names of the
people who sign a story are terms of it too, but weak ones: the glossary knows better.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Final

from django.utils.html import strip_tags

from editions import lexicon
from editions.catalogue import EDITIONS, HANS, Script
from editions.conversion import Glossary, Span
from editions.markers import TERM_END, TERM_FIELD_END, mark_authored
from editions.names import person_name_in
from editions.terms import CompiledGlossary, TermEntry

# {"source", "forms": {edition: form}} with "is_protected" or "is_name" if they are so.
StoredTerm = dict[str, Any]

_PROTECTED: Final = "protected"
_NAME: Final = "name"
_LONGEST_NAME: Final = 4  # characters, without a middle dot
# In these a mark of markup would end what carries them.
NOT_IN_TERMS: Final = frozenset("<>&\"'")


def name_terms(names: Iterable[str], script: str) -> list[StoredTerm]:
    """Terms for people's names, written in `script`, with the forms usual in names.

    Only of names that a converter could get wrong, and only in Simplified text. Whoever
    signs without being a person (某某工作室) has more characters than names have.
    """
    if script != HANS:
        return []
    return [
        {
            "source": name,
            "forms": {
                edition.code: person_name_in(name, edition.code)
                for edition in EDITIONS
                if edition.script != HANS
            },
            "is_name": True,
        }
        for name in dict.fromkeys(names)
        if (1 < len(name) <= _LONGEST_NAME or "·" in name)
        and not NOT_IN_TERMS.intersection(name)
        and any(character in lexicon.several_forms() for character in name)
    ]


def whole_term(words: str, script: str) -> list[StoredTerm]:
    """A term for the name of an institution: converted by itself, whatever stands
    beside it in a text. Only if a converter could get it wrong."""
    is_needed = (
        script == HANS
        and len(words) > 1
        and not NOT_IN_TERMS.intersection(words)
        and any(character in lexicon.several_forms() for character in words)
    )
    return [{"source": words, "forms": {}, "is_name": True}] if is_needed else []


def mark_name(name: str, script: str) -> str:
    """Mark a person's name that stands by itself: see editions.markers.mark_authored."""
    return mark_story(name, script, name_terms([name], script))


def mark_story(text: str, script: str, terms: Sequence[StoredTerm]) -> str:
    """Mark words of a story with its script and with those of its terms they may hold."""
    return mark_authored(text, script, packed(terms, text) if terms else "")


def packed(terms: Iterable[StoredTerm], text: str) -> str:
    """The terms that stand in the text, markup or not, as a marker carries them."""
    bare = _without_tags(text)
    return "".join(
        TERM_FIELD_END.join(
            [
                term["source"],
                *(term["forms"].get(edition.code, "") for edition in EDITIONS),
                _kind_of(term),
            ]
        )
        + TERM_END
        for term in terms
        if term["source"] in bare
    )


class StoryGlossary:
    """The glossary with a story's own terms over it. Immutable."""

    def __init__(
        self, base: Glossary | None, terms: Sequence[StoredTerm], script: Script
    ) -> None:
        self._base = base
        self._own = _compiled(
            packed(terms, "".join(t["source"] for t in terms)), script
        )

    def spans(self, text: str, edition_code: str, source: Script) -> list[Span]:
        """Terms of the text; of two that overlap the story's own is taken."""
        base = self._base.spans(text, edition_code, source) if self._base else ()
        own, names = self._own
        return _together(
            own.spans(text, edition_code, source),
            base,
            names.spans(text, edition_code, source),
        )


class ScopedGlossary:
    """The glossary with the terms of several stories, each over its own part of a text."""

    def __init__(
        self, base: Glossary | None, scopes: Sequence[tuple[int, int, str]]
    ) -> None:
        """`scopes` are offsets in the text to come, in order, and packed terms."""
        self._base = base
        self._scopes = scopes

    def spans(self, text: str, edition_code: str, source: Script) -> list[Span]:
        base = self._base.spans(text, edition_code, source) if self._base else ()
        strong: list[Span] = []
        weak: list[Span] = []
        for start, end, terms in self._scopes:
            own, names = _compiled(terms, source)
            part = text[start:end]
            strong += _moved(own.spans(part, edition_code, source), start)
            weak += _moved(names.spans(part, edition_code, source), start)
        return _together(strong, base, weak)


def _moved(spans: Iterable[Span], by: int) -> Iterator[Span]:
    for start, end, form in spans:
        yield Span(start + by, end + by, form)


def _together(
    own: Iterable[Span], base: Iterable[Span], names: Iterable[Span]
) -> list[Span]:
    """All spans without overlaps: the story's own first, then the glossary's, then names."""
    return _over(names, _over(base, list(own)))


def _over(below: Iterable[Span], above: list[Span]) -> list[Span]:
    """Both in order, without what of the lower ones overlaps an upper one. `above` must
    be in order."""
    free = [span for span in below if not _overlapping(span, above)]
    return sorted([*above, *free], key=lambda span: span.start)


def _overlapping(span: Span, others: list[Span]) -> list[Span]:
    """Those of the others, which are in order and apart, that share a character."""
    first = bisect_right(others, span.start, key=lambda other: other.end)
    end = bisect_left(others, span.end, key=lambda other: other.start)
    return others[first:end]


@lru_cache(maxsize=1024)
def _compiled(terms: str, script: Script) -> tuple[CompiledGlossary, CompiledGlossary]:
    """The packed terms, those that the desk decided and the names."""
    own: list[TermEntry] = []
    names: list[TermEntry] = []
    for term in _unpacked(terms):
        source, *forms, kind = term
        by_code = {
            edition.code: form
            for edition, form in zip(EDITIONS, forms, strict=True)
            if form
        }
        entry = TermEntry(source, script, by_code, is_protected=kind == _PROTECTED)
        (names if kind == _NAME else own).append(entry)
    return CompiledGlossary(terms, own), CompiledGlossary(terms, names)


def _unpacked(terms: str) -> Iterator[list[str]]:
    """What makes no sense, because somebody typed marks, is no term."""
    for term in terms.split(TERM_END):
        fields = term.split(TERM_FIELD_END)
        if len(fields) == len(EDITIONS) + 2 and fields[0]:
            yield fields


def _kind_of(term: StoredTerm) -> str:
    if term.get("is_protected"):
        return _PROTECTED
    return _NAME if term.get("is_name") else ""


def _without_tags(text: str) -> str:
    """The words of a piece of markup, run together; text that is none stays."""
    return strip_tags(text) if "<" in text else text
