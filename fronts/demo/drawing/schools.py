"""Scenes at school and at sports. Each draws one 1600 × 900 picture."""

import math
import random

from fronts.demo.drawing.buildings import person
from fronts.demo.drawing.canvas import Canvas, mix
from fronts.demo.drawing.light import (
    BRONZE,
    CAMPHOR,
    INK,
    LEAF,
    NOON,
    PAPER,
    SEAL,
    STRAW,
    WALL,
    WOOD,
    WOOD_DARK,
)
from fronts.demo.drawing.nature import (
    hills,
    open_sky,
    round_tree,
)

COATS = (SEAL, CAMPHOR, BRONZE, "#4F6F86", "#8A7A9C", STRAW)


def school(canvas: Canvas, rng: random.Random) -> None:
    """A school with a garden on its roof."""
    light = NOON
    open_sky(canvas, rng, light, 480)
    hills(canvas, rng, light, (380, 460), 3, 60)
    canvas.box(0, 640, 1600, 260, "#C98B5E")
    canvas.box(0, 636, 1600, 60, mix(light.field, light.near, 0.2))
    canvas.box(250, 300, 1100, 350, WALL)
    canvas.box(250, 300, 1100, 20, CAMPHOR)
    roof_garden(canvas, rng)
    windows(canvas)
    canvas.box(752, 540, 96, 110, WOOD_DARK)
    canvas.box(180, 330, 7, 320, "#B8BDB5")
    canvas.shape([(187, 334), (262, 344), (187, 378)], LEAF)
    for x in (90, 1420, 1530):
        round_tree(canvas, rng, x, 670, 250, light.near)
    for lane in range(5):
        canvas.line([(0, 740 + lane * 36), (1600, 726 + lane * 42)], PAPER, 4)
    for number in range(8):
        person(
            canvas,
            rng,
            180 + number * 175 + rng.uniform(-50, 50),
            770 + number % 3 * 44,
            116,
            rng.choice(COATS),
        )


def roof_garden(canvas: Canvas, rng: random.Random) -> None:
    for bed in range(12):
        x = 270 + bed * 89
        canvas.box(x, 276, 78, 26, WOOD, radius=3)
        for leaf in range(5):
            fill = mix(CAMPHOR, LEAF, rng.random())
            canvas.oval(x + 10 + leaf * 14, 266, 11, rng.uniform(10, 24), fill)


def windows(canvas: Canvas) -> None:
    """Three storeys of eleven; the door takes the place of one."""
    for floor in range(3):
        for window in range(11):
            if floor == 2 and window == 5:
                continue
            x, y = 284 + window * 96, 346 + floor * 102
            canvas.box(x, y, 66, 60, "#9CC0BB", radius=3)
            canvas.box(x + 31, y, 4, 60, WALL)
            canvas.box(x - 4, y + 60, 74, 7, CAMPHOR)


def track(canvas: Canvas, rng: random.Random) -> None:
    """The bend of a running track, runners in their lanes."""
    light = NOON
    open_sky(canvas, rng, light, 330)
    hills(canvas, rng, light, (250, 310), 3, 60)
    canvas.box(0, 330, 1600, 90, "#C8CEC3")
    for row in range(4):
        for seat in range(64):
            canvas.disc(
                14 + seat * 25 + row * 8,
                350 + row * 19,
                8,
                mix(rng.choice(COATS), "#C8CEC3", 0.35),
            )
    canvas.box(0, 420, 1600, 480, "#7FAE74")
    canvas.oval(1500, 860, 1560, 430, "#C8623F")
    for lane in range(1, 6):
        half = 1560 - lane * 118
        canvas.arc(1500, 860, half, 430 - lane * 40, (180, 360), PAPER, 5)
    canvas.oval(1500, 870, 830, 200, "#8CBA7E")
    for number in range(5):
        turn = math.radians(212 + number * 8)
        half = 1500 - number * 118
        x, foot = (
            1500 + half * math.cos(turn),
            860 + (408 - number * 40) * math.sin(turn),
        )
        runner(canvas, x, foot, 165 + number * 9, COATS[number])


def runner(canvas: Canvas, x: float, foot: float, height: float, shirt: str) -> None:
    """Somebody in full stride towards the right, `height` tall."""
    skin = "#D9A878"
    hip = (x, foot - height * 0.48)
    neck = (x + height * 0.1, foot - height * 0.8)
    canvas.line(
        [
            hip,
            (x + height * 0.2, foot - height * 0.36),
            (x + height * 0.14, foot - height * 0.08),
        ],
        skin,
        height * 0.08,
    )
    canvas.line(
        [
            hip,
            (x - height * 0.1, foot - height * 0.24),
            (x - height * 0.3, foot - height * 0.2),
        ],
        skin,
        height * 0.08,
    )
    canvas.line(
        [
            neck,
            (x - height * 0.08, foot - height * 0.62),
            (x - height * 0.16, foot - height * 0.74),
        ],
        skin,
        height * 0.06,
    )
    canvas.line([hip, neck], shirt, height * 0.17)
    canvas.line([hip, (x + height * 0.1, foot - height * 0.42)], INK, height * 0.12)
    canvas.line(
        [
            neck,
            (x + height * 0.24, foot - height * 0.68),
            (x + height * 0.34, foot - height * 0.8),
        ],
        skin,
        height * 0.06,
    )
    canvas.disc(x + height * 0.15, foot - height * 0.92, height * 0.085, skin)
    canvas.arc(
        x + height * 0.14,
        foot - height * 0.94,
        height * 0.085,
        height * 0.085,
        (150, 350),
        INK,
        height * 0.04,
    )
