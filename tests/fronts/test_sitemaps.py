"""Sitemaps: their index, their parts by ranges of keys, the news, and robots.txt."""

import datetime
from urllib.robotparser import RobotFileParser

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import etree

from articles import publishing
from articles.models import (
    Author,
    Correction,
    Editor,
    PublishedArticle,
    Source,
    Tag,
)
from articles.publishing import PublicNote
from channels.models import Channel
from editions.catalogue import EDITIONS
from fronts import sitemaps
from fronts.models import SiteIdentity, StatementPage
from tests import factories
from tests.markup import parsed, select
from tests.validation import xml_faults

pytestmark = pytest.mark.django_db

NOW = timezone.now()
HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)
NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}
PREFIXES = [f"/{edition.prefix}" if edition.prefix else "" for edition in EDITIONS]


@pytest.fixture(autouse=True)
def one_file(monkeypatch) -> None:
    """Keys go on from test to test: whatever they are by now, they are in file 1."""
    monkeypatch.setattr(sitemaps, "KEYS_IN_PART", 10**9)


def fetched(client, path: str, schema: str = "sitemap") -> etree._Element:
    response = client.get(path)
    assert response.status_code == 200, path
    assert response.headers["Content-Type"].startswith("application/xml")
    tree = etree.fromstring(response.content)
    assert xml_faults(tree, schema) == []
    return tree


def paths(tree: etree._Element, settings) -> list[str]:
    """What the file names, without the site and in the default edition only."""
    found = tree.xpath("//s:loc/text()", namespaces=NAMES)
    return [
        path
        for path in (address.removeprefix(settings.SITE_URL) for address in found)
        if not path.startswith("/zh-")
    ]


def changed_at(tree: etree._Element, path: str, settings) -> datetime.datetime | None:
    """The date beside an address of the default edition."""
    place = f"//s:loc[.='{settings.SITE_URL}{path}']/../s:lastmod/text()"
    found = tree.xpath(place, namespaces=NAMES)
    return datetime.datetime.fromisoformat(found[0]) if found else None


def test_index_names_every_file_and_each_is_valid(client, settings):
    Source.objects.create(name="樟溪")
    factories.article(authors=("程远山",), tags=("桥",), published=True)
    editor = Editor.objects.get()
    Author.objects.create(name="周禾", editor=editor)
    factories.article(authors=("周禾",), published=True)
    tree = fetched(client, "/sitemap.xml", "sitemap_index")
    addresses = tree.xpath("//s:loc/text()", namespaces=NAMES)
    files = [address.removeprefix(settings.SITE_URL) for address in addresses]
    assert files == [
        "/sitemap-pages.xml",
        *(f"{prefix}/sitemap-news.xml" for prefix in PREFIXES),
        *(f"/sitemap-{kind}-1.xml" for kind in sitemaps.KINDS),
    ]
    for file in files:
        schema = "sitemap_news" if "news" in file else "sitemap"
        for path in paths(fetched(client, file, schema), settings):
            assert client.get(path).status_code == 200, path


def test_every_page_is_named_in_every_edition_beside_all_others(client, settings):
    story = factories.article(published=True)
    tree = fetched(client, "/sitemap-stories-1.xml")
    path = f"/article/{story.pk}/"
    addresses = [f"{settings.SITE_URL}{prefix}{path}" for prefix in PREFIXES]
    assert tree.xpath("//s:loc/text()", namespaces=NAMES) == addresses
    for entry in tree.findall("s:url", NAMES):
        others = entry.xpath("x:link/@href", namespaces=NAMES)
        assert others == [*addresses, addresses[0]]


def test_schemas_see_what_is_missing_or_out_of_place(client):
    factories.article(published=True)
    for path, schema, places in (
        ("/sitemap.xml", "sitemap_index", "s:sitemap/s:loc"),
        ("/sitemap-stories-1.xml", "sitemap", "s:url/s:loc s:url/x:link"),
        ("/sitemap-news.xml", "sitemap_news", "s:url/s:loc s:url/n:news/n:publication"),
        ("/sitemap-news.xml", "sitemap_news", "s:url/n:news/n:publication_date"),
    ):
        whole = client.get(path).content
        for place in places.split():
            tree = etree.fromstring(whole)
            part = tree.find(place, NAMES)
            part.getparent().remove(part)
            assert xml_faults(tree, schema) != [], place
    tree = etree.fromstring(client.get("/sitemap-stories-1.xml").content)
    entry = tree.find("s:url", NAMES)
    entry.append(entry.find("s:loc", NAMES))
    assert xml_faults(tree, "sitemap") != []


def test_single_pages_are_named_once(client, settings):
    channel = factories.channel()
    factories.channel(kind=Channel.Kind.LINK, link_url="https://example.cn/")
    factories.article(channel=channel, published=True)
    topic, hidden = factories.topic(public=True), factories.topic()
    statement = StatementPage.objects.create(
        slug="us", title="关于我们", body="<p>一</p>"
    )
    tree = fetched(client, "/sitemap-pages.xml")
    found = paths(tree, settings)
    assert len(found) == len(set(found))
    year = timezone.localdate().year
    assert {"/", "/corrections/", "/feeds/", "/topic/", f"/archive/{year}/"} <= set(
        found
    )
    assert channel.get_absolute_url() in found
    assert topic.get_absolute_url() in found
    assert hidden.get_absolute_url() not in found
    changed = changed_at(tree, statement.get_absolute_url(), settings)
    assert changed == statement.updated_at
    assert not any("example.cn" in path for path in found)


def test_pages_of_hidden_stories_are_named_nowhere(client, settings):
    factories.article(tags=("桥",), authors=("程远山",))
    tree = fetched(client, "/sitemap.xml", "sitemap_index")
    assert len(tree) == 1 + len(PREFIXES)
    for kind in sitemaps.KINDS:
        assert client.get(f"/sitemap-{kind}-1.xml").status_code == 404


def test_merged_tag_and_unit_have_no_page_to_name(client, settings):
    factories.article(tags=("桥",), authors=("通讯组", "程远山"), published=True)
    Author.objects.filter(name="通讯组").update(is_unit=True)
    bridge = Tag.objects.get()
    merged = Tag.objects.create(name="桥梁", slug="bridges", merged_into=bridge)
    PublishedArticle.objects.get().tags.add(merged)
    assert paths(fetched(client, "/sitemap-tags-1.xml"), settings) == [
        bridge.get_absolute_url()
    ]
    author = Author.objects.get(name="程远山")
    assert paths(fetched(client, "/sitemap-authors-1.xml"), settings) == [
        author.get_absolute_url()
    ]


def test_story_stays_in_the_part_of_its_key(client, settings, monkeypatch):
    monkeypatch.setattr(sitemaps, "KEYS_IN_PART", 2)
    stories = [factories.article(published=True) for _ in range(5)]
    for story in stories:
        number = sitemaps.part_with(story.pk)
        file = f"/sitemap-stories-{number}.xml"
        assert f"/article/{story.pk}/" in paths(fetched(client, file), settings)
        index = fetched(client, "/sitemap.xml", "sitemap_index")
        assert file in paths(index, settings)
    publishing.withdraw(stories[0], by=None)
    number = sitemaps.part_with(stories[4].pk)
    tree = fetched(client, f"/sitemap-stories-{number}.xml")
    assert f"/article/{stories[4].pk}/" in paths(tree, settings)


def test_part_whose_stories_are_all_gone_is_empty_and_still_named(client, settings):
    story = factories.article(published_at=NOW - 2 * DAY)
    publishing.withdraw(story, by=None, now=NOW - HOUR)
    assert paths(fetched(client, "/sitemap-stories-1.xml"), settings) == []
    index = fetched(client, "/sitemap.xml", "sitemap_index")
    assert changed_at(index, "/sitemap-stories-1.xml", settings) == NOW - HOUR


@pytest.mark.parametrize("number", ["2", "999999999999999999", "0", "01", "x"])
def test_part_that_is_not_there_is_404(client, number):
    factories.article(published=True)
    assert client.get(f"/sitemap-stories-{number}.xml").status_code == 404
    assert client.get("/sitemap-nothing-1.xml").status_code == 404


def test_date_of_a_story_is_that_of_its_words(client, settings):
    story = factories.article(published_at=NOW - 9 * DAY)
    path = f"/article/{story.pk}/"

    def date() -> datetime.datetime | None:
        tree = fetched(client, "/sitemap-stories-1.xml")
        return changed_at(tree, path, settings)

    assert date() == NOW - 9 * DAY
    story.further_channels.add(factories.channel())
    publishing.replace(story, by=None, now=NOW - 5 * DAY)
    assert date() == NOW - 9 * DAY
    story.sections.update(body="<p>桥在后天通车。</p>")
    publishing.replace(story, by=None, now=NOW - 3 * DAY)
    assert date() == NOW - 3 * DAY
    note = PublicNote(Correction.Kind.CLARIFICATION, "通车时间是早上。")
    publishing.correct(story, note, by=None, now=NOW - DAY)
    assert date() == NOW - DAY


def test_queries_do_not_grow_with_what_is_named(client):
    files = ["", "-pages", "-news", "-stories-1", "-tags-1", "-authors-1"]

    def counts() -> list[int]:
        counted = []
        for file in files:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(f"/sitemap{file}.xml").status_code == 200
            counted.append(len(queries))
        return counted

    factories.article(authors=("程远山",), tags=("桥",), published=True)
    few = counts()
    for number in range(5):
        names = {"authors": (f"作者{number}",), "tags": (f"标签{number}",)}
        factories.article(published=True, **names)
    assert counts() == few
    assert few[0] == 6


def test_news_are_the_stories_of_two_days(client, settings):
    SiteIdentity(name="樟溪门户").save()
    Source.objects.create(name="商讯", is_promotion=True)
    fresh = factories.article(title="后天通车", published_at=NOW - HOUR)
    factories.article(published_at=NOW - 2 * DAY - HOUR)
    factories.article(source="商讯", published_at=NOW - HOUR)
    gallery = factories.channel(kind=Channel.Kind.GALLERY)
    factories.article(channel=gallery, published_at=NOW - HOUR)
    for prefix, language, title in (
        ("", "zh-cn", "后天通车"),
        ("/zh-hant", "zh-tw", "後天通車"),
        ("/zh-tw", "zh-tw", "後天通車"),
        ("/zh-hk", "zh-tw", "後天通車"),
    ):
        tree = fetched(client, f"{prefix}/sitemap-news.xml", "sitemap_news")
        (entry,) = tree.findall("s:url", NAMES)
        address = f"{settings.SITE_URL}{prefix}/article/{fresh.pk}/"
        assert entry.findtext("s:loc", namespaces=NAMES) == address
        assert entry.findtext(".//n:title", namespaces=NAMES) == title
        assert entry.findtext(".//n:language", namespaces=NAMES) == language
        name = "樟溪門戶" if prefix else "樟溪门户"
        name = "樟溪門户" if prefix == "/zh-hk" else name
        assert entry.findtext(".//n:name", namespaces=NAMES) == name
        date = entry.findtext(".//n:publication_date", namespaces=NAMES)
        moment = (NOW - HOUR).replace(second=0, microsecond=0)
        assert datetime.datetime.fromisoformat(date) == moment


def test_news_without_stories_are_empty_and_at_most_a_thousand(client, monkeypatch):
    assert len(fetched(client, "/sitemap-news.xml", "sitemap_news")) == 0
    monkeypatch.setattr(sitemaps, "NEWS_LIMIT", 2)
    for _ in range(3):
        factories.article(published=True)
    assert len(fetched(client, "/sitemap-news.xml", "sitemap_news")) == 2


def test_one_sitemap_serves_all_editions(client):
    factories.article(published=True)
    for path in (
        "sitemap.xml",
        "sitemap-pages.xml",
        "sitemap-stories-1.xml",
        "robots.txt",
    ):
        assert client.get(f"/zh-tw/{path}").status_code == 404
        assert client.post(f"/{path}").status_code == 405
    assert client.post("/sitemap-news.xml").status_code == 405


def test_robots_are_told_where_the_sitemaps_are_and_what_is_not_for_them(
    client, settings
):
    lines = client.get("/robots.txt").content.decode().splitlines()
    sitemap_lines = [line for line in lines if line.startswith("Sitemap: ")]
    assert sitemap_lines == [
        f"Sitemap: {settings.SITE_URL}{path}"
        for path in ("/sitemap.xml", *(f"{one}/sitemap-news.xml" for one in PREFIXES))
    ]
    refused = {
        line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow")
    }
    assert refused == {
        "/admin/",
        *(f"{prefix}/preview/" for prefix in PREFIXES),
        *(f"{prefix}/search/" for prefix in PREFIXES),
    }


def test_robots_may_read_stories_their_pictures_and_what_pages_are_made_with(client):
    story = factories.article(cover=factories.picture(), published=True)
    page = client.get(f"/article/{story.pk}/")
    robots = RobotFileParser()
    robots.parse(client.get("/robots.txt").content.decode().splitlines())
    addresses = [
        *(link.get("href") for link in select(parsed(page), "link[rel=stylesheet]")),
        *(script.get("src") for script in select(parsed(page), "script[src]")),
        *(picture.get("src") for picture in select(parsed(page), "img[src]")),
        *(f"{prefix}/article/{story.pk}/" for prefix in PREFIXES),
        f"/share/{story.pk}/",
    ]
    assert len(addresses) > 8
    for address in addresses:
        assert robots.can_fetch("*", address), address
    for prefix in PREFIXES:
        assert not robots.can_fetch("*", f"{prefix}/search/?q=x"), prefix


def test_pages_that_say_noindex_may_be_read_for_it(client):
    """All but the search, which has too many addresses."""
    page = client.get("/report/").content.decode()
    assert '<meta name="robots" content="noindex">' in page
    assert "report" not in client.get("/robots.txt").content.decode()
