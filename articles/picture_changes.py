"""Stories that show a picture in their text follow it: when its file is replaced, or when
it is said to be made by a machine."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone

from articles.intervals import show_anew
from articles.models import PublishedArticle
from pictures.models import Picture


@receiver(post_save, sender=Picture)
def follow(instance: Picture, *, created: bool, **_: Any) -> None:
    """Lay out again the texts that show the picture, now or later. Their words stay."""
    if created:
        return
    shown = PublishedArticle.objects.filter(
        Q(visible_until=None) | Q(visible_until__gt=timezone.now()),
        materials__picture=instance,
    )
    with transaction.atomic():
        for published in shown.select_related("revision"):
            show_anew(published)
