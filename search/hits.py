"""How a found story is shown: its title and a piece of its text, with the words marked."""

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from articles.layout import plain_text
from articles.models import PublishedArticle
from search.asking import Asked
from search.tokens import folded_with_places

SNIPPET = 80  # characters
BEFORE_HIT = 20  # characters of a snippet


class Part(NamedTuple):
    """A run of text, whether it is what was looked for, and whether a line may end after it."""

    text: str
    is_hit: bool
    may_end_line: bool = False


class Hit(NamedTuple):
    """`besides` are a tag, a name or another line of the story that has what neither the
    title nor the snippet shows, each with what it is."""

    story: PublishedArticle
    title: list[Part]
    snippet: list[Part]
    besides: list[tuple[str, list[Part]]]


def hit(story: PublishedArticle, asked: Asked) -> Hit:
    """A story with the words marked in its title and in eighty characters of its text.
    One query for its tags, unless they were fetched before."""
    text = f"{story.standfirst} {plain_text(story.body_html)}".strip()
    words = [spelling for word in asked.words for spelling in word.spellings]
    title = marked(story.title, words, story.title_breaks, story.script)
    snippet = _snippet(text, words, story.script)
    is_shown = any(part.is_hit for part in (*title, *snippet))
    besides = [] if is_shown or not words else _besides(story, words)
    return Hit(story, title, snippet, besides)


def _besides(story: PublishedArticle, words: list[str]) -> list[tuple[str, list[Part]]]:
    lines = [("引题", story.kicker), ("副题", story.subtitle)]
    lines += [("标签", tag.name) for tag in story.tags.all()]
    lines += [("作者", name) for name in story.authors]
    lines += [("责任编辑", name) for name in story.editors]
    lines.append(("来源", story.source_name))
    found = ((label, marked(line, words, (), story.script)) for label, line in lines)
    return [
        (label, parts) for label, parts in found if any(part.is_hit for part in parts)
    ]


def marked(
    text: str, words: Iterable[str], breaks: Iterable[int] = (), script: str = ""
) -> list[Part]:
    """The text cut where one of the folded words begins or ends, in any script or width,
    and at `breaks`, where a line may end."""
    return _parts(text, _spans(text, words, script), breaks)


def _spans(text: str, words: Iterable[str], script: str) -> list[tuple[int, int]]:
    """Where the words stand, with what they leave out."""
    folded, places = folded_with_places(text, script)
    spans = []
    for word in filter(None, words):
        start = folded.find(word)
        while start >= 0:
            spans.append((places[start], places[start + len(word) - 1] + 1))
            start = folded.find(word, start + 1)
    return spans


def _parts(
    text: str, spans: Iterable[tuple[int, int]], breaks: Iterable[int] = ()
) -> list[Part]:
    hits = [False] * len(text)
    for start, end in spans:
        hits[start:end] = [True] * (end - start)
    ends = set(breaks)
    edges = ends | {
        place for place in range(1, len(text)) if hits[place] != hits[place - 1]
    }
    return [
        Part(text[start:end], hits[start], end in ends)
        for start, end in pairwise(sorted({0, *edges, len(text)}))
    ]


def _snippet(text: str, words: list[str], script: str) -> list[Part]:
    spans = _spans(text, words, script)
    first = min((start for start, _ in spans), default=0)
    start = max(0, first - BEFORE_HIT)
    end = min(len(text), start + SNIPPET)
    shown = [
        (max(left, start) - start, min(right, end) - start)
        for left, right in spans
        if left < end and right > start
    ]
    before = [Part("…", is_hit=False)] if start else []
    after = [Part("…", is_hit=False)] if end < len(text) else []
    return [*before, *_parts(text[start:end], shown), *after]
