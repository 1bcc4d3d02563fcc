"""Words that mean the same to whoever searches."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models

from articles.tags import split_tags
from search.tokens import RUNS, folded

MOST_WORDS = 6  # in a group: each is looked up with each search for one of them


class SynonymGroup(models.Model):
    words = models.CharField(
        "同义词",
        max_length=200,
        help_text="用逗号或顿号隔开，如“医保、医疗保险”。搜其中一个词，也会找到另外几个。",
    )
    # The same folded, between commas: how a search finds the groups of its words.
    folded = models.TextField(editable=False)

    class Meta:
        verbose_name = "同义词"
        verbose_name_plural = "同义词"
        ordering = ["words"]

    def __str__(self) -> str:
        return self.words

    def save(self, *args, **kwargs) -> None:
        self.folded = f",{','.join(self.spellings())},"
        super().save(*args, **kwargs)

    def clean(self) -> None:
        words = self.spellings()
        if len(words) < 2:
            raise ValidationError({"words": "至少写两个不同的词，用逗号或顿号隔开。"})
        if len(words) > MOST_WORDS:
            raise ValidationError(
                {"words": f"一组最多 {MOST_WORDS} 个词，现在有 {len(words)} 个。"}
            )
        empty = [word for word in split_tags(self.words) if not has_words(word)]
        if empty:
            raise ValidationError({"words": f"“{empty[0]}”里没有可以搜的字。"})

    def spellings(self) -> list[str]:
        """The words folded, each once."""
        return [*distinct(map(folded, split_tags(self.words)))]


def has_words(text: str) -> bool:
    return bool(RUNS.search(folded(text)))


def distinct(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))
