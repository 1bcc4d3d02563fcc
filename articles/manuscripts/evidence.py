"""Where each value was read, how well that founds it, and what was left lying."""

import re
from collections.abc import Callable, Iterable, Sequence

from articles.importing.blocks import Block, Run
from articles.importing.credits import read_labels
from articles.importing.dates import find_time
from articles.importing.debris import is_ending_mark, is_noise
from articles.importing.page import ExtractedPage, ExtractedSection, plain
from articles.importing.text_dump import SUBTITLE_MARK, find_path, is_menu
from articles.manuscripts.pasted import Pasted
from articles.manuscripts.proposal import Confidence, Found
from articles.manuscripts.tops import has_title_label
from editions.punctuation import restore_full_width

_SHORT = 120  # characters: a line that can be there for nothing but its label
_EXCERPT = 60  # characters shown of a longer line, around the value
_LONGEST_TITLE = 48  # the longest of a hundred printed titles
_ROLE = re.compile(
    r"记者|記者|通讯员|通訊員|特派员|特派員|评论员|評論員|作者|撰稿|采写"
)
_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十])"
)
_TABLE_END = re.compile(r"</t[dh]>")
_MOST_LEFT_OVER = 300
_KEY = 16  # characters by which a line cut at its end is recognised


class Reading:
    """The printed values of one manuscript, sought again in its lines."""

    def __init__(self, blocks: Sequence[Block], printed: ExtractedPage) -> None:
        self._blocks = blocks
        self._lines = [block.text for block in blocks]
        self._printed = printed
        self.used: set[str] = set()  # lines that are evidence of something

    def title(self, value: str) -> Found:
        printed = self._printed.title
        index = self._first(lambda line: bool(printed) and printed in line)
        if index is None:
            first, _, _ = printed.partition(" ")
            index = self._first(lambda line: bool(first) and line == first)
        if not value:
            return Found()
        line = "" if index is None else self._lines[index]
        if len(value) > _LONGEST_TITLE:
            return self._found(value, line, Confidence.GUESS)
        is_marked = index is not None and self._blocks[index].tag == "h1"
        if is_marked or has_title_label(line) or self._is_over_dateline(index):
            return self._found(value, line, Confidence.SURE)
        return self._found(value, line, Confidence.LIKELY)

    def over_or_under(self, name: str, value: str) -> Found:
        """Kicker or subtitle: sure if it is labelled or begins with a dash."""
        line = self._line_with(getattr(self._printed, name))
        is_sure = has_title_label(line) or bool(SUBTITLE_MARK.match(line))
        return self._found(
            value, line, Confidence.SURE if is_sure else Confidence.GUESS
        )

    def standfirst(self, value: str) -> Found:
        line = self._line_with(self._printed.standfirst)
        return self._found(value, line, Confidence.SURE)

    def source(self, value: str) -> Found:
        printed = self._printed.source
        with_it = [line for line in self._lines if printed in line] if printed else []
        for line in with_it:
            if len(line) <= _SHORT * 2 and read_labels([line]).source == printed:
                return self._found(value, line, Confidence.SURE)
        short = next((line for line in with_it if len(line) <= _SHORT), "")
        if short:
            return self._found(value, short, Confidence.LIKELY)
        return self._found(value, next(iter(with_it), ""), Confidence.GUESS)

    def authors(self, values: Sequence[str]) -> Found:
        line = self._line_naming(self._printed.authors, _names_author)
        excerpt = _around(line, self._printed.authors[:1])
        is_sure = bool(_ROLE.search(excerpt)) or _names_author(line)
        kind = Confidence.SURE if is_sure else Confidence.LIKELY
        return self._found("、".join(values), line, kind, self._printed.authors)

    def editors(self, values: Sequence[str]) -> Found:
        line = self._line_naming(self._printed.editors, _names_editor)
        is_sure = bool(read_labels([line[-_SHORT:]]).editors)
        kind = Confidence.SURE if is_sure else Confidence.LIKELY
        return self._found("、".join(values), line, kind, self._printed.editors)

    def published(self) -> Found:
        value = self._printed.published_at or ""
        index = self._first(
            lambda line: bool(value) and len(line) <= 200 and find_time(line) == value
        )
        if index is None:
            return self._found(value, "", Confidence.GUESS)
        kind = Confidence.SURE if "T" in value else Confidence.LIKELY
        return self._found(value, self._lines[index], kind)

    def original_url(self) -> Found:
        value = self._printed.original_url
        return self._found(value, self._line_with(value), Confidence.LIKELY)

    def heading(self, section: ExtractedSection, value: str) -> Found:
        index = self._first(lambda line: section.heading in line)
        if not value or index is None:
            return Found(value)
        block = self._blocks[index]
        is_marked = (
            block.bold > 0.95
            or block.tag in ("h1", "h2", "h3", "h4", "h5", "h6")
            or block.text != section.heading
            or bool(_NUMBERED.match(section.heading))
        )
        kind = Confidence.SURE if is_marked else Confidence.LIKELY
        return self._found(value, self._lines[index], kind)

    def _found(
        self, value: str, line: str, kind: Confidence, words: Sequence[str] = ()
    ) -> Found:
        if not value:
            return Found()
        self.used.add(line)
        return Found(value, _around(line, words or [value]), kind)

    def _first(self, test: Callable[[str], bool]) -> int | None:
        return next((i for i, line in enumerate(self._lines) if test(line)), None)

    def _line_with(self, printed: str) -> str:
        return next((line for line in self._lines if printed and printed in line), "")

    def _line_naming(
        self, names: Sequence[str], is_label: Callable[[str], bool]
    ) -> str:
        """The line that names them all; a labelled one before any other."""
        if not names:
            return ""
        naming = [
            line
            for line in self._lines
            if all(name in line.replace(" ", "") for name in names)
        ]
        return next(filter(is_label, naming), next(iter(naming), ""))

    def _is_over_dateline(self, index: int | None) -> bool:
        if index is None or not self._printed.published_at:
            return False
        return any(find_time(line) for line in self._short(index + 1, index + 4))

    def _short(self, begin: int, end: int) -> list[str]:
        return [line for line in self._lines[begin:end] if len(line) <= _SHORT]


def left_over(
    blocks: Sequence[Block], page: ExtractedPage, reading: Reading
) -> tuple[str, ...]:
    """The lines that are neither in the proposal nor the evidence of a value.

    Call it after the values were read.
    """
    placed = set(_placed(page))
    beginnings = {line[:_KEY] for line in placed if len(line) >= _KEY}
    rest = [
        block.text
        for block in blocks
        if block.text not in placed
        and block.text not in reading.used
        and block.text[:_KEY] not in beginnings
        and not any(part and part in placed for part in (block.text.strip("「」【】"),))
    ]
    return tuple(dict.fromkeys(rest))[:_MOST_LEFT_OVER]


def mended(pasted: Pasted, page: ExtractedPage, rest: Sequence[str]) -> tuple[str, ...]:
    """Sentences about what was changed or taken away."""
    told = []
    if pasted.origin:
        told.append(f"去掉了{pasted.origin}，保留粗体、列表、链接和表格。")
    restored = _count_restored(pasted.raw)
    if restored:
        told.append(f"恢复了 {restored} 处全角标点。")
    if pasted.invisible:
        told.append(f"去掉了 {pasted.invisible} 个看不见的字符。")
    if page.is_legacy:
        told.append("原文是机器转换的繁体，已还原为简体。")
    debris = sum(_is_debris(line) for line in rest)
    if debris:
        told.append(f"去掉了页面导航、二维码说明等 {debris} 行，列在最下面。")
    if pasted.pictures:
        told.append(f"去掉了 {pasted.pictures} 张图片，请另外上传到图片库。")
    return tuple(told)


def _count_restored(raw: str) -> int:
    return sum(
        before != after
        for line in raw.split("\n")
        for before, after in zip(line, restore_full_width(line), strict=True)
    )


def _is_debris(line: str) -> bool:
    block = Block((Run(line),))
    if is_menu(line) or is_noise(block) or is_ending_mark(block):
        return True
    return find_path([block])[0] >= 0


def _placed(page: ExtractedPage) -> Iterable[str]:
    yield from (page.title, page.kicker, page.subtitle, page.standfirst)
    for section in page.sections:
        yield section.heading
        yield section.subheading
        for paragraph in section.paragraphs:
            yield plain(_TABLE_END.sub(" ", paragraph)).strip()


def _names_author(line: str) -> bool:
    return bool(read_labels([line[-_SHORT:]]).authors)


def _names_editor(line: str) -> bool:
    return bool(read_labels([line[-_SHORT:]]).responsible)


def _around(line: str, words: Sequence[str]) -> str:
    """The line, or the part of a long one around the first word."""
    if len(line) <= _SHORT or not words:
        return line
    at = max(0, line.find(words[0]))
    begin, end = max(0, at - _EXCERPT), at + _EXCERPT
    before, after = "…" if begin else "", "…" if end < len(line) else ""
    return f"{before}{line[begin:end]}{after}"
