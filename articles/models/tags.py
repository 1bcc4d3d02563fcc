"""Tags, the same subject once: 鄉村 and 乡村 are one tag, whichever came first."""

import hashlib
from collections.abc import Iterable

from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from taggit.managers import _TaggableManager
from taggit.models import ItemBase, TagBase

from editions.folding import fold


class TagQuerySet(models.QuerySet):
    def same_as(self, name: str) -> "TagQuerySet":
        """Tags that a reader would take for `name`, in any script, width or case."""
        return self.filter(folded=fold(name.strip()))

    def unmerged(self) -> "TagQuerySet":
        """Tags that stories can be given: the others only lead to one of these."""
        return self.filter(merged_into=None)

    def standing_for(self, keys: Iterable[int]) -> "TagQuerySet":
        """The tags that these keys mean today: a merged one means the one it went into.

        Frozen text names tags by key and never changes.
        """
        named = Tag.objects.filter(pk__in=keys)
        return self.filter(pk__in=named.values(today=Coalesce("merged_into_id", "pk")))


class Tag(TagBase):
    folded = models.CharField("归一形式", max_length=100, unique=True, editable=False)
    definition = models.CharField(
        "一句话说明", max_length=60, blank=True, help_text="显示在标签页的标题下面。"
    )
    merged_into = models.ForeignKey(
        "self",
        verbose_name="已并入",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="merged",
        help_text="这个标签的网址会转到那个标签。",
    )

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = "标签"
        verbose_name_plural = "标签"
        ordering = ["name"]

    def save(self, *args, **kwargs) -> None:
        self.folded = fold(self.name.strip())
        super().save(*args, **kwargs)

    def slugify(self, tag: str, i: int | None = None) -> str:
        """Never empty: a page that lists the tag could not link to it."""
        return (
            super().slugify(tag, i)
            or f"tag-{hashlib.sha256(tag.encode()).hexdigest()[:8]}"
        )

    def get_absolute_url(self) -> str:
        return reverse("articles:tag", args=[self.slug])


class TaggedArticle(ItemBase):
    tag = models.ForeignKey(
        Tag, on_delete=models.CASCADE, related_name="tagged_articles"
    )
    content_object = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="tagged_articles"
    )

    class Meta:
        verbose_name = "稿件标签"
        verbose_name_plural = "稿件标签"
        constraints = [
            models.UniqueConstraint(
                fields=["tag", "content_object"], name="article_tag_once"
            )
        ]


class FoldingTagManager(_TaggableManager):
    """Gives an existing tag back for any spelling of it, so that no twin is made, and for
    a merged tag the one it went into."""

    def _to_tag_model_instances(self, tags: Iterable, tag_kwargs: dict) -> list[Tag]:
        result = []
        for tag in tags:
            if isinstance(tag, str):
                name = tag.strip()
                found, _ = Tag.objects.get_or_create(
                    folded=fold(name), defaults={"name": name, **tag_kwargs}
                )
            else:
                found = tag
            found = found.merged_into or found
            if found not in result:
                result.append(found)
        return result
