"""The pictures that stand for a story where its address is shared.

A sheet of paper in the double frame of a woodblock print: a thick rule outside, a thin one
inside. On it the channel, the title, the seal of the site, its name and the day.
"""

from dataclasses import dataclass
from functools import partial
from io import BytesIO

from PIL import Image, ImageDraw, ImageOps

from articles.cards.faces import Face, Pen
from articles.cards.lines import broken, cut

# Part of each picture's address: raise it when the same words come to look different.
DESIGN = 1
LANDSCAPE = (1200, 630)
SQUARE = (600, 600)
LANDSCAPE_BYTES = 120 * 1024

PAPER, INK, INK2 = "#f8f7f2", "#1b2420", "#46524d"
BRAND, LINE, STAMP, ON_STAMP = "#1e5b48", "#d6d5ca", "#9e2b20", "#ffffff"
LINE_HEIGHT = 1.34  # of the type size
SMALLNESS_COST = 1.8  # of type of no size at all, against the costs of lines
QUALITIES = (88, 82, 75, 66, 55, 40)
SQUARE_COLOURS = 64


@dataclass(frozen=True)
class Words:
    """What a card says, in the script of its edition.

    `breaks` are offsets at which a line of the title may end; empty: anywhere.
    """

    title: str
    breaks: tuple[int, ...]
    channel: str
    date: str
    site: str
    seal: str
    face: Face


@dataclass(frozen=True)
class Layout:
    """Measures of one shape, in pixels. `sizes` of the title's type, the largest first."""

    size: tuple[int, int]
    edge: int
    rule: int
    padding: int
    small: int
    stamp: int
    sizes: tuple[int, ...]


WIDE = Layout(
    LANDSCAPE,
    edge=24,
    rule=6,
    padding=46,
    small=32,
    stamp=68,
    sizes=(104, 96, 88, 80, 72, 66, 60, 54, 48, 44),
)
BESIDE_PICTURE = Layout(
    LANDSCAPE,
    edge=24,
    rule=6,
    padding=40,
    small=28,
    stamp=60,
    sizes=(88, 80, 72, 66, 60, 54, 48, 44, 40, 36),
)
COMPACT = Layout(
    SQUARE,
    edge=14,
    rule=5,
    padding=30,
    small=26,
    stamp=56,
    sizes=(84, 76, 68, 60, 54, 48, 42, 38, 34),
)
PICTURE_WIDTH = 470


def landscape(
    words: Words,
    picture: Image.Image | None = None,
    focus: tuple[float, float] = (0.5, 0.5),
    emblem: Image.Image | None = None,
) -> bytes:
    """1200×630, at most 120 KB of JPEG. A picture stands beside the words, cut around
    its focus; an emblem takes the place of the seal."""
    sheet = Image.new("RGB", LANDSCAPE, PAPER)
    layout = BESIDE_PICTURE if picture else WIDE
    area = _frame(sheet, layout)
    if picture:
        area = _beside(sheet, area, picture, focus)
    _fill(sheet, area, words, layout, emblem)
    return _jpeg(sheet)


def square(words: Words, emblem: Image.Image | None = None) -> bytes:
    """600×600, PNG: so few colours that it is smaller than JPEG, about 18 KB."""
    sheet = Image.new("RGB", SQUARE, PAPER)
    _fill(sheet, _frame(sheet, COMPACT), words, COMPACT, emblem)
    file = BytesIO()
    sheet.quantize(SQUARE_COLOURS).save(file, "PNG", optimize=True)
    return file.getvalue()


Box = tuple[int, int, int, int]


def _frame(sheet: Image.Image, layout: Layout) -> Box:
    """Draw the double frame; the box inside of it."""
    draw = ImageDraw.Draw(sheet)
    width, height = layout.size
    edge = layout.edge
    outer = (edge, edge, width - edge - 1, height - edge - 1)
    draw.rectangle(outer, outline=BRAND, width=layout.rule)
    inset = edge + layout.rule + layout.rule
    inner = (inset, inset, width - inset - 1, height - inset - 1)
    draw.rectangle(inner, outline=BRAND, width=2)
    return inset + 2, inset + 2, width - inset - 2, height - inset - 2


def _beside(
    sheet: Image.Image, area: Box, picture: Image.Image, focus: tuple[float, float]
) -> Box:
    """Put the picture at the end of the box; the box that is left."""
    left, top, right, bottom = area
    size = (PICTURE_WIDTH, bottom - top)
    sheet.paste(
        ImageOps.fit(picture.convert("RGB"), size, centering=focus),
        (right - PICTURE_WIDTH, top),
    )
    return left, top, right - PICTURE_WIDTH, bottom


def _fill(
    sheet: Image.Image,
    area: Box,
    words: Words,
    layout: Layout,
    emblem: Image.Image | None,
) -> None:
    """Channel above, title between, sender below."""
    draw, pen = ImageDraw.Draw(sheet), Pen(words.face)
    padding = layout.padding
    left, right = area[0] + padding, area[2] - padding
    top, bottom = area[1] + padding, area[3] - padding
    small = layout.small
    bar = small // 5
    draw.rectangle((left, top, left + small * 2, top + bar - 1), fill=STAMP)
    top += bar + small // 2
    pen.write(draw, (left, top), words.channel, small, BRAND)
    foot = bottom - layout.stamp
    _sign(sheet, (left, foot, right, bottom), words, layout, emblem)
    rule = foot - padding // 2
    draw.line((left, rule, right, rule), fill=LINE, width=2)
    gap = small * 2 // 3
    _title(draw, pen, (left, top + small + gap, right, rule - gap), words, layout)


def _title(
    draw: ImageDraw.ImageDraw, pen: Pen, area: Box, words: Words, layout: Layout
) -> None:
    """In the largest type whose lines fit, in the middle of the height."""
    left, top, right, bottom = area
    size, lines = _set_title(pen, words, layout, (right - left, bottom - top))
    pitch = round(size * LINE_HEIGHT)
    height = pitch * (len(lines) - 1) + size
    place = top + (bottom - top - height) // 2
    for number, line in enumerate(lines):
        pen.write(draw, (left, place + number * pitch), line, size, INK)


def _set_title(
    pen: Pen, words: Words, layout: Layout, area: tuple[int, int]
) -> tuple[int, list[str]]:
    """Size of type and lines for an area of this width and height: large, but smaller
    where that keeps clauses together."""
    width, height = area
    settings = []
    for size in layout.sizes:
        measure = partial(pen.width, size=size)
        most = 1 + int((height - size) / (size * LINE_HEIGHT))
        setting = broken(words.title, words.breaks, measure, width, most)
        if setting:
            small = SMALLNESS_COST * (1 - size / layout.sizes[0])
            settings.append((setting.cost + small, size, setting.lines))
    if settings:
        return min(settings)[1:]
    return size, cut(words.title, measure, width, most)


def _sign(
    sheet: Image.Image,
    area: Box,
    words: Words,
    layout: Layout,
    emblem: Image.Image | None,
) -> None:
    """The seal or the emblem, the name of the site, and the day at the end."""
    draw, pen = ImageDraw.Draw(sheet), Pen(words.face)
    left, top, right, _ = area
    side, small = layout.stamp, layout.small
    if emblem:
        fitted = ImageOps.fit(emblem.convert("RGB"), (side, side))
        sheet.paste(fitted, (left, top))
    else:
        _stamp(draw, pen, (left, top), words.seal, side)
    middle = top + (side - small) // 2
    name = left + side + small // 2
    pen.write(draw, (name, middle), words.site, small, INK)
    length = pen.width(words.date, small)
    pen.write(draw, (right - length, middle), words.date, small, INK2)


def _stamp(
    draw: ImageDraw.ImageDraw, pen: Pen, place: tuple[int, int], seal: str, side: int
) -> None:
    left, top = place
    draw.rectangle((left, top, left + side - 1, top + side - 1), fill=STAMP)
    rim = side // 14
    draw.rectangle(
        (left + rim, top + rim, left + side - 1 - rim, top + side - 1 - rim),
        outline=ON_STAMP,
        width=2,
    )
    size = round(side * 0.64)
    inset = (side - size) / 2
    pen.write(draw, (left + inset, top + inset), seal, size, ON_STAMP)


def _jpeg(sheet: Image.Image) -> bytes:
    """The best of the qualities that fits in LANDSCAPE_BYTES."""
    for quality in QUALITIES:
        file = BytesIO()
        sheet.save(
            file,
            "JPEG",
            quality=quality,
            optimize=True,
            progressive=True,
            subsampling=0,
        )
        if file.tell() <= LANDSCAPE_BYTES:
            break
    return file.getvalue()
