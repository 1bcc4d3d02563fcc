"""Punctuation of Chinese text, character for character, so that offsets survive."""

import re
from typing import Final

from editions.addresses import HAN, address_spans

_SMALL_FORMS = str.maketrans("﹐﹑﹒﹔﹕﹖﹗﹙﹚", "，、．；：？！（）")
_FULL_WIDTH = str.maketrans(",;:?!()", "，；：？！（）")
_CLOSERS = "」』》〉）】、。，；：？！…—"
_OPENERS = "「『《〈（【“‘…—"
_MARKS_BESIDE_HAN = re.compile(
    rf"(?:(?<=[{HAN}{_CLOSERS}])|(?<=[{HAN}][”’]))[,;:?!]++"
    rf"|[,;:?!]++(?=[{HAN}{_OPENERS}])"
)
_BRACKETS_AND_LINES = re.compile(r"[()\n]")
_HAN_CHARACTER = re.compile(f"[{HAN}]")
_BESIDE_BRACKET = re.compile(f"[{HAN}{_CLOSERS}{_OPENERS}”’]")

_CORNER: Final = {"“": "「", "”": "」", "‘": "『", "’": "』"}
_CURLY = str.maketrans("「」『』", "“”‘’")
_QUOTES = re.compile("[“”‘’\n]")
_NEIGHBOURHOOD = (
    12  # characters on either side that show which language quotes belong to
)
_OPENER_OF = {"”": "“", "’": "‘"}


def restore_full_width(text: str) -> str:
    """Make ASCII , ; : ? ! ( ) beside Han characters full-width, and small forms full.

    Numbers, times, addresses and Latin text keep theirs. The length never changes.
    """
    text = text.translate(_SMALL_FORMS)
    kept = [False] * len(text)
    for start, end in address_spans(text):
        kept[start:end] = [True] * (end - start)
    characters = list(text)
    for index in _half_width_in_chinese(text):
        if not kept[index]:
            characters[index] = characters[index].translate(_FULL_WIDTH)
    return "".join(characters)


def _half_width_in_chinese(text: str) -> list[int]:
    found = [
        index
        for match in _MARKS_BESIDE_HAN.finditer(text)
        for index in range(match.start(), match.end())
    ]
    opened: list[int] = []
    for match in _BRACKETS_AND_LINES.finditer(text):
        index = match.start()
        if match.group() == "\n":
            opened.clear()
        elif match.group() == "(":
            opened.append(index)
        elif opened:
            start = opened.pop()
            if _is_chinese_bracket(text, start, index):
                found += (start, index)
    return found


def _is_chinese_bracket(text: str, start: int, end: int) -> bool:
    """Han inside, or right before, or right after the pair."""
    return bool(
        _HAN_CHARACTER.search(text, start, end)
        or (start and _BESIDE_BRACKET.match(text[start - 1]))
        or _BESIDE_BRACKET.match(text[end + 1 : end + 2])
    )


def corner_quotes(text: str) -> str:
    """Write “” and ‘’ as 「」 and 『』 where they belong to Chinese text.

    Apostrophes stay, and so do the quotation marks of a passage in another language.
    """
    if not any(quote in text for quote in _CORNER):
        return text
    characters = list(text)
    for index in _chinese_quotes(text):
        characters[index] = _CORNER[characters[index]]
    return "".join(characters)


def curly_quotes(text: str) -> str:
    """Write 「」 and 『』 as “” and ‘’."""
    return text.translate(_CURLY)


def _chinese_quotes(text: str) -> list[int]:
    found: list[int] = []
    opened: dict[str, list[int]] = {"“": [], "‘": []}
    for match in _QUOTES.finditer(text):
        index, mark = match.start(), match.group()
        if mark == "\n":
            for waiting in opened.values():
                found += filter(lambda at: _has_han_near(text, at), waiting)
                waiting.clear()
        elif mark in opened:
            opened[mark].append(index)
        elif not _is_apostrophe(text, index, has_open=bool(opened[_OPENER_OF[mark]])):
            pair = [*opened[_OPENER_OF[mark]][-1:], index]
            del opened[_OPENER_OF[mark]][-1:]
            if any(_has_han_near(text, at) for at in pair):
                found += pair
    for waiting in opened.values():
        found += filter(lambda at: _has_han_near(text, at), waiting)
    return found


def _is_apostrophe(text: str, index: int, *, has_open: bool) -> bool:
    if text[index] != "’":
        return False
    before, after = text[index - 1 : index], text[index + 1 : index + 2]
    is_inside_word = (
        before.isascii() and before.isalnum() and after.isascii() and after.isalpha()
    )
    return is_inside_word or (before.isascii() and before.isalnum() and not has_open)


def _has_han_near(text: str, index: int) -> bool:
    return bool(
        _HAN_CHARACTER.search(
            text, max(0, index - _NEIGHBOURHOOD), index + 1 + _NEIGHBOURHOOD
        )
    )
