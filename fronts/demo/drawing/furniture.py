"""A wooden table, which several rooms share."""

import random

from fronts.demo.drawing.canvas import Canvas, Colour, mix
from fronts.demo.drawing.light import (
    INK,
    PAPER,
)


def table(canvas: Canvas, rng: random.Random, top: float, fill: Colour) -> None:
    """A wooden table from one edge to the other, with its grain."""
    canvas.box(0, top, 1600, 900 - top, fill)
    canvas.box(0, top, 1600, 12, mix(fill, PAPER, 0.22))
    for _ in range(26):
        x, y = rng.uniform(-80, 1500), rng.uniform(top + 24, 895)
        canvas.box(x, y, rng.uniform(90, 380), 3, mix(fill, INK, 0.13), radius=1)
