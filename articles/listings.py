"""Which channels list a published article: its own, each ancestor, each further channel."""

from collections.abc import Iterable

from django.db import transaction
from django.dispatch import receiver

from articles.models import ChannelListing, PublishedArticle
from channels.models import Channel
from channels.signals import channel_moved


def list_in_channels(
    published: PublishedArticle, further_channels: Iterable[int]
) -> None:
    """Write the listing rows of one published article anew."""
    channels = set(
        published.channel.ancestors(include_self=True).values_list("pk", flat=True)
    ) | set(further_channels)
    published.listings.exclude(channel_id__in=channels).delete()
    ChannelListing.objects.bulk_create(
        [
            ChannelListing(
                channel_id=channel_id,
                published_article=published,
                listed_at=published.dated_at,
            )
            for channel_id in sorted(channels)
        ],
        ignore_conflicts=True,
    )


@receiver(channel_moved, sender=Channel)
def relist_subtree(channel: Channel, **_: object) -> None:
    """After a channel moved, its articles stand in the lists of its new ancestors.

    Runs in the transaction of the move. Cost: a few queries for each article below.
    """
    below = channel.descendants(include_self=True).values_list("pk", flat=True)
    with transaction.atomic():
        for published in PublishedArticle.objects.filter(
            channel_id__in=list(below)
        ).select_related("revision", "channel"):
            list_in_channels(published, published.revision.content["further_channels"])
