"""Quotation marks and brackets that have no partner or stand in a wrong order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from editions.suspicions import Kind, Suspicion

_CLOSER_OF: Final = {
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    "《": "》",
    "〈": "〉",
    "（": "）",
    "(": ")",
    "【": "】",
}
_SAME_BRACKET: Final = str.maketrans("()", "（）")
_OPENER_OF: Final = {
    closer: opener for opener, closer in _CLOSER_OF.items() if opener != "("
}
_MARKS = re.compile(f"[{''.join(_CLOSER_OF)}{''.join(_CLOSER_OF.values())}]")
_QUOTES: Final = frozenset("“‘「『")
_NAMES: Final = {
    "“": "双引号",
    "‘": "单引号",
    "「": "直角引号",
    "『": "双直角引号",
    "《": "书名号",
    "〈": "单书名号",
    "（": "括号",
    "【": "方头括号",
}
_OUTER_OF: Final = {"‘": "“", "『": "「"}
# 1） and 甲） begin an item of a list.
_NUMERAL_BEFORE = re.compile(
    "(?:^|[。；，、：:;,\\s（(])[0-9０-９a-zA-Z一二三四五六七八九十甲乙丙丁]{1,3}$"
)
_MARKS_AROUND_LATIN = re.compile("[A-Za-z0-9]")


@dataclass(frozen=True, slots=True)
class _Opened:
    mark: str
    at: int


def unpaired_marks(text: str) -> Iterator[Suspicion]:
    """Marks without a partner, and pairs that cross; at most one in a paragraph.

    Paragraphs are lines. A quotation may run over several: the next one either opens it
    again, as the printing custom is, or goes on without a mark.
    """
    running: list[_Opened] = []
    start = 0
    for paragraph in text.split("\n"):
        faults, running = _examine(paragraph, start, running)
        yield from faults
        start += len(paragraph) + 1
    for opened in running[:1]:
        yield _lonely(opened.mark, opened.at)


def _examine(
    paragraph: str, start: int, running: list[_Opened]
) -> tuple[list[Suspicion], list[_Opened]]:
    """The first fault of a paragraph, and the quotations that run on behind it."""
    stack = list(running)
    for match in _MARKS.finditer(paragraph):
        index = match.start()
        mark, at = match.group().translate(_SAME_BRACKET), start + index
        if _is_exempt(paragraph, index, mark):
            continue
        if mark in _CLOSER_OF:
            if stack and stack[0].mark == mark and _leads(paragraph, index):
                stack = []
            fault = _fault_of_opening(mark, at, stack)
            stack.append(_Opened(mark, at))
        else:
            fault = _fault_of_closing(mark, at, stack)
            stack = stack[:-1]
        if fault:
            return [fault], []
    unclosed = [opened for opened in stack if opened.mark not in _QUOTES]
    if unclosed:
        return [_lonely(unclosed[0].mark, unclosed[0].at)], []
    return [], stack


def _leads(paragraph: str, index: int) -> bool:
    return not paragraph[:index].strip()


def _fault_of_opening(mark: str, at: int, stack: list[_Opened]) -> Suspicion | None:
    waiting = [opened for opened in stack if opened.mark == mark]
    if waiting and mark in "《〈":
        sentence = "书名号里面又用了同样的书名号，里面一层应为“〈〉”。"
        return _nested(mark, at, sentence)
    if waiting and mark in _QUOTES:
        return _lonely(mark, waiting[-1].at)
    if stack and _OUTER_OF.get(stack[-1].mark) == mark:
        inner, outer = _NAMES[stack[-1].mark], _NAMES[mark]
        return _nested(mark, at, f"{inner}里面又用了{outer}，外层和里层用反了。")
    return None


def _fault_of_closing(mark: str, at: int, stack: list[_Opened]) -> Suspicion | None:
    opener = _OPENER_OF[mark]
    if stack and stack[-1].mark == opener:
        return None
    if not any(opened.mark == opener for opened in stack):
        return _lonely(mark, at)
    name = _NAMES[stack[-1].mark]
    sentence = f"里面的{name}还没有关上，外面的{_NAMES[opener]}就关上了，请检查次序。"
    return _nested(mark, at, sentence)


def _is_exempt(paragraph: str, index: int, mark: str) -> bool:
    """An apostrophe, or the bracket after the number of an item."""
    if mark in "‘’":
        return bool(_MARKS_AROUND_LATIN.match(paragraph[index - 1 : index])) and (
            mark == "‘" or not paragraph.rfind("‘", 0, index) >= 0
        )
    if mark == "）":
        return bool(_NUMERAL_BEFORE.search(paragraph[max(0, index - 5) : index])) and (
            "（" not in paragraph[:index].translate(_SAME_BRACKET)[-6:]
        )
    return False


def _lonely(mark: str, at: int) -> Suspicion:
    name = _NAMES[_OPENER_OF.get(mark, mark)]
    missing = "后一半" if mark in _CLOSER_OF else "前一半"
    sentence = f"这里的{name}“{mark}”不成对，缺{missing}，请补上或删去。"
    return Suspicion(at, 1, mark, "", Kind.UNBALANCED_MARK, sentence)


def _nested(mark: str, at: int, sentence: str) -> Suspicion:
    return Suspicion(at, 1, mark, "", Kind.WRONG_NESTING, sentence)
