"""From pasted words to a proposal. Touches no row and reads nothing but its input."""

import re
from collections.abc import Sequence
from dataclasses import replace

from django.core.exceptions import ValidationError

from articles.importing.blocks import Block, blocks_of_text
from articles.importing.body import is_prose
from articles.importing.extraction import judge
from articles.importing.page import ExtractedPage, ExtractedSection
from articles.importing.storing import in_source_script
from articles.importing.text_dump import (
    Top,
    find_dateline,
    find_path,
    is_menu,
    is_paragraph,
    page_under,
    read_lines,
)
from articles.manuscripts.crop import main_part
from articles.manuscripts.evidence import Reading, left_over, mended
from articles.manuscripts.pasted import INVISIBLE, Pasted, emphasised, joined
from articles.manuscripts.proposal import Proposal, ProposedSection
from articles.manuscripts.rich_text import read_rich
from articles.manuscripts.tops import find_top
from articles.richtext import clean_body, is_absurd

MAX_HTML = 1_000_000  # characters
MAX_WORDS = 300_000  # characters, not quite a megabyte; a page of a book has a thousand
MAX_LINES = 5_000

_HEADING = re.compile(
    r"^(?:[■●◆▲★□○◇△▶►]\s*(?P<dot>\S.{1,29})|【(?P<square>.{2,30})】|「(?P<corner>.{2,30})」"
    r"|(?:小标题|小標題|分题|插题)\d{0,2}\s*[：:]\s*(?P<label>\S.{1,29})|#{1,4}\s+(?P<hash>\S.{1,29}))$"
)
_DATED = re.compile(r"[\d年月日时時分秒:：/.\-\s]|来源|來源|发布|發布|时间|時間")
_TITLE_LIKE = 12  # characters beside date and label that make a dateline a title
_TOO_LONG = "粘贴的内容超过 30 万字，没有分析。请分成几篇粘贴。"
_TOO_COMPLEX = "粘贴的格式太复杂，没有分析。请改为只粘贴文字。"
_TOO_MANY_LINES = f"粘贴的内容超过 {MAX_LINES} 行，没有分析。请分成几篇粘贴。"
_EMPTY = "粘贴的内容里没有文字。"


def propose(text: str = "", html: str = "") -> Proposal:
    """Read a manuscript, from its rich form if there is one, else from its plain form.

    Takes a reporter's manuscript as well as a whole page copied with its navigation.
    Never raises: `error` says in Chinese why nothing could be proposed.
    """
    if len(text) > MAX_WORDS:
        return Proposal(error=_TOO_LONG)
    if len(html) > MAX_HTML or is_absurd(html):
        return Proposal(error=_TOO_COMPLEX)
    pasted = (read_rich(html) if html else None) or _read_plain(text)
    if not pasted.blocks:
        return Proposal(error=_EMPTY)
    if len(pasted.raw) > MAX_WORDS:
        return Proposal(error=_TOO_LONG)
    if len(pasted.blocks) > MAX_LINES:
        return Proposal(error=_TOO_MANY_LINES)
    page = _read(pasted.blocks)
    try:
        return _proposal(pasted, judge(page, pasted.raw))
    except ValidationError:
        return Proposal(error=_TOO_COMPLEX)


def _read_plain(text: str) -> Pasted:
    shown, invisible = INVISIBLE.subn(
        "", text.replace("\r\n", "\n").replace("\r", "\n")
    )
    return Pasted(tuple(blocks_of_text(shown)), shown, invisible=invisible)


def _read(blocks: Sequence[Block]) -> ExtractedPage:
    """As a page if it looks like one, else as a manuscript, else line for line."""
    part = main_part(blocks)
    if len(part) < len(blocks) or _is_page(blocks):
        page = read_lines(part, "")
        if not page.error and _holds_most(page, part):
            return page
    lines = _with_marked_headings(blocks)
    top = find_top(lines)
    page = page_under(lines, "", top)
    return _line_for_line(lines, top) if page.error else page


def _is_page(blocks: Sequence[Block]) -> bool:
    """Whether navigation or a dateline shows that it was copied off a page."""
    if find_path(blocks)[0] >= 0 or any(is_menu(block.text) for block in blocks[:10]):
        return True
    dateline = find_dateline(blocks)
    text = next((i for i, block in enumerate(blocks) if is_paragraph(block)), 0)
    if not 0 <= dateline < text:
        return False
    is_title = len(_DATED.sub("", blocks[dateline].text)) > _TITLE_LIKE
    return not (dateline == 0 and is_title)


def _holds_most(page: ExtractedPage, part: Sequence[Block]) -> bool:
    """Whether most of the running text is in it, and was not taken for something else."""
    text = sum(len(block.text) for block in part if is_paragraph(block))
    return len(page.text) * 2 >= text


def _with_marked_headings(blocks: Sequence[Block]) -> list[Block]:
    """Lines that the reporter's own marks make headings, as bold lines without the marks."""
    lines = list(blocks)
    for index, block in enumerate(blocks[1:-1], start=1):
        match = _HEADING.match(block.text)
        if match and is_prose(blocks[index + 1]):
            lines[index] = emphasised(block, next(filter(None, match.groups())))
    return lines


def _line_for_line(blocks: Sequence[Block], top: Top) -> ExtractedPage:
    """Nothing reads like running text: all of it is one part, whatever it is."""
    start = top.after if top.after < len(blocks) else 0
    lines = tuple(block.html() for block in blocks[start:])
    return ExtractedPage(
        "",
        title=top.title if start else "",
        kicker=top.kicker if start else "",
        subtitle=top.subtitle if start else "",
        sections=(ExtractedSection("", "", lines),),
    )


def _proposal(pasted: Pasted, printed: ExtractedPage) -> Proposal:
    page = in_source_script(printed)
    reading = Reading(pasted.blocks, printed)
    proposal = Proposal(
        title=reading.title(page.title),
        kicker=reading.over_or_under("kicker", page.kicker),
        subtitle=reading.over_or_under("subtitle", page.subtitle),
        standfirst=reading.standfirst(page.standfirst),
        source=reading.source(page.source),
        authors=reading.authors(page.authors),
        editors=reading.editors(page.editors),
        published=reading.published(),
        original_url=reading.original_url(),
        script=page.script,
        sections=tuple(
            ProposedSection(
                reading.heading(before, after.heading),
                after.subheading,
                clean_body(joined(after.paragraphs)),
            )
            for before, after in zip(printed.sections, page.sections, strict=True)
        ),
        breadcrumb=page.breadcrumb,
    )
    rest = left_over(pasted.blocks, printed, reading)
    return replace(proposal, cleaned=mended(pasted, printed, rest), left_over=rest)
