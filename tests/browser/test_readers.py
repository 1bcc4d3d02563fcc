"""Readers' pages in a browser: narrow and wide, light and dark, by keyboard, without scripts.

The `page` fixture fails each test that uses it on any violation of the content policy,
any error in the console and any request to another site.
"""

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from fronts.models import SiteIdentity
from tests import factories
from tests.browser.every_page import LONG_TITLE, long_story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(monkeypatch) -> dict[str, str]:
    """A small portal with pages of two stories; the addresses of one page of each kind."""
    monkeypatch.setattr("fronts.views.channel.PAGE_SIZE", 2)
    SiteIdentity(name="樟溪门户", seal="樟", organiser="融媒体中心").save()
    top = factories.channel(name="乡村", intro="田里和水边。")
    below = factories.channel(name="农事", parent=top)
    for number in range(7):
        factories.channel(name=f"很长的频道名{number}")
    for number in range(3):
        factories.article(
            title=f"第{number}篇 {LONG_TITLE if number % 2 else '短'}",
            channel=below,
            tags=("老街",),
            cover=None if number else factories.picture(),
            published=True,
        )
    story = long_story(below, timezone.now())
    return {
        "channel": top.get_absolute_url(),
        "second page": f"{below.get_absolute_url()}?page=2",
        "story": f"/article/{story.pk}/",
    }


@pytest.fixture
def without_scripts(browser: Browser, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_story_starts_on_the_first_screen_of_a_phone(page, site):
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto(site["story"])
    assert page.locator(".prose p").first.bounding_box()["y"] <= 560


def test_clauses_of_a_title_stay_on_their_lines(page, site):
    page.set_viewport_size({"width": 768, "height": 800})
    page.goto(site["story"])
    first, second = page.locator("h1 .clause").all()[:2]
    assert first.text_content() == "沿着小河走一遭——"
    assert second.bounding_box()["y"] > first.bounding_box()["y"]


def test_links_to_move_about_are_large_enough_for_a_finger(page, site):
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto(site["second page"])
    for selector in (".masthead a", ".bar a", ".footer a", ".pagination a"):
        for link in page.locator(selector).all():
            box = link.bounding_box()
            if box:
                assert box["height"] >= 43.5, (selector, box)
                assert box["width"] >= 40, (selector, box)


def test_keyboard_skips_the_navigation(page, site):
    page.goto(site["story"])
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_focus_on_a_card_is_drawn_around_the_card(page, site):
    page.goto(site["channel"])
    page.locator(".row__link").first.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    outline = page.locator(".row").first.evaluate(
        "row => getComputedStyle(row).outlineStyle"
    )
    assert outline == "solid"


def test_edition_link_keeps_the_place_in_the_story(page, site):
    page.goto(site["story"])
    page.locator(".contents summary").click()
    page.locator(".contents a").nth(1).click()
    anchor = page.url.partition("#")[2]
    page.locator(".masthead").get_by_role("link", name="繁體").click()
    expect(page).to_have_url(f"{page.url.partition('#')[0]}#{anchor}")
    assert "/zh-hant/" in page.url
    assert page.locator("html").get_attribute("lang") == "zh-Hant"


def test_story_is_read_without_scripts(without_scripts: Page, site):
    without_scripts.goto(site["story"])
    expect(without_scripts.locator(".prose h2").first).to_be_visible()
    without_scripts.locator(".contents summary").click()
    without_scripts.locator(".contents a").last.click()
    assert without_scripts.url.partition("#")[2].startswith("s-")
    without_scripts.locator(".masthead").get_by_role("link", name="繁體").click()
    expect(without_scripts.locator("html")).to_have_attribute("lang", "zh-Hant")


def test_lists_are_paged_without_scripts(without_scripts: Page, site):
    without_scripts.goto(site["channel"])
    without_scripts.get_by_role("link", name="下一页").click()
    assert without_scripts.url.endswith("?page=2")
    without_scripts.get_by_role("link", name="上一页").click()
    assert without_scripts.url.endswith(site["channel"])


def test_paper_shows_the_story_and_where_it_came_from(page, site):
    page.goto(site["story"])
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator(".prose")).to_be_visible()
    expect(page.locator(".printed")).to_contain_text("打印自 樟溪门户 http")
    for selector in (".masthead .editions", ".bar", ".footer", ".related", ".chips"):
        expect(page.locator(selector)).to_be_hidden()
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    assert page.evaluate(ground) == "rgb(255, 255, 255)"
