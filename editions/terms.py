"""The desk's glossary in the form that conversion uses: compiled and immutable."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from editions.catalogue import EditionCode, Script, by_code
from editions.conversion import BREAK, Span, convert_runs

# Whose form an edition takes when its own is blank.
FALLBACK: Final[dict[EditionCode, tuple[EditionCode, ...]]] = {
    "zh-hans": ("zh-hans",),
    "zh-hant": ("zh-hant", "zh-tw", "zh-hk"),
    "zh-tw": ("zh-tw", "zh-hant", "zh-hk"),
    "zh-hk": ("zh-hk", "zh-hant", "zh-tw"),
}


@dataclass(frozen=True, slots=True)
class TermEntry:
    """One term: how `source` is written in each edition. Blank forms fall back."""

    source: str
    script: Script
    forms: dict[EditionCode, str] = field(default_factory=dict)
    is_protected: bool = False

    def form_in(self, edition_code: EditionCode) -> str | None:
        """The form that the desk decided on, or None to convert the term by itself."""
        if self.is_protected or by_code(edition_code).script == self.script:
            return self.source
        forms = (self.forms.get(code) for code in FALLBACK[edition_code])
        return next(filter(None, forms), None)


class CompiledGlossary:
    """All terms of one version. `spans` finds the terms of a text for one edition.

    Lexicons are compiled when first asked for; two threads may both do it and arrive at
    the same.
    """

    def __init__(self, version: str, entries: Sequence[TermEntry]) -> None:
        self.version = version
        self._entries = tuple(entries)
        self._lexicons: dict[tuple[str, str], _Lexicon] = {}

    def spans(self, text: str, edition_code: str, source: Script) -> Iterator[Span]:
        """Terms in the order of the text: the leftmost wins, then the longest."""
        key = (edition_code, source)
        lexicon = self._lexicons.get(key)
        if lexicon is None:
            lexicon = self._compile(by_code(edition_code).code, source)
            self._lexicons[key] = lexicon
        return lexicon.spans(text)

    def _compile(self, code: EditionCode, source: Script) -> "_Lexicon":
        entries = [entry for entry in self._entries if entry.script == source]
        forms = {entry.source: entry.form_in(code) for entry in entries}
        undecided = [term for term, form in forms.items() if form is None]
        runs = [run for term in undecided for run in (term, BREAK)]
        converted = convert_runs(runs, code, source=source)[::2] if runs else []
        decided = {term: form for term, form in forms.items() if form is not None}
        return _Lexicon(decided | dict(zip(undecided, converted, strict=True)))


class _Lexicon:
    """Source terms and their forms in one edition, searched longest first."""

    def __init__(self, forms: dict[str, str]) -> None:
        self._forms = forms
        lengths: dict[str, set[int]] = {}
        for term in forms:
            lengths.setdefault(term[0], set()).add(len(term))
        self._lengths = {
            first: sorted(sizes, reverse=True) for first, sizes in lengths.items()
        }
        first_characters = "".join(re.escape(first) for first in lengths)
        self._first = re.compile(
            f"[{first_characters}]" if first_characters else "(?!)"
        )

    def spans(self, text: str) -> Iterator[Span]:
        match = self._first.search(text)
        while match:
            start = end = match.start()
            for length in self._lengths[match.group()]:
                term = text[start : start + length]
                form = self._forms.get(term)
                if form is not None:
                    # The text may end before `length`, and with a shorter term.
                    end = start + len(term)
                    yield Span(start, end, form)
                    break
            match = self._first.search(text, max(end, start + 1))
