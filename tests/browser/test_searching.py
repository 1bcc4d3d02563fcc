"""The search page in a browser: completions with keys and pointer, and none without need."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def search(page: Page) -> Page:
    factories.article(title="老街的早市", tags=("早市",), published=True)
    factories.article(title="早市开门", published=True)
    page.goto("/search/")
    return page


def test_completions_appear_while_typing_and_are_chosen_with_keys(search: Page):
    field = search.get_by_role("combobox", name="搜索")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("早市")
    options = search.get_by_role("option")
    expect(options).to_have_count(3)
    expect(options.first).to_contain_text("标签")
    expect(field).to_have_attribute("aria-expanded", "true")
    for place, key in (
        (0, "ArrowDown"),
        (1, "ArrowDown"),
        (0, "ArrowUp"),
        (2, "ArrowUp"),
    ):
        field.press(key)
        expect(options.nth(place)).to_have_attribute("aria-selected", "true")
        said = field.get_attribute("aria-activedescendant")
        assert said == options.nth(place).get_attribute("id")
    field.press("Enter")
    expect(search.get_by_role("heading", level=1)).to_have_text("老街的早市")


def test_escape_puts_completions_away_and_keeps_the_words(search: Page):
    field = search.get_by_role("combobox", name="搜索")
    field.press_sequentially("早市")
    expect(search.get_by_role("option")).to_have_count(3)
    field.press("Escape")
    expect(search.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("早市")
    expect(field).to_be_focused()
    field.press("Enter")
    expect(search).to_have_url(re.compile(r"/search/\?q="))
    expect(search.locator(".search__count")).to_have_text("共 2 条")


def test_completion_is_chosen_with_the_pointer(search: Page):
    search.get_by_role("combobox", name="搜索").press_sequentially("开门")
    search.get_by_role("option").click()
    expect(search.get_by_role("heading", level=1)).to_have_text("早市开门")


def test_list_of_completions_is_whole_on_a_phone(search: Page):
    search.set_viewport_size({"width": 320, "height": 700})
    search.get_by_role("combobox", name="搜索").press_sequentially("早市")
    expect(search.get_by_role("option")).to_have_count(3)
    box = search.get_by_role("listbox").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    for option in search.get_by_role("option").all():
        assert option.bounding_box()["height"] >= 44


def test_page_without_scripts_searches_all_the_same(browser, live_server):
    factories.article(title="早市开门", published=True)
    with browser.new_context(
        base_url=live_server.url, java_script_enabled=False
    ) as context:
        tab = context.new_page()
        tab.goto("/search/")
        tab.get_by_label("搜索").fill("早市")
        tab.get_by_label("搜索").press("Enter")
        expect(tab.locator(".hit__title")).to_have_text("早市开门")
