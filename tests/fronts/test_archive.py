"""The archive: years, months with a calendar, and the stories of a day."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import publishing
from channels.models import Channel
from fronts import absence, surfaces
from tests import factories
from tests.markup import parsed, select, words_of

pytestmark = pytest.mark.django_db

TODAY = datetime.datetime(2022, 6, 20, 12, tzinfo=timezone.get_default_timezone())


@pytest.fixture(autouse=True)
def _today(time_machine) -> None:
    time_machine.move_to(TODAY, tick=False)


def opened(client, path: str, status: int = 200):
    response = client.get(path)
    assert response.status_code == status
    return parsed(response)


def story(moment: str, **fields):
    """A story published at this local time."""
    at = timezone.make_aware(datetime.datetime.fromisoformat(moment))
    return factories.article(published_at=at, **fields)


def hrefs(page, selector: str) -> list[str]:
    return [link.get("href") for link in select(page, selector)]


def labels(page) -> list[str]:
    return [link.get("aria-label") for link in select(page, ".calendar a[aria-label]")]


@pytest.mark.parametrize(
    "path", ["/archive/", "/archive/2022/", "/archive/2022/06/", "/archive/2022/06/17/"]
)
def test_archive_only_reads(client, path):
    assert client.post(path).status_code == 405


def test_day_lists_its_stories_under_their_channels(client):
    top = factories.channel(name="乡村")
    below = factories.channel(name="农事", parent=top)
    news = factories.channel(name="要闻")
    story("2022-06-17 08:00", title="早", channel=below)
    story("2022-06-17 20:15", title="晚", channel=below)
    story("2022-06-17 12:00", title="午", channel=news)
    story("2022-06-17 13:00", title="村", channel=top)
    page = opened(client, "/archive/2022/06/17/")
    assert words_of(page, "h1") == ["2022年6月17日"]
    assert words_of(page, ".list-head__intro") == ["星期五，共 4 篇"]
    assert words_of(page, ".archive__list h2") == ["乡村", "农事", "要闻"]
    assert words_of(page, ".archive__list h3") == ["村", "晚", "早", "午"]
    assert words_of(page, ".headline time") == ["13:00", "20:15", "08:00", "12:00"]


def test_days_are_those_of_the_newsroom(client):
    story("2022-06-17 00:00", title="第一分钟")
    story("2022-06-17 23:59", title="最后一分钟")
    story("2022-06-18 00:00", title="后一天")
    page = opened(client, "/archive/2022/06/17/")
    assert words_of(page, ".archive__list h3") == ["第一分钟", "最后一分钟"]
    assert labels(page) == ["6月17日，2 篇", "6月18日，1 篇"]


def test_day_says_the_way_there_and_its_own_address(client, settings):
    story("2022-06-17 08:00")
    page = opened(client, "/archive/2022/06/17/")
    steps = ["首页", "归档", "2022年", "6月", "17日"]
    assert words_of(page, ".breadcrumb li") == steps
    assert hrefs(page, ".breadcrumb a")[1:] == [
        "/archive/",
        "/archive/2022/",
        "/archive/2022/06/",
    ]
    address = f"{settings.SITE_URL}/archive/2022/06/17/"
    assert hrefs(page, "link[rel=canonical]") == [address]


def test_day_leads_to_the_nearest_days_with_stories(client):
    for moment in ("2022-05-30 08:00", "2022-06-02 08:00", "2022-06-17 08:00"):
        story(moment)
    page = opened(client, "/archive/2022/06/02/")
    assert hrefs(page, ".turns a") == ["/archive/2022/05/30/", "/archive/2022/06/17/"]
    assert words_of(page, ".turns a") == ["前一天 5月30日", "后一天 6月17日"]
    assert hrefs(opened(client, "/archive/2022/05/30/"), ".turns a[rel=prev]") == []
    assert hrefs(opened(client, "/archive/2022/06/17/"), ".turns a[rel=next]") == []


def test_day_without_stories_says_so(client):
    story("2022-06-02 08:00")
    page = opened(client, "/archive/2022/06/03/")
    assert words_of(page, ".nothing") == ["这一天没有文章。"]
    assert words_of(page, ".list-head__intro") == ["星期五"]
    assert select(page, "meta[name=robots]")[0].get("content") == "noindex"
    assert hrefs(page, ".turns a") == ["/archive/2022/06/02/"]


def test_calendar_links_days_with_stories_and_marks_today(client):
    story("2022-06-01 08:00")
    story("2022-06-17 08:00")
    story("2022-06-17 09:00")
    page = opened(client, "/archive/2022/06/")
    assert words_of(page, ".calendar th[scope=col]") == list("一二三四五六日")
    assert labels(page) == ["6月1日，1 篇", "6月17日，2 篇"]
    assert hrefs(page, ".calendar td a") == [
        "/archive/2022/06/01/",
        "/archive/2022/06/17/",
    ]
    cells = words_of(page, ".calendar td")
    assert cells[:4] == ["", "", "11", "2"]
    assert words_of(page, ".calendar .calendar__today") == ["20，今天"]
    assert words_of(page, ".list-head__intro")[0].startswith("共 3 篇")


def test_today_with_stories_says_that_it_is_today(client):
    story("2022-06-20 08:00")
    assert labels(opened(client, "/archive/2022/06/")) == ["6月20日，1 篇，今天"]


def test_calendar_of_a_day_marks_that_day(client):
    story("2022-06-17 08:00")
    page = opened(client, "/archive/2022/06/17/")
    marked = select(page, ".calendar a[aria-current=page]")
    assert [link.get("aria-label") for link in marked] == ["6月17日，1 篇"]


def test_month_leads_to_the_nearest_months_with_stories(client):
    for moment in ("2021-12-31 23:00", "2022-03-05 08:00", "2022-06-01 00:00"):
        story(moment)
    page = opened(client, "/archive/2022/03/")
    assert hrefs(page, ".turns a") == ["/archive/2021/12/", "/archive/2022/06/"]
    page = opened(client, "/archive/2022/02/")
    assert words_of(page, ".list-head__intro") == ["这个月没有文章。"]


def test_year_counts_the_stories_of_its_months(client):
    for moment in ("2021-12-31 23:59", "2022-01-01 00:00", "2022-06-17 08:00"):
        story(moment)
    page = opened(client, "/archive/2022/")
    months = words_of(page, ".months li")
    assert (months[0], months[1], months[5]) == ("1月 1 篇", "2月", "6月 1 篇")
    assert hrefs(page, ".months a") == ["/archive/2022/01/", "/archive/2022/06/"]
    assert hrefs(page, ".archive__years a") == ["/archive/2022/", "/archive/2021/"]
    assert words_of(page, ".archive__years [aria-current=page]") == ["2022年"]


def test_archive_opens_with_the_newest_month(client):
    story("2021-03-01 08:00")
    story("2022-04-09 08:00")
    page = opened(client, "/archive/")
    assert words_of(page, "h1") == ["归档"]
    assert words_of(page, ".list-head__intro") == [
        "按日期查找文章。最早的文章在 2021年3月1日。"
    ]
    assert words_of(page, "h2") == ["2022年"]
    assert words_of(page, ".calendar caption") == ["2022年4月"]
    assert labels(page) == ["4月9日，1 篇"]


def test_archive_without_stories_says_so(client):
    page = opened(client, "/archive/")
    assert words_of(page, ".nothing") == ["这里还没有文章。去看看 首页。"]
    for path in ("/archive/2022/", "/archive/2022/06/", "/archive/2022/06/17/"):
        opened(client, path, 404)


@pytest.mark.parametrize(
    "date", ["2021/", "2022/05/", "2022/06/16/", "1000/01/01/", "1000/"]
)
def test_before_the_first_story_the_page_says_where_it_begins(client, date):
    story("2022-06-17 08:00")
    page = opened(client, f"/archive/{date}", 404)
    assert "最早的文章在 2022年6月17日。" in words_of(page, ".message p")
    assert hrefs(page, ".message a")[0] == "/archive/2022/06/17/"
    assert select(page, "link[rel=canonical]") == []


@pytest.mark.parametrize(
    "date",
    [
        *("2022/06/21/", "2022/07/", "2023/", "2999/12/31/", "2999/"),
        *("2022/02/30/", "2022/13/", "2022/00/", "2022/6/", "2022/06/1/"),
        *("0999/", "9999/12/31/", "２０２２/", "2022-06-17/"),
    ],
)
def test_future_and_what_is_no_date_is_404(client, date):
    story("2022-06-17 08:00")
    page = opened(client, f"/archive/{date}", 404)
    assert "最早的文章" not in page.text_content()


def test_archive_shows_what_readers_see_and_no_more(client):
    desk = factories.channel()
    story("2022-06-17 08:00", title="在线", channel=desk)
    withdrawn = story("2022-06-17 09:00", title="撤回的", channel=desk)
    publishing.withdraw(withdrawn, by=None)
    replaced = story("2022-06-17 10:00", title="从前的题目", channel=desk)
    replaced.title = "现在的题目"
    replaced.save()
    publishing.replace(replaced, by=None)
    planned = factories.article(title="明天的")
    publishing.schedule(planned, TODAY + datetime.timedelta(days=1), by=None)
    page = opened(client, "/archive/2022/06/17/")
    assert words_of(page, ".archive__list h3") == ["现在的题目", "在线"]
    assert labels(page) == ["6月17日，2 篇"]


def test_people_of_a_gallery_are_listed_with_the_others(client):
    gallery = factories.channel(kind=Channel.Kind.GALLERY)
    story("2022-06-17 08:00", channel=gallery, title="范玉梅")
    page = opened(client, "/archive/2022/06/17/")
    assert words_of(page, ".archive__list h3") == ["范玉梅"]
    assert labels(page) == ["6月17日，1 篇"]


def test_day_with_very_many_stories_has_pages(client, monkeypatch):
    monkeypatch.setattr("fronts.views.archive.DAY_STORIES", 2)
    desk = factories.channel()
    for hour in range(3):
        story(f"2022-06-17 0{hour}:00", title=f"{hour}点", channel=desk)
    first = opened(client, "/archive/2022/06/17/")
    assert words_of(first, ".archive__list h3") == ["2点", "1点"]
    page = opened(client, "/archive/2022/06/17/?page=2")
    assert words_of(page, ".archive__list h3") == ["0点"]
    opened(client, "/archive/2022/06/17/?page=3", 404)


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        # Beside the frame: where the archive begins, and what each page is about.
        ("/archive/", 4),
        ("/archive/2022/", 2),
        ("/archive/2022/06/", 4),
        ("/archive/2022/06/17/", 7),
    ],
)
def test_queries_of_the_archive_do_not_grow(
    client, django_assert_num_queries, path, queries
):
    with CaptureQueriesContext(connection) as frame:
        opened(client, "/nowhere/", 404)
    for count in (1, 19):
        for number in range(count):
            story(f"2022-06-17 {number:02}:30")
            story(f"2022-06-{number % 15 + 1:02} 08:00")
        with django_assert_num_queries(len(frame) + queries):
            opened(client, path)


def test_withdrawn_story_is_looked_for_on_its_day(monkeypatch):
    monkeypatch.setattr(absence, "SURFACES", [surfaces.archive_day])
    gone = story("2022-06-17 08:00", title="新桥昨天合龙")
    check = absence.check(publishing.withdraw(gone, by=None))
    assert [row["address"] for row in check.surfaces] == [
        "/archive/2022/06/17/",
        "/zh-hant/archive/2022/06/17/",
        "/zh-tw/archive/2022/06/17/",
        "/zh-hk/archive/2022/06/17/",
    ]
    assert all(row["clean"] for row in check.surfaces)


def test_archive_is_converted_with_the_page(client):
    story(
        "2022-06-17 08:00", title="老街的早市", channel=factories.channel(name="乡村")
    )
    page = opened(client, "/zh-tw/archive/2022/06/17/")
    assert words_of(page, ".archive__list h2") == ["鄉村"]
    assert hrefs(page, ".calendar td a") == ["/zh-tw/archive/2022/06/17/"]
