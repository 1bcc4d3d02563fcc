"""manage.py check_picture."""

import contextlib
import io
import json
import os

import pytest
from django.core.management import CommandError, call_command

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
