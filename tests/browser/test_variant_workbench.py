"""文字版 in a browser: by mouse, by keyboard and without scripts, on a phone and a desk."""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect

from accounts.roles import Role
from articles.models import Article
from fronts.models import ErrorReport
from tests import factories
from tests.accessibility import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BODY = (
    "<p>社区干部把笋晒在桥头，余根生守着。</p>"
    "<p>天热，笋干得快，一会儿就干了。</p><p>傍晚收笋，钟叔记账。</p>"
) + "<p>往年的笋都要晒到傍晚，桥头的人来来往往。</p>" * 12
LEFT_OVER = "document.documentElement.scrollWidth - innerWidth"


@pytest.fixture
def story() -> Article:
    made = factories.article(title="老街的笋", body=BODY, published=True)
    ErrorReport.objects.create(
        article=made,
        kind="conversion",
        edition="zh-tw",
        quote="一會兒就幹了",
        message="应为“乾”。",
    )
    return made


def address(story: Article, edition: str = "zh-tw") -> str:
    return reverse("admin:articles_article_edition", args=[story.pk, edition])


def signed_in(context: BrowserContext, site: str) -> Page:
    client = Client()
    client.force_login(factories.staff(Role.EDITOR))
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
    return context.new_page()


def test_editor_goes_through_the_places_by_keyboard(page, live_server, story):
    tab = signed_in(page.context, live_server.url)
    tab.goto(address(story))
    places = tab.locator("[data-place]")
    count = places.count()
    assert count > 2
    tab.keyboard.press("j")
    expect(places.first).to_be_focused()
    tab.keyboard.press("j")
    expect(places.nth(1)).to_be_focused()
    tab.keyboard.press("k")
    expect(places.first).to_be_focused()
    at = tab.evaluate("scrollY")
    with tab.expect_navigation():
        tab.keyboard.press("a")
    expect(places).to_have_count(count - 1)
    # The page stands where it stood, and the next place is at hand.
    expect(places.first).to_be_focused()
    assert tab.evaluate("scrollY") == at


def test_keys_can_be_switched_off_and_leave_fields_alone(page, live_server, story):
    tab = signed_in(page.context, live_server.url)
    tab.goto(address(story))
    first = tab.locator("[data-place]").first
    first.locator("summary").click()
    word = first.get_by_label("原文的词")
    word.fill("")
    word.press("j")
    expect(word).to_have_value("j")
    tab.get_by_label("用键盘").uncheck()
    tab.reload()
    expect(tab.get_by_label("用键盘")).not_to_be_checked()
    tab.keyboard.press("j")
    expect(tab.locator("[data-place]").first).not_to_be_focused()


def test_word_is_put_right_and_the_edition_read_without_scripts(
    browser: Browser, live_server, story
):
    with browser.new_context(
        base_url=live_server.url, java_script_enabled=False
    ) as context:
        tab = signed_in(context, live_server.url)
        tab.goto(address(story))
        place = tab.locator("[data-place]").filter(has_text="就幹了")
        place.get_by_text("改…").click()
        place.get_by_label("乾").check()
        place.get_by_role("button", name="只改本文").click()
        expect(tab.locator("#p-2 .pair__text")).to_contain_text("就乾了")
        tab.get_by_role("button", name="报告", exact=False).filter(
            has_text="已改正"
        ).first.click()
        expect(tab.locator(".report-card")).to_have_count(0)
        tab.get_by_role("button", name="这一版我看过了").first.click()
        expect(tab.locator("#state-heading + p")).to_contain_text("每一段都看过了")


def test_character_in_the_text_leads_to_its_choice(page, live_server, story):
    tab = signed_in(page.context, live_server.url)
    tab.goto(address(story))
    tab.locator("#p-1 .pair__text .several[data-key]").first.click()
    expect(tab.locator("#chosen")).to_be_visible()
    expect(tab.locator("#chosen input[name=word]")).to_be_visible()


@pytest.mark.parametrize("edition", ["zh-tw", "zh-hk"])
def test_workbench_shuts_nobody_out(browser: Browser, live_server, story, edition):
    with browser.new_context(
        base_url=live_server.url,
        bypass_csp=True,
        viewport={"width": 1280, "height": 900},
        reduced_motion="reduce",
    ) as context:
        tab = signed_in(context, live_server.url)
        tab.goto(address(story, edition))
        source = tab.locator("#p-1 .pair__source").bounding_box()
        text = tab.locator("#p-1 .pair__text").bounding_box()
        assert source["y"] == text["y"]
        for summary in tab.locator(".bench summary:visible").all():
            summary.click()
        faults = violations(tab)
        tab.emulate_media(color_scheme="dark")
        faults += violations(tab, ["color-contrast"])
        tab.set_viewport_size({"width": 360, "height": 780})
        left_over = tab.evaluate(LEFT_OVER)
        source = tab.locator("#p-1 .pair__source").bounding_box()
        text = tab.locator("#p-1 .pair__text").bounding_box()
    assert faults == []
    assert left_over == 0
    assert text["y"] > source["y"] + source["height"] - 1
