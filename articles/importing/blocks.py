"""A page as a sequence of blocks: what a reader sees as lines and paragraphs."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from html import escape
from itertools import islice

from lxml import etree, html

from editions.punctuation import restore_full_width

MAX_BLOCKS = 20_000

_BREAKING = frozenset((
    "html", "body", "div", "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li",
    "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tfoot", "tr", "section",
    "article", "header", "footer", "nav", "aside", "main", "form", "figure",
    "figcaption", "blockquote", "pre", "center", "br", "hr", "address", "fieldset",
    "details", "summary",
))  # fmt: skip
_CELLS = frozenset(("td", "th"))
_BOX_TAGS = ("p", "div", "br", "table", "ul", "ol", "dl", "h1", "h2", "h3", "h4", "img")
_UNSEEN = frozenset((
    "head", "script", "style", "noscript", "iframe", "textarea", "template", "svg",
    "math",
))  # fmt: skip
# Controls are not read either, unless somebody forgot to close one and it holds the page.
_CONTROLS = frozenset((
    "select", "option", "button", "label", "video", "audio", "object", "canvas", "map",
))  # fmt: skip
_BOLD = frozenset(("b", "strong"))
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_SPACES = re.compile(r"[\s\u00a0\u3000\u200b\ufeff\ue000-\uf8ff]+")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
# Pages put together from parts close the document in the middle; the parser stops there.
_CLOSING = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)


@dataclass(frozen=True)
class Run:
    text: str
    bold: bool = False
    linked: bool = False
    href: str = ""


@dataclass(frozen=True, eq=False)
class Block:
    """One line or paragraph. `element` is the block element around it, None in a dump."""

    runs: tuple[Run, ...]
    element: etree._Element | None = None
    after_image: bool = False
    before_image: bool = False

    @cached_property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @cached_property
    def tag(self) -> str:
        return "" if self.element is None else self.element.tag

    @cached_property
    def bold(self) -> float:
        return self._share([run for run in self.runs if run.bold])

    @cached_property
    def linked(self) -> float:
        return self._share([run for run in self.runs if run.linked])

    @cached_property
    def names(self) -> str:
        """The class and id of the element and its parent, for hints."""
        return "" if self.element is None else naming(self.element)

    def html(self) -> str:
        """The paragraph as simple HTML; bold is kept where only a part is bold."""
        keep_bold = 0 < self.bold < 1
        parts = [
            f"<strong>{escape(run.text, quote=False)}</strong>"
            if run.bold and keep_bold
            else escape(run.text, quote=False)
            for run in self.runs
        ]
        return f"<p>{''.join(parts)}</p>"

    def _share(self, runs: list[Run]) -> float:
        length = len(self.text.replace(" ", ""))
        return (
            sum(len(run.text.replace(" ", "")) for run in runs) / length
            if length
            else 0.0
        )


@dataclass(frozen=True)
class Layout:
    """The blocks of a page, and for each element the range of blocks inside it.

    The range of an inline element begins with the block that it is part of.
    """

    blocks: list[Block]
    spans: dict[etree._Element, tuple[int, int]]


def naming(element: etree._Element) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}".lower()


def parse(text: str) -> etree._Element | None:
    """The document as a tree, or None if there is nothing in it."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    source = _CLOSING.sub("", _DECLARATION.sub("", text)).encode(
        "utf-8", errors="replace"
    )
    try:
        return html.document_fromstring(source, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def blocks_of_text(text: str) -> list[Block]:
    """One block for each line that is not blank."""
    lines = (line for line in text.split("\n") if _SPACES.sub("", line))
    return [_block([Run(line)]) for line in islice(lines, MAX_BLOCKS)]


def lay_out(root: etree._Element) -> Layout:
    """Read the tree in document order. Time and memory grow with its size only."""
    reader = _Reader(_boxes(root))
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        if event == "start":
            reader.open(element)
        else:
            reader.close(element)
        if len(reader.blocks) >= MAX_BLOCKS:
            break
    reader.flush()
    return Layout(_mark_images(reader.blocks, reader.images), reader.spans)


class _Reader:
    """Collects runs until a block element begins or ends."""

    def __init__(self, boxes: set[etree._Element]) -> None:
        self._boxes = boxes
        self.blocks: list[Block] = []
        self.spans: dict[etree._Element, tuple[int, int]] = {}
        self.images: set[int] = set()
        self._runs: list[Run] = []
        self._stack: list[etree._Element] = []
        self._begins: list[int] = []
        self._hrefs: list[str] = []
        self._unseen = self._bold = self._linked = 0

    def open(self, element: etree._Element) -> None:
        if self._is_breaking(element):
            self.flush()
        elif element.tag in _CELLS:
            self._runs.append(Run(" "))
        elif element.tag == "img":
            self.flush()
            self.images.add(len(self.blocks))
        self._count(element, 1)
        self._stack.append(element)
        self._begins.append(len(self.blocks))
        self._add(element.text)

    def close(self, element: etree._Element) -> None:
        if self._is_breaking(element):
            self.flush()
        self._stack.pop()
        self._count(element, -1)
        begin = self._begins.pop()
        self.spans[element] = (begin, len(self.blocks))
        self._add(element.tail)

    def flush(self) -> None:
        runs, self._runs = self._runs, []
        if any(run.text.strip() for run in runs):
            self.blocks.append(_block(runs, self._holder()))

    def _count(self, element: etree._Element, step: int) -> None:
        self._unseen += step * self._is_unseen(element)
        self._count_link(element, step)
        self._bold += step * _is_bold(element)

    def _count_link(self, element: etree._Element, step: int) -> None:
        if element.tag != "a":
            return
        self._linked += step
        if step > 0:
            self._hrefs.append(element.get("href") or "")
        else:
            self._hrefs.pop()

    def _is_breaking(self, element: etree._Element) -> bool:
        """Cells of a row stay on its line, unless they hold paragraphs of their own."""
        if element.tag in _CELLS:
            row = element.getparent()
            return element in self._boxes or row is None or len(row) == 1
        return element.tag in _BREAKING

    def _is_unseen(self, element: etree._Element) -> bool:
        if element.tag in _CONTROLS:
            return element not in self._boxes
        return element.tag in _UNSEEN

    def _add(self, text: str | None) -> None:
        if text and not self._unseen:
            href = self._hrefs[-1] if self._hrefs else ""
            self._runs.append(Run(text, self._bold > 0, self._linked > 0, href))

    def _holder(self) -> etree._Element | None:
        for element in reversed(self._stack):
            if self._is_breaking(element) and element.tag != "br":
                return element
        return None


def _boxes(root: etree._Element) -> set[etree._Element]:
    """The elements with a paragraph, a box or a broken line inside."""
    found: set[etree._Element] = set()
    for element in root.iter(*_BOX_TAGS):
        for ancestor in element.iterancestors():
            if ancestor in found:
                break
            found.add(ancestor)
    return found


def _is_bold(element: etree._Element) -> bool:
    return element.tag in _BOLD or bool(_BOLD_STYLE.search(element.get("style") or ""))


def _block(runs: Iterable[Run], element: etree._Element | None = None) -> Block:
    """Collapse white space over the whole line and restore its punctuation."""
    tidy: list[Run] = []
    at_edge = True
    for run in runs:
        text = _SPACES.sub(" ", run.text)
        if at_edge:
            text = text.lstrip()
        if text:
            tidy.append(replace(run, text=text))
            at_edge = text.endswith(" ")
    if tidy:
        tidy[-1] = replace(tidy[-1], text=tidy[-1].text.rstrip())
    return Block(_full_width(tidy), element)


def _full_width(runs: list[Run]) -> tuple[Run, ...]:
    """Restored in the whole line, since the neighbour may be in another run."""
    text = restore_full_width("".join(run.text for run in runs))
    result, start = [], 0
    for run in runs:
        end = start + len(run.text)
        result.append(replace(run, text=text[start:end]))
        start = end
    return tuple(run for run in result if run.text)


def _mark_images(blocks: list[Block], images: set[int]) -> list[Block]:
    return [
        Block(block.runs, block.element, index in images, index + 1 in images)
        for index, block in enumerate(blocks)
    ]
