"""The addresses of the feeds: each as Atom and as RSS."""

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models import Tag
from articles.structured_data import absolute
from channels.models import Channel
from fronts.corrections import public_rows, records
from fronts.feeds.entries import entry_of_record, entry_of_story
from fronts.feeds.stories import (
    FEED_SIZE,
    newest_of_channel,
    newest_of_site,
    newest_of_tag,
    newest_of_topic,
    tombstones,
)
from fronts.feeds.writing import Dialect, Feed, written
from fronts.models import SiteIdentity, Topic


@require_safe
def site_feed(request: HttpRequest, dialect: Dialect) -> HttpResponse:
    now = timezone.now()
    identity = SiteIdentity.current()
    name = identity.name_in(request.edition)
    feed = Feed(
        title=name,
        description=identity.tagline or "最新文章",
        page=absolute(reverse("fronts:home")),
        publisher=name,
        entries=[entry_of_story(story) for story in newest_of_site(now)],
        tombstones=tombstones(now),
    )
    return written(request, dialect, feed, now)


@require_safe
def channel_feed(request: HttpRequest, slug: str, dialect: Dialect) -> HttpResponse:
    now = timezone.now()
    channel = get_object_or_404(Channel.objects.holding_articles(), slug=slug)
    name = SiteIdentity.current().name_in(request.edition)
    feed = Feed(
        title=f"{channel.name} - {name}",
        description=channel.intro or channel.name,
        page=absolute(channel.get_absolute_url()),
        publisher=name,
        entries=[entry_of_story(story) for story in newest_of_channel(channel, now)],
        tombstones=tombstones(now, Q(article__published__listings__channel=channel)),
    )
    return written(request, dialect, feed, now)


@require_safe
def tag_feed(request: HttpRequest, slug: str, dialect: Dialect) -> HttpResponse:
    """404 without visible stories, as the tag's page: a draft's tags are nobody's business."""
    now = timezone.now()
    tag = get_object_or_404(Tag.objects.select_related("merged_into"), slug=slug)
    if tag.merged_into:
        route = request.resolver_match.view_name
        return redirect(route, slug=tag.merged_into.slug, permanent=True)
    entries = [entry_of_story(story) for story in newest_of_tag(tag, now)]
    if not entries:
        raise Http404
    name = SiteIdentity.current().name_in(request.edition)
    feed = Feed(
        title=f"#{tag.name} - {name}",
        description=tag.definition or f"#{tag.name}",
        page=absolute(tag.get_absolute_url()),
        publisher=name,
        entries=entries,
        tombstones=tombstones(now, Q(article__published__tags=tag)),
    )
    return written(request, dialect, feed, now)


@require_safe
def topic_feed(request: HttpRequest, topic_slug: str, dialect: Dialect) -> HttpResponse:
    now = timezone.now()
    topic = get_object_or_404(Topic.objects.visible(now), slug=topic_slug)
    name = SiteIdentity.current().name_in(request.edition)
    within = Q(article__topic_entries__block__topic=topic)
    feed = Feed(
        title=f"{topic.title} - {name}",
        description=topic.intro or topic.title,
        page=absolute(topic.get_absolute_url()),
        publisher=name,
        entries=[entry_of_story(story) for story in newest_of_topic(topic, now)],
        tombstones=tombstones(now, within),
    )
    return written(request, dialect, feed, now)


@require_safe
def corrections_feed(request: HttpRequest, dialect: Dialect) -> HttpResponse:
    """What was corrected and withdrawn, of all channels."""
    now = timezone.now()
    page = absolute(reverse("fronts:corrections"))
    name = SiteIdentity.current().name_in(request.edition)
    rows = records(public_rows(now)[:FEED_SIZE], now)
    feed = Feed(
        title=f"更正与撤稿 - {name}",
        description="文章的更正、补充说明和撤稿记录",
        page=page,
        publisher=name,
        entries=[entry_of_record(record, page) for record in rows],
    )
    return written(request, dialect, feed, now)
