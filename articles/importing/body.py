"""Which part of a page is the article: the element that holds the most running text."""

import re
from collections.abc import Iterator

from lxml import etree

from articles.importing.blocks import Block, Layout, naming

_STOPS = re.compile(r"[，。！？；：、”」…]")
_MIN_PROSE = 15  # characters
_MIN_UNPUNCTUATED_PROSE = 40  # characters
# Characters counted of one block: a long disclaimer must not beat many paragraphs.
_COUNTED = 400
_INHERITED = (1.0, 0.5, 0.25)  # share of a paragraph's weight for its ancestors
_GAIN = 0.35  # how much more prose a wider element must hold to be preferred

# Hints are weights, never rules: an article in <div class="side"> is still found.
_DISCOURAGING = re.compile(
    r"comment|cmt|pinglun|liuyan|gentie|discuss|feedback|reply|review|tie[-_]|relat|recommend|tuijian"
    r"|(?<!p)hot|rank|side|aside|foot|copyright|nav|menu|share|login|banner|advert|\bads?\b|next[-_]"
    r"|notice|disclaim|statement|popup|modal"
)
_ENCOURAGING = re.compile(
    r"article|artibody|content|text|body|detail|zoom|trs_editor|story|news|main|entry|post|view"
)
_FAVOUR = 1.3
_ASIDE = 0.2  # what a character counts in a side part
_SIDE_TAGS = frozenset(("aside", "footer", "nav", "header"))


def is_prose(block: Block) -> bool:
    """Whether a block reads like running text rather than a menu or a label."""
    length = len(block.text)
    if block.linked > 0.5 or length < _MIN_PROSE:
        return False
    return length >= _MIN_UNPUNCTUATED_PROSE or bool(_STOPS.search(block.text))


def find_body(layout: Layout) -> range:
    """The block numbers of the article's element; empty if nothing reads like prose."""
    weights = _weights(layout)
    scores: dict[etree._Element, float] = {}
    for block, weight in zip(layout.blocks, weights, strict=True):
        if weight:
            for element, share in zip(
                _holders(block, layout), _INHERITED, strict=False
            ):
                scores[element] = scores.get(element, 0.0) + weight * share
    if not scores:
        return range(0)
    best = max(scores, key=lambda element: scores[element] * _hint(element))
    return range(*layout.spans[_widen(best, layout, _running_totals(layout, weights))])


def _weights(layout: Layout) -> list[float]:
    """Characters of prose in each block, little counted in comments and the like."""
    known: dict[etree._Element, bool] = {}
    return [
        min(len(block.text), _COUNTED)
        * (_ASIDE if _stands_aside(block.element, known) else 1.0)
        if is_prose(block)
        else 0.0
        for block in layout.blocks
    ]


def _stands_aside(
    element: etree._Element | None, known: dict[etree._Element, bool]
) -> bool:
    """Whether the element or one around it is named like a side part of a page."""
    path: list[etree._Element] = []
    while element is not None and element not in known:
        path.append(element)
        element = element.getparent()
    aside = known[element] if element is not None else False
    for step in reversed(path):
        aside = known[step] = aside or _is_discouraged(step)
    return aside


def _holders(block: Block, layout: Layout) -> Iterator[etree._Element]:
    """The containers of a paragraph, from the inside out.

    A block element with a single block is the paragraph itself; one with several (lines
    parted by <br>) is already the container.
    """
    element = block.element
    if element is None:
        return
    begin, end = layout.spans.get(element, (0, 2))
    container = element if end - begin > 1 else element.getparent()
    while container is not None:
        if container in layout.spans:
            yield container
        container = container.getparent()


def _hint(element: etree._Element) -> float:
    return _FAVOUR if _ENCOURAGING.search(naming(element)) else 1.0


def _is_discouraged(element: etree._Element) -> bool:
    return element.tag in _SIDE_TAGS or bool(_DISCOURAGING.search(naming(element)))


def _running_totals(layout: Layout, weights: list[float]) -> list[tuple[float, int]]:
    """Prose and other characters before each block, to sum up any range."""
    prose, other = 0.0, 0
    totals = [(prose, other)]
    for block, weight in zip(layout.blocks, weights, strict=True):
        prose += weight
        other += 0 if weight else len(block.text)
        totals.append((prose, other))
    return totals


def _widen(
    element: etree._Element, layout: Layout, totals: list[tuple[float, int]]
) -> etree._Element:
    """Climb while the parent adds much prose and little else: bodies cut into boxes."""
    parent = element.getparent()
    while parent is not None and parent in layout.spans and parent.tag != "body":
        prose, other = _sums(layout.spans[element], totals)
        more_prose, more_other = _sums(layout.spans[parent], totals)
        gain = more_prose - prose
        if gain < prose * _GAIN or more_other - other > gain or _is_discouraged(parent):
            break
        element, parent = parent, parent.getparent()
    return element


def _sums(span: tuple[int, int], totals: list[tuple[float, int]]) -> tuple[float, int]:
    (first_prose, first_other), (last_prose, last_other) = (
        totals[span[0]],
        totals[span[1]],
    )
    return last_prose - first_prose, last_other - first_other
