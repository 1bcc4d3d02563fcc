"""The frame of every page, the gallery, and the pages for what is not there."""

import pytest
from django.contrib.staticfiles import finders
from django.utils import timezone

from channels.models import Channel
from fronts.models import SiteIdentity
from jinxi_portal.errors import server_error
from tests import factories
from tests.markup import parsed, select, words_of
from tests.reader_pages import HOUR, opened, stories

pytestmark = pytest.mark.django_db


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
    assert len(select(page, ".surname")) == 1


def test_surname_tile_holds_the_whole_name_so_that_it_converts_as_one(client):
    gallery = factories.channel(kind=Channel.Kind.GALLERY)
    factories.article(title="于谦", channel=gallery, published=True)
    page = opened(client, f"/zh-tw{gallery.get_absolute_url()}")
    assert words_of(page, ".surname") == ["于謙"]


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
