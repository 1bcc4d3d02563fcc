"""OpenCC converters of the site: stock tables, our own phrases, our regional choices.

Text becomes OpenCC's common Traditional in three readings that vote, and then that of a
region.

Every table used here keeps the number of characters, so offsets survive conversion;
the tables that reword (`TWPhrases`, `HKPhrases`) are left out for that reason and
because a newsroom must not reword what it quotes.
"""

import json
import os
import tempfile
from functools import cache
from pathlib import Path
from typing import Any, Final, Protocol

import opencc

from editions import lexicon
from editions.name_forms import ALONE, IN_NAMES
from editions.phrases import PHRASES
from editions.segmenting import words_of

_TABLES = Path(opencc.__file__).parent / "clib" / "share" / "opencc"

# Newsrooms do not write these of OpenCC's forms: 孃家, 銷燬, 巖洞, 心絃, 翫忽.
_HOUSE = dict(
    zip("孃燬巖絃翫淩脣皁菴廕闇霑讎谿", "娘毀岩弦玩凌唇皂庵蔭暗沾仇溪", strict=True)
)
# Plain Traditional reads 台 and 樑 where Taiwan's standard writes 臺 and 梁.
_HOUSE_HANT = {"臺": "台", "鼻梁": "鼻樑", "偷梁換柱": "偷樑換柱"}
# Taiwan writes 布, 帳, 畫 and 迴 in these, OpenCC's own pivot 佈, 賬, 劃 and 回.
_HOUSE_TW = {
    "宣佈": "宣布",
    "公佈": "公布",
    "發佈": "發布",
    "頒佈": "頒布",
    "分佈": "分布",
    "賬": "帳",
    "計劃": "計畫",
    "回流": "迴流",
}
# Hong Kong newsrooms do not use these forms of the Hong Kong government's list. 麪 they
# do: it is the form of that list and of schoolbooks. 恒 and 艷 are what Hong Kong's names have.
_HOUSE_HK = dict(
    zip("説悦閲脱税鋭温羣峯啓恆豔", "說悅閱脫稅銳溫群峰啟恒艷", strict=True)
)
# Read back as Simplified these are not what the regional tables take them for.
_ALREADY_SIMPLIFIED = {"么": "么", "着": "着"}

_BETWEEN_WORDS: Final = "\x1f"
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


def _to_traditional(own: dict[str, str]) -> Config:
    phrases = _longest_of(
        _inline(own),
        _table("STPhrases"),
        _table("STPhrases_GeneratedFromRegionalPhrases"),
    )
    characters = _first_of(phrases, _inline(ALONE), _table("STCharacters"))
    return _config(phrases, [characters])


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


def _config(segmentation: Config | None, chain: list[Config]) -> Config:
    config: Config = {
        "name": "site",
        "normalization": [{"dict": _table("CJK_Compatibility_Ideographs")}],
        "conversion_chain": [{"dict": table} for table in chain],
    }
    if segmentation:
        config["segmentation"] = {"type": "mmseg", "dict": segmentation}
    return config


_TAIWAN: Final = _first_of(_table("TWVariantsPhrases"), _table("TWVariants"))
_HONG_KONG: Final = _first_of(_table("HKVariantsPhrases"), _table("HKVariants"))
# What follows OpenCC's common Traditional, region by region.
_STAGES: Final[dict[str, tuple[Config, ...]]] = {
    "zh-hant": (_TAIWAN, _inline(_HOUSE | _HOUSE_HANT)),
    "zh-tw": (_TAIWAN, _inline(_HOUSE | _HOUSE_TW)),
    "zh-hk": (_HONG_KONG, _inline(_HOUSE | _HOUSE_HK)),
}


class Converter(Protocol):
    """What converts one text, keeping its number of characters."""

    def convert(self, text: str) -> str: ...


@cache
def converter(edition_code: str) -> Converter:
    """Load a converter once per process. It is immutable and shared by all threads."""
    if edition_code == "zh-hans":
        return _load(_to_simplified())
    return _Voting(_readings(), regional_converter(edition_code))


@cache
def regional_converter(edition_code: str) -> Converter:
    """From OpenCC's common Traditional to the characters of a Traditional edition."""
    return _load(_config(None, list(_STAGES[edition_code])))


def pivot_converter(own: dict[str, str]) -> opencc.OpenCC:
    """A converter to OpenCC's common Traditional with these phrases besides its own."""
    return _load(_to_traditional(own))


@cache
def name_converter(edition_code: str) -> Converter:
    """Character by character, without phrases: what a person's name asks for.

    `edition_code` is a Traditional edition. See editions.names for the forms that names
    keep.
    """
    forms = _first_of(_inline(IN_NAMES), _table("STCharacters"))
    return _load(_config(None, [forms, *_STAGES[edition_code]]))


@cache
def _readings() -> tuple[opencc.OpenCC, opencc.OpenCC]:
    """To OpenCC's common Traditional: with our phrases alone, and with the lexicon."""
    plain = pivot_converter(PHRASES)
    return plain, pivot_converter(lexicon.entries(plain.convert) | PHRASES)


class _Voting:
    """Three readings of the text, of which two decide about each character.

    OpenCC's phrases and the lexicon's words each cut some sentence wrongly, but seldom
    the same one. Where they differ the segmenter's words, each converted by itself, have
    the third vote.
    """

    def __init__(self, readings: tuple[Converter, Converter], stage: Converter) -> None:
        self._phrases, self._words = readings
        self._stage = stage

    def convert(self, text: str) -> str:
        one, other = self._phrases.convert(text), self._words.convert(text)
        if one != other and len(one) == len(other) == len(text):
            one = self._decided(text, one, other)
        return self._stage.convert(one)

    def _decided(self, text: str, one: str, other: str) -> str:
        """Line by line, so that only lines in doubt are cut into words."""
        decided = one.split("\n")
        lines = zip(text.split("\n"), decided, other.split("\n"), strict=True)
        doubtful = {
            number: (line, second)
            for number, (line, first, second) in enumerate(lines)
            if first != second
        }
        third = self._word_by_word([line for line, _ in doubtful.values()])
        for (number, (_, second)), words in zip(doubtful.items(), third, strict=True):
            if len(words) == len(second):
                votes = zip(decided[number], second, words, strict=True)
                decided[number] = "".join(b if b == c else a for a, b, c in votes)
        return "\n".join(decided)

    def _word_by_word(self, lines: list[str]) -> list[str]:
        """In one call: no phrase goes across the mark between words."""
        cut = "\n".join(_BETWEEN_WORDS.join(words_of(line)) for line in lines)
        return self._words.convert(cut).replace(_BETWEEN_WORDS, "").split("\n")


def _load(config: Config) -> opencc.OpenCC:
    # OpenCC reads a configuration from a path only.
    handle, path = tempfile.mkstemp(suffix=".json")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(config, file, ensure_ascii=False)
        return opencc.OpenCC(path)
    finally:
        Path(path).unlink()
