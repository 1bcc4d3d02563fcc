"""Parts of villages and streets: houses, roofs, lanterns."""

import random

from fronts.demo.drawing.canvas import Canvas, Colour, mix
from fronts.demo.drawing.light import (
    INK,
    LAMP,
    PAPER,
    ROOF,
    WALL,
    WOOD_DARK,
)


def tiled_roof(
    canvas: Canvas, left: float, eaves: float, width: float, height: float, fill: Colour
) -> None:
    """A slope seen from the front, its eaves a little lifted at the ends."""
    over = width * 0.07
    canvas.shape(
        [
            (left - over, eaves - height * 0.12),
            (left + width * 0.1, eaves - height),
            (left + width * 0.9, eaves - height),
            (left + width + over, eaves - height * 0.12),
            (left + width + over * 0.4, eaves + height * 0.06),
            (left - over * 0.4, eaves + height * 0.06),
        ],
        fill,
    )
    rows = max(6, round(width / 16))
    for row in range(1, rows):
        share = row / rows
        canvas.line(
            [
                (left + width * (0.1 + 0.8 * share), eaves - height),
                (left + width * share, eaves),
            ],
            mix(fill, INK, 0.28),
            2,
        )
    canvas.box(
        left + width * 0.08, eaves - height - 7, width * 0.84, 9, mix(fill, INK, 0.35)
    )


def house(
    canvas: Canvas,
    rng: random.Random,
    left: float,
    foot: float,
    width: float,
    *,
    wall: Colour = WALL,
    roof: Colour = ROOF,
    lit: bool = False,
) -> None:
    height = width * rng.uniform(0.42, 0.55)
    canvas.box(left, foot - height, width, height, wall)
    canvas.box(left, foot - height * 0.12, width, height * 0.12, mix(wall, INK, 0.16))
    canvas.box(
        left + width * 0.86, foot - height, width * 0.14, height, mix(wall, INK, 0.08)
    )
    pane = LAMP if lit else mix(ROOF, INK, 0.3)
    for share in (0.16, 0.66):
        canvas.box(
            left + width * share,
            foot - height * 0.72,
            width * 0.14,
            height * 0.26,
            pane,
        )
        canvas.line(
            [
                (left + width * (share + 0.07), foot - height * 0.72),
                (left + width * (share + 0.07), foot - height * 0.46),
            ],
            WOOD_DARK,
            3,
        )
    canvas.box(
        left + width * 0.41,
        foot - height * 0.58,
        width * 0.16,
        height * 0.58,
        WOOD_DARK,
    )
    tiled_roof(canvas, left, foot - height, width, height * 0.5, roof)


def gable(
    canvas: Canvas, left: float, foot: float, width: float, height: float, wall: Colour
) -> None:
    """A stepped fire wall with tiled caps, as old streets have between two houses."""
    steps = ((0.0, 1.0, 0.7), (0.16, 0.68, 0.85), (0.34, 0.32, 1.0))
    for inset, span, rise in steps:
        canvas.box(
            left + width * inset,
            foot - height * rise,
            width * span,
            height * rise,
            wall,
        )
    for inset, span, rise in steps:
        top = foot - height * rise
        canvas.shape(
            [
                (left + width * inset - 16, top - 6),
                (left + width * inset, top - 16),
                (left + width * (inset + span), top - 16),
                (left + width * (inset + span) + 16, top - 6),
                (left + width * (inset + span) + 8, top + 5),
                (left + width * inset - 8, top + 5),
            ],
            ROOF,
        )


def lantern(canvas: Canvas, x: float, y: float, size: float, fill: Colour) -> None:
    canvas.line([(x, y - size * 1.5), (x, y)], WOOD_DARK, 2)
    canvas.oval(x, y, size * 0.8, size, fill)
    canvas.oval(x, y, size * 0.32, size, mix(fill, PAPER, 0.3))
    canvas.box(x - size * 0.35, y - size * 1.12, size * 0.7, size * 0.2, WOOD_DARK)
    canvas.box(x - size * 0.35, y + size * 0.92, size * 0.7, size * 0.2, WOOD_DARK)


def person(
    canvas: Canvas,
    rng: random.Random,
    x: float,
    foot: float,
    height: float,
    coat: Colour,
) -> None:
    """A small standing figure."""
    sway = rng.uniform(-0.03, 0.03) * height
    canvas.box(x - height * 0.08, foot - height * 0.4, height * 0.07, height * 0.4, INK)
    canvas.box(x + height * 0.01, foot - height * 0.4, height * 0.07, height * 0.4, INK)
    canvas.shape(
        [
            (x - height * 0.14, foot - height * 0.34),
            (x - height * 0.12 + sway, foot - height * 0.74),
            (x - height * 0.05 + sway, foot - height * 0.8),
            (x + height * 0.05 + sway, foot - height * 0.8),
            (x + height * 0.12 + sway, foot - height * 0.74),
            (x + height * 0.14, foot - height * 0.34),
        ],
        coat,
    )
    canvas.disc(x + sway, foot - height * 0.89, height * 0.085, "#E2BE97")
    canvas.arc(
        x + sway,
        foot - height * 0.9,
        height * 0.095,
        height * 0.1,
        (175, 365),
        INK,
        height * 0.055,
    )
