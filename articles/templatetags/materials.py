"""What a page says of files: how much they are, how long they last."""

from mimetypes import guess_type

from django import template

from pictures.models import Recording

register = template.Library()

_TYPES = {".m4a": "audio/mp4", ".mp3": "audio/mpeg", ".webm": "video/webm"}


@register.filter
def weight(size: int) -> str:
    """Bytes as a person says them: 820 KB, 1.2 MB."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} KB"
    return f"{size / 1_000_000:.1f} MB"


@register.filter
def clock(seconds: int) -> str:
    """3:05, or 1:02:05."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours}:{minutes:02}:{rest:02}"
    return f"{minutes}:{rest:02}"


@register.filter
def media_type(recording: Recording) -> str:
    name = recording.file.name or ""
    ending = name[name.rfind(".") :]
    return _TYPES.get(ending) or guess_type(name)[0] or "application/octet-stream"
