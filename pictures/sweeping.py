"""Files that no row knows any more: left by a process that was killed, or by a restore."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.files.storage import default_storage

from pictures.models import Document, Picture, PictureVersion, Recording
from pictures.renditions import FOLDER

# What is younger may belong to a transaction that is not through.
YOUNG = datetime.timedelta(days=1)
FOLDERS = ("pictures", "documents", "recordings", FOLDER)


@dataclass(frozen=True)
class Orphan:
    name: str
    bytes: int


def orphans(now: datetime.datetime) -> Iterator[Orphan]:
    """Files under the media folders that are a day old and belong to no row."""
    kept = _kept_files()
    keys = set(Picture.objects.values_list("key", flat=True))
    for folder in FOLDERS:
        for name in _files_under(folder):
            if name in kept or (folder == FOLDER and _key_in(name) in keys):
                continue
            if now - default_storage.get_modified_time(name) > YOUNG:
                yield Orphan(name, default_storage.size(name))


def _kept_files() -> set[str]:
    kept: set[str] = set()
    for model in (Picture, PictureVersion, Document, Recording):
        kept.update(model.objects.values_list("file", flat=True))
    kept.update(Recording.objects.values_list("captions", flat=True))
    return kept


def _key_in(name: str) -> str:
    """The picture's key in renditions/ab/abcdef…/card-360-….webp."""
    parts = name.split("/")
    return parts[2] if len(parts) > 2 else ""


def _files_under(folder: str) -> Iterator[str]:
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in files:
        yield f"{folder}/{name}"
    for name in folders:
        yield from _files_under(f"{folder}/{name}")
