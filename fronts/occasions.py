"""What stands on every page at a moment, whatever the page is about."""

import datetime
from dataclasses import dataclass

from django.db.models import DateTimeField, Value
from django.utils import timezone

from fronts.models import EmergencyNotice, Mourning


@dataclass(frozen=True)
class Occasions:
    """`notices`: the newest first."""

    notices: list[EmergencyNotice]
    is_mourning: bool


def occasions(at: datetime.datetime) -> Occasions:
    """Notices that are shown at `at`, and whether its local day is one of mourning.

    One query for both: every public page asks.
    """
    notices = (
        EmergencyNotice.objects.visible(at)
        .order_by()
        .values_list(Value("notice"), "pk", "text", "url", "shown_from")
    )
    mourning = (
        Mourning.objects.on(timezone.localdate(at))
        .order_by()
        .values_list(
            Value("mourning"),
            "pk",
            "occasion",
            Value(""),
            Value(at, output_field=DateTimeField()),
        )
    )
    rows = list(notices.union(mourning, all=True))
    shown = [
        EmergencyNotice(pk=pk, text=text, url=url, shown_from=shown_from)
        for kind, pk, text, url, shown_from in rows
        if kind == "notice"
    ]
    return Occasions(
        sorted(shown, key=lambda notice: (notice.shown_from, notice.pk), reverse=True),
        any(kind == "mourning" for kind, *_ in rows),
    )
