"""Marks around text that was authored in Traditional, inside a page rendered in Simplified.

Pages are converted as a whole after rendering, and by then nothing shows which words an
author wrote in Traditional. Two private-use characters carry that through templates,
attributes, JSON and feeds; the conversion reads them and takes every one of them out.
"""

import re
from typing import Final

from django.utils.safestring import SafeString

from editions.catalogue import HANT

AUTHORED_HANT_OPEN: Final = "\ue000"
AUTHORED_HANT_CLOSE: Final = "\ue001"

_MARKER = re.compile("[\ue000\ue001]")
# What escaping made of a marker: JSON, character references, URLs.
_ESCAPED = re.compile(
    r"(?<!\\)\\u(?P<json>e00[01])"
    r"|&(?:amp;)?\#(?:x0*(?P<hex>e00[01])|0*(?P<decimal>5734[45]));"
    r"|%EE%80%(?P<url>8[01])",
    re.IGNORECASE,
)


_ESCAPED_HINTS = ("e00", "E00", "57344", "57345", "EE%80%8", "ee%80%8")


def mark_authored(text: str, script: str) -> str:
    """Wrap text whose script is zh-Hant; return any other text unchanged.

    Markers inside the text are dropped, so nobody can end the wrapping early. A safe
    string stays safe: the markers mean nothing to HTML.
    """
    if script != HANT or not text:
        return text
    marked = AUTHORED_HANT_OPEN + strip_markers(text) + AUTHORED_HANT_CLOSE
    return SafeString(marked) if isinstance(text, SafeString) else marked


def strip_markers(text: str) -> str:
    """Take every marker out, balanced or not."""
    return _MARKER.sub("", text)


def unescape_markers(text: str) -> str:
    """Give markers that were escaped for JSON, markup or a URL their plain form back."""
    if any(hint in text for hint in _ESCAPED_HINTS):
        return _ESCAPED.sub(_plain, text)
    return text


def _plain(match: re.Match[str]) -> str:
    code = next(group for group in match.groups() if group)
    return AUTHORED_HANT_OPEN if code[-1] in "04" else AUTHORED_HANT_CLOSE


def has_markers(text: str) -> bool:
    return AUTHORED_HANT_OPEN in text or AUTHORED_HANT_CLOSE in text


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
        elif opened:
            start = opened.pop()
            while spans and spans[-1][0] > start:
                spans.pop()
            spans.append((start, match.start()))
    return spans
