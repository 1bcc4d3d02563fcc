"""A change of the glossary in one process is what every other process prints next: with
the first request after it, so that no clock is needed.

Two processes of their own work on the test database: one serves readers, the other is
where an editor saves a term.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from editions.models import Term
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).resolve().parents[2]

# Reads requests as lines of JSON, answers each with a line, until its input ends.
PROCESS = """
import json, sys
import django
django.setup()
from django.test import Client
for line in sys.stdin:
    asked = json.loads(line)
    client = Client(SERVER_NAME="localhost")
    if asked.get("user"):
        from accounts.models import User
        client.force_login(User.objects.get(pk=asked["user"]))
    call = getattr(client, asked["method"])
    response = call(asked["path"], asked.get("data"), headers=asked.get("headers", {}))
    print(json.dumps({
        "status": response.status_code,
        "etag": response.get("ETag", ""),
        "text": response.content.decode(),
    }), flush=True)
"""


class Process:
    """A process of the site on the test database."""

    def __init__(self, folder: Path) -> None:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "jinxi_portal.settings",
            "DATABASE_URL": database_url(),
            "VAR_DIR": str(folder),
            "ENVIRONMENT": "development",
            "PYTHONPATH": str(ROOT),
        }
        self._running = subprocess.Popen(  # noqa: S603  our own interpreter
            [sys.executable, "-W", "ignore", "-c", PROCESS],
            cwd=ROOT,
            env=environment,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def ask(self, method: str, path: str, **more) -> dict:
        question = json.dumps({"method": method, "path": path, **more})
        self._running.stdin.write(question + "\n")
        self._running.stdin.flush()
        return json.loads(self._running.stdout.readline())

    def end(self) -> None:
        self._running.stdin.close()
        self._running.wait(timeout=20)
        self._running.stdout.close()


def database_url() -> str:
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    login = f"{quote(settings['USER'])}:{quote(settings['PASSWORD'], safe='')}"
    where = f"{quote(settings['HOST'], safe='')}:{settings['PORT'] or 5432}"
    return f"postgres://{login}@{where}/{settings['NAME']}"


@pytest.fixture
def readers(tmp_path) -> Iterator[Process]:
    process = Process(tmp_path / "readers")
    yield process
    process.end()


@pytest.fixture
def desk(tmp_path) -> Iterator[Process]:
    process = Process(tmp_path / "desk")
    yield process
    process.end()


def save_term(desk: Process, editor: User, **fields: str) -> None:
    data = {"script": "zh-Hans", "kind": "word", **fields}
    address = reverse("admin:editions_term_add")
    answer = desk.ask("post", address, user=editor.pk, data=data)
    assert answer["status"] == 302, answer["text"]


def test_all_four_editions_of_another_process_have_the_new_form_at_once(readers, desk):
    editor = factories.staff(Role.EDITOR)
    simplified = factories.article(body="<p>山后有河。</p>", published=True)
    traditional = factories.article(
        body="<p>鍾先生來了。</p>", script="zh-Hant", published=True
    )
    pages = {
        "zh-hans": (f"/article/{traditional.pk}/", "钟先生", "锺先生"),
        "zh-hant": (f"/zh-hant/article/{simplified.pk}/", "山後有河", "甲有河"),
        "zh-tw": (f"/zh-tw/article/{simplified.pk}/", "山後有河", "乙有河"),
        "zh-hk": (f"/zh-hk/article/{simplified.pk}/", "山後有河", "丙有河"),
    }
    before = {}
    for edition, (path, old, _) in pages.items():
        before[edition] = readers.ask("get", path)
        assert old in before[edition]["text"], edition
        held = {"If-None-Match": before[edition]["etag"]}
        assert readers.ask("get", path, headers=held)["status"] == 304, edition

    forms = {"form_zh_hant": "甲", "form_zh_tw": "乙", "form_zh_hk": "丙"}
    save_term(desk, editor, source="山后", **forms)
    save_term(desk, editor, source="鍾先生", script="zh-Hant", form_zh_hans="锺先生")
    assert Term.objects.count() == 2

    for edition, (path, old, new) in pages.items():
        held = {"If-None-Match": before[edition]["etag"]}
        answer = readers.ask("get", path, headers=held)
        assert answer["status"] == 200, edition
        assert new in answer["text"], edition
        assert old not in answer["text"], edition
        assert answer["etag"] != before[edition]["etag"], edition


def test_a_removed_term_is_gone_from_the_other_process_too(readers, desk):
    editor = factories.staff(Role.EDITOR)
    story = factories.article(body="<p>山后有河。</p>", published=True)
    path = f"/zh-tw/article/{story.pk}/"
    save_term(desk, editor, source="山后", is_protected="on")
    assert "山后有河" in readers.ask("get", path)["text"]
    address = reverse("admin:editions_term_delete", args=[Term.objects.get().pk])
    assert (
        desk.ask("post", address, user=editor.pk, data={"post": "yes"})["status"] == 302
    )
    assert "山後有河" in readers.ask("get", path)["text"]
