"""The editions as readers meet them: links, languages, and nobody sent anywhere."""

import pytest

from editions.catalogue import EDITIONS
from fronts.models import SiteIdentity
from pictures.renditions import jpeg
from tests import factories
from tests.markup import parsed, select, words_of

pytestmark = pytest.mark.django_db

HANT_BROWSER = {"Accept-Language": "zh-TW,zh-Hant;q=0.9"}


@pytest.fixture
def story_address() -> str:
    return f"/article/{factories.article(published=True).pk}/"


@pytest.mark.parametrize("prefix", ["", "/zh-hant", "/zh-tw", "/zh-hk"])
@pytest.mark.parametrize("place", [".masthead", ".footer"])
def test_editions_are_named_in_their_own_script_and_never_converted(
    client, story_address, prefix, place
):
    links = select(
        parsed(client.get(prefix + story_address)), f"{place} .editions__link"
    )
    assert [link.text for link in links] == ["简体", "繁體", "臺灣", "香港"]
    assert {link.get("translate") for link in links} == {"no"}
    languages = [(link.get("lang"), link.get("hreflang")) for link in links]
    assert languages == [(edition.lang, edition.hreflang) for edition in EDITIONS]


def test_links_lead_to_the_same_story_in_every_edition(client, story_address):
    page = parsed(client.get(f"/zh-hk{story_address}"))
    links = select(page, ".masthead .editions__link")
    assert [link.get("href") for link in links] == [
        story_address,
        f"/zh-hant{story_address}",
        f"/zh-tw{story_address}",
        f"/zh-hk{story_address}",
    ]
    assert [link.get("aria-current") for link in links] == [None, None, None, "true"]


def test_links_keep_what_the_address_asks_for(client):
    [_, hant, *_] = select(
        parsed(client.get("/search/?q=%E6%B2%B3&page=2")), ".masthead .editions__link"
    )
    assert hant.get("href") == "/zh-hant/search/?q=%E6%B2%B3&page=2"


def test_lists_of_editions_are_landmarks_with_different_names(client):
    page = parsed(client.get("/"))
    [masthead] = select(page, ".masthead .editions")
    [footer] = select(page, ".footer nav.footer__editions")
    assert masthead.get("aria-label") == "文字版本"
    assert footer.get("aria-label") not in {None, "文字版本"}


def test_scripts_find_the_links_that_choose_an_edition(client, story_address):
    page = parsed(client.get(story_address))
    lists = select(page, "[data-edition-links]")
    assert len(lists) == 2
    assert all("data-keeps-anchor" in found.attrib for found in lists)


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.code)
def test_every_page_names_itself_and_the_other_editions(
    client, settings, story_address, edition
):
    def address(other) -> str:
        prefix = f"/{other.prefix}" if other.prefix else ""
        return f"{settings.SITE_URL}{prefix}{story_address}"

    page = parsed(client.get(address(edition).removeprefix(settings.SITE_URL)))
    assert page.get("lang") == edition.lang
    [canonical] = select(page, "link[rel=canonical]")
    assert canonical.get("href") == address(edition)
    alternates = {
        link.get("hreflang"): link.get("href")
        for link in select(page, "link[hreflang]")
    }
    assert alternates == {
        **{other.hreflang: address(other) for other in EDITIONS},
        "x-default": address(EDITIONS[0]),
    }


@pytest.mark.parametrize("path", ["/", "/zh-hant/", "/search/"])
def test_nobody_is_sent_to_an_edition(client, path):
    usual = client.get(path)
    client.cookies["jx_ed"] = "zh-Hant-TW"
    response = client.get(path, headers=HANT_BROWSER)
    assert response.status_code == 200
    assert response.content == usual.content
    assert "Accept-Language" not in response.headers["Vary"]


def test_the_server_remembers_no_choice(client, story_address):
    assert not client.get(f"/zh-tw{story_address}").cookies


def test_the_bar_holds_nine_and_opens_the_rest(client):
    for number in range(10):
        factories.channel(name=f"频道{number}")
    page = parsed(client.get("/"))
    assert len(select(page, ".bar__list a")) == 9
    assert words_of(page, ".bar__more summary") == ["更多"]
    names = [f"频道{number}" for number in range(10)]
    assert words_of(page, ".bar__rest a") == names
    assert not select(page, ".bar__more--large")


@pytest.mark.parametrize(("channels", "kept"), [(5, 0), (6, 1), (8, 1)])
def test_a_bar_with_room_for_all_opens_in_large_type_only(client, channels, kept):
    for _ in range(channels):
        factories.channel()
    page = parsed(client.get("/"))
    assert len(select(page, ".bar__list a")) == channels + 1
    assert len(select(page, ".bar__more")) == kept
    assert len(select(page, ".bar__more--large")) == kept


def test_masthead_leads_to_the_search_of_the_edition(client):
    page = parsed(client.get("/zh-tw/"))
    assert [
        link.get("href") for link in select(page, ".masthead a.masthead__tool")
    ] == ["/zh-tw/search/"]


def test_emblem_is_a_small_picture_where_the_site_has_one(client):
    picture = factories.picture(width=400, height=400)
    SiteIdentity(emblem=picture).save()
    page = parsed(client.get("/"))
    [emblem] = select(page, ".masthead img")
    assert (emblem.get("width"), emblem.get("height"), emblem.get("alt")) == (
        "40",
        "40",
        "",
    )
    assert emblem.get("src") == jpeg(picture, "square")
    assert not select(page, ".masthead svg")
