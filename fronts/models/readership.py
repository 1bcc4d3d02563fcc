"""How often stories are read. Numbers only: nothing about who read them."""

from django.db import models

from articles.models import Article


class DailyViews(models.Model):
    """Views of one story on one local day."""

    article = models.ForeignKey(
        Article,
        verbose_name="稿件",
        on_delete=models.CASCADE,
        related_name="daily_views",
    )
    day = models.DateField("日期")
    views = models.PositiveIntegerField("阅读", default=0)

    class Meta:
        verbose_name = "阅读量"
        verbose_name_plural = "阅读量"
        ordering = ["-day", "-views"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "day"], name="daily_views_once_a_day"
            )
        ]
        indexes = [models.Index(fields=["day", "-views"], name="daily_views_most_read")]

    def __str__(self) -> str:
        return f"{self.article_id} {self.day}: {self.views}"
