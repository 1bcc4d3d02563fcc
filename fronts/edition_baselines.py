"""What the editions said at one moment, kept in a file to compare a later engine with.

JSON lines, gzipped if the name ends in .gz: what it was made with, then a line for each
story that readers could see, in the order of its key. Read and written story by story.
"""

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any, cast

from django.utils import timezone

from articles.models import PublishedArticle
from editions.catalogue import by_code
from editions.conversion import Glossary
from editions.models import GlossaryVersion
from fronts.edition_changes import (
    Change,
    converted,
    differing,
    editions_of,
    lines_of,
)

FORMAT = 1
_ENGINE = ("opencc", "rjieba")  # packages that decide what the editions say

Record = dict[str, Any]


class NoBaseline(Exception):  # noqa: N818  it is no fault of the program
    """The file is none of ours, or not whole. Says so in a sentence."""


@dataclass(frozen=True)
class Head:
    """What a baseline was made with."""

    made_at: str
    engine: dict[str, str]
    glossary: str

    @property
    def has_glossary_in_force(self) -> bool:
        """Whether the desk has not touched the glossary since. One query."""
        return self.glossary == GlossaryVersion.current()

    def engine_then_and_now(self) -> list[tuple[str, str, str]]:
        """Packages of another version than then: name, then, now."""
        now = _engine()
        return [
            (name, self.engine.get(name, "?"), now[name])
            for name in _ENGINE
            if self.engine.get(name) != now[name]
        ]


@dataclass
class Coverage:
    """How many stories a comparison could not make: new or changed since, gone since."""

    new: int = 0
    gone: int = 0


def save(
    path: Path, stories: Iterable[PublishedArticle], glossary: Glossary
) -> Iterator[PublishedArticle]:
    """Write what is said of these stories, which must come in the order of `pk`.

    Yields each story when it is written; the file is there once the last one is, and
    until then an earlier one stays. Raises OSError.
    """
    unfinished = path.with_name(path.name + ".part")
    with _open(unfinished, "w", of=path) as file:
        head = {
            "format": FORMAT,
            "made_at": timezone.localtime().isoformat(timespec="seconds"),
            "engine": _engine(),
            "glossary": GlossaryVersion.current(),
        }
        _write(file, head)
        for story in stories:
            _write(file, _record(story, glossary))
            yield story
    unfinished.replace(path)


def load(path: Path) -> tuple[Head, Iterator[Record]]:
    """What the file was made with, and its stories. Raises OSError and NoBaseline."""
    lines = _lines(path)
    head = next(lines, {})
    if head.get("format") != FORMAT:
        raise NoBaseline("这不是 --save 存下的文件，或者是别的版本存的。")
    return Head(head["made_at"], head["engine"], head["glossary"]), lines


def compared(
    records: Iterator[Record],
    stories: Iterable[PublishedArticle],
    glossary: Glossary,
    coverage: Coverage,
) -> Iterator[tuple[PublishedArticle, list[Change]]]:
    """Each story, in the order of `pk`, with what is said otherwise than in the file."""
    record = next(records, None)
    for story in stories:
        while record and record["story"] < story.pk:
            coverage.gone += 1
            record = next(records, None)
        if record and record["story"] == story.pk:
            yield story, _changes(record, story, glossary, coverage)
            record = next(records, None)
        else:
            coverage.new += 1
            yield story, []
    coverage.gone += (record is not None) + sum(1 for _ in records)


def _changes(
    record: Record, story: PublishedArticle, glossary: Glossary, coverage: Coverage
) -> list[Change]:
    lines = lines_of(story)
    if _digest(lines) != record["source"]:
        coverage.new += 1
        return []
    found: list[Change] = []
    for code, then in record["editions"].items():
        now = converted(lines, story, by_code(code), glossary)
        if _digest(now) != then["sha256"]:
            found += differing(by_code(code), then["lines"], now)
    return found


def _record(story: PublishedArticle, glossary: Glossary) -> Record:
    lines = lines_of(story)
    said = {
        edition.code: converted(lines, story, edition, glossary)
        for edition in editions_of(story)
    }
    return {
        "story": story.pk,
        "article": story.article_id,
        "source": _digest(lines),
        "editions": {
            code: {"sha256": _digest(words), "lines": words}
            for code, words in said.items()
        },
    }


def _digest(lines: list[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _engine() -> dict[str, str]:
    return {name: version(name) for name in _ENGINE}


def _write(file: IO[str], record: Record) -> None:
    file.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")


def _lines(path: Path) -> Iterator[Record]:
    try:
        with _open(path, "r", of=path) as file:
            for line in file:
                yield json.loads(line)
    except (ValueError, EOFError, gzip.BadGzipFile) as error:
        raise NoBaseline("这个文件不完整，或者不是 --save 存下的。") from error


def _open(path: Path, mode: str, *, of: Path) -> IO[str]:
    """The text file, gzipped if `of`, the name that it is to have, says so."""
    opened = gzip.open if of.suffix == ".gz" else open
    return cast(IO[str], opened(path, f"{mode}t", encoding="utf-8"))
