"""A tokenizer for HTML and XML that keeps every byte.

It reads markup as browsers do where that decides what is text and what is not, in time
linear in the length. What it cannot make sense of (a tag, comment or script that never
ends) is one opaque token to the end, so that nothing in it is taken for text.
"""

import html
import re
from collections.abc import Iterator
from enum import IntEnum, auto
from typing import Final, NamedTuple

# Elements whose content is not markup.
RAW_ELEMENTS: Final = frozenset(
    ["script", "style", "textarea", "xmp", "iframe", "noembed", "noframes", "plaintext"]
)

# Possessive throughout: without backtracking a hostile page cannot cost more than its
# length. Quotation marks count only after an equals sign, as in browsers.
_TOKEN = re.compile(
    r"(?P<text>(?:[^<]++|<(?![A-Za-z/!?]))++)"
    r"|(?P<tag><(?P<close>/?)(?P<name>[A-Za-z][^\s/>]*+)"
    r"(?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+'|(?![\"'])))*+>)"
)
_ATTRIBUTE = re.compile(
    r"(?P<name>[^\s\"'<>/=]++)"
    r"(?:\s*+=\s*+(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'|(?P<bare>[^\s\"'=<>`]++)))?+"
)
_TAG_OPENS = re.compile(r"</?[A-Za-z]")
_RAW_ENDS = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in RAW_ELEMENTS - {"plaintext"}
} | {"plaintext": re.compile("(?!)")}
_TAG_HEAD = re.compile(r"</?[^\s/>]++")


class Kind(IntEnum):
    TEXT = auto()
    START = auto()
    END = auto()
    RAW = auto()  # the content of a raw element
    OPAQUE = auto()  # comments, declarations, what never ends


class Token(NamedTuple):
    kind: Kind
    start: int
    end: int
    name: str  # of the element, in lower case; empty for text and opaque tokens


class Attribute(NamedTuple):
    """An attribute and the offsets of its value, without quotation marks."""

    name: str
    start: int
    end: int
    is_quoted: bool


def tokens(markup: str) -> Iterator[Token]:
    """Cut HTML into tokens that follow on each other without a gap."""
    position = 0
    while position < len(markup):
        match = _TOKEN.match(markup, position)
        if match is None:
            end = _end_of_opaque(markup, position)
            yield Token(Kind.OPAQUE, position, end, "")
            position = end
            continue
        position = match.end()
        if match.lastgroup == "text":
            yield Token(Kind.TEXT, *match.span(), "")
            continue
        name = match["name"].lower()
        kind = Kind.END if match["close"] else Kind.START
        yield Token(kind, *match.span(), name)
        if kind is Kind.START and name in RAW_ELEMENTS:
            end = _end_of_raw(markup, position, name)
            yield Token(Kind.RAW, position, end, name)
            position = end


def xml_tokens(markup: str) -> Iterator[Token]:
    """Cut XML into tokens: character data sections are RAW and no element is raw."""
    position = 0
    while position < len(markup):
        if markup.startswith("<![CDATA[", position):
            end = _end_at(markup, position, "]]>")
            yield Token(Kind.RAW, position, end, "")
        elif (match := _TOKEN.match(markup, position)) is None:
            end = _end_of_opaque(markup, position)
            yield Token(Kind.OPAQUE, position, end, "")
        else:
            end = match.end()
            kind = Kind.END if match["close"] else Kind.START
            kind = Kind.TEXT if match.lastgroup == "text" else kind
            yield Token(kind, position, end, match["name"] or "")
        position = end


def attributes(markup: str, tag: Token) -> Iterator[Attribute]:
    """The attributes of a start tag that have a value, and the empty ones."""
    head = _TAG_HEAD.match(markup, tag.start)
    position = head.end() if head else tag.start
    for match in _ATTRIBUTE.finditer(markup, position, tag.end - 1):
        group = next(
            (name for name in ("double", "single", "bare") if match[name] is not None),
            "name",
        )
        start, end = match.span(group) if group != "name" else (match.end(),) * 2
        yield Attribute(match["name"].lower(), start, end, group != "bare")


def attribute_values(markup: str, tag: Token) -> dict[str, str]:
    """Decoded values by name; the first of two wins, as in browsers."""
    values: dict[str, str] = {}
    for attribute in attributes(markup, tag):
        value = markup[attribute.start : attribute.end]
        values.setdefault(attribute.name, html.unescape(value))
    return values


def _end_of_opaque(markup: str, position: int) -> int:
    if markup.startswith("<!--", position):
        return _end_at(markup, position, "-->")
    if _TAG_OPENS.match(markup, position):
        return len(markup)
    return _end_at(markup, position, ">")


def _end_at(markup: str, position: int, mark: str) -> int:
    found = markup.find(mark, position)
    return len(markup) if found < 0 else found + len(mark)


def _end_of_raw(markup: str, position: int, name: str) -> int:
    match = _RAW_ENDS[name].search(markup, position)
    return match.start() if match else len(markup)
