"""The two regional faces of the share cards, each in slices of some hundred characters.

A slice is a small WOFF2 file that FreeType reads in a few milliseconds; one card needs
about ten of them. Neither face has all characters: what one lacks the other may draw.
"""

import json
from bisect import bisect_right
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Literal

from PIL import ImageDraw, ImageFont

Face = Literal["sc", "tc"]
Colour = str

FOLDERS: dict[Face, Path] = {
    "sc": Path(__file__).parent / "fonts" / "noto-sans-sc-5.3.0",
    "tc": Path(__file__).parent / "fonts" / "noto-sans-tc-5.3.0",
}
# Printers' mark for a character that no type was cast for.
MISSING = "〓"
# Of the type size: how far the square of a Han character reaches above the baseline.
ABOVE_BASELINE = 0.88
# The dash of the fonts is a Latin one: too short and too low to join with the next.
DASH = "—"
_DASH_EDGE, _DASH_MIDDLE, _DASH_THICKNESS = 0.06, 0.5, 0.075  # of the type size
_OPENING = frozenset("《〈「『（【〔“‘")


class Pen:
    """Measures and draws text in one face. For one drawing: FreeType is not to be
    shared between threads."""

    def __init__(self, face: Face) -> None:
        other: Face = "tc" if face == "sc" else "sc"
        self._faces = (face, other)
        self._fonts: dict[tuple[Path, int], ImageFont.FreeTypeFont] = {}
        self._widths: dict[tuple[str, int], float] = {}

    def width(self, text: str, size: int) -> float:
        """Pixels, without kerning. An opening mark at the beginning counts for half: see
        `write`."""
        widths = (self._width(character, size) for character in text)
        return sum(widths) - _blank_before(text) * size

    def _width(self, character: str, size: int) -> float:
        if (character, size) not in self._widths:
            file, drawn = self._drawn(character)
            self._widths[character, size] = self._length(file, drawn, size)
        return self._widths[character, size]

    def write(
        self,
        draw: ImageDraw.ImageDraw,
        place: tuple[float, float],
        text: str,
        size: int,
        fill: Colour,
    ) -> None:
        """Draw a line whose Han characters have their upper left corner at `place`.

        The blank half of an opening mark at its beginning stays outside.
        """
        x, top = place
        x -= _blank_before(text) * size
        baseline = top + ABOVE_BASELINE * size
        for file, run in self._runs(text):
            length = self._length(file, run, size)
            if file:
                font = self._font(file, size)
                draw.text((x, baseline), run, fill=fill, font=font, anchor="ls")
            else:
                middle, half = top + _DASH_MIDDLE * size, _DASH_THICKNESS / 2 * size
                ends = x + _DASH_EDGE * size, x + length - _DASH_EDGE * size
                corners = ends[0], middle - half, ends[1], middle + half
                draw.rectangle(corners, fill=fill)
            x += length

    def _length(self, file: Path | None, run: str, size: int) -> float:
        return self._font(file, size).getlength(run) if file else len(run) * size

    def _runs(self, text: str) -> list[tuple[Path | None, str]]:
        """The text in pieces of one slice each, dashes by themselves without one."""
        drawn = [self._drawn(character) for character in text]
        return [
            (file, "".join(character for _, character in run))
            for file, run in groupby(drawn, key=lambda one: one[0])
        ]

    def _drawn(self, character: str) -> tuple[Path | None, str]:
        """The slice to draw with, and the character or what stands for it."""
        if character == DASH:
            return None, character
        for face in self._faces:
            file = slice_of(character, face)
            if file:
                return file, character
        return self._drawn(MISSING)

    def _font(self, file: Path, size: int) -> ImageFont.FreeTypeFont:
        if (file, size) not in self._fonts:
            engine = ImageFont.Layout.BASIC
            font = ImageFont.truetype(file, size, layout_engine=engine)
            self._fonts[file, size] = font
        return self._fonts[file, size]


def slice_of(character: str, face: Face) -> Path | None:
    """The file of the face that draws this character; None if none does."""
    starts, rows = _index(face)
    place = bisect_right(starts, ord(character)) - 1
    if place < 0 or rows[place][1] < ord(character):
        return None
    return FOLDERS[face] / rows[place][2]


@cache
def _index(face: Face) -> tuple[list[int], list[tuple[int, int, str]]]:
    """Ranges of characters in their order: first, last, name of the slice."""
    slices = json.loads((FOLDERS[face] / "index.json").read_text("ascii"))
    rows = []
    for name, ranges in slices.items():
        for written in ranges.split(","):
            first, _, last = written.partition("-")
            rows.append((int(first, 16), int(last or first, 16), name))
    rows.sort()
    return [first for first, _, _ in rows], rows


def _blank_before(text: str) -> float:
    """The blank half of an opening mark, of the type size."""
    return 0.5 if text[:1] in _OPENING else 0
