"""Where a story stands: moving it to another channel, giving it a tag."""

from django.db import transaction

from accounts.models import User
from accounts.rights import require
from accounts.roles import Verb
from articles.models import Article
from articles.refusals import Refused
from articles.snapshots import content_of
from articles.writing import lock, record_save
from channels.models import Channel


def move_to_channel(article: Article, channel: Channel, *, by: User) -> None:
    """Make this the story's channel. The live version stays where it is until replaced."""
    with transaction.atomic():
        stored = lock(article.pk)
        require(by, Verb.EDIT, stored)
        require(by, Verb.WRITE, channel)
        if channel.kind == Channel.Kind.LINK:
            raise Refused("“外部链接”频道不能放稿件，请换一个频道。")
        if stored.channel_id == channel.pk:
            raise Refused(f"本来就在“{channel}”。")
        before = content_of(stored)
        stored.channel = channel
        stored.save(update_fields=["channel"])
        stored.further_channels.remove(channel)
        record_save(stored, by=by, before=before)


def add_tags(article: Article, names: list[str], *, by: User, most: int) -> None:
    """Give the story these tags besides its own; `most` is how many it may have."""
    with transaction.atomic():
        stored = lock(article.pk)
        require(by, Verb.EDIT, stored)
        before = content_of(stored)
        stored.tags.add(*names)
        count = stored.tags.count()
        if count > most:
            raise Refused(f"标签最多 {most} 个，加上以后有 {count} 个。")
        if not record_save(stored, by=by, before=before):
            raise Refused("这些标签本来就有。")
