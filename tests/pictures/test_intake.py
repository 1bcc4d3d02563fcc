"""What comes into the library, and what is left of it."""

import io
import struct
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image, ImageChops, ImageStat

from pictures import decoding, intake
from pictures.likeness import NEAR
from tests import factories
from tests.pictures.hostile import SECRET, accepted, exif, flipped, refused
from tests.pictures.images import drawn, encoded

REFUSED, ACCEPTED = refused(), accepted()
MOST_MEMORY = 64  # MB


def report_on(data: bytes) -> tuple[dict, bytes]:
    """As the child does it, in this process: a child for each file would take minutes."""
    made: list[bytes] = []
    report = decoding.report_on("take", data, made.append)
    return report, made[0] if made else b""


def take(data: bytes) -> intake.Master:
    return intake.take(ContentFile(data, name="upload"))


def parts_of(data: bytes) -> set[bytes]:
    """Names of the parts of a file; it ends where its last part ends."""
    if data.startswith(b"\x89PNG"):
        place, names = 8, set()
        while place < len(data):
            (length,) = struct.unpack_from(">I", data, place)
            names.add(data[place + 4 : place + 8])
            place += length + 12
        assert place == len(data)
        return names
    if data.startswith(b"RIFF"):
        place, names = 12, set()
        while place < len(data):
            (length,) = struct.unpack_from("<I", data, place + 4)
            names.add(data[place : place + 4].strip())
            place += 8 + length + length % 2
        assert place == len(data)
        return names
    assert data.startswith(b"\xff\xd8")
    assert data.endswith(b"\xff\xd9")
    place, names = 2, set()
    while data[place + 1] != 0xDA:
        names.add(data[place : place + 2])
        place += 2 + struct.unpack_from(">H", data, place + 2)[0]
    return names


ALLOWED = {
    *(b"IHDR PLTE tRNS IDAT IEND".split()),
    *(b"VP8 VP8L VP8X ALPH".split()),
    *(bytes((0xFF, marker)) for marker in (0xE0, 0xC0, 0xC2, 0xC4, 0xDB, 0xDD)),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_sound_picture_is_refused_with_a_sentence(name):
    data, part = REFUSED[name]
    if not data:
        with pytest.raises(ValidationError, match=part):
            take(data)
        return
    report, made = report_on(data)
    assert not report["ok"]
    assert part in report["reason"]
    assert report["reason"].endswith("。")
    assert made == b""


@pytest.mark.parametrize("name", ACCEPTED)
def test_of_what_comes_in_only_the_pixels_are_left(name):
    report, made = report_on(ACCEPTED[name])
    assert report["ok"], report["reason"]
    assert parts_of(made) <= ALLOWED
    assert SECRET not in made
    assert b"script" not in made
    with Image.open(io.BytesIO(made)) as image:
        assert not image.getexif()
        assert not {"exif", "icc_profile", "comment", "xmp"} & set(image.info)
        assert image.size == tuple(report["master"])
        assert image.mode in {"RGB", "RGBA"}


def test_wrong_bytes_crash_nothing():
    for data in flipped():
        report, made = report_on(data)
        assert report["ok"] == bool(made)
        assert report["ok"] or report["reason"]


@pytest.mark.parametrize("turn", range(1, 9))
def test_picture_stands_upright_without_being_told(turn):
    image = drawn(2)
    sideways = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[turn]
    stored = image.transpose(sideways) if sideways is not None else image
    _, made = report_on(encoded(stored, "PNG", exif=exif(turn)))
    with Image.open(io.BytesIO(made)) as upright:
        assert upright.size == image.size
        assert ImageChops.difference(upright.convert("RGB"), image).getbbox() is None


def test_colours_of_four_inks_are_about_right():
    _, made = report_on(ACCEPTED["jpeg in four inks"])
    with Image.open(io.BytesIO(made)) as image:
        red, green, blue = ImageStat.Stat(image).mean
    assert red < 90
    assert min(green, blue) > 120


def test_day_it_was_taken_is_told_and_nothing_else_of_it():
    master = take(encoded(drawn(), exif=exif(has_place=True)))
    assert master.taken_on is not None
    assert master.taken_on.isoformat() == "2026-05-06"


def test_same_pixels_are_the_same_picture_and_a_scaled_copy_is_near():
    plain, noted = (
        take(encoded(drawn(), "PNG")),
        take(encoded(drawn(), "PNG", exif=exif())),
    )
    assert plain.sha256 == noted.sha256
    small, other = take(encoded(drawn().resize((320, 240)))), take(encoded(drawn(9)))
    assert small.sha256 != plain.sha256

    def distance(one: intake.Master, two: intake.Master) -> int:
        return ((one.near_hash ^ two.near_hash) & (1 << 64) - 1).bit_count()

    assert distance(plain, small) <= NEAR < distance(plain, other)


def test_large_picture_is_kept_at_four_thousand_pixels():
    master = take(encoded(drawn(0, (5_000, 2_000))))
    assert (master.width, master.height) == (4_000, 1_600)


@pytest.mark.parametrize(
    "data",
    [
        encoded(Image.new("RGB", (8_000, 5_000), "red"), quality=50),
        encoded(Image.new("RGB", (4_000, 3_000), "red"), "PNG"),
        REFUSED["png of 60,000 a side"][0],
        REFUSED["gif of 210 frames"][0],
        ACCEPTED["png with 50 MB in a packed text"],
    ],
    ids=["40 Mpx jpeg", "12 Mpx png", "bomb", "frames", "packed text"],
)
def test_looking_at_a_file_takes_little_memory(tmp_path, data):
    path = tmp_path / "upload"
    path.write_bytes(data)
    verdict = intake.check(path)
    assert verdict.peak_mb < MOST_MEMORY
    assert verdict.seconds < intake.SECONDS


PROGRAMS = {
    "ends without a word": "",
    "speaks nonsense": "print('[1]')",
    "is killed": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
    "says yes and fails": "print('{\"ok\": true}'); raise SystemExit(1)",
    "says yes and makes nothing": "print('{\"ok\": true}')",
}


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
def test_child_that_does_not_answer_has_refused_the_file(
    program, tmp_path, monkeypatch
):
    path = tmp_path / "child.py"
    path.write_text(program)
    monkeypatch.setattr(intake, "PROGRAM", path)
    with pytest.raises(ValidationError, match="图片太复杂"):
        take(encoded(drawn()))


def test_child_that_takes_too_long_has_refused_the_file(tmp_path, monkeypatch):
    path = tmp_path / "child.py"
    path.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(intake, "PROGRAM", path)
    monkeypatch.setattr(intake, "SECONDS", 0.2)
    with pytest.raises(ValidationError, match="图片太复杂"):
        take(encoded(drawn()))


@pytest.mark.skipif(sys.platform != "linux", reason="limits of Linux")
def test_child_has_limits(tmp_path, monkeypatch):
    path = tmp_path / "child.py"
    program = Path(decoding.__file__).read_text(encoding="utf-8")
    path.write_text(
        program.replace(
            "    report = report_on(",
            "    hoard = bytearray(2 * 1024**3)\n    report = report_on(",
        ),
        encoding="utf-8",
    )
    monkeypatch.setattr(intake, "PROGRAM", path)
    with pytest.raises(ValidationError, match="图片太复杂"):
        take(encoded(drawn()))


@pytest.mark.django_db
def test_file_of_the_library_is_left_closed_by_a_look_at_it():
    stored = factories.picture().file
    stored.close()
    intake.validate_upload(stored)
    assert stored.closed
