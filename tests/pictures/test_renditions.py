"""The sizes of pictures: how they are cut, what they weigh, who makes them."""

import io
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone
from PIL import Image, ImageFilter

from pictures.framing import Box, box_of
from pictures.models import Picture
from pictures.rendering import render, render_next
from pictures.renditions import PHONE_BYTES, Renditions, all_of, folder_of, make
from pictures.slots import CARD, LEAD, PORTRAIT, RATIOS, SHARE
from pictures.sweeping import YOUNG, orphans
from pictures.templatetags.pictures import tone_of
from tests import factories
from tests.pictures.images import drawn, encoded

pytestmark = pytest.mark.django_db


def stored(image: Image.Image, **fields) -> Picture:
    file = ContentFile(encoded(image, quality=90), name="a.jpg")
    return factories.picture(file=file, **fields)


def run(command: str, *options: str) -> str:
    out = io.StringIO()
    call_command(command, *options, stdout=out, stderr=out)
    return out.getvalue()


def test_cut_keeps_the_focal_point_and_stays_in_the_picture():
    picture = factories.picture(width=1_000, height=400)
    assert box_of(picture, PORTRAIT) == Box(350, 0, 300, 400)
    picture.focal_point = "0.05x0.5"
    assert box_of(picture, PORTRAIT) == Box(0, 0, 300, 400)
    picture.focal_point = "1x1"
    assert box_of(picture, PORTRAIT) == Box(700, 0, 300, 400)
    assert box_of(picture, LEAD) == Box(0, 0, 1_000, 400)


def test_cut_by_hand_goes_before_the_focal_point():
    picture = factories.picture(
        width=1_000, height=1_000, crops={"3:2": [0.1, 0.2, 0.6, 0.4]}
    )
    assert box_of(picture, CARD) == Box(100, 200, 600, 400)


def test_what_is_drawn_is_the_part_that_was_meant():
    image = Image.new("RGB", (1_200, 800), "blue")
    image.paste("red", (600, 0, 1_200, 400))
    picture = stored(image, crops={"3:2": [0.5, 0, 0.5, 0.5]})
    size = Renditions(picture, CARD).jpegs[0]
    make(picture, [size])
    with default_storage.open(size.name) as file, Image.open(file) as made:
        assert made.size == (360, 240)
        red, _, blue = made.convert("RGB").getpixel((5, 235))
    assert red > 200 > 50 > blue


def test_transparent_parts_are_white_in_every_size():
    file = ContentFile(
        encoded(Image.new("RGBA", (400, 300), (0, 0, 0, 0)), "PNG"), name="a.png"
    )
    picture = factories.picture(file=file)
    size = Renditions(picture, CARD).fallback
    make(picture, [size])
    with default_storage.open(size.name) as file, Image.open(file) as made:
        assert made.convert("RGB").getpixel((9, 9)) == (255, 255, 255)


@pytest.mark.parametrize("slot", ["lead", "home"])
def test_lead_picture_weighs_little_on_a_phone_of_two_pixels_to_the_point(slot):
    noise = Image.effect_noise((1_600, 1_067), 90).filter(ImageFilter.GaussianBlur(1.2))
    image = Image.merge("RGB", (noise, noise.transpose(0), noise.transpose(1)))
    picture = stored(image)
    sizes = [
        one for one in all_of(picture) if one.slot.name == slot and one.width <= 960
    ]
    make(picture, sizes)
    assert max(default_storage.size(one.name) for one in sizes) <= PHONE_BYTES


def test_share_card_has_the_form_that_sites_ask_for():
    picture = stored(drawn(0, (1_600, 1_200)))
    assert (SHARE.widths, SHARE.height_at(1_200)) == ((1_200,), 630)
    assert Renditions(picture, SHARE).fallback.height == 630


def test_every_form_has_one_name_in_the_crop_editor():
    assert set(RATIOS) == {"16:9", "3:2", "3:4", "40:21", "1:1"}


def test_placeholder_is_the_average_colour_in_a_few_bytes():
    assert tone_of(Picture(tone=0b110000)) == "#e02020"
    assert tone_of(Picture(tone=0)) == "#202020"


def test_worker_makes_all_sizes_of_what_waits_and_then_rests():
    picture = factories.picture(width=500, height=400)
    assert render_next() == 1
    assert all(default_storage.exists(size.name) for size in all_of(picture))
    assert render_next() == 0


def test_worker_goes_on_after_a_picture_whose_file_is_lost():
    lost = factories.picture()
    default_storage.delete(lost.file.name)
    factories.picture()
    assert [render_next() for _ in range(3)] == [1, 1, 0]


def test_sizes_of_an_earlier_cut_go_when_those_of_today_are_made():
    picture = factories.picture(width=600, height=400)
    render(picture)
    picture.crops = {"3:2": [0, 0, 0.5, 0.5]}
    render(picture)
    _, names = default_storage.listdir(folder_of(picture.key))
    assert {f"{folder_of(picture.key)}/{name}" for name in names} == {
        size.name for size in all_of(picture)
    }


def test_sizes_are_rebuilt_with_progress_and_again_only_if_told_to():
    factories.picture()
    assert "1/1 张" in run("rebuild_renditions")
    assert "新做了 0 个尺寸" in run("rebuild_renditions")
    assert "新做了 0 个尺寸" not in run("rebuild_renditions", "--afresh")


def test_picture_from_before_is_examined_again_and_loses_what_it_tells():
    tags = Image.Exif()
    tags[0x010E] = "somewhere"
    file = ContentFile(encoded(drawn(), exif=tags.tobytes()), name="a.jpg")
    picture = factories.picture(file=file)
    run("rebuild_renditions")
    picture.refresh_from_db()
    assert picture.sha256
    with default_storage.open(picture.file.name) as kept:
        assert b"somewhere" not in kept.read()


def test_rebuilding_says_which_picture_failed_and_goes_on():
    lost, other = factories.picture(sha256="0" * 64), factories.picture()
    default_storage.delete(lost.file.name)
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("rebuild_renditions", stdout=out, stderr=out)
    assert f"图片 {lost.pk}：文件打不开" in out.getvalue()
    other.refresh_from_db()
    assert other.is_rendered


def test_sweep_lists_what_belongs_to_nothing_and_deletes_only_when_told():
    picture = factories.picture()
    render(picture)
    strays = ["pictures/2026/01/a.jpg", "renditions/ab/abcd/card-240-00000000.webp"]
    for name in strays:
        default_storage.save(name, ContentFile(b"-"))
    later = timezone.now() + 2 * YOUNG
    assert list(orphans(timezone.now())) == []
    assert sorted(orphan.name for orphan in orphans(later)) == strays


def test_sweep_keeps_what_is_used(monkeypatch):
    monkeypatch.setattr("pictures.sweeping.YOUNG", -YOUNG)
    picture = factories.replaced_picture()
    document, recording = factories.document(), factories.recording()
    render(picture)
    stray = default_storage.save("documents/a.pdf", ContentFile(b"-"))
    assert "可以删除 1 个文件" in run("sweep_media")
    assert default_storage.exists(stray)
    assert "已删除 1 个文件" in run("sweep_media", "--delete")
    assert not default_storage.exists(stray)
    kept = [picture.file, picture.versions.get().file, document.file, recording.file]
    assert all(default_storage.exists(file.name) for file in kept)


def test_file_appears_whole_and_under_the_name_it_was_given(tmp_path):
    default_storage.save("pictures/a.jpg", ContentFile(b"one"))
    assert default_storage.save("pictures/a.jpg", ContentFile(b"two")) == (
        "pictures/a.jpg"
    )
    path = Path(default_storage.path("pictures/a.jpg"))
    assert path.read_bytes() == b"two"
    assert [one.name for one in path.parent.iterdir()] == ["a.jpg"]
