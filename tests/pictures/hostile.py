"""Files that somebody may try on the library: made here, none is kept in the project."""

import io
import random
import struct
import zipfile
import zlib

from PIL import Image, PngImagePlugin

from tests.pictures.images import drawn, encoded

SECRET = b"somebody lives at 27.9N 116.4E"
_PNG = b"\x89PNG\r\n\x1a\n"


def chunk(name: bytes, body: bytes) -> bytes:
    check = zlib.crc32(name + body)
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", check)


def png_of(
    width: int, height: int, *more: bytes, depth: int = 8, kind: int = 2
) -> bytes:
    """A header that claims these pixels, and hardly any of them."""
    header = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(b"\0" * 64))
    return _PNG + chunk(b"IHDR", header) + b"".join(more) + pixels + chunk(b"IEND", b"")


def behind_header(data: bytes, *chunks: bytes) -> bytes:
    """A PNG with more chunks after its first."""
    return data[:33] + b"".join(chunks) + data[33:]


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def in_jpeg(data: bytes, *segments: bytes) -> bytes:
    return data[:2] + b"".join(segments) + data[2:]


def zipped() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr("a.html", "<script>alert(1)</script>")
    return stream.getvalue()


def exif(orientation: int = 1, *, has_place: bool = False) -> bytes:
    tags = Image.Exif()
    tags[0x0112] = orientation
    tags[0x010E] = SECRET.decode()
    tags.get_ifd(0x8769)[0x9003] = "2026:05:06 12:00:00"
    if has_place:
        tags.get_ifd(0x8825)[1] = "N"
        tags.get_ifd(0x8825)[2] = (27.0, 54.0, 12.0)
    return tags.tobytes()


def animated(kind: str, frames: int) -> bytes:
    pictures = [drawn(seed, (32, 32)) for seed in range(min(frames, 40))]
    pictures = [pictures[number % len(pictures)] for number in range(frames)]
    first, *rest = pictures
    return encoded(first, kind, save_all=True, append_images=rest, duration=20)


def refused() -> dict[str, tuple[bytes, str]]:
    """By name: the file, and a part of the sentence that refuses it."""
    jpeg, png = encoded(drawn()), encoded(drawn(), "PNG")
    webp, gif = encoded(drawn(), "WEBP"), encoded(drawn(), "GIF")
    many_frames = animated("GIF", 210)
    return {
        "empty": (b"", "空"),
        "text": (b"not a picture\n" * 40, ""),
        "html": (b"<!doctype html><script>alert(1)</script>", ""),
        "svg": (
            b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>",
            "SVG",
        ),
        "pdf": (b"%PDF-1.7\n%%EOF", ""),
        "tiff": (encoded(drawn(), "TIFF"), ""),
        "bmp": (encoded(drawn(), "BMP"), ""),
        "ico": (encoded(drawn(0, (64, 64)), "ICO"), ""),
        "avif": (encoded(drawn(), "AVIF"), "AVIF"),
        "heic": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(99), "HEIC"),
        "psd": (b"8BPS\0\x01" + bytes(99), ""),
        "program": (b"\x7fELF" + bytes(200), ""),
        "zip": (zipped(), ""),
        "random": (random.Random(1).randbytes(5_000), ""),
        "only the magic of jpeg": (b"\xff\xd8\xff\xe0", ""),
        "jpeg magic and noise": (
            b"\xff\xd8\xff" + random.Random(2).randbytes(9_000),
            "",
        ),
        "png magic and noise": (_PNG + random.Random(3).randbytes(9_000), ""),
        "webp magic and noise": (b"RIFF\0\x20\0\0WEBPVP8 " + bytes(90), ""),
        "gif magic and noise": (b"GIF89a" + random.Random(4).randbytes(9_000), ""),
        "png of 60,000 a side": (png_of(60_000, 60_000), "像素"),
        "png too wide": (png_of(12_001, 1), "像素"),
        "png of 65,535 by 1": (png_of(65_535, 1), "像素"),
        "png of no width": (png_of(0, 10), ""),
        "png of 36 megapixels": (png_of(6_000, 6_000), "像素"),
        "gif of 60,000 a side": (
            b"GIF89a" + struct.pack("<HH", 60_000, 60_000) + bytes(60),
            "",
        ),
        "gif of 210 frames": (many_frames, "帧"),
        "half a jpeg": (jpeg[: len(jpeg) // 2], ""),
        "jpeg without its end": (jpeg[:-40], ""),
        "half a png": (png[: len(png) // 2], ""),
        "png without its end": (png[:-30], ""),
        "half a webp": (webp[: len(webp) // 2], ""),
        "half a gif": (gif[: len(gif) // 2], ""),
        "png with a wrong sum": (png[:60] + bytes((png[60] ^ 255,)) + png[61:], ""),
        "eleven megabytes": (jpeg + bytes(11 * 1024 * 1024), "10 MB"),
    }


def accepted() -> dict[str, bytes]:
    """Odd, or with something to hide, and still pictures."""
    plain = drawn()
    jpeg, png = encoded(plain), encoded(plain, "PNG")
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", SECRET.decode())
    packed = b"Comment\0\0" + zlib.compress(bytes(50_000_000))
    cyan = Image.new("CMYK", (64, 48), (255, 0, 0, 0))
    made = {
        "plain jpeg": jpeg,
        "plain png": png,
        "plain webp": encoded(plain, "WEBP"),
        "plain gif": encoded(plain, "GIF"),
        "jpeg that is a zip too": jpeg + zipped(),
        "jpeg that is a page too": jpeg + b"<script>alert(1)</script>" + SECRET,
        "png that is a page too": png + b"<html><script>alert(1)</script>" + SECRET,
        "jpeg with a comment": in_jpeg(jpeg, segment(0xFE, SECRET)),
        "jpeg with a place": encoded(plain, exif=exif(has_place=True)),
        "png with a place": encoded(plain, "PNG", exif=exif(has_place=True)),
        "webp with a place": encoded(plain, "WEBP", exif=exif(has_place=True)),
        "jpeg with xmp": in_jpeg(
            jpeg, segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + SECRET)
        ),
        "jpeg with iptc": in_jpeg(jpeg, segment(0xED, b"Photoshop 3.0\0" + SECRET)),
        "jpeg with broken exif": in_jpeg(
            jpeg, segment(0xE1, b"Exif\0\0MM\0*\xff\xff\xff\xff")
        ),
        "jpeg with endless exif": in_jpeg(
            jpeg, segment(0xE1, b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + b"\0" * 60)
        ),
        "jpeg with a junk profile": in_jpeg(
            jpeg,
            segment(0xE2, b"ICC_PROFILE\0\x01\x01" + random.Random(5).randbytes(900)),
        ),
        "jpeg with a thousand comments": in_jpeg(
            jpeg, *[segment(0xFE, SECRET)] * 1_000
        ),
        "progressive jpeg": encoded(plain, progressive=True),
        "jpeg in four inks": encoded(cyan),
        "grey jpeg": encoded(plain.convert("L")),
        "png with a text": encoded(plain, "PNG", pnginfo=notes),
        "png with 50 MB in a packed text": behind_header(png, chunk(b"zTXt", packed)),
        "png with a thousand chunks": behind_header(
            png, *[chunk(b"tEXt", b"a\0b")] * 1_000
        ),
        "png of 16 bits": encoded(Image.new("I;16", (64, 48), 40_000), "PNG"),
        "png of one bit": encoded(plain.convert("1"), "PNG"),
        "png with a palette": encoded(plain.quantize(16), "PNG", transparency=3),
        "png of grey and alpha": encoded(plain.convert("LA"), "PNG"),
        "animated gif": animated("GIF", 5),
        "animated webp": animated("WEBP", 5),
        "animated png": animated("PNG", 5),
        "one pixel": encoded(Image.new("RGB", (1, 1), "red"), "PNG"),
        "12,000 by 1": encoded(Image.new("RGB", (12_000, 1), "red"), "PNG"),
    }
    for turn in range(1, 9):
        made[f"jpeg turned by {turn}"] = encoded(plain, exif=exif(turn))
    return made


def flipped() -> list[bytes]:
    """Pictures with a few wrong bytes: either verdict will do, a crash will not."""
    chance = random.Random(7)
    made = []
    for kind in ("JPEG", "PNG", "WEBP", "GIF"):
        data = encoded(drawn(3, (120, 90)), kind)
        for _ in range(25):
            broken = bytearray(data)
            for _ in range(chance.randint(1, 12)):
                broken[chance.randrange(len(broken))] = chance.randrange(256)
            made.append(bytes(broken))
    return made
