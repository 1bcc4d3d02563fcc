"""Scenes of handiwork. Each draws one 1600 × 900 picture."""

import math
import random
from dataclasses import dataclass

from fronts.demo.drawing.canvas import Canvas, Colour, Point, mix
from fronts.demo.drawing.furniture import table
from fronts.demo.drawing.light import (
    BRONZE,
    CAMPHOR,
    INK,
    LAMP,
    LEAF,
    PAPER,
    STRAW,
    WOOD,
    WOOD_DARK,
)

STEEL = "#A9B2AE"


SHEET_WIDTH = 588


@dataclass(frozen=True)
class Sheet:
    """A block or its print: one drawing, either way round."""

    canvas: Canvas
    left: float
    top: float
    ink: Colour
    is_mirrored: bool

    def line(self, points: list[Point], width: float) -> None:
        self.canvas.line([self._placed(*point) for point in points], self.ink, width)

    def arc(
        self,
        x: float,
        y: float,
        radius: float,
        degrees: tuple[float, float],
        width: float,
    ) -> None:
        """Upright arcs only: a mirrored arc keeps its angles."""
        x, y = self._placed(x, y)
        self.canvas.arc(x, y, radius, radius, degrees, self.ink, width)

    def _placed(self, x: float, y: float) -> Point:
        return self.left + (SHEET_WIDTH - x if self.is_mirrored else x), self.top + y


def woodblock(canvas: Canvas, rng: random.Random) -> None:
    """A carved block with its print, a knife and a brush."""
    table(canvas, rng, 0, "#B98F5C")
    canvas.box(136, 112, 640, 700, mix("#B98F5C", INK, 0.28), radius=6)
    canvas.box(120, 92, 640, 700, WOOD_DARK, radius=6)
    canvas.box(146, 118, 588, 648, mix(WOOD, STRAW, 0.3))
    canvas.box(846, 84, 634, 722, mix("#B98F5C", INK, 0.2))
    canvas.box(836, 70, 634, 722, PAPER)
    state = rng.random()
    for left, dark, mirrored in (
        (146, mix(INK, WOOD_DARK, 0.45), True),
        (862, INK, False),
    ):
        ornament(canvas, random.Random(state), left, 118, dark, mirrored=mirrored)  # noqa: S311  a drawing, not a secret
    canvas.line([(560, 870), (800, 640)], WOOD, 26)
    canvas.shape([(792, 630), (818, 652), (872, 580), (858, 572)], STEEL)
    canvas.box(1250, 800, 250, 44, WOOD, radius=20)
    canvas.box(1262, 838, 226, 40, INK, radius=6)
    for _ in range(15):
        x, y = rng.uniform(30, 110), rng.uniform(80, 840)
        canvas.arc(x, y, 18, 12, (rng.uniform(0, 180), rng.uniform(200, 340)), STRAW, 6)


def ornament(
    canvas: Canvas,
    rng: random.Random,
    left: float,
    top: float,
    dark: Colour,
    *,
    mirrored: bool,
) -> None:
    """Mountains, sun, waves and a pine in a frame, as on the block or on the print."""
    sheet = Sheet(canvas, left, top, dark, mirrored)
    for inset, width in ((0, 10), (18, 4)):
        near, right, foot = inset, SHEET_WIDTH - inset, 648 - inset
        sheet.line(
            [(near, near), (right, near), (right, foot), (near, foot), (near, near)],
            width,
        )
    sheet.arc(430, 140, 62, (0, 360), 8)
    for peak in range(3):
        foot, height = 120 + peak * 150, rng.uniform(150, 240)
        for ring in range(5):
            half, rise = 120 - 21.6 * ring, height * (1 - ring * 0.18)
            sheet.line(
                [(foot - half, 430), (foot, 430 - rise), (foot + half, 430)], 7 - ring
            )
    waves(sheet)
    pine(sheet, rng)


def waves(sheet: Sheet) -> None:
    for row in range(4):
        for column in range(9 - row % 2):
            for radius in (30, 21, 12):
                x = 64 + column * 58 + 29 * (row % 2)
                sheet.arc(x, 490 + row * 40, radius, (180, 360), 5)


def pine(sheet: Sheet, rng: random.Random) -> None:
    sheet.line([(96, 440), (120, 330), (92, 230), (140, 120)], 18)
    for _ in range(13):
        x, y = rng.uniform(60, 250), rng.uniform(80, 260)
        for spoke in range(9):
            turn = math.pi + math.pi * spoke / 8
            sheet.line([(x, y), (x + 44 * math.cos(turn), y + 34 * math.sin(turn))], 4)


def workshop(canvas: Canvas, rng: random.Random) -> None:
    """A workshop window, a steaming vat, wood chips and a stool."""
    canvas.box(0, 0, 1600, 900, "#C9B28C")
    for board in range(14):
        canvas.line(
            [(board * 118, 0), (board * 118, 640)], mix("#C9B28C", INK, 0.16), 4
        )
    canvas.box(960, 110, 460, 330, WOOD_DARK)
    canvas.box(980, 130, 420, 290, "#CFE3DC")
    canvas.shape(
        [
            (980, 420),
            (980, 330),
            (1090, 260),
            (1200, 330),
            (1300, 280),
            (1400, 350),
            (1400, 420),
        ],
        mix(CAMPHOR, LEAF, 0.45),
    )
    canvas.box(1182, 130, 14, 290, WOOD_DARK)
    canvas.box(980, 268, 420, 12, WOOD_DARK)
    canvas.box(0, 640, 1600, 260, "#9A7B54")
    for puff in range(9):
        share = puff / 8
        canvas.disc(
            430 + 70 * math.sin(puff * 1.3) + rng.uniform(-24, 24),
            240 - 210 * share,
            52 + 34 * share,
            mix("#C9B28C", PAPER, 0.62 - 0.35 * share),
        )
    canvas.box(210, 640, 440, 180, "#7D6C5C", radius=18)
    canvas.shape([(380, 820), (392, 724), (468, 724), (480, 820)], INK)
    canvas.shape([(396, 820), (414, 762), (430, 790), (446, 748), (466, 820)], LAMP)
    canvas.shape([(250, 640), (280, 260), (580, 260), (610, 640)], WOOD)
    for stave in range(1, 9):
        canvas.line([(250 + stave * 40, 640), (280 + stave * 33.3, 260)], WOOD_DARK, 3)
    for hoop in (330, 450, 570):
        inset = (640 - hoop) * 0.079
        canvas.box(250 + inset, hoop, 360 - inset * 2, 16, BRONZE)
    canvas.oval(430, 262, 152, 22, mix(WOOD, PAPER, 0.2))
    canvas.line([(590, 300), (760, 340), (760, 640)], "#9DB37A", 20)
    canvas.box(712, 640, 100, 130, "#6B4A36", radius=26)
    canvas.box(730, 628, 64, 20, "#6B4A36", radius=6)
    for _ in range(60):
        x = rng.gauss(1130, 130)
        y = 850 - max(0, 130 - abs(x - 1130) * 0.62) * rng.random()
        turn = rng.uniform(0, math.pi)
        canvas.line(
            [(x, y), (x + 58 * math.cos(turn), y - 26 * math.sin(turn))],
            mix(STRAW, WOOD, rng.random()),
            13,
        )
    canvas.box(1330, 700, 200, 24, WOOD, radius=4)
    for leg in (1350, 1490):
        canvas.line(
            [(leg + 10, 722), (leg + (leg - 1420) * 0.25 + 10, 850)], WOOD_DARK, 17
        )


def weave(canvas: Canvas, rng: random.Random) -> None:
    """Bamboo strips over two, under two, and a round tray."""
    ground = "#A57F3F"
    canvas.box(0, 0, 1600, 900, mix(ground, INK, 0.3))
    strips = [
        mix("#D8B873", rng.choice((PAPER, BRONZE, LEAF)), rng.uniform(0, 0.3))
        for _ in range(60)
    ]
    size = 40
    for row in range(24):
        for column in range(42):
            x, y = column * size - 20, row * size - 20
            over = (column + row) % 4 < 2
            fill = strips[row] if over else strips[column]
            if over:
                canvas.box(x - 1, y + 3, size + 2, size - 6, fill)
                canvas.box(x - 1, y + 3, size + 2, 5, mix(fill, PAPER, 0.35))
            else:
                canvas.box(x + 3, y - 1, size - 6, size + 2, mix(fill, INK, 0.1))
                canvas.box(x + 3, y - 1, 5, size + 2, mix(fill, PAPER, 0.25))
    x, y = rng.uniform(1050, 1150), 450
    canvas.disc(x + 12, y + 18, 356, mix(ground, INK, 0.5))
    canvas.disc(x, y, 352, BRONZE)
    canvas.disc(x, y, 318, "#E3C98C")
    for ring in range(9):
        canvas.ring(x, y, 312 - ring * 34, mix(BRONZE, "#E3C98C", 0.35), 6)
    for spoke in range(48):
        turn = math.tau * spoke / 48
        canvas.line(
            [
                (x + 34 * math.cos(turn), y + 34 * math.sin(turn)),
                (x + 314 * math.cos(turn), y + 314 * math.sin(turn)),
            ],
            mix(BRONZE, "#E3C98C", 0.55),
            4,
        )
    canvas.disc(x, y, 36, WOOD_DARK)
    canvas.ring(x, y, 352, WOOD_DARK, 12)
