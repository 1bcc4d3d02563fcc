"""Reviews (审稿): who has to sign a revision, and the ledger of who did."""

import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery

from accounts.models import User
from accounts.rights import channels_where
from accounts.roles import Verb
from articles.models.desk import Article
from articles.models.published import Revision


class ReviewRoundQuerySet(models.QuerySet):
    def under_way(self) -> "ReviewRoundQuerySet":
        return self.filter(closed_at=None)

    def waiting_for(self, person: User) -> "ReviewRoundQuerySet":
        """Rounds in which this very person could sign what is due, and no others.

        The same rules as reviews.objection, as one query.
        """
        newest = (
            Revision.objects.filter(article=OuterRef("article"))
            .order_by("-number")
            .values("pk")[:1]
        )
        own_words = RevisionWriter.objects.filter(
            revision=OuterRef("newest"), person=person
        )
        other_level = SignOff.objects.filter(
            round=OuterRef("pk"), person=person, verdict=SignOff.Verdict.PASS
        ).exclude(level=OuterRef("due_level"))
        is_final = Q(levels__gt=1, due_level=F("levels"))
        return (
            self.under_way()
            .filter(due_level__isnull=False)
            .filter(
                (is_final & _in_reach(person, Verb.SIGN_FINAL))
                | (~is_final & _in_reach(person, Verb.SIGN))
            )
            .annotate(newest=Subquery(newest))
            .filter(~Exists(own_words), ~Exists(other_level))
        )


def _in_reach(person: User, verb: Verb) -> Q:
    where = channels_where(person, verb)
    return Q() if where is None else Q(article__channel__in=where)


class ReviewRound(models.Model):
    """One submission of a story, from sending it in to its release or return.

    `levels` and `needs_proofreading` are what its channels asked for at that time.
    """

    class Outcome(models.TextChoices):
        RELEASED = "released", "已发布"
        RETURNED = "returned", "已退回"
        RECALLED = "recalled", "已收回"

    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="review_rounds"
    )
    number = models.PositiveIntegerField("轮次")
    revision = models.ForeignKey(
        Revision,
        verbose_name="送审的版次",
        on_delete=models.PROTECT,
        related_name="sent_in",
    )
    levels = models.PositiveSmallIntegerField("审级")
    needs_proofreading = models.BooleanField("逐级校对", default=False)
    due_level = models.PositiveSmallIntegerField("待审级", null=True)
    due_since = models.DateTimeField("待审起")
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="送审人",
        on_delete=models.PROTECT,
        related_name="submissions",
    )
    submitted_at = models.DateTimeField("送审时间")
    closed_at = models.DateTimeField("结束时间", null=True)
    outcome = models.CharField("结果", max_length=10, choices=Outcome, blank=True)

    objects = ReviewRoundQuerySet.as_manager()

    class Meta:
        verbose_name = "送审"
        verbose_name_plural = "送审"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "number"], name="review_round_number_once"
            ),
            models.UniqueConstraint(
                fields=["article"],
                condition=Q(closed_at=None),
                name="review_round_open_once",
            ),
            models.CheckConstraint(
                name="review_round_levels", condition=Q(levels__lte=3)
            ),
            models.CheckConstraint(
                name="review_round_outcome_when_closed",
                condition=Q(closed_at=None, outcome="")
                | (Q(closed_at__isnull=False) & ~Q(outcome="")),
            ),
        ]

    def __str__(self) -> str:
        return f"第 {self.number} 次送审"


class RevisionWriter(models.Model):
    """Whose words are in a revision: none of them may sign it. Never changed."""

    revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, related_name="writers"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="written"
    )

    class Meta:
        verbose_name = "执笔人"
        verbose_name_plural = "执笔人"
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "person"], name="revision_writer_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.revision_id}: {self.person_id}"


class SignOff(models.Model):
    """An entry of the review ledger. Appended by articles.reviews, never changed.

    The database itself refuses changes, a signature on one's own words, and a second
    level of the same person in one round (see the migration of the guards).
    """

    class Kind(models.TextChoices):
        REVIEW = "review", "审"
        PROOFREAD = "proofread", "校"

    class Verdict(models.TextChoices):
        PASS = "pass", "通过"
        RETURN = "return", "退回"
        WAIVE = "waive", "免审"

    number = models.PositiveBigIntegerField("编号", unique=True)
    round = models.ForeignKey(
        ReviewRound, on_delete=models.PROTECT, related_name="sign_offs"
    )
    revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, related_name="sign_offs"
    )
    level = models.PositiveSmallIntegerField("审级")
    kind = models.CharField("审或校", max_length=10, choices=Kind)
    verdict = models.CharField("结论", max_length=10, choices=Verdict)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="签署人",
        on_delete=models.PROTECT,
        related_name="sign_offs",
    )
    person_name = models.CharField("姓名", max_length=150)
    note = models.TextField("意见", max_length=1000, blank=True)
    signed_at = models.DateTimeField("时间")
    previous_sha256 = models.CharField(max_length=64, blank=True)
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = "签署"
        verbose_name_plural = "签署"
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                name="sign_off_level", condition=Q(level__gte=1, level__lte=3)
            ),
            models.CheckConstraint(
                name="sign_off_says_why",
                condition=Q(verdict="pass") | ~Q(note=""),
            ),
            models.CheckConstraint(
                name="sign_off_proofreader_passes_or_returns",
                condition=~Q(kind="proofread", verdict="waive"),
            ),
            models.UniqueConstraint(
                fields=["round", "revision", "level", "kind"],
                condition=~Q(verdict="return"),
                name="sign_off_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.person_name} {self.get_verdict_display()}"

    def payload(self) -> dict[str, Any]:
        """What the hash covers: every column, and the fingerprint of what was signed."""
        return {
            "number": self.number,
            "round": self.round_id,
            "revision": self.revision_id,
            "revision_sha256": self.revision.sha256,
            "level": self.level,
            "kind": str(self.kind),
            "verdict": str(self.verdict),
            "person": self.person_id,
            "person_name": self.person_name,
            "note": self.note,
            "signed_at": self.signed_at.astimezone(datetime.UTC).isoformat(),
        }


class Contribution(models.Model):
    """A save that changed the words of a desk copy, and whose it was."""

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="contributions"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="contributions",
    )
    version = models.PositiveIntegerField()
    words_sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "改稿记录"
        verbose_name_plural = "改稿记录"
        ordering = ["version", "pk"]
        indexes = [
            models.Index(fields=["article", "-version"], name="contribution_newest")
        ]

    def __str__(self) -> str:
        return f"{self.article_id} v{self.version}"


class Note(models.Model):
    """A remark among editors on a revision, or on one section of it (编辑批注)."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="notes")
    revision = models.ForeignKey(
        Revision, verbose_name="版次", on_delete=models.PROTECT, related_name="notes"
    )
    anchor = models.CharField("小节", max_length=16, blank=True)
    excerpt = models.CharField("所批文字", max_length=200, blank=True)
    text = models.TextField("批注", max_length=1000)
    answers = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="replies",
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notes"
    )
    written_at = models.DateTimeField()
    mentioned = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="mentions", blank=True
    )
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="notes_resolved",
    )
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "批注"
        verbose_name_plural = "批注"
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return self.text[:40]


class PreviewLink(models.Model):
    """A link by which somebody without an account reads one revision for a while."""

    revision = models.ForeignKey(
        Revision, on_delete=models.CASCADE, related_name="preview_links"
    )
    key = models.CharField(max_length=43, unique=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="preview_links"
    )
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="preview_links_revoked",
    )
    views = models.PositiveIntegerField(default=0)
    last_viewed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "预览链接"
        verbose_name_plural = "预览链接"
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="preview_link_ends", condition=Q(expires_at__gt=F("made_at"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.revision_id} {self.expires_at:%Y-%m-%d %H:%M}"
