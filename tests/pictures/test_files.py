"""Files for download, sound and moving pictures: what comes in, and what is said of it."""

import io
import struct
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.roles import Role
from pictures.file_checks import check_captions, document_kind, recording_kind
from pictures.models import Document, Recording
from tests import factories
from tests.admin_forms import signed_in
from tests.markup import parsed, words_of

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
VTT = b"WEBVTT\n\n00:01.000 --> 00:04.000\nhello\n"


def office(**parts: bytes) -> bytes:
    """A packed document of these parts, by name with __ for a slash."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        for name, body in parts.items():
            packed.writestr(name.replace("__", "/"), body)
    return stream.getvalue()


def box(name: bytes, *inside: bytes) -> bytes:
    body = b"".join(inside)
    return struct.pack(">I", len(body) + 8) + name + body


def mp4(*handlers: bytes, seconds: int = 185) -> bytes:
    header = bytes(12) + struct.pack(">II", 1_000, seconds * 1_000) + bytes(80)
    tracks = [
        box(b"trak", box(b"mdia", box(b"hdlr", bytes(8) + kind + bytes(12))))
        for kind in handlers
    ]
    return box(b"ftyp", b"isom" + bytes(4)) + box(
        b"moov", box(b"mvhd", header), *tracks
    )


def file_of(data: bytes) -> ContentFile:
    return ContentFile(data, name="upload")


WORD = office(**{"word__document.xml": b"<w/>"})
SHEET = office(**{"xl__workbook.xml": b"<x/>"})
RELATION = b'<Relationship Type="%s" Target="http://a.example/" TargetMode="External"/>'


@pytest.mark.parametrize(
    ("data", "kind"), [(PDF, "pdf"), (WORD, "docx"), (SHEET, "xlsx")]
)
def test_kind_of_a_document_is_told_by_its_content(data, kind):
    assert document_kind(file_of(data)) == kind


def test_links_that_a_reader_clicks_may_lead_out():
    rels = RELATION % b"http://schemas/hyperlink"
    parts = {"word__document.xml": b"", "word___rels__document.xml.rels": rels}
    assert document_kind(file_of(office(**parts))) == "docx"


DOCUMENTS = {
    "empty": (b"", "空"),
    "page": (b"<html></html>", "只收 PDF"),
    "old Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧格式"),
    "half a PDF": (PDF[:20], "不完整"),
    "PDF with a program": (PDF.replace(b"<<>>", b"<</JavaScript 1>>", 1), "脚本"),
    "PDF with a file": (PDF.replace(b"<<>>", b"<</EmbeddedFile 1>>", 1), "脚本"),
    "any packed files": (office(**{"a.txt": b"a"}), "只收"),
    "macros": (
        office(**{"word__document.xml": b"", "word__vbaProject.bin": b"-"}),
        "宏",
    ),
    "bomb": (
        office(**{"word__document.xml": b"", "word__media__a.bin": bytes(5_000_000)}),
        "太大",
    ),
    "way out of the folder": (
        office(**{"..__a.xml": b"", "word__document.xml": b""}),
        "路径",
    ),
    "template from elsewhere": (
        office(
            **{
                "word__document.xml": b"",
                "word___rels__settings.xml.rels": RELATION % b"x/attachedTemplate",
            }
        ),
        "别处",
    ),
    "document type": (
        office(**{"word__document.xml": b"", "word___rels__a.rels": b"<!DOCTYPE a>"}),
        "不该有的内容",
    ),
    "half a Word file": (WORD[:-30], "不完整"),
    "too large": (PDF + bytes(20_000_000), "20 MB"),
}


@pytest.mark.parametrize(("data", "part"), DOCUMENTS.values(), ids=DOCUMENTS)
def test_unsound_document_is_refused_with_a_sentence(data, part):
    with pytest.raises(ValidationError, match=part):
        document_kind(file_of(data))


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (mp4(b"vide", b"soun"), ("video", "mp4", 185)),
        (mp4(b"soun"), ("audio", "m4a", 185)),
        (
            b"\x1a\x45\xdf\xa3" + bytes(20) + b"webm" + bytes(40),
            ("video", "webm", None),
        ),
        (b"ID3\x03" + bytes(100), ("audio", "mp3", None)),
        (b"\xff\xfb\x90\x00" + bytes(100), ("audio", "mp3", None)),
    ],
)
def test_kind_of_a_recording_is_told_by_its_content(data, found):
    assert recording_kind(file_of(data)) == found


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"", "空"),
        (b"RIFF" + bytes(99), "只收 mp4"),
        (mp4(), "没有声音也没有画面"),
        (mp4(b"vide")[:-30], "不完整"),
        (box(b"ftyp", b"isom") + b"\0\0\0\x01moov" + b"\xff" * 8, "不完整"),
        (box(b"ftyp", b"isom") + box(b"free") * 2_000, "没有声音"),
    ],
)
def test_unsound_recording_is_refused_with_a_sentence(data, part):
    with pytest.raises(ValidationError, match=part):
        recording_kind(file_of(data))


@pytest.mark.parametrize("data", [VTT, b"\xef\xbb\xbf" + VTT.replace(b"\n", b"\r\n")])
def test_captions_of_the_web_come_in(data):
    check_captions(file_of(data))


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"1\n00:00:01,000 --> 00:00:04,000\nhello\n", "SRT"),
        (b"WEBVTT\n", "一句话也没有"),
        (b"hello", "WEBVTT"),
        ("WEBVTT 字幕".encode("gbk"), "UTF-8"),
        (VTT + b"\0", "WebVTT"),
        (VTT + bytes(1_000_000), "1 MB"),
    ],
)
def test_other_captions_are_refused_with_a_sentence(data, part):
    with pytest.raises(ValidationError, match=part):
        check_captions(file_of(data))


@pytest.mark.django_db
def test_reporter_files_a_document_under_a_name_of_ours():
    client = signed_in(Role.REPORTER)
    upload = SimpleUploadedFile("值班-13800000000.exe", PDF)
    address = reverse("admin:pictures_document_add")
    client.post(address, {"title": "值班表", "file": upload})
    kept = Document.objects.get()
    assert (kept.kind, kept.bytes, kept.uploaded_by) == ("pdf", len(PDF), client.user)
    assert kept.file.name.endswith(".pdf")
    assert "138" not in kept.file.name


@pytest.mark.django_db
def test_unsound_document_is_refused_at_its_field_and_not_kept():
    address = reverse("admin:pictures_document_add")
    upload = SimpleUploadedFile("a.pdf", b"<html>")
    page = parsed(
        signed_in(Role.REPORTER).post(address, {"title": "a", "file": upload})
    )
    assert any("只收 PDF" in line for line in words_of(page, ".errorlist li"))
    assert not Document.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("words", [{"transcript": "闸门开了。"}, {"captions": VTT}])
def test_video_comes_in_with_words_for_those_who_do_not_hear(words):
    fields = {
        name: SimpleUploadedFile("a.srt", value) if name == "captions" else value
        for name, value in words.items()
    }
    upload = SimpleUploadedFile("a.avi", mp4(b"vide"))
    address = reverse("admin:pictures_recording_add")
    signed_in(Role.REPORTER).post(address, {"title": "开闸", "file": upload, **fields})
    kept = Recording.objects.get()
    assert (kept.kind, kept.seconds) == ("video", 185)
    assert kept.file.name.endswith(".mp4")
    assert not kept.captions or kept.captions.name.endswith(".vtt")


@pytest.mark.django_db
def test_video_without_words_is_refused_with_a_sentence():
    upload = SimpleUploadedFile("a.mp4", mp4(b"vide"))
    address = reverse("admin:pictures_recording_add")
    page = parsed(
        signed_in(Role.REPORTER).post(address, {"title": "开闸", "file": upload})
    )
    assert any("听不到声音" in line for line in words_of(page, ".errorlist li"))
    assert not Recording.objects.exists()


@pytest.mark.django_db
def test_file_of_a_document_stays_what_stories_were_signed_with():
    kept = factories.document()
    before = kept.file.name
    address = reverse("admin:pictures_document_change", args=[kept.pk])
    upload = SimpleUploadedFile("b.pdf", PDF)
    signed_in(Role.EDITOR).post(address, {"title": "新名", "file": upload})
    kept.refresh_from_db()
    assert (kept.title, kept.file.name) == ("新名", before)


@pytest.mark.django_db
def test_who_filed_enough_for_a_day_is_asked_to_wait(monkeypatch):
    monkeypatch.setattr("pictures.quotas.FILES_A_DAY", 0)
    address = reverse("admin:pictures_document_add")
    fields = {"title": "a", "file": SimpleUploadedFile("a.pdf", PDF)}
    page = parsed(signed_in(Role.REPORTER).post(address, fields))
    assert any("请明天再传" in line for line in words_of(page, ".errorlist li"))
    assert not Document.objects.exists()
