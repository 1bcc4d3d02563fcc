"""What follows from a change of the channel tree."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from channels.models import Channel
from pictures.models import Collection


@receiver(post_save, sender=Channel)
def give_collection(instance: Channel, *, created: bool, **_: Any) -> None:
    """A desk finds a collection for its pictures, called as its channel is."""
    if created and instance.parent_id is None and instance.kind != Channel.Kind.LINK:
        Collection.objects.get_or_create(name=instance.name)
