"""Pages for what went wrong: the right number, a way on, and nothing about the inside."""

import base64
import hashlib
import logging
import re
from pathlib import Path

import pytest
from django.conf import settings as project_settings
from django.db import OperationalError
from django.test import Client, RequestFactory

from fronts import home as home_front
from jinxi_portal import errors
from tests import factories
from tests.markup import parsed, select, words_of

ROOT = Path(project_settings.BASE_DIR)
STANDALONE = ROOT / "templates" / "500.html"


@pytest.fixture
def reader() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def broken(monkeypatch):
    """Lets the home page fail in a way of one's choice."""

    def let_fail(error: Exception) -> None:
        def fail(*_):
            raise error

        monkeypatch.setattr("fronts.views.home.home_front", fail)

    assert hasattr(home_front, "home_front")
    return let_fail


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("prefix", "title"), [("", "没有这个页面"), ("/zh-hk", "沒有這個頁面")]
)
def test_missing_page_keeps_the_frame_and_helps_to_search(reader, prefix, title):
    factories.channel(name="文化")
    response = reader.get(f"{prefix}/nowhere/")
    page = parsed(response)
    assert response.status_code == 404
    assert words_of(page, "h1") == [title]
    form = select(page, "main form[role=search]")[0]
    assert form.get("action") == f"{prefix}/search/"
    assert select(form, "input[name=q]")
    assert "文化" in words_of(page, "main .chip")
    assert select(page, ".masthead")
    assert select(page, ".footer")
    assert select(page, "meta[name=robots]")[0].get("content") == "noindex"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/\0/", "/tag/%00/", "/?x=%00"])
@pytest.mark.parametrize(
    ("prefix", "title"), [("", "没有看懂这个请求"), ("/zh-hk", "沒有看懂這個請求")]
)
def test_request_that_makes_no_sense_gets_a_page_in_the_frame_of_the_site(
    reader, prefix, title, address
):
    factories.channel(name="文化")
    response = reader.get(f"{prefix}{address}")
    assert response.status_code == 400
    page = parsed(response)
    assert words_of(page, "h1") == [title]
    assert "文化" in words_of(page, "main .chip")
    assert select(page, ".masthead")
    assert select(page, ".footer")
    assert select(page, "meta[name=robots]")[0].get("content") == "noindex"
    assert b"\0" not in response.content


@pytest.mark.django_db
def test_request_for_another_host_gets_that_page_too(reader):
    response = reader.get("/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert select(parsed(response), ".masthead")


@pytest.mark.django_db
def test_failure_of_ours_has_a_number_that_stands_in_the_log(reader, broken, caplog):
    broken(ZeroDivisionError("inside story"))
    response = reader.get("/?q=x")
    assert response.status_code == 500
    number = re.fullmatch(
        "编号 ([0-9a-f]{8})", words_of(parsed(response), ".number")[0]
    )
    lines = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert len(lines) == 1
    assert lines[0].getMessage() == f"{number[1]} GET /"
    assert lines[0].exc_info[0] is ZeroDivisionError
    assert response.wsgi_request.failure_number == number[1]
    assert "inside story" not in response.content.decode()


@pytest.mark.django_db
def test_failure_of_ours_is_kept_by_no_cache(reader, broken):
    broken(ZeroDivisionError())
    response = reader.get("/")
    assert response["Cache-Control"] == "no-store"
    assert "Retry-After" not in response


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("prefix", "lang", "title"),
    [
        ("", "zh-Hans", "页面暂时打不开"),
        ("/zh-tw", "zh-Hant-TW", "頁面暫時打不開"),
        ("/zh-hk", "zh-Hant-HK", "頁面暫時打不開"),
    ],
)
def test_failure_of_ours_is_told_in_the_edition_of_the_page(
    reader, broken, prefix, lang, title
):
    broken(OperationalError("connection refused"))
    page = parsed(reader.get(f"{prefix}/"))
    assert page.get("lang") == lang
    assert words_of(page, "h1") == [title]


@pytest.mark.django_db
def test_database_that_does_not_answer_is_503_and_one_line_in_the_log(
    reader, broken, caplog
):
    broken(OperationalError("connection to 127.0.0.1 refused\nIs it running?"))
    response = reader.get("/")
    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    assert response["Cache-Control"] == "no-store"
    assert "127.0.0.1" not in response.content.decode()
    lines = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert len(lines) == 1
    assert lines[0].exc_info is None
    assert (
        lines[0]
        .getMessage()
        .endswith(
            "GET /: the database fails: connection to 127.0.0.1 refused Is it running?"
        )
    )


def test_without_a_database_even_a_missing_page_is_answered(reader):
    """Every query of this test is refused, as it is where there is no database."""
    with pytest.MonkeyPatch.context() as patch:

        def refuse(*_args, **_kwargs):
            raise OperationalError("no database")

        patch.setattr(
            "django.db.backends.base.base.BaseDatabaseWrapper.ensure_connection", refuse
        )
        for path in ("/", "/nowhere/", "/zh-tw/nowhere/", "/admin/", "/article/7/"):
            response = reader.get(path)
            assert response.status_code in {302, 503}, path
            if response.status_code == 503:
                assert select(parsed(response), ".number"), path


def test_line_in_the_log_cannot_be_forged_by_an_address(rf: RequestFactory, caplog):
    errors.server_error(rf.get("/a%0A2026-01-01 INFO all is well"))
    assert "\n" not in caplog.records[0].getMessage()


def test_page_for_failures_needs_no_other_file(rf: RequestFactory):
    response = errors.server_error(rf.get("/"))
    page = parsed(response)
    style = select(page, "style")[0].text
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert select(page, "link[rel=stylesheet]") == []
    assert select(page, "script") == []
    assert len(style.encode()) <= 4096


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/zh-tw/"])
def test_policy_allows_the_style_that_is_sent(reader, broken, path):
    broken(ZeroDivisionError())
    response = reader.get(path)
    style = re.search("<style>(.*?)</style>", response.content.decode(), re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert response["Content-Security-Policy"].count(digest) == 1


def test_file_for_the_server_in_front_is_complete_as_it_stands():
    page = STANDALONE.read_text("utf-8")
    assert "{%" not in page
    assert "{{" not in page
    assert "编号" not in page
