"""Initials of what is said: 老街 is lj. Only for texts that are indexed, never for queries."""

import re
from bisect import bisect_left

from search.tokens import HAN, INITIALS, RUNS, folded_with_places

FEWEST, MOST = 2, 8  # letters that somebody may type as initials
_TYPED = re.compile(rf"[a-z][a-z0-9]{{{FEWEST - 1},{MOST - 1}}}")
_HAN = re.compile(f"[{HAN}]")


def are_initials(folded_text: str) -> bool:
    """Whether somebody may have typed this for Chinese words."""
    return bool(_TYPED.fullmatch(folded_text))


def initial_tokens(text: str, script: str, starts: list[int]) -> list[str]:
    """Tokens of the initials from each of these places of the text on, so that the
    beginning of a word is found. A heteronym in no phrase that pypinyin knows has its
    usual reading."""
    # 0.4 s, for the processes that publish; most only read.
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415

    folded_text, places = folded_with_places(text, script)
    letters: list[str] = []
    for run in RUNS.finditer(folded_text):
        is_han = bool(_HAN.match(run.group()))
        said = (
            lazy_pinyin(run.group(), style=Style.FIRST_LETTER)
            if is_han
            else list(run.group())
        )
        letters += [""] * (run.start() - len(letters)) + said
    at = [bisect_left(places, start) for start in starts]
    found = ("".join(letters[start:])[:MOST] for start in at)
    return [
        INITIALS + one
        for one in dict.fromkeys(found)
        if one.isascii() and len(one) >= FEWEST
    ]
