"""The people of a gallery channel, and the filters that their honours offer."""

import datetime
from dataclasses import dataclass

from articles.models import ChannelListing
from articles.models.published import ChannelListingQuerySet
from channels.models import Channel


@dataclass(frozen=True)
class Filters:
    """What readers may choose among: only what some visible honour has."""

    categories: list[str]
    years: list[int]

    @property
    def is_offered(self) -> bool:
        return len(self.categories) > 1 or len(self.years) > 1


def people_of(channel: Channel, at: datetime.datetime) -> ChannelListingQuerySet:
    """Whom readers find in the gallery at `at`, newest first."""
    return ChannelListing.objects.filter(channel=channel).visible(at).for_cards()


def filters_of(channel: Channel, at: datetime.datetime) -> Filters:
    """Categories by name, years from the latest. One query."""
    pairs = (
        ChannelListing.objects.filter(channel=channel)
        .visible(at)
        .exclude(published_article__honour_year=None)
        .order_by()
        .values_list(
            "published_article__honour_category", "published_article__honour_year"
        )
        .distinct()
    )
    found = list(pairs)
    return Filters(
        categories=sorted({category for category, _ in found if category}),
        years=sorted({year for _, year in found}, reverse=True),
    )


def chosen_among(
    people: ChannelListingQuerySet, category: str | None, year: int | None
) -> ChannelListingQuerySet:
    if category:
        people = people.filter(published_article__honour_category=category)
    if year:
        people = people.filter(published_article__honour_year=year)
    return people
