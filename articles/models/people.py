"""Who and where from: names as they are printed under a story."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from channels.fields import WebAddressField


class Editor(models.Model):
    """A responsible editor as printed (责编), with or without a staff account."""

    name = models.CharField("姓名", max_length=40)
    desk = models.CharField(
        "部门",
        max_length=40,
        blank=True,
        help_text="同名的编辑用部门区分，读者看不到。",
    )
    jobs = models.CharField(
        "职务",
        max_length=40,
        blank=True,
        help_text="读者看得到，如：记者、责任编辑、摄影。",
    )
    office = models.CharField(
        "部门联系方式",
        max_length=80,
        blank=True,
        help_text="读者看得到：写办公室的电话或邮箱，不要写个人号码。",
    )
    left_on = models.DateField(
        "离任日期", null=True, blank=True, help_text="历史署名会保留。"
    )
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name="员工账号",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="editor",
    )

    class Meta:
        verbose_name = "责任编辑"
        verbose_name_plural = "责任编辑"
        ordering = ["name", "desk"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "desk"],
                name="editor_name_and_desk",
                violation_error_message="已有同名同部门的编辑。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.desk}）" if self.desk else self.name

    def get_absolute_url(self) -> str:
        return reverse("articles:editor", args=[self.pk])

    def get_writing_url(self) -> str:
        """The same person's page, with what they wrote and not what they edited."""
        return reverse("articles:editor_writing", args=[self.pk])


class Author(models.Model):
    """Someone whose by-line stands over or under a story."""

    name = models.CharField("姓名", max_length=60, unique=True)
    is_unit = models.BooleanField(
        "不是个人",
        default=False,
        help_text="单位、栏目或代号：照样署名，没有个人页面。",
    )
    editor = models.ForeignKey(
        Editor,
        verbose_name="就是这位编辑",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="authors",
        help_text="本站编辑写的稿件，列在同一个人的页面上。",
    )

    class Meta:
        verbose_name = "作者"
        verbose_name_plural = "作者"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("articles:author", args=[self.pk])


class Source(models.Model):
    """The outlet a story comes from (来源)."""

    name = models.CharField("名称", max_length=60, unique=True)
    url = WebAddressField("网址", blank=True)
    is_promotion = models.BooleanField(
        "推广",
        default=False,
        help_text="这个来源的稿件是推广：标题前面处处标明“推广”。",
    )

    class Meta:
        verbose_name = "来源"
        verbose_name_plural = "来源"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
