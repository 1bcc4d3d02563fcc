"""上线安排: what happens by itself, for those who may see the stories."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import html

from accounts.models import AuditEntry
from accounts.roles import Role
from articles import publishing
from articles.admin import queue
from articles.models import Announcement, Article
from tests import factories
from tests.admin_forms import signed_in

pytestmark = pytest.mark.django_db

MINUTE = datetime.timedelta(minutes=1)
HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)


@pytest.fixture
def now() -> datetime.datetime:
    return timezone.now()


def page_for(client) -> html.HtmlElement:
    response = client.get(reverse("admin:articles_queue"))
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


def rows_of(page: html.HtmlElement, *, past: bool = False) -> list[list[str]]:
    """The words of each row, time aside."""
    tables = page.xpath("//table")
    chosen = [
        table
        for table in tables
        if (table.findtext("caption") == "已经发生的事") == past
    ]
    return [
        [" ".join(cell.text_content().split()) for cell in row][1:]
        for table in chosen
        for row in table.xpath("tbody/tr")
    ]


def planned(at: datetime.datetime, *, by=None, until=None, **fields) -> Article:
    article = factories.article(**fields)
    publishing.schedule(article, at, by=by, until=until, now=at - 2 * DAY)
    return article


def test_everything_planned_is_listed_by_day_and_time(now):
    editor = factories.staff(Role.EDITOR, display_name="周禾")
    channel = factories.channel(name="要闻")
    noon = timezone.localtime(now).replace(hour=12, minute=0) + 3 * DAY
    planned(noon + HOUR, by=editor, title="后来", channel=channel)
    planned(noon, by=editor, title="先来", channel=channel, until=noon + DAY)
    page = page_for(signed_in(Role.EDITOR))
    assert rows_of(page) == [
        ["● 上线", "先来", "要闻", "周禾"],
        ["● 上线", "后来", "要闻", "周禾"],
        ["× 下线", "先来", "要闻", "周禾"],
    ]
    days = page.xpath("//h2/time/@datetime")
    assert days == [f"{noon:%Y-%m-%d}", f"{noon + DAY:%Y-%m-%d}"]
    times = page.xpath("//td/time/text()")
    assert times == ["12:00", "13:00", "12:00"]


def test_planned_replacement_is_called_so_and_links_to_the_story(now):
    article = factories.article(published_at=now - HOUR, title="渡口")
    publishing.replace(article, by=None, at=now + HOUR)
    page = page_for(signed_in(Role.EDITOR))
    assert rows_of(page) == [["◔ 替换", "渡口", str(article.channel), "控制台"]]
    form = reverse("admin:articles_article_change", args=[article.pk])
    assert page.xpath("//th/a/@href") == [form]


def test_who_set_the_expiry_stands_beside_it(now):
    first = factories.staff(Role.EDITOR, display_name="周禾")
    second = factories.staff(Role.EDITOR, display_name="江一")
    article = planned(now + HOUR, by=first)
    publishing.set_expiry(article, now + 2 * HOUR, by=second)
    persons = [row[-1] for row in rows_of(page_for(signed_in(Role.EDITOR)))]
    assert persons == ["周禾", "江一"]


def test_each_day_has_a_picture_of_its_hours(now):
    noon = timezone.localtime(now).replace(hour=12, minute=30) + 2 * DAY
    planned(noon)
    page = page_for(signed_in(Role.EDITOR))
    [mark] = page.xpath("//section//svg[@aria-hidden]/rect[@data-kind]")
    assert mark.get("x") == str(12 * 60 + 30)


def test_past_day_is_shown_with_how_late_it_was(now):
    planned(now - HOUR, title="渡口")
    planned(now - 2 * DAY, title="很久以前")
    Announcement.objects.update(done_at=now - HOUR + datetime.timedelta(seconds=3))
    page = page_for(signed_in(Role.EDITOR))
    [row] = rows_of(page, past=True)
    assert row[1] == "渡口"
    assert row[-1] == "迟 3 秒"
    assert "最迟 3 秒" in page.text_content()
    assert "没有定时的事项" in page.text_content()


def test_visit_announces_what_is_due(now):
    planned(now - MINUTE)
    page_for(signed_in(Role.EDITOR))
    assert Announcement.objects.get().done_at is not None
    assert AuditEntry.objects.filter(act="went_live").count() == 1


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 秒"),
        (119, "119 秒"),
        (120, "2 分钟"),
        (7199, "119 分钟"),
        (7200, "2 小时"),
    ],
)
def test_lateness_is_said_in_the_unit_that_says_enough(seconds, words):
    assert queue.span_in_words(datetime.timedelta(seconds=seconds)) == words


@pytest.mark.parametrize(("minutes", "warns"), [(1, False), (3, True)])
def test_page_warns_when_no_worker_is_running(now, minutes, warns):
    planned(now - minutes * MINUTE)
    client = signed_in(Role.EDITOR)
    assert ("后台任务没有在运行" in page_for(client).text_content()) is warns
    assert "后台任务没有在运行" not in page_for(client).text_content()


def test_editor_of_a_channel_sees_its_stories_only(now):
    mine, other = factories.channel(), factories.channel()
    planned(now + HOUR, title="我的", channel=mine)
    planned(now + HOUR, title="别人的", channel=other)
    planned(now - HOUR, title="别人的旧事", channel=other)
    client = signed_in(None)
    factories.grant(client.user, Role.EDITOR, mine)
    page = page_for(client)
    assert [row[1] for row in rows_of(page)] == ["我的"]
    assert "别人的" not in page.text_content()


def test_reporter_sees_what_becomes_of_the_own_stories_only(now):
    client = signed_in(Role.REPORTER)
    planned(now + HOUR, title="我写的", created_by=client.user)
    planned(now + HOUR, title="别人写的")
    assert [row[1] for row in rows_of(page_for(client))] == ["我写的"]


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.CLERK, None])
def test_people_without_newsroom_work_are_refused(role):
    response = signed_in(role).get(reverse("admin:articles_queue"))
    assert response.status_code == 403


def test_visitors_are_sent_to_sign_in(client):
    assert client.get(reverse("admin:articles_queue")).status_code == 302


def test_page_cannot_be_posted_to():
    response = signed_in(Role.EDITOR).post(reverse("admin:articles_queue"))
    assert response.status_code == 405


def test_number_of_queries_does_not_grow_with_the_rows(
    now, django_assert_max_num_queries
):
    client = signed_in(Role.EDITOR)
    for hours in range(1, 9):
        planned(now + hours * HOUR, until=now + 2 * DAY)
        planned(now - hours * HOUR, until=now - MINUTE)
    page_for(client)
    with django_assert_max_num_queries(25):
        page_for(client)
