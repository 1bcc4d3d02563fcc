"""From the blocks of one article to its fields: the same for a saved page and a dump."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from articles.importing.blocks import Block, Run
from articles.importing.body import is_prose
from articles.importing.bylines import is_signature
from articles.importing.credits import Credits
from articles.importing.dateline import published_at
from articles.importing.debris import (
    bold_captions,
    is_caption,
    is_credit_line,
    is_noise,
    promo_link_length,
    repeats_title,
)
from articles.importing.extent import Outline, find_extent
from articles.importing.signing import read_credits

_EDITOR_BRACKET = re.compile(
    r"\s*[（(\[【]\s*(?:责任编辑|责编|责任编审|編輯|責任編輯|責編|核稿編輯|编辑)[^（）()\[\]【】]{0,40}[）)\]】]\s*\d{0,8}\s*$"
)
_STANDFIRST = re.compile(
    r"^[\[【（(]?\s*(?:摘要|内容摘要|核心提示|内容提要|提要|导读|導讀|导语|【?核心提示】?)\s*[】\])）]?\s*[：:]?\s*(?P<text>.{10,400}?)[\]】]?$"
)


@dataclass(frozen=True)
class Article:
    paragraphs: tuple[Block, ...]
    standfirst: str
    published_at: str | None
    credits: Credits


def read_article(outline: Outline, metadata_time: str | None = None) -> Article:
    """Tell text from credits and debris, and read time, source and people."""
    extent = find_extent(outline)
    paragraphs = _clean(
        [outline.blocks[index] for index in extent.numbers], outline.title
    )
    standfirst, paragraphs = _lift_standfirst(paragraphs)
    return Article(
        tuple(paragraphs),
        standfirst,
        published_at(outline, extent, metadata_time),
        read_credits(outline, extent),
    )


def _clean(blocks: Sequence[Block], title: str) -> list[Block]:
    paragraphs: list[Block] = []
    seen_text = False
    captions = bold_captions(blocks)
    for index, block in enumerate(blocks):
        if index in captions or _is_debris(blocks, index):
            continue
        if not seen_text and _is_prelude(block, title):
            continue
        seen_text = seen_text or is_prose(block)
        kept = _cut_end(block, _debris_length(block))
        if kept.runs:
            paragraphs.append(kept)
    while len(paragraphs) > 1 and is_signature(paragraphs[-1].text):
        paragraphs.pop()
    return paragraphs


def _is_debris(blocks: Sequence[Block], index: int) -> bool:
    """Captions are printed twice on some sites: then both go."""
    block = blocks[index]
    previous = blocks[index - 1] if index else None
    following = blocks[index + 1] if index + 1 < len(blocks) else None
    if (
        following is not None
        and following.text == block.text
        and is_caption(following, block)
    ):
        return True
    return is_noise(block) or is_credit_line(block) or is_caption(block, previous)


def _is_prelude(block: Block, title: str) -> bool:
    """Before the text: the title once more, or a line of ornaments."""
    return repeats_title(block.text, title) or not re.search(r"\w", block.text)


def _debris_length(block: Block) -> int:
    """Characters at the end that are no text: （责任编辑：…）, 返回首页，查看更多."""
    tail = block.text[-80:]
    cut = _EDITOR_BRACKET.search(tail)
    return len(tail) - cut.start() if cut else promo_link_length(block)


def _cut_end(block: Block, length: int) -> Block:
    if not length:
        return block
    left = len(block.text) - length
    runs: list[Run] = []
    for run in block.runs:
        kept = run.text[: max(0, left)]
        left -= len(run.text)
        if kept:
            runs.append(replace(run, text=kept))
    return replace(block, runs=tuple(runs))


def _lift_standfirst(paragraphs: list[Block]) -> tuple[str, list[Block]]:
    """核心提示：… before the text is the standfirst and not the first paragraph."""
    match = _STANDFIRST.match(paragraphs[0].text) if len(paragraphs) > 1 else None
    if match is None:
        return "", paragraphs
    return match["text"].strip(" 】]"), paragraphs[1:]
