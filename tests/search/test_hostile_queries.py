"""Queries meant to hurt: an answer with a clear sentence, whatever they hold."""

import pytest
from django.db import connection
from django.utils import timezone

from search import asking, finding
from search.limits import TooSlow, time_limit
from tests import factories
from tests.markup import parsed, words_of

pytestmark = pytest.mark.django_db

HOSTILE = {
    "NUL": "早市%00",
    "only NUL": "%00",
    "half a character": "%ED%A0%80早市",
    "bytes of no text": "%FF%FE",
    "quotes": '"%22早市%22%22',
    "operators": "早市 OR NEAR(早市, 3) AND NOT *",
    "column": "words:早市 rowid:1",
    "prefix": "早市* ^早市",
    "brackets": "((((早市))))",
    "tsquery": "早市:* & !早市 <-> 'a' | \\",
    "wildcards": "%25早市_%25",
    "statement": "'; DROP TABLE search_storyentry; --",
    "minuses": "- -- --- －－",
    "many quotes": "“" * 200,
    "many minuses": "-a" * 100,
    "private characters": "\ue000\ue001",
    "marks of terms": "\ue002\ue006早市",
    "combining": "e" + "\u0301" * 190,
    "ligatures": "ﷺ" * 190,
    "emoji": "👨‍👩‍👧‍👦早市",
}


@pytest.mark.parametrize("query", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("path", ["/search/", "/zh-tw/search/", "/search/suggestions/"])
def test_hostile_query_is_answered(client, path, query):
    factories.article(title="早市", published=True)
    for parameter in ("q", "channel", "year", "type", "sort"):
        words = query if parameter == "q" else f"早市&{parameter}={query}"
        response = client.get(f"{path}?q={words}")
        assert response.status_code in {200, 400}


def test_pasted_page_is_told_to_be_shorter(client):
    page = parsed(client.get("/search/", {"q": "早市" * 1_000}))
    assert words_of(page, "[role=alert]") == [
        "最多搜 200 个字，现在有 2000 个。请删短一些，再搜一次。"
    ]


@pytest.mark.parametrize("path", ["/search/", "/zh-hk/search/", "/search/suggestions/"])
def test_half_a_megabyte_is_refused_in_words_and_not_echoed(client, path):
    response = client.get(path, {"q": "早市" * 85_000})
    assert response.status_code == 400
    assert len(response.content) < 50_000
    assert words_of(parsed(response), "h1")


def test_ligatures_that_grow_when_folded_are_bounded():
    asked = asking.read("ﷺ" * 200)
    assert finding.count(asked, finding.Filters(), timezone.now()).count == 0


def test_database_is_stopped_when_it_works_too_long():
    endless = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
        " WHERE i < 1000000000) SELECT count(*) FROM n"
    )
    with pytest.raises(TooSlow), time_limit(0.05), connection.cursor() as cursor:
        cursor.execute(endless)
    # The limit is taken off again.
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)


def test_reader_is_told_when_only_a_part_was_looked_through(client, monkeypatch):
    factories.article(title="早市", published=True)
    limit = finding.time_limit
    calls = []

    def first_is_too_slow(seconds: float):
        calls.append(seconds)
        if len(calls) == 1:
            raise TooSlow
        return limit(seconds)

    monkeypatch.setattr(finding, "time_limit", first_is_too_slow)
    page = parsed(client.get("/search/?q=早市"))
    assert words_of(page, ".search__count")[0].startswith("只显示了部分结果")
    assert words_of(page, ".hit__title") == ["早市"]


def test_reader_gets_a_page_when_nothing_could_be_looked_through(client, monkeypatch):
    def too_slow(seconds: float):
        raise TooSlow

    monkeypatch.setattr(finding, "time_limit", too_slow)
    response = client.get("/search/?q=早市")
    assert response.status_code == 200
    assert "只显示了部分结果" in response.content.decode()
