"""Readers report an error, and the desk deals with it."""

import datetime
import re

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Act, AuditEntry
from accounts.rights import Denied
from accounts.roles import Role
from articles import publishing
from articles.refusals import Refused
from fronts import reporting
from fronts.models import ErrorReport
from tests import factories
from tests.admin_forms import said, signed_in
from tests.markup import parsed, select, words_of

pytestmark = pytest.mark.django_db

State = ErrorReport.State
LIST = reverse("admin:fronts_errorreport_changelist")
WORDS = {
    "message": "“十三”应为“三十”。",
    "quote": "全村十三户",
    "contact": "a@b.example",
}


@pytest.fixture
def clock():
    """A clock that stands until it is moved."""
    noon = datetime.datetime(2026, 6, 17, 4, 0, tzinfo=datetime.UTC)
    with time_machine.travel(noon, tick=False) as traveller:
        yield traveller


def opened(client: Client, path: str = "/report/") -> dict[str, str]:
    """What the form holds when a reader opens it."""
    form = parsed(client.get(path)).forms[-1]
    return dict(form.form_values())


def sent(client: Client, clock, fields: dict | None = None, *, after: int = 10, **more):
    """The answer to a form that was open for so many seconds."""
    data = opened(client, more.pop("path", "/report/")) | (fields or WORDS)
    clock.shift(after)
    return client.post("/report/", data, **more)


def report(**fields) -> ErrorReport:
    return ErrorReport.objects.create(**{"message": "有一个错字", **fields})


def page_of(made: ErrorReport) -> str:
    return reverse("admin:fronts_errorreport_change", args=[made.pk])


def errors_of(response) -> list[tuple[str, str]]:
    page = parsed(response)
    return [(link.get("href"), link.text) for link in select(page, ".error-summary a")]


def test_report_about_a_story_reaches_the_desk(client, clock):
    story = factories.article(title="老街修好了", published=True)
    path = f"/report/?article={story.pk}"
    assert words_of(parsed(client.get(path)), ".report__story") == ["关于 老街修好了"]
    response = sent(client, clock, path=path)
    assert (response.status_code, response["Location"]) == (303, "/report/received/")
    made = ErrorReport.objects.get()
    assert (made.article, made.page) == (story, f"/article/{story.pk}/")
    assert (made.message, made.quote) == (WORDS["message"], WORDS["quote"])
    assert (made.contact, made.state) == ("a@b.example", State.OPEN)


def test_reader_is_told_what_happens_next(client):
    page = parsed(client.get("/report/received/"))
    assert words_of(page, "h1") == ["已收到"]
    assert len(select(page, ".report__steps li")) == 3


def test_report_keeps_the_edition_that_the_reader_saw(client, clock):
    story = factories.article(published=True)
    data = opened(client, f"/zh-tw/report/?article={story.pk}") | WORDS
    clock.shift(10)
    response = client.post("/zh-tw/report/", data)
    assert response["Location"] == "/zh-tw/report/received/"
    assert ErrorReport.objects.get().page == f"/zh-tw/article/{story.pk}/"


def test_report_about_no_story_says_which_page(client, clock):
    sent(client, clock, WORDS | {"page": "首页的日期"})
    made = ErrorReport.objects.get()
    assert (made.article, made.page) == (None, "首页的日期")


@pytest.mark.parametrize("kind", ["draft", "planned", "withdrawn", "none", "nonsense"])
def test_story_that_readers_cannot_see_is_not_named(client, clock, kind):
    now = timezone.now()
    story = factories.article(title="樟脑密信", published=kind == "withdrawn")
    if kind == "planned":
        later = now + datetime.timedelta(days=1)
        publishing.schedule(story, later, by=None, now=now)
    if kind == "withdrawn":
        clock.shift(60)
        publishing.withdraw(story, by=None)
    number = {"none": "999999", "nonsense": "9" * 40}.get(kind, str(story.pk))
    page = client.get(f"/report/?article={number}")
    assert "樟脑密信" not in page.content.decode()
    response = sent(client, clock, WORDS | {"article": number})
    assert response.status_code == 303
    assert ErrorReport.objects.get().article is None


def test_mistakes_are_listed_at_the_top_and_said_at_their_fields(client, clock):
    response = sent(client, clock, {"message": " ", "quote": "长" * 201})
    assert response.status_code == 422
    assert not ErrorReport.objects.exists()
    assert errors_of(response) == [
        ("#id_quote", "原文最多 200 字，现在 201 字。请写短一些。"),
        ("#id_message", "请写明问题。"),
    ]
    page = parsed(response)
    assert page.findtext(".//title").startswith("没有提交：")
    summary = select(page, ".error-summary")[0]
    assert (summary.get("tabindex"), summary.get("autofocus")) == ("-1", "")
    assert select(summary, "[role=alert]")
    field = select(page, "textarea#id_message")[0]
    assert field.get("aria-invalid") == "true"
    described = field.get("aria-describedby").split()
    assert described == ["id_message_helptext", "id_message_error"]
    assert words_of(page, "#id_message_error") == ["错误：请写明问题。"]
    assert all(select(page, f"#{name}") for name in described)


def test_no_browser_cuts_a_text_in_silence(client):
    page = parsed(client.get("/report/"))
    assert select(page, "main [maxlength]") == []


def test_what_was_typed_is_kept_as_it_was_typed_in_every_edition(client, clock):
    story = factories.article(title="老街", published=True)
    data = opened(client, f"/zh-hant/report/?article={story.pk}")
    clock.shift(10)
    words = {"quote": "里面<b>&", "contact": "张三 123", "message": ""}
    page = parsed(client.post("/zh-hant/report/", data | words))
    assert select(page, "textarea#id_quote")[0].text.strip() == "里面<b>&"
    assert select(page, "input#id_contact")[0].get("value") == "张三 123"
    assert select(page, "input[name=article]")[0].get("value") == str(story.pk)


def test_line_ends_count_once(client, clock):
    text = "行\r\n" * 250
    assert sent(client, clock, {"message": text[:-2]}).status_code == 303
    assert len(ErrorReport.objects.get().message) == 499


def test_form_that_comes_back_at_once_was_filled_in_by_a_program(client, clock):
    response = sent(client, clock, after=2)
    assert errors_of(response) == [
        ("#submit", "提交得太快。请看一遍，再按一次“提交”。")
    ]
    again = dict(parsed(response).forms[-1].form_values())
    clock.shift(1)
    assert client.post("/report/", again).status_code == 303


def test_form_that_was_open_for_days_is_sent_again_with_a_new_time(client, clock):
    response = sent(client, clock, after=24 * 3600 + 1)
    assert errors_of(response)[0][1].startswith("这一页打开太久了")
    again = dict(parsed(response).forms[-1].form_values())
    assert again["message"].strip() == WORDS["message"]
    clock.shift(10)
    assert client.post("/report/", again).status_code == 303


@pytest.mark.parametrize("stamp", ["", "x", "1:abc"])
def test_time_that_is_not_ours_is_not_believed(client, clock, stamp):
    response = sent(client, clock, WORDS | {"opened": stamp})
    assert response.status_code == 422
    assert not ErrorReport.objects.exists()


def test_field_that_people_do_not_see_stays_empty(client, clock):
    assert select(parsed(client.get("/report/")), ".report__trap--open") == []
    response = sent(client, clock, WORDS | {"website": "https://x.example"})
    assert errors_of(response) == [("#id_website", "有一栏要空着，不要填。")]
    assert select(parsed(response), ".report__trap--open input")
    assert not ErrorReport.objects.exists()


def test_sixth_report_in_ten_minutes_has_to_wait_and_loses_nothing(client, clock):
    for _ in range(5):
        assert sent(client, clock, after=20).status_code == 303
    response = sent(client, clock, after=20)
    assert response.status_code == 429
    assert response["Retry-After"] == "500"
    page = parsed(response)
    assert words_of(page, ".error-summary h2") == ["操作太快，请 500 秒后再试。"]
    assert select(page, "textarea#id_message")[0].text.strip() == WORDS["message"]
    again = dict(page.forms[-1].form_values())
    clock.shift(500)
    assert client.post("/report/", again).status_code == 303
    assert ErrorReport.objects.count() == 6


def test_one_reader_does_not_keep_another_from_reporting(client, clock):
    for _ in range(6):
        sent(client, clock, REMOTE_ADDR="192.0.2.1")
    assert ErrorReport.objects.count() == 5
    assert sent(client, clock, REMOTE_ADDR="192.0.2.2").status_code == 303


def test_addresses_of_one_line_count_as_one(client, clock):
    for number in range(6):
        sent(client, clock, REMOTE_ADDR=f"2001:db8::{number}")
    assert ErrorReport.objects.count() == 5
    assert sent(client, clock, REMOTE_ADDR="2001:db8:1::1").status_code == 303


def test_reader_behind_our_proxy_is_told_by_its_own_entry(client, clock, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    for number in range(6):
        forged = f"198.51.100.{number}, 192.0.2.1"
        sent(client, clock, headers={"X-Forwarded-For": forged})
    assert ErrorReport.objects.count() == 5
    other = {"X-Forwarded-For": "192.0.2.1, 192.0.2.2"}
    assert sent(client, clock, headers=other).status_code == 303


def test_address_of_a_reader_is_stored_nowhere(client, clock):
    sent(client, clock, REMOTE_ADDR="192.0.2.77")
    assert "192.0.2.77" not in str(ErrorReport.objects.values().get())
    assert "192.0.2.77" not in str(cache._cache)


def test_report_needs_the_token_of_the_form(clock):
    strict = Client(enforce_csrf_checks=True)
    data = opened(strict) | WORDS
    clock.shift(10)
    refused = Client(enforce_csrf_checks=True).post("/report/", data)
    assert refused.status_code == 403
    assert words_of(parsed(refused), "h1") == ["没有提交"]
    assert strict.post("/report/", data).status_code == 303


def test_form_is_kept_by_no_cache(client, clock):
    for response in (client.get("/report/"), sent(client, clock, {"message": ""})):
        assert {"no-store", "private"} <= set(
            re.split(r",\s*", response["Cache-Control"])
        )
        assert "ETag" not in response


def test_form_is_no_page_for_search_engines(client):
    for path in ("/report/", "/report/received/"):
        page = parsed(client.get(path))
        assert select(page, "meta[name=robots]")[0].get("content") == "noindex"


def test_form_and_its_answer_take_no_other_method(client):
    assert client.put("/report/").status_code == 405
    assert client.post("/report/received/").status_code == 405


def test_editor_sees_reports_of_the_own_channels_and_those_without_a_story():
    own, other = factories.channel(), factories.channel()
    report(message="自己的", article=factories.article(channel=own))
    report(message="别人的", article=factories.article(channel=other))
    report(message="没有稿件的")
    desk = signed_in(None)
    factories.grant(desk.user, Role.EDITOR, own)
    page = parsed(desk.get(LIST))
    assert words_of(page, ".field-excerpt") == ["没有稿件的", "自己的"]
    everywhere = parsed(signed_in(Role.CHIEF).get(LIST))
    assert len(select(everywhere, ".field-excerpt")) == 3


@pytest.mark.parametrize(
    "role", [Role.REPORTER, Role.ADMINISTRATOR, Role.AUDITOR, Role.MODERATOR, None]
)
def test_who_edits_nothing_sees_no_report(role):
    made = report(contact="a@b.example")
    desk = signed_in(role)
    assert desk.get(LIST).status_code == 403
    assert desk.get(page_of(made)).status_code == 403
    assert desk.post(page_of(made), {"state": "mended"}).status_code == 403
    made.refresh_from_db()
    assert made.state == State.OPEN


def test_report_of_another_channel_is_refused():
    made = report(article=factories.article(), contact="a@b.example")
    desk = signed_in(None)
    factories.grant(desk.user, Role.EDITOR, factories.channel())
    assert desk.get(page_of(made)).status_code == 403
    with pytest.raises(Denied):
        reporting.handle(made, State.MENDED, by=desk.user)


def test_list_shows_what_is_open_unless_asked_for_more():
    report(message="新的")
    report(message="改了的", state=State.MENDED)
    report(message="不用改的", state=State.DISMISSED)
    desk = signed_in(Role.EDITOR)
    for query, found in (
        ("", ["○ 待处理"]),
        ("?state=mended", ["✓ 已改正"]),
        ("?state=all", ["× 不需改正", "✓ 已改正", "○ 待处理"]),
        ("?state=nonsense", []),
    ):
        page = parsed(desk.get(LIST + query))
        assert words_of(page, ".field-standing") == found, query


def test_list_is_narrowed_to_a_channel_and_those_below_it():
    top = factories.channel(name="乡村")
    below = factories.channel(parent=top)
    report(message="下面的", article=factories.article(channel=below))
    report(message="别处的", article=factories.article())
    page = parsed(signed_in(Role.EDITOR).get(f"{LIST}?channel={top.pk}"))
    assert words_of(page, ".field-excerpt") == ["下面的"]


def test_list_offers_only_the_channels_of_the_person():
    own = factories.channel(name="乡村")
    factories.channel(name="校园")
    report(article=factories.article(channel=own))
    report(article=factories.article(channel=factories.channel(parent=own)))
    desk = signed_in(None)
    factories.grant(desk.user, Role.EDITOR, own)
    page = desk.get(LIST).content.decode()
    assert "乡村" in page
    assert "校园" not in page


def test_queries_of_the_list_do_not_grow(
    django_assert_num_queries, django_assert_max_num_queries
):
    desk = signed_in(Role.EDITOR)
    report(article=factories.article(channel=factories.channel()))
    desk.get(LIST)
    with django_assert_max_num_queries(14) as counted:
        desk.get(LIST)
    for _ in range(19):
        report(article=factories.article(channel=factories.channel()))
    with django_assert_num_queries(len(counted.captured_queries)):
        desk.get(LIST)


def test_page_of_a_report_has_all_that_is_needed_to_act():
    story = factories.article(title="老街修好了", published=True)
    path = f"/zh-tw/article/{story.pk}/"
    made = report(article=story, page=path, quote="十三户", contact="a@b.example")
    page = parsed(signed_in(Role.EDITOR).get(page_of(made)))
    links = [link.get("href") for link in select(page, ".report__facts a")]
    assert links == [reverse("admin:articles_article_change", args=[story.pk]), path]
    facts = " ".join(words_of(page, ".report__facts dd"))
    for words in ("十三户", "有一个错字", "a@b.example"):
        assert words in facts


def test_words_of_a_reader_are_never_a_link_or_markup():
    made = report(page="javascript:alert(1)", message="<script>1</script>")
    response = signed_in(Role.EDITOR).get(page_of(made))
    assert "<script>1" not in response.content.decode()
    assert select(parsed(response), ".report__facts a") == []


def test_editor_closes_a_report_and_it_is_on_record_without_the_readers_words():
    made = report(message="我姓某，住某街", contact="a@b.example")
    desk = signed_in(Role.EDITOR)
    response = desk.post(
        page_of(made), {"state": "mended", "answer": "已更正"}, follow=True
    )
    assert said(response) == ["已记为：已改正。"]
    made.refresh_from_db()
    assert (made.state, made.answer) == (State.MENDED, "已更正")
    assert (made.handled_by, made.handled_at is not None) == (desk.user, True)
    entry = AuditEntry.objects.get(act=Act.CHANGE)
    assert entry.subject == f"读者纠错 {made.pk}"
    assert entry.before == {"state": "open", "answer": ""}
    assert entry.after == {"state": "mended", "answer": "已更正"}
    assert "某街" not in str(entry.payload())


def test_report_is_closed_once_and_can_be_opened_again():
    made = report()
    desk = signed_in(Role.EDITOR)
    stale = ErrorReport.objects.get()
    reporting.handle(made, State.DISMISSED, by=desk.user, answer="原文没有错")
    with pytest.raises(Refused, match="不需改正"):
        reporting.handle(stale, State.MENDED, by=desk.user)
    response = desk.post(page_of(made), {"_reopen": "1"}, follow=True)
    assert said(response) == ["已重新打开，回到待处理。"]
    made.refresh_from_db()
    assert (made.state, made.handled_by, made.handled_at) == (State.OPEN, None, None)
    with pytest.raises(Refused):
        reporting.reopen(made, by=desk.user)


def test_answer_that_is_too_long_closes_nothing():
    made = report()
    data = {"state": "mended", "answer": "长" * 201}
    response = signed_in(Role.EDITOR).post(page_of(made), data)
    assert response.status_code == 200
    assert words_of(parsed(response), ".errorlist li")
    made.refresh_from_db()
    assert made.state == State.OPEN


def test_contacts_are_forgotten_ninety_days_after_the_report_was_closed(capsys):
    now = timezone.now()
    day = datetime.timedelta(days=1)
    old = report(contact="a@b.example", state="mended", handled_at=now - 90 * day)
    fresh = report(contact="c@d.example", state="mended", handled_at=now - 89 * day)
    waiting = report(contact="e@f.example")
    call_command("forget_contacts")
    assert "已删除 1 条" in capsys.readouterr().out
    for made, contact in ((old, ""), (fresh, "c@d.example"), (waiting, "e@f.example")):
        made.refresh_from_db()
        assert made.contact == contact


def test_closing_a_report_forgets_old_contacts_too():
    long_ago = timezone.now() - datetime.timedelta(days=91)
    old = report(contact="a@b.example", state="mended", handled_at=long_ago)
    reporting.handle(report(), State.MENDED, by=factories.staff(Role.EDITOR))
    old.refresh_from_db()
    assert old.contact == ""
