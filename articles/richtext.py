"""Rich text of a section: what the toolbar offers is what the sanitiser keeps."""

import re
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django_prose_editor.fields import create_sanitizer

EXTENSIONS = {
    "Bold": True,
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HardBreak": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "History": True,
}
# The sanitiser's parser is quadratic in nesting (200 KB of <div> took 23 s).
MAX_LENGTH = 1_000_000  # characters
MAX_TAGS = 20_000
MAX_DEPTH = 256

_TAG_START = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
_VOID = {
    "br",
    "hr",
    "img",
    "input",
    "meta",
    "link",
    "wbr",
    "col",
    "area",
    "base",
    "embed",
}
_SYNONYMS = (
    (re.compile(r"<(/?)b(?=[\s>])", re.IGNORECASE), r"<\1strong"),
    (re.compile(r"<h[1-6](?=[\s>])", re.IGNORECASE), "<p"),
    (re.compile(r"</h[1-6]\s*>", re.IGNORECASE), "</p>"),
)
_sanitize = create_sanitizer(EXTENSIONS)


def clean_body(html: str) -> str:
    """The part of `html` that readers may get; raise ValidationError on absurd input.

    Bold typed as <b> stays bold; headings become paragraphs, since headings are
    fields of the section.
    """
    _refuse_absurd(html)
    for pattern, replacement in _SYNONYMS:
        html = pattern.sub(replacement, html)
    return _sanitize(html)


def is_absurd(html: str) -> bool:
    """Whether it has more tags, or deeper ones, than any text needs. Linear in length."""
    depth = deepest = count = 0
    for closing, name, selfclosing in _tags(html):
        count += 1
        if selfclosing or name.lower() in _VOID:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        deepest = max(deepest, depth)
    return count > MAX_TAGS or deepest > MAX_DEPTH


def _refuse_absurd(html: str) -> None:
    if len(html) > MAX_LENGTH:
        raise ValidationError("这一节太长（超过 100 万字符），请分成几节。")
    if is_absurd(html):
        raise ValidationError("这一节的格式太复杂，请清除格式后再粘贴。")


def _tags(html: str) -> Iterator[tuple[str, str, bool]]:
    """(slash, name, closes itself) of each tag. One walk: a lone < costs nothing more."""
    end = 0
    while start := _TAG_START.search(html, end):
        end = html.find(">", start.end())
        if end < 0:
            return
        yield start[1], start[2], html[end - 1] == "/"
