"""Who and where from: names as they are printed under a story."""

from django.conf import settings
from django.db import models

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


class Author(models.Model):
    """Someone whose by-line stands over or under a story."""

    name = models.CharField("姓名", max_length=60, unique=True)

    class Meta:
        verbose_name = "作者"
        verbose_name_plural = "作者"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Source(models.Model):
    """The outlet a story comes from (来源)."""

    name = models.CharField("名称", max_length=60, unique=True)
    url = WebAddressField("网址", blank=True)

    class Meta:
        verbose_name = "来源"
        verbose_name_plural = "来源"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
