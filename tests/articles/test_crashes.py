"""A failure at any moment leaves all of an act or nothing. The same at length, with kills
by the hundred: bench/publishing_crashes.py."""

import datetime
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.apps import apps
from django.db import OperationalError, connection
from django.utils import timezone

from accounts.chain import first_break
from accounts.models import AuditEntry
from accounts.roles import Role
from articles import announcing, publishing
from articles.models import Article
from search.models import DeskIndex, StoryIndex
from search.needles import Needles, Token
from tests import factories

BENCH = Path(__file__).resolve().parents[2] / "bench" / "publishing_crashes.py"
HOUR = datetime.timedelta(hours=1)
SECOND = datetime.timedelta(seconds=1)
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE)\b", re.IGNORECASE)


def everything() -> dict[str, list[tuple]]:
    """Every row of every table that can be read: what the search finds is asked apart."""
    tables = {"found": list(tokens_of_search())}
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.managed:
            continue
        rows = model._base_manager.order_by("pk").values_list()
        tables[model._meta.label] = list(rows)
    return tables


def tokens_of_search() -> Iterator[tuple]:
    """Rows of the indexes that have any token of the stories here."""
    for index in (StoryIndex, DeskIndex):
        for token in ("老街", "河边", "周禾"):
            asked = Needles((((Token(token),),),))
            rows = index.objects.filter(tokens__matches=asked)
            yield index, token, *sorted(rows.values_list("pk", flat=True))


class FailingAt:
    """Lets the n-th write of the block fail, as a full disk does."""

    def __init__(self, number: int) -> None:
        self.left = number

    def __call__(self, execute, sql, params, many, context):
        if WRITES.match(sql):
            self.left -= 1
            if self.left == 0:
                raise OperationalError("disk full")
        return execute(sql, params, many, context)


def writes_of(act: Callable[[], object]) -> int:
    """Let each write of the act fail in turn, until it succeeds; how many there are.

    Whatever fails, the database must be as it was.
    """
    before = everything()
    number = 0
    while True:
        number += 1
        failing = FailingAt(number)
        try:
            with connection.execute_wrapper(failing):
                act()
        except OperationalError:
            assert everything() == before, f"write {number} left something behind"
        else:
            assert everything() != before
            return number - 1


@pytest.fixture
def now() -> datetime.datetime:
    return timezone.now()


@pytest.fixture
def editor():
    return factories.staff(Role.CHIEF)


def live_with_a_plan(now, editor) -> Article:
    """A live story with a planned replacement, an end, and other words on the desk."""
    article = factories.article(tags=("老街",), created_by=editor)
    publishing.publish(article, by=editor, until=now + 3 * HOUR, now=now - HOUR)
    Article.objects.filter(pk=article.pk).update(title="改过的标题")
    publishing.replace(article, by=editor, at=now + HOUR, now=now)
    Article.objects.filter(pk=article.pk).update(title="又改过的标题")
    return article


NOTE = publishing.PublicNote("correction", "第二段的年份已改正。")
ACTS = {
    "replace": lambda article, keys: publishing.replace(article, **keys),
    "replace with a correction": lambda article, keys: publishing.replace(
        article, correction=NOTE, **keys
    ),
    "plan a replacement": lambda article, keys: publishing.replace(
        article, at=keys["now"] + 2 * HOUR, **keys
    ),
    "correct": lambda article, keys: publishing.correct(article, NOTE, **keys),
    "set expiry": lambda article, keys: publishing.set_expiry(
        article, keys["now"] + 5 * HOUR, **keys
    ),
    "cancel": lambda article, keys: publishing.cancel_schedule(article, **keys),
    "withdraw": lambda article, keys: publishing.withdraw(article, **keys),
}


@pytest.mark.django_db
@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS.keys())
def test_failed_act_on_a_live_story_changes_nothing(act, now, editor):
    article = live_with_a_plan(now, editor)
    keys = {"by": editor, "now": now + SECOND}
    assert writes_of(lambda: act(article, keys)) >= 4
    assert first_break(AuditEntry.objects.order_by("number")) is None


@pytest.mark.django_db
@pytest.mark.parametrize("is_planned", [False, True])
def test_failed_first_publication_changes_nothing(now, editor, is_planned):
    article = factories.article(tags=("老街",), created_by=editor)
    publishing.schedule(article, now + HOUR, by=editor, now=now)
    Article.objects.filter(pk=article.pk).update(title="改过的标题")
    keys = {"by": editor, "until": now + 9 * HOUR, "now": now + SECOND}

    def act() -> None:
        if is_planned:
            publishing.schedule(article, now + 2 * HOUR, **keys)
        else:
            publishing.publish(article, **keys)

    assert writes_of(act) >= 8


@pytest.mark.django_db
def test_failed_announcement_changes_nothing(now, editor):
    article = factories.article(created_by=editor)
    publishing.schedule(article, now + HOUR, by=editor, now=now)
    assert writes_of(lambda: announcing.announce_due(now + HOUR)) == 3


def url_of_database() -> str:
    """The database of this test run, for another process."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    user = quote(database["USER"] or "", safe="")
    password = quote(database["PASSWORD"] or "", safe="")
    host = database["HOST"] or "127.0.0.1"
    port = database["PORT"] or 5432
    return f"postgres://{user}:{password}@{host}:{port}/{database['NAME']}"


def figures_of(tmp_path, *arguments: str) -> dict:
    """What the kills left behind, in the database of this test."""
    environment = {
        "PATH": os.environ["PATH"],
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": url_of_database(),
    }
    result = subprocess.run(  # noqa: S603  our own interpreter and source
        [sys.executable, str(BENCH), "--here", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return json.loads(result.stdout)


@pytest.mark.crash
@pytest.mark.django_db(transaction=True)
def test_acknowledged_publication_survives_kills_and_none_is_torn(tmp_path):
    figures = figures_of(tmp_path, "publish", "--kills", "10")
    assert figures["acknowledged"] > 0
    assert figures["published"] >= figures["acknowledged"]
    assert (figures["lost"], figures["torn"], figures["chain_broken"]) == (0, 0, 0)


@pytest.mark.crash
@pytest.mark.django_db(transaction=True)
def test_killed_announcers_announce_everything_once_and_nothing_early(tmp_path):
    figures = figures_of(tmp_path, "announce", "--due", "25", "--rounds", "1")
    assert figures["kills"] > 0
    for fault in ("missed", "done_twice", "wrong_notices", "early", "chain_broken"):
        assert figures[fault] == 0, fault


@pytest.mark.crash
@pytest.mark.django_db(transaction=True)
def test_killed_postmen_send_no_letter_twice_and_forget_none(tmp_path):
    figures = figures_of(tmp_path, "mail", "--letters", "60")
    assert figures["kills"] > 0
    assert figures["sent"] > 0
    assert (figures["sent_twice"], figures["forgotten"]) == (0, 0)
