"""What stands on every page for a time: an emergency notice, a day of mourning."""

import datetime

from django.db import models
from django.db.models import F, Q


class EmergencyNoticeQuerySet(models.QuerySet):
    def visible(self, at: datetime.datetime) -> "EmergencyNoticeQuerySet":
        """What readers see at `at`, the newest first."""
        return self.filter(
            Q(shown_until=None) | Q(shown_until__gt=at), shown_from__lte=at
        )


class EmergencyNotice(models.Model):
    """One line above everything on every page."""

    text = models.CharField("通知", max_length=40, help_text="不超过 40 个字。")
    url = models.CharField(
        "链接",
        max_length=500,
        blank=True,
        help_text="详情的网址；本站的可以从 / 开始写。",
    )
    shown_from = models.DateTimeField("从")
    shown_until = models.DateTimeField("到", null=True, blank=True)

    objects = EmergencyNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "应急通知"
        verbose_name_plural = "应急通知"
        ordering = ["-shown_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="emergency_notice_forward",
                condition=Q(shown_until=None) | Q(shown_until__gt=F("shown_from")),
                violation_error_message="结束时间要晚于开始时间。",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class MourningQuerySet(models.QuerySet):
    def on(self, day: datetime.date) -> "MourningQuerySet":
        """Those that hold on this local day, first and last day included."""
        return self.filter(first_day__lte=day, last_day__gte=day)


class Mourning(models.Model):
    """Days on which the whole portal is shown without colour."""

    occasion = models.CharField("事由", max_length=40, help_text="读者看不到。")
    first_day = models.DateField("第一天")
    last_day = models.DateField("最后一天")

    objects = MourningQuerySet.as_manager()

    class Meta:
        verbose_name = "全站置灰"
        verbose_name_plural = "全站置灰"
        ordering = ["-first_day", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="mourning_forward",
                condition=Q(last_day__gte=F("first_day")),
                violation_error_message="最后一天不能早于第一天。",
            ),
        ]

    def __str__(self) -> str:
        return self.occasion
