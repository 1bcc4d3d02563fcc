"""manage.py rebuild_search_index: index what is not indexed yet."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from articles.models import Article
from search import indexing
from search.models import DeskEntry, StoryEntry
from search.tokens import TOKENS_VERSION

BATCH = 100  # stories in a transaction: about a second


class Command(BaseCommand):
    help = (
        "Put every story into the search index that is missing there. Goes on where an"
        " interrupted run stopped; with nothing to do it takes a moment."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--afresh",
            action="store_true",
            help="forget the index first: until this is done, searches find less",
        )

    def handle(self, *_: Any, **options: Any) -> None:
        self._is_quiet = options.get("verbosity", 1) == 0
        if options["afresh"] or self._is_of_another_version():
            with transaction.atomic():
                indexing.empty_all()
            self._say("原来的索引已清空。")
        with transaction.atomic():
            gone, _ = indexing.ended(timezone.now()).delete()
        if gone:
            self._say(f"已去掉 {gone} 个不再给读者看的版本。")
        # The oldest first: keys of one minute then follow the order of the stories.
        stories = indexing.stories_to_index(timezone.now()).order_by("dated_at", "pk")
        self._index("读者看的稿件", stories, self._index_story)
        desk = indexing.desk_copies_to_index().order_by("pk")
        self._index("编辑部的稿件", desk, self._index_desk_copy)

    def _is_of_another_version(self) -> bool:
        """Whether rows were cut otherwise than today: their tokens cannot be told any
        more. 0 marks rows that only wait for new words."""
        return any(
            model.objects.exclude(tokens_version__in=(0, TOKENS_VERSION)).exists()
            for model in (StoryEntry, DeskEntry)
        )

    def _index(self, name: str, rows: QuerySet, index_one: Any) -> None:
        keys = list(rows.values_list("pk", flat=True))
        started = time.monotonic()
        for start in range(0, len(keys), BATCH):
            batch = keys[start : start + BATCH]
            with transaction.atomic():
                for key in batch:
                    index_one(key)
            done = start + len(batch)
            seconds = time.monotonic() - started
            left = seconds / done * (len(keys) - done)
            self._say(f"{name} {done}/{len(keys)}，还要约 {left:.0f} 秒")
        self._say(f"{name}：新写入 {len(keys)} 篇。")

    def _index_story(self, key: int) -> None:
        """One that went away meanwhile, or that somebody indexed, is left out."""
        for story in indexing.lock_stories([key]):
            if indexing.stories_to_index(timezone.now()).filter(pk=key).exists():
                indexing.index_story(story)

    def _index_desk_copy(self, key: int) -> None:
        article = (
            Article.objects.select_for_update(of=("self",))
            .select_related("source")
            .filter(pk=key)
            .first()
        )
        if article:
            indexing.index_desk_copy(article)

    def _say(self, sentence: str) -> None:
        if self._is_quiet:
            return
        self.stdout.write(sentence)
        self.stdout.flush()
