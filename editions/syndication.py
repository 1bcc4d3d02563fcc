"""Conversion of RSS and Atom feeds and other XML after rendering."""

import html
import re
from typing import Final
from xml.sax.saxutils import escape

from editions.catalogue import HANT, Edition
from editions.conversion import Glossary
from editions.languages import Written, written_in
from editions.marked import convert_marked
from editions.markers import has_markers, mark_authored, strip_markers, unescape_markers
from editions.markup import Kind, Token, attributes, xml_tokens
from editions.pages import convert_page
from editions.runs import Authorship, is_read_as_written, needs_conversion

# Local names of elements with text for people; links, guids and dates are not among them.
_READABLE: Final = frozenset(
    [
        "title",
        "subtitle",
        "description",
        "summary",
        "content",
        "encoded",
        "category",
        "creator",
        "name",
        "author",
        "rights",
        "copyright",
        "caption",
        "credit",
    ]
)
# Attributes with text for people, by the local name of their element.
_READABLE_ATTRIBUTES: Final = {
    "category": frozenset({"label"}),
    "outline": frozenset({"text", "title"}),
}
_MARKUP_INSIDE = re.compile(r"<[A-Za-z/!]|&(?:#\d|#x|[A-Za-z]+;)")
_CDATA: Final = ("<![CDATA[", "]]>")


def convert_feed(
    xml: str, edition: Edition, *, glossary: Glossary | None = None
) -> str:
    """Convert the readable text of a feed, be it plain, escaped HTML or CDATA.

    Everything else is copied byte for byte, but for `<language>` and `xml:lang`, which
    name the edition. No marker is left in the result.
    """
    xml = unescape_markers(xml)
    if not needs_conversion(xml, edition):
        return xml
    if is_read_as_written(xml, edition):
        return strip_markers(xml)
    return _FeedConversion(xml, edition, glossary).run()


class _FeedConversion:
    def __init__(self, xml: str, edition: Edition, glossary: Glossary | None) -> None:
        self._xml = xml
        self._edition = edition
        self._glossary = glossary
        self._authorship = Authorship(xml)
        self._open: list[str] = []
        self._readable_depth = 0

    def run(self) -> str:
        handlers = {
            Kind.TEXT: self._text,
            Kind.START: self._start_tag,
            Kind.END: self._end_tag,
            Kind.RAW: self._character_data,
            Kind.OPAQUE: self._source,
        }
        parts = [handlers[token.kind](token) for token in xml_tokens(self._xml)]
        return strip_markers("".join(parts))

    def _source(self, token: Token) -> str:
        return self._xml[token.start : token.end]

    def _start_tag(self, token: Token) -> str:
        source = self._source(token)
        if not source.endswith("/>"):
            self._open.append(token.name)
            self._readable_depth += _local_name(token.name) in _READABLE
        readable = _READABLE_ATTRIBUTES.get(_local_name(token.name), frozenset())
        if not readable and "xml:lang" not in source:
            return source
        parts: list[str] = []
        position = token.start
        for attribute in attributes(self._xml, token):
            value = self._xml[attribute.start : attribute.end]
            if attribute.name == "xml:lang" and _is_rewritten(value):
                value = self._language
            elif attribute.name in readable:
                value = self._attribute(value, token)
            parts += self._xml[position : attribute.start], value
            position = attribute.end
        return "".join([*parts, self._xml[position : token.end]])

    def _end_tag(self, token: Token) -> str:
        if self._open and self._open[-1] == token.name:
            self._readable_depth -= _local_name(self._open.pop()) in _READABLE
        return self._source(token)

    @property
    def _language(self) -> str:
        return self._edition.lang

    def _text(self, token: Token) -> str:
        source = self._source(token)
        is_language = self._open[-1:] in (["language"], ["dc:language"])
        if is_language and _is_rewritten(source):
            return self._language
        if not self._readable_depth or source.isspace():
            return source
        text = html.unescape(source)
        converted = self._converted(text, token)
        return source if converted == text else escape(converted)

    def _attribute(self, source: str, token: Token) -> str:
        text = html.unescape(source)
        converted = self._converted(text, token)
        quotes = {'"': "&quot;", "'": "&apos;"}
        return source if converted == text else escape(converted, quotes)

    def _character_data(self, token: Token) -> str:
        source = self._source(token)
        opening, closing = _CDATA
        if not self._readable_depth or not source.endswith(closing):
            return source
        text = source[len(opening) : -len(closing)]
        converted = self._converted(text, token)
        # A glossary form must not end the section.
        return opening + converted.replace(closing, "]]&gt;") + closing

    def _converted(self, text: str, token: Token) -> str:
        is_authored = self._authorship.is_authored(token.start)
        if is_authored and not has_markers(text):
            text = mark_authored(text, HANT)
        if _MARKUP_INSIDE.search(text):
            return convert_page(text, self._edition, glossary=self._glossary)
        if not needs_conversion(text, self._edition):
            return text
        return convert_marked(text, self._edition, glossary=self._glossary)


def _local_name(name: str) -> str:
    return name.rpartition(":")[2].lower()


def _is_rewritten(lang: str) -> bool:
    return written_in(lang) in {Written.SIMPLIFIED, Written.UNDECIDED} and bool(
        lang.strip()
    )
