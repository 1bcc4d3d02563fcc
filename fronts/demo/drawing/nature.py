"""Parts of landscapes: sky, hills, trees, birds."""

import math
import random

from fronts.demo.drawing.canvas import (
    Canvas,
    Colour,
    Point,
    down_to,
    height_at,
    mix,
    wave,
)
from fronts.demo.drawing.light import INK, PAPER, WOOD_DARK, Light


def open_sky(
    canvas: Canvas,
    rng: random.Random,
    light: Light,
    horizon: float,
    *,
    sun: bool = True,
) -> None:
    canvas.sky(light.sky_top, light.sky_low, horizon)
    if sun:
        canvas.disc(
            rng.uniform(0.6, 0.85) * canvas.width,
            horizon * rng.uniform(0.32, 0.5),
            canvas.height * 0.075,
            light.sun,
        )
    for _ in range(rng.randint(2, 4)):
        cloud(
            canvas,
            rng,
            rng.uniform(0.02, 0.9) * canvas.width,
            horizon * rng.uniform(0.12, 0.55),
            mix(light.sky_low, PAPER, 0.55),
        )


def cloud(canvas: Canvas, rng: random.Random, x: float, y: float, fill: Colour) -> None:
    """Three flat strips, as in a woodcut."""
    for row in range(3):
        length = rng.uniform(120, 280) - row * 20
        left = x + rng.uniform(-60, 60)
        canvas.box(left, y + row * 16, length, 13, fill, radius=6)


def hills(
    canvas: Canvas,
    rng: random.Random,
    light: Light,
    levels: tuple[float, float],
    layers: int,
    height: float = 90,
) -> list[Point]:
    """Ridges behind each other from the upper to the lower level; returns the nearest line."""
    line: list[Point] = []
    for layer in range(layers):
        depth = (layer + 1) / layers
        level = levels[0] + (levels[1] - levels[0]) * layer / max(1, layers - 1)
        line = wave(
            rng,
            canvas.width,
            level,
            height * (1.15 - 0.5 * depth),
            swings=(1.1 + 0.5 * layer, 2.6 + layer, 5.9 + layer),
        )
        fill = mix(light.far, light.near, depth**1.6)
        canvas.shape(down_to(line, canvas.height), fill)
        mist = mix(fill, light.sky_low, 0.3 * (1 - depth))
        canvas.shape(
            down_to([(x, y + 70) for x, y in line], canvas.height), mix(fill, mist, 0.7)
        )
    return line


def conifer(canvas: Canvas, x: float, foot: float, height: float, fill: Colour) -> None:
    canvas.box(
        x - height * 0.03, foot - height * 0.14, height * 0.06, height * 0.14, WOOD_DARK
    )
    for tier in range(3):
        top = foot - height + tier * height * 0.24
        half = height * (0.13 + 0.06 * tier)
        bottom = top + height * 0.4
        canvas.shape([(x, top), (x + half, bottom), (x - half, bottom)], fill)
        canvas.shape(
            [(x, top), (x + half, bottom), (x + half * 0.25, bottom)],
            mix(fill, INK, 0.18),
        )


def conifers_along(
    canvas: Canvas,
    rng: random.Random,
    line: list[Point],
    fill: Colour,
    count: int,
    height: float,
) -> None:
    for x in sorted(rng.uniform(0, canvas.width) for _ in range(count)):
        conifer(
            canvas,
            x,
            height_at(line, x) + height * 0.12,
            height * rng.uniform(0.6, 1.1),
            mix(fill, PAPER, rng.uniform(0, 0.14)),
        )


def round_tree(
    canvas: Canvas, rng: random.Random, x: float, foot: float, size: float, fill: Colour
) -> None:
    """A broad-leaved tree, `size` high."""
    canvas.shape(
        [
            (x - size * 0.05, foot),
            (x - size * 0.025, foot - size * 0.5),
            (x + size * 0.025, foot - size * 0.5),
            (x + size * 0.05, foot),
        ],
        WOOD_DARK,
    )
    blobs = [
        (
            x + math.cos(turn) * size * rng.uniform(0.12, 0.24),
            foot - size * 0.66 + math.sin(turn) * size * rng.uniform(0.1, 0.18),
            size * rng.uniform(0.17, 0.24),
        )
        for turn in (number * math.tau / 7 for number in range(7))
    ]
    for bx, by, radius in blobs:
        canvas.disc(bx, by, radius, fill)
    canvas.disc(x, foot - size * 0.66, size * 0.26, fill)
    for bx, by, radius in blobs[3:]:
        canvas.disc(
            bx - radius * 0.15,
            by - radius * 0.22,
            radius * 0.62,
            mix(fill, PAPER, 0.12),
        )


def bird(canvas: Canvas, x: float, y: float, span: float, fill: Colour) -> None:
    """A bird on the wing, seen from the side and far away."""
    canvas.shape(
        [
            (x - span, y - span * 0.28),
            (x - span * 0.45, y - span * 0.32),
            (x, y),
            (x + span * 0.45, y - span * 0.36),
            (x + span, y - span * 0.24),
            (x + span * 0.4, y - span * 0.12),
            (x + span * 0.12, y + span * 0.14),
            (x - span * 0.22, y + span * 0.12),
            (x - span * 0.4, y - span * 0.1),
        ],
        fill,
    )


def reeds(
    canvas: Canvas,
    rng: random.Random,
    foot: float,
    count: int,
    height: float,
    fill: Colour,
    plume: Colour,
) -> None:
    for _ in range(count):
        x = rng.uniform(-10, canvas.width)
        tall = height * rng.uniform(0.55, 1.1)
        lean = rng.uniform(-0.05, 0.22) * tall
        base = foot + rng.uniform(0, 40)
        tip = (x + lean, base - tall)
        middle = (x + lean * 0.3, base - tall * 0.5)
        canvas.line([(x, base), middle, tip], fill, 4)
        canvas.shape(
            [
                tip,
                (tip[0] + tall * 0.05, tip[1] - tall * 0.05),
                (tip[0] + tall * 0.09, tip[1] - tall * 0.24),
                (tip[0] - tall * 0.01, tip[1] - tall * 0.12),
            ],
            mix(plume, PAPER, rng.uniform(0, 0.35)),
        )


def ripples(
    canvas: Canvas,
    rng: random.Random,
    area: tuple[float, float],
    count: int,
    fill: Colour,
) -> None:
    """Short strokes on water between two levels, longer the nearer they are."""
    for _ in range(count):
        share = rng.random()
        y = area[0] + (area[1] - area[0]) * share
        length = 40 + 150 * share * rng.random()
        x = rng.uniform(-40, canvas.width)
        canvas.box(x, y, length, 3 + 3 * share, fill, radius=2)


def stars(canvas: Canvas, rng: random.Random, until: float, count: int) -> None:
    for _ in range(count):
        canvas.disc(
            rng.uniform(0, canvas.width),
            rng.uniform(0, until) * rng.uniform(0.3, 1),
            rng.choice((1.2, 1.6, 2.2, 3)),
            mix("#F4EBD0", "#2C4A57", rng.uniform(0, 0.5)),
        )
