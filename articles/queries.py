"""What stands around a story: neighbours and related stories, as readers see them at a moment."""

import datetime

from django.db.models import QuerySet

from articles.models import ChannelListing, PublishedArticle

RELATED = 5


def neighbours(
    published: PublishedArticle, at: datetime.datetime
) -> tuple[PublishedArticle | None, PublishedArticle | None]:
    """The older and the newer story of the same channel. Two queries."""
    rows = (
        ChannelListing.objects.filter(channel=published.channel_id)
        .visible(at)
        .exclude(published_article=published)
        .for_cards()
    )
    mark = published.dated_at
    older = rows.filter(listed_at__lt=mark) | rows.filter(
        listed_at=mark, published_article_id__lt=published.pk
    )
    newer = rows.filter(listed_at__gt=mark) | rows.filter(
        listed_at=mark, published_article_id__gt=published.pk
    )
    first_older = older.order_by("-listed_at", "-published_article_id").first()
    first_newer = newer.order_by("listed_at", "published_article_id").first()
    return (
        first_older.published_article if first_older else None,
        first_newer.published_article if first_newer else None,
    )


def related(
    published: PublishedArticle, at: datetime.datetime
) -> list[PublishedArticle]:
    """The stories that the desk chose, then those with a common tag, then the newest of
    the channel: as many as fit. At most two queries, and a third if the desk chose."""
    others = PublishedArticle.objects.visible(at).exclude(pk=published.pk)
    found = _chosen(others, published.related_articles)
    for more in (
        others.filter(tags__in=published.tags.all()).distinct(),
        others.filter(listings__channel=published.channel_id),
    ):
        if len(found) < RELATED:
            known = [story.pk for story in found]
            newest = more.exclude(pk__in=known).order_by("-dated_at", "-pk")
            found += newest[: RELATED - len(found)]
    return found


def shown_under(article_id: int, at: datetime.datetime) -> list[int]:
    """Keys of the published stories whose editors chose this one as related. One query.

    Reads the chosen keys of all of them: for rare questions, not for pages.
    """
    choices = PublishedArticle.objects.visible(at).exclude(related_articles=[])
    return [
        pk
        for pk, chosen in choices.values_list("pk", "related_articles")
        if article_id in chosen
    ]


def _chosen(
    others: QuerySet[PublishedArticle], keys: list[int]
) -> list[PublishedArticle]:
    """In the order of the desk, those that readers see now."""
    if not keys:
        return []
    rows = {story.article_id: story for story in others.filter(article__in=keys)}
    return [rows[key] for key in keys if key in rows][:RELATED]
