"""A role that a person holds: where, from when and until when."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.roles import Role


class GrantQuerySet(models.QuerySet):
    def in_force(self, on: datetime.date) -> "GrantQuerySet":
        """Confirmed, begun and not over on that day. The only place that compares dates."""
        return self.filter(
            Q(starts_on=None) | Q(starts_on__lte=on),
            Q(ends_on=None) | Q(ends_on__gte=on),
            confirmed_at__isnull=False,
        )

    def awaiting_confirmation(self) -> "GrantQuerySet":
        return self.filter(confirmed_at=None)


class Grant(models.Model):
    """One role of one person, over a channel and everything below it, or everywhere.

    The channel is named by string: accounts stands below channels and imports nothing
    of it; the rows below a channel are asked of the related model.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="员工",
        on_delete=models.CASCADE,
        related_name="grants",
    )
    role = models.CharField(
        "角色", max_length=20, choices=[(role.value, role.value) for role in Role]
    )
    channel = models.ForeignKey(
        "channels.Channel",
        verbose_name="频道",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="grants",
        help_text="管这个频道和它下面的所有频道；留空就是全站。",
    )
    starts_on = models.DateField("从", null=True, blank=True)
    ends_on = models.DateField(
        "到", null=True, blank=True, help_text="含这一天；留空就是一直有效。"
    )
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="授予人",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="grants_given",
    )
    granted_at = models.DateTimeField("授予时间", auto_now_add=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="确认人",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="grants_confirmed",
    )
    confirmed_at = models.DateTimeField("确认时间", null=True, editable=False)

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = "授权"
        verbose_name_plural = "授权"
        ordering = ["person", "role", "pk"]
        constraints = [
            models.CheckConstraint(
                name="grant_dates_forward",
                condition=Q(starts_on=None)
                | Q(ends_on=None)
                | Q(ends_on__gte=F("starts_on")),
                violation_error_message="结束的日子不能早于开始的日子。",
            ),
            models.CheckConstraint(
                name="grant_confirmed_by_another",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("person")),
                violation_error_message="不能确认给自己的授权。",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "channel"],
                name="grant_once",
                violation_error_message="这个人在这个频道已有这个角色。",
            ),
            # SQLite cannot count two empty channels as the same one.
            models.UniqueConstraint(
                fields=["person", "role"],
                condition=Q(channel=None),
                name="grant_once_everywhere",
                violation_error_message="这个人在全站已有这个角色。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role}（{self.channel.name if self.channel else '全站'}）"
