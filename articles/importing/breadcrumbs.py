"""The path of channels above a title: 首页 > 要闻 > 山西要闻."""

import re
from collections.abc import Sequence

from articles.importing.blocks import Block

_SEPARATOR = re.compile(r"\s*(?:>+|＞+|》+|›|»|→|≫)\s*")
_LEAD = re.compile(
    r"^(?:您?(?:现在|当前|所在|目前)?的?(?:所在)?位置(?:是|为)?|当前位置|所在位置|位置|路径|您在这里|導覽)\s*[:：]*\s*"
)
_NAME = re.compile(r"crumb|path|position|location|weizhi|navpath|dangqian")
_LONGEST_NODE = 20
_WORD = re.compile(r"^[^<]*\w[^<]*$")
_BEFORE = 40  # blocks before the title


def find_breadcrumb(blocks: Sequence[Block], title_index: int) -> tuple[str, ...]:
    """The nodes of the last path line before the title; empty if there is none."""
    for index in range(title_index - 1, max(-1, title_index - _BEFORE), -1):
        block = blocks[index]
        if not (_SEPARATOR.search(block.text) or _NAME.search(block.names)):
            continue
        nodes = split_path(_whole_path(blocks, index))
        if nodes and (len(nodes) > 1 or _NAME.search(block.names)):
            return nodes
    return ()


def split_path(line: str) -> tuple[str, ...]:
    """The nodes of one path line; empty if the line is no path."""
    pieces = _SEPARATOR.split(_LEAD.sub("", line.strip()))
    if len(pieces) == 1:
        pieces = line.split()
    nodes = tuple(node for piece in pieces if (node := piece.strip(" |　")))
    if any(len(node) > _LONGEST_NODE or not _WORD.search(node) for node in nodes):
        return ()
    return nodes


def _whole_path(blocks: Sequence[Block], index: int) -> str:
    """Join cells: 首页 / >发展改革工作 / >投资运行 stand in boxes of their own."""
    text = blocks[index].text
    while index > 0 and _SEPARATOR.match(text):
        index -= 1
        previous = blocks[index].text
        if len(previous) > _LONGEST_NODE + 4:
            break
        text = previous + text
    return text
