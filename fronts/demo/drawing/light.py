"""The house colours (camphor, ink, bronze, paper) at different times of day and year."""

from dataclasses import dataclass

PAPER = "#F8F7F2"
SUNK = "#EEEDE5"
INK = "#1B2420"
INK_SOFT = "#46524D"
CAMPHOR = "#1E5B48"
CAMPHOR_DEEP = "#123F31"
LEAF = "#7FC8AA"
TINT = "#E3EEE8"
SEAL = "#9E2B20"
BRONZE = "#7A5526"
STRAW = "#D9B27A"
LAMP = "#F0B429"
WALL = "#F1EEE4"
ROOF = "#3E4A47"
WOOD = "#8A6238"
WOOD_DARK = "#5B3F22"


@dataclass(frozen=True)
class Light:
    sky_top: str
    sky_low: str
    sun: str
    far: str
    near: str
    water: str
    field: str


MORNING = Light(
    "#CFE3DC", "#F8F1DF", "#F3D9A4", "#A9CBBD", "#1E5B48", "#BFD9D2", "#8DB98C"
)
NOON = Light(
    "#BFDDD8", "#F4F6EC", "#FBF0D6", "#9CC5B4", "#24674F", "#A9D0C6", "#9CBF7F"
)
AUTUMN = Light(
    "#D9E4DC", "#FAEBCF", "#F0C27A", "#B9C4A0", "#4E5F2E", "#BCD2C8", "#D9B25A"
)
DUSK = Light(
    "#E9CDAE", "#F9E6C4", "#E08B5B", "#B59E8C", "#2F4A40", "#E6C9A2", "#8C8F5C"
)
RAIN = Light(
    "#B8C7C4", "#DCE4DF", "#DCE4DF", "#9DB2AC", "#2C5548", "#A5BBB6", "#86A58A"
)
NIGHT = Light(
    "#0F2230", "#2C4A57", "#F4EBD0", "#2A4850", "#0D2620", "#24424D", "#1C3A30"
)
