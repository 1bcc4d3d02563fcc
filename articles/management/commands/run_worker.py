"""The background worker: announces what is due, sends letters and makes the sizes of
pictures, until it is stopped."""

import datetime
import logging
import os
import signal
import threading
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, InterfaceError, close_old_connections
from django.utils import timezone

from articles.announcing import BATCH, LATE, announce_due, lateness, next_due
from articles.mailing import mail_waiting, unsettled
from articles.models import Announcement, Notice
from pictures.rendering import render_next

logger = logging.getLogger(__name__)

LOOK_AGAIN = 1.0  # seconds
AFTER_A_FAULT = 5.0
LAST_LETTER = 15.0  # how long a letter in hand may take when the worker stops
SHOWN = 20  # unsettled letters that --status names

Work = Callable[[], float]  # does a piece of it, returns seconds until the next


class Command(BaseCommand):
    help = (
        "后台任务：稿件到点上线、下线时记入操作记录并通知有关的人，把通知寄成邮件，"
        "把新图片做成各种尺寸。"
        "一直运行到收到停止信号；可以同时运行几个。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument(
            "--once", action="store_true", help="做完现在该做的事就结束"
        )
        choice.add_argument(
            "--status",
            action="store_true",
            help="只看不做：待办、逾期和没有寄出的邮件；有事项逾期两分钟以上时返回码为 1",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["status"]:
            self._show_status(timezone.now())
        elif options["once"]:
            announced, mailed = until_none(announce_due), until_none(mail_waiting)
            rendered = until_none(render_next)
            self.stdout.write(
                f"到点事项 {announced} 件，邮件 {mailed} 封，图片 {rendered} 张。"
            )
        else:
            work_until_stopped()

    def _show_status(self, now: datetime.datetime) -> None:
        waiting = Announcement.objects.filter(done_at=None)
        due = waiting.filter(due_at__lte=now).count()
        late = lateness(now)
        self.stdout.write(
            f"到点事项：已到点还没做 {due} 件，最迟 {late.total_seconds():.0f} 秒；"
            f"将到点 {waiting.count() - due} 件。"
        )
        self.stdout.write(
            f"邮件：待寄 {Notice.objects.filter(mailing_at=None).count()} 封，"
            f"开始寄而没有寄成 {unsettled().count()} 封。"
        )
        for notice in unsettled().select_related("person")[:SHOWN]:
            begun = timezone.localtime(notice.mailing_at)
            self.stdout.write(
                f"  通知 {notice.pk}，{begun:%Y-%m-%d %H:%M}，{notice.person}：{notice}"
            )
        if late > LATE:
            raise CommandError("后台任务没有在运行，或者跟不上。")


def until_none(work: Callable[[], int]) -> int:
    """Call it until it finds nothing more to do; the sum of what it did."""
    total = 0
    while done := work():
        total += done
    return total


def work_until_stopped() -> None:
    """Announce, mail and make the sizes of pictures, each at its own pace: a slow mail
    server delays no announcement.

    Ends at SIGTERM or SIGINT once what is in hand is done. Exits with an error if one
    of them ended by a fault that is none of the database's.
    """
    stop, fault = threading.Event(), threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    helpers = [
        threading.Thread(target=keep_doing, args=(work, stop, fault), daemon=True)
        for work in (mail_a_batch, render_a_picture)
    ]
    for helper in helpers:
        helper.start()
    logger.info("后台任务已启动，进程 %d。", os.getpid())
    keep_doing(announce_a_batch, stop, fault)
    for helper in helpers:
        helper.join(LAST_LETTER)
    logger.info("后台任务已停止。")
    if fault.is_set():
        raise CommandError("后台任务出错，已停止。")


def keep_doing(work: Work, stop: threading.Event, fault: threading.Event) -> None:
    """Work until told to stop. A database that fails is waited for; any other fault ends
    this worker, for whoever watches over it to start a new one."""
    try:
        while not stop.is_set():
            try:
                pause = work()
            except (DatabaseError, InterfaceError) as error:
                logger.warning("The database fails; trying again: %s", error)
                pause = AFTER_A_FAULT
            finally:
                close_old_connections()
            stop.wait(pause)
    except Exception:
        logger.exception("The worker ends.")
        fault.set()
        stop.set()


def announce_a_batch() -> float:
    if announce_due() >= BATCH:
        return 0.0
    following = next_due()
    if following is None:
        return LOOK_AGAIN
    seconds = (following - timezone.now()).total_seconds()
    # What is due and was left is in somebody else's hands: no hurry to ask again.
    return seconds if 0 < seconds < LOOK_AGAIN else LOOK_AGAIN


def mail_a_batch() -> float:
    return 0.0 if mail_waiting() else LOOK_AGAIN


def render_a_picture() -> float:
    return 0.0 if render_next() else LOOK_AGAIN
