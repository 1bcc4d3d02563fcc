"""Feeds as Atom and RSS, their page for people, and the list of all of them."""

import datetime
from itertools import product
from urllib.parse import unquote

import feedparser
import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import etree

from articles import publishing
from articles.models import Correction, PublishedArticle, Source, Tag
from articles.publishing import PublicNote
from editions.catalogue import EDITIONS
from fronts.models import SiteIdentity, TopicBlock
from tests import factories
from tests.markup import parsed, select, words_of
from tests.validation import xml_faults

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)
FEEDS = [
    "/feed/",
    "/channel/news/feed/",
    "/tag/桥/feed/",
    "/topic/bridge/feed/",
    "/corrections/feed/",
]
BOTH = [*FEEDS, *(f"{path}rss/" for path in FEEDS)]


@pytest.fixture
def newsroom():
    """Stories of every sort in a channel below 要闻: with and without picture, corrected,
    withdrawn, written in Traditional; a tag and a topic that have them all."""
    now = timezone.now()
    SiteIdentity(name="樟溪门户", name_tw="樟溪入口", tagline="县里的事").save()
    news = factories.channel(name="要闻", slug="news")
    below = factories.channel(name="乡村", slug="country", parent=news)
    block = factories.topic_block(
        topic=factories.topic(public=True, slug="bridge", title="一座桥")
    )
    stories = [
        factories.article(
            title="新桥合龙 & <三天后>通车",
            standfirst="后天" * 80,
            channel=below,
            tags=("桥",),
            authors=("程远山", "云屏乡通讯组"),
            cover=factories.picture(),
            published_at=now - 3 * HOUR,
        ),
        factories.article(
            title="後山的橋",
            script="zh-Hant",
            channel=below,
            tags=("桥",),
            published_at=now - 4 * HOUR,
        ),
        factories.article(channel=below, tags=("桥",), published_at=now - 5 * HOUR),
    ]
    note = PublicNote(Correction.Kind.CORRECTION, "应为“后天”。")
    publishing.correct(stories[0], note, by=None, now=now - 2 * HOUR)
    for story in stories:
        block.entries.create(article=story)
    publishing.withdraw(stories[2], by=None, now=now - HOUR)
    return stories


def fetched(client, path: str, **headers: str) -> etree._Element:
    response = client.get(path, headers=headers)
    assert response.status_code == 200, path
    return etree.fromstring(response.content)


def dialect_of(tree: etree._Element) -> str:
    return "rss" if tree.tag == "rss" else "atom"


def test_every_feed_is_valid_and_a_program_reads_it(client, newsroom):
    for edition, path in product(EDITIONS, BOTH):
        prefix = f"/{edition.prefix}" if edition.prefix else ""
        response = client.get(prefix + path)
        tree = etree.fromstring(response.content)
        assert xml_faults(tree, dialect_of(tree)) == []
        read = feedparser.parse(
            response.content,
            response_headers={"content-type": response.headers["Content-Type"]},
        )
        assert not read.bozo
        assert read.feed.language == edition.lang
        assert len(read.entries) == 2
        assert all(entry.link and entry.id and entry.updated for entry in read.entries)


PARTS = {
    "/feed/": "a:id a:title a:link a:updated a:author a:entry/a:id a:entry/a:title "
    "a:entry/a:link a:entry/a:published a:entry/a:updated",
    "/feed/rss/": "channel/title channel/link channel/a:link channel/language "
    "channel/item/title channel/item/guid channel/item/pubDate",
}


def test_schemas_see_what_is_missing_or_out_of_place(client, newsroom):
    for path, places in PARTS.items():
        whole = client.get(path).content
        for place, move in product(places.split(), ("remove", "append")):
            tree = etree.fromstring(whole)
            part = tree.find(place, {"a": "http://www.w3.org/2005/Atom"})
            getattr(part.getparent(), move)(part)
            assert xml_faults(tree, dialect_of(tree)) != [], (place, move)


def entries_of(client, path: str) -> list:
    return feedparser.parse(client.get(path).content).entries


@pytest.mark.parametrize("path", ["/feed/", "/channel/news/feed/rss/"])
def test_entry_tells_who_when_and_what(client, newsroom, settings, path):
    story = PublishedArticle.objects.visible(timezone.now()).get(article=newsroom[0].pk)
    entry = entries_of(client, path)[0]
    address = f"{settings.SITE_URL}/article/{newsroom[0].pk}/"
    assert (entry.title, entry.link, entry.id) == (story.title, address, address)
    assert [author.name for author in entry.authors] == ["程远山", "云屏乡通讯组"]
    assert {tag.term for tag in entry.tags} == {"乡村", "桥"}
    assert entry.media_thumbnail[0]["url"].startswith(f"{settings.SITE_URL}/media/")
    published = datetime.datetime.fromisoformat(entry.published)
    updated = datetime.datetime.fromisoformat(entry.updated)
    assert published == story.dated_at
    assert updated - published == HOUR
    assert published.utcoffset() == 8 * HOUR
    deck, note = entry.summary.split("\n")
    assert deck.startswith("后天后天")
    assert len(deck) <= 100
    assert note.startswith("更正（")
    assert note.endswith("应为“后天”。")


def test_feed_of_an_edition_is_in_its_script_and_leads_to_its_pages(
    client, newsroom, settings
):
    feed = feedparser.parse(client.get("/zh-tw/channel/news/feed/").content)
    site = f"{settings.SITE_URL}/zh-tw"
    assert feed.feed.title == "要聞 - 樟溪入口"
    assert feed.feed.link == f"{site}/channel/news/"
    links = {link.rel: link.href for link in feed.feed.links}
    assert links["self"] == f"{site}/channel/news/feed/"
    assert [entry.link for entry in feed.entries] == [
        f"{site}/article/{newsroom[0].pk}/",
        f"{site}/article/{newsroom[1].pk}/",
    ]
    assert [entry.title for entry in feed.entries] == [
        "新橋合龍 & <三天後>通車",
        "後山的橋",
    ]
    assert {tag.label for tag in feed.entries[0].tags} == {"鄉村", "橋"}
    assert entries_of(client, "/feed/")[1].title == "后山的桥"


def test_self_address_of_a_tag_is_written_for_machines(client, newsroom, settings):
    links = feedparser.parse(client.get("/tag/桥/feed/").content).feed.links
    own = next(link.href for link in links if link.rel == "self")
    assert own == f"{settings.SITE_URL}/tag/%E6%A1%A5/feed/"


def test_markup_in_words_is_shown_as_words(client):
    """A summary in Atom is text, a description in RSS is HTML."""
    factories.article(standfirst="<b>后天</b>", published=True)
    atom = fetched(client, "/feed/")
    assert atom.findtext("{*}entry/{*}summary") == "<b>后天</b>"
    rss = fetched(client, "/feed/rss/")
    assert rss.findtext("channel/item/description") == "&lt;b&gt;后天&lt;/b&gt;"


@pytest.mark.parametrize("path", ["/feed/", "/feed/rss/"])
def test_promotion_is_marked_before_its_title(client, path):
    Source.objects.create(name="商讯", is_promotion=True)
    factories.article(title="茶叶节开幕", source="商讯", published=True)
    (entry,) = entries_of(client, path)
    assert entry.title == "推广：茶叶节开幕"
    assert entry.author == "商讯"


def test_withdrawn_story_leaves_every_feed_and_a_tombstone(client, newsroom, settings):
    gone = f"{settings.SITE_URL}/article/{newsroom[2].pk}/"
    for path in FEEDS[:4]:
        tombstones = fetched(client, path).findall(
            "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
        )
        assert [tombstone.get("ref") for tombstone in tombstones] == [gone], path
        assert gone not in client.get(f"{path}rss/").content.decode()


def test_tag_without_visible_stories_has_no_feed(client):
    factories.article(tags=("桥",))
    assert client.get("/tag/桥/feed/").status_code == 404


def test_feed_of_a_merged_tag_leads_to_the_other_feed(client, newsroom):
    Tag.objects.create(name="桥梁", slug="bridges", merged_into=Tag.objects.get())
    response = client.get("/zh-tw/tag/bridges/feed/rss/")
    assert response.status_code == 301
    assert response.headers["Location"] == "/zh-tw/tag/%E6%A1%A5/feed/rss/"


def test_topic_that_is_being_prepared_has_no_feed(client):
    topic = factories.topic(slug="later")
    assert client.get(f"/topic/{topic.slug}/feed/").status_code == 404


def test_feeds_only_read(client):
    for path in BOTH:
        assert client.post(path).status_code == 405


def test_character_that_no_xml_may_hold_does_not_spoil_a_feed(client):
    made = factories.article(title="桥", published=True)
    made.published.update(title="新\x0b桥", deck="一\x0c二\ufffe")
    for path in ("/feed/", "/feed/rss/"):
        assert entries_of(client, path)[0].title == "新桥"


def test_queries_of_a_feed_do_not_grow_with_its_stories(client, newsroom):
    paths = [
        "/feed/",
        "/tag/桥/feed/rss/",
        "/channel/news/feed/",
        "/topic/bridge/feed/",
    ]

    def counts() -> list[int]:
        counted = []
        for path in paths:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(path).status_code == 200
            counted.append(len(queries))
        return counted

    few = counts()
    fields = {"channel": newsroom[0].channel, "cover": newsroom[0].cover}
    for _ in range(18):
        story = factories.article(tags=("桥", "路"), published=True, **fields)
        TopicBlock.objects.get().entries.create(article=story)
    assert counts() == few


@pytest.mark.parametrize("path", ["/feed/", "/feed/rss/"])
def test_browser_gets_the_same_bytes_as_xml_that_it_shows(client, newsroom, path):
    machine = client.get(path)
    browser = client.get(path, headers={"Accept": "text/html,application/xml;q=0.9"})
    assert browser.headers["Content-Type"] == "application/xml; charset=utf-8"
    assert browser.content == machine.content
    assert "Accept" in machine.headers["Vary"]


def test_stylesheet_makes_a_page_of_a_feed(client, newsroom, settings):
    notice = "这是订阅地址，复制到阅读器使用。"
    notice_hant = "這是訂閱地址，複製到閱讀器使用。"
    for home, path, said in (
        ("/", "/feed/", notice),
        ("/", "/feed/rss/", notice),
        ("/zh-hk/", "/zh-hk/feed/rss/", notice_hant),
    ):
        tree = fetched(client, path)
        sheets = tree.getroottree().xpath("/processing-instruction('xml-stylesheet')")
        (xsl, css) = [sheet.get("href").removeprefix("/static/") for sheet in sheets]
        assert finders.find(css)
        page = etree.XSLT(etree.parse(finders.find(xsl)))(tree).getroot()
        assert page.findtext(".//h1").startswith("樟溪")
        assert page.findtext(".//div/div/p").strip() == said
        assert page.findtext(".//code") == f"{settings.SITE_URL}{path}"
        links = [link.get("href") for link in page.iter("a")]
        assert len(links) == 3
        assert links[0] == f"{settings.SITE_URL}{home}"
        for sheet in page.iter("link"):
            assert finders.find(sheet.get("href").removeprefix("/static/"))


def test_page_of_feeds_lists_them_by_channel(client, newsroom):
    page = parsed(client.get("/feeds/"))
    assert words_of(page, "h2") == ["全站", "频道", "专题"]
    names = words_of(page, ".feeds__name")
    assert names == ["全部文章", "更正与撤稿", "要闻", "乡村", "一座桥"]
    assert words_of(page, ".feeds__feed--below .feeds__name") == ["乡村"]
    for link in select(page, ".feeds__link"):
        assert client.get(link.get("href")).status_code == 200


def test_footer_leads_to_the_page_of_feeds(client):
    links = [link.get("href") for link in select(parsed(client.get("/")), ".footer a")]
    assert "/feeds/" in links


def test_list_of_feeds_is_valid_and_names_feeds_of_the_edition(
    client, newsroom, settings
):
    for edition in EDITIONS:
        prefix = f"/{edition.prefix}" if edition.prefix else ""
        response = client.get(f"{prefix}/feeds.opml")
        assert response.headers["Content-Disposition"].startswith("attachment")
        tree = etree.fromstring(response.content)
        assert xml_faults(tree, "opml") == []
        feeds = tree.xpath("//@xmlUrl")
        assert len(feeds) == 5
        assert all(one.startswith(f"{settings.SITE_URL}{prefix}/") for one in feeds)
        assert ("鄉村" if prefix else "乡村") in tree.xpath("//@text")


def test_schema_sees_a_list_of_feeds_without_addresses(client, newsroom):
    tree = fetched(client, "/feeds.opml")
    del tree.find("body/outline/outline").attrib["xmlUrl"]
    assert xml_faults(tree, "opml") != []


def test_pages_name_their_feeds(client, newsroom):
    for path in ("/", "/channel/news/", "/tag/桥/", "/topic/bridge/", "/corrections/"):
        named = {
            (link.get("type"), unquote(link.get("href")))
            for link in select(parsed(client.get(path)), "link[rel=alternate]")
            if link.get("type")
        }
        for address in {"/", path}:
            assert ("application/atom+xml", f"{address}feed/") in named, path
            assert ("application/rss+xml", f"{address}feed/rss/") in named, path
