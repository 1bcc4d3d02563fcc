"""What is hidden in files for download and recordings, and what only looks hidden."""

import contextlib
import io
import random
import struct
import tracemalloc
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import TemporaryUploadedFile

from pictures.file_checks import check_captions, document_kind, recording_kind
from tests.pictures.test_files import (
    PDF,
    RELATION,
    SHEET,
    VTT,
    WORD,
    box,
    file_of,
    mp4,
    office,
)

TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
TEMPLATE = b'<Relationship Type="x/attachedTemplate" Target="http://a.example/" %s/>'


def noise(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311  it keeps no secret


def packed(
    entries: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED, types: str = ""
) -> bytes:
    """A Word file with these entries besides."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        archive.writestr("[Content_Types].xml", types or f"{TYPES}</Types>")
        archive.writestr("word/document.xml", "<w/>")
        for name, body in entries.items():
            archive.writestr(name, body)
    return stream.getvalue()


def related(link: bytes, *, name: str = "word/_rels/settings.xml.rels") -> bytes:
    return packed({name: b"<Relationships>" + link + b"</Relationships>"})


def lying(body: bytes) -> bytes:
    """Relations that unpack to this, although they declare a hundred bytes."""
    made = related(body)
    size = struct.pack("<I", len(body) + len(b"<Relationships></Relationships>"))
    assert made.count(size) == 2
    return made.replace(size, struct.pack("<I", 100))


def with_name(name: bytes) -> bytes:
    """A packed file one of whose names was written by hand."""
    return packed({"word/" + "x" * (len(name) - 5): b""}).replace(
        b"word/" + b"x" * (len(name) - 5), name
    )


def encrypted() -> bytes:
    """The flag alone: nothing can be read without a password."""
    table = bytearray(packed({"word/a.xml": b"a"}))
    table[table.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(table)


def corrupt() -> bytes:
    data = bytearray(related(noise(1).randbytes(200).hex().encode()))
    place = data.index(b"settings.xml.rels") + len(b"settings.xml.rels")
    data[place : place + 40] = b"\xff" * 40
    return bytes(data)


def pdf_with(action: bytes) -> bytes:
    return PDF.replace(b"<<>>", b"<<" + action + b">>", 1)


HIDDEN = {
    "PDF with a string to run": (pdf_with(b"/JS(app.alert(1))"), "脚本"),
    "PDF with a program elsewhere": (pdf_with(b"/JS 12 0 R"), "脚本"),
    "PDF with a program in hex": (pdf_with(b"/JS\n<6170>"), "脚本"),
    "PDF that starts a program": (pdf_with(b"/S/Launch/F(a)"), "脚本"),
    "PDF that spells oddly": (pdf_with(b"/J#61va#53cript 1"), "脚本"),
    "PDF with a tree of files": (pdf_with(b"/EmbeddedFiles 3 0 R"), "脚本"),
    "across two chunks": (
        b"%PDF-1.7\n" + b" " * (65_536 - 15) + b"/JavaScript 1" + PDF,
        "脚本",
    ),
    "old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "请另存为 docx 或 xlsx 后再传"),
    "something before the file": (b"PK\x03\x04" + bytes(90) + WORD, "原样"),
    "one name twice": (packed({"WORD/document.xml": b"<other/>"}), "原样"),
    "absolute": (packed({"/etc/a": b""}), "路径"),
    "absolute on Windows": (packed({"C:/a": b""}), "路径"),
    "backslashes": (packed({"word\\..\\a": b""}), "路径"),
    "name that ends early": (with_name(b"word/a\0.exe"), "路径"),
    "encrypted": (encrypted(), "加了密"),
    "other packing": (packed({}, method=zipfile.ZIP_BZIP2), "打不开"),
    "many entries": (packed({f"a/{n}": b"" for n in range(2_001)}), "太大"),
    "corrupt": (corrupt(), "打不开"),
    "no XML": (related(b"<"), "打不开"),
    "entities": (
        packed({}, types='<!DOCTYPE a [<!ENTITY b "c">]><Types>&b;</Types>'),
        "不该有的内容",
    ),
    "entities in UTF-16": (
        packed({"a.rels": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'.encode("utf-16")}),
        "不该有的内容",
    ),
    "macros by another name": (
        packed(
            {"word/a.bin": b"-"},
            types=f'{TYPES}<Override PartName="/word/a.bin"'
            ' ContentType="application/vnd.ms-office.vbaProject"/></Types>',
        ),
        "宏",
    ),
    "template": (related(TEMPLATE % b'TargetMode="External"'), "别处"),
    "template with a > before": (
        related(TEMPLATE % b'Id="a>b" TargetMode="External"'),
        "别处",
    ),
    "template with a letter by number": (
        related(TEMPLATE % b'TargetMode="&#69;xternal"'),
        "别处",
    ),
    "template of a namespace": (
        related(
            b'<r:Relationship xmlns:r="urn:r" Type="x/attachedTemplate"'
            b' Target="http://a.example/" TargetMode="External"/>'
        ),
        "别处",
    ),
    "template that is called a link": (
        related(
            b'<Relationship Type="x/attachedTemplate" TargetMode="External"'
            b' Target="http://a.example/hyperlink"/>'
        ),
        "别处",
    ),
    "template behind a lot of nothing": (
        related(
            b"".join(b"<!--%d-->" % n for n in range(200_000))
            + TEMPLATE % b'TargetMode="External"'
        ),
        "别处",
    ),
    "ending in capitals": (
        related(TEMPLATE % b'TargetMode="External"', name="word/_rels/a.RELS"),
        "别处",
    ),
}


@pytest.mark.parametrize(("data", "part"), HIDDEN.values(), ids=HIDDEN)
def test_what_is_hidden_in_a_document_is_found(data, part):
    with pytest.raises(ValidationError, match=part):
        document_kind(file_of(data))


def test_links_of_a_sheet_may_lead_out():
    link = RELATION % b"http://schemas/hyperlink"
    parts = {"xl__workbook.xml": b"", "xl__worksheets___rels__sheet1.xml.rels": link}
    assert document_kind(file_of(office(**parts))) == "xlsx"


def test_letters_that_stand_by_chance_in_a_picture_are_no_program():
    picture = noise(7).randbytes(2_000_000)
    data = b"%PDF-1.7\n" + picture + b"/JS\xa7\x9f/JSON /Launcher " + PDF
    assert document_kind(file_of(data)) == "pdf"


def test_part_that_lies_about_its_size_is_not_unpacked():
    data = lying(b" " * 90_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(ValidationError, match="打不开"):
            document_kind(file_of(data))
        assert tracemalloc.get_traced_memory()[1] < 30_000_000
    finally:
        tracemalloc.stop()


def test_large_upload_is_read_from_its_file_and_can_be_kept_afterwards():
    with TemporaryUploadedFile("a", "", len(WORD), None) as upload:
        upload.write(WORD)
        assert document_kind(upload) == "docx"
        assert b"".join(upload.chunks()) == WORD


@pytest.mark.parametrize("data", [PDF, WORD, SHEET])
def test_no_beginning_of_a_document_comes_in(data):
    for length in range(len(data) - 1):
        with pytest.raises(ValidationError):
            document_kind(file_of(data[:length]))


def test_no_beginning_of_a_recording_comes_in():
    data = mp4(b"vide", b"soun")
    for length in range(len(data)):
        with pytest.raises(ValidationError):
            recording_kind(file_of(data[:length]))


def test_random_changes_are_answered_and_never_fail():
    changes = noise(5)
    for original in (WORD, mp4(b"vide"), VTT):
        for _ in range(200):
            data = bytearray(original)
            for _ in range(changes.randint(1, 8)):
                data[changes.randrange(len(data))] = changes.randrange(256)
            for check in (document_kind, recording_kind, check_captions):
                with contextlib.suppress(ValidationError):
                    check(file_of(bytes(data)))


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"\xff\xfb\xf0\x00" + bytes(99), "只收 mp4"),
        (b"\xff\xfb\x9c\x00" + bytes(99), "只收 mp4"),
        (b"\xff\xfe<\0h\0t\0", "只收 mp4"),
        (b"\x1a\x45\xdf\xa3" + bytes(9) + b"matroska" + bytes(40), "只收 mp4"),
        (box(b"ftyp", b"avif") + box(b"meta", bytes(40)), "没有声音"),
    ],
)
def test_what_only_begins_like_a_recording_is_refused(data, part):
    with pytest.raises(ValidationError, match=part):
        recording_kind(file_of(data))


def test_recording_of_200_mb_and_one_byte_is_too_large():
    upload = file_of(mp4(b"vide"))
    upload.size = 200_000_001
    with pytest.raises(ValidationError, match="200 MB"):
        recording_kind(upload)


def test_length_in_the_long_form_is_read():
    header = b"\x01" + bytes(19) + struct.pack(">IQ", 600, 600 * 90) + bytes(80)
    track = box(b"trak", box(b"mdia", box(b"hdlr", bytes(8) + b"soun" + bytes(12))))
    data = box(b"ftyp", b"M4A ") + box(b"moov", box(b"mvhd", header), track)
    assert recording_kind(file_of(data)) == ("audio", "m4a", 90)


@pytest.mark.parametrize(
    "time",
    [
        b"00:99.000 --> 01:00.000",
        b"75:00.000 --> 76:00.000",
        b"00:04.000 --> 00:01.000",
        b"00:01.000-->00:04.000",
        b"9" * 5_000 + b":00:01.000 --> 00:04.000",
    ],
)
def test_captions_that_are_never_shown_are_refused(time):
    with pytest.raises(ValidationError, match="一句话也没有"):
        check_captions(file_of(b"WEBVTT\n\n" + time + b"\nhello\n"))


def test_captions_with_hours_names_and_settings_come_in():
    check_captions(
        file_of(
            b"WEBVTT - words\n\n1\n00:00:01.000 --> 01:00:00.500 align:start\nhello\n"
        )
    )
