"""A day in the newsroom: one story from the manuscript to its withdrawal, six people.

Every forbidden move on the way is tried with the person's own session, as somebody who
knows the form could, and must be refused in words.
"""

import datetime
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from accounts.models import User
from accounts.roles import Role
from articles.models import Article, Editor, PublishedArticle
from channels.models import Channel
from tests import factories
from tests.conftest import REPORT_VIOLATIONS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "石桥村的渡船改了班次"
MANUSCRIPT = f"""{TITLE}

石桥村的渡船从这个月起改了班次，赶集的人不用再等一个钟头。

早班提前半小时
卖菜的人赶得上集

渡工每天六点开第一班船，一天来回十二趟，三十户人家坐船去对岸种地，傍晚再坐最后一班回来，船票还是一元。

夜里留一盏灯
晚归的人看得见岸

渡口的石阶上装了一盏灯，天黑以后亮到九点，船靠岸时总有人提着手电等在那里，一级一级照着人走上来。（温棠）

（责编：周禾）
"""
NO_RIGHT = "你没有权限看这个页面，或者做刚才那一步。什么都没有改动。"
Sits = Callable[[User], Page]


@pytest.fixture
def sits(browser: Browser, live_server) -> Iterator[Sits]:
    """Seats a person at a browser of their own, signed in.

    Fails the test on script errors and on violations of the content policy. Answers such
    as 403 and 409 are what the test is about, so the console may name them.
    """
    faults: list[str] = []
    contexts = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            faults.append(message.text)

    def sit(person: User) -> Page:
        context = browser.new_context(base_url=live_server.url, locale="zh-CN")
        contexts.append(context)
        context.add_init_script(REPORT_VIOLATIONS)
        client = Client()
        client.force_login(person)
        session = client.cookies["sessionid"].value
        context.add_cookies(
            [{"name": "sessionid", "value": session, "url": live_server.url}]
        )
        return watched(context.new_page())

    def watched(page: Page) -> Page:
        page.on("console", note)
        page.on("pageerror", lambda error: faults.append(str(error)))
        return page

    yield sit
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def channel() -> Channel:
    Editor.objects.create(name="周禾")
    return factories.channel(name="乡村", review_levels=2)


def form_of(story: Article) -> str:
    return f"/admin/articles/article/{story.pk}/change/"


def page_about(story: Article, name: str) -> str:
    return f"/admin/articles/article/{story.pk}/{name}/"


def words_on(page: Page) -> str:
    return page.locator("body").inner_text()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def said(page: Page) -> str:
    return page.locator(".messagelist").inner_text()


def forge(page: Page, form: str, name: str, value: str = "1") -> str:
    """Press a button that the page does not have, and return what the answer says."""
    with page.expect_navigation() as answer:
        page.locator(form).evaluate(
            """(form, [name, value]) => {
                const button = document.createElement("button");
                Object.assign(button, { name, value });
                form.append(button);
                form.requestSubmit(button);
            }""",
            [name, value],
        )
    assert answer.value.status < 500
    return words_on(page)


def post(page: Page, path: str, **fields: str) -> tuple[int, str]:
    """A raw POST in the person's session: its status and the answer's HTML."""
    cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    token = {"csrfmiddlewaretoken": cookies["csrftoken"]}
    answer = page.request.post(path, form={**fields, **token})
    return answer.status, answer.text()


def sign_raw(page: Page, story: Article) -> str:
    """Sign the newest revision without the page that offers it."""
    newest = story.revisions.order_by("-number").first()
    status, answer = post(
        page, page_about(story, "review"), sha256=newest.sha256, act="pass"
    )
    assert status < 500
    return answer


def paste_and_send(reporter: Page) -> Article:
    """From the start page to 送审, with a look at the proposal."""
    reporter.goto("/admin/")
    reporter.get_by_role("link", name="粘贴整稿").first.click()
    reporter.get_by_label("整篇稿件").fill(MANUSCRIPT)
    press(reporter, "分析稿件")
    expect(reporter.get_by_role("heading", level=1)).to_have_text("核对稿件")
    for label, value in {"标题": TITLE, "作者": "温棠", "责任编辑": "周禾"}.items():
        field = reporter.get_by_role("textbox", name=label, exact=False).first
        expect(field).to_have_value(value)
    second = reporter.get_by_role("group", name="第 2 节")
    expect(second.get_by_label("小标题第一行")).to_have_value("早班提前半小时")
    expect(second.get_by_label("小标题第二行")).to_have_value("卖菜的人赶得上集")
    reporter.get_by_label("频道").select_option(label="乡村")
    press(reporter, "建成稿件")
    assert "已建成稿件。请再看一遍，然后送审。" in said(reporter)
    press(reporter, "送审")
    assert "已送审，等初审。" in said(reporter)
    expect(reporter.locator(".status-strip")).to_contain_text("◑ 待审")
    return Article.objects.get()


def retitle(page: Page, story: Article, title: str) -> None:
    page.goto(form_of(story))
    page.locator("#id_title").fill(title)
    press(page, "保存")


def open_from_inbox(page: Page, title: str) -> None:
    """等我处理, then the story."""
    page.goto("/admin/")
    page.get_by_role("link", name="等我处理").first.click()
    page.get_by_role("link", name=title).click()


def no_reader_sees(reader: Page, story: Article) -> bool:
    return reader.request.get(f"/article/{story.pk}/").status == 404


def test_reporter_decides_nothing_about_the_own_story(sits, channel):
    reporter = sits(factories.staff(Role.REPORTER, display_name="林小满"))
    story = paste_and_send(reporter)
    reporter.get_by_role("link", name="去审稿页").click()
    expect(reporter.get_by_role("button", name="通过初审")).to_have_count(0)
    assert "你没有这个频道的初审权限。" in words_on(reporter)
    assert NO_RIGHT in sign_raw(reporter, story)
    status, answer = post(reporter, form_of(story), _publish="1")
    assert status == 403
    assert NO_RIGHT in answer
    assert no_reader_sees(reporter, story)
    press(reporter, "收回稿件")
    assert "已收回" in said(reporter)


def test_one_who_is_no_newsroom_member_opens_no_story(sits, channel):
    story = factories.article(title=TITLE, channel=channel)
    for role in (Role.MODERATOR, Role.CLERK):
        outsider = sits(factories.staff(role))
        outsider.goto("/admin/")
        pages = [page_about(story, "review"), page_about(story, "preview")]
        for path in [form_of(story), *pages, "/admin/articles/article/inbox/"]:
            answer = outsider.goto(path)
            assert answer.status == 403
            assert NO_RIGHT in words_on(outsider)
            assert TITLE not in words_on(outsider)


def test_second_tab_does_not_save_over_the_first(sits, channel):
    editor = sits(factories.staff(Role.EDITOR, display_name="周禾"))
    story = factories.article(title=TITLE, channel=channel)
    second = editor.context.new_page()
    for tab in (editor, second):
        tab.goto(form_of(story))
    editor.locator("#id_title").fill("第一个标签页的题")
    press(editor, "保存")
    second.locator("#id_title").fill("第二个标签页的题")
    with second.expect_navigation() as answer:
        press(second, "保存")
    assert answer.value.status == 409
    second.get_by_text("两篇全文并排").click()
    both = second.locator(".conflict").inner_text()
    assert "第一个标签页的题" in both
    assert "第二个标签页的题" in both
    expect(second.locator("#id_title")).to_have_value("第二个标签页的题")
    story.refresh_from_db()
    assert story.title == "第一个标签页的题"


def test_story_goes_from_the_manuscript_to_its_withdrawal(sits, channel):
    people = {
        "reporter": (Role.REPORTER, "林小满"),
        "editor": (Role.EDITOR, "周禾"),
        "chief": (Role.CHIEF, "秦川"),
        "deputy": (Role.CHIEF, "方砚"),
    }
    desks = {
        name: sits(factories.staff(role, display_name=shown))
        for name, (role, shown) in people.items()
    }
    editor, chief, deputy = desks["editor"], desks["chief"], desks["deputy"]
    story = paste_and_send(desks["reporter"])
    sign_two_levels(story, editor, chief, deputy)
    at = schedule(story, deputy)
    assert no_reader_sees(desks["reporter"], story)
    with time_machine.travel(at + datetime.timedelta(seconds=1), tick=True):
        live_and_withdrawn(story, editor, chief, deputy)


def sign_two_levels(story: Article, editor: Page, chief: Page, deputy: Page) -> None:
    """The text goes out only once the last level signed the text of another person."""
    open_from_inbox(editor, TITLE)
    assert "现在等：初审" in words_on(editor)
    assert "三十户人家" in words_on(editor)
    press(editor, "通过初审")
    assert "已签初审。下一步：终审。" in said(editor)
    assert "你没有这个频道的终审权限。" in sign_raw(editor, story)
    editor.goto(form_of(story))
    expect(editor.get_by_role("button", name="发布", exact=True)).to_have_count(0)
    assert "还差终审。" in forge(editor, "#article_form", "_publish")

    open_from_inbox(chief, TITLE)
    stale, chief_form = chief, chief.context.new_page()
    retitle(chief_form, story, f"{TITLE}了")
    press(stale, "通过终审")
    assert "你看的不是最新一版" in said(stale)
    stale.goto(page_about(story, "review"))
    expect(stale.get_by_role("button", name="通过终审")).to_have_count(0)
    assert "这一版里有你写的内容，要由别人来签。" in words_on(stale)
    assert "这一版里有你写的内容，要由别人来签。" in sign_raw(stale, story)

    open_from_inbox(deputy, f"{TITLE}了")
    assert "自送审以来" in words_on(deputy)
    press(deputy, "通过终审")
    assert "已签终审。各级都已签完，可以发布。" in said(deputy)


def schedule(story: Article, deputy: Page) -> datetime.datetime:
    """Two minutes ahead: the next one could be over before the button is pressed."""
    at = timezone.localtime() + datetime.timedelta(minutes=2)
    at = at.replace(second=0, microsecond=0)
    deputy.goto(form_of(story))
    deputy.get_by_label("定时：日期").fill(f"{at:%Y-%m-%d}")
    deputy.get_by_label("定时：时间").fill(f"{at:%H:%M}")
    deputy.locator("[data-timed]").click()
    assert "已定于" in said(deputy)
    deputy.goto("/admin/articles/article/queue/")
    assert f"{TITLE}了" in words_on(deputy)
    return at


def live_and_withdrawn(story: Article, editor: Page, chief: Page, deputy: Page) -> None:
    reader = editor.context.browser.new_page(base_url=origin_of(editor))
    try:
        assert reader.goto(f"/article/{story.pk}/").status == 200
        assert f"{TITLE}了" in words_on(reader)
        correct(story, editor, reader)
        replace(story, editor, chief, deputy)
        reader.reload()
        assert "石桥村渡船的新班次" in words_on(reader)
        assert "应为“十三户”" in words_on(reader)
        assert_editor_cannot_withdraw(story, editor)
        withdraw(story, chief)
        assert reader.reload().status == 410
        assert "船期另行通知" in words_on(reader)
    finally:
        reader.close()


def origin_of(page: Page) -> str:
    return page.evaluate("location.origin")


def correct(story: Article, editor: Page, reader: Page) -> None:
    editor.goto(form_of(story))
    editor.get_by_text("更多", exact=True).click()
    editor.get_by_role("link", name="更正…").click()
    editor.get_by_label("公开说明").fill("原文“三十户”应为“十三户”。")
    press(editor, "预览")
    assert "读者将看到" in words_on(editor)
    press(editor, "发出")
    assert "已发出更正说明，读者现在能看到。" in said(editor)
    reader.reload()
    assert "应为“十三户”" in words_on(reader)


def replace(story: Article, editor: Page, chief: Page, deputy: Page) -> None:
    """A changed text goes through the reviews again before it takes the old one's place."""
    title = "石桥村渡船的新班次"
    editor.goto(form_of(story))
    editor.locator("#id_title").fill(title)
    press(editor, "送审")
    assert "已送审，等初审。" in said(editor)
    refusal = forge(editor, "#article_form", "_replace")
    assert "还差初审、终审。" in refusal
    assert "当前稿已保存，线上没有变化。" in refusal
    assert PublishedArticle.objects.visible(timezone.now()).get().title != title

    open_from_inbox(deputy, title)
    press(deputy, "通过初审")
    assert "下一步：终审。" in said(deputy)
    assert "同一个人不能签两级。" in sign_raw(deputy, story)
    open_from_inbox(chief, title)
    press(chief, "通过终审")
    assert "各级都已签完，可以发布。" in said(chief)
    editor.goto(form_of(story))
    press(editor, "用当前稿替换线上版本")
    assert "已用当前稿替换线上版本。" in said(editor)


def assert_editor_cannot_withdraw(story: Article, editor: Page) -> None:
    editor.goto(form_of(story))
    expect(editor.get_by_role("button", name="撤回…")).to_have_count(0)
    status, answer = post(editor, page_about(story, "withdraw"), public_note="试试")
    assert status == 403
    assert NO_RIGHT in answer
    assert PublishedArticle.objects.visible(timezone.now()).exists()


def withdraw(story: Article, chief: Page) -> None:
    chief.goto(form_of(story))
    press(chief, "撤回…")
    assert "撤回以后" in words_on(chief)
    chief.get_by_label("公开说明").fill("班次又要调整，船期另行通知。")
    press(chief, "现在撤回")
    assert "已撤回，读者不能再看到。" in said(chief)
    expect(chief.locator(".absence__result")).to_have_attribute("data-clean", "yes")
    assert "页面和订阅里都没有这篇稿件了。" in words_on(chief)
