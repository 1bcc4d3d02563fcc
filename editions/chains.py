"""OpenCC converters of the site: stock tables, our own phrases, our regional choices.

Every table used here keeps the number of characters, so offsets survive conversion;
the tables that reword (`TWPhrases`, `HKPhrases`) are left out for that reason and
because a newsroom must not reword what it quotes.
"""

import json
import os
import tempfile
from functools import cache
from pathlib import Path
from typing import Any, Final

import opencc

from editions.phrases import PHRASES

_TABLES = Path(opencc.__file__).parent / "clib" / "share" / "opencc"

# Plain Traditional reads 台 where Taiwan's standard writes 臺.
_HOUSE_HANT = {"臺": "台"}
# Taiwan writes 布 and 帳 in these, OpenCC's own pivot 佈 and 賬.
_HOUSE_TW = {
    "宣佈": "宣布",
    "公佈": "公布",
    "發佈": "發布",
    "頒佈": "頒布",
    "分佈": "分布",
    "賬": "帳",
}
# Hong Kong newsrooms do not use these forms of the Hong Kong government's list.
_HOUSE_HK = dict(zip("説悦閲脱税鋭温羣麪峯啓", "說悅閱脫稅銳溫群麵峰啟", strict=True))
# Read back as Simplified these are not what the regional tables take them for.
_ALREADY_SIMPLIFIED = {"么": "么", "着": "着"}

Config = dict[str, Any]


def _table(name: str) -> Config:
    return {"type": "ocd2", "file": str(_TABLES / f"{name}.ocd2")}


def _inline(entries: dict[str, str]) -> Config:
    return {"type": "inline", "entries": entries}


def _first_of(*tables: Config) -> Config:
    """The first table that knows the text at a position decides."""
    return {"type": "group", "match_policy": "short_circuit", "dicts": list(tables)}


def _longest_of(*tables: Config) -> Config:
    """The longest key at a position decides, then the order of the tables."""
    return {"type": "group", "match_policy": "union", "dicts": list(tables)}


def _to_traditional(*stages: Config) -> Config:
    phrases = _longest_of(
        _inline(PHRASES),
        _table("STPhrases"),
        _table("STPhrases_GeneratedFromRegionalPhrases"),
    )
    chain = [_first_of(phrases, _table("STCharacters")), *stages]
    return _config(phrases, chain)


def _to_simplified() -> Config:
    regional = _first_of(
        _inline(_ALREADY_SIMPLIFIED),
        _longest_of(_table("TWVariantsRevPhrases"), _table("HKVariantsRevPhrases")),
        _table("TWVariantsRev"),
        _table("HKVariantsRev"),
    )
    # Without TSCharactersExt: its results are missing from most fonts.
    simplified = _first_of(_table("TSPhrases"), _table("TSCharacters"))
    return _config(_table("TSPhrases"), [regional, simplified])


def _config(segmentation: Config, chain: list[Config]) -> Config:
    return {
        "name": "site",
        "normalization": [{"dict": _table("CJK_Compatibility_Ideographs")}],
        "segmentation": {"type": "mmseg", "dict": segmentation},
        "conversion_chain": [{"dict": table} for table in chain],
    }


_TAIWAN: Final = _first_of(_table("TWVariantsPhrases"), _table("TWVariants"))
_HONG_KONG: Final = _first_of(_table("HKVariantsPhrases"), _table("HKVariants"))
_CONFIGS: Final = {
    "zh-hans": _to_simplified(),
    "zh-hant": _to_traditional(_TAIWAN, _inline(_HOUSE_HANT)),
    "zh-tw": _to_traditional(_TAIWAN, _inline(_HOUSE_TW)),
    "zh-hk": _to_traditional(_HONG_KONG, _inline(_HOUSE_HK)),
}


@cache
def converter(edition_code: str) -> opencc.OpenCC:
    """Load a converter once per process. It is immutable and shared by all threads."""
    # OpenCC reads a configuration from a path only.
    handle, path = tempfile.mkstemp(suffix=".json")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(_CONFIGS[edition_code], file, ensure_ascii=False)
        return opencc.OpenCC(path)
    finally:
        Path(path).unlink()
