"""The plain text of a sample story, as sections with HTML bodies.

Blocks stand between blank lines:

    # first line of a heading         starts a section
    ## second line of the heading     directly below the first
    - item                            bullet list
    1. item                           numbered list
    > words                           quotation
    | cell | cell |                   table, its first row the header
    anything else                     paragraph, one for each line
"""

import re
from dataclasses import dataclass, field
from html import escape

_NUMBER = re.compile(r"\d+\. ")


@dataclass
class SectionText:
    heading: str = ""
    subheading: str = ""
    blocks: list[str] = field(default_factory=list)

    @property
    def body(self) -> str:
        return "".join(self.blocks)


def sections_of(text: str) -> list[SectionText]:
    """Sections in order; words before the first heading make one without a heading."""
    sections: list[SectionText] = []
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = block.strip().splitlines()
        if lines[0].startswith("# "):
            second = lines[1].removeprefix("## ") if len(lines) > 1 else ""
            sections.append(SectionText(lines[0].removeprefix("# "), second))
            continue
        if not sections:
            sections.append(SectionText())
        sections[-1].blocks.append(_html(lines))
    return sections


def _html(lines: list[str]) -> str:
    first = lines[0]
    if first.startswith("- "):
        return _list("ul", [line.removeprefix("- ") for line in lines])
    if _NUMBER.match(first):
        return _list("ol", [_NUMBER.sub("", line, count=1) for line in lines])
    if first.startswith("> "):
        quoted = "<br>".join(escape(line.removeprefix("> ")) for line in lines)
        return f"<blockquote><p>{quoted}</p></blockquote>"
    if first.startswith("| "):
        return _table([_cells(line) for line in lines])
    return "".join(f"<p>{escape(line)}</p>" for line in lines)


def _list(tag: str, items: list[str]) -> str:
    inner = "".join(f"<li><p>{escape(item)}</p></li>" for item in items)
    return f"<{tag}>{inner}</{tag}>"


def _cells(line: str) -> list[str]:
    return [escape(cell.strip()) for cell in line.strip().strip("|").split("|")]


def _table(rows: list[list[str]]) -> str:
    head, *body = rows
    lines = [_row("th", head), *(_row("td", row) for row in body)]
    return f"<table><tbody>{''.join(lines)}</tbody></table>"


def _row(tag: str, cells: list[str]) -> str:
    inner = "".join(f"<{tag}><p>{cell}</p></{tag}>" for cell in cells)
    return f"<tr>{inner}</tr>"
