"""The mark of the site where others show it: tabs, bookmarks, home screens, results of
search engines. Drawn from the seal's character, or from the emblem where there is one.
"""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from io import BytesIO
from typing import Final, NamedTuple

from django.urls import reverse
from PIL import Image, ImageDraw, ImageOps

from articles.cards.faces import Pen
from fronts.models import SiteIdentity
from pictures.models import Picture

# Part of every address: raise it when the same mark comes to look different.
DESIGN: Final = 1
STAMP, ON_STAMP, PAPER = "#9e2b20", "#ffffff", "#f8f7f2"
RIM_FROM: Final = 48  # pixels: in a smaller icon the rim would touch the character
FAVICON_SIZES: Final = (16, 32, 48)


@dataclass(frozen=True)
class Shape:
    """`size` in pixels. A maskable icon is cut to any form by who shows it: all that
    matters stands in its middle."""

    size: int
    is_maskable: bool = False


SHAPES: Final = {
    "32": Shape(32),
    "180": Shape(180),
    "192": Shape(192),
    "512": Shape(512),
    "512-maskable": Shape(512, is_maskable=True),
}


def icon_path(identity: SiteIdentity, name: str) -> str:
    """The path of the icon of this name in SHAPES; another one when the mark changes."""
    return reverse("fronts:icon", args=[version_of(identity), name])


def version_of(identity: SiteIdentity) -> str:
    mark = f"{DESIGN}\n{identity.seal}\n{_Emblem.of(identity)}"
    return blake2b(mark.encode(), digest_size=6).hexdigest()


def icon(identity: SiteIdentity, name: str) -> bytes:
    """PNG. A mark that was drawn before is not drawn again."""
    return _png(identity.seal, _Emblem.of(identity), SHAPES[name])


def favicon(identity: SiteIdentity) -> bytes:
    """ICO with three sizes, for programs that ask for /favicon.ico unbidden."""
    return _ico(identity.seal, _Emblem.of(identity))


class _Emblem(NamedTuple):
    """The picture as far as drawing needs it: the name of its file, and its focus."""

    name: str
    focus: str

    @classmethod
    def of(cls, identity: SiteIdentity) -> "_Emblem | None":
        picture = identity.emblem
        return cls(picture.file.name, picture.focal_point) if picture else None

    def opened(self) -> Image.Image | None:
        """None if the file is lost."""
        try:
            with Picture.file.field.storage.open(self.name) as file:
                return Image.open(file).convert("RGB")
        except OSError:
            return None


@lru_cache(maxsize=16)
def _png(seal: str, emblem: _Emblem | None, shape: Shape) -> bytes:
    file = BytesIO()
    _drawn(seal, emblem, shape).save(file, "PNG", optimize=True)
    return file.getvalue()


@lru_cache(maxsize=2)
def _ico(seal: str, emblem: _Emblem | None) -> bytes:
    *small, largest = [_drawn(seal, emblem, Shape(size)) for size in FAVICON_SIZES]
    file = BytesIO()
    sizes = [(size, size) for size in FAVICON_SIZES]
    largest.save(file, "ICO", sizes=sizes, append_images=small)
    return file.getvalue()


def _drawn(seal: str, emblem: _Emblem | None, shape: Shape) -> Image.Image:
    picture = emblem.opened() if emblem else None
    if emblem and picture:
        return _of_picture(picture, emblem.focus, shape)
    return _of_seal(seal, shape)


def _of_seal(seal: str, shape: Shape) -> Image.Image:
    size = shape.size
    sheet = Image.new("RGB", (size, size), STAMP)
    draw = ImageDraw.Draw(sheet)
    has_rim = size >= RIM_FROM and not shape.is_maskable
    if has_rim:
        inset = round(size * 0.07)
        corners = (inset, inset, size - 1 - inset, size - 1 - inset)
        draw.rectangle(corners, outline=ON_STAMP, width=max(1, size // 40))
    part = 0.5 if shape.is_maskable else 0.64 if has_rim else 0.84
    height = round(size * part)
    pen = Pen("sc")
    place = ((size - pen.width(seal, height)) / 2, (size - height) / 2)
    pen.write(draw, place, seal, height, ON_STAMP)
    return sheet


def _of_picture(picture: Image.Image, focus: str, shape: Shape) -> Image.Image:
    """Its square; with a rim of paper where whoever shows it may cut off the corners."""
    size = shape.size
    side = round(size * 0.7) if shape.is_maskable else size
    across, _, down = focus.partition("x")
    fitted = ImageOps.fit(picture, (side, side), centering=(float(across), float(down)))
    sheet = Image.new("RGB", (size, size), PAPER)
    edge = (size - side) // 2
    sheet.paste(fitted, (edge, edge))
    return sheet
