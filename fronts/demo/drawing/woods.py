"""Scenes under trees and stars. Each draws one 1600 × 900 picture."""

import math
import random

from fronts.demo.drawing.buildings import house
from fronts.demo.drawing.canvas import Canvas, down_to, mix, wave
from fronts.demo.drawing.light import (
    INK,
    LAMP,
    MORNING,
    NIGHT,
    NOON,
    PAPER,
    SEAL,
    WOOD_DARK,
)
from fronts.demo.drawing.nature import (
    conifer,
    conifers_along,
    hills,
    open_sky,
    stars,
)


def path(canvas: Canvas, rng: random.Random) -> None:
    """Stone steps through tall firs."""
    light = rng.choice((MORNING, NOON))
    canvas.sky(light.sky_top, light.sky_low, 620)
    hills(canvas, rng, light, (300, 430), 3, 100)
    for row in range(3):
        fill = mix(light.far, light.near, 0.35 + 0.3 * row)
        for _ in range(12 - row * 2):
            x = rng.choice(
                (rng.uniform(-40, 610 - row * 90), rng.uniform(990 + row * 90, 1640))
            )
            conifer(canvas, x, 640 + row * 90, rng.uniform(300, 420) + row * 90, fill)
    canvas.shape(
        down_to(wave(rng, 1600, 640, 12), 900), mix(light.near, light.field, 0.35)
    )
    for step in range(17):
        share = step / 16
        y = 560 + 335 * share**1.3
        middle = 800 + 90 * math.sin(share * 4)
        half = 40 + 250 * share
        thick = 8 + 18 * share
        canvas.box(middle - half, y, half * 2, thick + 12, mix("#8F988F", INK, 0.25))
        canvas.box(
            middle - half,
            y,
            half * 2,
            thick,
            mix("#C9CBBF", "#9FA79B", rng.random() * 0.6),
            radius=4,
        )
    canvas.box(1130, 640, 62, 150, "#B4B8AC", radius=8)
    canvas.box(1142, 664, 38, 6, SEAL)
    canvas.box(1142, 684, 38, 6, mix("#B4B8AC", INK, 0.4))
    canvas.box(1142, 702, 26, 6, mix("#B4B8AC", INK, 0.4))


def starry(canvas: Canvas, rng: random.Random) -> None:
    """The Milky Way over a valley with one lit house."""
    light = NIGHT
    canvas.sky(light.sky_top, light.sky_low, 560)
    stars(canvas, rng, 470, 340)
    for step in range(260):
        share = step / 260
        x = 250 + 1150 * share + rng.gauss(0, 46)
        canvas.disc(
            x,
            30 + 380 * share + rng.gauss(0, 40),
            rng.choice((1, 1.3, 1.8)),
            mix("#F4EBD0", light.sky_low, 0.35),
        )
    line = hills(canvas, rng, light, (430, 640), 4, 100)
    conifers_along(canvas, rng, line, mix(light.near, light.far, 0.25), 40, 90)
    canvas.shape(down_to(wave(rng, 1600, 760, 20), 900), mix(light.near, INK, 0.3))
    bank = [
        (720 + 240 * math.sin(step / 6) * step / 20, 762 + 7 * step, 8 + 7 * step)
        for step in range(21)
    ]
    canvas.shape(
        [(x - half, y) for x, y, half in bank]
        + [(x + half, y) for x, y, half in bank[::-1]],
        light.water,
    )
    house(canvas, rng, 1240, 770, 120, wall="#3C4F52", roof="#16282B", lit=True)


def fireflies(canvas: Canvas, rng: random.Random) -> None:
    """The same valley in summer, sparks of light along the stream."""
    starry(canvas, rng)
    for _ in range(70):
        x, y = rng.gauss(780, 330), rng.uniform(640, 880)
        size = rng.uniform(2, 4.5)
        canvas.disc(x, y, size * 2.3, mix(NIGHT.near, LAMP, 0.28))
        canvas.disc(x, y, size, "#F6E27A")


def camphor(canvas: Canvas, rng: random.Random) -> None:
    """One very old tree with room under it."""
    light = rng.choice((NOON, MORNING))
    open_sky(canvas, rng, light, 560)
    hills(canvas, rng, light, (470, 560), 3, 60)
    canvas.shape(down_to(wave(rng, 1600, 700, 12), 900), mix(light.field, PAPER, 0.12))
    for number in range(3):
        house(canvas, rng, 1120 + number * 150, 716, 142)
    canvas.oval(720, 822, 560, 46, mix(light.field, light.near, 0.4))
    canvas.shape(
        [
            (570, 830),
            (640, 720),
            (640, 560),
            (560, 430),
            (600, 420),
            (690, 520),
            (720, 380),
            (765, 380),
            (775, 520),
            (880, 420),
            (915, 440),
            (820, 580),
            (812, 720),
            (900, 830),
            (800, 806),
            (735, 822),
            (660, 806),
        ],
        WOOD_DARK,
    )
    canvas.shape(
        [(640, 720), (640, 560), (672, 580), (668, 760)], mix(WOOD_DARK, PAPER, 0.18)
    )
    crown = []
    for ring, count in ((0.0, 1), (0.36, 9), (0.7, 15), (1.0, 20)):
        for number in range(count):
            turn = math.tau * number / count + rng.uniform(-0.14, 0.14)
            crown.append(
                (
                    735 + math.cos(turn) * 500 * ring,
                    310 + math.sin(turn) * 175 * ring,
                    rng.uniform(88, 120),
                )
            )
    for x, y, radius in crown:
        canvas.disc(x, y, radius, light.near)
    for x, y, radius in sorted(crown, key=lambda blob: blob[1]):
        canvas.disc(x - 10, y - 26, radius * 0.62, mix(light.near, "#7FC8AA", 0.2))
    for x, y, radius in crown[::3]:
        canvas.disc(x - 18, y - 40, radius * 0.3, mix(light.near, "#7FC8AA", 0.42))
    for x in (380, 1010):
        canvas.box(x, 800, 170, 20, "#B9BDB0", radius=4)
        canvas.box(x + 18, 818, 26, 36, "#9BA196")
        canvas.box(x + 126, 818, 26, 36, "#9BA196")
