"""What the desk does about readers' error reports."""

import datetime

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import Act, User
from accounts.rights import can, require
from accounts.roles import Verb
from articles.refusals import Refused
from channels.models import Channel
from fronts.models import ErrorReport

State = ErrorReport.State


def may_handle(user: User, report: ErrorReport) -> bool:
    """Whether the person edits the channel that the report is about; anywhere, if it
    names no story. One query unless the story's channel is loaded."""
    return can(user, Verb.EDIT, _channel_of(report))


def handle(
    report: ErrorReport,
    state: State,
    *,
    by: User,
    answer: str = "",
    now: datetime.datetime | None = None,
) -> None:
    """Close an open report as mended or dismissed, on record; forget stale contacts.

    Raises Denied, and Refused when somebody else has closed it already.
    """
    require(by, Verb.EDIT, _channel_of(report))
    now = now or timezone.now()
    with transaction.atomic():
        stored = ErrorReport.objects.select_for_update().get(pk=report.pk)
        if stored.state != State.OPEN:
            raise Refused(f"这一条已经处理过：{stored.get_state_display()}。")
        _store(report, state, answer, by, now)
        forget_contacts(now)
        _record(report, by, State.OPEN, "")


def reopen(report: ErrorReport, *, by: User) -> None:
    """Put a closed report back among the open ones, on record. Raises Denied, Refused."""
    require(by, Verb.EDIT, _channel_of(report))
    with transaction.atomic():
        stored = ErrorReport.objects.select_for_update().get(pk=report.pk)
        if stored.state == State.OPEN:
            raise Refused("这一条还没有处理。")
        _store(report, State.OPEN, "", None, None)
        _record(report, by, State(stored.state), stored.answer)


def forget_contacts(now: datetime.datetime) -> int:
    """Take the contact out of reports that were closed long ago; how many. One query."""
    return ErrorReport.objects.with_stale_contact(now).update(contact="")


def _store(
    report: ErrorReport,
    state: State,
    answer: str,
    by: User | None,
    at: datetime.datetime | None,
) -> None:
    report.state, report.answer = state, answer
    report.handled_by, report.handled_at = by, at
    report.save(update_fields=["state", "answer", "handled_by", "handled_at"])


def _record(report: ErrorReport, by: User, state: State, answer: str) -> None:
    """The reader's own words stay out of a record that nobody can ever change."""
    audit.record(
        Act.CHANGE,
        by=by,
        subject=report,
        label=f"读者纠错 {report.pk}",
        before={"state": state, "answer": answer},
        after={"state": report.state, "answer": report.answer},
    )


def _channel_of(report: ErrorReport) -> Channel | None:
    return report.article.channel if report.article else None
