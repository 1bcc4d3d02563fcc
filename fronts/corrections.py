"""The public record of corrections and withdrawals, newest first."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.core.paginator import Paginator
from django.db.models import QuerySet, Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.corrections import script_to_mark
from articles.models import Correction, PublishedArticle, Withdrawal
from articles.paging import PAGE_SIZE, page_numbers, requested_page
from channels.models import Channel
from editions.catalogue import Script

WITHDRAWN = "撤稿"


@dataclass(frozen=True)
class Record:
    """One public act. A withdrawn story is not named: `story` is None."""

    key: str
    label: str
    at: datetime.datetime
    note: str
    channel: Channel | None
    story: PublishedArticle | None

    @property
    def script(self) -> Script:
        return script_to_mark(self.note)


def public_rows(at: datetime.datetime) -> QuerySet:
    """(moment, primary key, "correction" | "withdrawal") of all that is public at `at`.

    Corrections count for stories that readers can see then; withdrawals always do.
    """
    visible = PublishedArticle.objects.visible(at).order_by().values("article")
    corrections = (
        Correction.objects.filter(article__in=visible)
        .order_by()
        .values_list("noted_at", "pk", Value("correction"))
    )
    withdrawals = Withdrawal.objects.order_by().values_list(
        "withdrawn_at", "pk", Value("withdrawal")
    )
    return corrections.union(withdrawals, all=True).order_by("-noted_at", "-id")


def records(rows: Iterable[Sequence], at: datetime.datetime) -> list[Record]:
    """What readers are told of these rows, in their order. At most four queries."""
    rows = list(rows)
    noted = {
        f"correction-{record.pk}": record
        for record in Correction.objects.filter(pk__in=_keys(rows, "correction"))
    }
    taken = {
        f"withdrawal-{record.pk}": record
        for record in Withdrawal.objects.filter(pk__in=_keys(rows, "withdrawal"))
    }
    stories = {
        story.article_id: story
        for story in PublishedArticle.objects.visible(at)
        .filter(article__in={record.article_id for record in noted.values()})
        .select_related("channel")
        .defer("body_html")
    }
    channels = _channels_of(taken.values())
    found = []
    for _, pk, table in rows:
        key = f"{table}-{pk}"
        if key in noted and noted[key].article_id in stories:
            found.append(_corrected(key, noted[key], stories[noted[key].article_id]))
        elif key in taken:
            found.append(_withdrawn(key, taken[key], channels.get(taken[key].pk)))
    return found


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    page = requested_page(request, Paginator(public_rows(now), PAGE_SIZE))
    days = groupby(
        records(page, now), key=lambda record: timezone.localtime(record.at).date()
    )
    return render(
        request,
        "fronts/corrections.html",
        {
            "days": [(date, list(members)) for date, members in days],
            "page": page,
            "page_numbers": page_numbers(page),
        },
    )


def _corrected(key: str, correction: Correction, story: PublishedArticle) -> Record:
    label = correction.get_kind_display()
    return Record(
        key, label, correction.noted_at, correction.note, story.channel, story
    )


def _withdrawn(key: str, withdrawal: Withdrawal, channel: Channel | None) -> Record:
    return Record(
        key, WITHDRAWN, withdrawal.withdrawn_at, withdrawal.public_note, channel, None
    )


def _channels_of(withdrawals: Iterable[Withdrawal]) -> dict[int, Channel]:
    """Where each of the stories stood when it was withdrawn. One query."""
    moments = {
        (withdrawal.article_id, withdrawal.withdrawn_at): withdrawal.pk
        for withdrawal in withdrawals
    }
    if not moments:
        return {}
    versions = (
        PublishedArticle.objects.filter(
            article__in={article for article, _ in moments},
            visible_until__in={moment for _, moment in moments},
        )
        .select_related("channel")
        .defer("body_html")
    )
    return {
        moments[version.article_id, version.visible_until]: version.channel
        for version in versions
        if (version.article_id, version.visible_until) in moments
    }


def _keys(rows: Iterable[Sequence], table: str) -> list[int]:
    return [pk for _, pk, kind in rows if kind == table]
