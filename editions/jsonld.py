"""Readable strings in JSON-LD, found by their keys."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from editions.languages import Written, written_in
from editions.runs import Authorship, Escape, Runs

_READABLE: Final = frozenset(
    [
        "name",
        "headline",
        "alternativeHeadline",
        "alternateName",
        "description",
        "articleBody",
        "articleSection",
        "keywords",
        "caption",
        "text",
        "jobTitle",
        "about",
        "abstract",
        "reviewBody",
        "addressLocality",
        "addressRegion",
        "streetAddress",
        "transcript",
        "slogan",
        "creditText",
        "copyrightNotice",
    ]
)
_ADDRESS_STARTS = ("http://", "https://", "/")
_TAG_LIKE = re.compile(r"<(?!\\/)")

# Gives the whole script again once the texts are converted.
Finish = Callable[[list[str]], str]
Visit = Callable[[str, str | None], str]


def collect(
    body: str, runs: Runs, *, is_authored: bool, lang: str | None
) -> Finish | None:
    """Add the readable strings to the runs. None if the body is not JSON to work with.

    `lang` replaces every `inLanguage` that says Chinese; None leaves them.
    """
    found: list[list[str | int]] = []

    def take(text: str, key: str | None) -> str:
        if key in _READABLE and not text.startswith(_ADDRESS_STARTS):
            found.append(_parts(text, runs, is_authored=is_authored))
        return text

    try:
        data = json.loads(body)
        _walk(data, None, take)
    except (ValueError, RecursionError):
        return None
    return lambda converted: _rewritten(data, found, converted, lang)


def _parts(text: str, runs: Runs, *, is_authored: bool) -> list[str | int]:
    authorship = Authorship(text, is_all_authored=is_authored)
    return [
        runs.add(part, escape=Escape.NONE, is_aside=True)
        if part.is_authored == runs.takes_authored
        else part.text
        for part in authorship.parts(0, len(text))
    ]


def _rewritten(
    data: Any, found: list[list[str | int]], converted: list[str], lang: str | None
) -> str:
    texts: Iterator[list[str | int]] = iter(found)

    def put(text: str, key: str | None) -> str:
        if key == "inLanguage" and lang and written_in(text) is not Written.FOREIGN:
            return lang
        if key in _READABLE and not text.startswith(_ADDRESS_STARTS):
            return "".join(
                converted[part] if isinstance(part, int) else part
                for part in next(texts)
            )
        return text

    written = json.dumps(_walk(data, None, put), ensure_ascii=False)
    # Inside a script element neither an end tag nor a comment may appear.
    return _TAG_LIKE.sub(r"\\u003c", written.replace("</", "<\\/"))


def _walk(node: Any, key: str | None, visit: Visit) -> Any:
    """Copy the data with each string as `visit` returns it; lists pass their key on."""
    if isinstance(node, dict):
        return {name: _walk(value, name, visit) for name, value in node.items()}
    if isinstance(node, list):
        return [_walk(value, key, visit) for value in node]
    return visit(node, key) if isinstance(node, str) else node
