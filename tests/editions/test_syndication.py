import pytest

from editions.catalogue import by_code
from editions.markers import mark_authored
from editions.syndication import convert_feed
from editions.terms import CompiledGlossary, TermEntry

HANS = by_code("zh-hans")
TAIWAN = by_code("zh-tw")


@pytest.mark.parametrize(
    ("feed", "expected"),
    [
        ("<title>干部新闻</title>", "<title>幹部新聞</title>"),
        ("<title>A &amp; 后</title>", "<title>A &amp; 後</title>"),
        (
            "<description>&lt;p title=&quot;后&quot;&gt;头&lt;b&gt;发&lt;/b&gt;&lt;/p&gt;</description>",
            '<description>&lt;p title="後"&gt;頭&lt;b&gt;髮&lt;/b&gt;&lt;/p&gt;</description>',
        ),
        (
            "<content:encoded><![CDATA[<a href='/干部'>干部</a>]]></content:encoded>",
            "<content:encoded><![CDATA[<a href='/干部'>幹部</a>]]></content:encoded>",
        ),
        (
            "<summary type='xhtml'><div>后<b>台</b></div></summary>",
            "<summary type='xhtml'><div>後<b>臺</b></div></summary>",
        ),
        ("<language>zh-hans</language>", "<language>zh-Hant-TW</language>"),
        ("<feed xml:lang='zh-Hans' a='后'>", "<feed xml:lang='zh-Hant-TW' a='后'>"),
        (
            "<category term='后' label='后&amp;'/>",
            "<category term='后' label='後&amp;'/>",
        ),
        (
            "<outline text='后台' type='rss' xmlUrl='/后'/>",
            "<outline text='後臺' type='rss' xmlUrl='/后'/>",
        ),
    ],
)
def test_the_readable_text_of_a_feed_is_converted(feed, expected):
    assert convert_feed(feed, TAIWAN) == expected


@pytest.mark.parametrize(
    "feed",
    [
        "<?xml version='1.0' encoding='utf-8'?>",
        "<link>https://x/干部</link><guid>https://x/干部</guid>",
        "<pubDate>干</pubDate><enclosure url='/干部.jpg'/>",
        "<language>en</language><feed xml:lang='en'>",
        "<!-- 干部 --><url><loc>https://x/干部</loc></url>",
        "<title/><id>干部</id>",
        "<category term='干部' label='&#x41;'/><p label='干部'/>",
        "<title><![CDATA[干部",
    ],
)
def test_the_rest_of_a_feed_is_copied(feed):
    assert convert_feed(feed, TAIWAN) == feed


def test_authored_text_in_a_feed_follows_the_marks():
    marked = mark_authored("頭髮", "zh-Hant")
    feed = f"<title>{marked}后台</title><description>&lt;b&gt;{marked}&lt;/b&gt;</description>"
    assert convert_feed(feed, HANS) == (
        "<title>头发后台</title><description>&lt;b&gt;头发&lt;/b&gt;</description>"
    )
    assert convert_feed(feed, TAIWAN) == (
        "<title>頭髮後臺</title><description>&lt;b&gt;頭髮&lt;/b&gt;</description>"
    )


def test_a_feed_without_marks_is_returned_unchanged_in_simplified():
    feed = "<language>zh-hans</language><title>後“后”</title>"
    assert convert_feed(feed, HANS) is feed


def test_marks_around_whole_elements_count_too():
    feed = (
        mark_authored("<item><title>頭髮</title></item>", "zh-Hant")
        + "<title>后</title>"
    )
    assert (
        convert_feed(feed, HANS) == "<item><title>头发</title></item><title>后</title>"
    )
    assert (
        convert_feed(feed, TAIWAN)
        == "<item><title>頭髮</title></item><title>後</title>"
    )


def test_glossary_forms_are_escaped_once():
    glossary = CompiledGlossary(
        "1", [TermEntry("维康", "zh-Hans", {"zh-tw": "W&K]]>"})]
    )
    feed = "<title>维康后</title><summary><![CDATA[维康后]]></summary>"
    assert convert_feed(feed, TAIWAN, glossary=glossary) == (
        "<title>W&amp;K]]&gt;後</title><summary><![CDATA[W&K]]&gt;後]]></summary>"
    )
