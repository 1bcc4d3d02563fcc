"""Somebody new at the desk: from a copied page to a story that waits for its review.

What it costs is counted in clicks and keys that a person really gives; seconds are
written out (`pytest -s` shows them) and never judged.
"""

import sys
import time
from collections.abc import Iterator

import pytest
from django.test import Client
from playwright.sync_api import FrameLocator, Page, expect

from accounts.roles import Role
from articles.models import Article, Editor
from channels.models import Channel
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_CLICKS = 25
SOON = 5_000  # milliseconds; the usual time is under one second
COUNT = """
for (const [event, key] of [["click", "clicks"], ["keydown", "keys"]]) {
    addEventListener(event, ({ isTrusted, detail, type }) => {
        // A click with detail 0 comes from a key, which is counted already.
        if (!isTrusted || (type === "click" && detail === 0)) return;
        sessionStorage[key] = Number(sessionStorage[key] || 0) + 1;
    }, true);
}
"""
TITLE = "修渠引水到田头——柳塘镇把老水渠一段一段接起来"
HEADINGS = [
    ("先把老渠摸清", "走遍三十里沟坎"),
    ("再把断头接上", "每家出工两个日子"),
    ("留人守水", "一季一回清淤泥"),
]
LEAD = "立夏刚过，柳塘镇的水渠通了水。渠水从山脚的小水库出来，绕过三个村子，最后流到河湾的稻田里，一路上经过的水闸都换了新的。"
PARAGRAPHS = [
    "老渠修了几十年，有的地方塌了，有的地方被土埋住，谁也说不清哪一段还能走水。镇上的水利员带着皮尺和本子，从水库口一直走到渠尾，逢弯记一笔，逢闸记一笔，三个月走完了全程，画成一张长长的图。",
    "图画好以后挂在村委会的墙上，谁家的田在哪一段、哪一段归谁看着，一眼就能看明白。村民来看图，用铅笔在旁边添上自己知道的事：哪里有暗涵，哪里夏天会淤，哪棵树底下埋着旧界石。",
    "断头一共有十一处，最长的一处有两百多步。各村商量好，每家出工两个日子，石头就近取，水泥由镇上统一买。老石匠教年轻人砌渠壁，一块石头要翻几个面才放得稳，放稳了再用小石子把缝塞紧。",
    "有一处要从果园里过，果园的主人把渠边的两行树移开，让出一条走人的路。他说水来了果树也要喝，这条路本来就该有。大家收工以后坐在路边喝茶，算一算还剩几处没有接上，算来算去一天比一天少。",
    "水通了还要有人守。镇上请了六位守渠人，每人管五里，早晚各走一趟，看见落叶和杂物就捞上来，看见渠壁渗水就做个记号。守渠人的名字和电话写在闸口的木牌上，谁家要放水，先打一个电话。",
    "入冬以前清一次淤泥，开春以前再清一次，清上来的泥晒干了送到菜地里当肥。孩子们放学路过，喜欢趴在小桥上看水，水里有小鱼，也有一片一片慢慢走的叶子，从山脚一直走到河湾。",
]


def page_dump() -> str:
    """A whole page as copied: what stands around the story comes along with it."""
    parts = [
        "首页频道要闻镇村党建理论学习组织人事基层动态地方领导留言板",
        "柳塘网>>镇村",
        TITLE,
        "2025年05月12日09:30    来源:柳塘日报",
        LEAD,
    ]
    for place, heading in enumerate(HEADINGS):
        parts += [*heading, *PARAGRAPHS[place * 2 : place * 2 + 2]]
    parts[-1] += "(温棠)"
    parts += ["(责编:周禾、罗青)", *["微信“扫一扫”添加“柳塘发布”"] * 2]
    return "\n\n".join(parts)


@pytest.fixture
def newcomer(page: Page, live_server) -> Iterator[Page]:
    """The browser of a reporter on the first day."""
    for name in ("周禾", "罗青"):
        Editor.objects.create(name=name)
    factories.channel(name="镇村", review_levels=2)
    client = Client()
    client.force_login(factories.staff(Role.REPORTER, display_name="林小满"))
    session = client.cookies["sessionid"].value
    page.context.add_cookies(
        [{"name": "sessionid", "value": session, "url": live_server.url}]
    )
    page.add_init_script(COUNT)
    yield page
    # A form left with words in it is kept by a last request, while there still is a
    # database to keep it in.
    page.goto("/admin/")


def counted(page: Page) -> tuple[int, int]:
    """Clicks and keys since the sign-in."""
    clicks, keys = page.evaluate("[sessionStorage.clicks, sessionStorage.keys]")
    return int(clicks or 0), int(keys or 0)


def paste(page: Page) -> None:
    """Ctrl+V with the whole page in hand, as far as the browser is concerned."""
    page.get_by_label("整篇稿件").click()
    page.keyboard.insert_text(page_dump())


def choose_channel(page: Page, name: str) -> None:
    """By keys, as opening the list with the mouse is up to the system."""
    field = page.get_by_label("频道")
    field.focus()
    field.press("ArrowDown")
    expect(field.locator("option:checked")).to_have_text(name)


def create(page: Page) -> None:
    page.goto("/admin/")
    page.get_by_role("link", name="粘贴整稿").first.click()
    paste(page)
    page.get_by_role("button", name="分析稿件").click()
    choose_channel(page, "镇村")
    page.get_by_role("button", name="建成稿件").click()
    expect(page.locator(".messagelist")).to_contain_text("已建成稿件")


def preview(page: Page) -> FrameLocator:
    return page.frame_locator("[data-preview-page]")


def headings_of(story: Article) -> list[tuple[str, str]]:
    return [(part.heading, part.subheading) for part in story.sections.all()]


def test_newcomer_sends_a_copied_page_to_review_in_few_clicks(newcomer):
    started = time.monotonic()
    create(newcomer)
    story = Article.objects.get()
    assert headings_of(story) == [("", ""), *HEADINGS]
    newcomer.locator("#id_sections-2-heading").press("Alt+ArrowUp")
    expect(newcomer.locator("[data-moves]")).to_have_text("已移到第 2 节，共 4 节")
    newcomer.get_by_role("button", name="送审").click()
    expect(newcomer.locator(".messagelist")).to_contain_text("已送审，等初审。")
    clicks, keys = counted(newcomer)
    seconds = time.monotonic() - started
    sys.stdout.write(f"{clicks} clicks, {keys} keys, {seconds:.1f} s\n")
    assert 0 < clicks <= MOST_CLICKS
    assert headings_of(story) == [("", ""), HEADINGS[1], HEADINGS[0], HEADINGS[2]]
    story.refresh_from_db()
    assert story.is_on_the_way
    assert (story.title, story.channel) == (TITLE, Channel.objects.get())
    assert story.source.name == "柳塘日报"
    assert [credit.author.name for credit in story.author_credits.all()] == ["温棠"]
    names = [credit.editor.name for credit in story.editor_credits.all()]
    assert names == ["周禾", "罗青"]
    everything = " ".join(part.body for part in story.sections.all())
    assert "扫一扫" not in everything
    assert "留言板" not in everything


def test_preview_follows_what_is_typed(newcomer):
    create(newcomer)
    title = preview(newcomer).get_by_role("heading", level=1)
    expect(title).to_contain_text("柳塘镇", timeout=SOON)
    newcomer.locator("#id_subtitle").click()
    newcomer.keyboard.type("水渠旁边的一个早晨")
    stopped = time.monotonic()
    typed = preview(newcomer).get_by_text("水渠旁边的一个早晨")
    expect(typed.first).to_be_visible(timeout=SOON)
    seconds = time.monotonic() - stopped
    sys.stdout.write(f"preview {seconds:.2f} s after the last key\n")


def test_preview_is_seen_at_each_width_in_each_look(newcomer):
    create(newcomer)
    frame = newcomer.locator("[data-preview-page]")
    page = preview(newcomer)
    expect(page.locator("h1")).to_be_visible(timeout=SOON)
    for width in ("360", "768", "1280"):
        newcomer.get_by_role("radio", name=width, exact=True).check()
        expect(frame).to_have_css("width", f"{width}px")
        assert page.locator("html").evaluate("html => innerWidth") == int(width)
    ground = "html => getComputedStyle(html).backgroundColor"
    size = "p => parseFloat(getComputedStyle(p).fontSize)"
    light = page.locator("html").evaluate(ground)
    small = page.locator(".prose p").first.evaluate(size)
    newcomer.get_by_role("combobox", name="文字版").select_option(label="臺灣")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hant-TW", timeout=SOON)
    expect(page.locator("h1")).to_contain_text("柳塘鎮")
    newcomer.get_by_label("明暗").select_option(label="深色")
    expect(page.locator("html")).not_to_have_css(
        "background-color", light, timeout=SOON
    )
    newcomer.get_by_label("大字").check()
    expect(page.locator("html")).to_have_attribute("data-type", "large", timeout=SOON)
    assert page.locator(".prose p").first.evaluate(size) > small


def test_finding_leads_to_its_field(newcomer):
    create(newcomer)
    heading = newcomer.locator("#id_sections-2-heading")
    heading.fill("再把断头接上。")
    finding = newcomer.locator("[data-findings]").get_by_role("link", name="末尾有")
    expect(finding).to_be_visible(timeout=SOON)
    newcomer.locator("#id_title").focus()
    finding.click()
    expect(heading).to_be_focused()
    expect(heading).to_be_in_viewport()
    heading.fill("再把断头接上")
    expect(finding).to_have_count(0, timeout=SOON)
