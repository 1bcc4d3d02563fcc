"""Web and e-mail addresses inside running text, which no conversion may touch."""

import re
from collections.abc import Iterator
from typing import Final

HAN: Final = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"

# Chinese text often follows an address without a space. Han characters belong to the
# address only where a path or query part begins with them, and a full stop or bracket
# at the end belongs to the sentence.
_ADDRESS = re.compile(
    r"(?:https?://|ftp://|(?<![A-Za-z0-9])www\.)"
    r"[A-Za-z0-9\-._~:/?#\[\]@!$&()*+,;=%]*+"
    rf"(?:(?<=[/=#?&])[{HAN}]++[A-Za-z0-9\-._~:/?#\[\]@!$&()*+,;=%]*+)*+"
    r"|(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}+"
    rf"@(?:[A-Za-z0-9-]++|[{HAN}]++)(?:\.[A-Za-z0-9-]++)++"
)
_SENTENCE_END = ".,;:!?)]"


def address_spans(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of each address, in order, without the punctuation that follows it."""
    if "://" not in text and "@" not in text and "www." not in text:
        return
    for match in _ADDRESS.finditer(text):
        start, end = match.span()
        yield start, start + len(text[start:end].rstrip(_SENTENCE_END))
