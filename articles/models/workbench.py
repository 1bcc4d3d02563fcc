"""What surrounds the writing: unsaved text, notices, announcements, templates."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from articles.models.desk import Article
from articles.models.published import PublishedArticle, Withdrawal
from channels.models import Channel


class EditingSession(models.Model):
    """One open form of one person: that it is there, and its text not yet saved.

    `tab` is made by the page. `fields` is the form as it was typed, empty while it says
    what was last saved. A story not yet saved has none: `article` is null.
    """

    article = models.ForeignKey(
        Article, null=True, on_delete=models.CASCADE, related_name="editing_sessions"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="editing_sessions",
    )
    tab = models.CharField(max_length=36)
    base_version = models.PositiveIntegerField(default=0)
    fields = models.JSONField(default=dict)
    kept_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = "编辑中的表单"
        verbose_name_plural = "编辑中的表单"
        ordering = ["-seen_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "tab"], name="editing_session_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.article_id}"


class Announcement(models.Model):
    """A side effect due at a moment: written with the act, done once by any worker.

    Readers never wait for it: what they see is a matter of intervals alone.
    """

    class Kind(models.TextChoices):
        WENT_LIVE = "went_live", "到点上线"
        EXPIRED = "expired", "到点下线"

    kind = models.CharField(max_length=10, choices=Kind)
    published_article = models.ForeignKey(
        PublishedArticle, on_delete=models.CASCADE, related_name="announcements"
    )
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "到点事项"
        verbose_name_plural = "到点事项"
        ordering = ["due_at", "pk"]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(done_at=None),
                name="announcement_due",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "published_article"], name="announcement_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.published_article_id}"


class Notice(models.Model):
    """A line to one member of staff, shown in the admin and sent by e-mail once."""

    class Kind(models.TextChoices):
        TO_REVIEW = "to_review", "待审"
        RETURNED = "returned", "被退回"
        APPROVED = "approved", "审签完毕"
        MENTIONED = "mentioned", "批注里提到"
        WENT_LIVE = "went_live", "已上线"
        EXPIRED = "expired", "已到期下线"
        WITHDRAWN = "withdrawn", "已撤回"

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices"
    )
    kind = models.CharField("事由", max_length=10, choices=Kind)
    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="notices"
    )
    text = models.CharField("内容", max_length=300)
    made_at = models.DateTimeField("时间")
    read_at = models.DateTimeField("已读", null=True)
    # Claimed before sending: a letter is sent at most once, even by several workers.
    mailing_at = models.DateTimeField("开始寄出", null=True)
    mailed_at = models.DateTimeField("寄出", null=True)

    class Meta:
        verbose_name = "通知"
        verbose_name_plural = "通知"
        ordering = ["-made_at", "-pk"]
        indexes = [
            models.Index(fields=["person", "-made_at"], name="notice_newest"),
            models.Index(
                fields=["made_at"], condition=Q(mailing_at=None), name="notice_to_mail"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class ContentTemplate(models.Model):
    """The skeleton of a kind of story, to start a new one from (稿件模板)."""

    name = models.CharField("名称", max_length=40, unique=True)
    channel = models.ForeignKey(
        Channel,
        verbose_name="频道",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="content_templates",
    )
    content = models.JSONField("内容", default=dict)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="content_templates",
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "稿件模板"
        verbose_name_plural = "稿件模板"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class AbsenceCheck(models.Model):
    """Whether a withdrawn story is really gone: every surface asked, and what it said."""

    withdrawal = models.ForeignKey(
        Withdrawal, on_delete=models.CASCADE, related_name="absence_checks"
    )
    checked_at = models.DateTimeField("检查时间")
    seconds = models.FloatField("用时")
    # [{"surface": …, "address": …, "clean": …, "seconds": …}, …]
    surfaces = models.JSONField("检查结果", default=list)

    class Meta:
        verbose_name = "撤稿检查"
        verbose_name_plural = "撤稿检查"
        ordering = ["-checked_at"]

    def __str__(self) -> str:
        return f"{self.withdrawal_id} {self.checked_at:%Y-%m-%d %H:%M}"
