"""The difference of two texts as runs of characters: kept, removed, added.

Made for Chinese: the unit is a character (a Latin word or a number is one unit), a
difference begins and ends at clauses where it can, and islands of a few kept characters
between two differences go with them, so that a reader sees phrases and not confetti.
"""

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum

# Units of one text times units of the other. 64 million take about 0.1 s and 8 MB; beyond
# that only whole clauses are compared.
MOST_WORK = 64_000_000
LEAST_KEPT = 0.2  # of the longer text; below, the whole text counts as another one
ISLAND = 3  # characters kept between two longer edits that go with them
LONG_CLAUSE = 4  # characters; a shorter one may stand there by chance

_UNIT = re.compile(
    r"[0-9A-Za-z]+(?:[.,:%/-][0-9A-Za-z]+)*|.[\ufe00-\ufe0f\u0300-\u036f\u200d]*",
    re.DOTALL,
)
_CLAUSE = re.compile(
    r"[^。！？；，、：\n]*[。！？；，、：\n]+[”’」』）》]*|[^。！？；，、：\n]+"
)
_SENTENCE_ENDS = set("。！？；…\n”」")
_CLAUSE_ENDS = set("，、：）》’』 \u3000,.;:!?)")
_OPENINGS = set("“「『（《‘(")
_INVISIBLE = {
    " ": "␣",
    "\u3000": "□",
    "\u00a0": "␣",
    "\t": "⇥",
    "\n": "↵",
    "\u200b": "[零宽空格]",
    "\u200c": "[零宽字符]",
    "\u200d": "[零宽字符]",
    "\ufeff": "[零宽空格]",
    "\u00ad": "[软连字符]",
}


class RunKind(StrEnum):
    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"
    REFORMATTED = "reformatted"


@dataclass(frozen=True)
class Run:
    """Characters with one fate. `strong` and `note` say how they look and what became
    of their looks; `text` is always exactly what stood there."""

    kind: RunKind
    text: str
    strong: bool = False
    note: str = ""

    @property
    def shown(self) -> str:
        """The text as printed: what a changed run has of blanks is made visible."""
        if self.kind == RunKind.KEPT or (
            self.text.strip() and not _has_hidden(self.text)
        ):
            return self.text
        return "".join(_INVISIBLE.get(character, character) for character in self.text)

    @property
    def ends_line(self) -> bool:
        """Whether it is a changed line break, which `shown` gives as a sign."""
        return self.kind != RunKind.KEPT and not self.text.strip() and "\n" in self.text

    @property
    def is_small(self) -> bool:
        """Whether it is only signs or blanks, which are easily overlooked."""
        return not any(character.isalnum() for character in self.text)


def runs(before: str, after: str) -> list[Run]:
    """What became of `before`. Kept and removed runs together are `before`, kept and
    added ones `after`, to the character. Bounded: see MOST_WORK."""
    if before == after:
        return [Run(RunKind.KEPT, before)] if before else []
    edits = _slid(_without_islands(_edits(before, after)), before, after)
    kept = len(before) - sum(edit.before_end - edit.before for edit in edits)
    if kept < LEAST_KEPT * max(len(before), len(after)):
        edits = [_Edit(0, len(before), 0, len(after))]
    made: list[Run] = []
    place = 0
    for edit in edits:
        made += [
            Run(RunKind.KEPT, before[place : edit.before]),
            Run(RunKind.REMOVED, before[edit.before : edit.before_end]),
            Run(RunKind.ADDED, after[edit.after : edit.after_end]),
        ]
        place = edit.before_end
    made.append(Run(RunKind.KEPT, before[place:]))
    return [run for run in made if run.text]


def item_runs(before: Sequence[str], after: Sequence[str]) -> list[Run]:
    """The same for a list of names: an item is kept, removed or added as a whole."""
    made: list[Run] = []
    i = j = 0
    for x, y in [*common(before, after), (len(before), len(after))]:
        made += [Run(RunKind.REMOVED, item) for item in before[i:x]]
        made += [Run(RunKind.ADDED, item) for item in after[j:y]]
        made += [Run(RunKind.KEPT, item) for item in before[x : x + 1]]
        i, j = x + 1, y + 1
    separated: list[Run] = []
    for run in made:
        separated += [Run(RunKind.KEPT, "、"), run] if separated else [run]
    return separated


def changed_characters(made: Sequence[Run]) -> int:
    """How many characters were removed or added, blanks aside."""
    changed = {RunKind.REMOVED, RunKind.ADDED}
    return sum(
        not character.isspace()
        for run in made
        if run.kind in changed
        for character in run.text
    )


def common(
    before: Sequence[Hashable], after: Sequence[Hashable]
) -> list[tuple[int, int]]:
    """Places of a longest common subsequence, ascending; of what begins and ends alike
    only, if the work were too much."""
    start, end = _alike_ends(before, after)
    head = [(i, i) for i in range(start)]
    shift = len(after) - len(before)
    tail = [(i, i + shift) for i in range(len(before) - end, len(before))]
    middle = _longest_common(
        before[start : len(before) - end], after[start : len(after) - end]
    )
    return [*head, *((start + i, start + j) for i, j in middle), *tail]


@dataclass(frozen=True)
class _Edit:
    """before[before:before_end] became after[after:after_end]."""

    before: int
    before_end: int
    after: int
    after_end: int

    @property
    def size(self) -> int:
        return max(self.before_end - self.before, self.after_end - self.after)

    def joined(self, following: "_Edit") -> "_Edit":
        return _Edit(self.before, following.before_end, self.after, following.after_end)

    def moved(self, steps: int) -> "_Edit":
        return _Edit(
            self.before + steps,
            self.before_end + steps,
            self.after + steps,
            self.after_end + steps,
        )


def _edits(before: str, after: str) -> list[_Edit]:
    """Whole clauses first; then characters between the clauses that stayed."""
    gaps = _gaps(_CLAUSE.findall(before), _CLAUSE.findall(after), LONG_CLAUSE)
    made: list[_Edit] = []
    for gap in gaps:
        inner = _gaps(
            _UNIT.findall(before[gap.before : gap.before_end]),
            _UNIT.findall(after[gap.after : gap.after_end]),
        )
        made += [
            _Edit(
                gap.before + edit.before,
                gap.before + edit.before_end,
                gap.after + edit.after,
                gap.after + edit.after_end,
            )
            for edit in inner
        ]
    return made


def _gaps(before: list[str], after: list[str], least: int = 1) -> list[_Edit]:
    """What stands between common pieces of at least `least` characters; in characters."""
    before_at, after_at = _offsets(before), _offsets(after)
    made: list[_Edit] = []
    i = j = 0
    ends = (len(before), len(after))
    for x, y in [*common(before, after), ends]:
        if (x, y) != ends and len(before[x]) < least:
            continue
        if x > i or y > j:
            made.append(_Edit(before_at[i], before_at[x], after_at[j], after_at[y]))
        i, j = x + 1, y + 1
    return made


def _offsets(pieces: list[str]) -> list[int]:
    places = [0]
    for piece in pieces:
        places.append(places[-1] + len(piece))
    return places


def _without_islands(edits: list[_Edit]) -> list[_Edit]:
    """Join two edits when what was kept between them is a crumb, shorter than either."""
    joined: list[_Edit] = []
    for edit in edits:
        joined.append(edit)
        while len(joined) > 1 and _is_island(joined[-2], joined[-1]):
            last = joined.pop()
            joined[-1] = joined[-1].joined(last)
    return joined


def _is_island(edit: _Edit, following: _Edit) -> bool:
    kept = following.before - edit.before_end
    if kept == 1:
        return edit.size + following.size > 2
    return kept <= ISLAND and kept < min(edit.size, following.size)


def _slid(edits: list[_Edit], before: str, after: str) -> list[_Edit]:
    """Move each insertion or deletion to where a clause begins, if the text allows it:
    in 甲，乙，甲， either 甲，乙， or 乙，甲， may be called added."""
    made: list[_Edit] = []
    for index, edit in enumerate(edits):
        low = made[-1].before_end if made else 0
        high = edits[index + 1].before if index + 1 < len(edits) else len(before)
        if edit.before == edit.before_end:
            text, start, end = after, edit.after, edit.after_end
        elif edit.after == edit.after_end:
            text, start, end = before, edit.before, edit.before_end
        else:
            made.append(edit)
            continue
        back, forth = edit.before - low, high - edit.before_end
        made.append(edit.moved(_best_slide(text, start, end, (back, forth))))
    return made


def _best_slide(text: str, start: int, end: int, room: tuple[int, int]) -> int:
    back = forth = 0
    while back < room[0] and text[start - back - 1] == text[end - back - 1]:
        back += 1
    while forth < room[1] and text[start + forth] == text[end + forth]:
        forth += 1
    return max(
        range(-back, forth + 1),
        key=lambda by: (
            _border(text, start + by) + _border(text, end + by),
            -abs(by),
        ),
    )


def _border(text: str, place: int) -> int:
    """How good it is to part the text here."""
    if place in {0, len(text)}:
        return 5
    left, right = text[place - 1], text[place]
    if left in _SENTENCE_ENDS:
        return 4
    if left in _CLAUSE_ENDS:
        return 3
    if right in _OPENINGS:
        return 2
    if left.isascii() and left.isalnum() and right.isascii() and right.isalnum():
        return -5
    return 1 if not right.isalnum() else 0


def _alike_ends(
    before: Sequence[Hashable], after: Sequence[Hashable]
) -> tuple[int, int]:
    """How many items are the same from the start, and from the end without those."""
    shorter = min(len(before), len(after))
    start = 0
    while start < shorter and before[start] == after[start]:
        start += 1
    end = 0
    while end < shorter - start and before[-1 - end] == after[-1 - end]:
        end += 1
    return start, end


def _longest_common(
    before: Sequence[Hashable], after: Sequence[Hashable]
) -> list[tuple[int, int]]:
    """Longest common subsequence with one machine operation for many cells.

    A row of the table is one integer, whose bit j is 0 where the length rises at j.
    """
    if not before or not after or len(before) * len(after) > MOST_WORK:
        return []
    places: dict[Hashable, int] = {}
    for j, item in enumerate(after):
        places[item] = places.get(item, 0) | 1 << j
    full = row = (1 << len(after)) - 1
    rows = []
    for item in before:
        hit = row & places.get(item, 0)
        row = ((row + hit) | (row - hit)) & full
        rows.append(row)
    return _traced(rows, len(after))


def _traced(rows: list[int], width: int) -> list[tuple[int, int]]:
    """The way back through the rows."""
    found = []
    i, j = len(rows) - 1, width - 1
    while i >= 0 and j >= 0:
        if rows[i] >> j & 1:
            j -= 1
        elif i and not rows[i - 1] >> j & 1:
            i -= 1
        else:
            found.append((i, j))
            i, j = i - 1, j - 1
    return found[::-1]


def _has_hidden(text: str) -> bool:
    return any(character in _INVISIBLE and character not in " \n" for character in text)
