"""The list of stories: columns, filters, search, and its price."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import html

from accounts.roles import Role
from articles import publishing
from articles.models import Stage
from articles.writing import record_save
from tests import factories
from tests.admin_forms import signed_in

pytestmark = pytest.mark.django_db

LIST = reverse("admin:articles_article_changelist")
DAY = datetime.timedelta(days=1)


def rows_of(client, **query) -> dict[str, str]:
    """Titles on the list and what stands in their rows."""
    page = html.fromstring(client.get(LIST, query).content.decode())
    rows = page.xpath("//table[@id='result_list']/tbody/tr")
    return {
        row.xpath("string(*[contains(@class, 'field-title')])"): row.text_content()
        for row in rows
    }


@pytest.fixture
def stories() -> None:
    factories.article(title="草稿")
    factories.article(title="上线", published=True)
    planned = factories.article(title="待发")
    publishing.schedule(planned, timezone.now() + DAY, by=None)
    gone = factories.article(title="撤下", published=True)
    publishing.withdraw(gone, by=None)


@pytest.mark.parametrize(
    ("standing", "title", "words"),
    [
        ("draft", "草稿", "○ 草稿"),
        ("live", "上线", "● 已发布"),
        ("planned", "待发", "◔ 已定时"),
        ("withdrawn", "撤下", "× 已撤回"),
    ],
)
@pytest.mark.usefixtures("stories")
def test_stories_are_listed_by_where_they_stand(standing, title, words):
    client = signed_in(Role.EDITOR)
    assert list(rows_of(client, standing=standing)) == [title]
    assert words in rows_of(client)[title]


@pytest.mark.usefixtures("stories")
def test_unknown_state_in_the_address_filters_nothing():
    assert len(rows_of(signed_in(Role.EDITOR), standing="x")) == 4


def test_filter_by_channel_includes_the_channels_below():
    news = factories.channel(name="要闻")
    factories.article(title="上级", channel=news)
    factories.article(title="下级", channel=factories.channel(parent=news))
    factories.article(title="别处")
    assert set(rows_of(signed_in(Role.EDITOR), channel=news.pk)) == {"上级", "下级"}


def test_search_finds_desk_copies_by_their_words_in_either_script():
    stories = [
        factories.article(title="渡口通车"),
        factories.article(title="老街", authors=("渡边",)),
        factories.article(title="集市", body="<p>到渡口去的船。</p>"),
        factories.article(title="别的"),
    ]
    for story in stories:
        record_save(story, by=None)
    client = signed_in(Role.EDITOR)
    assert set(rows_of(client, q="渡")) == {"渡口通车", "老街", "集市"}
    assert set(rows_of(client, q="渡口 通車")) == {"渡口通车"}
    assert set(rows_of(client, q="渡 -船")) == {"渡口通车", "老街"}
    assert set(rows_of(client, q="作者：渡边")) == {"老街"}
    assert rows_of(client, q="，") == {}


def test_search_finds_nothing_outside_the_channels_of_the_person():
    own = factories.channel()
    for title, channel in (("渡口通车", factories.channel()), ("渡口夜话", own)):
        record_save(factories.article(title=title, channel=channel), by=None)
    client = signed_in(None)
    factories.grant(client.user, Role.EDITOR, own)
    assert set(rows_of(client, q="渡口")) == {"渡口夜话"}


def test_editors_stand_in_the_order_printed():
    factories.article(title="老街", editors=("周禾", "艾青"))
    assert "周禾、艾青" in rows_of(signed_in(Role.EDITOR))["老街"]


def test_list_costs_the_same_for_one_story_and_for_twenty(
    django_assert_max_num_queries, django_assert_num_queries
):
    client = signed_in(Role.EDITOR)
    factories.article(published=True)
    with django_assert_max_num_queries(16) as counted:
        client.get(LIST)
    for _ in range(19):
        factories.article(published=True, editors=("周禾", "罗青"))
    with django_assert_num_queries(len(counted.captured_queries)):
        client.get(LIST)


def test_list_narrows_to_ones_own_stories():
    client = signed_in(Role.EDITOR)
    factories.article(title="我写的", created_by=client.user)
    factories.article(title="我改的", saved_by=client.user)
    factories.article(title="别人的")
    assert set(rows_of(client, mine="yes")) == {"我写的", "我改的"}
    assert len(rows_of(client)) == 3


def test_list_narrows_to_a_stage_of_review():
    client = signed_in(Role.EDITOR)
    factories.article(title="待审稿", stage=Stage.IN_REVIEW)
    factories.article(title="退回稿", stage=Stage.RETURNED)
    factories.article(title="草稿")
    assert set(rows_of(client, stage="in_review")) == {"待审稿"}
    assert "◑ 待审" in client.get(LIST).content.decode()
    assert "↩ 已退回" in client.get(LIST).content.decode()
