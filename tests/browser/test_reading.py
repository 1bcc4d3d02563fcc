"""Large type, reading aloud and the suggestion of an edition, in a browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from articles import publishing
from articles.models import Article, Section
from channels.models import Channel
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Headless browsers have no voices. This one speaks when the test says that it has spoken.
VOICES = """
const voices = [["en-US", true], ["zh-CN", true], ["zh-TW", false], ["zh-TW", true]]
  .map(([lang, localService], number) => ({ lang, localService, number }));
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
window.heard = [];
window.speech = Object.assign(new EventTarget(), {
  isEarly: true,
  getVoices() { return this.isEarly ? [] : voices; },
  speak(utterance) { heard.push(utterance.text); this.now = utterance; },
  cancel() { const { now } = this; this.now = null; now?.onend(); },
  finish() { const { now } = this; this.now = null; now.onend(); },
});
Object.defineProperty(window, "speechSynthesis", { value: speech });
addEventListener("load", () => {
  speech.isEarly = false;
  speech.dispatchEvent(new Event("voiceschanged"));
});
"""
LANGUAGES = """
const read = () => JSON.parse((localStorage.languages ?? "['zh-CN']").replaceAll("'", '"'));
Object.defineProperty(navigator, "languages", { get: read });
"""
SHIFTS = """
new Promise(done => {
  let total = 0;
  new PerformanceObserver(list => list.getEntries().forEach(shift => total += shift.value))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(total), 100);
})
"""
TOO_SMALL = """
[...document.querySelectorAll(".masthead :is(a, button), .bar :is(a, summary), .aloud button, .chip")]
  .filter(e => e.checkVisibility()).map(e => [e.textContent, e.getBoundingClientRect()])
  .filter(([, box]) => box.height < 55.9 || box.width < 55.9).map(([words]) => words.trim())
"""
CUT = """
[...document.querySelectorAll("main *:not(.surname__initial)")].filter(e => e.checkVisibility() && e.clientHeight > 2
  && getComputedStyle(e).overflowY === "hidden" && e.scrollHeight > e.clientHeight + 2).length
"""


@pytest.fixture
def story(db) -> Article:
    """Two sections, of which the first has a sentence of 150 characters; a picture."""
    channel = factories.channel(name="乡村")
    for number in range(7):
        factories.channel(name=f"频道{number}")
    made = factories.article(
        title="河边的老街修好了 一百零三户搬回家",
        kicker="民生",
        channel=channel,
        source="樟溪日报",
        authors=("林渡", "苏禾"),
        cover=factories.picture(width=800, height=450, caption="修好的街"),
        tags=("老街",),
        body=f"<p>街修好了。{'石板一块一块地换，' * 16}总算铺完了！</p>",
    )
    Section.objects.create(
        article=made,
        position=20,
        heading="早市",
        body="<ul><li><p>菜在东头。</p></li></ul>"
        "<table><tbody><tr><th><p>户</p></th><td><p>103</p></td></tr></tbody></table>",
    )
    publishing.publish(made, by=None)
    return made


def opened(page: Page, story: Article, prefix: str = "") -> None:
    page.add_init_script(VOICES)
    # Else the page is still scrolling to what is read when a button is pressed.
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{prefix}/article/{story.pk}/")


def heard(page: Page) -> list[str]:
    return page.evaluate("heard")


def finish(page: Page, sentences: int = 1) -> None:
    for _ in range(sentences):
        page.evaluate("speech.finish()")


def test_large_type_comes_without_a_reload_and_stays(page, story):
    page.goto("/")
    page.evaluate("window.isSamePage = true")
    button = page.get_by_role("button", name="大字")
    button.click()
    expect(page.locator("html")).to_have_attribute("data-type", "large")
    expect(button).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("window.isSamePage")
    page.goto(f"/article/{story.pk}/")
    expect(page.locator("html")).to_have_attribute("data-type", "large")
    size = "getComputedStyle(document.querySelector('.prose p')).fontSize"
    assert page.evaluate(size) == "24px"
    page.get_by_role("button", name="大字").click()
    assert page.evaluate("document.cookie") == ""
    assert page.evaluate(size) == "18px"


def test_large_type_and_the_whole_bar_work_without_scripts(
    browser: Browser, live_server, story
):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"/zh-hant/article/{story.pk}/")
    tab.get_by_role("button", name="大字").click()
    expect(tab.locator("html")).to_have_attribute("data-type", "large")
    assert tab.url.endswith(f"/zh-hant/article/{story.pk}/")
    tab.locator(".bar__more > summary").click()
    tab.locator(".bar__rest a").last.click()
    expect(tab.locator("h1")).to_have_text("頻道6")
    context.close()


def test_large_type_is_one_column_with_nothing_cut_and_nothing_small(
    page, live_server, story
):
    gallery = factories.channel(name="好人", kind=Channel.Kind.GALLERY)
    factories.article(title="姚红梅", channel=gallery, published=True)
    page.add_init_script(VOICES)
    page.context.add_cookies(
        [{"name": "jx_large", "value": "1", "url": live_server.url}]
    )
    paths = ["/", story.channel.get_absolute_url(), "/tag/老街/", "/corrections/"]
    for path in [*paths, gallery.get_absolute_url(), f"/article/{story.pk}/"]:
        page.goto(path)
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 780})
            assert page.evaluate("document.documentElement.scrollWidth") == width, path
            assert page.evaluate(TOO_SMALL) == [], (path, width)
            assert page.evaluate(CUT) == 0, (path, width)
    parts = (".prose", ".story__rail")
    text, rail = (page.locator(part).bounding_box() for part in parts)
    assert (text["x"], text["width"]) == (rail["x"], rail["width"])


def test_story_in_large_type_starts_on_the_first_screen_of_a_phone(page):
    story = factories.article(
        title="县图书馆新馆开门 四十二万册书搬了十九天",
        subtitle="旧馆改作少年阅览室，窗口的樟树都留着",
        kicker="推荐",
        source="樟溪日报",
        authors=("温如许", "许南枝"),
        standfirst="新馆没有剪彩，也没有讲话。",
    )
    for position in (20, 30, 40):
        Section.objects.create(
            article=story, position=position, heading="书车", body="<p>开了。</p>"
        )
    publishing.publish(story, by=None)
    page.set_viewport_size({"width": 360, "height": 780})
    opened(page, story)
    page.get_by_role("button", name="大字").click()
    assert page.locator(".story__standfirst").bounding_box()["y"] <= 600


def test_story_in_large_type_has_no_accessibility_fault(browser, live_server, story):
    # The checker itself is an inline script, which the policy of the site refuses.
    context = browser.new_context(
        base_url=live_server.url, bypass_csp=True, color_scheme="dark", locale="zh-TW"
    )
    tab = context.new_page()
    opened(tab, story)
    tab.get_by_role("button", name="大字").click()
    tab.locator(".bar__more > summary").click()
    tab.locator(".aloud").get_by_role("button", name="朗读").click()
    found = Axe().run(tab).response["violations"]
    context.close()
    assert [(fault["id"], fault["nodes"][0]["target"]) for fault in found] == []


def test_story_is_read_sentence_by_sentence(page, story):
    opened(page, story)
    button = page.locator("[data-reading-actions]").get_by_role("button", name="朗读")
    button.click()
    expect(page.locator("h1")).to_have_attribute("data-is-read", "")
    finish(page, 7)
    spoken = heard(page)
    assert spoken[0] == "河边的老街修好了 一百零三户搬回家"
    assert spoken[1].startswith("时间 ")
    assert spoken[1].endswith("来源 樟溪日报，作者 林渡、苏禾")
    assert spoken[2] == "街修好了。"
    assert spoken[3].endswith("，")
    assert max(map(len, spoken)) <= 120
    assert "".join(spoken[3:5]) == "石板一块一块地换，" * 16 + "总算铺完了！"
    assert spoken[5:] == ["早市", "菜在东头。", "户，103"]
    finish(page)
    expect(page.locator("[data-is-read]")).to_have_count(0)
    expect(button).to_have_attribute("aria-pressed", "false")


def test_the_bar_moves_by_paragraphs_and_changes_the_speed(page, story):
    opened(page, story)
    page.get_by_role("button", name="大字").click()
    bar = page.get_by_role("region", name="朗读")
    bar.get_by_role("button", name="下一段").click()
    bar.get_by_role("button", name="下一段").click()
    expect(page.locator(".prose p").first).to_have_attribute("data-is-read", "")
    bar.get_by_role("button", name="上一段").click()
    assert [words[:3] for words in heard(page)] == ["时间 ", "街修好", "时间 "]
    bar.get_by_role("button", name="慢").click()
    expect(bar.get_by_role("button", name="慢")).to_have_attribute(
        "aria-pressed", "true"
    )
    assert page.evaluate("speech.now.rate") < 1
    bar.get_by_role("button", name="停止").click()
    assert page.evaluate("speech.now") is None
    expect(bar.get_by_role("button", name="朗读")).to_be_visible()


def test_a_pause_remembers_the_sentence_and_nothing_is_read_to_an_empty_chair(
    page, story
):
    opened(page, story, "/zh-tw")
    actions = page.locator("[data-reading-actions]")
    actions.get_by_role("button", name="朗讀").click()
    finish(page, 3)
    pause = actions.get_by_role("button", name="暫停")
    expect(pause).to_have_attribute("aria-pressed", "true")
    pause.click()
    assert page.evaluate("speech.now") is None
    before = heard(page)
    actions.get_by_role("button", name="朗讀").click()
    assert heard(page) == [*before, before[-1]]
    # The second of two voices of Taiwan, as the first belongs to a network.
    assert page.evaluate("speech.now.voice.number") == 3
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert page.evaluate("speech.now") is None


def test_without_a_chinese_voice_there_is_no_button(page, story):
    page.add_init_script(VOICES.replace('"zh-', '"ja-'))
    page.goto(f"/article/{story.pk}/")
    page.wait_for_load_state("load")
    expect(page.get_by_role("link", name="分享")).to_be_visible()
    assert page.get_by_role("button", name="朗读").count() == 0
    assert page.locator(".aloud").count() == 0


def test_readers_of_traditional_are_told_of_their_edition_once(page):
    page.add_init_script(LANGUAGES)
    page.goto("/")
    suggestion = page.get_by_role("complementary", name="文字版本")
    way = suggestion.get_by_role("link", name="可改看繁體版")
    for languages, path in (
        (["zh-Hant"], "/zh-hant/"),
        (["zh-MO"], "/zh-hk/"),
        (["en-US", "zh-TW", "zh-CN"], "/zh-tw/"),
    ):
        page.evaluate("languages => localStorage.languages = languages", str(languages))
        page.reload()
        assert way.get_attribute("href").endswith(path)
    assert suggestion.get_attribute("lang") == "zh-Hant-TW"
    assert suggestion.get_attribute("translate") == "no"
    assert page.evaluate(SHIFTS) <= 0.02
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(way).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(suggestion).to_have_count(0)
    page.reload()
    expect(page.locator(".masthead")).to_be_visible()
    expect(suggestion).to_have_count(0)
    assert page.evaluate("document.cookie") == ""


def test_who_has_chosen_an_edition_is_told_nothing(page):
    page.add_init_script(LANGUAGES)
    page.goto("/")
    expect(page.locator(".masthead")).to_be_visible()
    assert page.locator(".suggestion").count() == 0
    page.locator(".masthead").get_by_role("link", name="臺灣").click()
    page.wait_for_url("**/zh-tw/")
    assert page.evaluate("document.cookie") == "jx_ed=zh-Hant-TW"
    page.evaluate("localStorage.languages = \"['zh-HK']\"")
    page.goto("/")
    expect(page.locator(".masthead")).to_be_visible()
    assert page.locator(".suggestion").count() == 0


def test_the_current_channel_is_in_sight_and_the_next_one_is_cut(page, story):
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto(Channel.objects.get(name="频道6").get_absolute_url())
    box = page.locator(".bar__list [aria-current]").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
