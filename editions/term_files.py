"""The glossary as a table in a file: what the desk exports, edits and tries out."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import TextChoices

from editions.models import Term

# Columns in the order of the file, and the fields that they fill.
COLUMNS: Final = {
    "原文": "source",
    "原文字形": "script",
    "各版照原文": "is_protected",
    "繁体版": "form_zh_hant",
    "台湾版": "form_zh_tw",
    "香港版": "form_zh_hk",
    "简体版": "form_zh_hans",
    "类别": "kind",
    "说明": "note",
}
_CHOICES: Final[dict[str, type[TextChoices]]] = {
    "script": Term.Script,
    "kind": Term.Kind,
}
_YES = frozenset({"是", "1", "y", "yes", "true", "✓"})
_NO = frozenset({"", "否", "0", "n", "no", "false"})


class Unreadable(Exception):  # noqa: N818  it is no fault of the program
    """What is wrong with the file, a sentence for each line; nothing of it counts."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


class _Row(NamedTuple):
    line: int
    cells: dict[str, str]


def read_terms(data: bytes) -> list[Term]:
    """Terms, not saved, of a table with at least the column 原文. Raises Unreadable.

    UTF-8, or GB 18030 as spreadsheets save it. A row without forms, and not protected,
    is a term that is converted by itself, as one in the admin without forms is.
    """
    rows = list(_rows(_text(data)))
    faults: list[str] = []
    terms: dict[tuple[str, str], Term] = {}
    for row in rows:
        try:
            term = _term(row.cells)
        except ValidationError as refusal:
            faults.append(f"第 {row.line} 行：{''.join(refusal.messages)}")
            continue
        if terms.setdefault((term.source, term.script), term) is not term:
            faults.append(f"第 {row.line} 行：“{term.source}”前面已经有一行。")
    if faults:
        raise Unreadable(faults)
    return list(terms.values())


def write_terms(terms: Iterable[Term]) -> str:
    """The table of these terms; it begins with the mark that tells spreadsheets UTF-8."""
    table = io.StringIO("\ufeff")
    table.seek(1)
    writer = csv.writer(table)
    writer.writerow(COLUMNS)
    writer.writerows(_cells(term) for term in terms)
    return table.getvalue()


def _cells(term: Term) -> Iterator[str]:
    for name in COLUMNS.values():
        value = getattr(term, name)
        if name in _CHOICES:
            yield str(_CHOICES[name](value).label)
        else:
            yield ("是" if value else "否") if isinstance(value, bool) else value


def _text(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(["读不懂这个文件的编码，请存成 UTF-8。"])


def _rows(text: str) -> Iterator[_Row]:
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        heading = [cell.strip() for cell in next(reader, [])]
        if "原文" not in heading:
            raise Unreadable(["第 1 行要写列名，至少有“原文”这一列。"])
        strange = [cell for cell in heading if cell and cell not in COLUMNS]
        if strange:
            known = "、".join(COLUMNS)
            raise Unreadable([f"不认识的列：{'、'.join(strange)}。能用的列：{known}。"])
        for cells in reader:
            named = zip(heading, (cell.strip() for cell in cells), strict=False)
            row = {COLUMNS[name]: cell for name, cell in named if name}
            if any(row.values()):
                yield _Row(reader.line_num, row)
    except csv.Error as error:
        raise Unreadable([f"第 {reader.line_num} 行：不是 CSV（{error}）。"]) from error


def _term(cells: dict[str, str]) -> Term:
    term = Term()
    for name, cell in cells.items():
        if name == "is_protected":
            setattr(term, name, _is_yes(cell))
        elif name in _CHOICES:
            if cell:
                setattr(term, name, _choice(name, cell))
        else:
            setattr(term, name, cell)
    term.full_clean(validate_unique=False, validate_constraints=False)
    return term


def _is_yes(cell: str) -> bool:
    if cell.lower() in _YES | _NO:
        return cell.lower() in _YES
    raise ValidationError(f"“各版照原文”写“是”或“否”，不是“{cell}”。")


def _choice(name: str, cell: str) -> str:
    choices: list[tuple[str, str]] = _CHOICES[name].choices
    for value, label in choices:
        if cell in {value, label}:
            return value
    labels = "、".join(label for _, label in choices)
    title = next(title for title, field in COLUMNS.items() if field == name)
    raise ValidationError(f"“{title}”只能是{labels}，不是“{cell}”。")
