"""Scenes on roads, bridges and markets. Each draws one 1600 × 900 picture."""

import math
import random

from fronts.demo.drawing.buildings import house, lantern, person, tiled_roof
from fronts.demo.drawing.canvas import Canvas, Colour, Point, down_to, mix, wave
from fronts.demo.drawing.light import (
    AUTUMN,
    BRONZE,
    CAMPHOR,
    INK,
    INK_SOFT,
    LAMP,
    MORNING,
    NIGHT,
    NOON,
    PAPER,
    ROOF,
    SEAL,
    STRAW,
    SUNK,
    TINT,
    WALL,
    WOOD,
    WOOD_DARK,
)
from fronts.demo.drawing.nature import (
    conifers_along,
    hills,
    open_sky,
    ripples,
    round_tree,
    stars,
)

GOODS = ("#C8452F", "#E0912F", "#7FA650", "#B8823F", "#E8D9A8", "#7A4B63")
COATS = (SEAL, CAMPHOR, BRONZE, "#4F6F86", "#8A7A9C", STRAW)


def bridge(canvas: Canvas, rng: random.Random) -> None:
    """A roofed timber bridge over clear water."""
    light = rng.choice((MORNING, AUTUMN))
    open_sky(canvas, rng, light, 440)
    line = hills(canvas, rng, light, (290, 430), 4, 110)
    conifers_along(canvas, rng, line, light.near, 34, 80)
    canvas.box(0, 600, 1600, 300, light.water)
    canvas.shape(
        [(0, 600), (0, 520), (190, 540), (260, 620), (230, 700), (0, 760)],
        mix(light.near, light.field, 0.3),
    )
    canvas.shape(
        [(1600, 600), (1600, 500), (1420, 540), (1340, 620), (1370, 700), (1600, 780)],
        mix(light.near, light.field, 0.3),
    )
    for strip in range(7):
        canvas.box(
            230 + strip * 14 + rng.uniform(-30, 30),
            640 + strip * 19,
            1140 - strip * 34,
            7,
            mix(light.water, WOOD_DARK, 0.24 - 0.025 * strip),
            radius=3,
        )
    for pier in (520, 1010):
        canvas.shape(
            [(pier - 20, 540), (pier + 90, 540), (pier + 112, 716), (pier - 42, 716)],
            "#9DA398",
        )
        canvas.shape(
            [(pier + 46, 540), (pier + 90, 540), (pier + 112, 716), (pier + 54, 716)],
            "#7F877D",
        )
        canvas.box(pier - 60, 712, 190, 10, mix(light.water, INK, 0.28), radius=5)
    for layer in range(3):
        canvas.box(
            170 + layer * 18,
            540 - layer * 16,
            1260 - layer * 36,
            14,
            mix(WOOD_DARK, WOOD, layer / 3),
        )
    canvas.box(200, 470, 1200, 34, WOOD)
    for bay in range(20):
        canvas.box(200 + bay * 62.4, 368, 12, 130, WOOD_DARK)
    for bay in range(39):
        canvas.box(204 + bay * 31, 452, 5, 34, WOOD_DARK)
    tiled_roof(canvas, 170, 384, 1260, 70, ROOF)
    tiled_roof(canvas, 670, 322, 260, 64, ROOF)
    canvas.box(700, 322, 200, 14, WOOD_DARK)
    tiled_roof(canvas, 720, 268, 160, 46, ROOF)
    for number in range(6):
        person(
            canvas,
            rng,
            290 + number * 190 + rng.uniform(-30, 30),
            490,
            92,
            rng.choice(COATS),
        )
    canvas.box(200, 476, 1200, 10, WOOD)
    ripples(canvas, rng, (640, 880), 40, mix(light.water, PAPER, 0.5))
    for _ in range(13):
        x = rng.uniform(20, 1580)
        canvas.oval(
            x,
            rng.uniform(850, 895),
            rng.uniform(24, 60),
            rng.uniform(12, 24),
            mix("#9DA398", INK_SOFT, rng.random() * 0.4),
        )


def night_street(canvas: Canvas, rng: random.Random) -> None:
    """A lane after dark: lit windows, a string of lanterns."""
    canvas.sky(NIGHT.sky_top, NIGHT.sky_low, 560)
    stars(canvas, rng, 300, 120)
    canvas.disc(1190, 140, 46, NIGHT.sun)
    canvas.disc(1172, 130, 42, mix(NIGHT.sky_top, NIGHT.sky_low, 0.28))
    hills(canvas, rng, NIGHT, (430, 500), 2, 50)
    canvas.shape([(700, 560), (900, 560), (1500, 900), (100, 900)], "#3A4A4A")
    for row in range(9):
        y = 566 + row**2 * 4.3
        half = 100 + (y - 560) * 1.76
        canvas.line([(800 - half, y), (800 + half, y)], "#2C3B3C", 2 + row * 0.3)
    for side in (-1, 1):
        for place in range(4):
            shop_front(canvas, rng, side, place)
    for number in range(9):
        share = number / 8
        x = 150 + 1300 * share
        lantern(
            canvas,
            x,
            250 + 110 * math.sin(math.pi * share),
            25,
            (SEAL, LAMP)[number % 2],
        )
    for x, foot, height in ((690, 690, 120), (742, 684, 108), (930, 770, 176)):
        person(canvas, rng, x, foot, height, rng.choice(COATS))


def shop_front(canvas: Canvas, rng: random.Random, side: int, place: int) -> None:
    """A lit front in a receding row; `side` is -1 or 1, `place` 0 is the farthest."""

    def at(share: float, level: float) -> Point:
        """A point of the front: `share` from its far to its near edge, `level` down."""
        depth = (place + share) / 4
        top, foot = 520 - 330 * depth**1.3, 560 + 340 * depth**1.5
        return 800 + side * (105 + 690 * depth**1.6), top + (foot - top) * level

    def panel(corners: tuple[Point, ...], fill: Colour) -> None:
        canvas.shape([at(*corner) for corner in corners], fill)

    wall = mix("#5A5248", "#2E3333", rng.uniform(0.1, 0.5))
    panel(((0, 0), (1, 0), (1, 1), (0, 1)), wall)
    pane = rng.choice((LAMP, "#E8A24A", "#F4CF7A"))
    panel(((0.22, 0.42), (0.78, 0.42), (0.78, 0.8), (0.22, 0.8)), pane)
    for bar in (0.36, 0.5, 0.64):
        canvas.line([at(bar, 0.42), at(bar, 0.8)], WOOD_DARK, 3)
    panel(((0, -0.12), (1, -0.16), (1, 0.06), (0, 0.06)), "#1D2A2B")


def market(canvas: Canvas, rng: random.Random) -> None:
    """Stalls under cloth along a street."""
    light = rng.choice((NOON, AUTUMN))
    open_sky(canvas, rng, light, 330)
    hills(canvas, rng, light, (250, 300), 2, 50)
    for number in range(5):
        house(
            canvas,
            rng,
            -40 + number * 340,
            560,
            320,
            wall=mix(WALL, light.sky_low, 0.3),
            roof=mix(ROOF, light.sky_low, 0.25),
        )
    canvas.box(0, 550, 1600, 350, mix("#CFCBBB", PAPER, 0.2))
    for row in range(6):
        canvas.line(
            [(0, 590 + row * 56), (1600, 584 + row * 58)], mix("#CFCBBB", INK, 0.12), 3
        )
    for _ in range(7):
        person(canvas, rng, rng.uniform(60, 1540), 640, 170, rng.choice(COATS))
    for left, colour in ((40, SEAL), (560, CAMPHOR), (1080, "#B8863B")):
        awning(canvas, left, colour)
        counter(canvas, rng, left)
    for x, colour in ((330, "#4F6F86"), (880, SEAL), (1400, CAMPHOR)):
        person(canvas, rng, x + rng.uniform(-60, 60), 880, 260, colour)


def awning(canvas: Canvas, left: float, colour: Colour) -> None:
    """Striped cloth over a stall 478 wide, with things hanging under it."""
    for pole in (left + 16, left + 450):
        canvas.box(pole, 460, 12, 330, WOOD_DARK)
    for strip in range(8):
        fill = colour if strip % 2 else PAPER
        x = left - 14 + strip * 63
        canvas.shape([(x + 20, 420), (x + 76, 420), (x + 63, 500), (x, 500)], fill)
        canvas.oval(x + 31.5, 500, 31.5, 17, fill)
    for hook in range(4):
        x = left + 80 + hook * 106
        canvas.line([(x, 508), (x, 540)], INK, 2)
        canvas.oval(x, 572, 13, 36, mix(BRONZE, SEAL, 0.4))


def counter(canvas: Canvas, rng: random.Random, left: float) -> None:
    """Planks and three heaps of fruit or roots."""
    canvas.box(left, 690, 478, 120, WOOD)
    for plank in range(1, 6):
        x = left + plank * 80
        canvas.line([(x, 694), (x, 808)], WOOD_DARK, 3)
    for crate in range(3):
        x = left + 84 + crate * 156
        fill = rng.choice(GOODS)
        for item in range(13):
            shade = mix(fill, PAPER, rng.uniform(0, 0.25))
            canvas.disc(x - 54 + item % 5 * 27, 686 - item // 5 * 20, 17, shade)
        canvas.box(x - 74, 684, 148, 26, STRAW, radius=4)


def bus(canvas: Canvas, rng: random.Random) -> None:
    """A country bus on the road by the hills."""
    light = rng.choice((MORNING, NOON, AUTUMN))
    open_sky(canvas, rng, light, 470)
    line = hills(canvas, rng, light, (310, 500), 4, 110)
    conifers_along(canvas, rng, line, light.near, 26, 84)
    canvas.shape(down_to(wave(rng, 1600, 610, 12), 900), light.field)
    for strip in range(7):
        canvas.line(
            [(0, 640 + strip * 9), (1600, 630 + strip * 10)],
            mix(light.field, light.near, 0.22),
            3,
        )
    canvas.box(0, 728, 1600, 172, "#6E7873")
    canvas.box(0, 722, 1600, 10, SUNK)
    for dash in range(9):
        canvas.box(-40 + dash * 200, 822, 110, 10, PAPER, radius=3)
    for tree in range(5):
        round_tree(
            canvas,
            rng,
            90 + tree * 370 + rng.uniform(-50, 50),
            736,
            230,
            mix(light.near, light.field, 0.2),
        )
    x, y = rng.uniform(420, 560), 440
    canvas.oval(x + 360, 792, 420, 20, mix("#6E7873", INK, 0.35))
    body = rng.choice(("#8CCBB0", "#CFE6DA", "#D9B27A"))
    canvas.box(x, y, 740, 320, body, radius=34)
    canvas.box(x, y + 210, 740, 52, CAMPHOR)
    canvas.box(x + 14, y - 10, 712, 26, mix(body, INK, 0.16), radius=12)
    canvas.box(x + 40, y + 52, 520, 130, mix(TINT, "#88A9A6", 0.45), radius=12)
    for pillar in (165, 295, 425):
        canvas.box(x + pillar, y + 52, 12, 130, body)
    canvas.box(x + 640, y + 52, 84, 160, mix(TINT, "#88A9A6", 0.35), radius=10)
    canvas.box(x + 574, y + 46, 56, 230, mix(body, INK, 0.12), radius=6)
    canvas.box(x + 582, y + 56, 40, 140, mix(TINT, "#88A9A6", 0.45), radius=4)
    for number in range(4):
        px = x + 94 + number * 130 + rng.uniform(-16, 16)
        canvas.disc(px, y + 122, 23, "#D9A878")
        canvas.arc(px, y + 118, 23, 23, (180, 360), INK, 13)
        canvas.box(px - 30, y + 146, 60, 36, rng.choice(COATS), radius=10)
    canvas.disc(x + 690, y + 126, 22, "#D9A878")
    canvas.box(x + 664, y + 150, 52, 60, INK_SOFT, radius=10)
    canvas.box(x + 722, y + 236, 20, 34, LAMP, radius=5)
    for wheel in (150, 590):
        canvas.disc(x + wheel, y + 318, 56, INK)
        canvas.disc(x + wheel, y + 318, 29, SUNK)
        canvas.disc(x + wheel, y + 318, 11, INK_SOFT)
