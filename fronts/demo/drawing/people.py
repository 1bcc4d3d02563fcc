"""Portraits as flat silhouettes, 900 × 1200, before something of the person's world."""

import math
import random

from fronts.demo.drawing.canvas import Canvas, Colour, down_to, mix, wave
from fronts.demo.drawing.light import (
    BRONZE,
    CAMPHOR,
    INK,
    INK_SOFT,
    LEAF,
    PAPER,
    SEAL,
    STRAW,
    TINT,
    WOOD,
)

SKINS = ("#E3BC94", "#D9AA7E", "#CF9C6E")
COATS = (CAMPHOR, BRONZE, "#4F6F86", "#7C5A4A", INK_SOFT, "#6F7F5A")
GROUNDS = (TINT, "#EDE3CF", "#DDE6E2", "#E9DDD2")
GREY = "#B9BDB6"


def portrait(canvas: Canvas, rng: random.Random, wear: str) -> None:
    """Head and shoulders; `wear` is cap, beard, bun, hat, glasses or long."""
    ground, skin, coat = rng.choice(GROUNDS), rng.choice(SKINS), rng.choice(COATS)
    hair = GREY if wear in {"beard", "glasses"} else INK
    canvas.box(0, 0, 900, 1200, ground)
    canvas.disc(450, 520, 400, mix(ground, LEAF, 0.3))
    for layer in range(3):
        line = wave(rng, 900, 720 + layer * 80, 50, swings=(1.2, 2.4))
        canvas.shape(
            down_to(line, 1200),
            mix(mix(ground, LEAF, 0.3), CAMPHOR, 0.16 + 0.16 * layer),
        )
    if wear in {"long", "hat"}:
        canvas.box(258, 380, 384, 440, hair, radius=150)
    shoulders(canvas, coat, skin)
    face(canvas, skin)
    HEADS[wear](canvas, hair)


def shoulders(canvas: Canvas, coat: Colour, skin: Colour) -> None:
    canvas.shape(
        [
            (60, 1200),
            (86, 992),
            (150, 902),
            (330, 832),
            (570, 832),
            (750, 902),
            (814, 992),
            (840, 1200),
        ],
        coat,
    )
    canvas.shape(
        [(60, 1200), (86, 992), (150, 902), (212, 874), (196, 1200)],
        mix(coat, INK, 0.18),
    )
    canvas.shape(
        [(372, 700), (528, 700), (540, 836), (450, 920), (360, 836)],
        mix(skin, INK, 0.12),
    )
    canvas.shape([(340, 824), (376, 814), (450, 924), (424, 1002), (316, 866)], PAPER)
    canvas.shape([(560, 824), (524, 814), (450, 924), (476, 1002), (584, 866)], PAPER)
    canvas.line([(450, 952), (450, 1200)], mix(coat, INK, 0.3), 5)
    for button in (1060, 1140):
        canvas.disc(470, button, 9, mix(coat, PAPER, 0.6))


def face(canvas: Canvas, skin: Colour) -> None:
    for ear in (286, 614):
        canvas.oval(ear, 566, 30, 46, mix(skin, INK, 0.08))
    canvas.oval(450, 540, 164, 212, skin)
    for side in (-1, 1):
        canvas.arc(450 + side * 66, 556, 26, 15, (195, 345), INK, 7)
        canvas.arc(450 + side * 66, 508, 36, 15, (205, 335), mix(skin, INK, 0.6), 8)
        canvas.oval(450 + side * 96, 632, 34, 20, mix(skin, SEAL, 0.16))
    canvas.line([(450, 566), (440, 618), (456, 622)], mix(skin, INK, 0.3), 6)
    canvas.arc(450, 640, 52, 38, (25, 155), mix(SEAL, INK, 0.2), 8)


def short_hair(canvas: Canvas, hair: Colour) -> None:
    points = [
        (450 + 176 * math.cos(math.radians(a)), 512 + 206 * math.sin(math.radians(a)))
        for a in range(172, 369, 6)
    ]
    canvas.shape(
        [*points, (600, 470), (520, 412), (400, 420), (304, 470), (278, 548)], hair
    )


def cap(canvas: Canvas, hair: Colour) -> None:
    short_hair(canvas, hair)
    points = [
        (450 + 190 * math.cos(math.radians(a)), 430 + 160 * math.sin(math.radians(a)))
        for a in range(180, 361, 6)
    ]
    canvas.shape(points, CAMPHOR)
    canvas.box(250, 414, 400, 34, mix(CAMPHOR, INK, 0.25), radius=12)
    canvas.shape(
        [(330, 446), (640, 446), (712, 478), (640, 486), (440, 478)],
        mix(CAMPHOR, INK, 0.4),
    )
    canvas.disc(450, 360, 24, STRAW)


def beard(canvas: Canvas, hair: Colour) -> None:
    short_hair(canvas, hair)
    canvas.shape(
        [
            (298, 610),
            (330, 700),
            (400, 778),
            (450, 796),
            (500, 778),
            (570, 700),
            (602, 610),
            (560, 668),
            (510, 690),
            (450, 676),
            (390, 690),
            (340, 668),
        ],
        hair,
    )
    canvas.arc(450, 664, 66, 22, (190, 350), hair, 13)


def bun(canvas: Canvas, hair: Colour) -> None:
    canvas.disc(450, 300, 74, hair)
    canvas.line([(360, 272), (560, 318)], BRONZE, 12)
    points = [
        (450 + 178 * math.cos(math.radians(a)), 520 + 206 * math.sin(math.radians(a)))
        for a in range(165, 376, 6)
    ]
    canvas.shape(
        [*points, (596, 500), (540, 420), (450, 396), (360, 420), (304, 500)], hair
    )


def hat(canvas: Canvas, hair: Colour) -> None:
    short_hair(canvas, hair)
    points = [
        (450 + 178 * math.cos(math.radians(a)), 430 + 168 * math.sin(math.radians(a)))
        for a in range(180, 361, 6)
    ]
    canvas.shape(points, STRAW)
    canvas.oval(450, 434, 312, 56, mix(STRAW, WOOD, 0.25))
    canvas.oval(450, 424, 300, 42, STRAW)
    canvas.shape(points, STRAW)
    canvas.box(272, 392, 356, 34, SEAL)


def glasses(canvas: Canvas, hair: Colour) -> None:
    short_hair(canvas, hair)
    for x in (380, 520):
        canvas.ring(x, 556, 56, INK, 8)
    canvas.line([(434, 548), (466, 548)], INK, 8)
    canvas.line([(324, 548), (284, 538)], INK, 8)
    canvas.line([(576, 548), (616, 538)], INK, 8)


def long_hair(canvas: Canvas, hair: Colour) -> None:
    points = [
        (450 + 186 * math.cos(math.radians(a)), 530 + 222 * math.sin(math.radians(a)))
        for a in range(150, 391, 6)
    ]
    canvas.shape(
        [
            *points,
            (606, 640),
            (596, 500),
            (520, 420),
            (420, 400),
            (330, 470),
            (298, 560),
            (294, 650),
        ],
        hair,
    )


HEADS = {
    "cap": cap,
    "beard": beard,
    "bun": bun,
    "hat": hat,
    "glasses": glasses,
    "long": long_hair,
}
