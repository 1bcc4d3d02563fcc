"""Which section and which paragraph of one version is which of another."""

from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from articles.blocks import Block
from articles.text_runs import common

# Shares of common pairs of neighbouring characters (Dice).
SAME_SECTION = 0.5
SAME_PLACE = 0.3  # a paragraph between the same neighbours
ELSEWHERE = 0.6  # a paragraph that was moved and changed
PART = 0.7  # of a part's pairs that stand in the paragraph it was split from
SHORTEST_MOVE = 4  # characters; a shorter paragraph may be another one with these words
MOST_HOLDERS = 20  # a pair in more texts than this does not tell them apart
MOST_CANDIDATES = 5
MOST_GAP = 2500  # paragraphs before times after, to look for split ones

Place = tuple[int, int]  # section, paragraph; from 0
Sections = Sequence[Sequence[Block]]


@dataclass
class Matching:
    """What corresponds, by place. `split` has paragraphs that became several, and the
    other way round: both sides are runs of neighbours, one of them a single one."""

    kept: dict[Place, Place] = field(default_factory=dict)
    moved: dict[Place, Place] = field(default_factory=dict)
    split: list[tuple[list[Place], list[Place]]] = field(default_factory=list)


def alike(
    before: Sequence[str], after: Sequence[str], least: float
) -> list[tuple[float, int, int]]:
    """Likeness and places of texts that are alike, the most alike first.

    Looks only at texts that share a rare pair of characters; cost grows with length.
    """
    after_pairs = [_pairs(text) for text in after]
    holders: dict[str, list[int]] = defaultdict(list)
    for j, pairs in enumerate(after_pairs):
        for pair in pairs:
            holders[pair].append(j)
    found = []
    for i, text in enumerate(before):
        pairs = _pairs(text)
        hits = Counter(
            j
            for pair in pairs
            if len(holders.get(pair, ())) <= MOST_HOLDERS
            for j in holders.get(pair, ())
        )
        for j, _ in hits.most_common(MOST_CANDIDATES):
            likeness = _likeness(pairs, after_pairs[j])
            if likeness >= least:
                found.append((likeness, i, j))
    return sorted(found, key=lambda item: (-item[0], abs(item[1] - item[2]), item[1:]))


def match_sections(
    before: Sequence[dict], after: Sequence[dict], texts: tuple[list[str], list[str]]
) -> dict[int, int]:
    """By anchor, which survives edits; those left over by the likeness of their texts."""
    places = {section["anchor"]: j for j, section in enumerate(after)}
    pairs = {
        i: places.pop(section["anchor"])
        for i, section in enumerate(before)
        if section["anchor"] in places
    }
    left = [i for i in range(len(before)) if i not in pairs]
    taken = set(pairs.values())
    right = [j for j in range(len(after)) if j not in taken]
    old, new = [texts[0][i] for i in left], [texts[1][j] for j in right]
    for _, i, j in alike(old, new, SAME_SECTION):
        if left[i] not in pairs and right[j] not in taken:
            pairs[left[i]] = right[j]
            taken.add(right[j])
    return pairs


def moved_among(pairs: dict[int, int]) -> set[int]:
    """Those keys of `pairs` that have another order now; as few as explain it."""
    was = sorted(pairs)
    now = sorted(pairs, key=lambda i: pairs[i])
    return set(was) - {was[place] for place, _ in common(was, now)}


def match_blocks(before: Sections, after: Sections, pairs: dict[int, int]) -> Matching:
    """Paragraphs that stayed first, then moved ones, then those with other words."""
    matcher = _Matcher(before, after, pairs)
    matcher.match_unchanged()
    matcher.match_moved_unchanged()
    matcher.match_split()
    matcher.match_in_place()
    matcher.match_elsewhere()
    matcher.match_lonely()
    return matcher.matching


class _Matcher:
    def __init__(
        self, before: Sections, after: Sections, pairs: dict[int, int]
    ) -> None:
        self.before, self.after, self.pairs = before, after, pairs
        self.matching = Matching()
        self.left = _places(before)
        self.right = _places(after)
        # By section of before: matched paragraphs that did not move, ascending.
        self.fixed: dict[int, list[tuple[int, int]]] = {}

    def match_unchanged(self) -> None:
        for s, t in self.pairs.items():
            self.fixed[s] = common(self.before[s], self.after[t])
            for i, j in self.fixed[s]:
                self._take(self.matching.kept, (s, i), (t, j))

    def match_moved_unchanged(self) -> None:
        free: dict[Block, list[Place]] = defaultdict(list)
        for place in self.right:
            free[self._block(self.after, place)].append(place)
        for place in list(self.left):
            block = self._block(self.before, place)
            targets = free.get(block)
            if not targets or len(block.text) < SHORTEST_MOVE:
                continue
            home = self.pairs.get(place[0])
            target = min(targets, key=lambda other: (other[0] != home, other))
            targets.remove(target)
            self._take(self.matching.moved, place, target)

    def match_in_place(self) -> None:
        for s, t in self.pairs.items():
            left = [place for place in self.left if place[0] == s]
            right = [place for place in self.right if place[0] == t]
            for a, b in self._alike(left, right, SAME_PLACE):
                self._fix(a, b)

    def match_split(self) -> None:
        for left, right in self._gaps():
            if len(left) * len(right) > MOST_GAP:
                continue
            for place in left:
                parts = self._parts(self.before, place, self.after, right)
                if parts:
                    self._take_split([place], parts)
            for place in right:
                parts = self._parts(self.after, place, self.before, left)
                if parts and place in self.right:
                    self._take_split(parts, [place])

    def match_elsewhere(self) -> None:
        for place, target in self._alike(list(self.left), list(self.right), ELSEWHERE):
            self._take(self.matching.moved, place, target)

    def match_lonely(self) -> None:
        """One paragraph gone and one come between the same neighbours."""
        for left, right in self._gaps():
            if len(left) == len(right) == 1:
                self._fix(left[0], right[0])

    def _alike(
        self, left: list[Place], right: list[Place], least: float
    ) -> Iterable[tuple[Place, Place]]:
        texts = (
            [self._block(self.before, place).text for place in left],
            [self._block(self.after, place).text for place in right],
        )
        for _, i, j in alike(*texts, least):
            if left[i] in self.left and right[j] in self.right:
                yield left[i], right[j]

    def _fix(self, place: Place, target: Place) -> None:
        """Match two paragraphs unless it would cross another pair that stayed."""
        fixed = self.fixed[place[0]]
        pair = (place[1], target[1])
        at = bisect(fixed, pair)
        if (at and fixed[at - 1][1] > pair[1]) or (
            at < len(fixed) and fixed[at][1] < pair[1]
        ):
            return
        fixed.insert(at, pair)
        self._take(self.matching.kept, place, target)

    def _gaps(self) -> Iterable[tuple[list[Place], list[Place]]]:
        """Unmatched paragraphs of both sides between the same neighbours."""
        for s, t in self.pairs.items():
            ends = (len(self.before[s]), len(self.after[t]))
            i = j = 0
            for x, y in [*self.fixed[s], ends]:
                left = [(s, k) for k in range(i, x) if (s, k) in self.left]
                right = [(t, k) for k in range(j, y) if (t, k) in self.right]
                if left and right:
                    yield left, right
                i, j = x + 1, y + 1

    def _parts(
        self, whole: Sections, place: Place, others: Sections, gap: list[Place]
    ) -> list[Place]:
        """Neighbours in the gap that are made of the words of one paragraph."""
        pairs = _pairs(self._block(whole, place).text)
        free = self.right if others is self.after else self.left
        found: list[Place] = []
        for other in gap:
            own = _pairs(self._block(others, other).text)
            is_next = not found or other[1] == found[-1][1] + 1
            if other in free and is_next and len(own & pairs) >= PART * len(own):
                found.append(other)
            elif len(found) > 1:
                break
            else:
                found = []
        joined = "".join(self._block(others, other).text for other in found)
        is_whole = _likeness(pairs, _pairs(joined)) >= PART
        return found if len(found) > 1 and is_whole else []

    def _take_split(self, left: list[Place], right: list[Place]) -> None:
        self.matching.split.append((left, right))
        for place in left:
            del self.left[place]
        for place in right:
            del self.right[place]

    def _take(self, into: dict[Place, Place], place: Place, target: Place) -> None:
        into[place] = target
        del self.left[place]
        del self.right[target]

    @staticmethod
    def _block(sections: Sections, place: Place) -> Block:
        return sections[place[0]][place[1]]


def _places(sections: Sections) -> dict[Place, None]:
    return {
        (s, i): None for s, blocks in enumerate(sections) for i in range(len(blocks))
    }


def _pairs(text: str) -> set[str]:
    words = "".join(text.split())
    if len(words) < 2:
        return {words}
    return {words[k : k + 2] for k in range(len(words) - 1)}


def _likeness(some: set[str], others: set[str]) -> float:
    return 2 * len(some & others) / (len(some) + len(others))
