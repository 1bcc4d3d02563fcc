"""Making all sizes of pictures ahead of the readers who ask for them."""

import logging

from django.core.files.storage import default_storage

from pictures.models import Picture
from pictures.renditions import (
    Unreadable,
    all_of,
    folder_of,
    make,
)

logger = logging.getLogger(__name__)


def render_next() -> int:
    """Make the sizes of the newest picture that waits for them; how many pictures that
    were: 1 or 0. Two workers at the same picture make the same files."""
    picture = Picture.objects.filter(is_rendered=False).order_by("-pk").first()
    if picture is None:
        return 0
    try:
        render(picture)
    except Unreadable:
        logger.exception("Picture %d has no readable file.", picture.pk)
        Picture.objects.filter(pk=picture.pk).update(is_rendered=True)
    return 1


def render(picture: Picture, *, anew: bool = False) -> int:
    """Make the sizes of the picture that there are not yet, `anew` all of them, and remove
    those of earlier versions; how many were made. Raises Unreadable."""
    wanted = all_of(picture)
    made = make(picture, wanted, anew=anew)
    _remove_others(picture.key, {one.name for one in wanted})
    # What was cut otherwise meanwhile waits for its own sizes.
    same = Picture.objects.filter(
        pk=picture.pk, version=picture.version, focal_point=picture.focal_point
    )
    for stored in same:
        if stored.crops == picture.crops:
            Picture.objects.filter(pk=picture.pk).update(is_rendered=True)
    return made


def _remove_others(key: str, wanted: set[str]) -> None:
    folder = folder_of(key)
    try:
        _, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in names:
        if f"{folder}/{name}" not in wanted and not name.startswith("."):
            default_storage.delete(f"{folder}/{name}")
