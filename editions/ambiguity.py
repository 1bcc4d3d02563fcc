"""Characters that have several forms in another script, and where the choice is doubtful.

A converter decides about 干 by the words around it, and is sometimes wrong. These are the
places that a person should look at, and why.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, lru_cache
from itertools import accumulate
from typing import Final, NamedTuple

from editions import lexicon
from editions.catalogue import HANS, Script, by_code
from editions.chains import converter, regional_converter
from editions.contexts import context_spans
from editions.conversion import convert
from editions.name_forms import FIRST_IN_NAMES, LATER_IN_NAMES
from editions.names import name_spans, person_name_in
from editions.segmenting import tagged, words_of

# Of the words that hold a character, the share with one form that makes it the usual one.
_NEARLY_ALL: Final = 0.9
# As words of their own these mean several things: 干 to do or dry, 面 a face or noodles.
_SEVERAL_MEANINGS: Final = frozenset(
    "干发面复系只斗谷松卷表钟历尽准余台冲制注志采折扎卤须征姜丑占尝签并划喂吊游获布托蒙舍御咸曲"
)
# Names write these otherwise than ordinary words do, and not every family alike.
_TOLD_BY_THE_FAMILY: Final = frozenset([*FIRST_IN_NAMES, *LATER_IN_NAMES])
# Traditional characters of the news that Simplified text keeps in some words or names; the
# first form is the usual one. The part of OpenCC's TSCharacters (Apache 2.0) that matters.
_LISTED_SIMPLIFIED: Final = (
    "乾干乾 餘余馀 瞭了瞭 藉借藉 徵征徵 夥伙夥 於于於 覆复覆 鍾钟锺 畫画划 像像象 著着著 釐厘釐 "
    "祕秘祕 鉅巨钜 沈沈沉 瀋沈渖 彷仿彷 麼么麽 堃坤堃 喆哲喆 昇升昇 邨村邨 甯宁甯 淼淼渺"
)
_SEVERAL_SIMPLIFIED: Final[dict[str, tuple[str, ...]]] = {
    listed[0]: tuple(listed[1:]) for listed in _LISTED_SIMPLIFIED.split()
}


class Doubt(StrEnum):
    """Why a person should look at a place. The value is for the page's markup."""

    WORD = "word"  # the word by itself has another form
    ALONE = "alone"  # no word tells, and the character's words do not agree
    NAME = "name"  # within a person's name, where other forms are usual


@dataclass(frozen=True, slots=True)
class Place:
    """One character of a text that could have been written otherwise.

    `offset` counts code points of the text; `form` is what the edition has, `forms` all
    that the character can become, `form` among them. `word` is the word around it.
    """

    offset: int
    character: str
    form: str
    forms: tuple[str, ...]
    word: str
    word_start: int
    doubts: tuple[Doubt, ...] = ()


def forms_of(character: str, edition_code: str) -> tuple[str, ...]:
    """What the edition can make of it, the usual form first; empty unless several.

    The character is of the other script than the edition.
    """
    return _forms(edition_code).get(character, ())


def form_in_other(character: str, form: str, edition_code: str, other_code: str) -> str:
    """The form of the other Traditional edition that says the same: 裡 is 裏 in zh-hk."""
    region, other = regional_converter(edition_code), regional_converter(other_code)
    return next(
        (
            other.convert(common)
            for common in lexicon.several_forms().get(character, ())
            if region.convert(common) == form
        ),
        form,
    )


def places_in(text: str, converted: str, edition_code: str) -> list[Place]:
    """Every character of the text with several forms, in order, and what is doubtful.

    `converted` is the text in the edition, of the same length; raises ValueError if not.
    """
    if len(text) != len(converted):
        message = "the text and its conversion do not go side by side"
        raise ValueError(message)
    if not any(character in _forms(edition_code) for character in text):
        return []
    return list(_places(text, converted, edition_code))


def _places(text: str, converted: str, edition_code: str) -> Iterator[Place]:
    is_simplified = by_code(edition_code).script != HANS
    # The segmenter knows Simplified words.
    words = words_of(text if is_simplified else converted)
    told = set(_offsets(context_spans(text))) if is_simplified else set()
    named = _named(text, edition_code) if is_simplified else {}
    ends = accumulate(len(word) for word in words)
    for word, end in zip(words, ends, strict=True):
        for at in range(end - len(word), end):
            forms = forms_of(text[at], edition_code)
            if not forms:
                continue
            name = named.get(at)
            start, stop = name.span if name else (end - len(word), end)
            place = Place(
                offset=at,
                character=text[at],
                form=converted[at],
                forms=forms if converted[at] in forms else (converted[at], *forms),
                word=text[start:stop],
                word_start=start,
            )
            doubts = () if at in told else _doubts(place, edition_code, name)
            yield replace(place, doubts=doubts)


def _doubts(place: Place, edition_code: str, name: "_Name | None") -> tuple[Doubt, ...]:
    if name:
        is_told = place.character not in _TOLD_BY_THE_FAMILY
        return () if is_told and place.form == name.form else (Doubt.NAME,)
    if len(place.word) == 1:
        is_usual = place.form == usual_form(place.character, edition_code)
        is_certain = is_usual or place.character not in _SEVERAL_MEANINGS
        return () if is_certain else (Doubt.ALONE,)
    by_itself = _word_in(place.word, edition_code)
    is_same = by_itself[place.offset - place.word_start] == place.form
    return () if is_same else (Doubt.WORD,)


def usual_form(character: str, edition_code: str) -> str:
    """The form that nearly all common words with the character have; empty if none."""
    if by_code(edition_code).script == HANS:
        return next(iter(forms_of(character, edition_code)), "")
    return _usual(edition_code).get(character, "")


class _Name(NamedTuple):
    """A person's name around a character, and the form that names have of it."""

    span: tuple[int, int]
    form: str


def _named(text: str, edition_code: str) -> dict[int, _Name]:
    """Names by the offsets of their characters."""
    named: dict[int, _Name] = {}
    start = 0
    for word, kind in tagged(text):
        end = start + len(word)
        is_name = kind.startswith("nr") and len(word) > 1
        if is_name and not lexicon.is_word(word):
            usual = person_name_in(word, edition_code)
            named |= {
                start + at: _Name((start, end), form) for at, form in enumerate(usual)
            }
        start = end
    for first, last, form in name_spans(text):
        for at in range(first, last):
            span = named[at].span if at in named else (first, last)
            named[at] = _Name(span, form or text[at])
    return named


def _offsets(spans: Iterator[tuple[int, int, str | None]]) -> Iterator[int]:
    for start, end, _ in spans:
        yield from range(start, end)


@lru_cache(maxsize=4096)
def _word_in(word: str, edition_code: str) -> str:
    source: Script = "zh-Hant" if by_code(edition_code).script == HANS else HANS
    return convert(word, edition_code, source=source)


@cache
def _forms(edition_code: str) -> dict[str, tuple[str, ...]]:
    """Of each character, if the edition's region still tells its forms apart."""
    if by_code(edition_code).script == HANS:
        return _SEVERAL_SIMPLIFIED
    region = regional_converter(edition_code)
    regional = (
        (character, tuple(dict.fromkeys(map(region.convert, forms))))
        for character, forms in lexicon.several_forms().items()
    )
    return {character: forms for character, forms in regional if len(forms) > 1}


@cache
def _usual(edition_code: str) -> dict[str, str]:
    counts: dict[str, Counter[str]] = {}
    words = lexicon.entries(converter(edition_code).convert)
    several = _forms(edition_code)
    for word, written in words.items():
        for character, form in zip(word, written, strict=True):
            if character in several:
                counts.setdefault(character, Counter())[form] += 1
    leading = {
        character: count.most_common(1)[0] for character, count in counts.items()
    }
    return {
        character: form
        for character, (form, number) in leading.items()
        if number >= _NEARLY_ALL * counts[character].total()
    }
