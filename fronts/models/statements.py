"""Pages that say who we are: about us, accessibility, privacy, corrections and complaints."""

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django_prose_editor.fields import ProseEditorField, create_sanitizer

from articles.richtext import EXTENSIONS, MAX_LENGTH, is_absurd

# These pages have no sections of their own, as stories do: headings stand in the text.
STATEMENT_EXTENSIONS = {**EXTENSIONS, "Heading": {"levels": [2]}}
_sanitize = create_sanitizer(STATEMENT_EXTENSIONS)


def clean_statement(html: str) -> str:
    """The part of `html` that readers may get; raise ValidationError on absurd input."""
    if len(html) > MAX_LENGTH or is_absurd(html):
        raise ValidationError("正文太长，或者格式太复杂。请清除格式后再粘贴。")
    return _sanitize(html)


class StatementPageQuerySet(models.QuerySet):
    def in_footer(self) -> "StatementPageQuerySet":
        """Those that the footer links to, in their order, without their text."""
        return self.filter(is_in_footer=True).defer("body")


class StatementPage(models.Model):
    """A page of the portal itself, written in the admin and linked from the footer."""

    slug = models.SlugField(
        "网址名", max_length=40, unique=True, help_text="定下后不要改。"
    )
    title = models.CharField("标题", max_length=30)
    body = ProseEditorField(
        "正文", extensions=STATEMENT_EXTENSIONS, sanitize=clean_statement
    )
    position = models.PositiveSmallIntegerField("页脚里的顺序", default=0)
    is_in_footer = models.BooleanField("在页脚显示", default=True)
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    objects = StatementPageQuerySet.as_manager()

    class Meta:
        verbose_name = "说明页"
        verbose_name_plural = "说明页"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title

    def save(self, *args, **kwargs) -> None:
        """Clean the body whatever the way in."""
        self.body = clean_statement(self.body)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("fronts:statement", args=[self.slug])
