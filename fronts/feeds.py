"""Atom feeds of the site, of each channel, and of corrections and withdrawals."""

import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, rfc3339_date
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.xmlutils import SimplerXMLGenerator

from articles.corrections import last_change, note_moment, notes_of
from articles.models import PublishedArticle, Withdrawal
from channels.models import Channel
from editions.markers import mark_authored
from fronts.corrections import WITHDRAWN, Record, public_rows, records
from fronts.home import newest_of
from fronts.models import SiteIdentity

FEED_SIZE = 30
TOMBSTONE_DAYS = 30
Tombstone = tuple[str, datetime.datetime]  # what an entry's id was, and when it went


class FeedWithTombstones(Atom1Feed):
    """Atom that tells readers' programs which entries to forget (RFC 6721)."""

    def root_attributes(self) -> dict[str, str]:
        return {
            **super().root_attributes(),
            "xmlns:at": "http://purl.org/atompub/tombstones/1.0",
        }

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        for reference, gone_at in self.feed["tombstones"]:
            attributes = {"ref": reference, "when": rfc3339_date(gone_at)}
            handler.addQuickElement("at:deleted-entry", None, attributes)


class StoryFeed(Feed):
    """What the feeds have in common: how a story becomes an entry."""

    feed_type = FeedWithTombstones
    language = "zh-Hans"

    def author_name(self) -> str:
        return SiteIdentity.current().name

    def item_title(self, item: PublishedArticle) -> str:
        return mark_authored(item.title, item.script)

    def item_description(self, item: PublishedArticle) -> SafeString:
        """The deck, and below it the newest public note: HTML, as a summary is read."""
        summary = format_html("<p>{}</p>", mark_authored(item.deck, item.script))
        for note in notes_of(item)[:1]:
            summary += format_html(
                "<p>{}（{}）：{}</p>",
                note.label,
                note_moment(note.noted_at),
                mark_authored(note.note, note.script),
            )
        return summary

    def item_pubdate(self, item: PublishedArticle) -> datetime.datetime:
        return item.dated_at

    def item_updateddate(self, item: PublishedArticle) -> datetime.datetime:
        return last_change(item) or item.dated_at

    def item_categories(self, item: PublishedArticle) -> list[str]:
        return [item.channel.name]

    def item_link(self, item: PublishedArticle) -> str:
        return f"{settings.SITE_URL}{item.get_absolute_url()}"

    def feed_extra_kwargs(self, obj: Channel | None) -> dict[str, Any]:
        return {"tombstones": tombstones(timezone.now(), obj)}


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


class CorrectionsFeed(Feed):
    """What was corrected and withdrawn, of all channels."""

    feed_type = Atom1Feed
    language = "zh-Hans"
    title = "更正与撤稿"
    description = "文章的更正、补充说明和撤稿记录"

    def author_name(self) -> str:
        return SiteIdentity.current().name

    def link(self) -> str:
        return f"{settings.SITE_URL}{reverse('fronts:corrections')}"

    def feed_url(self) -> str:
        return f"{settings.SITE_URL}{reverse('fronts:corrections_feed')}"

    def items(self) -> list[Record]:
        now = timezone.now()
        return records(public_rows(now)[:FEED_SIZE], now)

    def item_title(self, item: Record) -> str:
        if item.story is None:
            return f"{WITHDRAWN}：{item.channel.name}" if item.channel else WITHDRAWN
        return f"{item.label}：{mark_authored(item.story.title, item.story.script)}"

    def item_description(self, item: Record) -> SafeString:
        return format_html("<p>{}</p>", mark_authored(item.note, item.script))

    def item_link(self, item: Record) -> str:
        if item.story is None:
            return f"{self.link()}#{item.key}"
        return f"{settings.SITE_URL}{item.story.get_absolute_url()}"

    def item_guid(self, item: Record) -> str:
        return f"{self.link()}#{item.key}"

    def item_pubdate(self, item: Record) -> datetime.datetime:
        return item.at

    def item_updateddate(self, item: Record) -> datetime.datetime:
        return item.at


def tombstones(at: datetime.datetime, channel: Channel | None) -> list[Tombstone]:
    """Entries withdrawn in the last 30 days from the site's feed or a channel's. One query.

    A story that readers can see again is not among them.
    """
    gone: QuerySet[Withdrawal] = Withdrawal.objects.filter(
        withdrawn_at__gt=at - datetime.timedelta(days=TOMBSTONE_DAYS),
        withdrawn_at__lte=at,
    ).exclude(article__in=PublishedArticle.objects.visible(at).values("article"))
    if channel:
        gone = gone.filter(article__published__listings__channel=channel)
    latest = dict(
        gone.order_by("withdrawn_at").values_list("article_id", "withdrawn_at")
    )
    return [
        (f"{settings.SITE_URL}{reverse('articles:page', args=[article])}", moment)
        for article, moment in latest.items()
    ]
