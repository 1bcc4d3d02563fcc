"""The body of a section as paragraphs, list items and table rows, with their formatting."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

CELL_BORDER = " │ "
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_LISTS = {"ul": "列表项", "ol": "编号列表项"}
_BLOCKS = {"p", "li", "blockquote", "ul", "ol", "table", "tr"}


@dataclass(frozen=True)
class Mark:
    """How one character looks."""

    strong: bool = False
    href: str = ""


PLAIN = Mark()


@dataclass(frozen=True)
class Block:
    """A paragraph or what stands like one. `marks` has one entry for each character.

    `kind` is what an editor would call it; `depth` counts the lists it is in.
    """

    kind: str
    depth: int
    text: str
    marks: tuple[Mark, ...]


def blocks_of(html: str) -> list[Block]:
    """The blocks of a sanitised body, in order. Empty ones are left out; a line break is
    a line feed, the border of two cells of a table is CELL_BORDER."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_block()
    return reader.blocks


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._open: list[str] = []
        self._links: list[str] = []
        self._heads = self._cells = 0
        self._text: list[str] = []
        self._marks: list[Mark] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        in_table = "tr" in self._open
        if tag in _BLOCKS and not in_table:
            self.end_block()
        if tag == "br":
            self._add("\n")
            return
        if tag == "a":
            self._links.append(dict(attrs).get("href") or "")
        if tag in {"td", "th"}:
            if self._cells:
                self._add(CELL_BORDER, PLAIN)
            self._cells += 1
            self._heads += tag == "th"
        elif tag == "p" and in_table and self._text and self._text[-1] != CELL_BORDER:
            self._add(" ")
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS and (tag == "tr" or "tr" not in self._open):
            self.end_block()
        if tag == "a" and self._links:
            self._links.pop()
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        text = _BLANKS.sub(" ", data)
        if text.startswith(" ") and (
            not self._text or self._text[-1].endswith((" ", "\n"))
        ):
            text = text[1:]
        if text:
            self._add(text)

    def end_block(self) -> None:
        """Close what is being read: its end is where the next block begins, too."""
        text = "".join(self._text)
        kept = text.rstrip(" \n") if not self._cells else text
        if kept.strip(CELL_BORDER):
            kind, depth = self._kind()
            self.blocks.append(
                Block(kind, depth, kept, tuple(self._marks[: len(kept)]))
            )
        self._text, self._marks = [], []
        self._heads = self._cells = 0

    def _add(self, text: str, mark: Mark | None = None) -> None:
        if mark is None:
            mark = Mark("strong" in self._open, self._links[-1] if self._links else "")
        self._text.append(text)
        self._marks += [mark] * len(text)

    def _kind(self) -> tuple[str, int]:
        lists = [tag for tag in self._open if tag in _LISTS]
        if self._cells:
            return "表头行" if self._heads == self._cells else "表格行", 0
        if lists:
            return _LISTS[lists[-1]], len(lists)
        return ("引文" if "blockquote" in self._open else "段落"), 0
