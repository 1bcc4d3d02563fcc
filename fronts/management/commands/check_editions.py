"""Says what readers of the converted editions would see change, before it goes live."""

import sys
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from articles.models import PublishedArticle
from editions.catalogue import EDITIONS, Edition
from editions.conversion import Glossary
from editions.term_files import Unreadable, read_terms
from editions.terms import CompiledGlossary
from fronts import edition_baselines
from fronts.edition_baselines import Coverage, NoBaseline
from fronts.edition_changes import (
    Change,
    Entries,
    GlossaryChange,
    entries_in_force,
    keyed,
    visible_stories,
)

CHANGED, FAILED = 1, 2  # exit codes
SAY_EVERY = 5.0  # seconds between two lines of progress

_T = TypeVar("_T")
Found = Iterator[tuple[PublishedArticle, list[Change]]]


class Command(BaseCommand):
    help = (
        "把读者看得到的稿件按现在的设置和拟用的设置各转换一遍，列出各文字版里会变的句子。"
        "什么都不改。返回码：0 没有变化，1 有变化，2 出错。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--glossary",
            type=Path,
            metavar="文件",
            help="拟用的词条（CSV，与转换词表的“导出”同样的列）：替换原文相同的，加上没有的",
        )
        parser.add_argument(
            "--without-term",
            action="append",
            default=[],
            metavar="原文",
            help="拟删去的词条，可以写几次",
        )
        files = parser.add_mutually_exclusive_group()
        files.add_argument(
            "--save",
            type=Path,
            metavar="文件",
            help="存下现在各版的文字，供升级后对照；文件名以 .gz 结尾就压缩",
        )
        files.add_argument(
            "--baseline", type=Path, metavar="文件", help="与 --save 存下的文字对照"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = self._done(options)
        except (Unreadable, NoBaseline) as fault:
            raise CommandError(str(fault), returncode=FAILED) from fault
        except OSError as fault:
            message = f"文件 {fault.filename}：{fault.strerror}"
            raise CommandError(message, returncode=FAILED) from fault
        except DatabaseError as fault:
            message = f"读不到数据库：{fault}"
            raise CommandError(message, returncode=FAILED) from fault
        if count:
            sys.exit(CHANGED)

    def _done(self, options: dict[str, Any]) -> int:
        """How many sentences would change."""
        before = entries_in_force()
        after = _proposed(before, options["glossary"], options["without_term"])
        if options["save"]:
            if after is not before:
                message = "--save 存的是现在的文字，不能和拟用的词条一起用。"
                raise CommandError(message, returncode=FAILED)
            self._save(options["save"], _compiled(before))
            return 0
        if options["baseline"]:
            return self._compare_with(options["baseline"], _compiled(after))
        if after is before:
            message = "请写明和什么比：--glossary、--without-term 或 --baseline。"
            raise CommandError(message, returncode=FAILED)
        change = GlossaryChange(before, after)
        return self._report(
            (story, change.changes(story)) for story in visible_stories()
        )

    def _save(self, path: Path, glossary: Glossary) -> None:
        written = edition_baselines.save(path, visible_stories(), glossary)
        count = sum(1 for _ in self._with_progress(written))
        self.stdout.write(f"存下了 {count} 篇稿件各版的文字：{path}")

    def _compare_with(self, path: Path, glossary: Glossary) -> int:
        head, records = edition_baselines.load(path)
        self.stdout.write(f"对照 {head.made_at} 存下的文字。")
        for name, then, now in head.engine_then_and_now():
            self.stdout.write(f"{name} 当时是 {then}，现在是 {now}。")
        if not head.has_glossary_in_force:
            self.stdout.write("转换词表后来改过，下面也有词表带来的变化。")
        coverage = Coverage()
        count = self._report(
            edition_baselines.compared(records, visible_stories(), glossary, coverage)
        )
        if coverage.new or coverage.gone:
            self.stdout.write(
                f"没有对照的：存下以后新上线或改过的 {coverage.new} 篇，"
                f"已经看不到的 {coverage.gone} 篇。"
            )
        return count

    def _report(self, found: Found) -> int:
        sentences: Counter[Edition] = Counter()
        stories: Counter[Edition] = Counter()
        affected = looked_at = 0
        for story, changes in self._with_progress(found):
            looked_at += 1
            if changes:
                affected += 1
                self._print(story, changes)
                sentences.update(change.edition for change in changes)
                stories.update({change.edition for change in changes})
        if not affected:
            self.stdout.write(f"查了 {looked_at} 篇稿件，读者看到的没有变化。")
            return 0
        self.stdout.write(f"查了 {looked_at} 篇稿件，{affected} 篇会变：")
        for edition in EDITIONS:
            if stories[edition]:
                self.stdout.write(
                    f"  {edition.label}：{stories[edition]} 篇，{sentences[edition]} 句"
                )
        return sentences.total()

    def _print(self, story: PublishedArticle, changes: list[Change]) -> None:
        self.stdout.write(f"《{story.title}》 /article/{story.article_id}/")
        label = ""
        for change in changes:
            if change.edition.label != label:
                label = change.edition.label
                self.stdout.write(f"  {label}")
            self.stdout.write(f"    现在：{change.before}")
            self.stdout.write(f"    改后：{change.after}")
        self.stdout.write("")

    def _with_progress(self, items: Iterable[_T]) -> Iterator[_T]:
        """The items, with a line on stderr now and then."""
        said = time.monotonic()
        for number, item in enumerate(items, start=1):
            yield item
            if time.monotonic() - said > SAY_EVERY:
                said = time.monotonic()
                clock = timezone.localtime().strftime("%H:%M:%S")
                self.stderr.write(f"{clock} 查到第 {number} 篇……")


def _compiled(entries: Entries) -> CompiledGlossary:
    return CompiledGlossary("", [*entries.values()])


def _proposed(before: Entries, table: Path | None, without: list[str]) -> Entries:
    """The glossary as it would be; the very same object if nothing is proposed.

    Raises Unreadable, CommandError and OSError.
    """
    if table is None and not without:
        return before
    after = dict(before)
    for source in without:
        keys = [key for key in before if key[0] == source]
        if not keys:
            message = f"转换词表里没有“{source}”。"
            raise CommandError(message, returncode=FAILED)
        for key in keys:
            after.pop(key, None)
    if table is not None:
        after |= keyed(term.entry() for term in read_terms(table.read_bytes()))
    return after
