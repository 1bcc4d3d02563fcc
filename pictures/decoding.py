"""Look at one picture file, and make it anew: a program of its own.

    python -I decoding.py check IN        is it sound?
    python -I decoding.py take IN OUT     is it, and its pixels in a new file

IN may be "-" for standard input. One line of JSON goes to standard output. Whatever a
hostile file makes a decoder do, it does to this process, which has little memory and
time; a process that ends without its line has refused the file.

Pillow never sees the file that came in. A walker for each format finds the parts that
make the first picture and puts together a file of these alone. Comments, packed texts,
further frames, a second picture and whatever stands behind the end are left out: so a
file that is a picture and something else besides may come in, and only the picture does.

It imports Pillow and nothing of this project, so that starting it is cheap.
"""

import hashlib
import io
import json
import re
import resource
import struct
import sys
import warnings
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import (
    GifImagePlugin,  # noqa: F401  the plugins are loaded before the limits are set
    Image,
    ImageCms,
    JpegImagePlugin,  # noqa: F401
    PngImagePlugin,  # noqa: F401
    WebPImagePlugin,  # noqa: F401
)

MAX_BYTES = 10 * 1024 * 1024
MAX_SIDE = 12_000  # pixels
MAX_PIXELS = {
    "JPEG": 40_000_000,
    "PNG": 12_000_000,
    "WEBP": 12_000_000,
    "GIF": 12_000_000,
}
MAX_FRAMES = 200
# Careful encoders write about 25 scans; each costs a walk over the whole picture.
MAX_SCANS = 64
MAX_WALKED = 400_000_000  # pixels of all scans together: under a second
# Segments of a JPEG, chunks of a PNG or WebP, blocks of a GIF.
MAX_PARTS = 20_000
MAX_PROFILE = 4 * 1024 * 1024  # bytes; those of printers are about half of it

MASTER_SIDE = 4000  # pixels
MASTER_QUALITIES = (90, 80, 70)
# A PNG above it is a photograph in the wrong format.
MAX_OPAQUE_PNG = 3 * 1024 * 1024

# What a check may allocate, bytes. See `Anatomy.cost`.
CHECK_MEMORY = 56 * 1024 * 1024
ADDRESS_SPACE = 1024**3
CPU_SECONDS = 10
OPEN_FILES = 24
WRITTEN = {"check": 64 * 1024, "take": 64 * 1024 * 1024}  # bytes

EMPTY = "文件是空的。"
TOO_HEAVY = "图片超过 10 MB，请先缩小。"
TOO_LONG = "图片太宽或太高（每边最多 12000 像素），请先缩小。"
TOO_LARGE = "图片尺寸太大（最多 4000 万像素），请先缩小。"
TOO_LARGE_FOR_GRAPHICS = (
    "PNG、WebP 和 GIF 最多 1200 万像素。照片请存为 JPEG，其他图片请先缩小。"
)
TOO_MANY_FRAMES = "动画太长（最多 200 帧）。请只导出其中一帧。"
TOO_COMPLEX = "图片太复杂，处理不了。请另存后再试。"
INCOMPLETE = "图片文件不完整，可能没有传完。请重新导出或下载后再试。"
UNREADABLE = "这不是能打开的 JPEG、PNG、WebP 或 GIF 图片。"
RARE_JPEG = "这种 JPEG 编码很少见，打不开。请另存为普通的 JPEG。"

# What Pillow raises for files that are not what they say; others end the process.
FAULTS = (
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
    EOFError,
    IndexError,
    KeyError,
    OSError,
    OverflowError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


class Refused(Exception):  # noqa: N818  as in articles.refusals
    """The file cannot come in; the sentence is for the editor."""

    def __init__(self, sentence: str, size: tuple[int, int] = (0, 0)) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.size = size


@dataclass(frozen=True)
class Anatomy:
    """The parts of a file that make its first picture."""

    format: str
    size: tuple[int, int]  # as stored, before orientation
    picture: bytes  # a whole file of these parts alone
    cost: int  # bytes of memory to decode it for a check
    exif: bytes = b""
    profile: bytes = b""


# --- What is it? ---------------------------------------------------------------------

_HEAD = 4096  # bytes
_SVG = "不收 SVG：它可以带程序。请导出成 PNG。"
_HEIC = "这是 HEIC 或 AVIF 图片，请在手机或电脑上另存为 JPEG。"
_HEIC_BRANDS = frozenset(
    b"heic heix heim heis hevc hevx mif1 msf1 avif avis avio miaf".split()
)
_OTHERS = (
    ((b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"), "不收 TIFF，请另存为 JPEG 或 PNG。"),
    ((b"BM",), "不收 BMP，请另存为 PNG。"),
    ((b"\0\0\1\0", b"\0\0\2\0"), "不收图标文件（ICO），请另存为 PNG。"),
    ((b"8BPS",), "不收 PSD，请导出成 JPEG 或 PNG。"),
    ((b"%!PS", b"\xc5\xd0\xd3\xc6"), "不收 EPS，请导出成 PNG。"),
    ((b"%PDF",), "这是 PDF，不是图片。请把要用的一页导出成 JPEG 或 PNG。"),
    ((b"\0\0\0\x0cjP  ", b"\xff\x4f\xff\x51"), "不收 JPEG 2000，请另存为 JPEG。"),
    ((b"\xff\x0a", b"\0\0\0\x0cJXL "), "不收 JPEG XL，请另存为 JPEG。"),
    ((b"PK\3\4", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf"), "这是压缩包，不是图片。"),
)


def sniff(data: bytes) -> str:
    """The format that the first bytes tell. Raises Refused for all others: a name or a
    content type is never asked."""
    if not data:
        raise Refused(EMPTY)
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    raise Refused(_why_not(data[:_HEAD]))


def _why_not(head: bytes) -> str:
    if head[4:8] == b"ftyp":
        return _HEIC if head[8:12] in _HEIC_BRANDS else "这是视频，不是图片。"
    for magics, sentence in _OTHERS:
        if head.startswith(magics):
            return sentence
    # UTF-16 has a zero byte beside each of these.
    text = head.replace(b"\0", b"").lower()
    if b"<svg" in text:
        return _SVG
    if re.search(rb"<(!doctype|html|head|body|script|\?xml)\b", text):
        return "这是网页，不是图片。"
    return UNREADABLE


def check_size(kind: str, width: int, height: int) -> None:
    """Raise Refused unless a picture of this size, in pixels, may be decoded."""
    size = (width, height)
    if min(size) < 1:
        raise Refused(UNREADABLE)
    if max(size) > MAX_SIDE:
        raise Refused(TOO_LONG, size)
    if width * height > MAX_PIXELS[kind]:
        raise Refused(TOO_LARGE if kind == "JPEG" else TOO_LARGE_FOR_GRAPHICS, size)


# --- JPEG ----------------------------------------------------------------------------

# Zero bytes and restarts (D0 to D7) stand within the pixels. Of several FF only the last
# is looked at: a pattern for the run would try each of them again, for hours.
_MARKER = re.compile(rb"\xff([^\x00\xff\xd0-\xd7])")
_SOI, _EOI, _SOS, _APP0, _APP1, _APP2, _APP14 = (
    0xD8,
    0xD9,
    0xDA,
    0xE0,
    0xE1,
    0xE2,
    0xEE,
)
_BASELINE, _EXTENDED, _PROGRESSIVE = 0xC0, 0xC1, 0xC2
# Lossless, hierarchical and arithmetic ones: no camera and no browser has them.
_RARE_FRAMES = frozenset(range(0xC3, 0xD0)) - {0xC4, 0xC8, 0xCC}
_TABLES = frozenset((0xC4, 0xDB, 0xDD))  # Huffman, quantisation, restart interval
_COEFFICIENTS = 64 * 2  # bytes a block of 8 x 8


@dataclass(frozen=True)
class Segment:
    code: int
    start: int
    body: bytes
    end: int
    gap: slice  # what stands before it: pixels, if the one before was a scan


def _segments(data: bytes) -> Iterator[Segment]:
    """All up to the end of the picture. Raises Refused if there is none."""
    position = 2
    for _ in range(MAX_PARTS):
        found = _MARKER.search(data, position)
        if found is None:
            raise Refused(INCOMPLETE)
        code, start, end = found[1][0], found.start(), found.end()
        gap = slice(position, start)
        if code in (_SOI, _EOI, 0x01):
            yield Segment(code, start, b"", end, gap)
            if code == _EOI:
                return
        else:
            start, end = end - 2, end + _length(data, end)
            yield Segment(code, start, data[start + 4 : end], end, gap)
        position = end
    raise Refused(TOO_COMPLEX)


def _length(data: bytes, position: int) -> int:
    length = int.from_bytes(data[position : position + 2], "big")
    if position + length > len(data) or position + 2 > len(data):
        raise Refused(INCOMPLETE)
    if length < 2:
        raise Refused(UNREADABLE)
    return length


class _Jpeg:
    """What is gathered from the segments of a JPEG."""

    def __init__(self) -> None:
        self.parts = [b"\xff\xd8"]
        self.size = (0, 0)
        self.sampling: list[tuple[int, int]] = []
        self.scans = 0
        self.is_buffered = False  # its coefficients are all kept until the last scan
        self.exif = b""
        self.profile: list[bytes] = []

    def add(self, segment: Segment, data: bytes) -> None:
        code, body = segment.code, segment.body
        if code in _RARE_FRAMES:
            raise Refused(RARE_JPEG)
        if code in (_BASELINE, _EXTENDED, _PROGRESSIVE):
            self._read_frame(body)
            self.is_buffered = code == _PROGRESSIVE
        elif code == _SOS:
            self._read_scan(body)
        elif not self._is_needed(code, body):
            self._read_metadata(code, body)
            return
        self.parts.append(data[segment.start : segment.end])

    def _read_frame(self, body: bytes) -> None:
        if self.sampling:
            raise Refused(UNREADABLE)
        height, width, count = struct.unpack_from(">xHHB", body)
        check_size("JPEG", width, height)
        self.size = (width, height)
        self.sampling = [
            (body[at] >> 4, body[at] & 15) for at in range(7, 6 + 3 * count, 3)
        ]
        if count not in (1, 3, 4) or not all(
            1 <= factor <= 4 for pair in self.sampling for factor in pair
        ):
            raise Refused(RARE_JPEG, self.size)

    def _read_scan(self, body: bytes) -> None:
        if not self.sampling or not body:
            raise Refused(UNREADABLE)
        self.scans += 1
        self.is_buffered = self.is_buffered or body[0] < len(self.sampling)
        walked = self.scans * self.size[0] * self.size[1]
        if self.scans > MAX_SCANS or walked > MAX_WALKED:
            raise Refused(TOO_COMPLEX, self.size)

    def _is_needed(self, code: int, body: bytes) -> bool:
        return (
            code in _TABLES
            or (code == _APP0 and body.startswith(b"JFIF\0"))
            or (code == _APP14 and body.startswith(b"Adobe"))
        )

    def _read_metadata(self, code: int, body: bytes) -> None:
        if code == _APP1 and body.startswith(b"Exif\0") and not self.exif:
            self.exif = body[6:]
        if code == _APP2 and body.startswith(b"ICC_PROFILE\0"):
            self.profile.append(body[12:])

    def cost(self) -> int:
        """Of a decoding at an eighth of the size."""
        if not self.is_buffered:
            return 0
        across = -(-self.size[0] // (8 * max(factor for factor, _ in self.sampling)))
        down = -(-self.size[1] // (8 * max(factor for _, factor in self.sampling)))
        blocks = across * down * sum(x * y for x, y in self.sampling)
        return blocks * _COEFFICIENTS


def dissect_jpeg(data: bytes) -> Anatomy:
    """Up to the end of the first picture: that of an MPO too, and without its preview."""
    jpeg = _Jpeg()
    in_scan = False
    for segment in _segments(data):
        if in_scan:
            jpeg.parts.append(data[segment.gap])
        in_scan = segment.code == _SOS
        if segment.code not in (_SOI, _EOI, 0x01):
            jpeg.add(segment, data)
    if not jpeg.scans:
        raise Refused(UNREADABLE)
    picture = b"".join([*jpeg.parts, b"\xff\xd9"])
    # Pieces of a profile begin with their number and how many there are.
    profile = b"".join(piece[2:] for piece in sorted(jpeg.profile))
    return Anatomy(
        "JPEG", jpeg.size, picture, jpeg.cost() + len(picture), jpeg.exif, profile
    )


# --- PNG -----------------------------------------------------------------------------

_PALETTED = 3


def dissect_png(data: bytes) -> Anatomy:
    """The still picture of a PNG; the further frames of an animated one are left out."""
    kept: list[bytes] = [data[:8]]
    apart: dict[bytes, bytes] = {}
    size = (0, 0)
    frames = 0
    colours = 0
    for kind, body, chunk in _png_chunks(data):
        if kind == b"IHDR":
            size = struct.unpack_from(">II", body)
            check_size("PNG", *size)
        if kind == b"PLTE":
            colours += len(body) // 3
        frames = _count_frames(frames, kind, body)
        if kind in (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"):
            _check_sum(chunk)
            kept.append(chunk)
        elif kind in (b"eXIf", b"iCCP"):
            apart.setdefault(kind, body)
    # The kind of its colours is the tenth byte of the header's body.
    if kept[1][17] == _PALETTED and not 1 <= colours <= 256:
        raise Refused(UNREADABLE, size)
    picture = b"".join(kept)
    return Anatomy(
        "PNG",
        size,
        picture,
        4 * size[0] * size[1] + len(picture),
        apart.get(b"eXIf", b""),
        _unpacked_profile(apart.get(b"iCCP", b"")),
    )


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Kind, body, and the chunk as it stands, up to the end. Raises Refused if one is cut
    off, or if the header is not the first and the only one."""
    position = 8
    for number in range(MAX_PARTS):
        if position + 12 > len(data):
            raise Refused(INCOMPLETE)
        length, kind = struct.unpack_from(">I4s", data, position)
        end = position + 12 + length
        if end > len(data):
            raise Refused(INCOMPLETE)
        if (kind == b"IHDR") != (number == 0):
            raise Refused(UNREADABLE)
        yield kind, data[position + 8 : end - 4], data[position:end]
        if kind == b"IEND":
            return
        position = end
    raise Refused(TOO_COMPLEX)


def _count_frames(frames: int, kind: bytes, body: bytes) -> int:
    """Those that stand in the file, and those that it only speaks of."""
    if kind == b"fcTL":
        frames += 1
    if kind == b"acTL":
        frames = max(frames, int.from_bytes(body[:4], "big") - MAX_FRAMES)
    if frames > MAX_FRAMES:
        raise Refused(TOO_MANY_FRAMES)
    return frames


def _check_sum(chunk: bytes) -> None:
    if zlib.crc32(memoryview(chunk)[4:-4]) != int.from_bytes(chunk[-4:], "big"):
        raise Refused(UNREADABLE)


def _unpacked_profile(body: bytes) -> bytes:
    """The colour profile behind its name; empty if it is broken or too big."""
    packed = body.partition(b"\0")[2][1:]
    try:
        profile = zlib.decompressobj().decompress(packed, MAX_PROFILE + 1)
    except zlib.error:
        return b""
    return profile if len(profile) <= MAX_PROFILE else b""


# --- GIF -----------------------------------------------------------------------------


def dissect_gif(data: bytes) -> Anatomy:
    """The first frame of a GIF."""
    try:
        return _dissect_gif(data)
    except IndexError as end_of_data:
        raise Refused(INCOMPLETE) from end_of_data


def _dissect_gif(data: bytes) -> Anatomy:
    width, height = struct.unpack("<HH", _slice(data, 6, 10))
    check_size("GIF", max(width, 1), max(height, 1))
    position = 13 + _palette(data[10])
    parts = [_slice(data, 0, position)]
    control = b""
    frames = 0
    for kind, start, end in _gif_blocks(data, position):
        if kind == 0x2C:
            frames += 1
            if frames > MAX_FRAMES:
                raise Refused(TOO_MANY_FRAMES, (width, height))
            if frames == 1:
                parts += [control, data[start:end]]
                # A frame may reach beyond the picture it is of, and widens it.
                left, top, across, down = struct.unpack_from("<HHHH", data, start + 1)
                width, height = max(width, left + across), max(height, top + down)
                check_size("GIF", width, height)
        elif data[start + 1] == 0xF9:
            control = data[start:end]
    if not frames:
        raise Refused(UNREADABLE)
    picture = b"".join([*parts, b";"])
    return Anatomy("GIF", (width, height), picture, 2 * width * height + len(picture))


def _gif_blocks(data: bytes, position: int) -> Iterator[tuple[int, int, int]]:
    """Kind, start and end of each, up to the trailer."""
    for _ in range(MAX_PARTS):
        kind = data[position]
        if kind == 0x3B:
            return
        if kind == 0x2C:
            inner = position + 11 + _palette(data[position + 9])
        elif kind == 0x21:
            inner = position + 2
        else:
            raise Refused(UNREADABLE)
        start, position = position, _behind_blocks(data, inner)
        yield kind, start, position
    raise Refused(TOO_COMPLEX)


def _behind_blocks(data: bytes, position: int) -> int:
    while length := data[position]:
        position += length + 1
    return position + 1


def _palette(flags: int) -> int:
    """How many bytes the colours take."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _slice(data: bytes, start: int, end: int) -> bytes:
    if end > len(data):
        raise IndexError
    return data[start:end]


# --- WebP ----------------------------------------------------------------------------

_ICC, _EXIF, _XMP = 0x20, 0x08, 0x04  # flags of what an extended file has
# Pillow holds a picture four times: two canvases, a copy, and its own.
_WEBP_PIXEL = 16  # bytes


def dissect_webp(data: bytes) -> Anatomy:
    """The picture of a WebP, or the first frame of an animated one."""
    kept: dict[bytes, bytes] = {}
    sizes: list[tuple[int, int]] = []
    frames = 0
    for kind, body, chunk in _riff_chunks(data):
        if kind in (b"VP8X", b"VP8 ", b"VP8L"):
            sizes.append(_webp_size(kind, body))
            check_size("WEBP", *sizes[-1])
        frames += kind == b"ANMF"
        if frames > MAX_FRAMES:
            raise Refused(TOO_MANY_FRAMES, sizes[0] if sizes else (0, 0))
        kept.setdefault(kind, chunk)
    if not sizes or not kept.keys() & {b"VP8 ", b"VP8L", b"ANMF"}:
        raise Refused(UNREADABLE)
    picture = _webp_picture(kept)
    width, height = sizes[0]
    return Anatomy(
        "WEBP",
        (width, height),
        picture,
        _WEBP_PIXEL * width * height + 2 * len(picture),
        kept.get(b"EXIF", b"")[8:],
        kept.get(b"ICCP", b"")[8:],
    )


def _riff_chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Kind, body, and the chunk as it stands but padded. What is behind the declared
    size is not read; Raises Refused if there is less."""
    total = 8 + int.from_bytes(data[4:8], "little")
    if total > len(data):
        raise Refused(INCOMPLETE)
    position = 12
    for _ in range(MAX_PARTS):
        if position + 8 > total:
            return
        kind, length = struct.unpack_from("<4sI", data, position)
        end = position + 8 + length
        if end > total:
            raise Refused(INCOMPLETE)
        chunk = data[position:end]
        yield kind, chunk[8:], chunk + b"\0" * (length % 2)
        position = end + length % 2
    raise Refused(TOO_COMPLEX)


def _webp_size(kind: bytes, body: bytes) -> tuple[int, int]:
    if kind == b"VP8X":
        width = int.from_bytes(body[4:7], "little") + 1
        return width, int.from_bytes(body[7:10], "little") + 1
    if kind == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = struct.unpack_from("<HH", body, 6)
    return width & 0x3FFF, height & 0x3FFF


def _webp_picture(kept: dict[bytes, bytes]) -> bytes:
    extended = bytearray(kept.get(b"VP8X", b""))
    if extended:
        extended[8] &= ~(_ICC | _EXIF | _XMP)
    order = (b"ANIM", b"ANMF", b"ALPH", b"VP8 ", b"VP8L")
    body = b"WEBP" + extended + b"".join(kept.get(kind, b"") for kind in order)
    return b"RIFF" + len(body).to_bytes(4, "little") + body


WALKERS: dict[str, Callable[[bytes], Anatomy]] = {
    "JPEG": dissect_jpeg,
    "PNG": dissect_png,
    "GIF": dissect_gif,
    "WEBP": dissect_webp,
}


# --- EXIF ----------------------------------------------------------------------------

_ORIENTATION, _DETAILS, _TAKEN_AT = 0x0112, 0x8769, 0x9003
_MAX_FIELDS = 500
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS = range(5, 9)


def read_exif(data: bytes) -> tuple[int, str]:
    """The orientation, 1 to 8, and the day it was taken as YYYY-MM-DD or "".

    Two tables are read, and nothing they point to but the day: no loop is followed.
    """
    data = data.removeprefix(b"Exif\0\0")
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(data[:4])
    if order is None:
        return 1, ""
    first = _fields(data, order, 4)
    turn = struct.unpack_from(order + "H", first.get(_ORIENTATION, b"\0\0"))[0]
    details = _fields(data, order, _DETAILS, first)
    taken = b""
    if _TAKEN_AT in details:
        at = struct.unpack(order + "I", details[_TAKEN_AT])[0]
        taken = data[at : at + 10]
    day = re.fullmatch(rb"(\d{4})[:-](\d\d)[:-](\d\d)", taken)
    return (
        turn if turn in _TURNS else 1,
        b"-".join(day.groups()).decode() if day else "",
    )


def _fields(
    data: bytes, order: str, pointer: int, within: dict[int, bytes] | None = None
) -> dict[int, bytes]:
    """The four bytes of each field of a table; as many as there really are. The table is
    where the field `pointer` of `within` says, or the four bytes at `pointer`."""
    place = data[pointer : pointer + 4] if within is None else within.get(pointer, b"")
    if len(place) != 4:
        return {}
    start = struct.unpack(order + "I", place)[0]
    if start + 2 > len(data):
        return {}
    count = struct.unpack_from(order + "H", data, start)[0]
    table = data[start + 2 : start + 2 + 12 * min(count, _MAX_FIELDS)]
    table = table[: len(table) // 12 * 12]
    return dict(struct.iter_unpack(order + "H6x4s", table))


# --- Pixels --------------------------------------------------------------------------


def dissect(data: bytes) -> Anatomy:
    """The parts of a file that make a picture. Raises Refused."""
    if len(data) > MAX_BYTES:
        raise Refused(TOO_HEAVY)
    return WALKERS[sniff(data)](data)


def open_picture(anatomy: Anatomy) -> Image.Image:
    """The picture, not yet decoded. Raises Refused and what Pillow raises."""
    image = Image.open(io.BytesIO(anatomy.picture), formats=[anatomy.format])
    if image.size != anatomy.size:
        raise Refused(UNREADABLE)
    return image


def check(anatomy: Anatomy) -> bool:
    """Decode it if that is within the memory of a check, and say whether it was.

    A JPEG is decoded at an eighth, which reads all of the file. Left to `take` are big
    progressive JPEG and WebP: their decoders hold the whole picture several times.
    """
    image = open_picture(anatomy)
    if anatomy.cost > CHECK_MEMORY:
        return False
    width, height = image.size
    image.draft(None, (max(1, width // 8), max(1, height // 8)))
    image.load()
    return True


def develop(anatomy: Anatomy) -> Image.Image:
    """The picture as it is kept: upright, sRGB in RGB or RGBA of 8 bits, at most
    MASTER_SIDE long, and nothing beside the pixels."""
    image = open_picture(anatomy)
    if image.mode not in ("L", "RGB", "CMYK") or "transparency" in image.info:
        image = _eight_bits(image)
    image.thumbnail(
        (MASTER_SIDE, MASTER_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0
    )
    image = _to_srgb(image, anatomy.profile)
    turn = read_exif(anatomy.exif)[0]
    if turn in _TURNS:
        image = image.transpose(_TURNS[turn])
    image = _without_hidden_pixels(image)
    image.info.clear()
    return image


def _eight_bits(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):
        return image.point(lambda value: value * (1 / 256)).convert("L")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _to_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """In RGB or RGBA. A profile that is broken or of other colours is not heeded."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    if profile and len(profile) <= MAX_PROFILE:
        try:
            described = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            # Left alone, so that the same pixels stay the same with it and without.
            if not ImageCms.getProfileDescription(described).startswith("sRGB"):
                srgb = ImageCms.createProfile("sRGB")
                image = (
                    ImageCms.profileToProfile(image, described, srgb, outputMode=mode)
                    or image
                )
        except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
            return image.convert(mode)
    return image.convert(mode)


def _without_hidden_pixels(image: Image.Image) -> Image.Image:
    """Nothing is left under full transparency, where somebody may have hidden a face;
    and no transparency where nothing is transparent."""
    if image.mode != "RGBA":
        return image
    alpha = image.getchannel("A")
    darkest, _ = alpha.getextrema()
    if darkest == 255:
        return image.convert("RGB")
    if darkest == 0:
        seen = alpha.point([0] + [255] * 255)
        image = Image.composite(image, Image.new("RGBA", image.size), seen)
    return image


def encode(image: Image.Image, kind: str) -> tuple[bytes, str]:
    """The file of a developed picture that came as `kind`, and its ending. Raises
    Refused if it cannot be made smaller than what may come in."""
    if kind == "JPEG":
        return _as_jpeg(image), "jpg"
    if kind == "WEBP":
        has_alpha = image.mode == "RGBA"
        options = {"lossless": True, "quality": 20, "method": 1} if has_alpha else {}
        return _within_limit(
            _saved(image, "WEBP", **{"quality": 90, **options})
        ), "webp"
    data = _saved(image, "PNG")
    if image.mode == "RGB" and len(data) > MAX_OPAQUE_PNG:
        return _as_jpeg(image), "jpg"
    return _within_limit(data), "png"


def _as_jpeg(image: Image.Image) -> bytes:
    data = b""
    for quality in MASTER_QUALITIES:
        data = _saved(
            image, "JPEG", quality=quality, progressive=True, subsampling="4:2:0"
        )
        if len(data) <= MAX_BYTES:
            return data
    return _within_limit(data)


def _saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def _within_limit(data: bytes) -> bytes:
    if len(data) > MAX_BYTES:
        raise Refused(TOO_HEAVY)
    return data


# --- What is known of the pixels -----------------------------------------------------


def fingerprint(image: Image.Image) -> str:
    """64 hexadecimal digits that are the same for the same pixels."""
    digest = hashlib.sha256(f"{image.width} {image.height} {image.mode} ".encode())
    digest.update(image.tobytes())
    return digest.hexdigest()


def near_hash(image: Image.Image) -> int:
    """64 signed bits: whether each of 8 x 8 fields is darker than its neighbour."""
    grey = _on_white(image).convert("L").resize((9, 8), Image.Resampling.BOX)
    levels = grey.tobytes()
    bits = 0
    for row in range(0, 72, 9):
        for at in range(row, row + 8):
            bits = bits << 1 | (levels[at] < levels[at + 1])
    return bits - (1 << 64) if bits >> 63 else bits


def tone(image: Image.Image) -> int:
    """The average colour, two bits a channel: 0 to 63."""
    red, green, blue = _on_white(image).resize((1, 1), Image.Resampling.BOX).tobytes()
    return (red >> 6) * 16 + (green >> 6) * 4 + (blue >> 6)


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    ground = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(ground, image).convert("RGB")


# --- The program ---------------------------------------------------------------------


def report_on(
    mode: str, data: bytes, write: Callable[[bytes], object]
) -> dict[str, Any]:
    """What the line says. In mode "take", `write` gets the new file."""
    report: dict[str, Any] = {"ok": False, "reason": "", "format": ""}
    size = (0, 0)
    try:
        if len(data) <= MAX_BYTES:
            report["format"] = sniff(data)
        anatomy = dissect(data)
        del data  # a check has no memory to spare
        turn, taken_on = read_exif(anatomy.exif)
        size = anatomy.size[::-1] if turn in _SIDEWAYS else anatomy.size
        if mode == "take":
            report |= _take(anatomy, write) | {"taken_on": taken_on}
        else:
            report["is_decoded"] = check(anatomy)
        report["ok"] = True
    except Refused as refusal:
        report["reason"] = refusal.sentence
        size = refusal.size if any(refusal.size) else size
    except MemoryError:
        report["reason"] = TOO_COMPLEX
    except FAULTS as fault:
        report["reason"] = INCOMPLETE if "truncated" in str(fault) else UNREADABLE
    return report | {"width": size[0], "height": size[1]}


def _take(anatomy: Anatomy, write: Callable[[bytes], object]) -> dict[str, Any]:
    image = develop(anatomy)
    data, extension = encode(image, anatomy.format)
    write(data)
    return {
        "extension": extension,
        "master": image.size,
        "sha256": fingerprint(image),
        "near_hash": near_hash(image),
        "tone": tone(image),
    }


def _confine(mode: str) -> None:
    """Take from this process what a picture does not need."""
    warnings.simplefilter("ignore")
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = max(MAX_PIXELS.values())
    for kind, most in (
        (resource.RLIMIT_AS, ADDRESS_SPACE),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, WRITTEN[mode]),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def _memory(name: str) -> float:
    """MB of this process, "VmRSS" now or "VmHWM" at most; 0 where there is no /proc.

    Not getrusage, which counts the process that started this one.
    """
    try:
        status = Path("/proc/self/status").read_text("ascii", "replace")
    except OSError:
        return 0.0
    found = re.search(rf"^{name}:\s+(\d+) kB", status, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


def _read(source: str) -> bytes:
    if source == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    with Path(source).open("rb") as file:
        return file.read(MAX_BYTES + 1)


def main(mode: str, source: str, target: str = "") -> None:
    """Print the line; `mode` is "check" or "take"."""
    before = _memory("VmRSS")
    _confine(mode)
    report = report_on(mode, _read(source), lambda data: Path(target).write_bytes(data))
    report["peak_mb"] = round(max(0.0, _memory("VmHWM") - before), 1)
    sys.stdout.write(json.dumps(report) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
