"""The admin in a browser: editors appear, rows move by keyboard, labels speak.

The `page` fixture fails each of these tests on any violation of the content policy.
"""

import re

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from accounts.roles import Role
from articles import publishing
from articles.models import Article, Section
from channels.models import Channel
from tests import factories
from tests.accessibility import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "a-long-test-password"


@pytest.fixture
def story() -> Article:
    """A story that two editors signed, in four sections and two channels."""
    made = factories.article(
        title="老街修好了",
        channel=factories.channel(parent=factories.channel()),
        body="",
        editors=("周禾", "罗青"),
        tags=("老街",),
    )
    for place, heading in enumerate(["一", "二", "三", "四"], start=1):
        Section.objects.create(
            article=made, position=place * 10, heading=heading, body="<p>字</p>"
        )
    return made


def page_of(story: Article) -> str:
    return reverse("admin:articles_article_change", args=[story.pk])


def sign_in(page: Page, site: str, **person) -> None:
    """Enter as the chief, or as the person described, without the sign-in page."""
    client = Client()
    client.force_login(
        factories.staff(**person) if person else factories.staff(Role.CHIEF)
    )
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": site}])


@pytest.fixture
def desk(page: Page, live_server) -> Page:
    """The browser in the hands of the chief."""
    sign_in(page, live_server.url)
    return page


def save(desk: Page) -> None:
    desk.get_by_role("button", name="保存", exact=True).click()
    expect(desk.locator(".messagelist")).to_be_visible()


def headings_of(story: Article) -> list[str]:
    return [section.heading for section in story.sections.all()]


def test_each_section_has_an_editor_with_a_name(desk, story):
    desk.goto(page_of(story))
    expect(desk.get_by_role("textbox", name="第 2 节 正文")).to_have_text("字")
    expect(desk.get_by_role("button", name="加粗")).to_have_count(4)


def test_text_typed_in_the_editor_is_saved(desk, story):
    desk.goto(page_of(story))
    editor = desk.get_by_role("textbox", name="第 1 节 正文")
    editor.click()
    desk.keyboard.press("End")
    desk.keyboard.type("，天黑以后亮了灯")
    save(desk)
    assert story.sections.first().body == "<p>字，天黑以后亮了灯</p>"


def test_sections_are_moved_by_keys_and_by_buttons(desk, story):
    desk.goto(page_of(story))
    expect(desk.get_by_role("textbox", name="第 4 节 正文")).to_be_visible()
    desk.locator("#id_sections-0-heading").press("Alt+ArrowDown")
    expect(desk.locator("[data-moves]")).to_have_text("已移到第 2 节，共 4 节")
    expect(desk.locator("#id_sections-0-heading")).to_be_focused()
    up = desk.locator("#sections-3").get_by_role("button", name="上移")
    up.press("Enter")
    expect(desk.locator("[data-moves]")).to_have_text("已移到第 3 节，共 4 节")
    save(desk)
    assert headings_of(story) == ["二", "一", "四", "三"]


def test_section_is_dragged_to_another_place(desk, story):
    desk.goto(page_of(story))
    expect(desk.get_by_role("textbox", name="第 4 节 正文")).to_be_visible()
    desk.locator("#sections-0").evaluate("row => row.scrollIntoView()")
    handles = desk.locator("#sections-group .admin-ordering-field-input-wrapper")
    target, start = (handles.nth(row).bounding_box() for row in (0, 1))
    desk.mouse.move(start["x"] + 5, start["y"] + 5)
    desk.mouse.down()
    desk.mouse.move(start["x"] + 5, start["y"] - 40, steps=4)
    desk.mouse.move(target["x"] + 5, target["y"] - 20, steps=8)
    desk.mouse.up()
    expect(desk.locator("#sections-1 .inline_label")).to_have_text("第 1 节")
    save(desk)
    assert headings_of(story)[0] == "二"


def test_section_is_added_and_has_an_editor_too(desk, story):
    desk.goto(page_of(story))
    expect(desk.get_by_role("textbox", name="第 4 节 正文")).to_be_visible()
    desk.get_by_text("添加另一个 小节").click()
    desk.locator("#id_sections-4-heading").fill("五")
    desk.get_by_role("textbox", name="第 5 节 正文").click()
    desk.keyboard.type("新的一节")
    save(desk)
    assert headings_of(story) == ["一", "二", "三", "四", "五"]
    assert story.sections.last().body == "<p>新的一节</p>"


def test_schedule_button_says_when(desk, story):
    desk.goto(page_of(story))
    plain = desk.get_by_role("button", name="按所填时间定时发布")
    expect(plain).to_be_visible()
    desk.get_by_label("定时：日期").fill("2031-06-17")
    desk.get_by_label("定时：时间").fill("8:18")
    timed = desk.get_by_role("button", name="定于 2031年6月17日 08:18 发布")
    expect(timed).to_be_visible()
    timed.click()
    expect(desk.locator(".status-strip")).to_contain_text(
        "已定于 2031年6月17日 08:18 发布"
    )


def test_calendar_fills_in_the_day_in_chinese(desk, story):
    desk.goto(page_of(story))
    desk.locator(".desk-row .date-icon").click()
    calendar = desk.locator(".calendarbox:visible")
    expect(calendar.locator("th").first).to_have_text("一")
    calendar.get_by_text("明天").click()
    desk.get_by_label("定时：时间").fill("8:18")
    expect(desk.locator("[data-timed]")).to_have_text(
        re.compile("^定于 .*月.*日 08:18 发布$")
    )


def test_enter_in_a_field_saves_and_does_nothing_else(desk, story):
    desk.goto(page_of(story))
    desk.get_by_label("标题", exact=False).first.fill("改过的题")
    desk.locator("#id_title").press("Enter")
    expect(desk.locator(".messagelist")).to_be_visible()
    expect(desk.locator(".status-strip")).to_contain_text("○ 草稿")


def test_known_tags_are_suggested_after_a_comma(desk, story):
    factories.article(tags=("乡村振兴",))
    desk.goto(page_of(story))
    tags = desk.locator("#id_tags")
    tags.fill("")
    tags.press_sequentially("老街、乡")
    expect(desk.get_by_role("option", name="乡村振兴")).to_be_visible()
    tags.press("ArrowDown")
    tags.press("Enter")
    expect(tags).to_have_value("老街、乡村振兴、")


def test_editor_is_found_by_typing(desk, story):
    factories.article(editors=("艾青",))
    desk.goto(page_of(story))
    desk.get_by_text("添加另一个 责任编辑").click()
    desk.locator("#editor_credits-2 .select2-selection").click()
    desk.keyboard.type("艾")
    desk.get_by_role("option", name="艾青").click()
    save(desk)
    names = [credit.editor.name for credit in story.editor_credits.all()]
    assert names == ["周禾", "罗青", "艾青"]


def test_list_of_channels_is_as_dark_as_the_other_fields(desk, story):
    desk.emulate_media(color_scheme="dark")
    desk.goto(page_of(story))
    ground = desk.locator("#id_title").evaluate(
        "field => getComputedStyle(field).backgroundColor"
    )
    channels = desk.locator(".field-channel .select2-selection")
    expect(channels).to_have_css("background-color", ground)


def test_channel_moves_by_keyboard(desk, story):
    first = Channel.objects.get(parent=None)
    second = factories.channel(name="文化")
    desk.goto(reverse("admin:channels_channel_changelist"))
    desk.get_by_role("button", name="上移 文化").press("Enter")
    expect(desk.locator(".messagelist")).to_have_text("已上移：文化。")
    roots = Channel.objects.filter(parent=None).order_by("position")
    assert list(roots) == [second, first]


PAGES = [
    "admin:index",
    "admin:articles_article_changelist",
    "admin:articles_article_add",
    "admin:articles_article_change",
    "admin:articles_article_withdraw",
    "admin:articles_article_history",
    "admin:channels_channel_changelist",
    "admin:channels_channel_change",
    "admin:pictures_picture_add",
    "admin:accounts_user_changelist",
    "admin:accounts_user_add",
    "admin:fronts_siteidentity_add",
    "admin:password_change",
    "admin:search_dailyquery_changelist",
    "admin:search_promotedresult_add",
    "admin:search_synonymgroup_add",
]


CHECKED = [
    "admin:login",
    "admin:articles_article_changelist",
    "admin:articles_article_change",
    "admin:articles_article_withdraw",
    "admin:channels_channel_changelist",
    "admin:search_dailyquery_changelist",
    "admin:search_promotedresult_add",
]


def address(name: str, story: Article) -> str:
    """The page for the story or its channel, where the page is about one."""
    subjects = {
        "admin:articles_article": story.pk,
        "admin:channels_channel": story.channel_id,
    }
    subject, _, act = name.rpartition("_")
    is_about_one = act in {"change", "withdraw", "history"} and subject in subjects
    return reverse(name, args=[subjects[subject]] if is_about_one else [])


def test_sign_in_page_lets_staff_in(page):
    person = factories.staff(Role.EDITOR)
    page.goto(reverse("admin:login"))
    page.get_by_label("用户名").fill(person.username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("编辑部")


def test_no_page_breaks_the_content_policy(page, live_server, story):
    publishing.publish(story, by=None)
    sign_in(page, live_server.url, is_superuser=True)
    for name in PAGES:
        page.goto(address(name, story))
        expect(page.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_breaks_a_rule_of_accessibility(
    browser: Browser, live_server, story, scheme
):
    publishing.publish(story, by=None)
    # The checker is a script from outside, so this context alone sets the policy aside.
    with browser.new_context(
        base_url=live_server.url, color_scheme=scheme, bypass_csp=True
    ) as context:
        page = context.new_page()
        faults = {}
        for name in CHECKED:
            page.goto(address(name, story))
            if name.endswith("change"):
                expect(page.get_by_role("textbox", name="第 4 节")).to_be_visible()
            if found := violations(page):
                faults[name] = found
            if name == "admin:login":
                sign_in(page, live_server.url)
        assert faults == {}
