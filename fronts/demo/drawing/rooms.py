"""Scenes indoors: books, meals, clocks. Each draws one 1600 × 900 picture."""

import math
import random

from fronts.demo.drawing.canvas import Canvas, mix
from fronts.demo.drawing.furniture import table
from fronts.demo.drawing.light import (
    BRONZE,
    CAMPHOR,
    CAMPHOR_DEEP,
    INK,
    INK_SOFT,
    LAMP,
    LEAF,
    PAPER,
    SEAL,
    STRAW,
    SUNK,
    TINT,
    WALL,
    WOOD,
    WOOD_DARK,
)

SPINES = (
    CAMPHOR,
    SEAL,
    BRONZE,
    "#4F6F86",
    STRAW,
    "#6B5B7B",
    "#8FA38A",
    "#C9B79A",
    CAMPHOR_DEEP,
)


def bookshelf(canvas: Canvas, rng: random.Random) -> None:
    """Shelves to the ceiling and a reading table with lamps."""
    canvas.box(0, 0, 1600, 900, mix(WOOD_DARK, INK, 0.25))
    for shelf in range(4):
        board = 164 + shelf * 166
        canvas.box(0, board - 150, 1600, 150, mix(WOOD_DARK, INK, 0.5))
        for bay in range(5):
            row_of_books(canvas, rng, 10 + bay * 318, board)
        canvas.box(0, board, 1600, 16, WOOD)
    for bay in range(6):
        canvas.box(-8 + bay * 318, 0, 16, 690, WOOD)
    table(canvas, rng, 690, WOOD)
    for x in (280, 830, 1350):
        canvas.box(x - 60, 734, 120, 16, mix(BRONZE, INK, 0.2), radius=8)
        canvas.box(x - 5, 596, 10, 142, BRONZE)
        canvas.shape(
            [(x - 92, 606), (x - 56, 548), (x + 56, 548), (x + 92, 606)], CAMPHOR
        )
        canvas.oval(x, 607, 92, 13, LAMP)
    for x in (510, 1080):
        open_book(canvas, x)
    canvas.oval(700, 790, 36, 15, SUNK)
    canvas.box(670, 752, 60, 38, WALL, radius=10)


def row_of_books(canvas: Canvas, rng: random.Random, left: float, board: float) -> None:
    """Books on a board 302 wide, with a gap here and there."""
    x, end = left, left + 302
    while x < end - 18:
        if rng.random() < 0.07:
            x += rng.uniform(24, 54)
            continue
        wide = min(rng.uniform(15, 36), end - x)
        tall = rng.uniform(98, 140)
        fill = mix(rng.choice(SPINES), PAPER, rng.uniform(0, 0.22))
        canvas.box(x, board - tall, wide, tall, fill, radius=2)
        canvas.box(x, board - tall * 0.84, wide, 5, mix(fill, PAPER, 0.5))
        if rng.random() < 0.5:
            canvas.box(x, board - tall * 0.2, wide, 4, mix(fill, INK, 0.35))
        x += wide + 1.5


def open_book(canvas: Canvas, x: float) -> None:
    edges = [(x - 150, 800), (x - 126, 762), (x, 780), (x + 126, 762), (x + 150, 800)]
    canvas.shape([*edges, (x, 822)], PAPER)
    pencil = mix(PAPER, INK, 0.3)
    canvas.line([(x, 780), (x, 822)], pencil, 3)
    for side in (-1, 1):
        for line in range(0, 27, 9):
            canvas.line(
                [(x + side * 26, 788 + line), (x + side * 116, 774 + line)], pencil, 2
            )


def bowls(canvas: Canvas, rng: random.Random) -> None:
    """A meal on a wooden table, seen from above."""
    table(canvas, rng, 0, rng.choice(("#A9794A", "#8A6A4A", "#B08C62")))
    spots = [
        (430, 400, 250),
        (900, 330, 190),
        (1240, 560, 240),
        (830, 690, 165),
        (1330, 170, 120),
    ]
    fillings = ["soup", "greens", "rice", "tofu", "tea"]
    if rng.random() < 0.5:
        fillings[0], fillings[2] = fillings[2], fillings[0]
    for (x, y, size), filling in zip(spots, fillings, strict=True):
        canvas.disc(x + 14, y + 20, size, mix("#A9794A", INK, 0.38))
        canvas.disc(x, y, size, rng.choice((TINT, WALL, "#DCE3DD")))
        canvas.ring(x, y, size - 6, rng.choice((CAMPHOR, "#4F6F86")), 7)
        fill_bowl(canvas, rng, x, y, size * 0.78, filling)
    for offset in (0, 24):
        canvas.line([(70 + offset, 860), (210 + offset, 560)], CAMPHOR_DEEP, 11)
    canvas.shape([(1500, 700), (1530, 690), (1480, 880), (1450, 880)], WOOD_DARK)
    canvas.oval(1524, 650, 40, 66, WOOD_DARK)
    canvas.oval(1522, 646, 27, 48, WOOD)


def fill_bowl(
    canvas: Canvas, rng: random.Random, x: float, y: float, size: float, filling: str
) -> None:
    grounds = {
        "soup": "#E3C98C",
        "greens": "#3F7A4E",
        "rice": "#F4F0E2",
        "tofu": "#9C5A34",
        "tea": "#B98A3E",
    }
    canvas.disc(x, y, size, grounds[filling])
    for _ in range(
        {"soup": 26, "greens": 42, "rice": 190, "tofu": 14, "tea": 5}[filling]
    ):
        turn, reach = rng.uniform(0, math.tau), math.sqrt(rng.random()) * size * 0.82
        px, py = x + math.cos(turn) * reach, y + math.sin(turn) * reach
        if filling == "soup":
            canvas.disc(
                px, py, rng.uniform(8, 17), mix("#F2E3B4", PAPER, rng.random() * 0.5)
            )
            canvas.oval(px + 16, py, 8, 4, "#5E9A5B")
        elif filling == "greens":
            canvas.line(
                [(px, py), (px + rng.uniform(-46, 46), py + rng.uniform(-46, 46))],
                mix("#5E9A5B", LEAF, rng.random()),
                11,
            )
        elif filling == "rice":
            canvas.oval(px, py, 9, 4.5, mix(PAPER, STRAW, rng.random() * 0.4))
        elif filling == "tofu":
            canvas.box(
                px - 20,
                py - 20,
                42,
                42,
                mix("#F0E0B8", STRAW, rng.random() * 0.6),
                radius=6,
            )
            canvas.disc(px + 24, py + 6, 6, SEAL)
        else:
            canvas.oval(px, py, 16, 7, CAMPHOR)


def clocks(canvas: Canvas, rng: random.Random) -> None:
    """A wall of clocks that disagree."""
    canvas.box(0, 0, 1600, 900, mix(CAMPHOR, WALL, 0.28))
    for stripe in range(0, 1600, 64):
        canvas.box(stripe, 0, 30, 900, mix(CAMPHOR, WALL, 0.22))
    spots = [
        (210, 200, 120),
        (500, 160, 88),
        (780, 206, 118),
        (1060, 170, 92),
        (1370, 230, 138),
        (330, 480, 96),
        (610, 510, 122),
        (1150, 500, 118),
        (1420, 540, 84),
    ]
    for x, y, size in spots:
        frame = rng.choice((WOOD, WOOD_DARK, BRONZE, SEAL, INK_SOFT))
        canvas.disc(x + 8, y + 12, size, mix(CAMPHOR, INK, 0.4))
        canvas.disc(x, y, size, frame)
        canvas.disc(x, y, size * 0.85, rng.choice((PAPER, WALL, "#F3E7C8")))
        for hour in range(12):
            turn = math.tau * hour / 12
            inner = 0.66 if hour % 3 == 0 else 0.72
            canvas.line(
                [
                    (
                        x + size * inner * math.cos(turn),
                        y + size * inner * math.sin(turn),
                    ),
                    (
                        x + size * 0.78 * math.cos(turn),
                        y + size * 0.78 * math.sin(turn),
                    ),
                ],
                INK,
                5 if hour % 3 == 0 else 3,
            )
        for reach, width in ((0.42, 8), (0.64, 5)):
            turn = rng.uniform(0, math.tau)
            canvas.line(
                [
                    (x, y),
                    (
                        x + size * reach * math.cos(turn),
                        y + size * reach * math.sin(turn),
                    ),
                ],
                INK,
                width,
            )
        canvas.disc(x, y, 7, SEAL)
    canvas.box(800, 420, 170, 400, WOOD_DARK, radius=8)
    canvas.shape([(786, 426), (885, 366), (984, 426)], WOOD)
    canvas.disc(885, 500, 64, PAPER)
    canvas.line([(885, 500), (885, 456)], INK, 6)
    canvas.line([(885, 500), (915, 516)], INK, 7)
    canvas.box(828, 590, 114, 200, INK)
    canvas.line([(885, 590), (905, 720)], STRAW, 6)
    canvas.disc(906, 728, 25, LAMP)
    table(canvas, rng, 810, WOOD)
    for number in range(7):
        x = 120 + number * 92
        canvas.ring(x, 856, rng.uniform(16, 30), STRAW, 7)
    canvas.box(1120, 838, 220, 12, INK_SOFT, radius=5)
    canvas.box(1330, 830, 90, 28, SEAL, radius=8)
