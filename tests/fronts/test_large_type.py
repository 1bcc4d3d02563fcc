"""Large type: a cookie that the masthead's button writes and the server reads."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from articles import previews
from fronts.large_type import COOKIE
from tests import factories
from tests.admin_forms import fields_of, signed_in
from tests.markup import parsed, select

pytestmark = pytest.mark.django_db

SWITCH = "/large-type/"


@pytest.fixture
def elder(client):
    """A reader who has pressed the button."""
    client.cookies[COOKIE] = "1"
    return client


def is_large(response) -> bool:
    return parsed(response).get("data-type") == "large"


def button(response):
    [found] = select(parsed(response), ".masthead form button")
    return found


def test_pages_are_in_the_usual_type_until_somebody_asks(client):
    response = client.get("/")
    assert not is_large(response)
    assert button(response).get("aria-pressed") == "false"


@pytest.mark.parametrize("path", ["/", "/zh-hk/", "/corrections/", "/nowhere/"])
def test_the_server_sends_every_page_in_large_type(elder, path):
    response = elder.get(path)
    assert is_large(response)
    assert button(response).get("aria-pressed") == "true"


def test_a_withdrawn_story_says_so_in_large_type(elder):
    story = factories.article(published=True)
    story.published.update(visible_until=story.published.get().visible_from)
    assert is_large(elder.get(f"/article/{story.pk}/"))


@pytest.mark.parametrize("value", ["0", "", "large"])
def test_another_value_of_the_cookie_is_no_wish(client, value):
    client.cookies[COOKIE] = value
    assert not is_large(client.get("/"))


def test_the_form_turns_it_on_for_a_year_and_leads_back(client):
    page = client.get("/zh-tw/corrections/?page=1")
    [form] = select(parsed(page), ".masthead form")
    data = {
        **{field.get("name"): field.get("value") for field in select(form, "input")},
        button(page).get("name"): button(page).get("value"),
    }
    response = client.post(form.get("action"), data)
    assert response.status_code == 303
    assert response.headers["Location"] == "/zh-tw/corrections/?page=1"
    cookie = response.cookies[COOKIE]
    assert (cookie.value, cookie["max-age"]) == ("1", 365 * 24 * 60 * 60)
    assert (cookie["path"], cookie["samesite"]) == ("/", "Lax")
    assert is_large(client.get(response.headers["Location"]))


def test_the_same_button_turns_it_off(elder):
    value = button(elder.get("/")).get("value")
    response = elder.post(SWITCH, {"large": value, "next": "/"})
    assert response.cookies[COOKIE]["max-age"] == 0
    assert not is_large(elder.get("/"))


def test_script_may_write_the_cookie_too(client):
    assert not client.post(SWITCH, {"large": "1"}).cookies[COOKIE]["httponly"]


def test_cookie_travels_over_tls_only_where_there_is_tls(client):
    assert not client.post(SWITCH, {"large": "1"}).cookies[COOKIE]["secure"]
    assert client.post(SWITCH, {"large": "1"}, secure=True).cookies[COOKIE]["secure"]


@pytest.mark.parametrize(
    "path",
    [
        "",
        "https://example.com/",
        "//example.com/",
        "/\\example.com/",
        "/\t/example.com/",
        "javascript:alert(1)",
        "article/1/",
        "/admin/",
    ],
)
def test_the_way_back_is_a_page_of_this_site(client, path):
    response = client.post(SWITCH, {"large": "1", "next": path})
    assert response.status_code == 303
    assert response.headers["Location"] == "/"


def test_the_way_back_to_an_address_in_chinese_is_escaped(client):
    response = client.post(SWITCH, {"large": "1", "next": "/tag/老街/?q=河\r\nX: 1"})
    assert response.headers["Location"].startswith("/tag/%E8%80%81%E8%A1%97/?q=%E6")
    assert response.headers["Location"].isascii()
    assert "\n" not in response.headers["Location"]


def test_the_way_home_stays_in_the_edition(client):
    response = client.post(f"/zh-tw{SWITCH}", {"large": "1"})
    assert response.headers["Location"] == "/zh-tw/"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://testserver"},
        {"Origin": "https://example.com"},
        {"Origin": "null"},
    ],
)
def test_a_form_of_another_site_changes_nothing(client, headers):
    response = client.post(SWITCH, {"large": "1"}, headers=headers)
    assert response.status_code == 403
    assert COOKIE not in response.cookies


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
        {"Origin": "http://testserver"},
    ],
)
def test_forms_of_this_site_are_believed_without_a_token(headers, client):
    client.handler.enforce_csrf_checks = True
    assert client.post(SWITCH, {"large": "1"}, headers=headers).status_code == 303


@pytest.mark.parametrize("prefix", ["", "/zh-tw"])
@pytest.mark.parametrize("method", ["get", "head"])
def test_who_only_opens_the_address_is_led_home_and_nothing_changes(
    elder, prefix, method
):
    response = getattr(elder, method)(
        f"{prefix}{SWITCH}", {"large": "0", "next": "/x/"}
    )
    assert response.status_code == 303
    assert response.headers["Location"] == f"{prefix}/"
    assert not response.cookies
    assert is_large(elder.get("/"))


@pytest.mark.parametrize("method", ["put", "delete"])
def test_the_address_takes_nothing_but_forms(client, method):
    assert getattr(client, method)(SWITCH).status_code == 405


def test_switching_costs_no_query(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.post(SWITCH, {"large": "1", "next": "/"})


@pytest.mark.parametrize("path", ["/", "/zh-hant/", "/search/", "/nowhere/"])
def test_no_shared_cache_gives_one_reader_the_type_of_another(client, path):
    response = client.get(path)
    assert "public" in response.headers["Cache-Control"]
    assert "Cookie" in response.headers["Vary"]


@pytest.mark.parametrize("path", ["/feed/", "/sitemap.xml", "/robots.txt"])
def test_what_machines_read_is_the_same_for_every_cookie(client, path):
    assert "Cookie" not in client.get(path).headers.get("Vary", "")


def test_a_browser_with_the_usual_page_gets_the_large_one(client):
    etag = client.get("/").headers["ETag"]
    client.cookies[COOKIE] = "1"
    response = client.get("/", headers={"If-None-Match": etag})
    assert response.status_code == 200
    assert is_large(response)


@pytest.mark.parametrize("wanted", ["1", "0"])
def test_the_desks_preview_follows_its_own_switch(wanted):
    client = signed_in(Role.EDITOR)
    client.cookies[COOKIE] = "1"
    story = factories.article()
    form = fields_of(client, reverse("admin:articles_article_change", args=[story.pk]))
    address = reverse("admin:articles_article_preview", args=[story.pk])
    response = client.post(address, form | {"large": wanted})
    assert is_large(response) == (wanted == "1")
    assert not select(parsed(response), ".masthead form")


def test_a_preview_by_link_follows_the_reader(elder):
    link = previews.share(factories.article(), days=3, by=factories.staff(Role.EDITOR))
    address = reverse("articles:preview", args=[previews.token_of(link)])
    assert is_large(elder.get(address))
