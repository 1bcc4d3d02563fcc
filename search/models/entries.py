"""What can be searched: a row with the folded text of a story, and its tokens in an index.

An index is a table of its own, made by migrations for each database: a contentless FTS5
table on SQLite, a `tsvector` column under GIN on PostgreSQL. Both have the key of the
entry as `rowid`, and one column of tokens that is named like the table.
"""

from django.db import models

from articles.models import Article, PublishedArticle
from search.needles import TokensField


class Entry(models.Model):
    """Folded texts, for the exact check after the index."""

    headline = models.TextField()
    text = models.TextField()
    # Tokens of whole names, between blanks.
    names = models.TextField()
    tokens_version = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True
        default_permissions = ()  # nobody works on these rows


class StoryEntry(Entry):
    """A published version. Keys ascend with its time: the newest is found first without
    sorting. See search.indexing.key_for."""

    key = models.BigIntegerField(primary_key=True)
    published_article = models.OneToOneField(
        PublishedArticle, on_delete=models.CASCADE, related_name="search_entry"
    )

    class Meta(Entry.Meta):
        verbose_name = "已发布稿件的搜索条目"
        verbose_name_plural = "已发布稿件的搜索条目"

    def __str__(self) -> str:
        return f"{self.key}: {self.headline[:20]}"


class DeskEntry(Entry):
    """A desk copy, for those who work on it."""

    article = models.OneToOneField(
        Article,
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="search_entry",
    )

    class Meta(Entry.Meta):
        verbose_name = "稿件的搜索条目"
        verbose_name_plural = "稿件的搜索条目"

    def __str__(self) -> str:
        return f"{self.article_id}: {self.headline[:20]}"


class StoryIndex(models.Model):
    entry = models.OneToOneField(
        StoryEntry,
        primary_key=True,
        db_column="rowid",
        db_constraint=False,
        on_delete=models.DO_NOTHING,
        related_name="index",
    )
    tokens = TokensField(db_column="search_storyindex")

    class Meta:
        managed = False
        default_permissions = ()
        db_table = "search_storyindex"

    def __str__(self) -> str:
        return str(self.entry_id)


class DeskIndex(models.Model):
    entry = models.OneToOneField(
        DeskEntry,
        primary_key=True,
        db_column="rowid",
        db_constraint=False,
        on_delete=models.DO_NOTHING,
        related_name="index",
    )
    tokens = TokensField(db_column="search_deskindex")

    class Meta:
        managed = False
        default_permissions = ()
        db_table = "search_deskindex"

    def __str__(self) -> str:
        return str(self.entry_id)
