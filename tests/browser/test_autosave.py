"""Typed text outlives the page it was typed into, and others at the story are seen."""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect

from accounts.models import User
from accounts.roles import Role
from articles import sessions
from articles.models import Article
from tests import factories
from tests.accessibility import violations
from tests.admin_forms import fields_of, send, signed_in

BEAT = 11_000  # milliseconds: a little more than between two signs of life
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADD = reverse("admin:articles_article_add")


def page_of(story: Article) -> str:
    return reverse("admin:articles_article_change", args=[story.pk])


@pytest.fixture
def writer() -> User:
    return factories.staff(Role.CHIEF, display_name="张三")


def sign_in(context: BrowserContext, person: User, site: str) -> None:
    client = Client()
    client.force_login(person)
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": site}])


@pytest.fixture
def desk(page: Page, live_server, writer) -> Page:
    sign_in(page.context, writer, live_server.url)
    return page


def type_in_the_first_section(desk: Page, words: str) -> None:
    editor = desk.get_by_role("textbox", name="第 1 节 正文")
    editor.click()
    desk.keyboard.press("End")
    desk.keyboard.type(words)


def test_text_outlives_a_page_that_was_killed(desk, writer):
    story = factories.article(body="<p>字</p>")
    desk.goto(page_of(story))
    type_in_the_first_section(desk, "，没有保存的话")
    expect(desk.locator("[data-kept-at]")).to_contain_text("已暂存", timeout=15_000)
    killed, context = desk, desk.context
    desk = context.new_page()
    killed.close()
    desk.goto(page_of(story))
    expect(desk.locator(".recovery")).to_contain_text("未保存的内容")
    desk.get_by_role("button", name="恢复").click()
    editor = desk.get_by_role("textbox", name="第 1 节 正文")
    expect(editor).to_have_text("字，没有保存的话")
    desk.get_by_role("button", name="保存", exact=True).click()
    expect(desk.locator(".messagelist")).to_be_visible()
    assert story.sections.get().body == "<p>字，没有保存的话</p>"
    assert not sessions.kept_by(writer).exists()


def test_text_is_kept_when_the_page_is_left_at_once(desk, writer):
    story = factories.article(title="初稿")
    desk.goto(page_of(story))
    desk.locator("#id_title").fill("刚打完就走")
    desk.goto(ADD)
    desk.goto(page_of(story))
    expect(desk.locator(".recovery")).to_contain_text("刚打完就走")
    values = sessions.typed_values(sessions.kept_by(writer).get())
    assert values["title"] == ["刚打完就走"]


def test_page_that_nobody_touched_keeps_nothing(desk, writer):
    desk.goto(page_of(factories.article()))
    desk.wait_for_timeout(4_000)
    assert not sessions.kept_by(writer).exists()


def test_page_says_when_the_portal_cannot_be_reached(desk, page_faults):
    desk.goto(page_of(factories.article()))
    desk.context.set_offline(True)
    desk.locator("#id_title").fill("断网时写的")
    fault = desk.locator("[data-kept-fault]")
    expect(fault).to_contain_text("连不上服务器", timeout=15_000)
    desk.context.set_offline(False)
    expect(fault).to_be_empty(timeout=15_000)
    expect(desk.locator("[data-kept-at]")).to_contain_text("已暂存")
    page_faults.clear()


def test_others_and_their_saves_appear_while_the_page_is_open(desk):
    story = factories.article(title="初稿")
    desk.clock.install()
    desk.goto(page_of(story))
    other = signed_in(Role.EDITOR, display_name="李四")
    form = fields_of(other, page_of(story)) | {"title": "别人的题", "turn": "1"}
    other.post(reverse("admin:articles_article_autosave"), form)
    desk.clock.run_for(BEAT)
    present = desk.locator("[data-present]")
    expect(present).to_have_text("李四 正在编辑（刚刚）", timeout=15_000)
    send(other, page_of(story), {"title": "别人的题"})
    desk.clock.run_for(BEAT)
    saved = desk.locator("[data-saved]")
    expect(saved).to_contain_text("李四 刚保存了新的一版", timeout=15_000)


def test_one_of_two_texts_is_chosen_and_saved(desk, page_faults):
    story = factories.article(title="初稿")
    desk.goto(page_of(story))
    send(signed_in(Role.EDITOR), page_of(story), {"title": "别人的题"})
    desk.locator("#id_title").fill("我的题")
    desk.get_by_role("button", name="保存", exact=True).click()
    expect(desk.locator(".conflict")).to_contain_text("改过这篇稿件")
    desk.get_by_role("button", name="用我的覆盖").click()
    expect(desk.locator(".messagelist")).to_be_visible()
    story.refresh_from_db()
    assert story.title == "我的题"
    # The browser reports the answer 409, sooner or later.
    page_faults[:] = [fault for fault in page_faults if "409" not in fault]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_about_kept_text_break_no_rule_of_accessibility(
    browser: Browser, live_server, writer, scheme
):
    story = factories.article(title="初稿")
    client = Client()
    client.force_login(writer)
    form = fields_of(client, page_of(story)) | {"title": "我的题", "turn": "1"}
    client.post(reverse("admin:articles_article_autosave"), form)
    other = signed_in(Role.EDITOR, display_name="李四")
    send(other, page_of(story), {"title": "别人的题"})
    other.post(
        reverse("admin:articles_article_autosave"), fields_of(other, page_of(story))
    )
    kept = sessions.kept_by(writer).get()
    # The checker is a script from outside, so this context alone sets the policy aside.
    with browser.new_context(
        base_url=live_server.url, color_scheme=scheme, bypass_csp=True
    ) as context:
        sign_in(context, writer, live_server.url)
        desk, faults = context.new_page(), {}

        def check(name: str) -> None:
            if found := violations(desk):
                faults[name] = found

        desk.goto(reverse("admin:articles_article_kept", args=[kept.pk]))
        expect(desk.get_by_role("button", name="恢复")).to_be_visible()
        check("kept")
        desk.goto(page_of(story))
        expect(desk.locator("[data-present]")).to_contain_text("李四")
        check("recovery")
        desk.get_by_role("button", name="恢复").click()
        expect(desk.locator("#id_title")).to_have_value("我的题")
        desk.get_by_role("button", name="保存", exact=True).click()
        expect(desk.locator(".conflict")).to_be_visible()
        check("conflict")
        assert faults == {}
