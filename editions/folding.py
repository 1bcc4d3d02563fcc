"""One spelling for text that readers take as the same, whatever script it is written in."""

import unicodedata
from functools import cache

from editions.chains import converter

# Forms that the Simplified standard does not unify, and dots between names.
_VARIANTS = {
    "馀": "余", "於": "于", "着": "着", "著": "着", "乾": "干", "瞭": "了",
    "藉": "借", "徵": "征", "麼": "么", "麽": "么", "囍": "喜", "咲": "笑",
    "覆": "复", "锺": "钟", "髪": "发", "黒": "黑", "覇": "霸", "・": "·", "‧": "·", "•": "·",
}  # fmt: skip


def fold(text: str) -> str:
    """Fold width, script, regional form and case: fold("臺灣 ＡＢＣ") == "台湾 abc".

    Works character by character, so both scripts of a word always meet: 乾隆 folds like
    干隆, which is right for finding and wrong for reading. Folding twice changes nothing.
    """
    return unicodedata.normalize("NFKC", text).translate(_table()).casefold()


@cache
def _table() -> dict[int, str]:
    characters = [
        chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))
    ]
    # A line each: as running text, phrases would decide.
    simplified = converter("zh-hans").convert("\n".join(characters)).split("\n")
    folded = dict(zip(characters, simplified, strict=True)) | _VARIANTS
    return {ord(old): new for old, new in folded.items() if old != new}
