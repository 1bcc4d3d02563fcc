"""Proofreading of a text: wrong conversions, mixed scripts and faults of writing.

A text in Traditional characters is read back as Simplified and converted anew, with the
phrases, the names rules and the glossary that the site converts with. Where none of the
Traditional editions would have what is written, the text is suspicious.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import Final

from editions.addresses import HAN
from editions.catalogue import EDITIONS, HANS, HANT, Script
from editions.conversion import Glossary, Span, convert
from editions.dates import impossible_dates
from editions.detection import is_only_simplified, is_only_traditional
from editions.half_width import half_width_marks
from editions.pairing import unpaired_marks
from editions.repetition import repeated_words
from editions.suspicions import Kind, Suspicion
from editions.variants import is_same_word
from editions.word_windows import word_around

_HAN = re.compile(f"[{HAN}]")
# Conversion drops these; a stand-in keeps the offsets.
_UNSAFE = re.compile("[\ud800-\udfff\U000f0000-\U0010ffff]")
_TRADITIONAL_CODES: Final = tuple(e.code for e in EDITIONS if e.script == HANT)
# The national list of 2013 gives these back to names in Simplified text.
_KEPT_IN_NAMES: Final = frozenset("昇邨喆堃淼仝犇龢祕頫陞珮堦迺甦")


def wrong_conversions(
    text: str, *, script: Script | None = None, glossary: Glossary | None = None
) -> list[Suspicion]:
    """Find characters that careful conversion would not have left, in order.

    In Traditional text: what a character-by-character converter got wrong, and
    Simplified characters. In Simplified text: stray Traditional characters. `script` is
    that of the text around it; None lets the characters decide, and a text that tells
    nothing is passed over. Terms of the glossary are right as the desk wrote them.
    """
    safe = _UNSAFE.sub("\ufffd", text)
    script = script or majority_script(safe)
    if script == HANT:
        return list(_in_traditional(safe, glossary))
    return list(_in_simplified(safe)) if script == HANS else []


def writing_faults(text: str, *, written_on: date | None = None) -> list[Suspicion]:
    """Find repeated words, marks that do not pair, ASCII marks between Han characters, and
    dates and times that cannot be, in order. Lines are paragraphs.

    `written_on` is the day on which readers get the text; see dates.impossible_dates.
    """
    found = [
        *repeated_words(text),
        *unpaired_marks(text),
        *half_width_marks(text),
        *impossible_dates(text, written_on=written_on),
    ]
    return sorted(found, key=lambda suspicion: suspicion.start)


def majority_script(text: str) -> Script | None:
    """The script that more of the telling characters belong to; None if there are none."""
    balance = 0
    for character in text:
        balance += is_only_traditional(character) - is_only_simplified(character)
    if balance == 0:
        return None
    return HANT if balance > 0 else HANS


def _in_traditional(text: str, glossary: Glossary | None) -> Iterator[Suspicion]:
    simplified = convert(text, HANS.lower(), source=HANT)
    readings, trusted = _careful_readings(text, simplified, glossary)
    # The first edition decides what to suggest, any of them what is right.
    wrong = [
        at
        for at, written in enumerate(text)
        if _HAN.match(written)
        and not any(is_same_word(written, reading[at]) for reading in readings)
        and not any(span.start <= at < span.end for span in trusted)
    ]
    for start, end in _runs(wrong):
        window = word_around(simplified, start, end)
        first, last = window.start, window.stop
        suggestion = text[first:start] + readings[0][start:end] + text[end:last]
        is_mixed = any(is_only_simplified(mark) for mark in text[start:end])
        kind = Kind.MIXED_SCRIPT if is_mixed else Kind.WRONG_CONVERSION
        yield _suspicion(first, text[first:last], suggestion, kind)


def _careful_readings(
    text: str, simplified: str, glossary: Glossary | None
) -> tuple[list[str], list[Span]]:
    """The text in each Traditional edition, and spans that the glossary vouches for."""
    trusted: list[Span] = []
    lengths = _SameLength(glossary, trusted) if glossary else None
    readings = [
        convert(simplified, code, source=HANS, glossary=lengths)
        for code in _TRADITIONAL_CODES
    ]
    if glossary:
        trusted += glossary.spans(text, _TRADITIONAL_CODES[0], HANT)
    return readings, trusted


class _SameLength:
    """A glossary whose forms move no character; terms that would are set aside."""

    def __init__(self, glossary: Glossary, set_aside: list[Span]) -> None:
        self._glossary = glossary
        self._set_aside = set_aside

    def spans(self, text: str, edition_code: str, source: Script) -> Iterable[Span]:
        for span in self._glossary.spans(text, edition_code, source):
            if span.form is None or len(span.form) == span.end - span.start:
                yield span
            else:
                self._set_aside.append(span)
                yield Span(span.start, span.end, None)


def _in_simplified(text: str) -> Iterator[Suspicion]:
    simplified = convert(text, HANS.lower(), source=HANT)
    strays = [
        at
        for at, written in enumerate(text)
        if written != simplified[at]
        and is_only_traditional(written)
        and written not in _KEPT_IN_NAMES
    ]
    for start, end in _runs(strays):
        found = text[start:end]
        yield _suspicion(start, found, simplified[start:end], Kind.MIXED_SCRIPT)


def _runs(positions: list[int]) -> Iterator[tuple[int, int]]:
    """Start and end of each series of neighbours."""
    start = None
    for at, following in pairwise([*positions, -1]):
        start = at if start is None else start
        if following != at + 1:
            yield start, at + 1
            start = None


def _suspicion(start: int, found: str, suggestion: str, kind: Kind) -> Suspicion:
    sentence = f"“{found}”可能应为“{suggestion}”。"
    return Suspicion(start, len(found), found, suggestion, kind, sentence)
