"""Scenes of fields and orchards. Each draws one 1600 × 900 picture."""

import math
import random

from fronts.demo.drawing.buildings import house
from fronts.demo.drawing.canvas import Canvas, Point, down_to, height_at, mix, wave
from fronts.demo.drawing.light import (
    AUTUMN,
    BRONZE,
    DUSK,
    INK,
    MORNING,
    PAPER,
    SEAL,
    STRAW,
    WOOD,
)
from fronts.demo.drawing.nature import (
    bird,
    conifers_along,
    hills,
    open_sky,
    ripples,
    round_tree,
)


def terraces(canvas: Canvas, rng: random.Random) -> None:
    """Flooded terraces that hold the evening sky."""
    light = DUSK if rng.random() < 0.7 else MORNING
    open_sky(canvas, rng, light, 380)
    hills(canvas, rng, light, (250, 330), 3, 80)
    rows = 13
    for row in range(rows):
        share = row / (rows - 1)
        level = 345 + 520 * share**1.25
        bank = wave(rng, 1600, level, 34 + 26 * share, swings=(0.9, 1.7, 3.1))
        canvas.shape(
            down_to(bank, 900), mix(light.near, light.field, 0.25 + 0.3 * (row % 2))
        )
        water = [(x, y + 7 + 9 * share) for x, y in bank]
        canvas.shape(
            down_to(water, 900),
            mix(
                (light.water, light.sky_low, light.sun, light.sky_top, light.far)[
                    row * 3 % 5
                ],
                light.sky_low,
                0.35,
            ),
        )
        if row in {4, 7, 10}:
            for _ in range(5):
                x = rng.uniform(80, 1520)
                canvas.box(
                    x, height_at(water, x) + 16, 50 + 60 * share, 4, PAPER, radius=2
                )
    house(canvas, rng, 1180, 470, 104)
    house(canvas, rng, 1284, 482, 88)
    round_tree(canvas, rng, 1400, 490, 130, light.near)
    round_tree(canvas, rng, 120, 900, 330, mix(light.near, INK, 0.15))


def paddies(canvas: Canvas, rng: random.Random) -> None:
    """Ripe rice in strips towards the hills."""
    light = AUTUMN
    open_sky(canvas, rng, light, 430)
    line = hills(canvas, rng, light, (330, 400), 3, 70)
    conifers_along(canvas, rng, line, light.near, 26, 56)
    canvas.box(0, 440, 1600, 460, light.field)
    for strip in range(-9, 10):
        if strip % 2:
            canvas.shape(
                [
                    (800 + strip * 58, 440),
                    (800 + (strip + 1) * 58, 440),
                    (800 + (strip + 1) * 330, 900),
                    (800 + strip * 330, 900),
                ],
                mix(light.field, BRONZE, 0.14),
            )
    canvas.shape(
        [(770, 440), (800, 440), (980, 900), (700, 900)],
        mix(light.water, "#7FA79C", 0.35),
    )
    canvas.shape(
        [(800, 440), (812, 440), (1070, 900), (980, 900)],
        mix(light.near, light.field, 0.35),
    )
    for row in range(10):
        y = 462 + 4.3 * row**2
        for x in range(-20, 1640, 26 + row * 5):
            lean = rng.uniform(3, 9) * (1 + row * 0.25)
            px = x + rng.uniform(-8, 8)
            if abs(px - (790 + (y - 440) * 0.18)) < 34 + (y - 440) * 0.36:
                continue
            ear_of_rice(canvas, rng, (px, y), lean, 1 + row * 0.15)
    for number in range(3):
        house(canvas, rng, 1190 + number * 96, 447, 88)
    for x, y in ((560, 330), (620, 300), (690, 322)):
        bird(canvas, x, y, 22, PAPER)


def ear_of_rice(
    canvas: Canvas, rng: random.Random, foot: Point, lean: float, size: float
) -> None:
    x, y = foot
    canvas.line([(x, y), (x + lean * 0.7, y - lean * 1.8)], "#90873F", 2 * size)
    for grain in range(4):
        canvas.oval(
            x + lean * (0.8 + 0.36 * grain),
            y - lean * (2.0 - 0.1 * grain**1.7),
            2.6 * size,
            1.8 * size,
            mix("#F0CF7C", PAPER, rng.uniform(0, 0.4)),
        )


def tea_hills(canvas: Canvas, rng: random.Random) -> None:
    """Curved rows of tea bushes in the morning mist."""
    light = MORNING
    open_sky(canvas, rng, light, 420)
    hills(canvas, rng, light, (260, 360), 3, 90)
    bright = "#5E9A6B"
    for hill in range(3):
        centre = (330, 1150, 620)[hill] + rng.uniform(-60, 60)
        top = (430, 500, 640)[hill]
        spread = (900, 880, 1250)[hill]
        for row in range(26):
            y = top + row * (15 + hill * 6)
            half = spread * math.sqrt(min(1, (row + 1) / 22))
            fill = mix(bright, light.near, 0.25 + 0.2 * hill + (0.3 if row % 2 else 0))
            canvas.oval(centre, y + 190, half, 200, fill)
    for number in range(2):
        x, y = 520 + number * 250 + rng.uniform(-40, 40), 762 + number * 34
        canvas.shape(
            [(x - 34, y + 56), (x - 24, y - 14), (x + 24, y - 14), (x + 34, y + 56)],
            ("#7E9FB0", SEAL)[number],
        )
        canvas.shape([(x - 46, y - 14), (x, y - 52), (x + 46, y - 14)], STRAW)
        canvas.box(x + 20, y + 2, 34, 46, BRONZE, radius=5)


def orchard(canvas: Canvas, rng: random.Random) -> None:
    """Orange trees above a lake, baskets in the grass."""
    light = AUTUMN
    open_sky(canvas, rng, light, 400)
    hills(canvas, rng, light, (300, 370), 3, 70)
    canvas.box(0, 410, 1600, 120, light.water)
    ripples(canvas, rng, (424, 500), 16, PAPER)
    canvas.shape(down_to(wave(rng, 1600, 520, 26), 900), "#8FAE6B")
    canvas.shape(down_to(wave(rng, 1600, 690, 26), 900), "#7A9C5C")
    spots = [(x, 600 + 30 * (x % 3), 210) for x in range(60, 1600, 230)]
    spots += [(x + 40, 830, 380) for x in (60, 660, 1370)]
    for x, foot, size in spots:
        round_tree(canvas, rng, x, foot, size, "#2F6B45")
        for _ in range(17):
            turn, reach = (
                rng.uniform(0, math.tau),
                math.sqrt(rng.random()) * size * 0.36,
            )
            fx, fy = (
                x + math.cos(turn) * reach,
                foot - size * 0.66 + math.sin(turn) * reach * 0.8,
            )
            canvas.disc(fx, fy, size * 0.042, "#E0812F")
            canvas.disc(fx - size * 0.012, fy - size * 0.014, size * 0.015, "#F3B56B")
    for x in (370, 960, 1130):
        for number in range(9):
            canvas.disc(x - 62 + number % 5 * 31, 800 - number // 5 * 22, 20, "#E58A35")
        canvas.shape([(x - 92, 800), (x + 92, 800), (x + 66, 884), (x - 66, 884)], WOOD)
        for row in range(3):
            canvas.line(
                [
                    (x - 88 + row * 8, 818 + row * 22),
                    (x + 88 - row * 8, 818 + row * 22),
                ],
                STRAW,
                4,
            )
