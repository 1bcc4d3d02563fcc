from django.db import models
from imagefield.fields import ImageField, PPOIField

from pictures.intake import validate_upload

# Named sizes; nothing else is ever rendered, whatever a visitor asks for.
FORMATS = {
    "lead_1280": ["default", ("thumbnail", (1280, 1280))],
    "lead_640": ["default", ("thumbnail", (640, 640))],
    "card_720": ["default", ("crop", (720, 480))],
    "card_360": ["default", ("crop", (360, 240))],
    "portrait_540": ["default", ("crop", (540, 720))],
    "portrait_270": ["default", ("crop", (270, 360))],
    "tile": ["default", ("crop", (160, 160))],
}


class Picture(models.Model):
    """A picture of the library, with what a reader must be told about it."""

    file = ImageField(
        "图片",
        upload_to="pictures/%Y/%m",
        width_field="width",
        height_field="height",
        ppoi_field="focal_point",
        formats=FORMATS,
        validators=[validate_upload],
        help_text="JPEG、PNG 或 WebP，不超过 10 MB。",
    )
    width = models.PositiveIntegerField("宽", editable=False, default=0)
    height = models.PositiveIntegerField("高", editable=False, default=0)
    focal_point = PPOIField("焦点")
    title = models.CharField(
        "名称", max_length=80, help_text="在图片库里查找用，读者看不到。"
    )
    alt_text = models.CharField(
        "替代文字",
        max_length=200,
        help_text="给看不到图片的读者：图里有谁、在做什么。",
    )
    caption = models.CharField("图说", max_length=200, blank=True)
    credit = models.CharField("摄影或来源", max_length=60, blank=True)
    created_at = models.DateTimeField("入库时间", auto_now_add=True)

    class Meta:
        verbose_name = "图片"
        verbose_name_plural = "图片"
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title
