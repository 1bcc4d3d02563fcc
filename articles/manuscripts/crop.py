"""The part of a copied page that holds its story, among menus and other stories."""

from collections.abc import Sequence

from articles.importing.blocks import Block
from articles.importing.debris import is_noise
from articles.importing.text_dump import is_paragraph

_COUNTED = 400  # characters of one paragraph
_COST = 25  # characters of text that a line that is no paragraph takes away
_OVER = 25  # lines over the text in which title and dateline stand
_UNDER = 80  # lines under it in which editors may still be named
_MANUSCRIPT = 40  # lines over the text that no manuscript has


def main_part(blocks: Sequence[Block]) -> Sequence[Block]:
    """The lines around the longest run of paragraphs, if much stands above it."""
    begin, end = _densest(blocks)
    if begin <= _MANUSCRIPT:
        return blocks
    return blocks[begin - _OVER : end + _UNDER]


def _densest(blocks: Sequence[Block]) -> tuple[int, int]:
    """The run of blocks with the most text, less what other lines take away."""
    best, best_range = 0, (0, len(blocks))
    total = begin = 0
    for index, block in enumerate(blocks):
        if total <= 0:
            total, begin = 0, index
        total += min(len(block.text), _COUNTED) if _is_text(block) else -_COST
        if total > best:
            best, best_range = total, (begin, index + 1)
    return best_range


def _is_text(block: Block) -> bool:
    return is_paragraph(block) and not is_noise(block)
