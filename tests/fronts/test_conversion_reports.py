"""Readers report a wrong conversion from the page that has it."""

import datetime

import pytest
import time_machine
from django.db import IntegrityError
from django.urls import reverse

from accounts.roles import Role
from articles import publishing
from fronts.models import ErrorReport
from tests import factories
from tests.admin_forms import signed_in
from tests.markup import parsed, select, words_of

pytestmark = pytest.mark.django_db

Kind = ErrorReport.Kind
LIST = reverse("admin:fronts_errorreport_changelist")
WORDS = {"quote": "村後的河。", "message": "“後”应为“后”，是姓。"}


@pytest.fixture
def clock():
    """A clock that stands until it is moved."""
    noon = datetime.datetime(2026, 6, 17, 4, 0, tzinfo=datetime.UTC)
    with time_machine.travel(noon, tick=False) as traveller:
        yield traveller


def report(article, **fields) -> ErrorReport:
    return ErrorReport.objects.create(
        **{
            "article": article,
            "kind": Kind.CONVERSION,
            "edition": "zh-tw",
            "message": "错",
            **fields,
        }
    )


def address_on(page) -> str:
    """Where the link of the converted note leads; empty without one."""
    links = [link.get("href") for link in select(page, ".notice a")]
    return next((link for link in links if "kind=conversion" in link), "")


def sent(client, clock, address: str, words: dict | None = None):
    """The answer to the form at this address, filled in."""
    form = parsed(client.get(address)).forms[-1]
    clock.shift(10)
    data = dict(form.form_values()) | (words or WORDS)
    return client.post(form.get("action"), data)


@pytest.mark.parametrize("prefix", ["zh-hant", "zh-tw", "zh-hk"])
def test_converted_page_leads_to_the_form_and_the_report_says_where(
    client, clock, prefix
):
    story = factories.article(published=True)
    page = parsed(client.get(f"/{prefix}/article/{story.pk}/"))
    address = address_on(page)
    assert address == f"/{prefix}/report/?article={story.pk}&kind=conversion"
    response = sent(client, clock, address)
    assert response.status_code == 303
    made = ErrorReport.objects.get()
    assert (made.kind, made.edition, made.article) == (Kind.CONVERSION, prefix, story)
    assert (made.quote, made.message) == (WORDS["quote"], WORDS["message"])
    assert made.page == f"/{prefix}/article/{story.pk}/"


def test_page_in_its_authors_own_script_has_no_such_link(client):
    simplified = factories.article(published=True)
    traditional = factories.article(script="zh-Hant", published=True)
    for path in (f"/article/{simplified.pk}/", f"/zh-tw/article/{traditional.pk}/"):
        assert address_on(parsed(client.get(path))) == ""


def test_traditional_story_is_reported_from_the_simplified_edition(client, clock):
    story = factories.article(script="zh-Hant", published=True)
    address = address_on(parsed(client.get(f"/article/{story.pk}/")))
    sent(client, clock, address)
    made = ErrorReport.objects.get()
    assert (made.kind, made.edition) == (Kind.CONVERSION, "zh-hans")


def test_form_asks_for_the_sentence_and_what_is_wrong_with_it(client, clock):
    story = factories.article(published=True)
    address = f"/zh-hant/report/?article={story.pk}&kind=conversion"
    page = parsed(client.get(address))
    assert words_of(page, "h1") == ["報告一處轉換錯誤"]
    assert words_of(page, "label[for=id_quote]") == ["頁面上的那一句"]
    response = sent(client, clock, address, {"quote": " ", "message": " "})
    assert response.status_code == 422
    again = parsed(response)
    assert words_of(again, ".error-summary li") == [
        "請複製有誤的那一句。",
        "請寫明哪裡不對。",
    ]
    assert dict(again.forms[-1].form_values())["kind"] == "conversion"
    assert not ErrorReport.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        "/report/?article={story}&kind=conversion",
        "/zh-tw/report/?kind=conversion",
        "/zh-tw/report/?article=999999&kind=conversion",
        "/zh-tw/report/?article={story}&kind=nonsense",
        "/zh-tw/report/?article={story}",
    ],
)
def test_what_no_program_wrote_is_an_ordinary_report(client, clock, address):
    story = factories.article(published=True)
    response = sent(client, clock, address.format(story=story.pk), {"message": "错"})
    assert response.status_code == 303
    assert ErrorReport.objects.get().kind == Kind.ERROR


def test_report_of_a_story_withdrawn_meanwhile_is_not_lost(client, clock):
    story = factories.article(published=True)
    address = f"/zh-tw/report/?article={story.pk}&kind=conversion"
    data = dict(parsed(client.get(address)).forms[-1].form_values()) | WORDS
    clock.shift(60)
    publishing.withdraw(story, by=None)
    clock.shift(10)
    assert client.post("/zh-tw/report/", data).status_code == 303
    made = ErrorReport.objects.get()
    assert (made.kind, made.article, made.edition) == (Kind.ERROR, None, "zh-tw")


def test_reports_of_conversions_share_the_five_of_ten_minutes(client, clock):
    story = factories.article(published=True)
    address = f"/zh-tw/report/?article={story.pk}&kind=conversion"
    for _ in range(3):
        assert sent(client, clock, address).status_code == 303
    for _ in range(2):
        assert sent(client, clock, "/report/", {"message": "错"}).status_code == 303
    response = sent(client, clock, address)
    assert response.status_code == 429
    assert words_of(parsed(response), "h1") == ["報告一處轉換錯誤"]


@pytest.mark.parametrize("missing", [{"article": None}, {"edition": ""}])
def test_database_refuses_a_conversion_of_nothing_or_nowhere(missing):
    with pytest.raises(IntegrityError):
        report(**{"article": factories.article(), **missing})


def test_list_is_narrowed_to_conversions_and_to_an_edition():
    story = factories.article()
    report(story, message="台湾的")
    report(story, message="香港的", edition="zh-hk")
    report(story, message="别的", kind=Kind.ERROR)
    desk = signed_in(Role.EDITOR)
    for query, found in (
        ("?kind__exact=conversion", {"台湾的", "香港的"}),
        ("?kind__exact=conversion&edition__exact=zh-hk", {"香港的"}),
        ("?kind__exact=error", {"别的"}),
    ):
        page = parsed(desk.get(LIST + query))
        assert set(words_of(page, ".field-excerpt")) == found, query
    page = parsed(desk.get(LIST))
    assert "转换有误（香港）" in words_of(page, ".field-what")


def test_page_of_a_conversion_says_where_to_mend_it():
    made = report(factories.article(), quote="村後的河")
    address = reverse("admin:fronts_errorreport_change", args=[made.pk])
    page = parsed(signed_in(Role.EDITOR).get(address))
    facts = " ".join(words_of(page, ".report__facts dd"))
    assert "转换有误" in facts
    assert "臺灣" in facts
    links = [link.get("href") for link in select(page, ".report__advice a")]
    assert links == [reverse("admin:editions_term_add")]
