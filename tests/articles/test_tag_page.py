"""The page of a tag: what it is about, how many stories, and the stories."""

import pytest

from articles.models import Tag
from tests import factories
from tests.markup import select, words_of
from tests.reader_pages import opened, query_count, stories

pytestmark = pytest.mark.django_db


def test_tag_page_counts_and_lists_its_stories(client):
    stories(2, tags=("老街",))
    page = opened(client, "/tag/老街/")
    assert words_of(page, "h1") == ["#老街"]
    assert words_of(page, ".list-head__count") == ["共 2 篇"]
    assert words_of(page, ".day h3") == ["第1篇", "第2篇"]


def test_tag_of_hidden_stories_is_404(client):
    factories.article(tags=("老街",))
    assert client.get("/tag/老街/").status_code == 404


def test_tag_queries_do_not_grow_with_the_stories(client):
    stories(1, tags=("老街",), cover=factories.picture())
    before = query_count(client, "/tag/老街/")
    stories(19, tags=("老街",))
    assert query_count(client, "/tag/老街/") == before


def test_tag_page_says_what_the_tag_is_about(client):
    stories(1, tags=("老街",))
    Tag.objects.update(definition="溪口老街和街上的店。")
    page = opened(client, "/tag/老街/")
    assert words_of(page, ".list-head__intro") == ["溪口老街和街上的店。"]
    description = select(page, "meta[name=description]")[0]
    assert description.get("content") == "溪口老街和街上的店。"


def test_unknown_tag_is_404(client):
    assert client.get("/tag/没有/").status_code == 404


@pytest.mark.parametrize("edition", ["", "/zh-tw"])
def test_merged_tag_leads_to_the_other_in_the_same_edition(client, edition):
    stories(1, tags=("老街",))
    old = Tag.objects.create(name="旧街", slug="jiu-jie")
    old.merged_into = Tag.objects.get(name="老街")
    old.save()
    response = client.get(f"{edition}/tag/jiu-jie/?page=2&a=b")
    assert response.status_code == 301
    assert (
        response.headers["Location"] == f"{edition}{old.merged_into.get_absolute_url()}"
    )
