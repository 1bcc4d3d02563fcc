"""The verbs of the library: a picture comes in, is replaced, gets an earlier file back."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import Act, User
from pictures.intake import Master, take
from pictures.likeness import near_to, same_as
from pictures.models import Picture, PictureVersion
from pictures.models.picture import CENTRE
from pictures.quotas import check_pictures_quota

# What a version keeps of a picture besides its file.
_OF_THE_FILE = ("sha256", "near_hash", "tone", "bytes", "focal_point", "crops")


class TwinError(Exception):
    """The library has the picture, or one that looks like it."""

    def __init__(self, twins: list[Picture]) -> None:
        super().__init__(twins)
        self.twins = twins


class AlreadyThereError(TwinError):
    """The very same pixels."""


class LooksAlikeError(TwinError):
    """Nearly the same."""


def add(
    upload: File,
    *,
    by: User | None,
    refuses_same: bool = False,
    refuses_near: bool = False,
    **columns: Any,
) -> Picture:
    """Put a picture into the library. `columns` are those of Picture; tags are set by the
    caller.

    Raises ValidationError with a sentence, and if told to AlreadyThereError or
    LooksAlikeError. Nothing is kept then.
    """
    check_pictures_quota(by)
    master = take(upload)
    if refuses_same and (same := same_as(master.sha256)):
        raise AlreadyThereError(same)
    if refuses_near and (near := near_to(master.near_hash)):
        raise LooksAlikeError(near)
    picture = Picture(uploaded_by=by, **columns)
    if picture.taken_on is None:
        picture.taken_on = master.taken_on
    _wear(picture, master)
    picture.full_clean(exclude=["file", "tags"], validate_unique=False)
    with transaction.atomic():
        _store(picture, master)
        picture.save()
        if by:
            record(Act.CREATE, by=by, subject=picture)
    return picture


def replace(picture: Picture, upload: File, *, by: User | None) -> Picture:
    """Show another file where this picture is shown, and keep the one before.

    Where it is cut is decided anew: the new file may show something else. Raises
    ValidationError with a sentence; the picture stays as it was.
    """
    check_pictures_quota(by)
    master = take(upload)
    with transaction.atomic():
        locked = Picture.objects.select_for_update().get(pk=picture.pk)
        if locked.sha256 and locked.sha256 == master.sha256:
            raise ValidationError("这就是现在的图片，没有替换。")
        before = _put_aside(locked, by)
        _wear(locked, master)
        _store(locked, master)
        locked.focal_point, locked.crops = CENTRE, {}
        _show_anew(locked)
        _account_for(locked, before, by)
    return locked


def bring_back(version: PictureVersion, *, by: User | None) -> Picture:
    """Show an earlier file again; the one of today becomes a version too."""
    with transaction.atomic():
        locked = Picture.objects.select_for_update().get(pk=version.picture_id)
        before = _put_aside(locked, by)
        for name in _OF_THE_FILE:
            setattr(locked, name, getattr(version, name))
        locked.file = version.file.name
        locked.width, locked.height = version.width, version.height
        _show_anew(locked)
        version.delete()
        _account_for(locked, before, by)
    return locked


def take_again(picture: Picture) -> None:
    """Examine a file that came into the library before files were: afterwards it has no
    metadata, and can be compared with others. Raises ValidationError, or OSError if the
    file is lost."""
    old = picture.file.name
    with default_storage.open(old) as file:
        master = take(file)
    with transaction.atomic():
        _wear(picture, master)
        _store(picture, master)
        _show_anew(picture)
        transaction.on_commit(lambda: default_storage.delete(old))


def _put_aside(picture: Picture, by: User | None) -> PictureVersion:
    """What is shown now, as a version."""
    return PictureVersion.objects.create(
        picture=picture,
        number=picture.version,
        file=picture.file.name,
        width=picture.width,
        height=picture.height,
        replaced_at=timezone.now(),
        replaced_by=by,
        **{name: getattr(picture, name) for name in _OF_THE_FILE},
    )


def _wear(picture: Picture, master: Master) -> None:
    picture.sha256 = master.sha256
    picture.near_hash = master.near_hash
    picture.tone = master.tone
    picture.bytes = len(master.data)


def _store(picture: Picture, master: Master) -> None:
    file = ContentFile(master.data)
    picture.file.save(f"picture.{master.extension}", file, save=False)
    picture.width, picture.height = master.width, master.height


def _show_anew(picture: Picture) -> None:
    """Under new addresses, since a size at an address never changes."""
    picture.is_rendered = False
    picture.version += 1
    picture.save()


def _account_for(picture: Picture, before: PictureVersion, by: User | None) -> None:
    record(
        Act.CHANGE,
        by=by,
        subject=picture,
        before={"version": before.number, "sha256": before.sha256},
        after={"version": picture.version, "sha256": picture.sha256},
    )
