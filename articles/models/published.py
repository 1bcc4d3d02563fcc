"""What readers see. Written by the verbs in articles.publishing, and by nothing else."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from articles.models.desk import Article, DatePrecision, Script
from articles.models.people import Author, Editor
from articles.models.tags import Tag
from channels.fields import WebAddressField
from channels.models import Channel
from pictures.models import Picture


class Revision(models.Model):
    """An immutable, structured snapshot of a desk copy: what is signed and compared.

    `desk_version` is the article's version then. `edit_level` is the review level whose
    people made it while it was theirs, 0 for the writers: see articles.reviews.
    """

    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="revisions"
    )
    number = models.PositiveIntegerField("版次")
    content = models.JSONField("内容")
    sha256 = models.CharField("指纹", max_length=64)
    created_at = models.DateTimeField("定稿时间")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="定稿人",
        null=True,
        on_delete=models.PROTECT,
        related_name="revisions",
    )

    desk_version = models.PositiveIntegerField("改稿次数", default=0)
    edit_level = models.PositiveSmallIntegerField("改于审级", default=0)

    class Meta:
        verbose_name = "定稿"
        verbose_name_plural = "定稿"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "number"], name="revision_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"第 {self.number} 版"


class PublishedArticleQuerySet(models.QuerySet):
    def visible(self, at: datetime.datetime) -> "PublishedArticleQuerySet":
        """What readers see at the moment `at`. The only place that compares intervals."""
        return self.filter(visible_at(at))

    def scheduled(self, at: datetime.datetime) -> "PublishedArticleQuerySet":
        """Versions that go live after `at`."""
        return self.filter(
            Q(visible_until=None) | Q(visible_until__gt=F("visible_from")),
            visible_from__gt=at,
        )

    def for_cards(self) -> "PublishedArticleQuerySet":
        return self.select_related("channel", "cover")


def visible_at(at: datetime.datetime, prefix: str = "") -> Q:
    """The visibility interval as a condition, for a query that joins the published article."""
    return Q(**{f"{prefix}visible_from__lte": at}) & (
        Q(**{f"{prefix}visible_until": None}) | Q(**{f"{prefix}visible_until__gt": at})
    )


class PublishedArticle(models.Model):
    """One version of a story as laid out for readers, and the interval in which it is shown.

    Never edited: a new version is a new row. One row is all that an article page reads.
    """

    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="published"
    )
    revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, related_name="published"
    )
    channel = models.ForeignKey(
        Channel, on_delete=models.PROTECT, related_name="published"
    )
    script = models.CharField(max_length=10, choices=Script)
    kicker = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=120)
    subtitle = models.CharField(max_length=120, blank=True)
    standfirst = models.TextField(blank=True)
    deck = models.CharField(max_length=120, blank=True)
    body_html = models.TextField()
    contents = models.JSONField(default=list)
    length = models.PositiveIntegerField(default=0)
    source_name = models.CharField(max_length=60, blank=True)
    source_url = WebAddressField(blank=True)
    original_url = WebAddressField(max_length=500, blank=True)
    authors = models.JSONField(default=list)
    editors = models.JSONField(default=list)
    tags = models.ManyToManyField(Tag, related_name="published")
    cover = models.ForeignKey(
        Picture, null=True, on_delete=models.PROTECT, related_name="published_cover_of"
    )
    cover_alt = models.CharField(max_length=200, blank=True)
    cover_caption = models.CharField(max_length=200, blank=True)
    cover_credit = models.CharField(max_length=60, blank=True)
    dated_at = models.DateTimeField("页面时间")
    dated_precision = models.CharField(max_length=6, choices=DatePrecision)
    text_updated_at = models.DateTimeField("文字更新时间", null=True)
    # Public notes, oldest first: {"kind", "note", "noted_at"}. A row is never edited.
    corrections = models.JSONField(default=list)
    # Where a line of the title may end: offsets of its word boundaries.
    title_breaks = models.JSONField(default=list)
    # How words of this story are written in the editions: see articles.edition_terms.
    edition_terms = models.JSONField(default=list)
    # Fingerprints of the paragraphs that a review of an edition covers, in their order.
    paragraphs = models.JSONField(default=list)
    is_promotion = models.BooleanField("推广", default=False)
    # Keys of the articles that editors chose as related, in their order.
    related_articles = models.JSONField(default=list)
    # The honour of a person in a gallery: see articles.models.desk.Honour.
    honour = models.JSONField(default=dict)
    honour_category = models.CharField(max_length=20, blank=True)
    honour_year = models.PositiveSmallIntegerField(null=True)
    visible_from = models.DateTimeField("上线时间")
    visible_until = models.DateTimeField("下线时间", null=True)

    objects = PublishedArticleQuerySet.as_manager()

    class Meta:
        verbose_name = "已发布稿件"
        verbose_name_plural = "已发布稿件"
        ordering = ["-dated_at", "-pk"]
        indexes = [
            models.Index(
                fields=["article", "visible_from"], name="published_intervals"
            ),
            models.Index(fields=["-dated_at", "-id"], name="published_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                name="published_interval_forward",
                condition=Q(visible_until=None)
                | Q(visible_until__gte=F("visible_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("articles:page", args=[self.article_id])


class PublishedCredit(models.Model):
    """Who of our people stands under a published version: what their pages list."""

    published_article = models.ForeignKey(
        PublishedArticle, on_delete=models.CASCADE, related_name="credits"
    )
    editor = models.ForeignKey(
        Editor, null=True, on_delete=models.CASCADE, related_name="published_credits"
    )
    author = models.ForeignKey(
        Author, null=True, on_delete=models.CASCADE, related_name="published_credits"
    )

    class Meta:
        verbose_name = "已发布署名"
        verbose_name_plural = "已发布署名"
        constraints = [
            models.CheckConstraint(
                name="published_credit_of_one",
                condition=Q(editor__isnull=False, author__isnull=True)
                | Q(editor__isnull=True, author__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["published_article", "editor"], name="published_editor_once"
            ),
            models.UniqueConstraint(
                fields=["published_article", "author"], name="published_author_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.published_article_id}: {self.editor_id or self.author_id}"


class ChannelListingQuerySet(models.QuerySet):
    def visible(self, at: datetime.datetime) -> "ChannelListingQuerySet":
        return self.filter(visible_at(at, "published_article__"))

    def without_revoked_honours(self) -> "ChannelListingQuerySet":
        """Those that stand, and stories that tell of none."""
        # One that stands is null in the column; a story without an honour has no such key.
        standing = "published_article__honour__revoked_on"
        return self.filter(Q(**{standing: None}) | Q(**{f"{standing}__isnull": True}))

    def for_cards(self) -> "ChannelListingQuerySet":
        return self.select_related(
            "published_article__channel", "published_article__cover"
        )


class ChannelListing(models.Model):
    """One row for each channel in whose lists a published article stands."""

    channel = models.ForeignKey(
        Channel, on_delete=models.CASCADE, related_name="listings"
    )
    published_article = models.ForeignKey(
        PublishedArticle, on_delete=models.CASCADE, related_name="listings"
    )
    listed_at = models.DateTimeField()

    objects = ChannelListingQuerySet.as_manager()

    class Meta:
        verbose_name = "频道列表"
        verbose_name_plural = "频道列表"
        ordering = ["-listed_at", "-published_article_id"]
        indexes = [
            models.Index(
                fields=["channel", "-listed_at", "-published_article"],
                name="listing_newest",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "published_article"], name="listing_once_in_channel"
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel_id}: {self.published_article_id}"


class Correction(models.Model):
    """A public note on a story: what was wrong or is now known, and when it was said."""

    class Kind(models.TextChoices):
        CORRECTION = "correction", "更正"
        CLARIFICATION = "clarification", "补充说明"

    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="corrections"
    )
    kind = models.CharField("类别", max_length=15, choices=Kind)
    note = models.CharField("公开说明", max_length=300)
    noted_at = models.DateTimeField("时间")
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="发出人",
        null=True,
        on_delete=models.PROTECT,
        related_name="corrections",
    )

    class Meta:
        verbose_name = "更正"
        verbose_name_plural = "更正"
        ordering = ["-noted_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="correction_says_something", condition=~Q(note="")
            )
        ]

    def __str__(self) -> str:
        return self.note[:40]


class Withdrawal(models.Model):
    """The record that a story was taken down, and what readers are told."""

    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="withdrawals"
    )
    withdrawn_at = models.DateTimeField("撤回时间")
    public_note = models.CharField("公开说明", max_length=200, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="撤回人",
        null=True,
        on_delete=models.PROTECT,
        related_name="withdrawals",
    )

    class Meta:
        verbose_name = "撤回记录"
        verbose_name_plural = "撤回记录"
        ordering = ["-withdrawn_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.article_id} {self.withdrawn_at:%Y-%m-%d %H:%M}"
