"""Pictures in the sizes that pages use: their addresses, and making them.

The address follows from the row alone, so a page names its sizes without looking at the
disk. A size is made by the background worker, or when somebody first asks for it. Its
address holds a stamp of what it shows: it never changes, and may be kept for ever.
"""

import re
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from PIL import Image

from pictures.framing import Box, box_of
from pictures.models import Picture
from pictures.models.picture import new_key
from pictures.slots import AVIF, JPEG, SLOTS, WEBP, Slot

FOLDER = "renditions"
ADDRESS = re.compile(
    rf"{FOLDER}/[0-9a-f]{{2}}/(?P<key>[0-9a-f]{{16}})/"
    r"(?P<slot>[a-z]+)-(?P<width>\d{1,4})-(?P<stamp>[0-9a-f]{8})\.(?P<format>avif|webp|jpg)"
)
# What a phone of 360 px with two pixels to the point loads of a lead picture.
PHONE_WIDTH = 960
PHONE_BYTES = 90_000
BYTES_PER_PIXEL = 0.17
# Tried in turn until the file is light enough.
QUALITIES = {AVIF: (56, 48, 40, 30), WEBP: (72, 60, 48, 32), JPEG: (80, 68, 56, 40)}

# One at a time in a process: each may hold a whole photograph in memory.
_making = threading.Lock()


class Unreadable(Exception):  # noqa: N818  says what the file is
    """The file of the picture is gone, or is no picture any more."""


@dataclass(frozen=True)
class Rendition:
    """A picture in one size of one slot, in one format. Pixels."""

    key: str
    slot: Slot
    width: int
    height: int
    stamp: str
    format: str

    @property
    def name(self) -> str:
        """Where the storage keeps it."""
        file = f"{self.slot.name}-{self.width}-{self.stamp}.{self.format}"
        return f"{folder_of(self.key)}/{file}"

    @property
    def url(self) -> str:
        return f"/media/{self.name}"


class Renditions:
    """All sizes of one slot of a picture, as far as the picture is large enough."""

    def __init__(self, picture: Picture, slot: Slot) -> None:
        self.picture, self.slot = picture, slot
        self.box = box_of(picture, slot)

    @cached_property
    def stamp(self) -> str:
        """Of what is shown: the version, and the part of it."""
        shown = f"{self.picture.version} {self.box.corners}"
        return blake2b(shown.encode(), digest_size=4).hexdigest()

    @cached_property
    def widths(self) -> tuple[int, ...]:
        """Those of the slot that need no enlarging, and the picture's own if it is less
        than the largest."""
        own = min(self.box.width, self.slot.widths[-1])
        return (*(one for one in self.slot.widths if one < own), own)

    def height_at(self, width: int) -> int:
        if self.slot.ratio:
            return self.slot.height_at(width)
        return max(1, round(width * self.box.height / max(1, self.box.width)))

    def at(self, width: int, format: str) -> Rendition:  # noqa: A002  the field's word
        """The largest of the slot that is not larger than `width`, or the smallest."""
        fitting = [one for one in self.widths if one <= width] or self.widths[:1]
        return self._made(fitting[-1], format)

    def in_format(self, format: str) -> list[Rendition]:  # noqa: A002
        return [self._made(width, format) for width in self.widths]

    @property
    def fallback(self) -> Rendition:
        """The JPEG that stands for all of them."""
        return self.jpegs[0]

    @property
    def jpegs(self) -> list[Rendition]:
        fitting = {self.at(width, JPEG).width for width in self.slot.jpeg_widths}
        return [self._made(width, JPEG) for width in sorted(fitting)]

    def __iter__(self) -> Iterator[Rendition]:
        for format in self.slot.formats:  # noqa: A001
            yield from self.in_format(format)
        yield from self.jpegs

    def _made(self, width: int, format: str) -> Rendition:  # noqa: A002
        height = self.height_at(width)
        return Rendition(self.picture.key, self.slot, width, height, self.stamp, format)


def jpeg(picture: Picture, place: str) -> str:
    """Path of the JPEG that stands for the picture where only one address can be said:
    of the slot `lead`, or of a slot and the largest width wanted, `card-720`. No query."""
    return jpeg_of(picture, place).url


def jpeg_of(picture: Picture, place: str) -> Rendition:
    """The same as a size, for whoever reads its file."""
    slot, _, width = place.partition("-")
    renditions = Renditions(picture, SLOTS[slot])
    fitting = [one for one in renditions.jpegs if one.width <= int(width or 0)]
    return fitting[-1] if fitting else renditions.fallback


def opened(rendition_of: Picture, place: str) -> Image.Image | None:
    """The picture in that size, made if need be; None if its file is lost."""
    rendition = jpeg_of(rendition_of, place)
    try:
        make(rendition_of, [rendition])
        with default_storage.open(rendition.name) as file:
            image = Image.open(file)
            image.load()
    except (OSError, Unreadable):
        return None
    return image


def all_of(picture: Picture) -> list[Rendition]:
    """Every size of the picture, of every slot. No query."""
    return [one for slot in SLOTS.values() for one in Renditions(picture, slot)]


def make(picture: Picture, wanted: Iterable[Rendition], *, anew: bool = False) -> int:
    """Make those of these sizes that there are not yet; how many were made.

    Raises Unreadable. The file is decoded once for each slot, at the scale it needs.
    """
    missing = [one for one in wanted if anew or not default_storage.exists(one.name)]
    by_slot: dict[Slot, list[Rendition]] = {}
    for rendition in missing:
        by_slot.setdefault(rendition.slot, []).append(rendition)
    for slot, renditions in by_slot.items():
        with _making:
            for rendition, encoded in _drawn(picture, slot, renditions):
                default_storage.save(rendition.name, ContentFile(encoded))
    return len(missing)


def close(picture: Picture) -> None:
    """Make every address of the picture lead nowhere, in the caller's transaction; it
    gets others. The files go when the transaction is through."""
    old = folder_of(picture.key)
    picture.old_keys = [*picture.old_keys, picture.key]
    picture.key = new_key()
    Picture.objects.filter(pk=picture.pk).update(
        key=picture.key, old_keys=picture.old_keys, is_rendered=False
    )
    transaction.on_commit(lambda: remove_folder(old))


def folder_of(key: str) -> str:
    return f"{FOLDER}/{key[:2]}/{key}"


def remove_folder(folder: str) -> int:
    """Delete the files of a picture's folder; how many there were."""
    try:
        _, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return 0
    for name in names:
        default_storage.delete(f"{folder}/{name}")
    return len(names)


def found(path: str) -> tuple[Picture, Rendition] | None:
    """The picture and the size that a path under the media folder means, or None.

    Of an address with an old stamp it is the size of today. One query.
    """
    match = ADDRESS.fullmatch(path)
    slot = SLOTS.get(match["slot"]) if match else None
    if match is None or slot is None:
        return None
    picture = Picture.objects.filter(key=match["key"]).first()
    if picture is None:
        return None
    for rendition in Renditions(picture, slot):
        if rendition.width == int(match["width"]) and (
            rendition.format == match["format"]
        ):
            return picture, rendition
    return None


def _drawn(
    picture: Picture, slot: Slot, renditions: list[Rendition]
) -> Iterator[tuple[Rendition, bytes]]:
    """From the largest to the smallest, each drawn from the one before."""
    ordered = sorted(renditions, key=lambda one: -one.width)
    part = _opened(picture, box_of(picture, slot), ordered[0])
    drawn: dict[int, Image.Image] = {}
    for rendition in ordered:
        if rendition.width not in drawn:
            size = (rendition.width, rendition.height)
            part = part.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
            drawn[rendition.width] = part
        yield rendition, _encoded(drawn[rendition.width], rendition.format)


def _opened(picture: Picture, box: Box, largest: Rendition) -> Image.Image:
    """The part of the picture, decoded no larger than needed. Transparent parts are
    white: a page may be dark, and what is drawn in black must not vanish on it."""
    try:
        with default_storage.open(picture.file.name) as file:
            image = Image.open(file)
            scale = largest.width / max(1, box.width)
            # JPEG can be decoded at a half, a quarter, an eighth.
            image.draft(None, (int(picture.width * scale), int(picture.height * scale)))
            across = image.width / max(1, picture.width)
            down = image.height / max(1, picture.height)
            image.load()
    except (OSError, ValueError, SyntaxError) as error:
        raise Unreadable(picture.file.name) from error
    left, top, right, bottom = box.corners
    part = image.crop(
        (
            round(left * across),
            round(top * down),
            max(1, round(right * across)),
            max(1, round(bottom * down)),
        )
    )
    return _on_white(part)


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode == "RGB":
        return image
    if "A" in image.getbands() or "transparency" in image.info:
        image = image.convert("RGBA")
        sheet = Image.new("RGB", image.size, "white")
        sheet.paste(image, mask=image.getchannel("A"))
        return sheet
    return image.convert("RGB")


def _encoded(image: Image.Image, format: str) -> bytes:  # noqa: A002
    """As good as its weight allows: not heavier than a page can carry."""
    weight = BYTES_PER_PIXEL * image.width * image.height
    if image.width <= PHONE_WIDTH:
        weight = min(weight, PHONE_BYTES)
    encoded = b""
    for quality in QUALITIES[format]:
        encoded = _at_quality(image, format, quality)
        if len(encoded) <= max(weight, 4_000):
            break
    return encoded


def _at_quality(image: Image.Image, format: str, quality: int) -> bytes:  # noqa: A002
    file = BytesIO()
    if format == AVIF:
        image.save(file, "AVIF", quality=quality, speed=8, max_threads=1)
    elif format == WEBP:
        image.save(file, "WEBP", quality=quality, method=4)
    else:
        image.save(file, "JPEG", quality=quality, progressive=True, optimize=True)
    return file.getvalue()
