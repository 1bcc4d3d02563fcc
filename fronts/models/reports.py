"""What readers report about a page: a wrong word, a wrong fact, a complaint."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from articles.models import Article
from articles.models.editions import EDITION_CHOICES

# How long a reader's contact is kept once the report is dealt with.
CONTACT_KEPT = datetime.timedelta(days=90)


class ErrorReportQuerySet(models.QuerySet):
    def in_channels(self, channels: set[int] | None) -> "ErrorReportQuerySet":
        """Those about stories of these channels, and all that name no story. None is all."""
        if channels is None:
            return self
        return self.filter(Q(article=None) | Q(article__channel__in=channels))

    def with_stale_contact(self, at: datetime.datetime) -> "ErrorReportQuerySet":
        """Those whose contact is not needed any more at `at`."""
        return self.filter(handled_at__lte=at - CONTACT_KEPT).exclude(contact="")


class ErrorReport(models.Model):
    """One report. The reader's contact is seen by staff only, and only if it was given.

    `kind` says what is wrong: the story itself, or the characters that a program wrote
    it in. A report of a conversion names its story and the edition it was read in, and
    its `quote` is the sentence as that edition has it.
    """

    class Kind(models.TextChoices):
        ERROR = "error", "内容有错"
        CONVERSION = "conversion", "转换有误"

    class State(models.TextChoices):
        OPEN = "open", "待处理"
        MENDED = "mended", "已改正"
        DISMISSED = "dismissed", "不需改正"

    article = models.ForeignKey(
        Article,
        verbose_name="稿件",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="error_reports",
    )
    kind = models.CharField("类别", max_length=10, choices=Kind, default=Kind.ERROR)
    edition = models.CharField(
        "文字版", max_length=7, choices=EDITION_CHOICES, blank=True
    )
    page = models.CharField("页面", max_length=300, blank=True)
    quote = models.CharField("原文", max_length=200, blank=True)
    message = models.CharField("问题", max_length=500)
    contact = models.CharField("联系方式", max_length=80, blank=True)
    reported_at = models.DateTimeField("收到时间", auto_now_add=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.OPEN)
    answer = models.CharField("处理说明", max_length=200, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="处理人",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="handled_reports",
    )
    handled_at = models.DateTimeField("处理时间", null=True, blank=True)

    objects = ErrorReportQuerySet.as_manager()

    class Meta:
        verbose_name = "读者纠错"
        verbose_name_plural = "读者纠错"
        ordering = ["-reported_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="error_report_says_something", condition=~Q(message="")
            ),
            models.CheckConstraint(
                name="report_of_a_conversion_says_where",
                condition=~Q(kind="conversion")
                | (Q(article__isnull=False) & ~Q(edition="")),
            ),
        ]

    def __str__(self) -> str:
        return self.message[:40]
