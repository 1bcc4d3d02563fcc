"""A story's words paragraph by paragraph: what a person reads in an edition."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any, Final

from django.utils.html import strip_tags

from editions.story_terms import StoredTerm

_BLANKS = re.compile(r"\s+")
# What a paragraph goes on across; any other tag ends it.
_BLOCK_TAG = re.compile(
    r"</?(?!(?:a|b|em|i|s|small|span|strong|sub|sup|u|wbr)\b)[a-z][^>]*>", re.IGNORECASE
)
_HEAD: Final = (
    ("title", "标题"),
    ("kicker", "引题"),
    ("subtitle", "副题"),
    ("standfirst", "导语"),
)
_PICTURE: Final = (
    ("alt_text", "图片的文字描述"),
    ("caption", "图片说明"),
    ("credit", "图片署名"),
)
_HONOUR: Final = (
    ("title", "荣誉"),
    ("awarded_by", "授予单位"),
    ("category", "荣誉类别"),
    ("role", "身份"),
)


@dataclass(frozen=True)
class Paragraph:
    """Some words of a story and where they stand, as the desk says it.

    The fingerprint is of the words and of the story's own terms in them: whoever read
    the paragraph in an edition read this.
    """

    fingerprint: str
    text: str
    where: str


def paragraphs_of(
    content: dict[str, Any], terms: Sequence[StoredTerm]
) -> list[Paragraph]:
    """The paragraphs of a story's content (articles.snapshots) with its own terms.

    Names are not among them: they have the forms of names. The title comes first.
    """
    return [
        Paragraph(_fingerprint(text, terms), text, where)
        for where, text in _placed(content)
        if text
    ]


def lines_in(html: str) -> list[str]:
    """The words of a body, a line for each paragraph, heading and cell."""
    lines = unescape(strip_tags(_BLOCK_TAG.sub("\n", html))).split("\n")
    return [line for line in map(on_one_line, lines) if line]


def on_one_line(text: str) -> str:
    return _BLANKS.sub(" ", text).strip()


def _placed(content: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield from _parts(content, _HEAD)
    yield from _parts(content["cover"] or {}, _PICTURE)
    yield from _parts(content.get("honour") or {}, _HONOUR)
    for one in content.get("illustrations", []):
        yield from _parts(one, _PICTURE)
    for one in content.get("enclosures", []):
        yield "附件", on_one_line(one["title"])
    count = 0
    for section in content["sections"]:
        for part in ("heading", "subheading"):
            yield "小标题", on_one_line(section[part])
        for line in lines_in(section["body"]):
            count += 1
            yield f"第 {count} 段", line


def _parts(
    content: dict[str, Any], names: Iterable[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    for name, where in names:
        yield where, on_one_line(content.get(name) or "")


def _fingerprint(text: str, terms: Sequence[StoredTerm]) -> str:
    here = [
        [term["source"], *sorted(term["forms"].items()), bool(term.get("is_protected"))]
        for term in terms
        if term["source"] in text
    ]
    said = "\x1f".join([text, *sorted(map(str, here))])
    return hashlib.sha256(said.encode()).hexdigest()[:16]
