"""What readers searched for: numbers of a day, and nothing about who asked."""

import datetime

from django.db import models
from django.db.models import Max, OuterRef, QuerySet, Subquery, Sum


class DailyQueryQuerySet(models.QuerySet):
    def since(self, day: datetime.date) -> "DailyQueryQuerySet":
        return self.filter(day__gte=day)

    def totals(self) -> "QuerySet[DailyQuery, dict]":
        """Rows {"folded", "words", "total", "latest"}, most asked first. `latest` is the
        number of results on the latest of the days."""
        newest = (
            DailyQuery.objects.filter(folded=OuterRef("folded"))
            .order_by("-day")
            .values("found")[:1]
        )
        return (
            self.order_by()
            .values("folded")
            .annotate(
                words=Max("words"), total=Sum("searches"), latest=Subquery(newest)
            )
            .order_by("-total", "folded")
        )


class DailyQuery(models.Model):
    day = models.DateField("日期")
    folded = models.CharField("归一形式", max_length=60)
    words = models.CharField("搜索词", max_length=60)
    searches = models.PositiveIntegerField("次数", default=0)
    found = models.PositiveIntegerField("结果数", default=0)

    objects = DailyQueryQuerySet.as_manager()

    class Meta:
        verbose_name = "搜索记录"
        verbose_name_plural = "搜索记录"
        ordering = ["-day", "-searches"]
        constraints = [
            models.UniqueConstraint(fields=["day", "folded"], name="query_once_a_day")
        ]
        indexes = [models.Index(fields=["folded", "-day"], name="query_latest")]

    def __str__(self) -> str:
        return f"{self.day} {self.words}"
