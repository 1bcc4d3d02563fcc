"""The search page: found in any script, filtered by links that last, clear when empty."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from articles import publishing
from articles.models import Source
from search.hits import marked
from tests import factories
from tests.markup import parsed, select, words_of

pytestmark = pytest.mark.django_db


def asked(client, query: str, prefix: str = ""):
    response = client.get(f"{prefix}/search/{query}")
    assert response.status_code == 200
    return parsed(response)


def titles(page) -> list[str]:
    return words_of(page, ".hit__title")


def test_words_are_found_in_title_standfirst_and_text(client):
    factories.article(title="老街的早市", published=True)
    factories.article(title="甲", standfirst="早市开了。", published=True)
    factories.article(title="乙", body="<p>天没亮，早市就开了。</p>", published=True)
    factories.article(title="丙", published=True)
    page = asked(client, "?q=早市")
    assert sorted(titles(page)) == ["乙", "甲", "老街的早市"]
    assert words_of(page, ".search__count") == ["共 3 条"]
    assert "早市" in words_of(page, "mark")


@pytest.mark.parametrize("query", ["金溪縣", "金溪县"])
def test_either_script_finds_both(client, query):
    factories.article(title="金溪县的桥", published=True)
    factories.article(title="金溪縣的橋", script="zh-Hant", published=True)
    page = asked(client, f"?q={query}")
    assert len(titles(page)) == 2
    assert words_of(page, "mark").count("金溪县") == 2


def test_page_says_which_spelling_it_looked_for_too(client):
    assert words_of(asked(client, "?q=金溪縣"), ".search__also") == [
        "已同时查找“金溪县”。"
    ]
    assert not words_of(asked(client, "?q=金溪县"), ".search__also")


def test_two_words_must_both_be_there(client):
    factories.article(title="早市的灯", published=True)
    factories.article(title="早市的雨", published=True)
    assert titles(asked(client, "?q=早市+雨")) == ["早市的雨"]


def test_latin_word_does_not_find_markup(client):
    factories.article(title="甲", body="<p>雨</p>", published=True)
    assert titles(asked(client, "?q=section")) == []


def test_filters_narrow_and_can_be_taken_off(client):
    village, town = factories.channel(name="乡村"), factories.channel(name="城区")
    long_ago = timezone.now() - datetime.timedelta(days=800)
    factories.article(title="早市一", channel=village, published=True)
    factories.article(title="早市二", channel=town, published=True)
    factories.article(
        title="早市三", channel=town, original_published_at=long_ago, published=True
    )
    assert titles(asked(client, f"?q=早市&channel={village.slug}")) == ["早市一"]
    page = asked(client, f"?q=早市&year={timezone.localtime(long_ago).year}")
    assert titles(page) == ["早市三"]
    assert (
        select(page, ".filters__reset")[0].get("href").endswith("?q=%E6%97%A9%E5%B8%82")
    )
    assert len(titles(asked(client, "?q=早市&channel=nowhere&year=abc"))) == 3


def test_other_pages_keep_the_query(client, monkeypatch):
    monkeypatch.setattr("search.views.results.PAGE_SIZE", 1)
    for _ in range(3):
        factories.article(title="早市", published=True)
    page = asked(client, "?q=早市&page=2")
    links = [link.get("href") for link in select(page, ".pagination__link")]
    assert links[0] == "?q=%E6%97%A9%E5%B8%82"
    assert links[-1] == "?q=%E6%97%A9%E5%B8%82&page=3"


def test_nothing_found_is_said_with_a_way_on(client):
    page = asked(client, "?q=不会有的词&year=1999")
    assert words_of(page, ".search__count") == ["没有找到“不会有的词”。试试更短的词。"]
    assert select(page, ".search__field")[0].get("value") == "不会有的词"


def test_empty_search_offers_tags_that_readers_can_open(client):
    factories.article(tags=("老街",), published=True)
    factories.article(tags=("草稿里的",))
    page = asked(client, "")
    assert words_of(page, ".chip") == ["#老街"]


def test_words_come_back_as_text(client):
    response = client.get("/search/?q=<script>alert(1)</script>")
    assert b"<script>alert" not in response.content


def test_drafts_and_withdrawn_stories_are_not_found(client):
    factories.article(title="早市草稿")
    withdrawn = factories.article(title="早市撤回", published=True)
    publishing.withdraw(withdrawn, by=None)
    assert titles(asked(client, "?q=早市")) == []


def test_queries_do_not_grow_with_what_is_found(client):
    factories.article(title="早市", published=True)
    with CaptureQueriesContext(connection) as with_one:
        asked(client, "?q=早市")
    for _ in range(19):
        factories.article(title="早市", published=True)
    with CaptureQueriesContext(connection) as with_twenty:
        asked(client, "?q=早市")
    assert len(with_twenty) == len(with_one)


def test_query_that_is_too_long_is_told_so_and_comes_back_whole(client):
    factories.article(title="长" * 60, body="<p>" + "长" * 300 + "</p>", published=True)
    words = "长" * 197 + " 河 "
    page = asked(client, f"?q={words}桥")
    assert words_of(page, "[role=alert]") == [
        "最多搜 200 个字，现在有 201 个。请删短一些，再搜一次。"
    ]
    field = select(page, ".search__field")[0]
    assert field.get("value") == f"{words}桥"
    assert field.get("aria-describedby") == select(page, "[role=alert]")[0].get("id")
    assert field.get("maxlength") is None  # it would cut what is pasted in silence
    assert titles(page) == []


def test_query_as_long_as_may_be_is_looked_up(client):
    factories.article(title="桥", body=f"<p>{'长' * 200}</p>", published=True)
    page = asked(client, f"?q={'长' * 200}")
    assert not select(page, "[role=alert]")
    assert titles(page) == ["桥"]


def test_query_of_as_many_words_as_may_be_is_looked_up(client):
    words = "".join(map(chr, range(0x5000, 0x5000 + 10)))
    factories.article(title="桥", body=f"<p>{words}</p>", published=True)
    assert titles(asked(client, f"?q={'+'.join(words)}")) == ["桥"]
    page = asked(client, f"?q={'+'.join(words)}+河")
    assert words_of(page, "[role=alert]") == [
        "一次最多搜 10 个词，请删去一些，再搜一次。"
    ]


@pytest.mark.parametrize("query", ["?q=" + "长" * 5000, "?q=%EF%BF%BE&page=1"])
def test_strange_words_do_no_harm(client, query):
    asked(client, query)


def test_results_are_not_for_search_engines(client):
    page = asked(client, "?q=早市")
    assert select(page, "meta[name=robots]")[0].get("content") == "noindex"


def test_marks_meet_across_scripts_and_widths():
    assert [part.text for part in marked("臺灣的茶", ["台湾"]) if part.is_hit] == [
        "臺灣"
    ]
    assert [part.text for part in marked("ＡＢ 茶", ["ab"]) if part.is_hit] == ["ＡＢ"]
    assert [part.text for part in marked("茶", [])] == ["茶"]
    assert marked("", ["茶"]) == []


def test_lines_of_a_found_title_end_between_words(client):
    factories.article(title="博物馆征集到农具二百件", published=True)
    link = select(asked(client, "?q=农具"), ".hit__link")[0]
    markup = html.tostring(link, encoding="unicode")
    assert "博物馆<wbr>征集到<wbr><mark>农具</mark><wbr>二百件" in markup


def test_promotion_is_called_so_where_it_is_found(client):
    source = Source.objects.create(name="商讯", is_promotion=True)
    factories.article(title="早市的广告", source_id=source.pk, published=True)
    assert titles(asked(client, "?q=早市"))[0].startswith("推广")
