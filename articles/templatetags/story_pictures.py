"""Pictures of a story in the sizes that a page can use."""

from typing import Any

from django import template

from pictures.models import Picture

register = template.Library()

LEAD_SIDES = (640, 1280)  # pixels, the longer side of pictures.models.FORMATS lead_*


@register.inclusion_tag("articles/_lead_picture.html")
def lead_picture(picture: Picture, alt: str, sizes: str) -> dict[str, Any]:
    """The picture in its own proportions, to be loaded first. No query."""
    (small, _), (width, height) = (fitted(picture, side) for side in LEAD_SIDES)
    return {
        "file": picture.file,
        "alt": alt,
        "sizes": sizes,
        "width": width,
        "height": height,
        "small_width": small,
    }


@register.filter
def is_upright(picture: Picture) -> bool:
    return picture.height > picture.width


def fitted(picture: Picture, side: int) -> tuple[int, int]:
    """Width and height of a rendition that fits a square; never larger than the original."""
    longest = max(picture.width, picture.height, 1)
    scale = min(1, side / longest)
    return round(picture.width * scale), round(picture.height * scale)
