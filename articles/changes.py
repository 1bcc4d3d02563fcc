"""The tree that a comparison is told in: what a template prints without any logic."""

from dataclasses import dataclass, field
from enum import StrEnum

from articles.matching import Place
from articles.text_runs import Run, RunKind, changed_characters

LINES = [
    ("kicker", "引题"),
    ("title", "标题"),
    ("subtitle", "副题"),
    ("standfirst", "导语"),
]


class Fate(StrEnum):
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    MOVED_AWAY = "moved_away"


FATE_WORDS = {
    Fate.UNCHANGED: "未改",
    Fate.CHANGED: "改动",
    Fate.ADDED: "新增",
    Fate.REMOVED: "删去",
    Fate.MOVED: "移来",
    Fate.MOVED_AWAY: "移走",
}


@dataclass(frozen=True)
class Thumbnail:
    title: str
    address: str


@dataclass(frozen=True)
class Names:
    """What the primary keys in a content are called."""

    channels: dict[int, str] = field(default_factory=dict)
    tags: dict[int, str] = field(default_factory=dict)
    stories: dict[int, str] = field(default_factory=dict)
    pictures: dict[int, Thumbnail] = field(default_factory=dict)


@dataclass(frozen=True)
class FieldChange:
    """A line of the story that differs. `key` is unique on the page."""

    key: str
    label: str
    runs: list[Run]


@dataclass(frozen=True)
class CoverChange:
    """The cover picture: which one, or what is said of it."""

    sentence: str
    before: Thumbnail | None
    after: Thumbnail | None
    before_id: int | None
    after_id: int | None
    lines: list[FieldChange]


@dataclass(frozen=True)
class BlockChange:
    """A paragraph and its fate. Places are (section, paragraph) from 0; a moved one is
    shown where it stands now, and where it stood by its first words."""

    fate: Fate
    label: str
    runs: list[Run]
    note: str = ""
    before_place: Place | None = None
    after_place: Place | None = None

    @property
    def key(self) -> str:
        side, place = (
            ("a", self.after_place) if self.after_place else ("b", self.before_place)
        )
        return f"change-{side}{place[0] + 1}-{place[1] + 1}" if place else ""

    @property
    def is_moved(self) -> bool:
        return self.fate in {Fate.MOVED, Fate.MOVED_AWAY}

    @property
    def words(self) -> str:
        return FATE_WORDS[self.fate]


@dataclass(frozen=True)
class BlockGroup:
    """Neighbouring paragraphs; those that stayed as they were are folded."""

    is_folded: bool
    blocks: list[BlockChange]


@dataclass(frozen=True)
class SectionChange:
    """A section and its fate; it may be both moved and changed."""

    fate: Fate
    is_moved: bool
    name: str
    heading: list[Run]
    subheading: list[Run]
    groups: list[BlockGroup]
    note: str = ""
    before_place: int | None = None
    after_place: int | None = None

    @property
    def is_unchanged(self) -> bool:
        return self.fate == Fate.UNCHANGED and not self.is_moved

    @property
    def key(self) -> str:
        if self.after_place is None:
            return f"section-b{(self.before_place or 0) + 1}"
        return f"section-a{self.after_place + 1}"

    @property
    def words(self) -> str:
        """Its fate in words: 改动，由第 3 节移到第 1 节."""
        if not self.is_moved:
            return FATE_WORDS[self.fate]
        moved = f"由第 {(self.before_place or 0) + 1} 节移到第 {(self.after_place or 0) + 1} 节"
        return f"改动，{moved}" if self.fate == Fate.CHANGED else moved

    @property
    def lines(self) -> list[FieldChange]:
        """Its two heading lines, as far as they differ."""
        made = [
            FieldChange(f"{self.key}-heading", "小标题第一行", self.heading),
            FieldChange(f"{self.key}-subheading", "小标题第二行", self.subheading),
        ]
        return [line for line in made if differs(line.runs)]

    @property
    def blocks(self) -> list[BlockChange]:
        return [block for group in self.groups for block in group.blocks]

    @property
    def changes(self) -> list[BlockChange]:
        """The paragraphs to jump to."""
        return [block for block in self.blocks if block.fate != Fate.UNCHANGED]


@dataclass(frozen=True)
class Comparison:
    fields: list[FieldChange]
    cover: CoverChange | None
    sections: list[SectionChange]

    @property
    def changed_sections(self) -> list[SectionChange]:
        return [section for section in self.sections if not section.is_unchanged]

    @property
    def is_empty(self) -> bool:
        return not (self.fields or self.cover or self.changed_sections)

    @property
    def changed_characters(self) -> int:
        """Characters removed and added, in the lines that are text and in the sections."""
        lines = {key for key, _ in LINES}
        made = [item.runs for item in self.fields if item.key in lines]
        for section in self.sections:
            made += [section.heading, section.subheading]
            made += [block.runs for block in section.blocks]
        return sum(map(changed_characters, made))

    @property
    def summary(self) -> str:
        """One sentence: 改 2 节，移 1 节，增 1 节，删 0 节；改动 35 字。"""
        if self.is_empty:
            return "两版没有不同。"
        items = [item.label for item in self.fields] + ["题图"] * bool(self.cover)
        parts = [f"改 {len(items)} 项（{'、'.join(items)}）"] if items else []
        parts.append(self._sections_in_words())
        count = self.changed_characters
        if count:
            parts.append(f"改动 {count} 字")
        elif self.changed_sections:
            parts.append("文字没有增减")
        return f"{'；'.join(parts)}。"

    def _sections_in_words(self) -> str:
        if not self.changed_sections:
            return "正文没有改动"
        fates = [section.fate for section in self.sections]
        moved = sum(section.is_moved for section in self.sections)
        return (
            f"改 {fates.count(Fate.CHANGED)} 节，移 {moved} 节，"
            f"增 {fates.count(Fate.ADDED)} 节，删 {fates.count(Fate.REMOVED)} 节"
        )


def differs(made: list[Run]) -> bool:
    """Whether anything but kept text is in these runs."""
    return any(run.kind != RunKind.KEPT for run in made)
