"""The record of acts as staff read it: list, filters, one entry, export."""

import csv
import datetime
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from lxml import html

from accounts import audit
from accounts.models import Act, AuditEntry
from accounts.roles import Role
from tests import factories
from tests.admin_forms import signed_in

pytestmark = pytest.mark.django_db

LIST = "admin:accounts_auditentry_changelist"
EXPORT = "admin:accounts_auditentry_export"


@pytest.fixture
def auditor():
    return signed_in(Role.AUDITOR)


def shown(client, **query) -> list[str]:
    """The subjects on the list, newest first."""
    page = client.get(reverse(LIST), query)
    assert page.status_code == 200
    return [entry.subject for entry in page.context["cl"].result_list]


def act(label: str = "", *, by=None, **fields) -> AuditEntry:
    return audit.record(
        fields.pop("act", Act.CHANGE), by=by or factories.staff(), label=label, **fields
    )


def page_of(client, entry: AuditEntry) -> html.HtmlElement:
    url = reverse("admin:accounts_auditentry_change", args=[entry.pk])
    return html.fromstring(client.get(url).content.decode())


def table_rows(client, entry: AuditEntry) -> list[list[str]]:
    rows = page_of(client, entry).xpath("//table[@class='entry-changes']/tbody/tr")
    return [[cell.text_content() for cell in row] for row in rows]


def exported(client, **query) -> list[list[str]]:
    url = f"{reverse(EXPORT)}?{urlencode(query)}"
    answer = client.post(url)
    assert answer.streaming
    text = b"".join(answer.streaming_content).decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(StringIO(text.removeprefix("\ufeff"))))[1:]


def test_list_says_when_who_what_and_the_change(auditor):
    act(
        "老街",
        by=factories.staff(display_name="周禾"),
        before={"title": "旧题"},
        after={"title": "新题"},
    )
    text = auditor.get(reverse(LIST)).content.decode()
    for word in ("周禾", "修改", "老街", "标题：旧题 → 新题"):
        assert word in text


def test_list_shows_the_newest_first(auditor):
    act("先")
    act("后")
    assert shown(auditor)[:2] == ["后", "先"]


def test_entries_are_filtered_by_person(auditor):
    someone = factories.staff()
    act("一", by=someone), act("二")
    assert shown(auditor, person=someone.pk) == ["一"]


def test_entries_are_filtered_by_act(auditor):
    act("一", act=Act.EXPORT), act("二")
    assert shown(auditor, act="export") == ["一"]


def test_both_days_of_the_range_belong_to_it(auditor):
    def on(day: int, hour: int, label: str) -> None:
        here = timezone.get_default_timezone()
        act(label, now=datetime.datetime(2026, 3, day, hour, tzinfo=here))

    on(1, 23, "前"), on(2, 0, "早"), on(3, 23, "晚"), on(4, 0, "后")
    assert shown(auditor, since="2026-03-02", until="2026-03-03") == ["晚", "早"]


def test_channel_means_what_stands_in_it_and_below(auditor):
    root = factories.channel()
    below = factories.channel(parent=root)
    for channel in (root, below, factories.channel()):
        act(subject=factories.article(channel=channel, title=f"在{channel}"))
        act(subject=channel)
    assert shown(auditor, channel=root.pk) == [
        str(below),
        f"在{below}",
        str(root),
        f"在{root}",
    ]


def test_entries_of_one_story_have_an_address(auditor):
    one, other = factories.article(title="一"), factories.article(title="二")
    act(subject=one), act(subject=other), act(subject=one.channel)
    query = {"subject_type__exact": "articles.article", "subject_id__exact": one.pk}
    assert shown(auditor, **query) == ["一"]


def test_filter_keeps_what_else_the_address_asks_for(auditor):
    query = {"subject_type__exact": "articles.article", "q": "街"}
    page = html.fromstring(auditor.get(reverse(LIST), query).content.decode())
    kept = {
        field.get("name"): field.get("value")
        for field in page.xpath("//form[@class='entry-filter']//input[@type='hidden']")
    }
    assert kept == query


@pytest.mark.parametrize(
    "query",
    [
        {"person": "x"},
        {"person": "999999"},
        {"act": "nothing"},
        {"since": "31.12."},
        {"until": "9" * 30},
        {"channel": "-1"},
    ],
)
def test_filter_that_makes_no_sense_shows_nothing_and_says_so(auditor, query):
    act("一")
    page = auditor.get(reverse(LIST), query)
    assert page.status_code == 200
    assert list(page.context["cl"].result_list) == []
    assert "errorlist" in page.content.decode()


def test_search_looks_at_subject_and_name(auditor):
    act("老街"), act("新街", by=factories.staff(display_name="老周"))
    assert shown(auditor, q="老") == ["新街", "老街"]


def test_entry_is_read_field_by_field_and_not_as_json(auditor):
    channel = factories.channel(name="教育")
    entry = act(
        "老街",
        before={"title": "旧题", "channel": None},
        after={
            "title": "新题",
            "channel": channel.pk,
            "is_active": False,
            "authors": ["甲", "乙"],
        },
    )
    assert table_rows(auditor, entry) == [
        ["标题", "旧题", "新题"],
        ["频道", "", "教育"],
        ["作者", "", "甲、乙"],
        ["可以登录", "", "否"],
    ]


def test_sections_are_read_as_text(auditor):
    section = {
        "anchor": "s-1",
        "heading": "起因",
        "subheading": "",
        "body": "<p>雨。</p>",
    }
    ((name, before, after),) = table_rows(
        auditor, act("老街", before={}, after={"sections": [section]})
    )
    assert (name, before, after) == ("正文", "", "小标题：起因\n文字：雨。")


def test_what_somebody_typed_is_shown_as_text(auditor):
    entry = act("<b>x</b>", after={"title": "<script>alert(1)</script>x"})
    for url in (
        reverse(LIST),
        reverse("admin:accounts_auditentry_change", args=[entry.pk]),
    ):
        text = auditor.get(url).content.decode()
        assert "<script>alert" not in text
        assert "<b>x</b>" not in text


def test_entry_leads_to_its_subject_and_to_all_entries_about_it(auditor):
    article = factories.article()
    links = page_of(auditor, act(subject=article)).xpath("//a/@href")
    assert reverse("admin:articles_article_change", args=[article.pk]) in links
    query = f"subject_type__exact=articles.article&subject_id__exact={article.pk}"
    assert f"{reverse(LIST)}?{query}" in links


@pytest.mark.parametrize("kind", ["nothing.there", "accounts.auditentry", "odd", ""])
def test_entry_about_something_without_a_page_is_read_all_the_same(auditor, kind):
    entry = AuditEntry.objects.create(
        number=1_000,
        at=timezone.now(),
        person_name="周禾",
        act=Act.CHANGE,
        subject_type=kind,
        subject_id="5",
        subject="远",
    )
    assert "远" in page_of(auditor, entry).text_content()


@pytest.mark.parametrize("role", [Role.REPORTER, Role.EDITOR, Role.CLERK, None])
def test_record_is_closed_to_who_does_not_audit(role):
    client, entry = signed_in(role), act("一")
    assert client.get(reverse(LIST)).status_code == 403
    url = reverse("admin:accounts_auditentry_change", args=[entry.pk])
    assert client.get(url).status_code == 403
    assert client.post(reverse(EXPORT)).status_code == 403


def test_nobody_adds_changes_or_deletes_entries():
    client, entry = signed_in(None, is_superuser=True), act("一")
    add = reverse("admin:accounts_auditentry_add")
    assert client.post(add, {"subject": "x"}).status_code == 403
    for page in ("change", "delete"):
        url = reverse(f"admin:accounts_auditentry_{page}", args=[entry.pk])
        assert client.post(url, {"subject": "x", "post": "yes"}).status_code == 403
    assert AuditEntry.objects.get(pk=entry.pk).subject == "一"


def test_chief_of_a_channel_reads_what_is_about_it_and_nothing_else():
    own, other = factories.channel(), factories.channel()
    client = signed_in(None)
    factories.grant(client.user, Role.CHIEF, own)
    act(subject=factories.article(channel=own, title="自家"))
    foreign = act(subject=factories.article(channel=other, title="别家"))
    assert shown(client) == ["自家"]
    url = reverse("admin:accounts_auditentry_change", args=[foreign.pk])
    assert client.get(url).status_code == 302  # the admin's way of "not found"
    assert [row[4] for row in exported(client)] == ["自家"]


def test_export_has_what_the_filter_shows_in_order_of_time(auditor):
    someone = factories.staff(display_name="周禾")
    act("一", by=someone, after={"title": "题"}), act("二"), act("三", by=someone)
    rows = exported(auditor, person=someone.pk)
    assert [row[4] for row in rows] == ["一", "三"]
    assert (rows[0][2], rows[0][3], rows[0][7]) == ("周禾", "修改", "标题：题")


def test_export_is_recorded_and_does_not_hold_itself(auditor):
    act("一")
    rows = exported(auditor, act="change")
    entry = AuditEntry.objects.order_by("number").last()
    assert (entry.act, entry.person) == (Act.EXPORT, auditor.user)
    assert entry.after == {"filter": "act=change", "rows": 1}
    assert len(rows) == 1
    assert [row[3] for row in exported(auditor)].count("导出") == 1


def test_export_needs_post(auditor):
    assert auditor.get(reverse(EXPORT)).status_code == 405


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_in_the_export_is_never_a_formula(auditor, start):
    act(f"{start}1+1", by=factories.staff(display_name=f"{start}x"))
    row = exported(auditor, act="change")[0]
    assert row[4] == f"'{start}1+1"
    assert row[2] == f"'{start}x"


def test_list_costs_the_same_for_many(auditor):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            auditor.get(reverse(LIST))
        return len(queries)

    act(subject=factories.staff(), before={"title": "a"}, after={"title": "b"})
    few = cost()
    for _ in range(20):
        act(subject=factories.staff(), before={"title": "a"}, after={"title": "b"})
    assert cost() == few
