"""Scenes in villages. Each draws one 1600 × 900 picture."""

import math
import random

from fronts.demo.drawing.buildings import gable, house, person
from fronts.demo.drawing.canvas import Canvas, down_to, mix, wave
from fronts.demo.drawing.light import (
    AUTUMN,
    BRONZE,
    CAMPHOR,
    DUSK,
    INK,
    INK_SOFT,
    LAMP,
    LEAF,
    MORNING,
    NOON,
    PAPER,
    RAIN,
    ROOF,
    SEAL,
    STRAW,
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
)

COATS = (SEAL, CAMPHOR, BRONZE, "#4F6F86", "#8A7A9C", STRAW)


def roofs(canvas: Canvas, rng: random.Random) -> None:
    """Rows of tiled roofs and stepped gables, seen from above."""
    light = rng.choice((MORNING, DUSK))
    open_sky(canvas, rng, light, 420)
    hills(canvas, rng, light, (280, 380), 4, 90)
    for row in range(5):
        share = row / 4
        foot = 520 + row * 105
        x = rng.uniform(-120, -20)
        while x < 1640:
            width = rng.uniform(150, 230) * (0.7 + 0.55 * share)
            tone = mix(ROOF, light.sky_low, 0.38 * (1 - share))
            wall = mix(WALL, light.sky_low, 0.3 * (1 - share))
            if rng.random() < 0.36:
                gable(canvas, x, foot, width * 0.85, width * 0.6, wall)
            else:
                house(canvas, rng, x, foot, width, wall=wall, roof=tone)
            x += width * 1.02
        if row == 2:
            for _ in range(4):
                round_tree(
                    canvas, rng, rng.uniform(60, 1540), foot + 20, 170, light.near
                )
    canvas.shape(down_to(wave(rng, 1600, 885, 8), 900), mix(ROOF, INK, 0.4))


def village(canvas: Canvas, rng: random.Random) -> None:
    """Three old houses at the foot of a bamboo hill, a pond before them."""
    light = rng.choice((MORNING, NOON))
    open_sky(canvas, rng, light, 430)
    line = hills(canvas, rng, light, (300, 470), 4, 90)
    for _ in range(90):
        x = rng.uniform(0, 1600)
        top = rng.uniform(330, 450)
        canvas.line(
            [(x, 600), (x + 6, top + 60), (x + 26, top)],
            mix("#6FA06A", light.near, rng.random()),
            5,
        )
        canvas.oval(x + 26, top, 22, 34, mix("#6FA06A", light.near, rng.random() * 0.7))
    conifers_along(canvas, rng, line, light.near, 6, 80)
    canvas.box(0, 600, 1600, 300, mix(light.field, PAPER, 0.2))
    gable(canvas, 130, 640, 300, 230, WALL)
    house(canvas, rng, 420, 640, 400)
    house(canvas, rng, 860, 640, 320)
    gable(canvas, 1200, 640, 280, 210, WALL)
    canvas.oval(800, 790, 640, 96, mix(light.water, light.near, 0.12))
    canvas.oval(800, 784, 624, 88, light.water)
    for number in range(4):
        canvas.box(
            330 + number * 250, 742, 150, 46, mix(light.water, WALL, 0.5), radius=6
        )
    ripples(canvas, rng, (750, 850), 10, PAPER)
    for number in range(5):
        x, y = 620 + number * 66, 806 + (number % 2) * 14
        canvas.oval(x, y, 19, 9, PAPER)
        canvas.disc(x + 17, y - 11, 7, PAPER)
        canvas.shape([(x + 22, y - 13), (x + 34, y - 10), (x + 22, y - 8)], LAMP)


def drying(canvas: Canvas, rng: random.Random) -> None:
    """Round trays of harvest on stepped roofs."""
    light = AUTUMN
    open_sky(canvas, rng, light, 330)
    hills(canvas, rng, light, (230, 300), 3, 70)
    harvest = ("#C0392B", "#D95B2B", "#E8A33A", "#E6C867", "#8C9A4B", "#F0E3C0")
    for row in range(2):
        x, size = rng.uniform(-160, -60), 0.8 + row * 0.2
        while x < 1640:
            width = rng.uniform(230, 300) * size
            house(
                canvas,
                rng,
                x,
                400 + row * 90,
                width,
                wall=mix("#E6D7B8", light.sky_low, 0.3 - 0.2 * row),
            )
            x += width * 1.12
        for _ in range(3):
            round_tree(
                canvas, rng, rng.uniform(60, 1540), 410 + row * 90, 130, light.near
            )
    for row in range(4):
        size = 0.75 + row * 0.3
        top, deep = 462 + 62 * row + 22 * row**2, 92 * size
        canvas.box(0, top, 1600, deep, mix(WOOD, STRAW, 0.35 - 0.05 * row))
        for plank in range(4):
            canvas.box(0, top + plank * deep / 4, 1600, 2, mix(WOOD, INK, 0.1))
        canvas.box(0, top + deep, 1600, 40 * size, WOOD_DARK)
        spot = rng.uniform(-50, 20)
        while spot < 1680:
            tray(canvas, rng, spot, top + deep * 0.52, 78 * size, rng.choice(harvest))
            spot += 78 * size * 2.2
    for x, coat in ((rng.uniform(240, 420), CAMPHOR), (rng.uniform(1050, 1250), SEAL)):
        person(canvas, rng, x, 640, 190, coat)
        tray(canvas, rng, x, 560, 70, harvest[0])


def tray(
    canvas: Canvas, rng: random.Random, x: float, y: float, radius: float, fill: str
) -> None:
    """A round bamboo tray of harvest, seen aslant."""
    canvas.oval(x, y + radius * 0.09, radius, radius * 0.42, WOOD_DARK)
    canvas.oval(x, y, radius, radius * 0.42, STRAW)
    canvas.oval(x, y - 2, radius * 0.87, radius * 0.34, fill)
    for _ in range(26):
        turn, reach = rng.uniform(0, math.tau), math.sqrt(rng.random()) * 0.76
        canvas.oval(
            x + math.cos(turn) * reach * radius,
            y - 3 + math.sin(turn) * reach * radius * 0.38,
            radius * 0.085,
            radius * 0.05,
            mix(fill, PAPER, rng.uniform(0.05, 0.4)),
        )


def rain(canvas: Canvas, rng: random.Random) -> None:
    """Umbrellas under dripping eaves."""
    light = RAIN
    canvas.sky(light.sky_top, light.sky_low, 600)
    hills(canvas, rng, light, (330, 520), 4, 90)
    for number in range(3):
        house(
            canvas,
            rng,
            60 + number * 520,
            640,
            460,
            wall=mix(WALL, light.sky_top, 0.3),
            roof=mix(ROOF, light.sky_top, 0.15),
        )
    canvas.box(0, 630, 1600, 270, mix(light.water, INK_SOFT, 0.28))
    for _ in range(16):
        x, y = rng.uniform(0, 1600), rng.uniform(680, 890)
        canvas.oval(x, y, 70, 13, mix(light.water, PAPER, 0.35))
        canvas.oval(x, y, 46, 8, mix(light.water, INK_SOFT, 0.16))
    for number, colour in enumerate((SEAL, LAMP, "#4F8A8B", "#C98BA0", LEAF)):
        x = 230 + number * 275 + rng.uniform(-30, 30)
        foot = 800 + number % 2 * 56
        person(canvas, rng, x, foot, 170, rng.choice(COATS))
        canvas.box(x - 28, foot - 22, 22, 22, LAMP, radius=4)
        canvas.box(x + 2, foot - 22, 22, 22, LAMP, radius=4)
        canvas.line([(x + 30, foot - 90), (x + 18, foot - 236)], WOOD_DARK, 5)
        canvas.shape(
            [
                (
                    x + 18 + 116 * math.cos(math.radians(a)),
                    foot - 172 + 88 * math.sin(math.radians(a)),
                )
                for a in range(180, 361, 6)
            ],
            colour,
        )
        for rib in range(4):
            canvas.oval(
                x - 69 + rib * 58,
                foot - 172,
                29,
                11,
                mix(light.water, INK_SOFT, 0.1) if rib % 2 else mix(colour, INK, 0.15),
            )
    for _ in range(170):
        x, y = rng.uniform(0, 1600), rng.uniform(0, 880)
        canvas.line([(x, y), (x - 9, y + 38)], mix(light.sky_low, PAPER, 0.5), 2)
