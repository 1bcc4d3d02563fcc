"""The picture library: what is kept of a picture, and what must be said of it."""

import secrets
from pathlib import PurePosixPath

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from taggit.managers import TaggableManager
from taggit.models import ItemBase, TagBase

from pictures.intake import validate_upload

CENTRE = "0.5x0.5"
LONGEST_TAG = 30  # characters


def new_key() -> str:
    """What a picture is called in addresses: nothing that can be guessed."""
    return secrets.token_hex(8)


def own_name(picture: models.Model, filename: str) -> str:
    """Where a file is kept: by month, under a name of ours. Of the given name only the
    ending is left, which intake has set by what the file is."""
    ending = PurePosixPath(filename).suffix.lower()
    return f"pictures/{timezone.localtime():%Y/%m}/{secrets.token_hex(12)}{ending}"


class Collection(models.Model):
    """Pictures that belong together: those of a channel, of a subject, of an event."""

    name = models.CharField("名称", max_length=40, unique=True)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)

    class Meta:
        verbose_name = "图片集"
        verbose_name_plural = "图片集"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PictureTag(TagBase):
    """A word that pictures are found by. Readers never see it."""

    class Meta:
        verbose_name = "图片标签"
        verbose_name_plural = "图片标签"
        ordering = ["name"]


class TaggedPicture(ItemBase):
    tag = models.ForeignKey(
        PictureTag, on_delete=models.CASCADE, related_name="tagged_pictures"
    )
    content_object = models.ForeignKey("pictures.Picture", on_delete=models.CASCADE)

    class Meta:
        verbose_name = "图片的标签"
        verbose_name_plural = "图片的标签"
        constraints = [
            models.UniqueConstraint(
                fields=["tag", "content_object"], name="picture_tag_once"
            )
        ]


class Rights(models.TextChoices):
    """Why the newsroom may show the picture."""

    UNKNOWN = "unknown", "待查"
    OWN = "own", "本站拍摄或制作"
    CONTRIBUTED = "contributed", "作者投稿，已授权"
    OFFICIAL = "official", "单位提供"
    LICENSED = "licensed", "购买或签约授权"
    OPEN = "open", "知识共享等开放许可"
    PUBLIC_DOMAIN = "public_domain", "公有领域"


class Picture(models.Model):
    """A picture of the library, with what a reader must be told about it.

    `file` is the re-encoded picture: the file that was uploaded is not kept. `version`
    rises with each replacement, `crops` says for a ratio of pictures.slots which part
    is shown, in parts of the width and height: {"3:2": [left, top, width, height]}.
    """

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    # Under which it was known before it was closed to readers; see renditions.close.
    old_keys = models.JSONField(default=list, editable=False)
    file = models.ImageField(
        "图片",
        upload_to=own_name,
        width_field="width",
        height_field="height",
        validators=[validate_upload],
        help_text="JPEG、PNG、WebP 或 GIF，不超过 10 MB。拍摄地点等附带信息会去掉。",
    )
    width = models.PositiveIntegerField("宽", editable=False, default=0)
    height = models.PositiveIntegerField("高", editable=False, default=0)
    version = models.PositiveIntegerField("版本", editable=False, default=1)
    focal_point = models.CharField("焦点", max_length=20, default=CENTRE)
    crops = models.JSONField("裁切", default=dict, blank=True)
    title = models.CharField(
        "名称", max_length=80, help_text="在图片库里查找用，读者看不到。"
    )
    alt_text = models.CharField(
        "替代文字",
        max_length=200,
        blank=True,
        help_text="给看不到图片的读者：图里有谁、在做什么。",
    )
    is_decorative = models.BooleanField(
        "装饰图",
        default=False,
        help_text="只起装饰作用，不写替代文字，读屏软件会跳过它。",
    )
    caption = models.CharField("图说", max_length=200, blank=True)
    credit = models.CharField("摄影或来源", max_length=60, blank=True)
    rights = models.CharField(
        "版权", max_length=20, choices=Rights, default=Rights.UNKNOWN
    )
    rights_note = models.CharField(
        "授权说明",
        max_length=200,
        blank=True,
        help_text="许可的名称、范围、期限或合同号。读者看不到。",
    )
    taken_on = models.DateField("拍摄日期", null=True, blank=True)
    place = models.CharField("拍摄地点", max_length=60, blank=True)
    people = models.CharField(
        "图中人物", max_length=200, blank=True, help_text="从左到右，用顿号分开。"
    )
    is_ai_generated = models.BooleanField(
        "人工智能生成", default=False, help_text="读者会在图说里看到“AI 生成”。"
    )
    collection = models.ForeignKey(
        Collection,
        verbose_name="图片集",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="pictures",
    )
    tags = TaggableManager(
        "标签", through=TaggedPicture, blank=True, help_text="用顿号或逗号分开。"
    )
    # Of the pixels: the same picture saved again has the same one.
    sha256 = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    near_hash = models.BigIntegerField(null=True, editable=False)
    tone = models.PositiveSmallIntegerField(default=42, editable=False)
    bytes = models.PositiveIntegerField("字节", default=0, editable=False)
    # Set when the background worker has made all its sizes.
    is_rendered = models.BooleanField(default=False, editable=False, db_index=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="上传人",
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="uploaded_pictures",
    )
    created_at = models.DateTimeField("入库时间", auto_now_add=True)

    class Meta:
        verbose_name = "图片"
        verbose_name_plural = "图片"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["-created_at", "-id"], name="picture_newest")]
        constraints = [
            models.CheckConstraint(
                name="picture_described_or_decorative",
                condition=Q(is_decorative=True, alt_text="")
                | (Q(is_decorative=False) & ~Q(alt_text="")),
                violation_error_message="写上替代文字；只起装饰作用的图片，请勾选“装饰图”而不写替代文字。",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def focus(self) -> tuple[float, float]:
        """Where it is cut around, as parts of its width and height."""
        across, _, down = self.focal_point.partition("x")
        return (float(across), float(down)) if down else (0.5, 0.5)


class PictureVersion(models.Model):
    """What a picture was before it was replaced."""

    picture = models.ForeignKey(
        Picture, on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveIntegerField("版本")
    file = models.FileField("文件", upload_to=own_name)
    width = models.PositiveIntegerField("宽")
    height = models.PositiveIntegerField("高")
    sha256 = models.CharField(max_length=64, blank=True)
    near_hash = models.BigIntegerField(null=True)
    tone = models.PositiveSmallIntegerField(default=42)
    bytes = models.PositiveIntegerField("字节", default=0)
    focal_point = models.CharField(max_length=20, default=CENTRE)
    crops = models.JSONField(default=dict)
    replaced_at = models.DateTimeField("替换时间")
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="替换人",
        null=True,
        on_delete=models.SET_NULL,
        related_name="replaced_pictures",
    )

    class Meta:
        verbose_name = "图片的旧版本"
        verbose_name_plural = "图片的旧版本"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["picture", "number"], name="picture_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.picture} 第 {self.number} 版"
