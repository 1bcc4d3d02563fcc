"""Conversion of whole HTML pages after rendering.

A page is rendered in Simplified, with markers around what was authored in Traditional or
has terms of its own (editions.markers). Everything that is not readable text is copied byte for byte; all
readable text is converted in one call, joined across inline tags, so that 头<b>发</b> is
still hair. No template has to remember to convert anything.
"""

import html
import re
from dataclasses import dataclass
from typing import NamedTuple

from editions import jsonld
from editions.catalogue import Edition
from editions.conversion import Glossary
from editions.languages import Written, written_in
from editions.markers import strip_markers, unescape_markers
from editions.markup import Attribute, Kind, Token, attribute_values, attributes, tokens
from editions.readable import attributes_to_convert
from editions.runs import (
    Authorship,
    Escape,
    Runs,
    is_read_as_written,
    needs_conversion,
)

_KEPT_ELEMENTS = frozenset({"code", "pre", "kbd", "samp", "var", "math"})
_VOID_ELEMENTS = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
# Text goes on across the tags of these; every other tag ends a phrase.
_INLINE_ELEMENTS = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "mark",
        "nobr",
        "q",
        "rb",
        "ruby",
        "rp",
        "rt",
        "s",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "wbr",
    ]
)
# Readings above the line do not interrupt the words they stand over.
_ASIDE_ELEMENTS = frozenset({"rt", "rp"})
_STEERING = re.compile(r"lang|translate|data-zh", re.IGNORECASE)
_CHARACTER_REFERENCE = re.compile(
    r"&#(?:x(?P<hex>[0-9a-f]{3,6})|(?P<decimal>\d{4,7}));|&(?P<name>[lr][sd]quo);",
    re.IGNORECASE,
)


def convert_page(
    markup: str, edition: Edition, *, glossary: Glossary | None = None
) -> str:
    """Convert a page, or a piece of one, for the readers of an edition.

    In Traditional editions text between the markers stays as its author wrote it, and
    in the Simplified edition it alone is converted. No marker is left in the result.
    """
    markup = unescape_markers(markup)
    if not needs_conversion(markup, edition):
        return markup
    if is_read_as_written(markup, edition):
        return strip_markers(markup)
    return _PageConversion(markup, edition, glossary).run()


class _State(NamedTuple):
    """What holds for the text inside the open elements."""

    is_kept: bool = False
    is_in_source_language: bool = True
    is_aside: bool = False


@dataclass(slots=True)
class _Open:
    name: str
    before: _State


class _PageConversion:
    def __init__(
        self, markup: str, edition: Edition, glossary: Glossary | None
    ) -> None:
        self._markup = markup
        self._edition = edition
        self._runs = Runs(edition, glossary)
        self._authorship = Authorship(markup)
        # Text to copy, numbers of runs, and scripts to finish after conversion.
        self._output: list[str | int | jsonld.Finish] = []
        self._state = _State()
        self._stack: list[_Open] = []
        self._open_count: dict[str, int] = {}
        self._follows_end_tag = False
        self._script_type = ""

    def run(self) -> str:
        handlers = {
            Kind.TEXT: self._text,
            Kind.START: self._start_tag,
            Kind.END: self._end_tag,
            Kind.RAW: self._raw,
            Kind.OPAQUE: self._copy,
        }
        for token in tokens(self._markup):
            handlers[token.kind](token)
        converted = self._runs.converted()
        return strip_markers(
            "".join(
                part
                if isinstance(part, str)
                else converted[part]
                if isinstance(part, int)
                else part(converted)
                for part in self._output
            )
        )

    def _copy(self, token: Token) -> None:
        self._output.append(self._markup[token.start : token.end])

    def _text(self, token: Token) -> None:
        self._follows_end_tag = False
        if not self._is_readable or self._markup[token.start : token.end].isspace():
            self._runs.interrupt()
            self._copy(token)
            return
        self._take(token.start, token.end, is_aside=self._state.is_aside)

    @property
    def _is_readable(self) -> bool:
        return self._state.is_in_source_language and not self._state.is_kept

    def _take(self, start: int, end: int, *, is_aside: bool) -> None:
        """Put the text between two offsets into the output, through conversion or not."""
        for part in self._authorship.parts(start, end):
            if part.is_authored != self._runs.takes_authored:
                self._runs.interrupt()
                self._output.append(part.text)
                continue
            text = _CHARACTER_REFERENCE.sub(_plain_character, part.text)
            number = self._runs.add(
                part._replace(text=text), escape=Escape.MARKUP, is_aside=is_aside
            )
            self._output.append(number)

    def _start_tag(self, token: Token) -> None:
        if token.name not in _INLINE_ELEMENTS or self._follows_end_tag:
            self._runs.interrupt()
        self._follows_end_tag = False
        tag = self._markup[token.start : token.end]
        inner = self._inner_state(token, tag)
        before, self._state = self._state, inner
        self._attributes(token, tag)
        if token.name in _VOID_ELEMENTS or tag.endswith("/>"):
            self._state = before
        else:
            self._stack.append(_Open(token.name, before))
            self._open_count[token.name] = self._open_count.get(token.name, 0) + 1

    def _end_tag(self, token: Token) -> None:
        if token.name not in _INLINE_ELEMENTS:
            self._runs.interrupt()
        self._follows_end_tag = True
        self._copy(token)
        # Without the count, stray end tags would each search the whole stack.
        while self._open_count.get(token.name):
            closed = self._stack.pop()
            self._open_count[closed.name] -= 1
            self._state = closed.before
            if closed.name == token.name:
                break

    def _raw(self, token: Token) -> None:
        is_linked_data = token.name == "script" and "ld+json" in self._script_type
        finish = None
        if is_linked_data and self._is_readable:
            is_authored = self._authorship.is_authored(token.start)
            lang = None if self._runs.takes_authored else self._edition.lang
            body = self._markup[token.start : token.end]
            finish = jsonld.collect(
                body, self._runs, is_authored=is_authored, lang=lang
            )
        if finish:
            self._output.append(finish)
        else:
            self._copy(token)

    def _inner_state(self, token: Token, tag: str) -> _State:
        """The state inside the element, which holds for its attributes too."""
        state = self._state
        if token.name in _ASIDE_ELEMENTS:
            state = state._replace(is_aside=True)
        if token.name in _KEPT_ELEMENTS:
            return state._replace(is_kept=True)
        if not _STEERING.search(tag):
            return state
        given = attribute_values(self._markup, token)
        is_translated = given.get("translate", "").lower()
        if is_translated == "yes":
            state = state._replace(is_kept=False)
        if (
            is_translated == "no"
            or "notranslate" in given.get("class", "").split()
            or given.get("data-zh") == "keep"
        ):
            state = state._replace(is_kept=True)
        if "lang" in given:
            speaks = self._speaks_source(given["lang"], token.start)
            state = state._replace(is_in_source_language=speaks)
        return state

    def _speaks_source(self, lang: str, position: int) -> bool:
        """Whether an element of this language can hold text that is to be converted."""
        written = written_in(lang)
        if not self._runs.takes_authored:
            return written in {Written.SIMPLIFIED, Written.UNDECIDED}
        # The page itself is in Simplified; only what is authored is converted. A
        # Simplified quotation inside an authored text is not.
        if written is Written.SIMPLIFIED:
            return not self._authorship.is_authored(position)
        return written is not Written.FOREIGN

    def _attributes(self, token: Token, tag: str) -> None:
        self._script_type = tag.lower() if token.name == "script" else ""
        readable = attributes_to_convert(
            self._markup, token, is_readable=self._is_readable
        )
        position = token.start
        for attribute in attributes(self._markup, token) if readable else ():
            replacement = self._replacement(token, attribute)
            if attribute.name not in readable and replacement is None:
                continue
            self._output.append(self._markup[position : attribute.start])
            mark = "" if attribute.is_quoted else '"'
            self._output.append(mark)
            if replacement is None:
                self._take(attribute.start, attribute.end, is_aside=True)
            else:
                self._output.append(replacement)
            self._output.append(mark)
            position = attribute.end
        self._output.append(self._markup[position : token.end])

    def _replacement(self, token: Token, attribute: Attribute) -> str | None:
        """What stands in for a value that names the language of the page."""
        if self._runs.takes_authored and not self._authorship.is_authored(token.start):
            return None
        value = self._markup[attribute.start : attribute.end]
        if token.name == "html" and attribute.name in {"lang", "xml:lang"}:
            is_chinese = written_in(value) is not Written.FOREIGN
            return self._edition.lang if is_chinese else value
        if token.name == "meta" and attribute.name == "content":
            is_locale = (
                attribute_values(self._markup, token).get("property", "").lower()
                == "og:locale"
            )
            return self._edition.og_locale if is_locale else None
        return None


def _plain_character(match: re.Match[str]) -> str:
    """The character that a reference names, if conversion could change it."""
    if match["name"]:
        return html.unescape(match.group().lower())
    code = int(match["hex"], 16) if match["hex"] else int(match["decimal"])
    is_han = (
        0x3400 <= code <= 0x9FFF
        or 0xF900 <= code <= 0xFAFF
        or 0x20000 <= code <= 0x3FFFF
    )
    is_quote = 0x2018 <= code <= 0x201D
    return chr(code) if is_han or is_quote else match.group()
