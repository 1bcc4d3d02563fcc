"""Which file an address under the media folder means, and what may be done with it."""

import logging
from dataclasses import dataclass
from mimetypes import guess_type

from pictures.models import Document, Recording
from pictures.renditions import FOLDER, Unreadable, found, make

logger = logging.getLogger(__name__)

FOR_EVER = "public, max-age=31536000, immutable"
SHORTLY = "public, max-age=300"
_TYPES = {
    "avif": "image/avif",
    "webp": "image/webp",
    "jpg": "image/jpeg",
    "vtt": "text/vtt; charset=utf-8",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class Served:
    """A file for readers. `download_as` is the name it is saved under; empty if it is
    shown. `has_moved_to` is where the picture is today, if the address is an old one."""

    name: str = ""
    content_type: str = ""
    cache_control: str = SHORTLY
    download_as: str = ""
    has_moved_to: str = ""


def served(path: str) -> Served | None:
    """What readers get at this path under the media folder; None if there is nothing.

    Only what is shown to readers: no uploaded picture itself, no earlier version. A size
    of a picture is made if it is one of the set and was not made yet.
    """
    folder = path.partition("/")[0]
    if folder == FOLDER:
        return _rendition(path)
    if folder == "documents":
        document = Document.objects.filter(file=path).first()
        if document is None:
            return None
        name = f"{document.title}.{document.kind}"
        return Served(path, _type_of(path), download_as=name)
    if folder == "recordings":
        known = Recording.objects.filter(file=path) | Recording.objects.filter(
            captions=path
        )
        return Served(path, _type_of(path)) if known.exists() else None
    return None


def _rendition(path: str) -> Served | None:
    match = found(path)
    if match is None:
        return None
    picture, rendition = match
    if rendition.name != path:
        return Served(has_moved_to=rendition.url)
    try:
        make(picture, [rendition])
    except Unreadable:
        logger.exception("Picture %d has no readable file.", picture.pk)
        return None
    return Served(path, _type_of(path), cache_control=FOR_EVER)


def _type_of(path: str) -> str:
    ending = path.rpartition(".")[2]
    return _TYPES.get(ending) or guess_type(path)[0] or "application/octet-stream"
