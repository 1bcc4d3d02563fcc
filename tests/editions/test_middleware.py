import pytest
from django.db import DatabaseError
from django.urls import get_script_prefix

from editions import middleware
from editions.context_processors import editions
from editions.models import Term

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sample_site(settings):
    settings.ROOT_URLCONF = "tests.editions.sample_urls"
    settings.DEBUG = False
    settings.TEMPLATES = [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "editions.context_processors.editions",
                ]
            },
        }
    ]


def test_a_page_is_served_under_the_prefix_of_each_edition(client):
    assert "后台" in client.get("/").text
    assert "後台" in client.get("/zh-hant/").text
    assert "後臺" in client.get("/zh-tw/").text
    assert '<html lang="zh-Hant-HK">' in client.get("/zh-hk/").text


def test_links_stay_in_the_edition(client):
    assert 'href="/story/"' in client.get("/").text
    assert 'href="/zh-tw/story/"' in client.get("/zh-tw/").text


def test_redirects_stay_in_the_edition(client):
    assert client.get("/zh-tw/away/").headers["Location"] == "/zh-tw/story/"


def test_the_script_prefix_is_restored_after_the_request(client):
    client.get("/zh-tw/")
    assert get_script_prefix() == "/"


def test_the_script_prefix_is_restored_after_an_error(client):
    client.raise_request_exception = False
    assert client.get("/zh-tw/broken/").status_code == 500
    assert get_script_prefix() == "/"


def test_the_request_knows_its_edition_and_its_whole_path(client):
    page = client.get("/zh-tw/").text
    assert "<i>zh-tw</i>" in page
    assert page.endswith("/zh-tw/")


@pytest.mark.parametrize("prefix", ["zh-hant", "zh-tw", "zh-hk"])
def test_a_prefix_without_its_slash_is_redirected(client, prefix):
    response = client.get(f"/{prefix}?page=2")
    assert response.status_code == 301
    assert response.headers["Location"] == f"/{prefix}/?page=2"


@pytest.mark.parametrize(
    "path",
    [
        "/zh-tw/admin/",
        "/zh-tw/static/x",
        "/zh-tw/media/x",
        "/zh-tw/zh-hk/",
        "/zh-tw/nothing/",
        "/zh-mars/",
    ],
)
def test_what_is_not_public_has_no_editions(client, path):
    assert client.get(path).status_code == 404


def test_an_error_page_is_converted(client):
    response = client.get("/zh-tw/nothing/")
    assert response.headers["Content-Language"] == "zh-Hant-TW"
    assert response.text == "<p>沒有後臺</p>"


def test_authored_text_is_converted_in_the_simplified_edition(client):
    assert client.get("/story/").text == "<p>台湾后台</p>"
    assert client.get("/zh-hk/story/").text == "<p>臺灣後台</p>"


def test_the_admin_is_left_alone(client):
    response = client.get("/admin/")
    assert response.text == "<p>\ue000臺灣\ue001后台</p>"
    assert not response.has_header("Content-Language")


def test_feeds_are_converted(client):
    assert client.get("/zh-tw/feed/").text == "<title>後臺</title>"


def test_data_for_machines_is_not_converted(client):
    assert client.get("/zh-tw/data/").text == '{"title": "后台"}'


def test_streams_are_not_converted(client):
    response = client.get("/zh-tw/stream/")
    assert b"".join(response.streaming_content) == "<p>后台</p>".encode()


@pytest.mark.parametrize(
    ("path", "language"), [("/", "zh-Hans"), ("/zh-hk/", "zh-Hant-HK")]
)
def test_the_language_of_a_page_is_named(client, path, language):
    assert client.get(path).headers["Content-Language"] == language


def test_the_length_of_a_converted_page_is_right(client):
    response = client.get("/zh-tw/sized/")
    assert response.headers["Content-Length"] == str(len(response.content))


def test_the_glossary_holds_from_the_next_request_on(client):
    assert "後臺" in client.get("/zh-tw/").text
    Term.objects.create(source="后台", form_zh_tw="管理區")
    assert "管理區" in client.get("/zh-tw/").text


def test_an_error_page_does_without_the_glossary(client, monkeypatch):
    def fail() -> None:
        raise DatabaseError

    client.raise_request_exception = False
    monkeypatch.setattr(middleware, "current_glossary", fail)
    assert client.get("/zh-tw/broken/").status_code == 500


def test_a_simplified_page_costs_no_query(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/")


def test_a_converted_page_costs_one_query(client, django_assert_num_queries):
    client.get("/zh-tw/")
    with django_assert_num_queries(1):
        client.get("/zh-tw/")


@pytest.mark.parametrize("path", ["/", "/zh-hant/", "/zh-hk/"])
def test_the_same_page_is_linked_in_every_edition(client, path):
    page = client.get(f"{path}?page=2&q=%E6%98%A5").text
    query = "?page=2&amp;q=%E6%98%A5"
    for root in ("/", "/zh-hant/", "/zh-tw/", "/zh-hk/"):
        assert f'href="{root}{query}"' in page
    assert f'href="{path}{query}" aria-current="true"' in page


def test_links_to_editions_never_name_another_host(rf):
    request = rf.get("/")
    request.path_info = "//elsewhere.cn/春"
    links = editions(request)["edition_links"]
    assert links[0].url == "/elsewhere.cn/%E6%98%A5"
    assert links[2].url == "/zh-tw/elsewhere.cn/%E6%98%A5"
