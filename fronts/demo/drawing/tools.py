"""Old tools in rows on a board."""

import random

from fronts.demo.drawing.canvas import Canvas, mix
from fronts.demo.drawing.light import (
    BRONZE,
    INK,
    INK_SOFT,
    PAPER,
    WOOD,
    WOOD_DARK,
)

STEEL = "#A9B2AE"


def tools(canvas: Canvas, rng: random.Random) -> None:
    """Old tools in rows on a board."""
    canvas.box(0, 0, 1600, 900, mix(WOOD, PAPER, 0.42))
    for board in range(7):
        canvas.box(0, board * 132, 1600, 4, mix(WOOD, INK, 0.2))
    kinds = [hammer, saw, sickle, plane, hoe, spanner]
    rng.shuffle(kinds)
    for number in range(12):
        x, y = 150 + number % 6 * 260, 230 + number // 6 * 430
        canvas.disc(x, y - 160, 8, INK_SOFT)
        kinds[(number + (number // 6) * 2) % 6](canvas, x, y)


def hammer(canvas: Canvas, x: float, y: float) -> None:
    canvas.box(x - 11, y - 110, 22, 270, WOOD_DARK, radius=8)
    canvas.box(x - 72, y - 140, 132, 52, INK_SOFT, radius=6)
    canvas.shape([(x + 56, y - 138), (x + 100, y - 116), (x + 56, y - 92)], INK_SOFT)


def saw(canvas: Canvas, x: float, y: float) -> None:
    canvas.box(x - 92, y - 132, 16, 270, WOOD_DARK, radius=6)
    canvas.box(x + 76, y - 132, 16, 270, WOOD_DARK, radius=6)
    canvas.box(x - 92, y - 8, 184, 14, WOOD)
    canvas.line([(x - 86, y - 124), (x + 86, y - 124)], BRONZE, 5)
    canvas.box(x - 86, y + 112, 172, 14, STEEL)
    canvas.shape(
        [
            point
            for tooth in range(17)
            for point in (
                (x - 86 + tooth * 10, y + 126),
                (x - 81 + tooth * 10, y + 138),
            )
        ],
        STEEL,
    )


def sickle(canvas: Canvas, x: float, y: float) -> None:
    canvas.box(x - 60, y + 10, 24, 160, WOOD_DARK, radius=10)
    canvas.arc(x, y - 26, 78, 96, (150, 372), INK_SOFT, 24)
    canvas.arc(x, y - 26, 58, 76, (160, 366), STEEL, 5)


def plane(canvas: Canvas, x: float, y: float) -> None:
    canvas.box(x - 100, y - 20, 200, 66, WOOD_DARK, radius=8)
    canvas.shape(
        [(x - 6, y - 20), (x + 30, y - 92), (x + 56, y - 84), (x + 26, y - 20)], STEEL
    )
    canvas.box(x - 88, y - 44, 44, 30, BRONZE, radius=12)
    canvas.box(x - 96, y + 40, 192, 8, mix(WOOD_DARK, INK, 0.4))


def hoe(canvas: Canvas, x: float, y: float) -> None:
    canvas.line([(x - 34, y + 170), (x + 30, y - 134)], WOOD_DARK, 20)
    canvas.shape(
        [(x - 66, y - 136), (x + 54, y - 152), (x + 34, y - 78), (x - 60, y - 66)],
        INK_SOFT,
    )
    canvas.shape(
        [(x - 66, y - 82), (x + 34, y - 92), (x + 34, y - 78), (x - 60, y - 66)], STEEL
    )


def spanner(canvas: Canvas, x: float, y: float) -> None:
    canvas.box(x - 15, y - 90, 30, 200, STEEL, radius=10)
    canvas.disc(x, y - 104, 48, STEEL)
    canvas.box(x - 17, y - 160, 34, 58, mix(WOOD, PAPER, 0.42))
    canvas.disc(x, y + 118, 40, STEEL)
    canvas.disc(x, y + 118, 18, mix(WOOD, PAPER, 0.42))
