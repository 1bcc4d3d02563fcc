"""What was pasted, as lines with the little mark-up that a story keeps."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from html import escape

from articles.importing.blocks import Block, Run

# Zero-width and direction marks, soft hyphens, controls, halves of characters.
INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]"
)
_LINK = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class RichBlock(Block):
    """A line of rich text. `wrap` is the element around it, `table` a whole table."""

    wrap: str = ""
    table: str = ""

    def html(self) -> str:
        if self.table:
            return self.table
        line = f"<p>{''.join(map(_inline, self.runs))}</p>"
        if self.wrap in ("ul", "ol"):
            return f"<{self.wrap}><li>{line}</li></{self.wrap}>"
        return f"<{self.wrap}>{line}</{self.wrap}>" if self.wrap else line


@dataclass(frozen=True)
class Pasted:
    """`raw` are the words before their punctuation was restored."""

    blocks: tuple[Block, ...]
    raw: str
    origin: str = ""  # whose mark-up was taken away, in words; empty for plain text
    invisible: int = 0
    pictures: int = 0


def joined(paragraphs: Iterable[str]) -> str:
    """One body of several lines: neighbouring items become one list."""
    body = "".join(paragraphs)
    for name in ("ul", "ol", "blockquote"):
        body = body.replace(f"</{name}><{name}>", "")
    return body


def emphasised(block: Block, text: str) -> Block:
    """The block as a bold line of its own, which is how a heading is marked."""
    return replace(block, runs=(replace(block.runs[0], text=text, bold=True),))


def _inline(run: Run) -> str:
    text = escape(run.text, quote=False)
    if run.bold:
        text = f"<strong>{text}</strong>"
    if _LINK.fullmatch(run.href):
        text = f'<a href="{escape(run.href)}">{text}</a>'
    return text
