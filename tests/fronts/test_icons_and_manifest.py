"""The mark of the site: icons drawn from the seal or the emblem, and the manifest."""

from io import BytesIO

import pytest
from PIL import Image

from editions.catalogue import EDITIONS
from fronts import icons
from fronts.models import SiteIdentity
from tests import factories
from tests.markup import parsed, select
from tests.validation import json_faults

pytestmark = pytest.mark.django_db

STAMP = (0x9E, 0x2B, 0x20)
GREEN = (0x1E, 0x5B, 0x48)  # of the pictures that factories make


def identity(**fields) -> SiteIdentity:
    made = SiteIdentity(**{"name": "樟溪门户", "seal": "樟", **fields})
    made.save()
    return made


def image_at(client, path: str) -> Image.Image:
    response = client.get(path)
    assert response.status_code == 200, path
    return Image.open(BytesIO(response.content))


def pixels(image: Image.Image, colour: tuple[int, int, int]) -> int:
    return sum(
        count for count, one in image.convert("RGB").getcolors(70000) if one == colour
    )


def icon_links(client, path: str = "/") -> dict[str, str]:
    links = select(parsed(client.get(path)), "link[sizes]")
    return {link.get("sizes"): link.get("href") for link in links}


def test_pages_name_icons_that_open_in_the_size_they_say(client):
    identity()
    links = icon_links(client)
    assert list(links) == ["32x32", "192x192", "180x180"]
    for size, path in links.items():
        image = image_at(client, path)
        assert image.format == "PNG"
        assert f"{image.width}x{image.height}" == size
        assert image.getpixel((0, 0)) == STAMP
        assert pixels(image, (255, 255, 255)) > image.width


def test_icon_shows_the_seal_of_this_site(client):
    drawn = set()
    for seal in ("樟", "金", "龘"):
        identity(seal=seal)
        drawn.add(client.get(icon_links(client)["192x192"]).content)
    assert len(drawn) == 3


def test_icon_has_an_address_of_its_own_for_every_mark(client):
    identity(seal="金")
    old = icon_links(client)["192x192"]
    assert "immutable" in client.get(old).headers["Cache-Control"]
    identity(seal="樟")
    new = icon_links(client)["192x192"]
    assert new != old
    response = client.get(old)
    assert response.status_code == 302
    assert response.headers["Location"] == new


def test_emblem_takes_the_place_of_the_seal(client):
    identity(emblem=factories.picture(width=90, height=60))
    for path in icon_links(client).values():
        image = image_at(client, path)
        assert image.getpixel((image.width // 2, image.height // 2)) == GREEN
    version = icons.version_of(SiteIdentity.current())
    maskable = image_at(client, f"/icons/{version}/512-maskable.png")
    assert maskable.getpixel((256, 256)) == GREEN
    assert maskable.getpixel((20, 20)) != GREEN


def test_lost_emblem_leaves_the_seal(client):
    emblem = factories.picture()
    identity(emblem=emblem)
    emblem.file.storage.delete(emblem.file.name)
    image = image_at(client, icon_links(client)["192x192"])
    assert image.getpixel((0, 0)) == STAMP


def test_maskable_icon_keeps_its_middle_inside_the_circle(client):
    version = icons.version_of(identity())
    image = image_at(client, f"/icons/{version}/512-maskable.png").convert("L")
    box = image.point(lambda value: 255 if value > 128 else 0).getbbox()
    radius = 0.4 * 512
    for x in (box[0], box[2]):
        for y in (box[1], box[3]):
            assert (x - 256) ** 2 + (y - 256) ** 2 <= radius**2


def test_icon_of_no_size_is_404(client):
    version = icons.version_of(identity())
    for name in ("33", "x", "512-"):
        assert client.get(f"/icons/{version}/{name}.png").status_code == 404


def test_favicon_has_three_sizes(client):
    identity()
    response = client.get("/favicon.ico")
    assert response.headers["Content-Type"] == "image/x-icon"
    image = Image.open(BytesIO(response.content))
    assert image.info["sizes"] == {(16, 16), (32, 32), (48, 48)}


def test_mark_is_drawn_once(client, monkeypatch):
    identity(seal="溪")
    path = icon_links(client)["192x192"]
    first = client.get(path).content
    monkeypatch.setattr(icons, "_drawn", None)
    assert client.get(path).content == first


def test_manifest_of_every_edition_is_valid_and_leads_to_it(client):
    identity(name_tw="樟溪入口", tagline="后天的事")
    names = {
        "": "樟溪门户",
        "/zh-hant": "樟溪門戶",
        "/zh-tw": "樟溪入口",
        "/zh-hk": "樟溪門户",
    }
    for edition in EDITIONS:
        prefix = f"/{edition.prefix}" if edition.prefix else ""
        links = select(parsed(client.get(f"{prefix}/")), "link[rel=manifest]")
        assert [link.get("href") for link in links] == [
            f"{prefix}/manifest.webmanifest"
        ]
        response = client.get(f"{prefix}/manifest.webmanifest")
        assert response.headers["Content-Type"] == "application/manifest+json"
        manifest = response.json()
        assert json_faults(manifest, "manifest") == []
        assert manifest["name"] == names[prefix]
        assert manifest["lang"] == edition.lang
        assert manifest["start_url"] == f"{prefix}/"
        assert manifest["description"] == ("後天的事" if prefix else "后天的事")
    for icon in manifest["icons"]:
        image = image_at(client, icon["src"])
        assert f"{image.width}x{image.height}" == icon["sizes"]


def test_manifest_of_a_site_that_says_little_is_valid(client):
    assert json_faults(client.get("/manifest.webmanifest").json(), "manifest") == []


def test_schema_of_the_manifest_sees_what_is_missing(client):
    manifest = client.get("/manifest.webmanifest").json()
    manifest["icons"] = [
        icon for icon in manifest["icons"] if icon["purpose"] != "maskable"
    ]
    assert json_faults(manifest, "manifest") != []


def test_marks_only_read(client):
    version = icons.version_of(identity())
    for path in ("/favicon.ico", "/manifest.webmanifest", f"/icons/{version}/32.png"):
        assert client.post(path).status_code == 405


@pytest.mark.parametrize(
    ("prefix", "locale"),
    [("", "zh_CN"), ("/zh-hant", "zh_TW"), ("/zh-tw", "zh_TW"), ("/zh-hk", "zh_HK")],
)
def test_pages_name_their_edition_as_social_sites_do(client, settings, prefix, locale):
    page = parsed(client.get(f"{prefix}/"))
    properties = {
        tag.get("property"): tag.get("content")
        for tag in select(page, "meta[property]")
    }
    assert properties["og:locale"] == locale
    assert properties["og:url"] == f"{settings.SITE_URL}{prefix}/"
