"""Which script a text is written in, and what a careless converter did to it."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from editions.catalogue import HANS, HANT
from editions.chains import converter

TextScript = Literal["zh-Hans", "zh-Hant", "mixed", "both"]

_SURROGATE = re.compile("[\ud800-\udfff]")  # OpenCC refuses them
_HAN = re.compile("[\u3400-\u9fff]")
# Simplified by the national standard, but written so in Hong Kong's Traditional too.
_HONG_KONG_FORMS = frozenset("着温户卧兑脱税悦蜕葱叁峰群")
# Simplified forms that Big5 happens to hold as rare characters of their own.
_SIMPLIFIED_IN_BIG5 = frozenset("万与无体网乱双听机虫宁厂广")
_MIXED_COUNT: Final = 2
_MIXED_SHARE: Final = 0.03

# Forms that careful writers of Traditional text use side by side.
_SAME_WORD = [
    "爲為",
    "裏裡里",
    "臺台檯颱枱",
    "羣群",
    "衆眾",
    "峯峰",
    "説說",
    "温溫",
    "衞衛",
    "喫吃",
    "纔才",
    "麪麵",
    "牀床",
    "啓啟",
    "祕秘",
    "綫線",
    "覈核",
    "戶户",
    "脱脫",
    "鋭銳",
    "税稅",
    "閲閱",
    "悦悅",
    "麽麼么",
    "溼濕",
    "污汙",
    "着著",
    "週周",
    "佈布",
    "佔占",
    "迴回",
    "鑑鑒",
    "蹟跡",
    "蹤踪",
    "恆恒",
    "豔艷",
    "甕瓮",
    "瞭了",
    "嚮向",
    "傢家",
    "俱具",
    "傭佣",
    "僱雇",
    "餵喂",
    "託托",
    "註注",
    "闢辟",
    "併並并",
    "捲卷",
    "癥症",
    "鉅巨",
    "藉借",
    "讚贊",
    "慾欲",
    "畫劃划",
    "帳賬",
    "颳刮",
    "摺折",
    "菸煙烟",
    "衚胡",
    "衕同",
    "嘆歎",
    "姦奸",
    "兇凶",
    "昇陞升",
    "嚐嘗",
    "蓆席",
    "癒愈",
    "鬨哄",
    "盃杯",
    "唸念",
    "溪谿",
    "粧妝",
    "甦蘇",
    "剋克",
    "侷局",
    "弔吊",
    "樑梁",
    "薰熏",
    "游遊",
]
_CANONICAL = str.maketrans(
    {form: group[0] for group in _SAME_WORD for form in group[1:]}
)


@dataclass(frozen=True, slots=True)
class Suspicious:
    """A character that a careful converter would have written as `suggestion`.

    `offset` counts characters from the start of the text that was examined.
    """

    text: str
    offset: int
    suggestion: str


def script_of(text: str) -> TextScript:
    """Tell the script by characters that only one of the two scripts has.

    "both" means that nothing in the text tells them apart; "mixed" that at least two
    characters, and 3 in 100 of the telling ones, belong to the other script.
    """
    simplified = traditional = 0
    for character in _HAN.findall(text):
        simplified += is_only_simplified(character)
        traditional += is_only_traditional(character)
    minority = min(simplified, traditional)
    if simplified == traditional == 0:
        return "both"
    if (
        minority >= _MIXED_COUNT
        and minority / (simplified + traditional) >= _MIXED_SHARE
    ):
        return "mixed"
    return HANS if simplified > traditional else HANT


@cache
def is_only_simplified(character: str) -> bool:
    """True if no Traditional text is likely to hold this character."""
    if character in _SIMPLIFIED_IN_BIG5:
        return True
    return (
        _is_in("gb2312", character)
        and not _is_in("big5", character)
        and character not in _HONG_KONG_FORMS
    )


@cache
def is_only_traditional(character: str) -> bool:
    """True if no Simplified text is likely to hold this character."""
    return _is_in("big5", character) and not _is_in("gb2312", character)


def _is_in(encoding: str, character: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def suspicious(text: str) -> list[Suspicious]:
    """Find what a character-by-character conversion left wrong in Traditional text.

    The text is read back as Simplified and converted anew with phrases; where the two
    differ in more than a regional form, the new one is the suggestion. Names and rare
    words that the phrase tables get wrong are reported now and then.
    """
    simplified = converter("zh-hans").convert(_SURROGATE.sub("\ufffd", text))
    careful = converter("zh-hant").convert(simplified)
    if not len(text) == len(simplified) == len(careful):
        return []
    found = []
    for offset, (written, expected) in enumerate(zip(text, careful, strict=True)):
        if written == expected or not _HAN.match(written):
            continue
        if written.translate(_CANONICAL) != expected.translate(_CANONICAL):
            found.append(Suspicious(written, offset, expected))
    return found
