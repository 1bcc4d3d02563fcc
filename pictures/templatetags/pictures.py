"""A picture of the library on a page, in the sizes of its slot."""

from typing import Any

from django import template

from pictures.models import Picture
from pictures.renditions import Rendition, Renditions, jpeg
from pictures.slots import SLOTS

register = template.Library()
register.filter(jpeg)

_LEVELS = (0x20, 0x60, 0xA0, 0xE0)  # of two bits


@register.inclusion_tag("pictures/_picture.html")
def picture(
    picture: Picture,
    slot: str,
    *,
    alt: str,
    sizes: str,
    css: str = "",
    is_first: bool = False,
) -> dict[str, Any]:
    """The picture in a slot of pictures.slots: the browser chooses format and size.

    `is_first` is for what a reader sees first; everything else waits until it is near.
    No query.
    """
    renditions = Renditions(picture, SLOTS[slot])
    fallback = renditions.fallback
    largest = renditions.widths[-1]
    return {
        "sources": [
            (f"image/{kind}", _set_of(renditions.in_format(kind)))
            for kind in renditions.slot.formats
        ],
        "fallback": fallback,
        "width": largest,
        "height": renditions.height_at(largest),
        "alt": alt,
        "sizes": sizes,
        "css": css,
        "is_first": is_first,
        "tone": tone_of(picture),
    }


def tone_of(picture: Picture) -> str:
    """What stands in its place until it is there: the average colour, #rrggbb."""
    parts = (picture.tone >> 4 & 3, picture.tone >> 2 & 3, picture.tone & 3)
    return "#" + "".join(f"{_LEVELS[part]:02x}" for part in parts)


def _set_of(renditions: list[Rendition]) -> str:
    return ", ".join(f"{one.url} {one.width}w" for one in renditions)
