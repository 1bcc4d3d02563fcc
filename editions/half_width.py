"""ASCII and small-form punctuation between Han characters."""

import re
from collections.abc import Iterator
from typing import Final

from editions.addresses import HAN, address_spans
from editions.suspicions import Kind, Suspicion

_FULL: Final = str.maketrans(
    ",.;:?!()﹐﹑﹒﹔﹕﹖﹗﹙﹚", "，。；：？！（），、。；：？！（）"
)
_CLOSERS: Final = "」』》〉）】”’、。，；：？！…"
_OPENERS: Final = "「『《〈（【“‘…"
_BETWEEN_HAN = re.compile(
    rf"(?<=[{HAN}{_CLOSERS}])[,.;:?!()﹐﹑﹒﹔﹕﹖﹗﹙﹚]{{1,3}}(?=[{HAN}{_OPENERS}]|$)",
    re.MULTILINE,
)


def half_width_marks(text: str) -> Iterator[Suspicion]:
    """Marks of half width after Han and before Han or the end of the line; addresses are left out."""
    addresses = list(address_spans(text))
    for match in _BETWEEN_HAN.finditer(text):
        at = match.start()
        if any(start <= at < end for start, end in addresses):
            continue
        found = match[0]
        is_ellipsis = len(found) > 1 and not found.strip(".")
        suggestion = "……" if is_ellipsis else found.translate(_FULL)
        sentence = f"这里的标点“{found}”应为全角的“{suggestion}”。"
        yield Suspicion(at, len(found), found, suggestion, Kind.HALF_WIDTH, sentence)
