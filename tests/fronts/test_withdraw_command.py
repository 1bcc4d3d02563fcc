"""manage.py withdraw: from a reader's address to a story that is gone."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Act, AuditEntry
from articles import publishing
from articles.models import Withdrawal
from fronts import absence, surfaces
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _few_places(monkeypatch):
    monkeypatch.setattr(absence, "SURFACES", [surfaces.story_pages])


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("withdraw", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def terminal(monkeypatch):
    """Somebody sits there and answers; the questions that were asked."""
    asked: list[str] = []

    def answer(words: str) -> None:
        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        monkeypatch.setattr(
            "builtins.input", lambda question: asked.append(question) or words
        )

    answer.asked = asked
    return answer


@pytest.mark.parametrize(
    "address",
    [
        "/article/{}/",
        "/article/{}",
        "article/{}/",
        "/zh-tw/article/{}/",
        "https://news.example.cn/article/{}/",
        "http://localhost:8000/zh-hant/article/{}/?from=feed#s-1",
    ],
)
def test_any_address_that_a_reader_has_will_do(client, address):
    story = factories.article(published=True, title="写错的消息")
    said = run(address.format(story.pk), "--emergency", "--note", "地点有误。")
    assert "已撤回《写错的消息》" in said
    assert client.get(f"/article/{story.pk}/").status_code == 410
    withdrawal = Withdrawal.objects.get()
    assert (withdrawal.withdrawn_by, withdrawal.public_note) == (None, "地点有误。")
    assert AuditEntry.objects.filter(act=Act.WITHDRAW).count() == 1


def test_result_of_the_check_is_listed():
    story = factories.article(published=True)
    said = run(f"/article/{story.pk}/", "--emergency")
    for edition in ("", "/zh-hant", "/zh-tw", "/zh-hk"):
        assert f"  {edition}/article/{story.pk}/  ✓ 没有了" in said
    assert "都没有了。" in said.splitlines()[-1]


@pytest.mark.parametrize(
    "address",
    [
        "/article/999/",
        "/",
        "/channel/x/",
        "/article/abc/",
        "不是网址",
        "/zh-xx/article/1/",
    ],
)
def test_address_that_is_no_story_is_refused(address):
    factories.article(published=True, pk=1)
    with pytest.raises(CommandError):
        run(address, "--emergency")
    assert not Withdrawal.objects.exists()


def test_draft_is_not_withdrawn():
    story = factories.article()
    with pytest.raises(CommandError, match="没有在线版本"):
        run(f"/article/{story.pk}/", "--emergency")


def test_story_already_withdrawn_is_said_to_be_and_nothing_happens():
    story = factories.article(published=True)
    publishing.withdraw(story, by=None)
    assert "已经在" in run(f"/article/{story.pk}/")
    assert Withdrawal.objects.count() == 1


def test_without_emergency_somebody_is_asked(terminal):
    story = factories.article(published=True, title="写错的消息")
    terminal("否")
    assert run(f"/article/{story.pk}/").strip() == "没有撤回。"
    assert not Withdrawal.objects.exists()
    terminal("是")
    assert "已撤回" in run(f"/article/{story.pk}/")
    assert "《写错的消息》" in terminal.asked[0]


def test_nobody_to_ask_means_nothing_is_withdrawn(monkeypatch):
    monkeypatch.setattr("sys.stdin", StringIO("是\n"))
    story = factories.article(published=True)
    with pytest.raises(CommandError, match="--emergency"):
        run(f"/article/{story.pk}/")
    assert not Withdrawal.objects.exists()


def test_emergency_asks_nobody_and_needs_no_cache(monkeypatch, settings):
    def fail(*_: object, **__: object) -> None:
        raise ConnectionError

    monkeypatch.setattr("builtins.input", fail)
    monkeypatch.setattr("django.core.cache.backends.locmem.LocMemCache.get", fail)
    monkeypatch.setattr(
        "django.core.mail.backends.locmem.EmailBackend.send_messages", fail
    )
    story = factories.article(published=True)
    assert "已撤回" in run(f"/article/{story.pk}/", "--emergency")


def test_note_that_does_not_fit_is_refused_before_anything_happens():
    story = factories.article(published=True)
    with pytest.raises(CommandError, match="200"):
        run(f"/article/{story.pk}/", "--emergency", "--note", "字" * 201)
    assert not Withdrawal.objects.exists()
