"""Rich text from the clipboard: of Word, of a messenger's article, of any web page."""

import re
from dataclasses import replace
from html import escape

from lxml import etree

from articles.importing.blocks import Block, Run, lay_out, parse
from articles.importing.text_dump import is_kicker, is_paragraph, may_be_title
from articles.manuscripts.pasted import INVISIBLE, Pasted, RichBlock

_WORD = re.compile(r"class=[\"']?Mso|urn:schemas-microsoft-com|mso-", re.IGNORECASE)
_MESSENGER = re.compile(
    r"rich_media|js_content|data-tools=|mmbiz|powered-by|data-mpa", re.IGNORECASE
)
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_DROPPED = ("style", "script", "xml", "title", "meta", "link")
_LISTED = re.compile(r"mso-list\s*:\s*l\d", re.IGNORECASE)
_MARKER = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
_COUNTED = re.compile(r"[\da-zA-Z]{1,3}[.)、．）]")
_BULLET = re.compile(r"[^\w\s]|[o\uf000-\uf0ff]")
_MOST_CELLS = 600
_LONGEST_CELL = 300  # characters; boxes of a page's layout hold more


def read_rich(html: str) -> Pasted | None:
    """The lines of `html`, or None if there are none. Depth and size are checked before."""
    root = parse(html)
    if root is None:
        return None
    pictures = sum(1 for _ in root.iter("img", "{*}imagedata"))
    _drop_unseen(root)
    invisible = _drop_invisible(root)
    _make_list_items(root)
    for element in root.xpath("//p[contains(@class, 'MsoTitle')]"):
        element.tag = "h1"
    raw = "\n".join(root.itertext())
    layout = lay_out(root)
    tables = {
        layout.spans[table]: _table_html(table)
        for table in root.iter("table")
        if table in layout.spans and _holds_data(table)
    }
    blocks = _with_tables([_rich(block) for block in layout.blocks], tables)
    if not blocks:
        return None
    _settle_first_headings(blocks)
    return Pasted(tuple(blocks), raw, _origin(html), invisible, pictures)


def _origin(html: str) -> str:
    if _WORD.search(html):
        return " Word 的格式"
    return "公众号的样式" if _MESSENGER.search(html) else "网页的样式"


def _drop_unseen(root: etree._Element) -> None:
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.getparent() is None:
            continue
        if element.tag in _DROPPED or _HIDDEN.search(element.get("style") or ""):
            element.drop_tree()


def _drop_invisible(root: etree._Element) -> int:
    """Take the invisible characters out, and say how many there were."""
    count = 0
    for element in root.iter():
        for place in ("text", "tail"):
            text = getattr(element, place)
            if text and INVISIBLE.search(text):
                shown, found = INVISIBLE.subn("", text)
                setattr(element, place, shown)
                count += found
    return count


def _make_list_items(root: etree._Element) -> None:
    """Word writes an item as a paragraph with its number or bullet in a span.

    Numbers that a plain list could not show, and those of headings, stay as words.
    """
    for paragraph in root.xpath("//p[contains(@style, 'mso-list')]"):
        if not _LISTED.search(paragraph.get("style")):
            continue
        marker = ""
        for span in paragraph.xpath(".//span[contains(@style, 'mso-list')]"):
            if _MARKER.search(span.get("style")):
                marker = "".join(span.itertext()).strip()
                span.drop_tree()
                break
        if _is_all_bold(paragraph) or not _is_plain(marker):
            paragraph.text = marker + (paragraph.text or "")
            continue
        paragraph.tag = "li"
        paragraph.set("type", "1" if _COUNTED.fullmatch(marker) else "disc")


def _is_plain(marker: str) -> bool:
    return bool(_COUNTED.fullmatch(marker) or _BULLET.fullmatch(marker))


def _is_all_bold(paragraph: etree._Element) -> bool:
    bold = "".join("".join(part.itertext()) for part in paragraph.iter("b", "strong"))
    return bool(bold.strip()) and len(bold) >= len("".join(paragraph.itertext()))


def _rich(block: Block) -> RichBlock:
    return RichBlock(
        block.runs,
        block.element,
        block.after_image,
        block.before_image,
        wrap=_wrap_of(block.element),
    )


def _wrap_of(element: etree._Element | None) -> str:
    while element is not None:
        if element.tag == "li":
            holder = element.getparent()
            is_counted = element.get("type") == "1" or (
                holder is not None and holder.tag == "ol"
            )
            return "ol" if is_counted else "ul"
        if element.tag == "blockquote":
            return "blockquote"
        element = element.getparent()
    return ""


def _holds_data(table: etree._Element) -> bool:
    """Whether it is a table of facts: rows of short cells, and no table inside."""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    rows = [row for row in table.iter("tr") if len(row) > 1]
    cells = [cell for row in rows for cell in row]
    return (
        len(rows) > 1
        and len(cells) <= _MOST_CELLS
        and all(len(_words(cell)) <= _LONGEST_CELL for cell in cells)
    )


def _table_html(table: etree._Element) -> str:
    rows = []
    for row in table.iter("tr"):
        cells = [
            f"<{cell.tag}><p>{escape(_words(cell), quote=False)}</p></{cell.tag}>"
            for cell in row
            if cell.tag in ("td", "th")
        ]
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table><tbody>{''.join(rows)}</tbody></table>"


def _words(cell: etree._Element) -> str:
    return " ".join("".join(cell.itertext()).split())


def _with_tables(
    blocks: list[RichBlock], tables: dict[tuple[int, int], str]
) -> list[RichBlock]:
    """A table is one block, so that none of its lines is taken for anything else."""
    for (begin, end), html in sorted(tables.items(), reverse=True):
        if end > begin:
            words = " ".join(block.text for block in blocks[begin:end])
            blocks[begin:end] = [
                RichBlock((Run(words),), blocks[begin].element, table=html)
            ]
    return blocks


def _settle_first_headings(blocks: list[RichBlock]) -> None:
    """Leave <h1> to the title alone; the others head sections, like <h2>."""
    heads = [index for index, block in enumerate(blocks) if block.tag == "h1"]
    if not heads:
        return
    first = heads[0]
    over = [block for block in blocks[:first] if may_be_title(block)]
    others = any(blocks[index].element is not blocks[first].element for index in heads)
    text_is_over = any(is_paragraph(block) for block in blocks[:first])
    line_is_over = bool(over) and not is_kicker(over[-1].text, blocks[first].text)
    keeps = not text_is_over and not (others and line_is_over)
    title = blocks[first].element if keeps else None
    for index in heads:
        element = blocks[index].element
        if element is not None and element is not title:
            element.tag = "h2"
            blocks[index] = replace(blocks[index])  # with nothing remembered
