"""Special topics (专题): a curated page about one subject, made of blocks."""

import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from articles.models import Article
from channels.models import Channel
from pictures.models import Picture


class TopicQuerySet(models.QuerySet):
    def visible(self, at: datetime.datetime) -> "TopicQuerySet":
        """What readers may open at `at`. Only `Topic.standing_at` compares these moments too."""
        return self.filter(
            Q(visible_until=None) | Q(visible_until__gt=at), visible_from__lte=at
        )

    def running(self, at: datetime.datetime) -> "TopicQuerySet":
        """Visible topics that are still kept up: those that fronts show off."""
        return self.visible(at).filter(Q(ended_at=None) | Q(ended_at__gt=at))

    def ended(self, at: datetime.datetime) -> "TopicQuerySet":
        """Visible topics that nothing is added to any more."""
        return self.visible(at).filter(ended_at__lte=at)

    def for_cards(self) -> "TopicQuerySet":
        return self.select_related("cover")


class Topic(models.Model):
    """A special topic. Readers see it from `visible_from`; without it, it is being prepared."""

    class Standing(models.TextChoices):
        """Where a topic stands at a moment. Not a column: it follows from the moments."""

        PREPARING = "preparing", "准备中"
        RUNNING = "running", "在线"
        ENDED = "ended", "已结束更新"
        DOWN = "down", "已下线"

    slug = models.SlugField(
        "网址名", max_length=60, unique=True, help_text="定下后不要改。"
    )
    title = models.CharField("标题", max_length=40)
    intro = models.CharField("导语", max_length=120, blank=True)
    cover = models.ForeignKey(
        Picture,
        verbose_name="题图",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cover_of_topics",
    )
    channels = models.ManyToManyField(
        Channel,
        verbose_name="所属频道",
        blank=True,
        related_name="topics",
        help_text="这些频道的页面会列出本专题。",
    )
    position = models.PositiveSmallIntegerField(
        "顺序", default=0, help_text="小的在前；首页最多放三个。"
    )
    visible_from = models.DateTimeField(
        "上线时间", null=True, blank=True, help_text="留空就还在准备，读者看不到。"
    )
    visible_until = models.DateTimeField("下线时间", null=True, blank=True)
    ended_at = models.DateTimeField(
        "结束更新",
        null=True,
        blank=True,
        help_text="从这时起页面写明“已结束更新”，首页和频道不再列出。",
    )
    updated_at = models.DateTimeField("最后修改", auto_now=True)

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = "专题"
        verbose_name_plural = "专题"
        ordering = ["position", "-visible_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="topic_interval_forward",
                condition=Q(visible_until=None)
                | Q(visible_until__gt=F("visible_from")),
                violation_error_message="下线时间要晚于上线时间。",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("fronts:topic", args=[self.slug])

    def standing_at(self, at: datetime.datetime) -> Standing:
        """The same of this one topic as the querysets say of all. No query."""
        if self.visible_from is None or self.visible_from > at:
            return self.Standing.PREPARING
        if self.visible_until and self.visible_until <= at:
            return self.Standing.DOWN
        if self.ended_at and self.ended_at <= at:
            return self.Standing.ENDED
        return self.Standing.RUNNING


class TopicBlock(models.Model):
    """A titled part of a special topic."""

    class Layout(models.TextChoices):
        LIST = "list", "文章列表"
        TIMELINE = "timeline", "时间线"
        FIGURES = "figures", "数字"
        PEOPLE = "people", "人物"

    topic = models.ForeignKey(
        Topic, verbose_name="专题", on_delete=models.CASCADE, related_name="blocks"
    )
    heading = models.CharField("标题", max_length=30)
    intro = models.CharField("说明", max_length=120, blank=True)
    layout = models.CharField(
        "样式", max_length=10, choices=Layout, default=Layout.LIST
    )
    position = models.PositiveSmallIntegerField("顺序", default=0)

    class Meta:
        verbose_name = "专题栏目"
        verbose_name_plural = "专题栏目"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.heading

    @property
    def anchor(self) -> str:
        return f"block-{self.pk}"


class TopicEntry(models.Model):
    """One line of a block: a story, an event of the timeline, a figure.

    A story is shown while readers can see it, and only then.
    """

    block = models.ForeignKey(
        TopicBlock,
        verbose_name="栏目",
        on_delete=models.CASCADE,
        related_name="entries",
    )
    article = models.ForeignKey(
        Article,
        verbose_name="稿件",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="topic_entries",
    )
    happened_on = models.DateField(
        "日期", null=True, blank=True, help_text="时间线用。"
    )
    figure = models.CharField(
        "数字", max_length=20, blank=True, help_text="数字栏目用，如：2754 人"
    )
    text = models.CharField(
        "文字", max_length=120, blank=True, help_text="没有选稿件时必填。"
    )
    position = models.PositiveSmallIntegerField("顺序", default=0)

    class Meta:
        verbose_name = "专题条目"
        verbose_name_plural = "专题条目"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="topic_entry_says_something",
                condition=Q(article__isnull=False) | ~Q(text=""),
                violation_error_message="选一篇稿件，或写一句文字。",
            ),
        ]

    def __str__(self) -> str:
        return self.text or self.figure or f"稿件 {self.article_id}"
