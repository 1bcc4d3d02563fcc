"""Take saved pages and text dumps in as desk copies."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from articles.importing import ExtractedPage, extract
from articles.importing.extraction import MAX_BYTES
from articles.importing.storing import store
from articles.models import Article
from articles.publishing import PublishingRefused, publish

SUFFIXES = frozenset((".html", ".htm", ".shtml", ".xhtml", ".txt"))
# Browsers put the frames and pictures of a saved page into a folder beside it.
ATTACHMENT_FOLDERS = ("_files", ".files")
JSON_FIELDS = (
    "file",
    "title",
    "subtitle",
    "published_at",
    "source",
    "authors",
    "editors",
    "breadcrumb",
    "headings",
    "script",
)


@dataclass(frozen=True)
class Outcome:
    """What became of one file: `done` says it for people, `page.error` why it failed."""

    page: ExtractedPage
    done: str = ""

    @property
    def has_failed(self) -> bool:
        return bool(self.page.error)


class Command(BaseCommand):
    help = (
        "把保存下来的网页和文本导入为稿件（文件或文件夹）。同一网页再次导入不会重复。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH", help="文件或文件夹")
        parser.add_argument(
            "--publish", action="store_true", help="导入后立即发布，显示原网页的时间"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="只读取，不保存任何内容"
        )
        parser.add_argument(
            "--format",
            choices=("text", "json"),
            default="text",
            help="json：每个网页在标准输出印一行 JSON",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        files = list(find_files(options["paths"]))
        outcomes: list[Outcome] = []
        for number, path in enumerate(files, start=1):
            outcome = take_in(
                path, is_stored=not options["dry_run"], is_published=options["publish"]
            )
            outcomes.append(outcome)
            self._show(f"{number}/{len(files)} {path}", outcome)
            if options["format"] == "json":
                self.stdout.write(as_json(outcome.page))
                self.stdout.flush()
        self._sum_up(outcomes)

    def _show(self, place: str, outcome: Outcome) -> None:
        if outcome.has_failed:
            self.stderr.write(f"{place} 失败：{outcome.page.error}", self.style.ERROR)
        else:
            self.stderr.write(f"{place} {outcome.done}：{outcome.page.title}", str)
        self.stderr.flush()

    def _sum_up(self, outcomes: list[Outcome]) -> None:
        failed = [outcome for outcome in outcomes if outcome.has_failed]
        counts = {
            done: sum(outcome.done == done for outcome in outcomes)
            for done in dict.fromkeys(
                outcome.done for outcome in outcomes if outcome.done
            )
        }
        parts = [f"{done} {count}" for done, count in counts.items()]
        parts.append(f"失败 {len(failed)}")
        self.stderr.write(f"共 {len(outcomes)} 个文件：{'，'.join(parts)}。", str)
        if not outcomes:
            raise CommandError("没有找到可以导入的文件。")
        if failed:
            names = "、".join(outcome.page.file for outcome in failed)
            raise CommandError(f"{len(failed)} 个文件没有做完：{names}")


def find_files(paths: list[str]) -> Iterator[Path]:
    """The files named, and the pages in the folders named; each once, in a fixed order."""
    seen: set[Path] = set()
    for path in map(Path, paths):
        for file in (
            sorted(filter(is_page, path.rglob("*"))) if path.is_dir() else [path]
        ):
            if file.absolute() not in seen:
                seen.add(file.absolute())
                yield file


def is_page(path: Path) -> bool:
    if path.suffix.lower() not in SUFFIXES or not path.is_file():
        return False
    return not any(
        part.startswith(".") or part.endswith(ATTACHMENT_FOLDERS)
        for part in path.parts
        if part not in (".", "..")
    )


def take_in(path: Path, *, is_stored: bool, is_published: bool) -> Outcome:
    """Read one file and, if asked, store and publish it. Faults end in the outcome."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as fault:
        reason = f"不能读取文件（{fault.strerror or fault}）。"
        return Outcome(ExtractedPage(str(path), error=reason))
    page = extract(data, str(path))
    if page.error:
        return Outcome(page)
    if not is_stored:
        return Outcome(page, "读取")
    return _keep(page, is_published=is_published)


def _keep(page: ExtractedPage, *, is_published: bool) -> Outcome:
    try:
        article, is_new = store(page)
    except ValidationError as refusal:
        return Outcome(replace(page, error=f"没有导入：{' '.join(refusal.messages)}"))
    if is_published and _may_go_out(article):
        try:
            publish(article, by=None)
        except PublishingRefused as refusal:
            reasons = "".join(refusal.sentences)
            return Outcome(replace(page, error=f"已导入，没有发布：{reasons}"))
        return Outcome(page, "导入并发布" if is_new else "发布")
    return Outcome(page, "导入" if is_new else "已有")


def _may_go_out(article: Article) -> bool:
    """A story that readers have had before is the editors' business: 撤稿 stays so."""
    return article.first_published_at is None


def as_json(page: ExtractedPage) -> str:
    """The page on one line, with the keys that the handbook promises."""
    record = {name: getattr(page, name) for name in JSON_FIELDS}
    record["suspicious"] = [asdict(item) for item in page.suspicious]
    record["error"] = page.error or None
    return json.dumps(record, ensure_ascii=False)
