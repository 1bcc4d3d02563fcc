"""What stands on every page for a time: an emergency notice, a day of mourning."""

import datetime
import re
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import get_script_prefix

from editions.catalogue import by_prefix

# Browsers drop control characters from an address and read a backslash as a slash.
_MISREAD = re.compile(r"[\x00-\x20\x7f\\]")


def is_safe_address(address: str) -> bool:
    """Whether it is an http(s) address with a host, or a path of this site."""
    if _MISREAD.search(address):
        return False
    if address.startswith("/"):
        return not address.startswith("//")
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


class Standing(models.TextChoices):
    """Where an occasion stands at a moment. Not a column: it follows from the times."""

    AHEAD = "ahead", "未到时"
    SHOWN = "shown", "显示中"
    OVER = "over", "已结束"


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

    def clean(self) -> None:
        super().clean()
        if self.url and not is_safe_address(self.url):
            raise ValidationError(
                {"url": "写以 http:// 或 https:// 开头的网址，或本站以 / 开头的路径。"}
            )

    def standing_at(self, at: datetime.datetime) -> Standing:
        """The same of this one notice as `visible` says of all. No query."""
        if self.shown_from > at:
            return Standing.AHEAD
        if self.shown_until and self.shown_until <= at:
            return Standing.OVER
        return Standing.SHOWN

    @property
    def address(self) -> str:
        """The link as the page at hand needs it: a page of this site in its edition."""
        first = self.url.lstrip("/").partition("/")[0]
        is_page = self.url.startswith("/") and not by_prefix(first)
        if not is_page or self.url.startswith(
            (settings.MEDIA_URL, settings.STATIC_URL)
        ):
            return self.url
        return get_script_prefix() + self.url.removeprefix("/")


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

    @property
    def days(self) -> int:
        return (self.last_day - self.first_day).days + 1

    def standing_on(self, day: datetime.date) -> Standing:
        """The same of these days as `on` says of all. No query."""
        if self.first_day > day:
            return Standing.AHEAD
        return Standing.OVER if self.last_day < day else Standing.SHOWN
