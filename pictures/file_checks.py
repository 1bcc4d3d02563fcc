"""What files for download, sound and moving pictures may come in: told by their content,
never by their names. Nothing is unpacked but the few parts that are looked at."""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files import File
from lxml import etree

from pictures.models import Document, Recording

MEGABYTE = 1_000_000
LARGEST_DOCUMENT = 20 * MEGABYTE
LARGEST_RECORDING = 200 * MEGABYTE
LARGEST_CAPTIONS = MEGABYTE
MOST_ENTRIES = 2_000
MOST_UNPACKED = 200 * MEGABYTE
MOST_PACKED = 200  # times smaller than unpacked
LARGEST_PART = 8 * MEGABYTE  # of the parts that are read
MOST_BOXES = 500

# Boxes of an mp4 in which the tracks are described.
_HOLDERS = {b"moov", b"trak", b"mdia"}

# What follows /JS is part of the pattern: the three bytes alone stand by chance in the
# compressed pictures of every second large file.
_ACTIONS = re.compile(
    rb"/(?:JavaScript|Launch|EmbeddedFiles?)(?=[\s\0()<>\[\]{}/%])"
    rb"|/JS[\s\0]{0,16}(?:[(<]|\d{1,10}[\s\0]{1,4}\d{1,5}[\s\0]{1,4}R)"
)
_LONGEST_ACTION = 64  # bytes, with every letter written as #xx
_HEX_LETTER = re.compile(rb"#([0-9A-Fa-f]{2})")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY = b"PK\x01\x02"  # how the zip format announces an entry in its table
_PACKINGS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_TIME = r"(?:(\d{2,4}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_CUE = re.compile(rf"^{_TIME}[ \t]+-->[ \t]+{_TIME}(?=\s|$)", re.MULTILINE)
_SRT_CUE = re.compile(r"\d{2}:\d{2}:\d{2},\d{3} --> ")


def document_kind(upload: File) -> Document.Kind:
    """What the file is. Raises ValidationError with a sentence for the editor."""
    _check_size(upload, LARGEST_DOCUMENT, "附件超过 20 MB，请压缩或拆开。")
    head = _read(upload, 0, 1024)
    if b"%PDF-" in head:
        _check_pdf(upload)
        return Document.Kind.PDF
    if head.startswith(_OLE):
        raise ValidationError(
            "这是旧格式的 Office 文件，请另存为 docx 或 xlsx 后再传。"
        )
    if head.startswith(b"PK\x03\x04"):
        return _office_kind(upload)
    raise ValidationError("附件只收 PDF、docx 和 xlsx。")


def _check_pdf(upload: File) -> None:
    if b"%%EOF" not in _read(upload, max(0, upload.size - 2048), 2048):
        raise ValidationError("PDF 不完整，可能没有传完。请重新导出后再试。")
    upload.seek(0)
    before = b""
    for chunk in upload.chunks():
        letters = _HEX_LETTER.sub(_letter, before + chunk)
        if _ACTIONS.search(letters):
            raise ValidationError("PDF 里带有脚本或嵌入的文件，请打印成 PDF 后再传。")
        before = chunk[-_LONGEST_ACTION:]


def _letter(match: re.Match[bytes]) -> bytes:
    """What #4A stands for in a name of a PDF."""
    return bytes([int(match[1], 16)])


def _office_kind(upload: File) -> Document.Kind:
    _check_table(upload)
    upload.seek(0)
    try:
        with zipfile.ZipFile(upload.file or upload) as packed:
            entries = packed.infolist()
            _check_entries(entries)
            names = {entry.filename for entry in entries}
            if "[Content_Types].xml" not in names:
                raise ValidationError("附件只收 PDF、docx 和 xlsx，不收压缩包。")
            _check_parts(packed, entries)
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        OSError,
        EOFError,
        ValueError,
        RuntimeError,
        NotImplementedError,
        etree.XMLSyntaxError,
    ) as error:
        raise ValidationError("文件打不开或者不完整，请重新导出后再试。") from error
    if "word/document.xml" in names:
        return Document.Kind.DOCX
    if "xl/workbook.xml" in names:
        return Document.Kind.XLSX
    raise ValidationError("附件只收 PDF、docx 和 xlsx。")


def _check_table(upload: File) -> None:
    """Not more entries than may be, counted before zipfile makes an object of each."""
    upload.seek(0)
    count, before = 0, b""
    for chunk in upload.chunks():
        count += (before + chunk).count(_ENTRY)
        before = chunk[1 - len(_ENTRY) :]
    if count > MOST_ENTRIES:
        raise ValidationError("文件解开以后太大，不收。请另存后再试。")


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    """By what the packing says of itself; nothing is unpacked."""
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise ValidationError("文件解开以后太大，不收。请另存后再试。")
    starts_at = min((entry.header_offset for entry in entries), default=-1)
    is_twice = len({entry.filename.lower() for entry in entries}) < len(entries)
    if starts_at != 0 or is_twice:
        raise ValidationError("文件不是原样的 docx 或 xlsx，不收。请另存后再试。")
    for entry in entries:
        _check_entry(entry)


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.orig_filename
    is_outside = name.startswith("/") or ".." in name.split("/") or name[1:2] == ":"
    if is_outside or "\\" in name or "\0" in name:
        raise ValidationError("文件里有不该有的路径，不收。请另存后再试。")
    if entry.flag_bits & 1:
        raise ValidationError("文件加了密，读者打不开。请去掉密码后再传。")
    if entry.compress_type not in _PACKINGS:
        raise ValidationError("文件打不开或者不完整，请重新导出后再试。")
    if name.lower().endswith("vbaproject.bin"):
        raise ValidationError("文件里有宏，不收。请另存为不带宏的 docx 或 xlsx。")
    is_dense = entry.file_size > MOST_PACKED * max(1, entry.compress_size)
    if entry.file_size > MEGABYTE and is_dense:
        raise ValidationError("文件解开以后太大，不收。请另存后再试。")


def _check_parts(packed: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """No macros under another name, and nothing fetched from elsewhere on opening."""
    for entry in entries:
        if entry.filename == "[Content_Types].xml":
            for part in _parsed(packed, entry).iter("{*}Override", "{*}Default"):
                kind = part.get("ContentType", "").lower()
                if "vbaproject" in kind or "macroenabled" in kind:
                    raise ValidationError(
                        "文件里有宏，不收。请另存为不带宏的 docx 或 xlsx。"
                    )
        elif entry.filename.lower().endswith(".rels"):
            for link in _parsed(packed, entry).iter("{*}Relationship"):
                _check_link(link)


def _check_link(link: etree._Element) -> None:
    is_outside = link.get("TargetMode", "").strip().lower() == "external"
    if is_outside and not link.get("Type", "").endswith("/hyperlink"):
        raise ValidationError(
            "文件打开时会去别处取内容，不收。请把外部的图片或模板存进文件里，"
            "断开到别的表格的链接。"
        )


def _parsed(packed: zipfile.ZipFile, entry: zipfile.ZipInfo) -> etree._Element:
    """The part as XML. A document type, which could define entities, is refused."""
    if entry.file_size > LARGEST_PART:
        raise ValidationError("文件解开以后太大，不收。请另存后再试。")
    # Without a limit zipfile unpacks all there is, whatever size the entry declares.
    with packed.open(entry) as part:
        text = part.read(LARGEST_PART)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    has_type = b"<!DOCTYPE" in text
    if not has_type:
        root = etree.fromstring(text, parser)
        has_type = root.getroottree().docinfo.internalDTD is not None
    if has_type:
        raise ValidationError("文件里有不该有的内容，不收。请另存后再试。")
    return root


def recording_kind(upload: File) -> tuple[Recording.Kind, str, int | None]:
    """Video or audio, the ending it is kept under, and how many seconds it lasts if that
    is easily told. Raises ValidationError with a sentence."""
    _check_size(upload, LARGEST_RECORDING, "文件超过 200 MB，请压缩后再传。")
    head = _read(upload, 0, 64)
    if head[4:8] == b"ftyp":
        return _mp4(upload)
    if head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head:
        return Recording.Kind.VIDEO, "webm", None
    if head.startswith(b"ID3") or _is_mp3_frame(head):
        return Recording.Kind.AUDIO, "mp3", None
    raise ValidationError("视频只收 mp4 和 webm，音频只收 mp3 和 m4a。")


def _is_mp3_frame(head: bytes) -> bool:
    """Whether a frame of layer III begins here, with a bit rate and a sample rate."""
    return (
        len(head) > 2
        and head[0] == 0xFF
        and head[1] & 0xE6 == 0xE2
        and head[2] & 0xF0 != 0xF0
        and head[2] & 0x0C != 0x0C
    )


def _mp4(upload: File) -> tuple[Recording.Kind, str, int | None]:
    """By the handlers of its tracks."""
    handlers, seconds = set(), None
    for name, inside in _boxes(upload):
        if name == b"hdlr":
            handlers.add(_read(upload, inside + 8, 4))
        elif name == b"mvhd":
            seconds = _length_of(_read(upload, inside, 32))
    if b"vide" in handlers:
        return Recording.Kind.VIDEO, "mp4", seconds
    if b"soun" in handlers:
        return Recording.Kind.AUDIO, "m4a", seconds
    raise ValidationError("文件里没有声音也没有画面，请重新导出后再试。")


def _boxes(upload: File) -> Iterator[tuple[bytes, int]]:
    """Name of each box that may say what the file is, and where its content begins."""
    to_walk, looked_at = [(0, upload.size)], 0
    while to_walk:
        place, end = to_walk.pop()
        while place + 8 <= end and looked_at < MOST_BOXES:
            looked_at += 1
            name, inside, after = _box(upload, place, end)
            if name in _HOLDERS:
                to_walk.append((inside, after))
            yield name, inside
            place = after


def _box(upload: File, place: int, end: int) -> tuple[bytes, int, int]:
    """Its name, where its content begins, and where it ends."""
    header = _read(upload, place, 16)
    size, inside = int.from_bytes(header[:4], "big"), place + 8
    if size == 1:
        size, inside = int.from_bytes(header[8:16], "big"), place + 16
    size = size or end - place
    if size < 8 or place + size > end:
        raise ValidationError("文件不完整，可能没有传完。请重新导出后再试。")
    return header[4:8], inside, place + size


def _length_of(header: bytes) -> int | None:
    is_long = header[:1] == b"\x01"
    scale = int.from_bytes(header[20:24] if is_long else header[12:16], "big")
    length = int.from_bytes(header[24:32] if is_long else header[16:20], "big")
    return round(length / scale) if scale and length < scale * 86_400 else None


def check_captions(upload: File) -> None:
    """Raise ValidationError unless it is WebVTT that a browser can show."""
    _check_size(upload, LARGEST_CAPTIONS, "字幕超过 1 MB，请检查是不是选错了文件。")
    try:
        text = _read(upload, 0, LARGEST_CAPTIONS).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError("字幕不是 UTF-8 文字，请另存为 UTF-8。") from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _SRT_CUE.search(text):
        raise ValidationError("这是 SRT 字幕，请转成 WebVTT（.vtt）。")
    if not re.match(r"WEBVTT(?:[ \t\n]|$)", text) or "\0" in text:
        raise ValidationError("这不是 WebVTT 字幕（.vtt）：第一行要写 WEBVTT。")
    if not any(_is_shown(cue) for cue in _CUE.finditer(text)):
        raise ValidationError(
            "字幕里一句话也没有：时间要写成 00:01.000 --> 00:04.000。"
        )


def _is_shown(cue: re.Match[str]) -> bool:
    """Whether it ends after it begins."""
    hours, minutes, seconds, rest, *end = [int(part or 0) for part in cue.groups()]
    return [hours, minutes, seconds, rest] < end


def _check_size(upload: File, most: int, sentence: str) -> None:
    if not upload.size:
        raise ValidationError("文件是空的。")
    if upload.size > most:
        raise ValidationError(sentence)


def _read(upload: File | IO[bytes], place: int, length: int) -> bytes:
    upload.seek(place)
    return upload.read(length)
