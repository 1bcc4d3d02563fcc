import logging
import re
import sys
from typing import Any
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import Resolver404, resolve
from django.utils import timezone

from articles import publishing
from articles.models import Article, Withdrawal
from articles.moments import full_moment
from articles.refusals import Refused
from editions.catalogue import by_prefix
from fronts import absence

YES = {"是", "确定", "y", "yes"}
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


class Command(BaseCommand):
    help = "按读者看到的网址马上撤回一篇文章，再检查它是否从各处消失。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "url", help="文章网址，哪种文字版都行：完整网址，或 /article/7/ 这样的路径"
        )
        parser.add_argument("--note", default="", help="给读者的公开说明，可以不写")
        parser.add_argument(
            "--emergency", action="store_true", help="不再问“确定？”，马上撤回"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        article = article_at(options["url"])
        now_live = article.published.visible(timezone.now()).first()
        if now_live is None:
            self._say_why_not(article)
            return
        note = options["note"].strip()
        if len(note) > Withdrawal._meta.get_field("public_note").max_length:
            raise CommandError("公开说明最多 200 字，没有撤回。")
        if not options["emergency"] and not self._is_confirmed(now_live.title):
            self.stdout.write("没有撤回。")
            return
        try:
            withdrawal = publishing.withdraw(article, by=None, public_note=note)
        except Refused as refusal:
            raise CommandError("".join(refusal.sentences)) from refusal
        self.stdout.write(
            f"已撤回《{now_live.title}》，时间 {full_moment(withdrawal.withdrawn_at)}。"
        )
        self._report(withdrawal)

    def _is_confirmed(self, title: str) -> bool:
        """Ask on a terminal; without one nobody could answer, and nothing is done."""
        if not self._stdin_is_terminal():
            raise CommandError("没有终端可以确认。要直接撤回，请加 --emergency。")
        answer = input(f"撤回《{title}》，读者马上看不到。确定？[是/否] ")
        return answer.strip().lower() in YES

    def _stdin_is_terminal(self) -> bool:
        return sys.stdin is not None and sys.stdin.isatty()

    def _say_why_not(self, article: Article) -> None:
        withdrawal = article.withdrawals.first()
        if withdrawal is None:
            raise CommandError("这篇文章没有在线版本，读者看不到，无须撤回。")
        moment = full_moment(withdrawal.withdrawn_at)
        self.stdout.write(f"这篇文章已经在 {moment} 撤回，没有改动。")

    def _report(self, withdrawal: Withdrawal) -> None:
        # That the story's page answers 410 is what is wanted, not worth a warning.
        logging.getLogger("django.request").setLevel(logging.ERROR)
        try:
            found = absence.check(withdrawal)
        except Refused as refusal:
            self.stdout.write("".join(refusal.sentences))
            return
        for row in found.surfaces:
            word = "✓ 没有了" if row["clean"] else f"✕ {row['why']}"
            self.stdout.write(f"{row['seconds']:6.1f} 秒  {row['address']}  {word}")
        faults = sum(not row["clean"] for row in found.surfaces)
        self.stdout.write(
            f"查了 {len(found.surfaces)} 处，{faults} 处还能看到或打开。"
            if faults
            else f"查了 {len(found.surfaces)} 处，都没有了。"
        )


def article_at(address: str) -> Article:
    """The story at a reader's address. Raises CommandError when it is not one."""
    try:
        path = urlsplit(address).path if _SCHEME.match(address) else address
    except ValueError as error:
        raise CommandError(f"看不懂这个网址：{address}") from error
    path = "/" + path.split("?")[0].split("#")[0].strip("/") + "/"
    first, _, rest = path.removeprefix("/").partition("/")
    if by_prefix(first):
        path = f"/{rest}"
    try:
        match = resolve(path)
    except Resolver404:
        match = None
    if match is None or match.view_name != "articles:page":
        raise CommandError(f"{address} 不是文章网址。文章网址像 /article/7/。")
    article = Article.objects.filter(pk=match.kwargs["article_id"]).first()
    if article is None:
        raise CommandError(f"没有网址是 {address} 的文章。")
    return article
