"""From bytes to text: what a page says about its encoding is only a hint."""

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w-]{2,20})""", re.IGNORECASE
)
# Pages that say gb2312 use the whole of GBK, and pages that say big5 use Hong Kong's
# additions: the supersets read both.
_SUPERSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "cp950": "big5hkscs",
}
# The wrong one of the two double-byte encodings turns these into rare characters.
_COMMON = frozenset(
    "的一是在不了有和人这這中大为為上个個国國我以要他时時来來用们們生到作地于於出就分对對"
    "成会會可主发發年动動同工也能下过過子说說产產种種面而方后後多定行学學法所民得经經"
    "十三之进進着著等部度家电電力里裡如水化高自二理起小物现現实實加量都两兩体體制机機"
    "当當使点點从從业業本去把性好应應开開它合还還因由其些然前外天政四日那社义義事平形"
    "相全表间間样樣与與关關各重新线線内內数數正心反你明看原又么麼利比或但质質气氣第向"
    "道命此变變条條只没沒结結解问問意建月公无無系军軍很情者最立代想已通并並提直题題党黨"
    "，。、：；（）“”「」《》"
)
# Of the characters: a page cut in the middle of a character is still UTF-8.
_STRAY_SHARE = 0.01


def decode(data: bytes) -> str:
    """The text of a page: UTF-8 if it is, else as declared, else GB18030 or Big5."""
    text = _by_mark(data) or _strictly(data, "utf-8")
    if text is None:
        text = _nearly_utf8(data) or _as_declared(data) or _likelier(data)
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _by_mark(data: bytes) -> str | None:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    return None


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _nearly_utf8(data: bytes) -> str | None:
    text = data.decode("utf-8", errors="replace")
    stray = text.count("\ufffd")
    beyond_ascii = sum(character > "\x7f" for character in text)
    return text if stray <= max(1, beyond_ascii * _STRAY_SHARE) < beyond_ascii else None


def _as_declared(data: bytes) -> str | None:
    match = _DECLARED.search(data[:4096])
    if not match:
        return None
    name = match[1].decode("ascii", errors="replace").lower()
    return _strictly(data, _SUPERSETS.get(name, name))


def _likelier(data: bytes) -> str:
    candidates = [
        data.decode(name, errors="replace") for name in ("gb18030", "big5hkscs")
    ]
    return max(candidates, key=_commonness)


def _commonness(text: str) -> float:
    beyond_ascii = [character for character in text[:50_000] if character > "\x7f"]
    if not beyond_ascii:
        return 0.0
    return sum(character in _COMMON for character in beyond_ascii) / len(beyond_ascii)
