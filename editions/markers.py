"""Marks around a story's words, inside a page rendered in Simplified.

Pages are converted as a whole after rendering, and by then nothing shows which words an
author wrote in Traditional, or how a story wants its words written. A few private-use
characters carry that through templates, attributes, JSON and feeds; the conversion reads
them and takes every one of them out.
"""

import re
from functools import cache
from typing import Final

from django.utils.crypto import salted_hmac
from django.utils.safestring import SafeString

from editions.catalogue import HANT

AUTHORED_HANT_OPEN: Final = "\ue000"
AUTHORED_HANT_CLOSE: Final = "\ue001"
# Between the first two stand terms (editions.story_terms), between the last two the words
# they are for.
TERMS_OPEN: Final = "\ue002"
TERMS_END: Final = "\ue003"
TERMS_CLOSE: Final = "\ue004"
TERM_FIELD_END: Final = "\ue005"
TERM_END: Final = "\ue006"

_SCOPE_EDGE = re.compile("\ue002([^\ue002-\ue004]*)\ue003|\ue004")
_MARKER = re.compile("\ue002[^\ue002-\ue004]*\ue003|[\ue000-\ue006]")
# What escaping made of a marker: JSON, character references, URLs.
_ESCAPED = re.compile(
    r"(?<!\\)\\u(?P<json>e00[0-6])"
    r"|&(?:amp;)?\#(?:x0*(?P<hex>e00[0-6])|0*(?P<decimal>573(?:4[4-9]|50)));"
    r"|%EE%80%(?P<url>8[0-6])",
    re.IGNORECASE,
)


_ESCAPED_HINTS = ("e00", "E00", "5734", "57350", "EE%80%8", "ee%80%8")


def mark_authored(text: str, script: str, terms: str = "") -> str:
    """Wrap text whose script is zh-Hant, or that has terms of its own; return any other
    text unchanged.

    `terms` come from editions.story_terms. Markers inside the text are dropped, so
    nobody can end the wrapping early. A safe string stays safe: the markers mean nothing
    to HTML.
    """
    if not text or (script != HANT and not terms):
        return text
    marked = strip_markers(text)
    if script == HANT:
        marked = AUTHORED_HANT_OPEN + marked + AUTHORED_HANT_CLOSE
    if terms:
        marked = TERMS_OPEN + _seal() + terms + TERMS_END + marked + TERMS_CLOSE
    return SafeString(marked) if isinstance(text, SafeString) else marked


def strip_markers(text: str) -> str:
    """Take every marker out, balanced or not, and the terms that they carry."""
    return _MARKER.sub("", text)


def unescape_markers(text: str) -> str:
    """Give markers that were escaped for JSON, markup or a URL their plain form back."""
    if any(hint in text for hint in _ESCAPED_HINTS):
        return _ESCAPED.sub(_plain, text)
    return text


def _plain(match: re.Match[str]) -> str:
    if decimal := match["decimal"]:
        return chr(int(decimal))
    last = (match["json"] or match["hex"] or match["url"])[-1]
    return chr(ord(AUTHORED_HANT_OPEN) + int(last))


def has_markers(text: str) -> bool:
    return _MARKER.search(text) is not None


def authored_spans(text: str) -> list[tuple[int, int]]:
    """Offsets of the text inside matching markers, outermost pairs, in order.

    A marker without its partner encloses nothing: a lone one in a reader's text must
    not change how the rest of the page is read.
    """
    opened: list[int] = []
    spans: list[tuple[int, int]] = []
    for match in _MARKER.finditer(text):
        if match.group() == AUTHORED_HANT_OPEN:
            opened.append(match.end())
        elif match.group() == AUTHORED_HANT_CLOSE and opened:
            start = opened.pop()
            while spans and spans[-1][0] > start:
                spans.pop()
            spans.append((start, match.start()))
    return spans


def terms_spans(text: str) -> list[tuple[int, int, str]]:
    """Offsets of the text that has terms of its own, in order, with those terms.

    Scopes do not nest, and one without its end encloses nothing. Nor does one that this
    site did not open: what a reader types stands on pages too, and must not say how the
    words around it are written.
    """
    spans: list[tuple[int, int, str]] = []
    opened: re.Match[str] | None = None
    for match in _SCOPE_EDGE.finditer(text):
        if match.group() == TERMS_CLOSE:
            if opened:
                terms = opened[1].removeprefix(_seal())
                spans.append((opened.end(), match.start(), terms))
            opened = None
        elif match[1].startswith(_seal()):
            opened = match
    return spans


@cache
def _seal() -> str:
    """What nobody outside can know; the same in every process."""
    return salted_hmac("editions.markers", "terms", algorithm="sha256").hexdigest()[:16]
