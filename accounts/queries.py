"""The record of acts by channel."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast

from accounts.models import AuditEntry, Grant


def entries_in(channels: Iterable[int]) -> Q:
    """Entries about these channels and about whatever stands in one of them now.

    What stands in a channel is asked of the relations to it, so that apps above need
    not be known here. One subquery for each such table.
    """
    keys = list(channels)
    channel = Grant._meta.get_field("channel").related_model
    found = Q(
        subject_type=channel._meta.label_lower,
        subject_id__in=[str(key) for key in keys],
    )
    for relation in channel._meta.related_objects:
        if relation.field.name != "channel" or relation.related_model is Grant:
            continue
        rows = relation.related_model.objects.filter(channel__in=keys)
        named = rows.annotate(named=Cast("pk", models.CharField())).values("named")
        found |= Q(
            subject_type=relation.related_model._meta.label_lower, subject_id__in=named
        )
    return found


def channel_and_below(key: int) -> list[int]:
    """Primary keys of the channel and of all channels below it."""
    channel = Grant._meta.get_field("channel").related_model
    below = channel.objects.descendants(key, include_self=True)
    return list(below.values_list("pk", flat=True))


def about(entry: AuditEntry) -> dict[str, str]:
    """The look-up of all entries about the same subject, for an address."""
    return {
        "subject_type__exact": entry.subject_type,
        "subject_id__exact": entry.subject_id,
    }
