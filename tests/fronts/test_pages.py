"""Home, channel and gallery pages, the tag page, and the pages for what is not there."""

import datetime

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import etree

from articles import publishing
from channels.models import Channel
from fronts.models import SiteIdentity
from jinxi_portal.errors import server_error
from tests import factories
from tests.markup import parsed, select, words_of

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)


def opened(client, path: str, status: int = 200):
    response = client.get(path)
    assert response.status_code == status
    return parsed(response)


def stories(count: int, **fields) -> None:
    """Published stories 第1篇 (the newest) to 第n篇, an hour apart."""
    now = timezone.now()
    for number in range(1, count + 1):
        title = f"第{number}篇"
        factories.article(title=title, published_at=now - number * HOUR, **fields)


def query_count(client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


@pytest.mark.parametrize("kind", [Channel.Kind.LIST, Channel.Kind.GALLERY])
def test_pages_only_read(client, kind):
    desk = factories.channel(kind=kind)
    for path in ("/", desk.get_absolute_url(), "/sitemap.xml", "/robots.txt"):
        assert client.post(path).status_code == 405


def test_frame_names_the_site_and_who_runs_it(client):
    SiteIdentity(
        name="樟溪门户",
        seal="樟",
        organiser="樟溪县融媒体中心",
        filing="备案第一条\n备案第二条",
    ).save()
    page = opened(client, "/")
    assert words_of(page, ".masthead__name") == ["樟溪门户"]
    assert words_of(page, ".emblem__word") == ["樟"]
    assert "主办单位：樟溪县融媒体中心" in words_of(page, ".footer p")
    assert words_of(page, ".footer__filing li") == ["备案第一条", "备案第二条"]


def test_first_stop_of_the_keyboard_skips_to_the_text(client):
    page = opened(client, "/")
    assert select(page, "a")[0].get("href") == "#main"
    assert select(page, "main#main")


def test_navigation_marks_the_channel_that_the_page_belongs_to(client):
    top = factories.channel(name="乡村")
    below = factories.channel(name="农事", parent=top, in_navigation=False)
    story = factories.article(channel=below, published=True)
    for path, mark in (
        (top.get_absolute_url(), "page"),
        (below.get_absolute_url(), "true"),
        (f"/article/{story.pk}/", "true"),
    ):
        marked = select(opened(client, path), ".bar [aria-current]")
        assert [(link.text, link.get("aria-current")) for link in marked] == [
            ("乡村", mark)
        ]


def test_home_without_stories_says_so(client):
    assert "这里还没有文章。" in client.get("/").content.decode()


def test_home_leads_with_the_newest_story_that_has_a_picture(client):
    stories(2)
    factories.article(
        title="有图的一篇",
        cover=factories.picture(),
        published_at=timezone.now() - 9 * HOUR,
    )
    page = opened(client, "/")
    assert words_of(page, ".lead__title") == ["有图的一篇"]
    assert words_of(page, ".front__news h3") == ["第1篇", "第2篇"]


def test_home_shows_each_story_once(client):
    desk, other = factories.channel(), factories.channel()
    stories(14, channel=desk)
    for story in desk.articles.all():
        story.further_channels.add(other)
        publishing.replace(story, by=None)
    links = [
        link.get("href")
        for link in select(opened(client, "/"), "main a[href*=article]")
    ]
    assert len(links) > 7
    assert len(links) == len(set(links))


def test_home_has_no_block_for_a_channel_with_one_story(client):
    few, many = factories.channel(name="乡村"), factories.channel(name="校园")
    stories(9, channel=many)
    factories.article(channel=few, published_at=timezone.now() - 99 * HOUR)
    assert words_of(opened(client, "/"), ".block h2") == ["校园"]


def test_home_shows_people_by_name_and_honour(client):
    gallery = factories.channel(name="樟溪好人", kind=Channel.Kind.GALLERY)
    factories.article(
        title="范玉梅", subtitle="2026年度樟溪好人", channel=gallery, published=True
    )
    page = opened(client, "/")
    assert words_of(page, ".honours h2") == ["樟溪好人"]
    assert words_of(page, ".person h3") == ["范玉梅"]
    assert words_of(page, ".person__honour") == ["2026年度樟溪好人"]


def test_home_queries_do_not_grow_with_the_stories(client):
    desk = factories.channel()
    stories(2, channel=desk, cover=factories.picture())
    before = query_count(client, "/")
    stories(20, channel=desk)
    assert query_count(client, "/") == before


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


def test_gallery_shows_portraits_and_surnames_where_there_is_none(client):
    gallery = factories.channel(kind=Channel.Kind.GALLERY)
    cover = factories.picture(alt_text="姚红梅，公交司机")
    stories(1, channel=gallery, cover=cover)
    factories.article(
        title="汤桂香", channel=gallery, published_at=timezone.now() - HOUR
    )
    page = opened(client, gallery.get_absolute_url())
    portraits = select(page, "img.person__portrait")
    assert [image.get("alt") for image in portraits] == ["姚红梅，公交司机"]
    assert len(select(page, ".person__surname")) == 1


def test_surname_tile_holds_the_whole_name_so_that_it_converts_as_one(client):
    gallery = factories.channel(kind=Channel.Kind.GALLERY)
    factories.article(title="于谦", channel=gallery, published=True)
    page = opened(client, f"/zh-tw{gallery.get_absolute_url()}")
    assert words_of(page, ".person__surname") == ["于謙"]


def test_tag_page_counts_and_lists_its_stories(client):
    stories(2, tags=("老街",))
    page = opened(client, "/tag/老街/")
    assert words_of(page, "h1") == ["#老街"]
    assert words_of(page, ".list-head__intro") == ["共 2 篇"]
    assert words_of(page, ".day h3") == ["第1篇", "第2篇"]


def test_tag_of_hidden_stories_is_404(client):
    factories.article(tags=("老街",))
    assert client.get("/tag/老街/").status_code == 404


def test_tag_queries_do_not_grow_with_the_stories(client):
    stories(1, tags=("老街",), cover=factories.picture())
    before = query_count(client, "/tag/老街/")
    stories(19, tags=("老街",))
    assert query_count(client, "/tag/老街/") == before


@pytest.mark.parametrize("edition", ["", "/zh-tw"])
def test_missing_page_offers_the_channels(client, edition):
    factories.channel(name="文化")
    page = opened(client, f"{edition}/nowhere/", status=404)
    assert words_of(page, "main .chip") == ["首頁" if edition else "首页", "文化"]
    assert select(page, "link[rel=canonical]") == []


def test_page_for_our_own_failure_needs_nothing_but_files(rf):
    response = server_error(rf.get("/"))
    page = parsed(response)
    assert response.status_code == 500
    assert words_of(page, "h1") == ["页面暂时打不开"]
    for link in select(page, "link"):
        assert finders.find(link.get("href").removeprefix("/static/"))


def test_sitemap_names_each_page_in_every_edition(client, settings):
    story = factories.article(published=True)
    tree = etree.fromstring(client.get("/sitemap.xml").content)
    names = {
        "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
        "x": "http://www.w3.org/1999/xhtml",
    }
    path = f"/article/{story.pk}/"
    entries = [
        entry
        for entry in tree.findall("s:url", names)
        if entry.findtext("s:loc", namespaces=names).endswith(path)
    ]
    assert [entry.findtext("s:loc", namespaces=names) for entry in entries] == [
        f"{settings.SITE_URL}{prefix}{path}"
        for prefix in ("", "/zh-hant", "/zh-tw", "/zh-hk")
    ]
    assert all(len(entry.findall("x:link", names)) == 5 for entry in entries)
