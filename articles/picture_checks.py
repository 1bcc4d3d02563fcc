"""What the desk has to look at in the pictures of a story."""

from collections.abc import Iterator
from typing import Any, Final

from articles.findings import Code, Finding, Level
from pictures.models import Picture, Rights

SMALLEST_WIDTH: Final = 960  # pixels


def undescribed_pictures(content: dict[str, Any]) -> Iterator[Finding]:
    """Pictures without alternative text or credit: readers must not get them so. One in
    the text may be there for decoration alone, a lead picture may not."""
    cover = content["cover"]
    if cover is not None:
        yield from _undescribed(cover, "题图", "cover")
    for number, one in enumerate(content.get("illustrations", []), start=1):
        if not one["is_decorative"]:
            yield from _undescribed(one, f"第 {number} 张插图", "illustrations")


def _undescribed(one: dict[str, Any], name: str, target: str) -> Iterator[Finding]:
    if not one["alt_text"].strip():
        sentence = f"{name}没有替代文字，请在图片库里写明图里有谁、在做什么。"
        yield Finding(Level.BLOCK, Code.NO_ALT_TEXT, sentence, target)
    if not one["credit"].strip():
        sentence = f"{name}没有写摄影或来源，请在图片库里补上。"
        yield Finding(Level.BLOCK, Code.NO_PICTURE_CREDIT, sentence, target)


def unfit_pictures(content: dict[str, Any]) -> Iterator[Finding]:
    """A lead picture that is small, and pictures of which nobody has said why they may be
    shown. One query if there are pictures."""
    cover = content["cover"]
    keys = [one["picture"] for one in content.get("illustrations", [])]
    if cover:
        keys.insert(0, cover["picture"])
    rows = Picture.objects.in_bulk(keys) if keys else {}
    for key in dict.fromkeys(keys):
        picture = rows.get(key)
        if picture is None:
            continue
        is_cover = bool(cover) and cover["picture"] == key
        target = "cover" if is_cover else "illustrations"
        if is_cover and picture.width < SMALLEST_WIDTH:
            sentence = (
                f"题图只有 {picture.width} 像素宽，建议不小于 {SMALLEST_WIDTH} 像素。"
            )
            yield Finding(Level.WARN, Code.SMALL_PICTURE, sentence, target)
        if picture.rights == Rights.UNKNOWN:
            sentence = f"图片“{picture}”的版权还写着“待查”。"
            yield Finding(Level.WARN, Code.UNKNOWN_RIGHTS, sentence, target)
