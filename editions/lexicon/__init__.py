"""Ordinary words of Simplified Chinese, so that OpenCC does not tear them apart.

OpenCC takes the longest phrase it knows, from left to right. Its list has rare phrases
but few ordinary words, so it reads 美国历史 as 美|国历|史 and prints a calendar. Knowing
the words on both sides of such a place, it reads 美国|历史.

`words.txt` are common words of two characters, after jieba's dictionary (MIT, see
LICENSE-jieba.txt). `neighbours.txt` are pairs that would be torn all the same, because a
rare phrase begins with the whole first word (压力|表示 against the gauge 压力表). Both
are made by `manage.py build_lexicon`; neither holds Traditional forms, so these are
always those of the OpenCC in use. `several_forms.txt` is the part of OpenCC's own
STCharacters (Apache 2.0) with more than one form for a character.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent
WORDS: Final = FOLDER / "words.txt"
NEIGHBOURS: Final = FOLDER / "neighbours.txt"
SEVERAL_FORMS: Final = FOLDER / "several_forms.txt"


def entries(convert: Callable[[str], str]) -> dict[str, str]:
    """Every word and pair with its Traditional form.

    `convert` writes Simplified text in OpenCC's common Traditional; it is called once.
    """
    words = _lines(WORDS)
    pairs = [line.split("|") for line in _lines(NEIGHBOURS)]
    parts = [*words, *(part for pair in pairs for part in pair)]
    forms = dict(zip(parts, convert("\n".join(parts)).split("\n"), strict=True))
    joined = {first + last: forms[first] + forms[last] for first, last in pairs}
    return {word: forms[word] for word in words} | joined


def is_word(word: str) -> bool:
    """Whether it is one of the common words of two characters."""
    return word in _words()


@cache
def several_forms() -> dict[str, tuple[str, ...]]:
    """Simplified characters that stand for several Traditional ones, with those, as
    OpenCC lists them: {"干": ("幹", "乾", "干", …), …}."""
    rows = (line.split() for line in SEVERAL_FORMS.read_text("utf-8").splitlines())
    return {character: tuple(forms) for character, *forms in rows}


@cache
def _words() -> frozenset[str]:
    return frozenset(_lines(WORDS))


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").split()
