"""Completions while a reader types, and the description that browsers ask for."""

import json

import pytest
from lxml import etree

from articles import publishing
from tests import factories

pytestmark = pytest.mark.django_db


def suggested(client, typed: str, prefix: str = "") -> list[list[str]]:
    response = client.get(f"{prefix}/search/suggestions/", {"q": typed})
    assert response.status_code == 200
    assert response["Content-Type"] == "application/x-suggestions+json"
    query, *columns = json.loads(response.content)
    assert query == typed
    return [list(row) for row in zip(*columns, strict=True)]


def test_tags_come_first_then_the_newest_titles(client):
    factories.article(title="老街的早市", tags=("早市",), published=True)
    newest = factories.article(title="早市开门", published=True)
    factories.article(title="别的", body="<p>早市。</p>", published=True)
    rows = suggested(client, "早市")
    assert rows[0] == ["早市", "标签", "/tag/%E6%97%A9%E5%B8%82/"]
    assert rows[1] == ["早市开门", "文章", f"/article/{newest.pk}/"]
    assert [title for title, _, _ in rows[2:]] == ["老街的早市"]


def test_half_a_tag_in_either_script_is_completed(client):
    factories.article(title="甲", tags=("古村落",), published=True)
    assert suggested(client, "村落")[0][:2] == ["古村落", "标签"]
    assert suggested(client, "古村")[0][:2] == ["古村落", "标签"]
    factories.article(title="灣裏的船", script="zh-Hant", published=True)
    assert suggested(client, "湾里")[0][0] == "湾里的船"


def test_initials_are_completed_too(client):
    factories.article(title="老街的早市", published=True)
    assert [title for title, _, _ in suggested(client, "ljd")] == ["老街的早市"]


def test_completions_are_in_the_readers_edition(client):
    story = factories.article(title="后山的茶叶", published=True)
    assert suggested(client, "后山", "/zh-tw") == [
        ["後山的茶葉", "文章", f"/zh-tw/article/{story.pk}/"]
    ]


def test_nothing_is_suggested_that_readers_may_not_see(client):
    factories.article(title="早市草稿", tags=("早市稿",))
    withdrawn = factories.article(title="早市撤回", tags=("早市撤",), published=True)
    publishing.withdraw(withdrawn, by=None)
    assert suggested(client, "早市") == []


@pytest.mark.parametrize("typed", ["", "，", "长" * 300, "-早市"])
def test_what_cannot_be_completed_gets_an_empty_answer(client, typed):
    factories.article(title="别的", published=True)
    assert suggested(client, typed) == []


def test_suggestions_cost_the_same_for_one_story_and_for_twenty(
    client, django_assert_max_num_queries, django_assert_num_queries
):
    factories.article(title="早市", tags=("早市",), published=True)
    # On PostgreSQL the limits of a search are statements too.
    with django_assert_max_num_queries(20) as counted:
        suggested(client, "早市")
    for _ in range(19):
        factories.article(title="早市", tags=("早市",), published=True)
    with django_assert_num_queries(len(counted.captured_queries)):
        suggested(client, "早市")


@pytest.mark.parametrize(
    ("prefix", "words", "language"),
    [("", "的文章", "zh-Hans"), ("/zh-hk", "搜索金溪門户的文章", "zh-Hant-HK")],
)
def test_browsers_learn_how_to_search_here(client, settings, prefix, words, language):
    home = client.get(f"{prefix}/").content.decode()
    assert f'href="{prefix}/opensearch.xml"' in home
    response = client.get(f"{prefix}/opensearch.xml")
    assert response["Content-Type"] == "application/opensearchdescription+xml"
    page = etree.fromstring(response.content)
    names = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
    assert words in page.findtext("o:Description", namespaces=names)
    assert page.findtext("o:Language", namespaces=names) == language
    templates = [url.get("template") for url in page.findall("o:Url", names)]
    assert templates[0] == f"{settings.SITE_URL}{prefix}/search/?q={{searchTerms}}"
    for template in templates[:2]:
        path = template.removeprefix(settings.SITE_URL)
        assert client.get(path.replace("{searchTerms}", "早市")).status_code == 200
