"""Pictures for the sample portal, drawn anew on every machine: the same seed, the same picture.

Flat shapes in the house colours, no fonts, no files.
"""

import random
import zlib

from PIL import Image, ImageOps

from fronts.demo.drawing import (
    crafts,
    fields,
    people,
    rooms,
    schools,
    streets,
    tools,
    villages,
    waters,
    woods,
)
from fronts.demo.drawing.canvas import Canvas
from fronts.demo.drawing.light import PAPER

LEAD_SIZE = (1600, 900)
PORTRAIT_SIZE = (900, 1200)

SCENES = {
    "birds": waters.birds,
    "boats": waters.boats,
    "bookshelf": rooms.bookshelf,
    "bowls": rooms.bowls,
    "bridge": streets.bridge,
    "bus": streets.bus,
    "camphor": woods.camphor,
    "clocks": rooms.clocks,
    "drying": villages.drying,
    "fireflies": woods.fireflies,
    "hills": waters.distant_river,
    "market": streets.market,
    "night_street": streets.night_street,
    "orchard": fields.orchard,
    "paddies": fields.paddies,
    "path": woods.path,
    "rain": villages.rain,
    "river": waters.river,
    "roofs": villages.roofs,
    "school": schools.school,
    "starry": woods.starry,
    "tea_hills": fields.tea_hills,
    "terraces": fields.terraces,
    "tools": tools.tools,
    "track": schools.track,
    "village": villages.village,
    "weave": crafts.weave,
    "woodblock": crafts.woodblock,
    "workshop": crafts.workshop,
}


def draw_scene(scene: str, seed: int) -> Image.Image:
    """A landscape picture of LEAD_SIZE; `scene` is a key of SCENES."""
    canvas = Canvas(*LEAD_SIZE, PAPER)
    SCENES[scene](canvas, _dice(scene, seed))
    picture = canvas.finished()
    # Every other seed is turned round, so that two pictures of a scene are not twins.
    return ImageOps.mirror(picture) if seed % 2 else picture


def draw_portrait(wear: str, seed: int) -> Image.Image:
    """A portrait of PORTRAIT_SIZE; `wear` is a key of people.HEADS."""
    canvas = Canvas(*PORTRAIT_SIZE, PAPER)
    people.portrait(canvas, _dice(wear, seed), wear)
    return canvas.finished()


def _dice(name: str, seed: int) -> random.Random:
    return random.Random(zlib.crc32(f"{name}/{seed}".encode()))  # noqa: S311  a drawing, not a secret
