"""What became of a story from one version to another: structure first, then characters.

`compare` takes two contents as frozen in a Revision (snapshots.content_of) and gives a
tree that a template prints as it is. Pure: names and pictures come in as `Names`.
"""

import datetime
from bisect import bisect
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Any

from django.utils import timezone

from articles.blocks import PLAIN, Block, Mark, blocks_of
from articles.changes import (
    LINES,
    BlockChange,
    BlockGroup,
    Comparison,
    CoverChange,
    Fate,
    FieldChange,
    Names,
    SectionChange,
    differs,
)
from articles.honours import in_words
from articles.matching import Matching, Place, match_blocks, match_sections, moved_among
from articles.materials import in_words as materials_in_words
from articles.text_runs import Run, RunKind, item_runs, runs

EXCERPT = 16  # characters of a moved paragraph shown where it stood
SCRIPTS = {"zh-Hans": "简体", "zh-Hant": "繁体"}
_COVER_LINES = [("alt_text", "替代文字"), ("caption", "图说"), ("credit", "摄影或来源")]


_NO_SECTION = {"heading": "", "subheading": "", "body": ""}


def compare(
    before: dict[str, Any], after: dict[str, Any], names: Names | None = None
) -> Comparison:
    """The way from `before` to `after`. Under a second for two stories of 20,000
    characters that have nothing in common."""
    names = names or Names()
    return Comparison(
        fields=_field_changes(before, after, names),
        cover=_cover_change(before.get("cover"), after.get("cover"), names),
        sections=_section_changes(before["sections"], after["sections"]),
    )


def _field_changes(
    before: dict[str, Any], after: dict[str, Any], names: Names
) -> list[FieldChange]:
    made = [(key, label, runs(before[key], after[key])) for key, label in LINES]
    for key, label, texts_of in _lists(names):
        made.append((key, label, item_runs(texts_of(before), texts_of(after))))
    return [
        FieldChange(key, label, found) for key, label, found in made if differs(found)
    ]


def _lists(
    names: Names,
) -> list[tuple[str, str, Callable[[dict[str, Any]], list[str]]]]:
    """What is compared item by item, and how its items are called."""

    def channels(keys: list[int]) -> list[str]:
        return [names.channels.get(key, f"已删除的频道（{key}）") for key in keys]

    def tags(keys: list[int]) -> list[str]:
        return [names.tags.get(key, f"已删除的标签（{key}）") for key in keys]

    def stories(keys: list[int]) -> list[str]:
        return [names.stories.get(key, f"已删除的稿件（{key}）") for key in keys]

    return [
        ("channel", "频道", lambda c: channels([c["channel"]] if c["channel"] else [])),
        ("further_channels", "同时引用到", lambda c: channels(c["further_channels"])),
        ("source", "来源", lambda c: _present(c["source"]["name"])),
        ("source_url", "来源网址", lambda c: _present(c["source"]["url"])),
        ("promotion", "推广", _promotion),
        ("original_url", "原文链接", lambda c: _present(c["original_url"])),
        ("original_published", "原发布时间", _original_time),
        ("authors", "作者", lambda c: c["authors"]),
        ("editors", "责任编辑", lambda c: c["editors"]),
        ("tags", "标签", lambda c: tags(c["tags"])),
        ("honour", "荣誉", lambda c: in_words(c.get("honour"))),
        ("materials", "插图和附件", materials_in_words),
        ("related", "相关稿件", lambda c: stories(c.get("related", []))),
        ("script", "原文文字", lambda c: [SCRIPTS.get(c["script"], c["script"])]),
    ]


def _original_time(content: dict[str, Any]) -> list[str]:
    """As precise as it was printed; revisions of own stories have none."""
    original = content.get("original_published")
    if not original:
        return []
    moment = timezone.localtime(datetime.datetime.fromisoformat(original["at"]))
    shown = {"day": f"{moment:%Y-%m-%d}", "minute": f"{moment:%Y-%m-%d %H:%M}"}
    return [shown.get(original["precision"], f"{moment:%Y-%m-%d %H:%M:%S}")]


def _promotion(content: dict[str, Any]) -> list[str]:
    return ["标明推广"] if content["source"].get("is_promotion") else []


def _present(text: str) -> list[str]:
    return [text] if text else []


def _cover_change(
    before: dict[str, Any] | None, after: dict[str, Any] | None, names: Names
) -> CoverChange | None:
    if before == after:
        return None
    old, new = (before or {}).get("picture"), (after or {}).get("picture")
    lines = [
        FieldChange(
            f"cover-{key}",
            label,
            runs((before or {}).get(key, ""), (after or {}).get(key, "")),
        )
        for key, label in _COVER_LINES
        if (before or {}).get(key, "") != (after or {}).get(key, "")
    ]
    if before is None:
        sentence = "加了题图。"
    elif after is None:
        sentence = "去掉了题图。"
    else:
        sentence = "换了题图。" if old != new else "题图没有换，文字说明改了。"
    return CoverChange(
        sentence,
        names.pictures.get(old) if old else None,
        names.pictures.get(new) if new else None,
        old,
        new,
        lines,
    )


def _section_changes(before: list[dict], after: list[dict]) -> list[SectionChange]:
    old = [blocks_of(section["body"]) for section in before]
    new = [blocks_of(section["body"]) for section in after]
    texts = _texts(before, old), _texts(after, new)
    pairs = match_sections(before, after, texts)
    teller = _Teller((before, after), (old, new), match_blocks(old, new, pairs))
    moved = moved_among(pairs)
    made = [teller.section(i, j, is_moved=i in moved) for i, j in pairs.items()]
    gone = [i for i in range(len(before)) if i not in pairs]
    come = set(range(len(after))) - set(pairs.values())
    made += [teller.section(i, None) for i in gone]
    made += [teller.section(None, j) for j in come]
    stayed = {i: j for i, j in pairs.items() if i not in moved}
    return sorted(
        made,
        key=lambda section: _reading_place(
            section.before_place, section.after_place, stayed
        ),
    )


def _texts(sections: list[dict], blocks: list[list[Block]]) -> list[str]:
    return [
        section["heading"]
        + section["subheading"]
        + "".join(block.text for block in of_section)
        for section, of_section in zip(sections, blocks, strict=True)
    ]


def _reading_place(
    before: int | None, after: int | None, stayed: dict[int, int]
) -> tuple[int, int, int]:
    """In the order of now; what is gone stands behind what it stood behind."""
    if after is not None:
        return after, 0, 0
    place = before or 0
    earlier = [j for i, j in stayed.items() if i < place]
    return max(earlier, default=-1), 1, place


class _Teller:
    """Tells each section and paragraph of a matching."""

    def __init__(
        self,
        sections: tuple[list[dict], list[dict]],
        blocks: tuple[list[list[Block]], list[list[Block]]],
        matching: Matching,
    ) -> None:
        self.before, self.after = sections
        self.old, self.new = blocks
        self.matching = matching
        self.came = {target: place for place, target in matching.moved.items()}
        self.came |= {target: place for place, target in matching.kept.items()}
        self.stayed: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for place, target in sorted(matching.kept.items()):
            self.stayed[place[0]].append((place[1], target[1]))
        self.split_old = {place for left, _ in matching.split for place in left}
        self.split_new = {place for _, right in matching.split for place in right}

    def section(
        self, i: int | None, j: int | None, *, is_moved: bool = False
    ) -> SectionChange:
        before = _NO_SECTION if i is None else self.before[i]
        after = _NO_SECTION if j is None else self.after[j]
        blocks = self._blocks(i, j)
        heading = runs(before["heading"], after["heading"])
        subheading = runs(before["subheading"], after["subheading"])
        is_same = not differs([*heading, *subheading]) and all(
            block.fate == Fate.UNCHANGED for block in blocks
        )
        if i is None or j is None:
            fate, note = (Fate.ADDED if i is None else Fate.REMOVED), ""
        else:
            note = _hidden_note(before, after, is_same=is_same)
            fate = Fate.UNCHANGED if is_same and not note else Fate.CHANGED
        return SectionChange(
            fate=fate,
            is_moved=is_moved,
            name=self._name(i, j),
            heading=heading,
            subheading=subheading,
            groups=_groups(blocks),
            note=note,
            before_place=i,
            after_place=j,
        )

    def _name(self, i: int | None, j: int | None) -> str:
        place = i if j is None else j
        section = self.before[i or 0] if j is None else self.after[j]
        where = f"{'原' if j is None else ''}第 {(place or 0) + 1} 节"
        return f"{where} {section['heading']}".strip()

    def _blocks(self, i: int | None, j: int | None) -> list[BlockChange]:
        """In the order of now; what is gone stands behind what it stood behind."""
        made = [] if i is None else list(self._gone(i))
        made += [] if j is None else list(self._here(j))
        stayed = self.stayed[i] if i is not None else []
        return sorted(made, key=lambda block: _block_place(block, stayed))

    def _gone(self, i: int) -> Iterator[BlockChange]:
        for k, block in enumerate(self.old[i]):
            place = (i, k)
            if place in self.matching.moved:
                yield self._stub(place, block)
            elif place not in self.matching.kept and place not in self.split_old:
                made = _marked([Run(RunKind.REMOVED, block.text)], block.marks, ())
                yield BlockChange(Fate.REMOVED, block.kind, made, before_place=place)

    def _here(self, j: int) -> Iterator[BlockChange]:
        for left, right in self.matching.split:
            if right[0][0] == j:
                yield self._split(left, right)
        for k, block in enumerate(self.new[j]):
            place = (j, k)
            if place in self.came:
                yield self._matched(self.came[place], place)
            elif place not in self.split_new:
                made = _marked([Run(RunKind.ADDED, block.text)], (), block.marks)
                yield BlockChange(Fate.ADDED, block.kind, made, after_place=place)

    def _matched(self, place: Place, target: Place) -> BlockChange:
        before, after = self.old[place[0]][place[1]], self.new[target[0]][target[1]]
        made = _marked(runs(before.text, after.text), before.marks, after.marks)
        notes = [_kind_note(before, after)]
        fate = Fate.UNCHANGED if before == after else Fate.CHANGED
        if place in self.matching.moved:
            fate = Fate.MOVED
            notes.insert(0, f"由{self._where(place, target, self.before)}移来。")
        return BlockChange(fate, after.kind, made, "".join(notes), place, target)

    def _stub(self, place: Place, block: Block) -> BlockChange:
        target = self.matching.moved[place]
        excerpt = block.text[:EXCERPT] + "…" * (len(block.text) > EXCERPT)
        note = f"“{excerpt}”移到了{self._where(target, place, self.after)}。"
        return BlockChange(Fate.MOVED_AWAY, block.kind, [], note, before_place=place)

    def _where(self, there: Place, here: Place, sections: list[dict]) -> str:
        paragraph = f"第 {there[1] + 1} 段"
        if self._is_same_section(there, here, sections):
            return f"本节{'原' if sections is self.before else ''}{paragraph}"
        side = "原" if sections is self.before else ""
        heading = sections[there[0]]["heading"]
        named = f"“{heading}”" if heading else ""
        return f"{side}第 {there[0] + 1} 节{named}{paragraph}"

    def _is_same_section(self, there: Place, here: Place, sections: list[dict]) -> bool:
        other = self.after if sections is self.before else self.before
        return sections[there[0]]["anchor"] == other[here[0]]["anchor"]

    def _split(self, left: list[Place], right: list[Place]) -> BlockChange:
        before = _joined([self.old[s][k] for s, k in left])
        after = _joined([self.new[s][k] for s, k in right])
        made = _marked(runs(before.text, after.text), before.marks, after.marks)
        note = (
            f"一段分成 {len(right)} 段。"
            if len(left) == 1
            else f"{len(left)} 段并成一段。"
        )
        return BlockChange(Fate.CHANGED, after.kind, made, note, left[0], right[0])


def _groups(blocks: list[BlockChange]) -> list[BlockGroup]:
    return [
        BlockGroup(is_folded, list(group))
        for is_folded, group in groupby(
            blocks, lambda block: block.fate == Fate.UNCHANGED
        )
    ]


def _hidden_note(before: dict, after: dict, *, is_same: bool) -> str:
    """What differs although the text shows nothing of it."""
    notes = []
    if before["anchor"] != after["anchor"]:
        notes.append("锚点换了，指向这一节的旧链接会落空。")
    if is_same and before["body"] != after["body"]:
        notes.append("文字和样子没有变，只有格式代码不同。")
    return "".join(notes)


def _block_place(
    block: BlockChange, stayed: list[tuple[int, int]]
) -> tuple[int, int, int]:
    if block.after_place:
        return block.after_place[1], 0, 0
    place = block.before_place[1] if block.before_place else 0
    at = bisect(stayed, (place, 0))
    return (stayed[at - 1][1] if at else -1), 1, place


def _joined(blocks: Sequence[Block]) -> Block:
    """Paragraphs as one, with a line feed at each border."""
    marks: list[Mark] = []
    for block in blocks:
        marks += [PLAIN] * bool(marks) + list(block.marks)
    text = "\n".join(block.text for block in blocks)
    return Block(blocks[0].kind, blocks[0].depth, text, tuple(marks))


def _kind_note(before: Block, after: Block) -> str:
    if before.kind != after.kind:
        return f"{before.kind}改成了{after.kind}。"
    return "列表的层级改了。" if before.depth != after.depth else ""


def _marked(
    made: list[Run], before: Sequence[Mark], after: Sequence[Mark]
) -> list[Run]:
    """The runs parted where the looks change, and told where looks became others."""
    told: list[Run] = []
    i = j = 0
    for run in made:
        size = len(run.text)
        was = before[i : i + size] if run.kind != RunKind.ADDED else None
        now = after[j : j + size] if run.kind != RunKind.REMOVED else None
        told += _parted(
            run, was if was is not None else now, now if now is not None else was
        )
        i += size * (was is not None)
        j += size * (now is not None)
    return told


def _parted(
    run: Run, before: Sequence[Mark] | None, after: Sequence[Mark] | None
) -> Iterator[Run]:
    looks = list(zip(before or (), after or (), strict=True))
    borders = [k for k, (x, y) in enumerate(pairwise(looks), start=1) if x != y]
    for start, end in pairwise([0, *borders, len(looks)]):
        was, now = looks[start]
        text = run.text[start:end]
        if was != now:
            yield Run(RunKind.REFORMATTED, text, now.strong, _look_note(was, now))
        elif run.kind != RunKind.KEPT and now.href:
            yield Run(run.kind, text, now.strong, f"链接：{now.href}")
        else:
            yield Run(run.kind, text, now.strong)


def _look_note(was: Mark, now: Mark) -> str:
    notes = []
    if was.strong != now.strong:
        notes.append("加粗" if now.strong else "去掉加粗")
    if was.href and now.href and was.href != now.href:
        notes.append(f"链接由 {was.href} 改为 {now.href}")
    elif now.href and not was.href:
        notes.append(f"加链接 {now.href}")
    elif was.href and not now.href:
        notes.append(f"去掉链接 {was.href}")
    return "，".join(notes)
