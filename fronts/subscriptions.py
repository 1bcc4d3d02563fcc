"""Everything that readers' programs can subscribe to, for the page of feeds and for OPML."""

import datetime
from dataclasses import dataclass

from django.urls import reverse

from channels.models import Channel
from fronts.topics import running_topics


@dataclass(frozen=True)
class Subscription:
    """One feed: the path of its page, and of both its forms. `depth` counts the channels
    above it."""

    name: str
    page: str
    atom: str
    rss: str
    depth: int = 0


@dataclass(frozen=True)
class Group:
    name: str
    subscriptions: list[Subscription]


def groups_of_feeds(at: datetime.datetime) -> list[Group]:
    """The site, its channels in their order, running topics. Two queries."""
    site = [
        _subscription("全部文章", reverse("fronts:home"), "feed"),
        _subscription("更正与撤稿", reverse("fronts:corrections"), "corrections_feed"),
    ]
    channels = [
        _subscription(
            channel.name,
            channel.get_absolute_url(),
            "channel_feed",
            channel.slug,
            depth=channel.tree_depth,
        )
        for channel in Channel.objects.holding_articles().with_tree_fields()
    ]
    topics = [
        _subscription(topic.title, topic.get_absolute_url(), "topic_feed", topic.slug)
        for topic in running_topics(at)
    ]
    groups = [Group("全站", site), Group("频道", channels), Group("专题", topics)]
    return [group for group in groups if group.subscriptions]


def _subscription(
    name: str, page: str, route: str, *args: str, depth: int = 0
) -> Subscription:
    atom = reverse(f"fronts:{route}", args=args)
    return Subscription(
        name, page, atom, reverse(f"fronts:{route}_rss", args=args), depth
    )
