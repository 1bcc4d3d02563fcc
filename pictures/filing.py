"""Putting files for download, sound and moving pictures into the library."""

from django.core.exceptions import ValidationError
from django.core.files import File

from accounts.models import User
from pictures.file_checks import check_captions, document_kind, recording_kind
from pictures.models import Document, Picture, Recording
from pictures.quotas import check_files_quota

NO_WORDS = "给听不到声音的读者：写文字稿，或者加字幕。"


def add_document(upload: File, *, title: str, by: User | None) -> Document:
    """Keep a file for download. `by` is nobody for the console, which has no quota.

    Raises ValidationError with sentences for the editor; nothing is stored then.
    """
    check_files_quota(by)
    document = Document(title=title, uploaded_by=by)
    document.file = take_document(document, upload)
    document.full_clean()
    document.save()
    return document


def add_recording(
    upload: File,
    *,
    title: str,
    by: User | None,
    poster: Picture | None = None,
    captions: File | None = None,
    transcript: str = "",
) -> Recording:
    """Keep a recording, with words for those who do not hear it: captions or a
    transcript. Raises ValidationError as add_document does."""
    check_files_quota(by)
    if captions is None and not transcript.strip():
        raise ValidationError(NO_WORDS)
    recording = Recording(
        title=title, uploaded_by=by, poster=poster, transcript=transcript
    )
    recording.file = take_recording(recording, upload)
    if captions is not None:
        recording.captions = take_captions(captions)
    recording.full_clean()
    recording.save()
    return recording


def take_document(document: Document, upload: File) -> File:
    """Examine the file and note on the row what it is; the file, under a name of ours.

    Raises ValidationError. Saves nothing.
    """
    document.kind = document_kind(upload)
    document.bytes = upload.size
    upload.name = f"document.{document.kind}"
    return upload


def take_recording(recording: Recording, upload: File) -> File:
    """The same for sound and moving pictures; `seconds` is set if the file tells."""
    recording.kind, ending, recording.seconds = recording_kind(upload)
    recording.bytes = upload.size
    upload.name = f"recording.{ending}"
    return upload


def take_captions(captions: File) -> File:
    """The captions under a name of ours. Raises ValidationError."""
    check_captions(captions)
    captions.name = "captions.vtt"
    return captions
