"""Pages of a channel: its list, what editors pinned there, and what stands beside it."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from articles.models import Article, Editor, PublishedCredit
from channels.models import Channel
from fronts.models import Placement
from tests import factories
from tests.admin_forms import send, signed_in
from tests.markup import select, words_of
from tests.reader_pages import HOUR, opened, query_count, stories

pytestmark = pytest.mark.django_db

PINNED = Placement.Slot.PINNED
DAY = datetime.timedelta(days=1)


def titled(title: str) -> Article:
    return Article.objects.get(title=title)


def pin(title: str, channel, **fields) -> Placement:
    return factories.placement(titled(title), PINNED, channel=channel, **fields)


def credited(article: Article, name: str, **fields) -> Editor:
    """The story stands under this editor's name."""
    editor, _ = Editor.objects.get_or_create(name=name, defaults=fields)
    version = article.published.get()
    PublishedCredit.objects.get_or_create(published_article=version, editor=editor)
    return editor


def test_channel_lists_its_stories_under_their_days(client):
    desk = factories.channel(name="要闻", intro="今天县里的事。")
    stories(2, channel=desk)
    page = opened(client, desk.get_absolute_url())
    assert words_of(page, "h1") == ["要闻"]
    assert words_of(page, ".list-head__intro") == ["今天县里的事。"]
    assert words_of(page, ".day h3") == ["第1篇", "第2篇"]


def test_channel_lists_stories_of_the_channels_below_and_links_to_them(client):
    top = factories.channel(name="乡村")
    below = factories.channel(name="农事", parent=top)
    stories(1, channel=below)
    page = opened(client, top.get_absolute_url())
    assert words_of(page, ".day h3") == ["第1篇"]
    assert words_of(page, ".chips a") == ["农事"]


def test_channel_has_pages_of_twenty(client):
    desk = factories.channel()
    stories(41, channel=desk)
    path = desk.get_absolute_url()
    second = opened(client, f"{path}?page=2")
    assert words_of(second, ".day h3") == [f"第{number}篇" for number in range(21, 41)]
    links = [link.get("href") for link in select(second, ".pagination a")]
    assert links == ["./", "./", "?page=3", "?page=3"]
    assert len(select(opened(client, f"{path}?page=3"), ".day h3")) == 1


@pytest.mark.parametrize("number", ["3", "0", "-1", "x", "", "１"])
def test_page_that_is_not_there_is_404(client, monkeypatch, number):
    monkeypatch.setattr("fronts.views.channel.PAGE_SIZE", 1)
    desk = factories.channel()
    stories(2, channel=desk)
    path = f"{desk.get_absolute_url()}?page={number}"
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("query", "canonical"),
    [("", ""), ("?page=1", ""), ("?page=2", "?page=2"), ("?page=2&a=b", "?page=2")],
)
def test_page_of_a_list_names_its_own_address(
    client, settings, monkeypatch, query, canonical
):
    monkeypatch.setattr("fronts.views.channel.PAGE_SIZE", 1)
    desk = factories.channel()
    stories(2, channel=desk)
    path = desk.get_absolute_url()
    page = opened(client, f"{path}{query}")
    link = select(page, "link[rel=canonical]")[0]
    assert link.get("href") == f"{settings.SITE_URL}{path}{canonical}"


def test_empty_channel_points_to_the_channel_above(client):
    top = factories.channel(name="乡村")
    below = factories.channel(parent=top)
    page = opened(client, below.get_absolute_url())
    assert words_of(page, ".nothing") == ["这里还没有文章。去看看 乡村。"]


def test_empty_top_channel_points_home(client):
    page = opened(client, factories.channel().get_absolute_url())
    assert words_of(page, ".nothing") == ["这里还没有文章。去看看 首页。"]


def test_channel_that_is_a_link_leads_elsewhere(client):
    desk = factories.channel(kind=Channel.Kind.LINK, link_url="https://example.cn/")
    response = client.get(f"/channel/{desk.slug}/")
    assert response.headers["Location"] == "https://example.cn/"


@pytest.mark.parametrize("kind", [Channel.Kind.LIST, Channel.Kind.GALLERY])
def test_channel_queries_do_not_grow_with_the_stories(client, kind):
    desk = factories.channel(kind=kind)
    stories(1, channel=desk, cover=factories.picture())
    before = query_count(client, desk.get_absolute_url())
    stories(19, channel=desk)
    assert query_count(client, desk.get_absolute_url()) == before


def test_pinned_stories_stand_above_the_days_and_not_in_them(client):
    desk = factories.channel()
    stories(4, channel=desk)
    pin("第3篇", desk, position=2)
    pin("第4篇", desk, position=1)
    page = opened(client, desk.get_absolute_url())
    assert words_of(page, ".day--pinned h2") == ["置顶"]
    assert words_of(page, ".day--pinned h3") == ["第4篇", "第3篇"]
    assert words_of(page, ".day h3") == ["第4篇", "第3篇", "第1篇", "第2篇"]


def test_two_stories_are_pinned_at_most(client):
    desk = factories.channel()
    stories(3, channel=desk)
    for number in (1, 2, 3):
        pin(f"第{number}篇", desk, position=number)
    page = opened(client, desk.get_absolute_url())
    assert words_of(page, ".day--pinned h3") == ["第1篇", "第2篇"]
    assert words_of(page, ".day h3") == ["第1篇", "第2篇", "第3篇"]


def test_pin_counts_in_its_channel_and_its_time_only(client):
    desk, other = factories.channel(), factories.channel()
    stories(2, channel=desk)
    pin("第1篇", other)
    pin("第2篇", desk, shown_until=timezone.now() - HOUR)
    assert not select(opened(client, desk.get_absolute_url()), ".day--pinned")


def test_pinned_story_keeps_its_place_on_the_later_pages(client, monkeypatch):
    monkeypatch.setattr("fronts.views.channel.PAGE_SIZE", 2)
    desk = factories.channel()
    stories(4, channel=desk)
    pin("第4篇", desk)
    first, second = (
        opened(client, f"{desk.get_absolute_url()}?page={number}")
        for number in ("1", "2")
    )
    assert words_of(first, ".day h3") == ["第4篇", "第1篇", "第2篇"]
    assert words_of(second, ".day h3") == ["第3篇", "第4篇"]
    assert not select(second, ".day--pinned")


def test_channel_whose_only_story_is_pinned_is_not_called_empty(client):
    desk = factories.channel()
    stories(1, channel=desk)
    pin("第1篇", desk)
    page = opened(client, desk.get_absolute_url())
    assert words_of(page, ".day h3") == ["第1篇"]
    assert not select(page, ".nothing")


def test_closed_channel_says_so_from_its_day_on(client):
    today = timezone.localdate()
    closed = factories.channel(closed_on=today)
    closing = factories.channel(closed_on=today + DAY)
    date = f"{today.year}年{today.month}月{today.day}日"
    page = opened(client, closed.get_absolute_url())
    assert words_of(page, ".list-head__closed") == [f"本频道已停止更新（{date}）。"]
    assert not select(opened(client, closing.get_absolute_url()), ".list-head__closed")


def test_sub_channel_names_the_channel_above_in_its_path(client):
    top = factories.channel(name="乡村")
    below = factories.channel(name="农事", parent=top)
    page = opened(client, below.get_absolute_url())
    assert words_of(page, ".breadcrumb li") == ["首页", "乡村", "农事"]


def test_aside_names_who_edited_here_lately_most_stories_first(client):
    desk = factories.channel()
    stories(2, channel=desk, editors=("周禾",))
    once = credited(titled("第1篇"), "沈岚")
    for number in (1, 2):
        often = credited(titled(f"第{number}篇"), "周禾")
    page = opened(client, desk.get_absolute_url())
    links = select(page, ".aside__names a")
    assert [link.text for link in links] == ["周禾", "沈岚"]
    assert [link.get("href") for link in links] == [
        often.get_absolute_url(),
        once.get_absolute_url(),
    ]


def test_aside_leaves_out_editors_who_left_or_are_long_silent_here(client):
    desk, now = factories.channel(), timezone.now()
    left = factories.article(channel=desk, published_at=now - HOUR)
    credited(left, "离任的", left_on=timezone.localdate())
    credited(factories.article(channel=desk, published_at=now - 91 * DAY), "早先的")
    credited(factories.article(published_at=now - HOUR), "别处的")
    names = words_of(opened(client, desk.get_absolute_url()), ".aside__names li")
    assert not {"离任的", "早先的", "别处的"} & set(names)


def test_aside_names_twelve_editors_at_most(client):
    desk = factories.channel()
    stories(1, channel=desk)
    for number in range(15):
        credited(titled("第1篇"), f"编辑{number}")
    page = opened(client, desk.get_absolute_url())
    assert len(select(page, ".aside__names li")) == 12


def test_aside_lists_running_topics_of_this_channel_and_its_feed(client):
    desk = factories.channel()
    factories.topic(title="一条河的四季", public=True).channels.add(desk)
    factories.topic(title="还在准备").channels.add(desk)
    factories.topic(title="别的频道", public=True)
    page = opened(client, desk.get_absolute_url())
    assert words_of(page, ".aside__list li") == ["一条河的四季"]
    assert select(page, f".aside a[href=/channel/{desk.slug}/feed/]")


def test_pins_and_editors_cost_the_same_queries_for_one_as_for_many(client):
    desk = factories.channel()
    stories(4, channel=desk)
    pin("第1篇", desk)
    credited(titled("第1篇"), "周禾")
    before = query_count(client, desk.get_absolute_url())
    pin("第2篇", desk)
    for number in range(2, 5):
        credited(titled(f"第{number}篇"), f"编辑{number}")
    assert query_count(client, desk.get_absolute_url()) == before


def test_desk_closes_a_channel_on_its_form(client):
    desk = factories.channel()
    form = reverse("admin:channels_channel_change", args=[desk.pk])
    today = timezone.localdate()
    send(signed_in(Role.CHIEF), form, {"closed_on": today.isoformat()})
    page = opened(client, desk.get_absolute_url())
    assert select(page, ".list-head__closed")
