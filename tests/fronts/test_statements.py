"""The portal's own pages: about us, accessibility, complaints, privacy."""

import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import Act, AuditEntry
from accounts.roles import Role
from fronts.demo.statements import load_statements
from fronts.demo.stories import read_portal
from fronts.models import StatementPage
from fronts.models.statements import clean_statement
from tests.admin_forms import send, signed_in
from tests.markup import parsed, select, words_of

pytestmark = pytest.mark.django_db


def statement(**fields) -> StatementPage:
    return StatementPage.objects.create(
        **{"slug": "us", "title": "关于我们", "body": "<p>办报的人。</p>", **fields}
    )


def test_page_says_what_it_is_about_and_when_it_was_changed(client):
    with time_machine.travel(datetime.datetime(2026, 6, 17, 1, tzinfo=datetime.UTC)):
        statement(body="<h2>谁在办</h2><p>办报的人。</p>")
    page = parsed(client.get("/about/us/"))
    assert words_of(page, "h1") == ["关于我们"]
    assert words_of(page, ".prose h2") == ["谁在办"]
    assert words_of(page, ".statement__updated") == ["更新于 2026年6月17日"]
    assert words_of(page, ".breadcrumb__step") == ["首页", "关于我们"]


def test_page_is_there_in_every_edition(client):
    statement()
    assert words_of(parsed(client.get("/zh-hk/about/us/")), "h1") == ["關於我們"]


def test_page_only_reads_and_an_unknown_one_is_404(client):
    statement()
    assert client.post("/about/us/").status_code == 405
    assert client.get("/about/nothing/").status_code == 404


def test_page_costs_one_query_more_than_its_frame(client, django_assert_num_queries):
    statement()
    with django_assert_num_queries(7):
        client.get("/about/us/")


def test_footer_links_to_the_pages_in_their_order(client):
    statement(slug="privacy", title="隐私", position=20)
    statement(position=10)
    statement(slug="hidden", title="不列出", is_in_footer=False)
    links = select(parsed(client.get("/")), ".footer__pages a")
    named = {link.text: link.get("href") for link in links}
    assert list(named)[:2] == ["关于我们", "隐私"]
    assert named["隐私"] == "/about/privacy/"
    assert "不列出" not in named
    assert client.get("/about/hidden/").status_code == 200


def test_text_is_cleaned_whatever_the_way_in():
    made = statement(body='<h2>题</h2><script>1</script><p onclick="x">字</p>')
    assert made.body == "<h2>题</h2><p>字</p>"


def test_absurd_text_is_refused():
    with pytest.raises(ValidationError, match="格式太复杂"):
        clean_statement("<div>" * 300)


def test_chief_writes_a_page_and_it_is_on_record(client):
    desk = signed_in(Role.CHIEF)
    words = {"slug": "us", "title": "关于我们", "body": "<p>办报的人。</p>"}
    send(desk, reverse("admin:fronts_statementpage_add"), words)
    assert "办报的人。" in client.get("/about/us/").content.decode()
    assert AuditEntry.objects.get(act=Act.CREATE).after["slug"] == "us"


def test_address_of_a_page_stays(client):
    made = statement()
    page = parsed(
        signed_in(Role.CHIEF).get(
            reverse("admin:fronts_statementpage_change", args=[made.pk])
        )
    )
    assert select(page, "input[name=title]")
    assert select(page, "input[name=slug]") == []


def test_editor_has_no_say_in_what_the_portal_states():
    address = reverse("admin:fronts_statementpage_changelist")
    assert signed_in(Role.EDITOR).get(address).status_code == 403


def test_sample_pages_survive_the_sanitiser_and_are_loaded_once(client):
    rows = read_portal()["statements"]
    load_statements(rows)
    StatementPage.objects.filter(slug="us").update(title="改过的")
    load_statements(rows)
    assert StatementPage.objects.count() == len(rows) == 4
    assert StatementPage.objects.get(slug="us").title == "改过的"
    for row in rows:
        page = parsed(client.get(f"/about/{row['slug']}/"))
        assert len(select(page, ".prose h2")) >= 3
