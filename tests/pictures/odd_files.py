"""More of what somebody may try, by format: cut short, swollen, disguised, contradictory.

What is here goes to its limits; `hostile` has what is common."""

import struct
import zlib
from collections.abc import Callable

from PIL import Image, ImageCms

from tests.pictures.hostile import (
    SECRET,
    animated,
    behind_header,
    chunk,
    exif,
    in_jpeg,
    png_of,
    segment,
    zipped,
)
from tests.pictures.images import drawn, encoded

KINDS = ("JPEG", "PNG", "WEBP", "GIF")
PAGE = b"<html><script>alert(1)</script></html>" + SECRET
MANY_ZEROS = zlib.compress(bytes(50_000_000), 1)  # 50 MB
INCOMPLETE, UNREADABLE, TOO_LARGE = "不完整", "不是能打开的", "像素"


def blank_png(
    width: int, height: int, *more: bytes, depth: int = 8, kind: int = 2
) -> bytes:
    """All of its pixels, and all of them zero."""
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[kind]
    row = bytes(1 + (width * channels * depth + 7) // 8)
    packer = zlib.compressobj(1)
    pixels = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    header = png_of(width, height, *more, depth=depth, kind=kind)
    start = header.index(b"IDAT") - 4
    return header[:start] + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def first_scan(data: bytes) -> int:
    """Where the first pixels of a JPEG stand, nearly."""
    return data.index(b"\xff\xda") + 100


def with_size(data: bytes, width: int, height: int) -> bytes:
    """A JPEG whose header claims another size."""
    at = data.index(b"\xff\xc0") + 5
    return data[:at] + struct.pack(">HH", height, width) + data[at + 4 :]


def with_many_scans(count: int, size: tuple[int, int] = (64, 48)) -> bytes:
    """A progressive JPEG whose last scan is there so many times more."""
    data = encoded(Image.new("RGB", size, "red"), progressive=True, quality=50)
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * count + b"\xff\xd9"


def webp_claiming(data: bytes, length: int) -> bytes:
    return data[:4] + struct.pack("<I", length) + data[8:]


def webp_of(width: int, height: int) -> bytes:
    """The header of an extended WebP that claims this size."""
    body = bytes(4) + (width - 1).to_bytes(3, "little")
    body += (height - 1).to_bytes(3, "little")
    parts = b"WEBPVP8X" + struct.pack("<I", 10) + body
    parts += b"VP8L" + struct.pack("<I", 8) + b"\x2f" + bytes(7)
    return b"RIFF" + struct.pack("<I", len(parts)) + parts


def tables(*fields: tuple[int, int, int, int], count: int | None = None) -> bytes:
    """EXIF of one table: tag, type, count and value of each field."""
    number = len(fields) if count is None else count
    body = b"".join(struct.pack(">HHII", *field) for field in fields)
    return b"Exif\0\0MM\0*" + struct.pack(">IH", 8, number) + body


def other_profile() -> bytes:
    """A colour profile that does not call itself sRGB."""
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return made.replace("sRGB".encode("utf-16-be"), "qRGB".encode("utf-16-be"))


def animated_png(frames: int) -> bytes:
    """Frames that are spoken of, each with its header and a few bytes."""
    plain = encoded(drawn(), "PNG")
    control = struct.pack(">IIIIIHHBB", 0, 1, 1, 0, 0, 1, 50, 0, 0)
    body = struct.pack(">I", 1) + zlib.compress(bytes(4))
    more = [chunk(b"fcTL", control), chunk(b"fdAT", body)] * frames
    return behind_header(plain, chunk(b"acTL", struct.pack(">II", 1, 0)), *more)


def many_frames_gif(frames: int) -> bytes:
    data = encoded(drawn(0, (16, 16)), "GIF")
    start = data.index(b"\x2c", 13 + (3 << ((data[10] & 7) + 1)))
    return data[:start] + data[start:-1] * frames + b";"


def cut_short() -> dict[str, tuple[bytes, str]]:
    made = {}
    for kind in KINDS:
        data = encoded(drawn(), kind)
        for tenths in (1, 3, 5, 7, 9):
            cut = data[: max(20, len(data) * tenths // 10)]
            made[f"{kind} of {tenths} tenths"] = (cut, INCOMPLETE)
        made[f"{kind} but for its last byte"] = (data[:-1], INCOMPLETE)
        made[f"{kind} of three bytes"] = (
            data[:3],
            INCOMPLETE if kind == "JPEG" else UNREADABLE,
        )
    return made


def of_other_kinds() -> dict[str, tuple[bytes, str]]:
    svg = "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
    ftyp = b"\0\0\0\x18ftyp"
    return {
        "svg behind a long comment": (f"<!--{'x' * 900}-->{svg}".encode(), "SVG"),
        "svg in utf-16": (svg.encode("utf-16"), "SVG"),
        "html in utf-16": ("<html><p>".encode("utf-16"), "网页"),
        "script": (b"  <script>alert(1)</script>", "网页"),
        "big-endian tiff": (b"MM\0*" + bytes(60), "TIFF"),
        "postscript": (b"%!PS-Adobe-3.0 EPSF-3.0\n", "EPS"),
        "binary eps": (b"\xc5\xd0\xd3\xc6" + bytes(60), "EPS"),
        "jpeg 2000": (encoded(drawn(0, (64, 64)), "JPEG2000"), "JPEG 2000"),
        "jpeg xl": (b"\xff\x0a" + bytes(60), "JPEG XL"),
        "heif": (ftyp + b"mif1" + bytes(60), "HEIC"),
        "film": (ftyp + b"isom" + bytes(60), "视频"),
        "windows program": (b"MZ\x90\0" + bytes(200), UNREADABLE),
        "gzip": (b"\x1f\x8b\x08" + bytes(60), "压缩包"),
        "zip before a jpeg": (zipped() + encoded(drawn()), "压缩包"),
        "page before a png": (PAGE + encoded(drawn(), "PNG"), "网页"),
        "zeros": (bytes(5_000), UNREADABLE),
        "a film called webp": (b"RIFF\x20\0\0\0AVI LIST" + bytes(60), UNREADABLE),
    }


def swollen() -> dict[str, tuple[bytes, str]]:
    """Claims that no machine should act on."""
    jpeg, png = encoded(drawn()), encoded(drawn(), "PNG")
    far = struct.pack("<HHHH", 60_000, 0, 640, 480)
    gif = encoded(drawn(), "GIF")
    frame = gif.index(b"\x2c" + bytes(4))
    comments = [segment(0xFE, b"a")] * 20_001
    return {
        "jpeg of 60,000 a side": (with_size(jpeg, 60_000, 60_000), TOO_LARGE),
        "jpeg of 65,535 by 1": (with_size(jpeg, 65_535, 1), TOO_LARGE),
        "jpeg too wide": (with_size(jpeg, 12_001, 1), TOO_LARGE),
        "jpeg of 41 megapixels": (with_size(jpeg, 8_200, 5_000), TOO_LARGE),
        "jpeg of no height": (with_size(jpeg, 640, 0), UNREADABLE),
        "webp of 16,000 a side": (webp_of(16_000, 16_000), TOO_LARGE),
        "webp of 16,777,216 by 1": (webp_of(1 << 24, 1), TOO_LARGE),
        "webp of 25 megapixels": (webp_of(5_000, 5_000), TOO_LARGE),
        "gif frame far outside": (gif[: frame + 1] + far + gif[frame + 9 :], TOO_LARGE),
        "all 36 megapixels of a png": (blank_png(6_000, 6_000), TOO_LARGE),
        "gif of 1,000 frames": (many_frames_gif(1_000), "帧"),
        "animated png of 1,000 frames": (animated_png(1_000), "帧"),
        "png that speaks of 4,294,967,295 frames": (
            behind_header(png, chunk(b"acTL", b"\xff" * 8)),
            "帧",
        ),
        "jpeg of 100 scans": (with_many_scans(100), "太复杂"),
        "18 Mpx jpeg of 60 scans": (with_many_scans(50, (6_000, 3_000)), "太复杂"),
        "jpeg of 20,001 comments": (in_jpeg(jpeg, *comments), "太复杂"),
        "png of 20,001 chunks": (
            behind_header(png, *[chunk(b"tEXt", b"a\0b")] * 20_001),
            "太复杂",
        ),
        "gif of 20,001 comments": (
            gif[:frame] + b"\x21\xfe\x01a\0" * 20_001 + gif[frame:],
            "太复杂",
        ),
    }


def contradictory() -> dict[str, tuple[bytes, str]]:
    jpeg, webp = encoded(drawn()), encoded(drawn(), "WEBP")
    png, gif = encoded(drawn(), "PNG"), encoded(drawn(), "GIF")
    frame = jpeg.index(b"\xff\xc0")
    body = png[33:]
    blocks = 13 + (3 << ((gif[10] & 7) + 1))  # behind the colours
    return {
        "jpeg with two headers": (
            jpeg[:frame] + jpeg[frame : frame + 19] + jpeg[frame:],
            UNREADABLE,
        ),
        "lossless jpeg": (jpeg.replace(b"\xff\xc0", b"\xff\xc3", 1), "少见"),
        "arithmetic jpeg": (jpeg.replace(b"\xff\xc0", b"\xff\xc9", 1), "少见"),
        "jpeg without pixels": (jpeg[: jpeg.index(b"\xff\xda")] + b"\xff\xd9", ""),
        "jpeg segment of no length": (in_jpeg(jpeg, b"\xff\xfe\0\0"), UNREADABLE),
        "webp that claims little": (webp_claiming(webp, 20), INCOMPLETE),
        "webp that claims more": (webp_claiming(webp, len(webp)), INCOMPLETE),
        "webp that claims 4 GB": (webp_claiming(webp, 0xFFFFFFFF), INCOMPLETE),
        "png without pixels": (png[:33] + chunk(b"IEND", b""), UNREADABLE),
        "png with two headers": (behind_header(png, png[8:33]), UNREADABLE),
        "png without its colours": (blank_png(64, 48, kind=3), UNREADABLE),
        "png of 3,000,000 colours": (
            blank_png(64, 48, chunk(b"PLTE", bytes(9_000_000)), kind=3),
            UNREADABLE,
        ),
        "png chunk of 4 GB": (png[:33] + b"\xff\xff\xff\xff" + body[4:], INCOMPLETE),
        "png with a wrong sum of its header": (
            png[:29] + bytes(4) + body,
            UNREADABLE,
        ),
        "gif without a frame": (gif[:blocks] + b";", UNREADABLE),
        "gif with an unknown block": (
            gif[:blocks] + b"\x99" + gif[blocks:],
            UNREADABLE,
        ),
    }


def more_refused() -> dict[str, tuple[bytes, str]]:
    """By name: the file, and a part of the sentence that refuses it."""
    return cut_short() | of_other_kinds() | swollen() | contradictory()


def with_odd_exif() -> dict[str, bytes]:
    jpeg = encoded(drawn())
    kinds = {
        "exif table that is its own part": tables((0x8769, 4, 1, 8)),
        "exif of 65,535 fields": tables((0x0112, 3, 1, 0x10000), count=65_535),
        "exif field of 4 GB": tables((0x010E, 2, 0xFFFFFFFF, 0xFFFFFFF0)),
        "exif that turns by 99": tables((0x0112, 3, 1, 99 << 16)),
        "exif with a preview": tables((0x0201, 4, 1, 60)) + bytes(30) + jpeg[:9_000],
        "exif of noise": b"Exif\0\0II*\0" + bytes(range(256)) * 200,
        "exif of one byte": b"Exif\0\0I",
    }
    return {
        name: in_jpeg(jpeg, segment(0xE1, body + SECRET))
        for name, body in kinds.items()
    }


def with_profiles() -> dict[str, bytes]:
    other = other_profile()
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    plain = drawn()
    return {
        "jpeg with another profile": encoded(plain, icc_profile=other),
        "grey jpeg with a profile of three": encoded(
            plain.convert("L"), icc_profile=other
        ),
        "webp with another profile": encoded(plain, "WEBP", icc_profile=other),
        "transparent png with a profile": encoded(
            plain.convert("RGBA"), "PNG", icc_profile=other
        ),
        "jpeg with a profile of lab": encoded(plain, icc_profile=lab),
        "jpeg with a profile of 5 MB": encoded(plain, icc_profile=bytes(5_000_000)),
        "png with a profile of 50 MB": behind_header(
            encoded(plain, "PNG"), chunk(b"iCCP", b"a\0\0" + MANY_ZEROS)
        ),
    }


def swollen_but_sound() -> dict[str, bytes]:
    jpeg, png = encoded(drawn()), encoded(drawn(), "PNG")
    restarts = Image.new("L", (1_960, 1_960))
    return {
        "jpeg with a run of ff": jpeg_of_ff(500_000),
        "jpeg with ff before its tables": jpeg[:2] + b"\xff" * 500_000 + jpeg[2:],
        "jpeg of 60 scans": with_many_scans(50),
        "jpeg of 60,000 restarts": encoded(
            restarts, quality=20, restart_marker_blocks=1
        ),
        "png with 50 MB in an international text": behind_header(
            png, chunk(b"iTXt", b"a\0\1\0\0\0" + MANY_ZEROS)
        ),
        "png with 50 MB behind its last row": png_of(64, 48).replace(
            chunk(b"IDAT", zlib.compress(bytes(64))), chunk(b"IDAT", MANY_ZEROS)
        ),
    }


def more_accepted() -> dict[str, bytes]:
    """Odd, or with something to hide, and still pictures."""
    plain = drawn()
    jpeg, png = encoded(plain), encoded(plain, "PNG")
    webp, gif = encoded(plain, "WEBP"), encoded(plain, "GIF")
    four_inks = Image.new("CMYK", (64, 48), (0, 255, 255, 0))
    return (
        with_odd_exif()
        | with_profiles()
        | swollen_but_sound()
        | {
            "gif that is a script too": gif + b"*/=1;alert(1)//" + PAGE,
            "webp that is a page too": webp + PAGE,
            "gif with a comment": gif[:-1] + b"\x21\xfe\x1e" + SECRET[:30] + b"\0;",
            "jpeg with a page in a comment": in_jpeg(jpeg, segment(0xFE, PAGE)),
            "several pictures in one file": encoded(
                plain, "MPO", save_all=True, append_images=[drawn(1)]
            ),
            "webp with xmp": encoded(plain, "WEBP", xmp=SECRET, exif=exif()),
            "png with an unknown chunk": behind_header(png, chunk(b"prVt", SECRET)),
            "png with an animated part": animated_png(3),
            "red in four inks": encoded(four_inks, quality=95),
            "png of 16 bits and alpha": blank_png(64, 48, depth=16, kind=6),
            "png of four bits": encoded(plain.quantize(16), "PNG", bits=4),
            "grey png with a transparent grey": blank_png(
                64, 48, chunk(b"tRNS", b"\0\0"), kind=0
            ),
            "progressive grey jpeg": encoded(plain.convert("L"), progressive=True),
            "transparent webp": encoded(
                plain.convert("RGBA").resize((90, 60)), "WEBP", lossless=True
            ),
            "gif of 100 frames": animated("GIF", 100),
            "gif of no size": gif[:6] + bytes(4) + gif[10:],
        }
    )


def jpeg_of_ff(length: int) -> bytes:
    data = encoded(drawn())
    at = first_scan(data)
    return data[:at] + b"\xff" * length + b"\0" + data[at:]


def red(width: int, height: int, kind: str = "JPEG", **options) -> bytes:
    return encoded(Image.new("RGB", (width, height), "red"), kind, **options)


# What costs the most of all that may come in; each is made when it is asked for.
HEAVY: dict[str, Callable[[], bytes]] = {
    "40 Mpx jpeg": lambda: red(8_000, 5_000, quality=50),
    "40 Mpx progressive jpeg": lambda: red(8_000, 5_000, progressive=True),
    # Counted with those that the encoder makes itself.
    "18 Mpx jpeg of 20 scans": lambda: with_many_scans(10, (6_000, 3_000)),
    "2 MB of ff": lambda: jpeg_of_ff(2_000_000),
    "12 Mpx png": lambda: blank_png(4_000, 3_000, kind=6),
    "12 Mpx gif": lambda: encoded(Image.new("P", (4_000, 3_000)), "GIF"),
    "3.4 Mpx webp": lambda: red(2_000, 1_700, "WEBP", lossless=True, method=0),
}


def jpeg_parts(data: bytes) -> set[int]:
    """The markers of a JPEG, also of those between its scans, up to the end of the file."""
    assert data.startswith(b"\xff\xd8")
    place, found = 2, set()
    while (place := data.index(b"\xff", place)) < len(data) - 2:
        code = data[place + 1]
        if code == 0 or 0xD0 <= code <= 0xD7:
            place += 2
            continue
        assert code != 0xD9, "something stands behind the end"
        found.add(code)
        place += 2 + struct.unpack_from(">H", data, place + 2)[0]
    assert data.endswith(b"\xff\xd9")
    return found
