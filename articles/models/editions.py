"""What the desk decides about the script editions of one story."""

from django.conf import settings
from django.db import models

from articles.models.desk import Article
from editions.catalogue import EDITIONS, HANT, EditionCode, Script
from editions.terms import TermEntry

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

    def entry(self) -> TermEntry:
        forms: dict[EditionCode, str] = {
            "zh-hans": self.form_zh_hans,
            "zh-hant": self.form_zh_hant,
            "zh-tw": self.form_zh_tw,
            "zh-hk": self.form_zh_hk,
        }
        script: Script = HANT if self.article.script == HANT else "zh-Hans"
        filled = {code: form for code, form in forms.items() if form}
        return TermEntry(self.source, script, filled, is_protected=self.is_protected)


class EditionReview(models.Model):
    """Which paragraphs of an edition of this story a person has read and found right.

    `paragraphs` are fingerprints, see articles.edition_reviews: a paragraph that changes
    is unread again, the others stay read. `reviewed_at` is the last such act.
    """

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="edition_reviews"
    )
    edition = models.CharField("文字版", max_length=7, choices=EDITION_CHOICES)
    paragraphs = models.JSONField(default=list)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="校对人",
        null=True,
        on_delete=models.PROTECT,
        related_name="edition_reviews",
    )
    reviewed_at = models.DateTimeField("校对时间")

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
