"""manage.py check_picture."""

import contextlib
import io
import json
import os

import pytest
from django.core.management import CommandError, call_command

from pictures.intake import NO_FILE
from tests.pictures.images import drawn, encoded

KEYS = {"file", "ok", "reason", "width", "height", "format", "seconds", "peak_mb"}


def check(*paths) -> list[dict]:
    """The lines; a CommandError is one that was to be expected."""
    out = io.StringIO()
    with contextlib.suppress(CommandError):
        call_command("check_picture", *map(str, paths), stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.fixture
def good(tmp_path):
    path = tmp_path / "good.jpg"
    path.write_bytes(encoded(drawn()))
    return path


def test_sound_picture_is_told_on_one_line(good):
    (line,) = check(good)
    assert set(line) == KEYS
    assert (line["ok"], line["reason"]) == (True, "")
    assert (line["width"], line["height"], line["format"]) == (640, 480, "JPEG")


def test_every_file_gets_its_line_whatever_the_others_are(good, tmp_path):
    bad = tmp_path / "坏.png"
    bad.write_bytes(b"<svg/>")
    lines = check(bad, tmp_path / "missing.jpg", tmp_path, good)
    assert [line["ok"] for line in lines] == [False, False, False, True]
    assert all(line["reason"] for line in lines[:3])
    with pytest.raises(CommandError, match="1 个文件不能入库"):
        call_command("check_picture", str(bad), stdout=io.StringIO())


def test_every_line_is_printed_before_the_command_fails(good, tmp_path):
    out = io.StringIO()
    missing = [str(tmp_path / name) for name in ("a.jpg", "b.jpg")]
    with pytest.raises(CommandError, match="2 个文件不能入库"):
        call_command("check_picture", missing[0], str(good), missing[1], stdout=out)
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [line["file"] for line in lines] == [missing[0], str(good), missing[1]]
    assert all(set(line) == KEYS for line in lines)


def test_command_does_not_fail_where_every_file_is_sound(good):
    out = io.StringIO()
    call_command("check_picture", str(good), str(good), stdout=out)
    assert out.getvalue().count("\n") == 2


def test_link_is_followed_to_its_picture_and_no_further(good, tmp_path):
    link, lost, loop = (tmp_path / name for name in ("link", "lost", "loop"))
    link.symlink_to(good)
    lost.symlink_to(tmp_path / "nothing")
    loop.symlink_to(loop)
    lines = check(link, lost, loop)
    assert [line["ok"] for line in lines] == [True, False, False]
    assert lines[1]["reason"] == lines[2]["reason"] == NO_FILE


@pytest.mark.parametrize(
    "name",
    ["a\nb.jpg", "-", "照片 $(id)' \".gif", "a" * 250],
)
def test_name_of_a_picture_does_not_matter(name, tmp_path):
    path = tmp_path / name
    path.write_bytes(encoded(drawn(), "PNG"))
    (line,) = check(path)
    assert line["ok"], line["reason"]
    assert line["file"] == str(path)
    assert line["format"] == "PNG"


@pytest.mark.parametrize("name", ["a\0b.jpg", "a" * 5_000, "", "/dev/null"])
def test_name_of_no_file_is_refused_on_one_line(name):
    (line,) = check(name)
    assert not line["ok"]
    assert line["reason"] == NO_FILE


def test_picture_whose_name_is_no_text_is_read(tmp_path):
    path = tmp_path / os.fsdecode(b"\xff.jpg")
    path.write_bytes(encoded(drawn()))
    (line,) = check(path)
    assert line["ok"], line["reason"]
    assert line["file"].endswith("?.jpg")


def test_pipe_is_not_waited_for(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    (line,) = check(path)
    assert not line["ok"]


def test_name_that_is_no_text_is_printed_all_the_same(tmp_path):
    path = tmp_path / "x"
    name = os.fsdecode(os.fsencode(path) + b"\xff.jpg")
    (line,) = check(name)
    assert not line["ok"]
