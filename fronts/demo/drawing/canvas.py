"""A drawing surface in picture units, smoothed by drawing at twice the size."""

import math
import random
from collections.abc import Iterable, Sequence

from PIL import Image, ImageDraw

Point = tuple[float, float]
Colour = str | tuple[int, int, int]

OVERSAMPLING = 2


def rgb(colour: Colour) -> tuple[int, int, int]:
    """Red, green and blue of #RRGGBB, 0 to 255 each."""
    if isinstance(colour, tuple):
        return colour
    value = int(colour.lstrip("#"), 16)
    return value >> 16, value >> 8 & 255, value & 255


def mix(one: Colour, other: Colour, share: float) -> tuple[int, int, int]:
    """`one` with `share` (0 to 1) of `other` in it."""
    red, green, blue = (
        round(a + (b - a) * share) for a, b in zip(rgb(one), rgb(other), strict=True)
    )
    return red, green, blue


class Canvas:
    """Width and height, and every coordinate below, are pixels of the finished picture."""

    def __init__(self, width: int, height: int, ground: Colour) -> None:
        self.width = width
        self.height = height
        self._image = Image.new(
            "RGB", (width * OVERSAMPLING, height * OVERSAMPLING), rgb(ground)
        )
        self._draw = ImageDraw.Draw(self._image)

    def sky(self, top: Colour, low: Colour, until: float) -> None:
        """Let the upper part run from one colour to the other."""
        size = (self.width * OVERSAMPLING, round(until * OVERSAMPLING))
        mask = Image.linear_gradient("L").resize(size)
        self._image.paste(
            Image.composite(
                Image.new("RGB", size, rgb(low)), Image.new("RGB", size, rgb(top)), mask
            )
        )

    def shape(self, points: Iterable[Point], fill: Colour) -> None:
        self._draw.polygon(self._scaled(points), fill=rgb(fill))

    def box(
        self,
        left: float,
        top: float,
        width: float,
        height: float,
        fill: Colour,
        *,
        radius: float = 0,
    ) -> None:
        corners = self._scaled([(left, top), (left + width, top + height)])
        self._draw.rounded_rectangle(
            corners, radius=radius * OVERSAMPLING, fill=rgb(fill)
        )

    def oval(
        self, x: float, y: float, across: float, down: float, fill: Colour
    ) -> None:
        """An ellipse around its centre; `across` and `down` are half axes."""
        corners = self._scaled([(x - across, y - down), (x + across, y + down)])
        self._draw.ellipse(corners, fill=rgb(fill))

    def disc(self, x: float, y: float, radius: float, fill: Colour) -> None:
        self.oval(x, y, radius, radius, fill)

    def ring(
        self, x: float, y: float, radius: float, fill: Colour, width: float
    ) -> None:
        corners = self._scaled([(x - radius, y - radius), (x + radius, y + radius)])
        self._draw.ellipse(
            corners, outline=rgb(fill), width=round(width * OVERSAMPLING)
        )

    def arc(
        self,
        x: float,
        y: float,
        across: float,
        down: float,
        degrees: tuple[float, float],
        fill: Colour,
        width: float,
    ) -> None:
        corners = self._scaled([(x - across, y - down), (x + across, y + down)])
        self._draw.arc(
            corners, *degrees, fill=rgb(fill), width=round(width * OVERSAMPLING)
        )

    def line(self, points: Iterable[Point], fill: Colour, width: float) -> None:
        self._draw.line(
            self._scaled(points),
            fill=rgb(fill),
            width=max(1, round(width * OVERSAMPLING)),
            joint="curve",
        )

    def finished(self) -> Image.Image:
        return self._image.reduce(OVERSAMPLING)

    def _scaled(self, points: Iterable[Point]) -> list[Point]:
        return [(x * OVERSAMPLING, y * OVERSAMPLING) for x, y in points]


def wave(
    rng: random.Random,
    width: float,
    level: float,
    height: float,
    swings: Sequence[float] = (1.3, 2.9, 5.7),
    step: float = 12,
) -> list[Point]:
    """A smooth random line from edge to edge, at most `height` away from `level`.

    `swings` are the numbers of swings across the picture, the broadest first.
    """
    phases = [rng.uniform(0, math.tau) for _ in swings]
    weights = [1 / (number + 1) for number in range(len(swings))]
    total = sum(weights)
    points = []
    x = -step
    while x <= width + step:
        offset = sum(
            weight * math.sin(math.tau * swing * x / width + phase)
            for swing, phase, weight in zip(swings, phases, weights, strict=True)
        )
        points.append((x, level - height * offset / total))
        x += step
    return points


def down_to(line: list[Point], bottom: float) -> list[Point]:
    """The area between a line from edge to edge and the level below it."""
    return [*line, (line[-1][0], bottom), (line[0][0], bottom)]


def height_at(line: list[Point], x: float) -> float:
    """The level of a `wave` line at `x`."""
    return min(line, key=lambda point: abs(point[0] - x))[1]
