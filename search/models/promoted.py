"""What editors put above the results of a search."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q

from articles.models import Article, PublishedArticle
from articles.tags import split_tags
from editions.conversion import to_source
from search.models.synonyms import distinct, has_words
from search.tokens import folded


class PromotedResultQuerySet(models.QuerySet):
    def shown(self, at: datetime.datetime) -> "PromotedResultQuerySet":
        """Those whose time it is. Whether readers may see the story is not asked here."""
        return self.filter(
            Q(shown_until=None) | Q(shown_until__gt=at), shown_from__lte=at
        )

    def for_query(self, words: str) -> "PromotedResultQuerySet":
        """Those for exactly this search, in any script, width or case."""
        return self.filter(
            Q(folded__contains=f",{folded(words)},")
            | Q(folded__contains=f",{folded(to_source(words))},")
        )

    def with_readers(self, at: datetime.datetime) -> "PromotedResultQuerySet":
        """Those whose story readers see."""
        versions = PublishedArticle.objects.visible(at)
        return self.filter(Exists(versions.filter(article=OuterRef("article"))))


class PromotedResult(models.Model):
    """A story that stands first when readers search for one of these words."""

    words = models.CharField(
        "搜索词",
        max_length=200,
        help_text="读者搜的词和这里的一样时显示。几个词用逗号或顿号隔开。",
    )
    folded = models.TextField(editable=False)
    article = models.ForeignKey(
        Article,
        verbose_name="推荐的稿件",
        on_delete=models.CASCADE,
        related_name="promoted_results",
        help_text="只在读者能看到它的时候显示。",
    )
    reason = models.CharField(
        "一句话说明", max_length=60, blank=True, help_text="显示在标题下面，可以不写。"
    )
    position = models.PositiveSmallIntegerField("次序", default=10)
    shown_from = models.DateTimeField("开始")
    shown_until = models.DateTimeField("结束", null=True, blank=True)

    objects = PromotedResultQuerySet.as_manager()

    class Meta:
        verbose_name = "搜索推荐"
        verbose_name_plural = "搜索推荐"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="promoted_result_interval_forward",
                condition=Q(shown_until=None)
                | Q(shown_until__gt=models.F("shown_from")),
                violation_error_message="结束要晚于开始。",
            )
        ]

    def __str__(self) -> str:
        return self.words

    def save(self, *args, **kwargs) -> None:
        words = distinct(folded(to_source(word)) for word in split_tags(self.words))
        self.folded = f",{','.join(words)},"
        super().save(*args, **kwargs)

    def clean(self) -> None:
        words = split_tags(self.words)
        if not words or not all(map(has_words, words)):
            raise ValidationError({"words": "写下要推荐的搜索词。"})
