"""Files that a story offers besides pictures: for download, to watch and to listen to."""

import secrets
from pathlib import PurePosixPath

from django.conf import settings
from django.db import models
from django.utils import timezone

from pictures.models.picture import Picture


def document_name(document: models.Model, filename: str) -> str:
    return _own_name("documents", filename)


def recording_name(recording: models.Model, filename: str) -> str:
    return _own_name("recordings", filename)


def captions_name(recording: models.Model, filename: str) -> str:
    return _own_name("recordings", filename)


def _own_name(folder: str, filename: str) -> str:
    ending = PurePosixPath(filename).suffix.lower()
    return f"{folder}/{timezone.localtime():%Y/%m}/{secrets.token_hex(12)}{ending}"


class _Kept(models.Model):
    """Who brought it, when, and how much it is."""

    title = models.CharField("名称", max_length=80, help_text="读者看到的名称。")
    bytes = models.PositiveBigIntegerField("字节", default=0, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="上传人",
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField("入库时间", auto_now_add=True)

    class Meta:
        abstract = True
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class Document(_Kept):
    """A file for download."""

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        DOCX = "docx", "Word"
        XLSX = "xlsx", "Excel"

    file = models.FileField(
        "文件", upload_to=document_name, help_text="PDF、docx 或 xlsx，不超过 20 MB。"
    )
    kind = models.CharField("类型", max_length=4, choices=Kind, editable=False)

    class Meta(_Kept.Meta):
        verbose_name = "附件"
        verbose_name_plural = "附件"


class Recording(_Kept):
    """Sound or moving pictures in a file of our own."""

    class Kind(models.TextChoices):
        VIDEO = "video", "视频"
        AUDIO = "audio", "音频"

    file = models.FileField(
        "文件",
        upload_to=recording_name,
        help_text="视频用 mp4 或 webm，音频用 mp3 或 m4a，不超过 200 MB。",
    )
    kind = models.CharField("类型", max_length=5, choices=Kind, editable=False)
    poster = models.ForeignKey(
        Picture,
        verbose_name="封面",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="poster_of",
        help_text="视频开始播放前显示的图片。",
    )
    captions = models.FileField(
        "字幕",
        upload_to=captions_name,
        blank=True,
        help_text="WebVTT 文件（.vtt），给听不到声音的读者。",
    )
    transcript = models.TextField(
        "文字稿", blank=True, max_length=20_000, help_text="音频要有文字稿或字幕。"
    )
    seconds = models.PositiveIntegerField(
        "时长", null=True, blank=True, help_text="秒。"
    )

    class Meta(_Kept.Meta):
        verbose_name = "音视频"
        verbose_name_plural = "音视频"
