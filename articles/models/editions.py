"""What the desk decides about the script editions of one story."""

from collections.abc import Iterable

from django.conf import settings
from django.db import models

from articles.models.desk import Article
from articles.models.published import PublishedArticle
from editions.catalogue import EDITIONS, EditionCode
from editions.story_terms import StoredTerm

EDITION_CHOICES = [(edition.code, edition.label) for edition in EDITIONS]


class EditionTerm(models.Model):
    """How one word of this story is written in the editions: part of the desk copy.

    Blank forms fall back as those of the glossary do (editions.terms).
    """

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="edition_terms"
    )
    source = models.CharField("原文", max_length=64)
    is_protected = models.BooleanField("各版照原文", default=False)
    form_zh_hant = models.CharField("繁体版", max_length=64, blank=True)
    form_zh_tw = models.CharField("台湾版", max_length=64, blank=True)
    form_zh_hk = models.CharField("香港版", max_length=64, blank=True)
    form_zh_hans = models.CharField("简体版", max_length=64, blank=True)

    class Meta:
        verbose_name = "本文用字"
        verbose_name_plural = "本文用字"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "source"], name="edition_term_once"
            )
        ]

    def __str__(self) -> str:
        return self.source

    def stored(self) -> StoredTerm:
        """As published versions keep it."""
        forms: dict[EditionCode, str] = {
            "zh-hans": self.form_zh_hans,
            "zh-hant": self.form_zh_hant,
            "zh-tw": self.form_zh_tw,
            "zh-hk": self.form_zh_hk,
        }
        filled = {code: form for code, form in forms.items() if form}
        data: StoredTerm = {"source": self.source, "forms": filled}
        return data | {"is_protected": True} if self.is_protected else data


def covers(read: Iterable[str], paragraphs: Iterable[str]) -> bool:
    """Whether these fingerprints are all of a version's. A version that was laid out
    before there were any is never covered."""
    wanted = set(paragraphs)
    return bool(wanted) and wanted.issubset(read)


class EditionReviewQuerySet(models.QuerySet):
    def cover(self, published: PublishedArticle, edition_code: str) -> bool:
        """Whether a person has read all that readers of this edition get. At most one
        query."""
        if not published.paragraphs:
            return False
        reviews = self.filter(article_id=published.article_id, edition=edition_code)
        read = reviews.values_list("paragraphs", flat=True).first()
        return covers(read or (), published.paragraphs)


class EditionReview(models.Model):
    """Which paragraphs of an edition of this story a person has read and found right.

    `paragraphs` are fingerprints, see articles.edition_reviews: a paragraph that changes
    is unread again, the others stay read. `read_as` says of each where it stood and how
    it read in the edition then: {fingerprint: [where, text]}. `accepted` are keys of
    single places, see articles.variants. `reviewed_at` is the last such act.
    """

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="edition_reviews"
    )
    edition = models.CharField("文字版", max_length=7, choices=EDITION_CHOICES)
    paragraphs = models.JSONField(default=list)
    read_as = models.JSONField(default=dict)
    accepted = models.JSONField(default=list)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="校对人",
        null=True,
        on_delete=models.PROTECT,
        related_name="edition_reviews",
    )
    reviewed_at = models.DateTimeField("校对时间")

    objects = EditionReviewQuerySet.as_manager()

    class Meta:
        verbose_name = "文字版校对"
        verbose_name_plural = "文字版校对"
        constraints = [
            models.UniqueConstraint(
                fields=["article", "edition"], name="edition_review_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.edition}"
