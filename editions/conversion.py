"""Conversion of plain text between the script editions.

Runs of text that belong together are joined, converted in one call and cut apart again,
so that phrases are recognised across the borders of runs. Addresses and glossary terms
are taken out before and put back after it; characters of names and counts that OpenCC
cannot know are written over what it made of them.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Final, NamedTuple, Protocol

from editions.addresses import address_spans
from editions.catalogue import HANS, HANT, Script, by_code
from editions.chains import converter
from editions.contexts import context_spans
from editions.names import name_spans
from editions.punctuation import corner_quotes, curly_quotes

# Separates runs that are not one text; no dictionary key contains it.
BREAK: Final = "\n"

# OpenCC refuses lone surrogates; planes 15 and 16 hold the fillers.
_UNSAFE = re.compile("[\ud800-\udfff\U000f0000-\U0010ffff]")
_FILLER: Final = "\U00100000"


class Span(NamedTuple):
    """Characters `start` to `end` become `form`; None keeps them as they are."""

    start: int
    end: int
    form: str | None


class Glossary(Protocol):
    """The desk's terms, compiled; see editions.terms."""

    def spans(self, text: str, edition_code: str, source: Script) -> Iterable[Span]: ...


def convert(
    text: str,
    edition_code: str,
    *,
    source: Script = HANS,
    glossary: Glossary | None = None,
) -> str:
    """Write `text`, which is in the script `source`, as the edition's readers write it.

    Text that is in the edition's script already is returned unchanged: nobody's own
    Traditional spelling is made regional. Raises KeyError for an unknown edition.
    """
    if by_code(edition_code).script == source:
        return text
    return convert_runs([text], edition_code, source=source, glossary=glossary)[0]


def to_source(text: str) -> str:
    """Bring Traditional text that a machine made from Simplified text back to it.

    Characters that the machine left Simplified stay, and regional forms such as 著, 裡
    and 臺 are understood.
    """
    return convert(text, "zh-hans", source=HANT)


def convert_runs(
    runs: Sequence[str],
    edition_code: str,
    *,
    source: Script,
    glossary: Glossary | None = None,
    escape: Callable[[int, str], str] | None = None,
) -> list[str]:
    """Convert runs of one text; the result has as many runs, each for its original.

    A run that is BREAK separates its neighbours. `escape(index, form)` prepares a
    glossary form for the run that receives it. The edition's script must differ from
    `source`.
    """
    runs = [cleaned(run) for run in runs]
    joined = "".join(runs)
    spans = list(_kept_spans(joined, edition_code, source, glossary))
    requoted = curly_quotes(joined) if source == HANT else corner_quotes(joined)
    masked = _masked(requoted, spans)
    converted = same_length(converter(edition_code).convert, masked)
    if source == HANS:
        converted = _told_by_context(converted, joined, spans)
    starts = list(accumulate((len(run) for run in runs), initial=0))
    pieces = [converted[start:end] for start, end in pairwise(starts)]
    for span in reversed(spans):
        _put_back(pieces, starts, span, joined, escape)
    return pieces


def cleaned(text: str) -> str:
    """Without the characters that OpenCC refuses or that are fillers here."""
    return _UNSAFE.sub("", text)


def same_length(convert_text: Callable[[str], str], text: str) -> str:
    """Convert without moving a character.

    All tables in use keep the length. Should a newer OpenCC bring an entry that does
    not, readers get this text converted without phrases rather than a torn page.
    """
    converted = convert_text(text)
    if len(converted) == len(text):
        return converted
    single = (convert_text(character) for character in text)
    return "".join(
        new if len(new) == 1 else old for old, new in zip(text, single, strict=True)
    )


def _kept_spans(
    text: str, edition_code: str, source: Script, glossary: Glossary | None
) -> Iterator[Span]:
    """What OpenCC must not see, in order and without overlaps."""
    found = [Span(start, end, None) for start, end in address_spans(text)]
    if glossary:
        found += glossary.spans(text, edition_code, source)
    return _without_overlaps(found)


def _told_by_context(converted: str, text: str, kept: list[Span]) -> str:
    """Write single characters of names and counts over what the tables made of them.

    Afterwards rather than before: 松 in 克里斯蒂安松 is found with the whole name.
    """
    characters = list(converted)
    starts = [span.start for span in kept]
    for find in (context_spans, name_spans):
        for start, end, form in find(text):
            before = bisect_right(starts, start) - 1
            if before < 0 or kept[before].end <= start:
                characters[start:end] = text[start:end] if form is None else form
    return "".join(characters)


def _without_overlaps(spans: list[Span]) -> Iterator[Span]:
    """The span that starts earlier wins, then the longer one."""
    end = 0
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if span.start >= end:
            yield span
            end = span.end


def _masked(text: str, spans: list[Span]) -> str:
    pieces: list[str] = []
    end = 0
    for span in spans:
        pieces += text[end : span.start], _FILLER * (span.end - span.start)
        end = span.end
    return "".join(pieces) + text[end:]


def _put_back(
    pieces: list[str],
    starts: list[int],
    span: Span,
    original: str,
    escape: Callable[[int, str], str] | None,
) -> None:
    """Write the form into the run where the span begins, or spread it over its runs.

    A form of another length than the span cannot be spread: the first run takes it
    whole. Spans must come in reverse order, so that earlier offsets still hold.
    """
    form = original[span.start : span.end] if span.form is None else span.form
    first = bisect_right(starts, span.start) - 1
    last = bisect_right(starts, span.end - 1) - 1
    is_spread = len(form) == span.end - span.start
    for index in range(last, first - 1, -1):
        low = max(span.start, starts[index])
        high = min(span.end, starts[index + 1])
        part = form[low - span.start : high - span.start]
        if not is_spread:
            part = form if index == first else ""
        if escape and span.form is not None:
            part = escape(index, part)
        piece = pieces[index]
        offset = low - starts[index]
        pieces[index] = piece[:offset] + part + piece[offset + high - low :]
