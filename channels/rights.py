"""Which channels a person may do something in."""

from accounts.models import User
from accounts.rights import channels_where
from accounts.roles import Verb
from channels.models import Channel, ChannelQuerySet


def channels_for(user: User, verb: Verb) -> ChannelQuerySet:
    """Channels that can hold articles and in which the person may; in tree order."""
    channels = Channel.objects.with_tree_fields().holding_articles()
    where = channels_where(user, verb)
    return channels if where is None else channels.filter(pk__in=where)
