"""The indexes follow the stories: inside the transaction that publishes, ends or saves."""

import datetime
from typing import Any

from django.db.models.signals import post_save, pre_delete
from django.dispatch import receiver
from django.utils import timezone

from articles.models import Article, PublishedArticle, Tag
from articles.models.desk import ArticleQuerySet
from articles.signals import (
    desk_copy_saved,
    desk_searched,
    interval_ended,
    version_laid_out,
)
from search import asking, finding, indexing
from search.models import DeskEntry, StoryEntry
from search.models.entries import Entry
from search.tokens import TAG, name_token

RETAGGED_AT_ONCE = 200  # stories; further ones wait for rebuild_search_index


@receiver(version_laid_out)
def index_version(published: PublishedArticle, **_: Any) -> None:
    indexing.index_story(published)


@receiver(interval_ended)
def forget_version(
    published: PublishedArticle, at: datetime.datetime | None, **_: Any
) -> None:
    """What readers will not see again is not searched either; what ends later stays."""
    if at is not None and at <= timezone.now():
        StoryEntry.objects.filter(published_article=published).delete()


@receiver(desk_copy_saved)
def index_desk_copy(article: Article, **_: Any) -> None:
    indexing.index_desk_copy(article)


@receiver(pre_delete, sender=StoryEntry)
@receiver(pre_delete, sender=DeskEntry)
def forget_row(instance: Entry, **_: Any) -> None:
    """A story that is deleted takes its row along, and the row its tokens."""
    indexing.forget_tokens(instance)


@receiver(post_save, sender=Tag)
def index_new_name(instance: Tag, created: bool, **_: Any) -> None:  # noqa: FBT001
    """A tag may have another name: its stories are found by it."""
    if created:
        return
    now = timezone.now()
    stories = (
        PublishedArticle.objects.filter(tags=instance, search_entry__isnull=False)
        .exclude(search_entry__names__contains=f" {name_token(TAG, instance.name)} ")
        .exclude(visible_until__lte=now)
        .order_by("-pk")
    )
    keys = list(stories.values_list("pk", flat=True))
    for story in PublishedArticle.objects.filter(pk__in=keys[:RETAGGED_AT_ONCE]):
        indexing.index_story(story)
    StoryEntry.objects.filter(published_article__in=keys[RETAGGED_AT_ONCE:]).update(
        tokens_version=0
    )


@receiver(desk_searched)
def find_on_desk(queryset: ArticleQuerySet, words: str, **_: Any) -> ArticleQuerySet:
    return finding.on_desk(asking.read(words), queryset)
