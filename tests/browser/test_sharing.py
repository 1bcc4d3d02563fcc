"""Handing a story on and printing it, as only a browser shows."""

from io import BytesIO
from itertools import cycle, islice
from urllib.parse import urlsplit

import pytest
import zxingcpp
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from articles import publishing
from articles.models import Article, Section
from fronts.models import SiteIdentity
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NARROW = {"width": 360, "height": 780}
WECHAT = "Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0.50"
SHARES = """
navigator.canShare = () => true;
navigator.share = async shared => { window.shared = shared; };
"""
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', {value: undefined})"
SENTENCES = (
    "溪边的水碓又转起来了，隔着半条街也听得见。",
    "老木匠把三十年没有动过的轮轴拆下来，一根一根晾在檐下，等天晴。",
    "村里的年轻人起初不信它还能舂米，后来每天放学都来看一会儿。",
    "第一斗米舂出来的那个早晨，雾很大，来的人把鞋都走湿了。",
    "账本上写着每一块木料从哪里来，花了多少钱，谁扛下山的。",
    "修它不为卖票，只为让用过它的人再听一回，没有听过的人知道米是怎么来的。",
    "冬天水小，它转得慢；开春水大，它一分钟要落下十七次。",
)


def paragraphs(length: int) -> str:
    """Invented text of about so many characters."""
    text, pieces = "", []
    for sentence in islice(cycle(SENTENCES), 400):
        pieces.append(sentence)
        if len(pieces) == 4:
            text += f"<p>{''.join(pieces)}</p>"
            pieces = []
        if len(text) > length:
            break
    return text


def codes(image: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(image.convert("L"))]


@pytest.fixture
def story() -> Article:
    SiteIdentity(name="樟溪门户", seal="樟").save()
    return factories.article(title="老街修好了", published=True)


def test_dialog_hands_the_story_on_and_gives_the_focus_back(page: Page, story):
    page.context.grant_permissions(["clipboard-write"])
    page.set_viewport_size(NARROW)
    page.goto(f"/zh-tw/article/{story.pk}/")
    assert not page.evaluate("performance.getEntries().some(e => /qr/.test(e.name))")
    opener = page.get_by_role("link", name="分享", exact=True)
    opener.press("Enter")
    dialog = page.get_by_role("dialog", name="分享本文")
    expect(dialog).to_be_visible()
    shot = dialog.get_by_alt_text("本文二維碼").screenshot()
    assert codes(Image.open(BytesIO(shot))) == [
        f"{settings.SITE_URL}/zh-tw/article/{story.pk}/"
    ]
    dialog.get_by_role("button", name="複製").click()
    expect(dialog.get_by_role("status")).to_have_text("已複製")
    expect(dialog.get_by_role("button", name="更多分享")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()


def test_phone_keeps_printing_in_the_panel(page: Page, story):
    page.set_viewport_size(NARROW)
    page.goto(f"/article/{story.pk}/")
    prints = page.get_by_role("button", name="打印")
    expect(prints).to_have_count(0)
    page.get_by_role("link", name="分享", exact=True).click()
    expect(
        page.get_by_role("dialog").get_by_role("button", name="打印")
    ).to_be_visible()


def test_address_is_selected_where_it_cannot_be_copied(page: Page, story):
    page.add_init_script(NO_CLIPBOARD)
    page.goto(f"/share/{story.pk}/")
    page.get_by_role("button", name="复制链接").click()
    expect(page.get_by_role("status")).to_have_text("网址已选中，请复制")
    expect(page.get_by_label("本文网址")).to_be_focused()
    selected = page.evaluate("getSelection().toString()")
    assert selected.endswith(f"/article/{story.pk}/")


def test_browser_that_can_share_is_asked_to(page: Page, story):
    page.add_init_script(SHARES)
    page.goto(f"/article/{story.pk}/")
    page.get_by_role("link", name="分享", exact=True).click()
    page.get_by_role("button", name="更多分享").click()
    shared = page.evaluate("window.shared")
    assert shared["title"] == "老街修好了"
    assert shared["url"] == f"{settings.SITE_URL}/article/{story.pk}/"
    expect(page.get_by_text("转发")).to_be_hidden()


def test_wechat_is_told_its_own_way_and_lent_a_card(
    browser: Browser, live_server, story
):
    with browser.new_context(base_url=live_server.url, user_agent=WECHAT) as context:
        page = context.new_page()
        page.add_init_script(SHARES)
        page.goto(f"/article/{story.pk}/")
        page.get_by_role("link", name="分享", exact=True).click()
        expect(page.get_by_text("点右上角“···”转发")).to_be_visible()
        expect(page.get_by_role("button", name="更多分享")).to_have_count(0)
        first = page.locator("body > img").first
        expect(first).to_be_hidden()
        assert first.evaluate("async i => (await i.decode(), i.naturalWidth)") == 600
        assert page.evaluate("document.images[0].className") == "lent-card"


@pytest.mark.parametrize(("theme", "width"), [("light", 320), ("dark", 1280)])
def test_panel_shuts_nobody_out(browser: Browser, live_server, story, theme, width):
    with browser.new_context(
        base_url=live_server.url,
        bypass_csp=True,  # the checker is a script from outside
        color_scheme=theme,
        viewport={"width": width, "height": 780},
    ) as context:
        page = context.new_page()
        for path in (f"/share/{story.pk}/", f"/article/{story.pk}/"):
            page.goto(path)
            if "article" in path:
                page.get_by_role("link", name="分享", exact=True).click()
            found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
            assert [fault["id"] for fault in found] == []
            left_over = "document.documentElement.scrollWidth - innerWidth"
            assert page.evaluate(left_over) <= 0


def test_long_story_prints_on_four_sheets_with_its_address_and_code(page: Page, story):
    long = factories.article(title="水碓又响了", body=paragraphs(600))
    for place, heading in enumerate(["拆", "修", "响"], start=2):
        Section.objects.create(
            article=long,
            position=place * 10,
            heading=f"{heading}了一个冬天",
            subheading="这一行说得更细一些",
            body=paragraphs(800),
        )
    publishing.publish(long, by=None)
    assert 2800 <= long.published.get().length <= 3600
    page.emulate_media(color_scheme="dark")
    page.goto(f"/article/{long.pk}/")
    asked = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_load_state("networkidle")
    assert f"/share/{long.pk}/qr.png" not in asked
    sheets = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert [round(float(side)) for side in sheets[0].mediabox[2:]] == [595, 842]
    assert len(sheets) <= 4
    assert f"/article/{long.pk}/" in sheets[-1].extract_text()
    assert "搜索" not in "".join(sheet.extract_text() for sheet in sheets)
    assert f"/share/{long.pk}/qr.png" in asked
    printed = [code for image in sheets[-1].images for code in codes(image.image)]
    assert printed == [f"{settings.SITE_URL}/article/{long.pk}/"]
    page.emulate_media(media="print")
    for selector in (".story__title", ".facts", ".prose p", ".prose h2", ".printed"):
        ink = page.locator(selector).first.evaluate("e => getComputedStyle(e).color")
        assert ink == "rgb(0, 0, 0)", selector
