"""The picture library in a browser: many at a time, cutting by hand, for everybody.

The `page` fixture fails each of these tests on any violation of the content policy.
"""

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from accounts.roles import Role
from pictures.models import Picture
from tests import factories
from tests.accessibility import violations
from tests.browser.test_admin import sign_in
from tests.pictures.images import drawn, encoded

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LIST = reverse("admin:pictures_picture_changelist")
ADD = reverse("admin:pictures_picture_add")


@pytest.fixture
def desk(page: Page, live_server) -> Page:
    sign_in(page, live_server.url)
    return page


def as_file(name: str, data: bytes) -> dict:
    return {"name": name, "mimeType": "image/jpeg", "buffer": data}


def test_many_pictures_come_in_each_by_itself_and_a_refused_one_says_why(desk):
    desk.goto(ADD)
    files = [
        as_file("桥.jpg", encoded(drawn(1))),
        as_file("河.jpg", encoded(drawn(5))),
        as_file("坏.jpg", b"<svg/>"),
    ]
    desk.locator("input[type=file]").set_input_files(files)
    cards = desk.locator(".upload__card")
    expect(cards).to_have_count(3)
    cards.nth(0).get_by_label("替代文字").fill("桥")
    cards.nth(2).get_by_label("替代文字").fill("坏")
    desk.get_by_label("摄影或来源").fill("林渡")
    desk.get_by_role("button", name="全部入库").click()
    expect(desk.locator("[data-progress]")).to_contain_text("已入库 1 张，还有 2 张")
    expect(cards.nth(1)).to_contain_text("写上替代文字")
    expect(cards.nth(2)).to_contain_text("坏.jpg 没有入库：不收 SVG")
    expect(cards.nth(1).get_by_label("替代文字")).to_be_focused()
    cards.nth(2).get_by_role("button", name="不传这张").click()
    cards.nth(1).get_by_label("替代文字").fill("河")
    desk.get_by_role("button", name="入库", exact=True).click()
    expect(desk.locator("[data-progress]")).to_contain_text("已入库 2 张，还有 0 张")
    said = Picture.objects.order_by("pk").values_list("title", "alt_text", "credit")
    assert list(said) == [("桥", "桥", "林渡"), ("河", "河", "林渡")]


def test_crop_is_made_by_keys_and_every_form_is_shown(desk):
    picture = factories.picture(width=900, height=600)
    desk.goto(reverse("admin:pictures_picture_change", args=[picture.pk]))
    expect(desk.locator(".framing__button canvas")).to_have_count(5)
    desk.get_by_role("button", name="人物 3:4").click()
    desk.locator("[data-stage]").focus()
    desk.keyboard.press("-")
    desk.keyboard.press("ArrowLeft")
    expect(desk.get_by_role("button", name="人物 3:4")).to_contain_text("手动")
    desk.get_by_role("button", name="保存", exact=True).click()
    expect(desk.locator(".messagelist")).to_be_visible()
    picture.refresh_from_db()
    assert set(picture.crops) == {"3:4"}


@pytest.mark.parametrize("width", [360, 1280])
def test_pages_of_the_library_keep_the_rules_and_scroll_one_way(
    browser: Browser, live_server, width
):
    picture = factories.picture(width=900, height=600, rights="unknown")
    factories.article(cover=picture)
    change = reverse("admin:pictures_picture_change", args=[picture.pk])
    replace = reverse("admin:pictures_picture_replace", args=[picture.pk])
    # The checker is a script from outside: this context alone sets the policy aside.
    with browser.new_context(
        base_url=live_server.url,
        viewport={"width": width, "height": 800},
        bypass_csp=True,
    ) as context:
        page = context.new_page()
        sign_in(page, live_server.url)
        for address in (LIST, ADD, change, replace):
            page.goto(address)
            assert violations(page) == [], address
            across = page.evaluate("document.documentElement.scrollWidth")
            assert across <= width, address


def test_reporter_may_look_at_the_library_and_bring_pictures(page, live_server):
    sign_in(page, live_server.url, role=Role.REPORTER)
    factories.picture()
    page.goto(LIST)
    expect(page.locator(".library__item")).to_have_count(1)
    expect(page.get_by_role("link", name="上传图片")).to_be_visible()
