"""How the files of the lexicon are made from a word list. See `manage.py build_lexicon`."""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import Final

# How often a word stands in jieba's corpus, to be read as one word; and to be looked at
# behind another, if it has a character with several forms.
LEAST_FREQUENCY: Final = 300
LEAST_FREQUENCY_BEHIND: Final = 100
MANY: Final = 1000  # a name as frequent as this is a word for everybody
_NAMES: Final = (
    "nr",
    "ns",
    "nt",
    "nz",
    "j",
)  # kinds of words that are no ordinary ones
_WORD: Final = re.compile("[\u4e00-\u9fff]{2}")
# A number with the first half of another word, or a word whose form depends on the text.
_UNFIT: Final = frozenset(
    [
        "一只",
        "两只",
        "几下",
        "几分",
        "几步",
        "几种",
        "余种",
        "团子",
        "的别",
        "不了",
        "原种",
        "鱼种",
        "千步",
        "万历",
    ]
)
# How many of the most frequent characters may stand before any other word as words.
_SINGLES: Final = 500
_CHARACTER: Final = re.compile("[\u4e00-\u9fff]")
# Written in several ways, but in one as a word by itself.
_PLAIN: Final = frozenset("了向几千万家局")


def common_words(
    lines: Iterable[str], *, least: int = LEAST_FREQUENCY, characters: str = ""
) -> list[str]:
    """The words of jieba's dictionary (`word frequency kind` in each line) that serve;
    only those with one of the characters, if any are given."""
    fields = (line.split() for line in lines)
    return sorted(
        word
        for word, frequency, kind in fields
        if _WORD.fullmatch(word)
        and int(frequency) >= least
        and (int(frequency) >= MANY or not kind.startswith(_NAMES))
        and word not in _UNFIT
        and (not characters or set(word) & set(characters))
    )


def torn_neighbours(
    firsts: list[str],
    seconds: list[str],
    convert: Callable[[str], str],
    form: Mapping[str, str],
) -> Iterator[str]:
    """Pairs `first|second` that `convert`, which knows the words, still reads otherwise.

    A single character that makes a word with the first half of the next is left out:
    nobody can tell 太后|来 from 太|后来 without the text.
    """
    known = set(firsts)
    for second in seconds:
        text = "\n".join(first + second for first in firsts)
        for first, found in zip(firsts, convert(text).split("\n"), strict=True):
            is_open = len(first) == 1 and first + second[0] in known
            if not is_open and found != form[first] + form[second]:
                yield f"{first}|{second}"


def single_characters(lines: Iterable[str], several_forms: Container[str]) -> list[str]:
    """The most frequent words of one character; those that are written in several ways
    are left out, for the form depends on the text."""
    fields = (line.split() for line in lines)
    frequencies = {
        word: int(frequency)
        for word, frequency, _ in fields
        if _CHARACTER.fullmatch(word) and (word not in several_forms or word in _PLAIN)
    }
    return sorted(frequencies, key=lambda word: -frequencies[word])[:_SINGLES]
