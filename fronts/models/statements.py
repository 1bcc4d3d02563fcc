"""Pages that say who we are: about us, accessibility, privacy, corrections and complaints."""

from django.db import models
from django.urls import reverse
from django_prose_editor.fields import ProseEditorField

from articles.richtext import EXTENSIONS, clean_body


class StatementPage(models.Model):
    """A page of the portal itself, written in the admin and linked from the footer."""

    slug = models.SlugField(
        "网址名", max_length=40, unique=True, help_text="定下后不要改。"
    )
    title = models.CharField("标题", max_length=30)
    body = ProseEditorField("正文", extensions=EXTENSIONS, sanitize=clean_body)
    position = models.PositiveSmallIntegerField("页脚里的顺序", default=0)
    is_in_footer = models.BooleanField("在页脚显示", default=True)
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    class Meta:
        verbose_name = "说明页"
        verbose_name_plural = "说明页"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title

    def save(self, *args, **kwargs) -> None:
        """Clean the body whatever the way in."""
        self.body = clean_body(self.body)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("fronts:statement", args=[self.slug])
