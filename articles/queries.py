"""What stands around a story: neighbours and related stories, as readers see them at a moment."""

import datetime

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
    """Stories with a common tag, filled up with the newest of the channel. At most two queries."""
    visible = PublishedArticle.objects.visible(at).exclude(pk=published.pk)
    found = list(
        visible.filter(tags__in=published.tags.all())
        .distinct()
        .order_by("-dated_at", "-pk")[:RELATED]
    )
    if len(found) < RELATED:
        found += list(
            visible.filter(listings__channel=published.channel_id)
            .exclude(pk__in=[story.pk for story in found])
            .order_by("-dated_at", "-pk")[: RELATED - len(found)]
        )
    return found
