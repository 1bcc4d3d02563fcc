"""Where a line of Chinese may end without tearing a word."""

import re
from collections.abc import Iterator
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

from editions.addresses import HAN
from editions.chains import converter
from editions.conversion import same_length
from editions.segmenting import parts_of, tagged

LONGEST_CHUNK: Final = 8  # characters that small words may be gathered into
LONGEST_WHOLE: Final = 10  # characters, marks included; eleven stand beside a picture

_HAN = re.compile(f"[{HAN}]")
_CLOSING: Final = frozenset("，。、；：？！…—·～）》〉」』】〕｝”’,.;:?!)]}%％‰℃+＋")
_OPENING: Final = frozenset("（《〈「『【〔｛“‘([{#＃￥¥$·")
# Latin words, and numbers as they are written: GPU, Wi-Fi, 0.17, 1-10, 08:18, 3.5%, 3比2,
# 2026年6月17日.
_LATIN_WORD: Final = rf"[^\W_{HAN}]+"
_LATIN = re.compile(
    rf"{_LATIN_WORD}(?:[.,:/&'’+~～－–_@=?#-]+{_LATIN_WORD})*[%％‰℃°+]*"
)
_NUMBERS = re.compile(r"\d[\d.,]*(?:[年月时点分比:]\d[\d.,]*)+[日号分]?")
_ENCLOSED = re.compile(
    r"《[^《》]*》|〈[^〈〉]*〉|“[^“”]*”|‘[^‘’]*’|「[^「」]*」|『[^『』]*』|【[^【】]*】|（[^（）]*）"
    r"|\([^()]*\)|\"[^\"]*\""
)
_NUMERALS: Final = frozenset("零一二两三四五六七八九十百千万亿几")
_ORDINAL = re.compile("[一二三四五六七八九十百]+号")
_UNITS: Final = frozenset(["小时", "车次", "架次", "周年", "世纪"])
_UNITS_BEGIN: Final = frozenset("个位名条段座届期批份台辆艘间所家户人年月日天次场元")
_COUNTS: Final = frozenset("mqt")  # numerals, measures and times, by the segmenter
# Prepositions and the like lead to what follows, even after a number.
_LEADING: Final = frozenset("pcdrx")
# Particles, suffixes, places in space: they hang on to what stands before them.
_HANGING: Final = frozenset(["f", "g", "k", "n", "ng", "q", "y", "zg"])
# Ends of names of places that the dictionary does not know: 白鹭|湖, 余家|坊.
_PLACE_ENDS: Final = frozenset("湖坊镇乡村县街路巷河溪江山岭桥峡岛湾港")
# These lead to what follows, whatever the dictionary calls them.
_LEADS: Final = frozenset("每各本该此这那")


class _Chunk(NamedTuple):
    """Words that stay on one line, and what the segmenter takes the last one for."""

    start: int
    end: int
    tag: str

    @property
    def length(self) -> int:
        return self.end - self.start


def line_breaks(text: str) -> list[int]:
    """Offsets inside `text` at which a line may end, in order.

    Words, names, numbers with their units and short quotations stay whole, small words
    stay with the word that they belong to, and no character is left alone on the last
    line. Blanks are left to the browser, which knows them. Text in either script: the
    dictionary is Simplified, so Traditional text is folded first.
    """
    simplified = same_length(converter("zh-hans").convert, text)
    words = [part for word in tagged(simplified) for part in _parts(*word)]
    ends = list(accumulate(len(word) for word, _ in words))
    if not words or ends[-1] != len(text):
        return []
    chunks = [
        _Chunk(end - len(word), end, tag)
        for end, (word, tag) in zip(ends, words, strict=True)
    ]
    whole = _whole_places(text)
    return [
        left.end
        for left, _ in pairwise(_gathered(simplified, chunks))
        if left.end not in whole and _may_part(text, left.end)
    ]


def _parts(word: str, tag: str) -> Iterator[tuple[str, str]]:
    """The word, or those it is made of if it is too long to stand on one line."""
    if len(word) <= LONGEST_CHUNK:
        yield word, tag
        return
    known = sorted(set(parts_of(word)) - {word}, key=len, reverse=True)
    place = 0
    while rest := word[place:]:
        part = next((part for part in known if rest.startswith(part)), rest)
        yield part, tag
        place += len(part)


def _gathered(text: str, words: list[_Chunk]) -> list[_Chunk]:
    chunks: list[_Chunk] = []
    for word in words:
        if chunks and _belongs_to(text, chunks[-1], word):
            chunks.append(word._replace(start=chunks.pop().start))
        else:
            chunks.append(word)
    return chunks


def _belongs_to(text: str, before: _Chunk, word: _Chunk) -> bool:
    """Whether no line should end between the two."""
    if _is_counted(text, before, word):
        return True
    if not _is_word(text, word.start) or word.end - before.start > LONGEST_CHUNK:
        return False
    if not _is_word(text, before.end - 1):
        return word.tag.startswith("u")
    if (
        _leads(text, before)
        or word.tag.startswith("u")
        or _is_result(text, before, word)
    ):
        return True
    is_last = word.end == len(text) or not _is_word(text, word.end)
    return bool(_ORDINAL.fullmatch(text, word.start, word.end)) or (
        word.length == 1 and (is_last or _hangs_on(text, word))
    )


def _is_counted(text: str, before: _Chunk, word: _Chunk) -> bool:
    """Whether it goes on with the number before: 47|公里, 2754|人, 第一|垄, 两年|半."""
    unit = text[word.start : word.end]
    if not _HAN.match(unit):
        return False
    if _ends_in_figures(text, before):
        return word.length == 1 or word.tag in _COUNTS or _is_unit(unit)
    if before.tag != "m":
        return False
    is_bare = text[before.end - 1] in _NUMERALS and word.tag not in _LEADING
    return word.tag in _COUNTS or (word.length == 1 and is_bare)


def _is_result(text: str, before: _Chunk, word: _Chunk) -> bool:
    """Whether it says how far the verb before it came: 征集|到."""
    return text[word.start : word.end] == "到" and before.tag.startswith("v")


def _is_unit(word: str) -> bool:
    return word in _UNITS or (len(word) == 2 and word[0] in _UNITS_BEGIN)


def _ends_in_figures(text: str, chunk: _Chunk) -> bool:
    """Whether it ends in a number or in what counts like one: 47, 3.5%, Ⅱ."""
    last = text[chunk.end - 1]
    return last in "%％‰℃" or (last.isnumeric() and not _HAN.match(last))


def _leads(text: str, word: _Chunk) -> bool:
    """Whether it is a small word that belongs to what follows."""
    is_small = word.length == 1 and bool(_HAN.match(text[word.start]))
    return is_small and not _hangs_on(text, word)


def _hangs_on(text: str, word: _Chunk) -> bool:
    """Whether it belongs to what stands before it, if anything does that it can follow."""
    before = text[word.start - 1] if word.start else ""
    if not before.isalnum() or before == "的" or text[word.start] in _LEADS:
        return word.tag.startswith("u")
    is_place = text[word.start] in _PLACE_ENDS and word.tag.startswith("n")
    return is_place or word.tag in _HANGING or word.tag.startswith("u")


def _is_word(text: str, place: int) -> bool:
    """Whether a letter, Han or other, or a digit stands there: no mark and no blank."""
    return text[place].isalnum()


def _may_part(text: str, place: int) -> bool:
    before, after = text[place - 1], text[place]
    is_at_mark = before in _OPENING or after in _CLOSING
    return not (is_at_mark or before.isspace() or after.isspace())


def _whole_places(text: str) -> set[int]:
    """Offsets inside Latin words, numbers and quotations that fit on a line."""
    places: set[int] = set()
    for pattern in (_LATIN, _NUMBERS):
        for match in pattern.finditer(text):
            places.update(range(match.start() + 1, match.end()))
    for match in _ENCLOSED.finditer(text):
        start, end = match.span()
        fits = end - start <= LONGEST_WHOLE
        places.update(range(start + 1, end) if fits else (start + 1, end - 1))
    return places
