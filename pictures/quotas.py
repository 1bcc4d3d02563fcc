"""How much one person may bring into the library within a day."""

import datetime

from django.core.exceptions import ValidationError
from django.db.models import Sum
from django.utils import timezone

from accounts.models import User
from pictures.models import Document, Picture, Recording

DAY = datetime.timedelta(days=1)
PICTURES_A_DAY = 500
FILES_A_DAY = 50
BYTES_A_DAY = 2_000_000_000


def check_pictures_quota(person: User | None) -> None:
    """Raise ValidationError if it is enough for a day. One query; nobody is the console,
    which has no limit."""
    count, size = _brought(person, Picture)
    if count >= PICTURES_A_DAY or size >= BYTES_A_DAY:
        raise ValidationError(
            f"一天最多上传 {PICTURES_A_DAY} 张图片、共 {BYTES_A_DAY // 10**9} GB，请明天再传。"
        )


def check_files_quota(person: User | None) -> None:
    """The same for files, sound and moving pictures together. Two queries."""
    documents, recordings = _brought(person, Document), _brought(person, Recording)
    count = documents[0] + recordings[0]
    if count >= FILES_A_DAY or documents[1] + recordings[1] >= BYTES_A_DAY:
        raise ValidationError(
            f"一天最多上传 {FILES_A_DAY} 个附件和音视频、共 {BYTES_A_DAY // 10**9} GB，请明天再传。"
        )


def _brought(
    person: User | None, model: type[Picture] | type[Document] | type[Recording]
) -> tuple[int, int]:
    """How many, and how many bytes."""
    if person is None:
        return 0, 0
    mine = model._default_manager.filter(
        uploaded_by=person, created_at__gt=timezone.now() - DAY
    )
    return mine.count(), mine.aggregate(bytes=Sum("bytes"))["bytes"] or 0
