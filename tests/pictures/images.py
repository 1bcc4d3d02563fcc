"""Pictures made for tests, as the files that a browser would send."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

SIZE = (640, 480)


def drawn(seed: int = 0, size: tuple[int, int] = SIZE) -> Image.Image:
    """A picture that looks like no other seed's: fields of different lightness."""
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    across, down = size[0] / 9, size[1] / 8
    for field in range(72):
        level = (field * field * 37 + seed * (field * 91 + 53)) % 256
        left, top = field % 9 * across, field // 9 * down
        draw.rectangle(
            (left, top, left + across, top + down),
            fill=(level, 255 - level, level // 2),
        )
    return image


def encoded(image: Image.Image, kind: str = "JPEG", **options) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def upload(seed: int = 0, name: str = "河边_老街.jpg", **options) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, encoded(drawn(seed), **options), "image/jpeg")
