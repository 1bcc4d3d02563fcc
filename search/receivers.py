"""The indexes follow the stories: inside the transaction that publishes, ends or saves."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from django.utils import timezone

from articles.models import Article, Author, Editor, PublishedArticle, Source, Tag
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
from search.tokens import AUTHOR, EDITOR, TAG, folded, name_token

AT_ONCE = 200  # stories that are indexed while somebody waits


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
    """A tag has another name, or stories of a tag that was merged into it: they are
    found by its name."""
    if not created:
        tag = instance.merged_into or instance
        is_known = {"search_entry__names__contains": f" {name_token(TAG, tag.name)} "}
        _index_anew(
            PublishedArticle.objects.filter(tags=tag).exclude(**is_known),
            Article.objects.filter(tags=tag).exclude(**is_known),
        )


@receiver(pre_delete, sender=Tag)
def note_stories(instance: Tag, **_: Any) -> None:
    instance.found_by_it = (  # type: ignore[attr-defined]
        list(instance.published.values_list("pk", flat=True)),
        list(instance.tagged_articles.values_list("content_object", flat=True)),
    )


@receiver(post_delete, sender=Tag)
def forget_name(instance: Tag, **_: Any) -> None:
    """Stories are no longer found by a tag that is gone."""
    stories, articles = instance.found_by_it  # type: ignore[attr-defined]
    _index_anew(
        PublishedArticle.objects.filter(pk__in=stories),
        Article.objects.filter(pk__in=articles),
    )


@receiver(post_save, sender=Author)
@receiver(post_save, sender=Editor)
@receiver(post_save, sender=Source)
def index_renamed(instance: Model, created: bool, **_: Any) -> None:  # noqa: FBT001
    """Desk copies have the names of today; what readers have keeps those it was signed
    with."""
    if not created:
        name = str(instance.name)  # type: ignore[attr-defined]
        kind = {Author: AUTHOR, Editor: EDITOR}.get(type(instance))
        is_known = (
            Q(search_entry__names__contains=f" {name_token(kind, name)} ")
            if kind
            else Q(search_entry__text__contains=folded(name))
        )
        articles = instance.articles.exclude(is_known)  # type: ignore[attr-defined]
        _index_anew(PublishedArticle.objects.none(), articles)


def _index_anew(stories: QuerySet, articles: QuerySet) -> None:
    """Now, as many as a page of the admin can wait for; the others with the next
    rebuild_search_index. The newest come first."""
    seen = stories.filter(search_entry__isnull=False).order_by("-pk")
    keys = list(seen.values_list("pk", flat=True))
    on_desk = list(
        articles.filter(search_entry__isnull=False)
        .order_by("-pk")
        .values_list("pk", flat=True)
    )
    with transaction.atomic():
        indexing.refresh_stories(keys[:AT_ONCE])
        StoryEntry.objects.filter(published_article__in=keys[AT_ONCE:]).update(
            tokens_version=0
        )
        indexing.refresh_desk_copies(on_desk[:AT_ONCE])
        DeskEntry.objects.filter(article__in=on_desk[AT_ONCE:]).update(tokens_version=0)


@receiver(desk_searched)
def find_on_desk(queryset: ArticleQuerySet, words: str, **_: Any) -> ArticleQuerySet:
    return finding.on_desk(asking.read(words), queryset)
