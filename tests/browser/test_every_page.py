"""What holds of every page for readers, in every edition and every look."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from editions.catalogue import EDITIONS, Edition
from tests.accessibility import violations
from tests.browser import every_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = (320, 360, 768, 1280)
OF_LAYOUT = ["target-size", "scrollable-region-focusable"]
TWICE_AS_LARGE = 640  # what is left of 1280 px when the browser enlarges to 200 %
TOO_WIDE = """() => {
    const {scrollWidth, clientWidth} = document.documentElement;
    return scrollWidth - clientWidth;
}"""
# What leads through the portal or sends something has room for a finger, by height and
# by width; every other link room for a pointer, unless it stands in a sentence.
SMALL_TARGETS = """least => {
    const frame = ".masthead a, nav a, .footer a, .chip, .action, button, summary, select, textarea, input:not([type=hidden], [type=checkbox], [type=radio])";
    const isInSentence = it => [...it.parentNode.childNodes].some(
        node => node.nodeType === 3 && node.textContent.trim());
    const small = [];
    for (const it of document.querySelectorAll("a[href], " + frame)) {
        if (!it.checkVisibility() || it.matches(".skip")) continue;
        const { width, height } = it.getBoundingClientRect();
        const limit = it.matches(frame) ? least : isInSentence(it) ? 0 : 24;
        if (width && Math.min(width, height) < limit - 0.5)
            small.push(`${it.textContent.trim()} ${width.toFixed()} by ${height.toFixed()}`);
    }
    return small;
}"""


@pytest.fixture
def pages() -> dict[str, str]:
    return every_page.build()


@pytest.fixture
def checked(browser: Browser, live_server) -> Iterator[Page]:
    # The checker is a script from outside, so this context alone sets the policy aside.
    with browser.new_context(
        base_url=live_server.url,
        bypass_csp=True,
        reduced_motion="reduce",
        viewport={"width": 1280, "height": 800},
    ) as context:
        yield context.new_page()


def test_no_page_shuts_anybody_out(checked: Page, pages):
    """axe: all rules on a wide screen in light colours; then what colours and sizes can
    change, in dark colours, and all rules in large type on a phone."""
    faults = []
    for name, path in pages.items():
        checked.goto(path)
        faults += [f"{name}: {fault}" for fault in violations(checked)]
        checked.emulate_media(color_scheme="dark")
        dark = violations(checked, ["color-contrast"])
        faults += [f"{name}, dark: {fault}" for fault in dark]
        checked.emulate_media(color_scheme="light")
        in_large_type(checked)
        faults += [f"{name}, large: {fault}" for fault in violations(checked)]
        checked.set_viewport_size({"width": 1280, "height": 800})
    assert faults == []


# Styles know nothing of editions: what words and their language can change is found by
# all rules in one look of each, and each look is tried in another edition as well.
# EVERY_LOOK=1 tries all of them in all editions.
LOOKS = {"zh-hant": ["light"], "zh-tw": ["dark"], "zh-hk": ["large"]}
ALL_LOOKS = ["light", "dark", "large"]


@pytest.mark.parametrize("edition", EDITIONS[1:], ids=lambda edition: edition.code)
def test_no_page_of_another_edition_shuts_anybody_out(
    checked: Page, pages, edition: Edition
):
    looks = ALL_LOOKS if os.environ.get("EVERY_LOOK") else LOOKS[edition.code]
    faults = []
    for name, path in pages.items():
        checked.goto(f"/{edition.prefix}{path}")
        for look in ALL_LOOKS:
            checked.emulate_media(color_scheme="dark" if look == "dark" else "light")
            if look == "large":
                in_large_type(checked)
            if look in looks:
                rules = None
            elif look == "large":
                rules = OF_LAYOUT
            else:
                continue
            found = violations(checked, rules)
            faults += [f"{name}, {look}: {fault}" for fault in found]
        checked.set_viewport_size({"width": 1280, "height": 800})
    assert faults == []


def in_large_type(page: Page) -> None:
    """On a phone, as a reader would have switched it."""
    page.set_viewport_size({"width": 360, "height": 800})
    page.evaluate("document.documentElement.dataset.type = 'large'")


@pytest.mark.parametrize("is_large", [False, True], ids=["usual", "large"])
def test_no_page_scrolls_sideways_or_has_controls_too_small(
    browser: Browser, live_server, pages, is_large
):
    faults = []
    with browser.new_context(base_url=live_server.url) as context:
        if is_large:
            context.add_cookies(
                [{"name": "jx_large", "value": "1", "url": live_server.url}]
            )
        tab = context.new_page()
        for name, path in pages.items():
            tab.goto(path)
            for width in (*WIDTHS, TWICE_AS_LARGE):
                tab.set_viewport_size({"width": width, "height": 800})
                if (left_over := tab.evaluate(TOO_WIDE)) > 0:
                    faults.append(f"{name}, {width} px: {left_over} px too wide")
            tab.set_viewport_size({"width": 360, "height": 800})
            small = tab.evaluate(SMALL_TARGETS, 56 if is_large else 44)
            faults += [f"{name}: {target}" for target in small]
    assert faults == []


def test_every_page_keeps_to_the_policy_and_loads_all_its_files(page: Page, pages):
    """The `page` fixture fails on any violation, error or request elsewhere."""
    gone = {"withdrawn", "expired", "missing"}  # the browser reports their status
    for name in [name for name in pages if name not in gone]:
        page.goto(pages[name])
        broken = page.evaluate(
            "[...document.images].filter(i => i.complete && !i.naturalWidth).length"
        )
        assert broken == 0, name


def test_keyboard_reaches_everything_and_leaves_it_again(page: Page, pages):
    """Tab from the top of a page comes to its end, and what has the focus shows it."""
    for name in ("home", "long story", "gallery", "topic", "search found", "report"):
        page.goto(pages[name])
        stops = page.evaluate(
            """[...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")]
            .filter(it => it.checkVisibility({visibilityProperty: true}) && !it.disabled && it.tabIndex >= 0).length"""
        )
        seen = 0
        for _ in range(stops + 5):
            page.keyboard.press("Tab")
            state = page.evaluate(FOCUS)
            if state is None:
                break
            assert state["drawn"], (name, state["what"])
            assert not state["covered"], (name, state["what"])
            seen += 1
        assert seen >= stops - 3, (name, seen, stops)


@pytest.mark.parametrize("is_large", [False, True], ids=["usual", "large"])
def test_channel_that_has_the_focus_is_whole_in_sight(page: Page, pages, is_large):
    """The bar of a phone is wider than its screen: Tab brings each channel into it."""
    page.set_viewport_size({"width": 360, "height": 780})
    if is_large:
        page.goto(pages["home"])
        page.get_by_role("button", name="大字").click()
    page.goto(pages["home"])
    seen = 0
    for _ in range(20):
        page.keyboard.press("Tab")
        hidden = page.evaluate(HIDDEN_IN_BAR)
        assert hidden is None or hidden <= 0.5, page.evaluate(
            "document.activeElement.textContent"
        )
        seen += hidden is not None
    assert seen >= 6


# How many pixels of the channel that has the focus are outside the bar; null elsewhere.
HIDDEN_IN_BAR = """() => {
    const list = document.activeElement.closest(".bar__list");
    if (!list) return null;
    const [it, seen] = [document.activeElement, list].map(e => e.getBoundingClientRect());
    return Math.max(0, seen.left - it.left, it.right - seen.right);
}"""

# What has the focus, whether a ring is drawn for it, and whether something hides it.
FOCUS = """() => {
    const it = document.activeElement;
    if (!it || it === document.body) return null;
    const rings = [it, it.closest(".card, .row, .lead, .headline, .person, .hit, .topic-card, .most-read__entry")];
    const drawn = rings.some(ring => ring && getComputedStyle(ring).outlineStyle !== "none");
    const box = it.getBoundingClientRect();
    const above = document.elementFromPoint(
        Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1),
        Math.min(Math.max(box.top + box.height / 2, 0), innerHeight - 1));
    const covered = box.width > 1 && above && !it.contains(above) && !above.contains(it)
        && getComputedStyle(above).position === "fixed";
    return {what: it.outerHTML.slice(0, 120), drawn, covered};
}"""
