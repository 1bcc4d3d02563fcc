"""Which part of a picture is shown where it has to be cut."""

from dataclasses import dataclass
from typing import Any

from pictures.models import Picture
from pictures.slots import RATIOS, Slot

SMALLEST = 0.05  # part of a side that a crop has to leave
# How far the form of a crop may be from its ratio: a pixel here and there.
TOLERANCE = 0.03


@dataclass(frozen=True)
class Box:
    """A part of a picture, in its pixels."""

    left: int
    top: int
    width: int
    height: int

    @property
    def corners(self) -> tuple[int, int, int, int]:
        return self.left, self.top, self.left + self.width, self.top + self.height


def box_of(picture: Picture, slot: Slot) -> Box:
    """What the slot shows: the crop that was set by hand, else as much as fits around
    the focal point. No query."""
    whole = Box(0, 0, picture.width, picture.height)
    if slot.ratio is None:
        return whole
    by_hand = picture.crops.get(slot.ratio_key)
    return (
        _from_parts(picture, by_hand) if by_hand else _around_focus(picture, slot.ratio)
    )


def _from_parts(picture: Picture, parts: list[float]) -> Box:
    left, top, width, height = parts
    across = max(1, round(width * picture.width))
    down = max(1, round(height * picture.height))
    return Box(
        min(round(left * picture.width), picture.width - across),
        min(round(top * picture.height), picture.height - down),
        across,
        down,
    )


def _around_focus(picture: Picture, ratio: tuple[int, int]) -> Box:
    across, down = ratio
    width = min(picture.width, round(picture.height * across / down))
    height = min(picture.height, round(picture.width * down / across))
    width, height = max(1, width), max(1, height)
    focus_x, focus_y = picture.focus
    return Box(
        _placed(focus_x * picture.width, width, picture.width),
        _placed(focus_y * picture.height, height, picture.height),
        width,
        height,
    )


def _placed(centre: float, part: int, whole: int) -> int:
    return min(max(0, round(centre - part / 2)), whole - part)


def problem_with(crops: Any, width: int, height: int) -> str:
    """What is wrong with the crops of a picture of these pixels, as a sentence; empty if
    nothing is."""
    if not isinstance(crops, dict) or not set(crops) <= set(RATIOS):
        return "裁切的比例不对。"
    for key, parts in crops.items():
        if not _are_parts(parts):
            return f"{key} 的裁切超出了图片。"
        across, down = map(int, key.split(":"))
        _, _, part_x, part_y = parts
        shape = (part_x * width) / (part_y * height)
        if abs(shape / (across / down) - 1) > TOLERANCE:
            return f"{key} 的裁切不是这个比例。"
    return ""


def _are_parts(parts: Any) -> bool:
    if not isinstance(parts, list) or len(parts) != 4:
        return False
    if not all(
        isinstance(one, int | float) and not isinstance(one, bool) and 0 <= one <= 1
        for one in parts
    ):
        return False
    left, top, width, height = parts
    fits = left + width <= 1.0001 and top + height <= 1.0001
    return fits and width >= SMALLEST and height >= SMALLEST
