"""The pictures that stand for a story elsewhere: their lines, their type, their addresses."""

import datetime
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils import timezone
from hypothesis import given, settings as hypothesis_settings, strategies
from PIL import Image, ImageChops

from articles import publishing
from articles.cards import drawing
from articles.cards.drawing import Words, landscape, square
from articles.cards.faces import FOLDERS, MISSING, Pen, _index, slice_of
from articles.cards.lines import NOT_FIRST, NOT_LAST, broken, cut
from articles.models import Article
from articles.models.desk import Script
from editions.catalogue import EDITIONS, by_code
from editions.conversion import convert
from editions.models import Term
from editions.words import line_breaks
from fronts import share_cards
from fronts.models import SiteIdentity
from tests import factories
from tests.markup import parsed, select

SHORT = "老街修好了"
USUAL = "沿着小河走一遭——从源头一直走到湖边的四十七公里 三座桥"
LONG = "樟溪县开展春季农村黑臭水体、生活垃圾、畜禽粪污“三清一改”专项行动 九十八个行政村全部完成验收"
LONGEST = "很长的标题" * 24


def words(title: str = SHORT, **more) -> Words:
    usual = {
        "breaks": tuple(line_breaks(title)),
        "channel": "乡村振兴",
        "date": "2022年6月17日",
        "site": "樟溪门户",
        "seal": "樟",
        "face": "sc",
    }
    return Words(title=title, **usual | more)


def opened(picture: bytes) -> Image.Image:
    return Image.open(BytesIO(picture)).convert("RGB")


def by_length(text: str) -> float:
    return len(text)


def lines_of(title: str, width: float, most: int, breaks=()) -> list[str]:
    return broken(title, breaks, by_length, width, most).lines


# Lines


def test_title_that_fits_stands_on_one_line():
    assert lines_of(SHORT, 10, 3) == [SHORT]


def test_lines_end_between_words():
    title = "樟溪县构建基层党建全域提升新格局"
    breaks = line_breaks(title)
    ends = {title.index(line) for line in lines_of(title, 9, 3, breaks)} - {0}
    assert ends
    assert ends <= set(breaks)


def test_lines_end_with_a_clause_where_they_can():
    assert lines_of("白鹭湖冬候鸟到齐 首次数到三万只", 12, 3) == [
        "白鹭湖冬候鸟到齐",
        "首次数到三万只",
    ]
    assert "走一遭——" in lines_of("沿着小河走一遭——四十七公里", 8, 3)
    assert lines_of("有人管：各村办起食堂", 8, 2)[0] == "有人管："


def test_a_time_is_no_end_of_a_clause():
    assert any("10：30" in line for line in lines_of("早上10：30开门", 7, 2))


@pytest.mark.parametrize("whole", ["GPU-2026", "0.17", "……", "——", "《书》", "“好”"])
def test_what_belongs_together_stays_on_one_line(whole):
    assert any(whole in line for line in lines_of(f"山水之间{whole}再走一走", 8, 4))


def test_a_title_that_does_not_fit_is_refused_and_can_be_cut():
    assert broken(LONGEST, (), by_length, 10, 3) is None
    lines = cut(LONGEST, by_length, 10, 3)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert LONGEST.startswith("".join(lines).removesuffix("…"))


MARKS = strategies.text("山水村桥GPU19 ，。：！“”《》（）、—…", min_size=1, max_size=40)


@given(MARKS, strategies.integers(4, 12))
@hypothesis_settings(max_examples=150, deadline=None)
def test_no_line_is_too_long_or_begins_or_ends_with_the_wrong_mark(title, width):
    setting = broken(title, (), by_length, width, 8)
    if setting is None:
        return
    lines = setting.lines
    assert "".join("".join(lines).split()) == "".join(title.split())
    assert all(len(line) <= width for line in lines)
    for before, line in pairwise(lines):
        assert line[:1] not in NOT_FIRST
        assert before[-1:] not in NOT_LAST


# Type


def test_every_usual_character_can_be_drawn_in_every_edition():
    usual = [
        bytes([high, low]).decode("gb2312")
        for high in range(0xB0, 0xD8)
        for low in range(0xA1, 0xFF if high < 0xD7 else 0xFA)
    ]
    assert len(usual) == 3755
    for edition in EDITIONS:
        text = convert("\n".join(usual), edition.code)
        drawn = [
            one for one in text.split() if slice_of(one, "sc") or slice_of(one, "tc")
        ]
        assert len(drawn) == 3755, edition.code


def test_each_script_has_its_own_face():
    assert slice_of("骨", "sc").parent == FOLDERS["sc"]
    assert slice_of("骨", "tc").parent == FOLDERS["tc"]
    assert landscape(words("骨")) != landscape(words("骨", face="tc"))


def test_what_one_face_lacks_the_other_draws():
    assert slice_of("龄", "tc") is None
    assert slice_of("龄", "sc")
    assert slice_of("㛃", "sc") is slice_of("㛃", "tc") is None
    assert Pen("tc")._drawn("龄") == Pen("sc")._drawn("龄")


def test_a_character_that_nobody_draws_is_marked_and_not_left_out():
    assert Pen("sc").width("㛃", 60) == Pen("sc").width(MISSING, 60) == 60
    assert square(words("㛃")) == square(words(MISSING))


def test_opening_mark_at_the_edge_leaves_no_hole():
    pen = Pen("sc")
    assert pen.width("《书》", 60) == 150
    assert pen.width("读《书》", 60) == 240


def test_indexed_slices_are_there_and_small_together():
    files = [file for folder in FOLDERS.values() for file in folder.iterdir()]
    assert sum(file.stat().st_size for file in files) <= 6_000_000
    for folder in FOLDERS.values():
        assert (folder / "LICENSE").exists()
    used = {FOLDERS[face] / name for face in FOLDERS for *_, name in _index(face)[1]}
    assert used == {file for file in files if file.suffix == ".woff2"}


def test_fonts_are_not_served_to_readers():
    for file in ("fonts/VENDOR.md", "cards/fonts/VENDOR.md", "VENDOR.md"):
        assert finders.find(file) is None


# Pictures


@pytest.mark.parametrize("title", [SHORT, USUAL, LONG, LONGEST])
def test_cards_have_their_size_and_weight(title):
    wide, even = landscape(words(title)), square(words(title))
    assert Image.open(BytesIO(wide)).format == "JPEG"
    assert opened(wide).size == (1200, 630)
    assert len(wide) <= 120 * 1024
    assert opened(even).size == (600, 600)
    assert len(even) <= 40 * 1024


def test_a_restless_picture_keeps_to_the_weight():
    noise = Image.effect_noise((900, 900), 200)
    assert len(landscape(words(LONG), noise)) <= 120 * 1024


def test_title_stays_clear_of_channel_picture_and_sender():
    plain, full = (opened(landscape(words(title))) for title in (MISSING, LONGEST))
    for area in ((0, 0, 1200, 150), (0, 490, 1200, 630)):
        change = ImageChops.difference(plain.crop(area), full.crop(area))
        assert max(highest for _, highest in change.getextrema()) < 60  # JPEG's own
    with_picture = opened(
        landscape(words(LONGEST), Image.new("RGB", (900, 900), "#0000ff"))
    )
    column = with_picture.crop((700, 60, 1140, 570)).getcolors(1_000_000)
    assert all(blue > 200 and red < 60 for _, (red, _, blue) in column)


def test_picture_is_cut_around_its_focus():
    halves = Image.new("RGB", (2000, 500), "#ff0000")
    halves.paste("#0000ff", (1000, 0, 2000, 500))
    left = opened(landscape(words(), halves, (0.1, 0.5))).getpixel((900, 300))
    right = opened(landscape(words(), halves, (0.9, 0.5))).getpixel((900, 300))
    assert left[0] > 200 > right[0]


def test_emblem_takes_the_place_of_the_seal():
    emblem = Image.new("RGB", (160, 160), "#0000ff")
    drawn = opened(landscape(words(), emblem=emblem)).getcolors(1_000_000)
    assert sum(count for count, (_, _, blue) in drawn if blue > 250) > 4000


# Addresses


def story(**more) -> Article:
    return factories.article(**{"title": SHORT, "published": True, **more})


def head(client, path: str) -> dict[str, str]:
    page = parsed(client.get(path))
    metas = select(page, "meta[property]") + select(page, "meta[name]")
    return {
        meta.get("property") or meta.get("name"): meta.get("content") for meta in metas
    }


def card_of(client, path: str) -> str:
    return head(client, path)["og:image"].removeprefix(settings.SITE_URL)


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["", "/zh-hant", "/zh-tw", "/zh-hk"])
def test_story_page_names_its_card(client, prefix):
    article = story()
    meta = head(client, f"{prefix}/article/{article.pk}/")
    address = f"{settings.SITE_URL}{prefix}/share/{article.pk}/card-"
    assert meta["og:image"].startswith(address)
    assert (meta["og:image:width"], meta["og:image:height"]) == ("1200", "630")
    assert meta["og:image:type"] == "image/jpeg"
    assert convert(meta["og:image:alt"], "zh-hans", source="zh-Hant") == SHORT
    assert meta["twitter:card"] == "summary_large_image"
    response = client.get(meta["og:image"].removeprefix(settings.SITE_URL))
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/jpeg"
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "max-age=0" in response.headers["Cache-Control"]


@pytest.mark.django_db
def test_an_old_address_leads_to_the_card_of_today(client):
    article = story()
    path = f"/zh-tw/article/{article.pk}/"
    old = card_of(client, path)
    SiteIdentity(name="樟溪门户").save()
    new = card_of(client, path)
    assert new != old
    assert client.get(old).headers["Location"] == new
    assert client.get(new).status_code == 200


@pytest.mark.django_db
def test_another_version_of_the_story_has_another_address(client):
    article = story()
    path = f"/article/{article.pk}/"
    old = card_of(client, path)
    Article.objects.filter(pk=article.pk).update(title="老街又修好了")
    publishing.replace(Article.objects.get(pk=article.pk), by=None)
    assert card_of(client, path) != old


@pytest.mark.django_db
def test_a_card_is_drawn_once_and_goes_with_its_story(client, monkeypatch):
    drawn = []
    monkeypatch.setattr(
        drawing, "landscape", lambda words, *_: drawn.append(words) or b"drawn"
    )
    article = story()
    address = card_of(client, f"/article/{article.pk}/")
    assert [client.get(address).content for _ in range(3)] == [b"drawn"] * 3
    assert len(drawn) == 1
    publishing.withdraw(article, by=None, public_note="时间有误。")
    gone = client.get(address)
    assert gone.status_code == 410
    assert b"drawn" not in gone.content


@pytest.mark.django_db
def test_a_card_costs_few_queries(client, django_assert_max_num_queries):
    article = story(cover=factories.picture())
    address = card_of(client, f"/zh-tw/article/{article.pk}/")
    with django_assert_max_num_queries(3):  # story, site, glossary
        assert client.get(address).status_code == 200


def said(article: Article, edition: str) -> Words:
    published = article.published.select_related("channel", "cover").get()
    return share_cards.words_of(published, by_code(edition), SiteIdentity.current())


@pytest.mark.django_db
def test_card_speaks_the_script_of_its_edition():
    SiteIdentity(name="樟溪门户", name_hk="樟溪網", seal="门").save()
    day = datetime.datetime(2022, 6, 17, 23, 30, tzinfo=timezone.get_default_timezone())
    article = story(
        title="头发长了", channel=factories.channel(name="乡村"), published_at=day
    )
    here, there = said(article, "zh-hans"), said(article, "zh-hk")
    assert (here.title, here.channel, here.site) == ("头发长了", "乡村", "樟溪门户")
    assert (there.title, there.channel, there.site) == ("頭髮長了", "鄉村", "樟溪網")
    assert (here.seal, there.seal) == ("门", "門")
    assert (here.face, there.face) == ("sc", "tc")
    assert here.date == there.date == "2022年6月17日"
    assert here.breaks == there.breaks


@pytest.mark.django_db
def test_authors_own_traditional_stays_as_it_is():
    article = story(title="臺灣麵條裡的學問", script=Script.HANT)
    assert said(article, "zh-tw").title == "臺灣麵條裡的學問"
    assert said(article, "zh-hans").title == "台湾面条里的学问"


@pytest.mark.django_db
def test_glossary_form_of_another_length_takes_the_offsets_away():
    article = story(title="樟溪短视频大赛开幕")
    assert said(article, "zh-tw").breaks
    Term.objects.create(source="短视频", form_zh_tw="短影音片")
    assert said(article, "zh-tw").title == "樟溪短影音片大賽開幕"
    assert said(article, "zh-tw").breaks == ()


@pytest.mark.django_db
def test_card_says_what_is_advertising():
    article = story(channel=factories.channel(name="乡村"))
    article.published.update(is_promotion=True)
    assert said(article, "zh-hans").channel == "推广 · 乡村"


@pytest.mark.django_db
def test_card_is_drawn_without_a_picture_whose_file_is_lost(client, settings):
    article = story(cover=factories.picture())
    for file in Path(settings.MEDIA_ROOT).rglob("*.*"):
        file.unlink()
    address = card_of(client, f"/article/{article.pk}/")
    assert opened(client.get(address).content).size == (1200, 630)
