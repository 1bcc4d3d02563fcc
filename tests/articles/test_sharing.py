"""The page with which a story is handed on, its code, and what the story page offers."""

import datetime
from io import BytesIO

import pytest
import zxingcpp
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from accounts.roles import Role
from articles import previews, publishing
from editions.catalogue import EDITIONS
from fronts.models import SiteIdentity
from tests import factories
from tests.markup import parsed, select, words_of

pytestmark = pytest.mark.django_db

PREFIXES = [f"/{edition.prefix}" if edition.prefix else "" for edition in EDITIONS]
HOUR = datetime.timedelta(hours=1)


def decoded(png: bytes) -> str:
    (code,) = zxingcpp.read_barcodes(Image.open(BytesIO(png)))
    return code.text


@pytest.mark.parametrize("prefix", PREFIXES)
def test_code_leads_to_the_story_in_the_same_edition(client, prefix):
    story = factories.article(published=True)
    response = client.get(f"{prefix}/share/{story.pk}/qr.png")
    assert response.headers["Content-Type"] == "image/png"
    address = f"{settings.SITE_URL}{prefix}/article/{story.pk}/"
    assert decoded(response.content) == address
    page = parsed(client.get(f"{prefix}/article/{story.pk}/"))
    assert select(page, "link[rel=canonical]")[0].get("href") == address


def test_code_is_black_on_white_with_a_margin_of_four_modules(client):
    story = factories.article(published=True)
    png = client.get(f"/share/{story.pk}/qr.png").content
    code = Image.open(BytesIO(png)).convert("L")
    assert {value for _, value in code.getcolors()} == {0, 255}
    left, top, right, bottom = Image.eval(code, lambda value: 255 - value).getbbox()
    assert left == top == code.width - right == code.height - bottom
    eye = next(x for x in range(left, right) if code.getpixel((x, top)) == 255) - left
    assert left * 7 == eye * 4  # an eye is seven modules wide
    assert code.width >= 2 * 200  # sharp at 200 px on a dense screen


@pytest.mark.parametrize("prefix", PREFIXES)
def test_share_page_offers_everything_without_scripts(client, prefix):
    story = factories.article(title="老街修好了", published=True)
    page = parsed(client.get(f"{prefix}/share/{story.pk}/"))
    code, field = (
        select(page, ".share__picture")[0],
        select(page, "label > textarea.share__address"),
    )
    assert code.get("src") == f"{prefix}/share/{story.pk}/qr.png"
    assert (code.get("width"), code.get("height")) == ("200", "200")
    address = f"{settings.SITE_URL}{prefix}/article/{story.pk}/"
    assert field[0].text == address
    assert field[0].get("readonly") is not None
    links = [link.get("href") for link in select(page, ".share a")]
    assert links == [f"{prefix}/article/{story.pk}/"] * 2
    assert words_of(page, "h1") == ["分享本文"]
    assert select(page, "meta[name=robots]")[0].get("content") == "noindex"


def test_share_page_speaks_the_script_of_its_edition(client):
    story = factories.article(title="老街修好了", published=True)
    for prefix, alt, caption in (
        ("", "本文二维码", "用微信扫一扫，在手机上看"),
        ("/zh-tw", "本文二維碼", "用微信掃一掃，在手機上看"),
    ):
        page = parsed(client.get(f"{prefix}/share/{story.pk}/"))
        assert select(page, ".share__picture")[0].get("alt") == alt
        assert words_of(page, "figcaption") == [caption]


PLACES = ("/share/{}/", "/share/{}/qr.png", "/share/{}/card-x.jpg")


@pytest.mark.parametrize("place", [*PLACES, "/share/{}/square-x.png"])
def test_what_readers_may_not_see_is_shared_no_more_than_shown(client, place):
    now = timezone.now()
    draft = factories.article()
    planned = factories.article()
    publishing.schedule(planned, now + HOUR, by=None, now=now)
    withdrawn = factories.article(published=True)
    publishing.withdraw(withdrawn, by=None, public_note="时间有误。")
    expired = factories.article(published=True)
    expired.published.update(visible_until=timezone.now())
    for story in (draft, planned, withdrawn, expired):
        here, there = client.get(place.format(story.pk)), f"/article/{story.pk}/"
        assert here.status_code == client.get(there).status_code
        assert here.status_code in {404, 410}
        assert here.headers["Content-Type"].startswith("text/html")
    assert client.get(place.format(10**15)).status_code == 404
    shown = factories.article(published=True)
    assert client.get(place.format(shown.pk)).status_code in {200, 302}
    assert client.post(place.format(shown.pk)).status_code == 405


def test_share_page_and_code_are_asked_for_again_on_every_visit(client):
    story = factories.article(published=True)
    for path in (f"/share/{story.pk}/", f"/share/{story.pk}/qr.png"):
        first = client.get(path)
        assert "max-age=0" in first.headers["Cache-Control"]
        mark = {"If-None-Match": first.headers["ETag"]}
        assert client.get(path, headers=mark).status_code == 304
        story.published.update(visible_until=timezone.now())
        assert client.get(path, headers=mark).status_code == 410
        story.published.update(visible_until=None)


def test_story_page_links_to_the_share_page(client):
    story = factories.article(title="老街修好了", published=True)
    page = parsed(client.get(f"/zh-hk/article/{story.pk}/"))
    (link,) = select(page, ".actions [data-share-open]")
    assert link.get("href") == f"/zh-hk/share/{story.pk}/"
    assert link.text_content() == "分享"
    (dialog,) = select(page, "dialog")
    assert dialog.get("data-title") == "老街修好了"
    assert words_of(page, "dialog h2") == ["分享本文"]
    assert select(page, ".actions [data-reading-actions]")[0].get("hidden") is None


def test_what_needs_a_script_is_hidden_without_one(client):
    story = factories.article(published=True)
    for path in (f"/article/{story.pk}/", f"/share/{story.pk}/"):
        page = parsed(client.get(path))
        buttons = select(page, "main button[type=button]")
        assert buttons
        assert all(button.get("hidden") is not None for button in buttons)
        assert select(page, "[data-share-wechat]")[0].get("hidden") is not None


def test_codes_are_loaded_when_they_are_looked_at(client):
    story = factories.article(published=True)
    page = parsed(client.get(f"/article/{story.pk}/"))
    codes = [
        image for image in select(page, "img") if image.get("src").endswith("qr.png")
    ]
    assert [code.get("loading") for code in codes] == ["lazy", "lazy"]


def test_first_picture_of_the_page_is_the_lead(client):
    story = factories.article(cover=factories.picture(), published=True)
    page = parsed(client.get(f"/article/{story.pk}/"))
    large = [
        image
        for image in select(page, "body img")
        if image.get("loading") != "lazy" and int(image.get("width")) > 300
    ]
    assert large[0].get("fetchpriority") == "high"
    assert select(page, "[data-square]") == []


def test_story_without_a_picture_has_a_card_to_lend(client):
    story = factories.article(published=True)
    page = parsed(client.get(f"/zh-tw/article/{story.pk}/"))
    path = select(page, "[data-square]")[0].get("data-square")
    assert path.startswith(f"/zh-tw/share/{story.pk}/square-")
    assert client.get(path).headers["Content-Type"] == "image/png"


def test_pages_are_the_same_for_every_browser(client):
    story = factories.article(published=True)
    for path in (f"/article/{story.pk}/", f"/share/{story.pk}/"):
        usual = client.get(path)
        wechat = client.get(path, headers={"User-Agent": "MicroMessenger/8.0"})
        assert usual.content == wechat.content
        assert "User-Agent" not in usual.headers.get("Vary", "")


def test_paper_says_where_the_words_came_from(client):
    SiteIdentity(name="樟溪门户").save()
    dated = datetime.datetime(
        2022, 6, 17, 8, 18, tzinfo=timezone.get_default_timezone()
    )
    story = factories.article(published_at=dated)
    page = parsed(client.get(f"/zh-tw/article/{story.pk}/"))
    (printed,) = words_of(page, ".printed")
    address = f"{settings.SITE_URL}/zh-tw/article/{story.pk}/"
    assert f"打印自 樟溪門戶 {address}" in printed
    assert "文字版：臺灣" in printed
    assert "2022年6月17日 08:18" in printed


def test_preview_cannot_be_shared(client):
    link = previews.share(factories.article(), days=3, by=factories.staff(Role.EDITOR))
    page = parsed(
        client.get(reverse("articles:preview", args=[previews.token_of(link)]))
    )
    assert select(page, ".prose")
    assert select(page, "dialog") == []
    assert select(page, "[data-share-open]") == []
    assert select(page, ".printed") == []
