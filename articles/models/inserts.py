"""What stands between the sections of a story: pictures, files, sound, links."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from articles.models.desk import Article
from articles.models.published import PublishedArticle
from channels.fields import WebAddressField
from pictures.models import Document, Picture, Recording

MOST_SECTIONS = 200


class _Placed(models.Model):
    """A row that stands after a section: 0 is before the first, empty after the last."""

    place = models.PositiveSmallIntegerField(
        "第几节之后",
        null=True,
        blank=True,
        validators=[MaxValueValidator(MOST_SECTIONS)],
        help_text="0 是文首，空着是文末。",
    )
    position = models.PositiveIntegerField("顺序", default=0)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]


class Illustration(_Placed):
    """A picture in the text; several that join make a gallery."""

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="illustrations"
    )
    picture = models.ForeignKey(
        Picture,
        verbose_name="图片",
        on_delete=models.PROTECT,
        related_name="illustrations",
    )
    joins_previous = models.BooleanField(
        "并入图集", default=False, help_text="和上一张排成一组。"
    )
    caption = models.CharField(
        "图说", max_length=200, blank=True, help_text="空着用图片库里的图说。"
    )

    class Meta(_Placed.Meta):
        verbose_name = "插图"
        verbose_name_plural = "插图"

    def __str__(self) -> str:
        return str(self.picture)


class Enclosure(_Placed):
    """A file to download, something to watch or listen to, or a way to another site."""

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="enclosures"
    )
    document = models.ForeignKey(
        Document,
        verbose_name="附件",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="enclosures",
    )
    recording = models.ForeignKey(
        Recording,
        verbose_name="音视频",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="enclosures",
    )
    url = WebAddressField("站外网址", max_length=500, blank=True)
    title = models.CharField(
        "显示文字",
        max_length=80,
        blank=True,
        help_text="站外网址必须写；其他空着用原名。",
    )

    class Meta(_Placed.Meta):
        verbose_name = "附件、音视频、站外内容"
        verbose_name_plural = "附件、音视频、站外内容"
        constraints = [
            models.CheckConstraint(
                name="enclosure_of_one_thing",
                condition=Q(document__isnull=False, recording__isnull=True, url="")
                | Q(document__isnull=True, recording__isnull=False, url="")
                | (
                    Q(document__isnull=True, recording__isnull=True)
                    & ~Q(url="")
                    & ~Q(title="")
                ),
                violation_error_message="每行选一样：附件、音视频，或者写站外网址和显示文字。",
            )
        ]

    def __str__(self) -> str:
        return self.title or str(self.document or self.recording)


class PublishedMaterial(models.Model):
    """What the text of a published version shows besides words: kept while it is shown."""

    published_article = models.ForeignKey(
        PublishedArticle,
        verbose_name="已发布稿件",
        on_delete=models.CASCADE,
        related_name="materials",
    )
    picture = models.ForeignKey(
        Picture,
        verbose_name="插图",
        null=True,
        on_delete=models.PROTECT,
        related_name="published_materials",
    )
    document = models.ForeignKey(
        Document,
        verbose_name="附件",
        null=True,
        on_delete=models.PROTECT,
        related_name="published_materials",
    )
    recording = models.ForeignKey(
        Recording,
        verbose_name="音视频",
        null=True,
        on_delete=models.PROTECT,
        related_name="published_materials",
    )

    class Meta:
        verbose_name = "已发布的图片和附件"
        verbose_name_plural = "已发布的图片和附件"
        constraints = [
            models.CheckConstraint(
                name="published_material_is_one",
                condition=Q(
                    picture__isnull=False, document__isnull=True, recording__isnull=True
                )
                | Q(
                    picture__isnull=True, document__isnull=False, recording__isnull=True
                )
                | Q(
                    picture__isnull=True, document__isnull=True, recording__isnull=False
                ),
            )
        ]

    def __str__(self) -> str:
        return str(self.published_article)
