"""Scenes by the water. Each draws one 1600 × 900 picture."""

import math
import random

from fronts.demo.drawing.buildings import house
from fronts.demo.drawing.canvas import Canvas, down_to, mix, wave
from fronts.demo.drawing.light import (
    AUTUMN,
    BRONZE,
    DUSK,
    INK,
    LAMP,
    MORNING,
    NOON,
    PAPER,
    SEAL,
    STRAW,
    SUNK,
    WALL,
    WOOD,
    WOOD_DARK,
)
from fronts.demo.drawing.nature import (
    bird,
    conifers_along,
    hills,
    open_sky,
    reeds,
    ripples,
    round_tree,
)


def distant_river(canvas: Canvas, rng: random.Random) -> None:
    """A stream winds out of layered hills."""
    light = rng.choice((MORNING, AUTUMN))
    open_sky(canvas, rng, light, 480)
    hills(canvas, rng, light, (330, 560), 5, 110)
    canvas.shape(
        down_to(wave(rng, 1600, 640, 26), 900), mix(light.field, light.near, 0.25)
    )
    left, right = [], []
    for step in range(41):
        share = step / 40
        y = 628 + 280 * share**1.25
        middle = 860 + 330 * math.sin(share * 5.2 + 0.6) * (0.25 + 0.75 * share)
        half = 5 + 130 * share**2
        left.append((middle - half, y))
        right.append((middle + half, y))
    canvas.shape(
        [(x - 14, y) for x, y in left] + [(x + 14, y) for x, y in right[::-1]],
        mix(SUNK, light.field, 0.35),
    )
    canvas.shape(left + right[::-1], light.water)
    for _ in range(5):
        x = rng.choice((rng.uniform(60, 420), rng.uniform(1240, 1540)))
        round_tree(
            canvas,
            rng,
            x,
            rng.uniform(720, 860),
            rng.uniform(130, 200),
            mix(light.near, light.field, 0.25),
        )
    for number in range(3):
        house(canvas, rng, 210 + number * 105, 690 - number * 6, 92)
    for number in range(5):
        bird(canvas, 420 + number * 58, 170 + (number % 3) * 22, 17, light.near)


def river(canvas: Canvas, rng: random.Random) -> None:
    """Broad water between wooded banks, one boat."""
    light = rng.choice((MORNING, DUSK, AUTUMN))
    open_sky(canvas, rng, light, 460)
    line = hills(canvas, rng, light, (320, 470), 4, 100)
    conifers_along(canvas, rng, line, light.near, 46, 74)
    shore = rng.uniform(535, 555)
    canvas.box(0, shore, 1600, 900 - shore, light.water)
    for x, y in line[::2]:
        canvas.box(
            x,
            shore,
            24,
            max(10, (shore - y) * 0.55),
            mix(light.water, light.near, 0.34),
        )
    canvas.shape(down_to(wave(rng, 1600, shore + 118, 10), 900), light.water)
    ripples(canvas, rng, (shore + 40, 880), 46, mix(light.water, PAPER, 0.45))
    x, y = rng.uniform(420, 900), 715
    canvas.shape(
        [
            (x - 150, y - 16),
            (x - 110, y + 26),
            (x + 120, y + 26),
            (x + 175, y - 30),
            (x + 110, y - 4),
            (x - 90, y - 2),
        ],
        WOOD_DARK,
    )
    canvas.shape(
        [(x - 60, y - 2), (x - 52, y - 58), (x + 52, y - 58), (x + 62, y - 2)], STRAW
    )
    canvas.arc(x, y - 56, 56, 26, (180, 360), WOOD, 8)
    canvas.box(x - 120, y + 34, 260, 7, mix(light.water, INK, 0.3), radius=3)
    canvas.shape(
        down_to(
            [
                (px, py + (300 if px > 520 else 130 * (px / 520) ** 2))
                for px, py in wave(rng, 1600, 770, 14)
            ],
            900,
        ),
        mix(light.near, INK, 0.2),
    )
    reeds(canvas, rng, 890, 26, 150, mix(light.near, light.field, 0.4), STRAW)


def birds(canvas: Canvas, rng: random.Random) -> None:
    """A skein of birds over a reed bed at dawn."""
    light = rng.choice((MORNING, DUSK))
    open_sky(canvas, rng, light, 520)
    hills(canvas, rng, light, (440, 500), 3, 60)
    canvas.box(0, 545, 1600, 355, light.water)
    ripples(canvas, rng, (560, 800), 40, mix(light.water, PAPER, 0.5))
    for number in range(17):
        side = -1 if number % 2 else 1
        rank = (number + 1) // 2
        bird(
            canvas,
            620 + rank * 52,
            200 + side * rank * 18 + rank * 9 + rng.uniform(-6, 6),
            27 - rank * 0.7,
            mix(light.near, INK, 0.35),
        )
    for _ in range(13):
        x, y = rng.uniform(150, 1450), rng.uniform(590, 690)
        size = 7 + (y - 590) * 0.09
        canvas.oval(x, y, size * 2, size, mix(light.near, INK, 0.3))
        canvas.disc(
            x + size * 2, y - size * 1.1, size * 0.62, mix(light.near, INK, 0.3)
        )
    for x, foot, size in ((330, 800, 250), (450, 780, 180)):
        egret(canvas, x, foot, size)
    reeds(canvas, rng, 870, 34, 260, mix(light.near, light.field, 0.3), STRAW)
    reeds(canvas, rng, 905, 26, 190, light.near, BRONZE)


def egret(canvas: Canvas, x: float, foot: float, size: float) -> None:
    """A white heron standing in shallow water, `size` high."""
    for leg in (0, size * 0.1):
        canvas.line([(x + leg, foot), (x + leg - 4, foot - size * 0.42)], INK, 4)
    canvas.shape(
        [
            (x - size * 0.3, foot - size * 0.36),
            (x - size * 0.05, foot - size * 0.58),
            (x + size * 0.18, foot - size * 0.56),
            (x + size * 0.2, foot - size * 0.42),
            (x, foot - size * 0.36),
        ],
        PAPER,
    )
    canvas.line(
        [
            (x + size * 0.14, foot - size * 0.5),
            (x + size * 0.2, foot - size * 0.66),
            (x + size * 0.12, foot - size * 0.8),
            (x + size * 0.16, foot - size * 0.94),
        ],
        PAPER,
        size * 0.06,
    )
    canvas.oval(x + size * 0.18, foot - size * 0.96, size * 0.06, size * 0.042, PAPER)
    canvas.shape(
        [
            (x + size * 0.22, foot - size * 0.985),
            (x + size * 0.4, foot - size * 0.94),
            (x + size * 0.22, foot - size * 0.935),
        ],
        STRAW,
    )


def boats(canvas: Canvas, rng: random.Random) -> None:
    """Long boats side by side, all oars out."""
    light = NOON
    open_sky(canvas, rng, light, 330)
    line = hills(canvas, rng, light, (230, 320), 3, 60)
    conifers_along(canvas, rng, line, light.near, 40, 60)
    canvas.box(0, 380, 1600, 520, light.water)
    canvas.box(0, 380, 1600, 16, mix(light.near, WALL, 0.2))
    ripples(canvas, rng, (410, 890), 60, mix(light.water, PAPER, 0.5))
    colours = (SEAL, "#2F6F8F", LAMP)
    for boat, colour in enumerate(colours):
        y = 470 + boat * 150
        x = 120 + boat * 130 + rng.uniform(-40, 40)
        length = 980 + boat * 70
        rise = 26 + boat * 8
        for seat in range(11):
            sx = x + 90 + seat * (length - 190) / 10
            size = 30 + boat * 6
            canvas.line(
                [(sx + size, y - size * 0.6), (sx - size * 0.7, y + size * 1.5)],
                WOOD,
                5 + boat,
            )
            canvas.shape(
                [
                    (sx - size * 0.4, y + 4),
                    (sx - size * 0.1, y - size * 1.1),
                    (sx + size * 0.5, y - size * 1.1),
                    (sx + size * 0.6, y + 4),
                ],
                (PAPER, STRAW, PAPER)[boat],
            )
            canvas.disc(sx + size * 0.35, y - size * 1.45, size * 0.34, "#D9A878")
            canvas.arc(
                sx + size * 0.35,
                y - size * 1.5,
                size * 0.34,
                size * 0.34,
                (180, 360),
                INK,
                9,
            )
        canvas.shape(
            [
                (x - 40, y - rise * 1.5),
                (x + 40, y),
                (x + length - 60, y),
                (x + length + 10, y - rise),
                (x + length + 66, y - rise * 2.5),
                (x + length + 92, y - rise * 2.2),
                (x + length + 58, y - rise * 0.2),
                (x + length - 30, y + rise),
                (x + 60, y + rise),
            ],
            colour,
        )
        canvas.line(
            [(x + 20, y + rise * 0.45), (x + length - 10, y + rise * 0.45)],
            mix(colour, PAPER, 0.55),
            5,
        )
        canvas.shape(
            [
                (x + length + 60, y - rise * 2.6),
                (x + length + 128, y - rise * 2.9),
                (x + length + 132, y - rise * 2.1),
                (x + length + 84, y - rise * 1.9),
            ],
            colour,
        )
        canvas.disc(x + length + 92, y - rise * 2.55, 5, PAPER)
        canvas.box(
            x - 10, y + rise + 6, length, 7, mix(light.water, INK, 0.22), radius=3
        )
