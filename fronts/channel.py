"""What stands around the list of a channel's page."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from articles.models import Editor
from articles.models.published import visible_at
from articles.people import Profile
from channels.models import Channel
from fronts.models import Topic
from fronts.topics import topics_of_channel

EDITORS = 12
EDITORS_OF = datetime.timedelta(days=90)


@dataclass(frozen=True)
class ChannelAside:
    topics: list[Topic]
    editors: list[Profile]


def aside_of(channel: Channel, at: datetime.datetime) -> ChannelAside:
    """Two queries."""
    editors = [
        Profile(editor.name, editor.get_absolute_url())
        for editor in editors_of(channel, at)
    ]
    return ChannelAside(topics_of_channel(channel, at), editors)


def editors_of(channel: Channel, at: datetime.datetime) -> QuerySet[Editor]:
    """Who stands as responsible editor under the channel's stories of the last 90 days
    and still works here; those with the most stories first."""
    story = "published_credits__published_article__"
    listed = {
        f"{story}listings__channel": channel,
        f"{story}listings__listed_at__gte": at - EDITORS_OF,
    }
    return (
        Editor.objects.filter(visible_at(at, story), **listed)
        .filter(Q(left_on=None) | Q(left_on__gt=timezone.localdate(at)))
        .annotate(stories=Count("published_credits"))
        .order_by("-stories", "name", "pk")[:EDITORS]
    )
