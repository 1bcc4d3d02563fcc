import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from editions.management.commands import convert as command
from editions.models import Term

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def run(monkeypatch, capfdbinary):
    """Run the command on bytes and give back the bytes that it wrote."""

    def run_command(data: bytes, *options: str) -> bytes:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        call_command("convert", *options)
        return capfdbinary.readouterr().out

    return run_command


@pytest.mark.parametrize(
    ("edition", "text", "expected"),
    [
        ("zh-hant", "台湾的后台", "台灣的後台"),
        ("zh-tw", "台湾的后台\r\n", "臺灣的後臺\r\n"),
        ("zh-hk", "这里着力", "這裏着力"),
        ("zh-hans", "臺灣的後臺", "台湾的后台"),
    ],
)
def test_text_is_converted_byte_for_byte(run, edition, text, expected):
    assert run(text.encode(), "--edition", edition) == expected.encode()


def test_a_page_is_converted(run):
    page = b'<html lang="zh-Hans"><code>\xe5\x90\x8e</code>\xe5\x90\x8e'
    assert run(page, "--edition", "zh-tw", "--html").decode() == (
        '<html lang="zh-Hant-TW"><code>后</code>後'
    )


def test_a_traditional_page_is_converted_to_simplified(run):
    page = '<html lang="zh-Hant"><p>頭<b>髮</b></p>'.encode()
    assert run(page, "--edition", "zh-hans", "--html").decode() == (
        '<html lang="zh-Hans"><p>头<b>发</b></p>'
    )


def test_the_glossary_is_included(run):
    Term.objects.create(source="山后", is_protected=True)
    assert run("山后".encode(), "--edition", "zh-tw") == "山后".encode()


def test_input_that_is_not_utf_8_is_refused_with_its_place(run):
    with pytest.raises(CommandError, match="从第 4 个字节起"):
        run("后".encode() + b"\xff", "--edition", "zh-tw")


def test_a_glossary_that_cannot_be_read_is_explained(run, monkeypatch):
    def fail() -> None:
        raise DatabaseError("disk I/O error")

    monkeypatch.setattr(command, "current_glossary", fail)
    with pytest.raises(CommandError, match="读不到转换词表：disk I/O error"):
        run(b"", "--edition", "zh-tw")


def test_a_new_checkout_without_a_database_converts_too(tmp_path):
    result = subprocess.run(
        [sys.executable, "manage.py", "convert", "--edition", "zh-tw"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path)},
        input="后台".encode(),
        capture_output=True,
        check=True,
    )
    assert result.stdout.decode() == "後臺"
    assert "还没有建库" in result.stderr.decode()


def test_an_unknown_edition_is_refused(run):
    with pytest.raises(CommandError):
        run(b"", "--edition", "zh-mars")
