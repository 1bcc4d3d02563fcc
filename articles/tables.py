"""Tables in the body of a story: each scrolls in a box of its own, figures stand right."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from editions.addresses import HAN
from editions.markup import Kind, Token, attribute_values, tokens

# A quantity as a cell has it: 2,754, 47公里, 约0.17万元, 3.5%. A year or a bus line is none.
_FIGURE = re.compile(
    r"[约近超+\-−±]?[¥￥$]?\d[\d,，. ]*"
    rf"(?:[%％‰℃]|(?![年月日号点时届期路楼层室版级班])[{HAN}]{{1,3}})?"
)
_NOTHING = re.compile(r"[—–\-/\s]*")
_CELLS = ("td", "th")


@dataclass
class _Cell:
    """`place` is where an attribute of its tag would stand."""

    name: str
    place: int
    column: int
    is_wide: bool
    words: str = ""

    @property
    def is_figure(self) -> bool:
        return self.name == "td" and bool(_FIGURE.fullmatch(self.words.strip()))

    @property
    def says_nothing(self) -> bool:
        return bool(_NOTHING.fullmatch(self.words))


def in_boxes(body: str) -> str:
    """Put each table of a sanitised body into a box that scrolls, and mark its figures.

    Everything else is kept byte for byte. A table without its end tag is left alone.
    """
    added: list[tuple[int, str]] = []
    for number, (start, end) in enumerate(_outermost(body), start=1):
        box = f'<div class="scroll" role="region" aria-label="表格 {number}" tabindex="0">'
        figures = _figures(list(_cells(body[start:end])))
        added.append((start, box))
        added += [(start + cell.place, ' class="number"') for cell in figures]
        added.append((end, "</div>"))
    return _with_insertions(body, added)


def _outermost(body: str) -> Iterator[tuple[int, int]]:
    """Where tables begin and end; a table inside a table is a part of it."""
    depth, start = 0, 0
    for token in tokens(body):
        if token.name != "table":
            continue
        if token.kind is Kind.START:
            start = start if depth else token.start
            depth += 1
        elif token.kind is Kind.END and depth:
            depth -= 1
            if not depth:
                yield start, token.end


def _cells(table: str) -> Iterator[_Cell]:
    """Those of the table itself, row by row."""
    depth = column = 0
    cell = None
    for token in tokens(table):
        step = {Kind.START: 1, Kind.END: -1}.get(token.kind, 0)
        if token.name == "table":
            depth += step
        elif token.kind is Kind.TEXT and cell:
            cell.words += table[token.start : token.end]
        elif depth > 1:
            continue
        elif token.name == "tr":
            column = 0
        elif token.name in _CELLS and step > 0:
            cell = _cell(table, token, column)
            column += 1
            yield cell


def _cell(body: str, token: Token, column: int) -> _Cell:
    given = attribute_values(body, token)
    is_wide = any(given.get(name, "1") != "1" for name in ("colspan", "rowspan"))
    return _Cell(token.name, token.start + len("<td"), column, is_wide)


def _figures(cells: list[_Cell]) -> list[_Cell]:
    """Cells to be set right: columns of figures with their heads, or if cells span
    several columns or rows the figures alone."""
    if any(cell.is_wide for cell in cells):
        return [cell for cell in cells if cell.is_figure]
    said = [cell for cell in cells if cell.name == "td" and not cell.says_nothing]
    columns = {cell.column for cell in said if cell.is_figure}
    columns -= {cell.column for cell in said if not cell.is_figure}
    return [cell for cell in cells if cell.column in columns]


def _with_insertions(text: str, places: list[tuple[int, str]]) -> str:
    pieces, position = [], 0
    for place, inserted in places:
        pieces += [text[position:place], inserted]
        position = place
    return "".join([*pieces, text[position:]])
