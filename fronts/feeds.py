"""RSS of the site and of each channel."""

import datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from articles.models import PublishedArticle
from channels.models import Channel
from editions.markers import mark_authored
from fronts.home import newest_of
from fronts.models import SiteIdentity

FEED_SIZE = 30


class StoryFeed(Feed):
    """What the feeds have in common: how a story becomes an entry."""

    language = "zh-Hans"

    def item_title(self, item: PublishedArticle) -> str:
        return mark_authored(item.title, item.script)

    def item_description(self, item: PublishedArticle) -> str:
        return mark_authored(item.deck, item.script)

    def item_pubdate(self, item: PublishedArticle) -> datetime.datetime:
        return item.dated_at

    def item_updateddate(self, item: PublishedArticle) -> datetime.datetime:
        return item.text_updated_at or item.dated_at

    def item_categories(self, item: PublishedArticle) -> list[str]:
        return [item.channel.name]

    def item_link(self, item: PublishedArticle) -> str:
        return f"{settings.SITE_URL}{item.get_absolute_url()}"


class SiteFeed(StoryFeed):
    def title(self) -> str:
        return SiteIdentity.current().name

    def description(self) -> str:
        return SiteIdentity.current().tagline or "最新稿件"

    def link(self) -> str:
        return f"{settings.SITE_URL}{reverse('fronts:home')}"

    def feed_url(self) -> str:
        return f"{settings.SITE_URL}{reverse('fronts:feed')}"

    def items(self) -> list[PublishedArticle]:
        return list(
            PublishedArticle.objects.visible(timezone.now())
            .for_cards()
            .order_by("-dated_at", "-pk")[:FEED_SIZE]
        )


class ChannelFeed(StoryFeed):
    def get_object(self, request: HttpRequest, slug: str) -> Channel:
        return get_object_or_404(Channel.objects.holding_articles(), slug=slug)

    def title(self, channel: Channel) -> str:
        return channel.name

    def description(self, channel: Channel) -> str:
        return channel.intro or channel.name

    def link(self, channel: Channel) -> str:
        return f"{settings.SITE_URL}{channel.get_absolute_url()}"

    def feed_url(self, channel: Channel) -> str:
        return (
            f"{settings.SITE_URL}{reverse('fronts:channel_feed', args=[channel.slug])}"
        )

    def items(self, channel: Channel) -> list[PublishedArticle]:
        return newest_of(channel, timezone.now(), FEED_SIZE)
