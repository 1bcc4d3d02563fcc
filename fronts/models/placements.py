"""Stories that editors put on a front by hand, for a time."""

import datetime

from django.db import models
from django.db.models import F, Q

from articles.models import Article
from channels.models import Channel


class PlacementQuerySet(models.QuerySet):
    def in_force(self, at: datetime.datetime) -> "PlacementQuerySet":
        """Those that hold at `at`, in the editors' order."""
        return self.filter(
            Q(shown_until=None) | Q(shown_until__gt=at), shown_from__lte=at
        )


class Placement(models.Model):
    """A story in a slot of the home page or at the top of a channel's list.

    It shows while the story is visible and the placement is in force; then what time
    chooses takes the place.
    """

    class Slot(models.TextChoices):
        LEAD = "lead", "首页头条"
        HEADLINE = "headline", "首页要闻"
        PINNED = "pinned", "频道置顶"

    slot = models.CharField("版位", max_length=10, choices=Slot)
    channel = models.ForeignKey(
        Channel,
        verbose_name="频道",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="placements",
        help_text="只有“频道置顶”需要。",
    )
    article = models.ForeignKey(
        Article,
        verbose_name="稿件",
        on_delete=models.CASCADE,
        related_name="placements",
    )
    position = models.PositiveSmallIntegerField("顺序", default=0)
    shown_from = models.DateTimeField("从")
    shown_until = models.DateTimeField(
        "到", null=True, blank=True, help_text="到时自动撤下；留空就一直放着。"
    )

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = "版位"
        verbose_name_plural = "版位"
        ordering = ["slot", "position", "-shown_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="placement_channel_when_pinned",
                condition=Q(slot="pinned", channel__isnull=False)
                | (~Q(slot="pinned") & Q(channel__isnull=True)),
                violation_error_message="“频道置顶”要选频道，首页版位不选频道。",
            ),
            models.CheckConstraint(
                name="placement_forward",
                condition=Q(shown_until=None) | Q(shown_until__gt=F("shown_from")),
                violation_error_message="结束时间要晚于开始时间。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_slot_display()}：{self.article}"
