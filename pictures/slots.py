"""Where the site shows pictures: in which form, and in which sizes. The whole set.

Nothing that is not named here is ever made, whatever a visitor asks for.
"""

from dataclasses import dataclass

AVIF, WEBP, JPEG = "avif", "webp", "jpg"


@dataclass(frozen=True)
class Slot:
    """A place for a picture. `ratio` is None where it keeps its own proportions.

    `widths` are pixels. All of them are made in `formats`, those of `jpeg_widths` also
    as JPEG, for programs that read nothing else.
    """

    name: str
    label: str
    ratio: tuple[int, int] | None
    widths: tuple[int, ...]
    jpeg_widths: tuple[int, ...]
    formats: tuple[str, ...] = (WEBP,)

    @property
    def ratio_key(self) -> str:
        """How Picture.crops calls its form; empty where nothing is cut."""
        return f"{self.ratio[0]}:{self.ratio[1]}" if self.ratio else ""

    def height_at(self, width: int) -> int:
        """Pixels; of a slot without a ratio as if it were square."""
        across, down = self.ratio or (1, 1)
        return max(1, round(width * down / across))


# AVIF pays where a picture is large; on cards it saves a kilobyte and costs twice the time.
LEAD = Slot(
    "lead", "题图和插图", None, (360, 480, 640, 960, 1280, 1600), (960,), (AVIF, WEBP)
)
HOME = Slot("home", "首页头条", (16, 9), (360, 640, 960, 1280), (960,), (AVIF, WEBP))
CARD = Slot("card", "卡片", (3, 2), (240, 360, 480, 720), (360, 720))
PORTRAIT = Slot("portrait", "人物", (3, 4), (180, 270, 360, 540), (270,))
SHARE = Slot("share", "分享卡片", (40, 21), (1200,), (1200,), ())
SQUARE = Slot("square", "方图", (1, 1), (160, 600), (160, 600))

SLOTS = {slot.name: slot for slot in (LEAD, HOME, CARD, PORTRAIT, SHARE, SQUARE)}
# Each form that is cut, once, with what it is called: what the crop editor shows.
RATIOS = {slot.ratio_key: slot for slot in SLOTS.values() if slot.ratio}
