"""What comes into the library, and what is left of it."""

import io
import json
import resource
import struct
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image, ImageChops, ImageStat

from pictures import decoding, intake
from pictures.likeness import NEAR
from pictures.models import Picture
from tests.pictures.hostile import SECRET, accepted, exif, flipped, refused
from tests.pictures.images import drawn, encoded
from tests.pictures.odd_files import HEAVY, jpeg_parts, more_accepted, more_refused

SETS = refused(), more_refused(), accepted(), more_accepted()
REFUSED, ACCEPTED = SETS[0] | SETS[1], SETS[2] | SETS[3]
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
    return {bytes((0xFF, marker)) for marker in jpeg_parts(data)}


ALLOWED = {
    *(b"IHDR PLTE tRNS IDAT IEND".split()),
    *(b"VP8 VP8L VP8X ALPH".split()),
    *(bytes((0xFF, marker)) for marker in (0xE0, 0xC0, 0xC2, 0xC4, 0xDA, 0xDB, 0xDD)),
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
    assert "一" <= report["reason"][0] <= "龥" or report["reason"].startswith("PNG、")
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


def test_there_is_enough_to_try():
    assert sum(map(len, SETS)) == len(REFUSED | ACCEPTED)
    assert len(REFUSED) >= 60
    assert len(ACCEPTED) >= 60


@pytest.mark.parametrize("name", ACCEPTED)
def test_look_at_a_file_says_what_making_it_anew_says(name):
    report = decoding.report_on("check", ACCEPTED[name], lambda _: None)
    assert report["ok"], report["reason"]
    assert min(report["width"], report["height"]) > 0


@pytest.mark.parametrize("name", REFUSED)
def test_look_at_a_file_refuses_what_cannot_be_made_anew(name):
    report = decoding.report_on("check", REFUSED[name][0], lambda _: None)
    assert not report["ok"]
    assert REFUSED[name][1] in report["reason"]


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


@pytest.mark.parametrize("kind", ["JPEG", "WEBP"])
def test_size_is_told_as_shown(kind):
    data = encoded(drawn(), kind, exif=exif(6))
    report, made = report_on(data)
    assert (report["width"], report["height"]) == (480, 640)
    with Image.open(io.BytesIO(made)) as image:
        assert image.size == (480, 640)


def test_red_of_four_inks_is_red():
    _, made = report_on(ACCEPTED["red in four inks"])
    with Image.open(io.BytesIO(made)) as image:
        red, green, blue = image.getpixel((30, 20))
    assert red > 200
    assert max(green, blue) < 60


def test_grey_of_16_bits_keeps_its_lightness():
    _, made = report_on(ACCEPTED["png of 16 bits"])
    with Image.open(io.BytesIO(made)) as image:
        assert image.getpixel((9, 9)) == (156, 156, 156)


def test_profile_of_another_name_changes_no_more_than_a_shade():
    _, made = report_on(ACCEPTED["jpeg with another profile"])
    _, plain = report_on(ACCEPTED["plain jpeg"])
    with Image.open(io.BytesIO(made)) as one, Image.open(io.BytesIO(plain)) as two:
        assert max(ImageStat.Stat(ImageChops.difference(one, two)).mean) < 4


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


def looked_at(path: Path, data: bytes) -> intake.Verdict:
    path.write_bytes(data)
    verdict = intake.check(path)
    assert verdict.peak_mb < MOST_MEMORY
    assert verdict.seconds < intake.SECONDS
    return verdict


@pytest.mark.parametrize("name", HEAVY)
def test_looking_at_a_heavy_picture_takes_little_memory(tmp_path, name):
    assert looked_at(tmp_path / "upload", HEAVY[name]()).ok


@pytest.mark.parametrize(
    "name",
    [
        "png of 60,000 a side",
        "all 36 megapixels of a png",
        "gif of 210 frames",
        "png of 3,000,000 colours",
        "eleven megabytes",
    ],
)
def test_refusing_a_bomb_takes_little_memory(tmp_path, name):
    verdict = looked_at(tmp_path / "upload", REFUSED[name][0])
    assert REFUSED[name][1] in verdict.reason
    assert not verdict.ok


def test_packed_text_is_never_unpacked(tmp_path):
    data = ACCEPTED["png with 50 MB in a packed text"]
    assert looked_at(tmp_path / "upload", data).ok


PROGRAMS = {
    "ends without a word": "",
    "speaks nonsense": "print('[1]')",
    "speaks no text": "import os; os.write(1, bytes(range(128, 256)))",
    "says no and not why": "print('{\"ok\": false}')",
    "says yes by a word": 'print(\'{"ok": "yes", "reason": ""}\')',
    "says it twice": 'print(\'{"ok": true, "reason": ""}\\n\' * 2)',
    "is killed": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
    "says yes and fails": "print('{\"ok\": true}'); raise SystemExit(1)",
    "says yes and makes nothing": 'print(\'{"ok": true, "reason": ""}\')',
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


def test_child_has_the_limits_that_are_written_down(tmp_path, monkeypatch):
    path = tmp_path / "child.py"
    program = Path(decoding.__file__).read_text(encoding="utf-8")
    path.write_text(
        program.replace(
            "def main(",
            "def report_on(*_):\n"
            "    kinds = 'AS', 'CPU', 'FSIZE', 'NOFILE', 'CORE'\n"
            "    kinds = [getattr(resource, 'RLIMIT_' + kind) for kind in kinds]\n"
            "    limits = [resource.getrlimit(kind) for kind in kinds]\n"
            "    return {'ok': False, 'reason': json.dumps(limits)}\n\n\n"
            "def main(",
        ),
        encoding="utf-8",
    )
    monkeypatch.setattr(intake, "PROGRAM", path)
    upload = tmp_path / "upload"
    upload.write_bytes(b"-")
    limits = json.loads(intake.check(upload).reason)
    most = [
        decoding.ADDRESS_SPACE,
        decoding.CPU_SECONDS,
        decoding.WRITTEN["check"],
        decoding.OPEN_FILES,
        0,
    ]
    assert limits == [[limit, limit] for limit in most]
    assert resource.getrlimit(resource.RLIMIT_AS)[0] != decoding.ADDRESS_SPACE


def test_file_of_the_library_is_left_closed_by_a_look_at_it():
    stored = Picture().file
    stored.save("a.png", ContentFile(encoded(drawn(), "PNG")), save=False)
    stored.close()
    intake.validate_upload(stored)
    assert stored.closed


def test_open_upload_is_left_open_and_at_its_start():
    upload = ContentFile(encoded(drawn()), name="a.jpg")
    upload.seek(100)
    intake.validate_upload(upload)
    assert not upload.closed
    assert upload.tell() == 0


def test_unsound_upload_is_refused_and_left_at_its_start():
    upload = ContentFile(b"<svg/>", name="a.jpg")
    with pytest.raises(ValidationError, match="SVG"):
        intake.validate_upload(upload)
    assert upload.tell() == 0
