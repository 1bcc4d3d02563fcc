"""manage.py search: what readers would find, one line for each story."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from search import asking
from search.finding import Filters, Order, count, find


class Command(BaseCommand):
    help = "Print what readers would find for these words, one line for each story."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("words", help='as on the search page: "老街 -雨"')
        parser.add_argument("--newest", action="store_true", help="newest first")
        parser.add_argument("--limit", type=int, default=20, help="stories; default 20")

    def handle(self, *_: Any, **options: Any) -> None:
        now = timezone.now()
        asked = asking.read(options["words"])
        if asked.problem or asked.is_empty:
            raise CommandError(asked.problem or "没有要找的词。")
        order = Order.NEWEST if options["newest"] else Order.BEST
        found = count(asked, Filters(), now)
        stories, are_all = find(
            asked,
            Filters(),
            order,
            at=now,
            end=max(options["limit"], 0),
            is_frequent=found.has_more,
        )
        for story in stories:
            day = timezone.localtime(story.dated_at)
            self.stdout.write(
                f"{day:%Y-%m-%d}  {settings.SITE_URL}{story.get_absolute_url()}"
                f"  {story.channel.name}  {story.title}"
            )
        more = "以上" if found.has_more else ""
        is_partial = found.is_partial or not are_all
        self.stdout.write(
            "只找了一部分：太费时。" if is_partial else f"共 {found.count} 条{more}"
        )
