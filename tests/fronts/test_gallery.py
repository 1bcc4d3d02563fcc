"""The page of a gallery: its people, their honours, and the filters."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import publishing
from articles.models import Honour
from channels.models import Channel
from tests import factories
from tests.markup import parsed, select, words_of

pytestmark = pytest.mark.django_db

NOW = timezone.now()
DAY = datetime.timedelta(days=1)


@pytest.fixture
def gallery(db) -> Channel:
    return factories.channel(name="樟溪好人", slug="people", kind=Channel.Kind.GALLERY)


@pytest.fixture
def people(gallery) -> None:
    """Four people of three categories and two years, the newest first."""
    for number, (name, category, year) in enumerate(
        [
            ("余根生", "敬业奉献", 2026),
            ("后小雨", "志愿服务", 2026),
            ("汤桂香", "助人为乐", 2025),
            ("范秋生", "敬业奉献", 2025),
        ],
        start=1,
    ):
        factories.person(
            title=name,
            channel=gallery,
            honour={"category": category, "year": year},
            published_at=NOW - number * DAY,
        )


def opened(client, path: str = "/channel/people/"):
    response = client.get(path)
    assert response.status_code == 200, path
    return parsed(response)


def names_on(page) -> list[str]:
    return words_of(page, ".person__name")


def test_card_tells_name_honour_year_and_category(client, gallery):
    story = factories.person(
        title="余根生",
        channel=gallery,
        cover=factories.picture(),
        honour={"category": "敬业奉献", "year": 2024, "role": "木匠"},
    )
    page = opened(client)
    assert words_of(page, ".person h2 a") == ["余根生"]
    assert words_of(page, ".person p") == ["樟溪好人", "2024年 敬业奉献"]
    assert select(page, ".person img")[0].get("alt") == "余根生，木匠"
    assert (
        select(page, ".person a")[0].get("href")
        == story.published.get().get_absolute_url()
    )


def test_person_without_an_honour_has_a_card_too(client, gallery):
    factories.article(
        title="余根生", subtitle="2024年度好人", channel=gallery, published=True
    )
    page = opened(client)
    assert words_of(page, ".person p") == ["2024年度好人"]
    assert words_of(page, ".surname") == ["余根生"]
    assert not select(page, ".filters")


@pytest.mark.parametrize(
    ("portrait", "sentence"),
    [("minor", "未成年人，不展示照片"), ("family", "应家属要求不展示照片")],
)
def test_card_says_why_there_is_no_portrait(client, gallery, portrait, sentence):
    factories.person(
        channel=gallery, cover=factories.picture(), honour={"portrait": portrait}
    )
    page = opened(client)
    assert words_of(page, ".surname__note") == [sentence]
    assert not select(page, ".person img")


def test_revoked_honour_is_told_without_a_portrait(client, gallery):
    factories.person(
        channel=gallery,
        cover=factories.picture(),
        honour={"revoked_on": datetime.date(2026, 3, 18)},
    )
    page = opened(client)
    assert words_of(page, ".person__revoked") == ["该称号已于 2026年3月18日 撤销"]
    assert not select(page, ".person img")


def test_name_of_the_dead_says_so_here_and_at_home(client, gallery):
    factories.person(title="褚长河", channel=gallery, honour={"is_deceased": True})
    for path in ("/channel/people/", "/"):
        assert names_on(opened(client, path)) == ["褚长河（已故）"]


def test_filters_are_a_form_with_what_visible_honours_have(client, gallery, people):
    hidden = factories.person(
        channel=gallery, honour={"category": "见义勇为", "year": 2020}
    )
    publishing.withdraw(hidden, by=None)
    Honour.objects.filter(article__title="余根生").update(year=1999)
    page = opened(client)
    form = select(page, "form.filters")[0]
    assert (form.get("method"), form.get("action")) == (None, "/channel/people/")
    assert words_of(page, "#people-category option") == [
        "全部类别",
        "助人为乐",
        "志愿服务",
        "敬业奉献",
    ]
    assert words_of(page, "#people-year option") == ["全部年份", "2026 年", "2025 年"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["余根生", "后小雨", "汤桂香", "范秋生"]),
        ("?category=敬业奉献", ["余根生", "范秋生"]),
        ("?year=2025", ["汤桂香", "范秋生"]),
        ("?category=敬业奉献&year=2025", ["范秋生"]),
        ("?category=&year=2026", ["余根生", "后小雨"]),
        ("?category=没有的&year=1900", ["余根生", "后小雨", "汤桂香", "范秋生"]),
        ("?category=%EF%BF%BD&year=x", ["余根生", "后小雨", "汤桂香", "范秋生"]),
    ],
)
def test_filters_choose(client, people, query, names):
    assert names_on(opened(client, f"/channel/people/{query}")) == names


def test_choice_is_seen_and_can_be_undone(client, people):
    page = opened(client, "/channel/people/?year=2025")
    assert words_of(page, "option[selected]") == ["2025 年"]
    undo = select(page, ".filters__reset")[0]
    assert (undo.text, undo.get("href")) == ("去掉筛选", "/channel/people/")
    assert "2025年" in words_of(page, "title")[0]


def test_nobody_found_is_said(client, people):
    page = opened(client, "/channel/people/?category=助人为乐&year=2026")
    assert words_of(page, ".nothing") == ["没有符合条件的人物。去掉筛选，看全部人物。"]


def test_empty_gallery_says_so(client, gallery):
    assert "这里还没有文章。" in client.get("/channel/people/").content.decode()


def test_numbers_of_pages_keep_the_choice(client, gallery):
    for number in range(22):
        factories.person(
            channel=gallery,
            honour={"category": "助人为乐", "year": 2026 if number else 2025},
            published_at=NOW - number * DAY,
        )
    page = opened(client, "/channel/people/?year=2026")
    assert len(names_on(page)) == 20
    (following,) = select(page, ".pagination [rel=next]")
    assert following.get("href") == "?year=2026&page=2"
    second = opened(client, "/channel/people/?year=2026&page=2")
    assert len(names_on(second)) == 1
    assert client.get("/channel/people/?year=2025&page=2").status_code == 404
    # What machines keep is the whole gallery.
    (canonical,) = select(second, "link[rel=canonical]")
    assert canonical.get("href").endswith("/channel/people/")


def test_other_editions_of_a_filtered_list_are_filtered_too(client, people):
    page = opened(client, "/channel/people/?year=2025")
    links = [link.get("href") for link in select(page, ".masthead .editions a")]
    assert "/zh-tw/channel/people/?year=2025" in links


def queries(client, path: str) -> int:
    with CaptureQueriesContext(connection) as made:
        assert client.get(path).status_code == 200
    return len(made)


def test_queries_are_the_same_for_one_person_and_for_twenty(client, gallery):
    factories.person(channel=gallery, cover=factories.picture())
    client.get("/channel/people/")
    one = queries(client, "/channel/people/")
    for number in range(19):
        factories.person(channel=gallery, published_at=NOW - number * DAY)
    assert queries(client, "/channel/people/") == one


def test_gallery_page_only_reads(client, gallery):
    assert client.post("/channel/people/").status_code == 405
