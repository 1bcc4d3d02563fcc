"""What the library accepts: a decodable JPEG, PNG or WebP of reasonable size."""

import warnings

from django.core.exceptions import ValidationError
from django.core.files import File
from PIL import Image, UnidentifiedImageError

MAX_BYTES = 10 * 1024 * 1024
MAX_SIDE = 12_000  # pixels
MAX_PIXELS = 40_000_000
ACCEPTED = ("JPEG", "PNG", "WEBP")


def validate_upload(upload: File) -> None:
    """Raise ValidationError, with a sentence for the editor, unless the file is sound.

    The side lengths are read from the header before any pixel is decoded, so a
    decompression bomb costs nothing.
    """
    if upload.size > MAX_BYTES:
        raise ValidationError("图片超过 10 MB，请先缩小。")
    # A file that is in the library already comes closed: only its words are changed.
    was_closed = upload.closed
    upload.open()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(upload, formats=ACCEPTED) as image:
                width, height = image.size
                if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
                    raise ValidationError(
                        "图片尺寸太大（最多 4000 万像素），请先缩小。"
                    )
                image.load()
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
        OSError,
        SyntaxError,
        ValueError,
    ) as error:
        raise ValidationError("这不是能打开的 JPEG、PNG 或 WebP 图片。") from error
    finally:
        if was_closed:
            upload.close()
        else:
            upload.seek(0)
