"""The publishing verbs: the only code that changes what readers see.

Each verb checks the right of the person, locks the article, checks the rules, and
writes the new interval in one transaction. A refusal raises PublishingRefused with
sentences for the editor and changes nothing. `by=None` is the operator at the console.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import Act, User
from accounts.rights import require
from accounts.roles import Verb
from articles.closing import close_pictures_of
from articles.intervals import (
    PublishingRefused,
    Span,
    announce,
    cancel_planned,
    corrections_of,
    end,
    lay_out_version,
    live_version,
    open_interval,
    planned_version,
)
from articles.models import (
    Announcement,
    Article,
    Correction,
    Notice,
    PublishedArticle,
    Withdrawal,
)
from articles.notices import notify
from articles.reviews import missing_for_release, unsigned


@dataclass(frozen=True)
class PublicNote:
    """What readers are told of a change, as it will stand under the story."""

    kind: Correction.Kind
    note: str


def publish(
    article: Article,
    *,
    by: User | None,
    until: datetime.datetime | None = None,
    now: datetime.datetime | None = None,
) -> PublishedArticle:
    """Show the desk copy to readers at once; a planned first version is brought forward."""
    with _locked(article, by, Verb.PUBLISH, now) as (article, now):
        if live_version(article, now):
            raise PublishingRefused("这篇稿件已经发布。要换成新内容，请用“替换”。")
        _refuse_unready(article, by, now)
        _refuse_end(until, after=now)
        cancel_planned(article, now)
        published = open_interval(article, Span(now, until), by=by, now=now)
        audit.record(
            Act.PUBLISH, by=by, subject=article, after=_said(published), now=now
        )
        return published


def schedule(
    article: Article,
    at: datetime.datetime,
    *,
    by: User | None,
    until: datetime.datetime | None = None,
    now: datetime.datetime | None = None,
) -> PublishedArticle:
    """Let the desk copy go live at `at`; an earlier plan for the article is given up."""
    with _locked(article, by, Verb.PUBLISH, now) as (article, now):
        if live_version(article, now):
            raise PublishingRefused("这篇稿件已经发布。要定时换成新内容，请用“替换”。")
        _refuse_past(at, now)
        _refuse_unready(article, by, now)
        _refuse_end(until, after=at)
        cancel_planned(article, now)
        published = open_interval(article, Span(at, until), by=by, now=now)
        audit.record(
            Act.SCHEDULE, by=by, subject=article, after=_said(published), now=now
        )
        return published


def replace(
    article: Article,
    *,
    by: User | None,
    at: datetime.datetime | None = None,
    correction: PublicNote | None = None,
    now: datetime.datetime | None = None,
) -> PublishedArticle:
    """Put the desk copy in the place of the live version, now or at `at`.

    The old interval ends in the very moment the new one begins; its expiry, if it has
    one, passes on. An earlier planned replacement is given up. `correction` tells
    readers what changed; a note says so only once it is true, so not with a plan.
    """
    with _locked(article, by, Verb.PUBLISH, now) as (article, now):
        live = live_version(article, now)
        if not live:
            raise PublishingRefused("这篇稿件没有在线版本，不能替换；请用“发布”。")
        if at is not None:
            _refuse_past(at, now)
        if at is not None and correction is not None:
            raise PublishingRefused(
                "更正说明要和改好的内容一起上线，不能用在定时替换上。"
            )
        _refuse_unready(article, by, now)
        _note(article, correction, by=by, now=now)
        edge = at or now
        cancel_planned(article, now)
        live.refresh_from_db(fields=["visible_until"])
        until = live.visible_until
        if until is not None and until <= edge:
            raise PublishingRefused("定时替换的时间要早于下线时间。")
        end(live, edge)
        published = open_interval(article, Span(edge, until), by=by, now=now)
        audit.record(
            Act.REPLACE, by=by, subject=article, after=_said(published), now=now
        )
        return published


def correct(
    article: Article,
    correction: PublicNote,
    *,
    by: User | None,
    now: datetime.datetime | None = None,
) -> PublishedArticle:
    """Put a public note on the live story, whose text stays as it is.

    A planned replacement gets the note as well.
    """
    with _locked(article, by, Verb.CORRECT, now) as (article, now):
        live = live_version(article, now)
        if not live:
            raise PublishingRefused("这篇稿件没有在线版本，不能加更正说明。")
        _note(article, correction, by=by, now=now)
        until = live.visible_until
        planned = article.published.scheduled(now)
        planned.update(corrections=corrections_of(article))
        end(live, now)
        published = lay_out_version(
            article, live.revision, Span(now, until), previous=live
        )
        audit.record(
            Act.CORRECT,
            by=by,
            subject=article,
            after={"kind": correction.kind, "note": correction.note},
            now=now,
        )
        return published


def set_expiry(
    article: Article,
    until: datetime.datetime | None,
    *,
    by: User | None,
    now: datetime.datetime | None = None,
) -> None:
    """Let the last version, live or planned, end at `until`; None lets it stay."""
    with _locked(article, by, Verb.PUBLISH, now) as (article, now):
        last = planned_version(article, now) or live_version(article, now)
        if last is None:
            raise PublishingRefused("这篇稿件没有在线或定时的版本，不能定下线时间。")
        _refuse_end(until, after=max(now, last.visible_from))
        before = last.visible_until
        end(last, until)
        if until:
            announce(last, Announcement.Kind.EXPIRED, until)
        audit.record(
            Act.SET_EXPIRY,
            by=by,
            subject=article,
            before={"visible_until": before},
            after={"visible_until": until},
            now=now,
        )


def cancel_schedule(
    article: Article, *, by: User | None, now: datetime.datetime | None = None
) -> None:
    """Give up what is planned. A live version that was to be replaced stays."""
    with _locked(article, by, Verb.PUBLISH, now) as (article, now):
        planned = planned_version(article, now)
        if not planned:
            raise PublishingRefused("这篇稿件没有定时任务。")
        cancel_planned(article, now)
        audit.record(
            Act.CANCEL_SCHEDULE, by=by, subject=article, before=_said(planned), now=now
        )


def withdraw(
    article: Article,
    *,
    by: User | None,
    public_note: str = "",
    now: datetime.datetime | None = None,
) -> Withdrawal:
    """Take the story away from readers at once, everywhere, and say so at its address."""
    with _locked(article, by, Verb.WITHDRAW, now) as (article, now):
        live = live_version(article, now)
        if not live:
            raise PublishingRefused("这篇稿件没有在线版本，无须撤回。")
        cancel_planned(article, now)
        end(live, now)
        close_pictures_of(article)
        withdrawal = Withdrawal.objects.create(
            article=article,
            withdrawn_at=now,
            public_note=public_note.strip(),
            withdrawn_by=by,
        )
        notify(
            [article.created_by],
            Notice.Kind.WITHDRAWN,
            article,
            f"《{live.title}》已撤回。",
            now=now,
        )
        audit.record(
            Act.WITHDRAW,
            by=by,
            subject=article,
            before=_said(live),
            after={"public_note": withdrawal.public_note},
            now=now,
        )
        return withdrawal


@contextmanager
def _locked(
    article: Article, by: User | None, verb: Verb, now: datetime.datetime | None
) -> Iterator[tuple[Article, datetime.datetime]]:
    """The article as stored, locked until the verb has written, and the moment of the act.

    The right is asked of the stored row. The clock is read only once the lock is held:
    a verb that waited for another one must not judge by a time before it.
    """
    with transaction.atomic():
        stored = (
            Article.objects.select_for_update(of=("self",))
            .select_related("channel", "source", "cover")
            .get(pk=article.pk)
        )
        if by is not None:
            require(by, verb, stored)
        yield stored, now or timezone.now()
    article.refresh_from_db(fields=["first_published_at", "stage"])


def _refuse_past(at: datetime.datetime, now: datetime.datetime) -> None:
    if at <= now:
        shown = timezone.localtime(at)
        raise PublishingRefused(
            f"定时时间 {shown:%Y-%m-%d %H:%M} 已经过去，请改成将来的时间。"
        )


def _refuse_end(until: datetime.datetime | None, *, after: datetime.datetime) -> None:
    if until is not None and until <= after:
        raise PublishingRefused("下线时间要晚于上线时间，而且还没有过去。")


def _refuse_unready(article: Article, by: User | None, now: datetime.datetime) -> None:
    sentences = missing_for_release(article, by=by, at=now) or unsigned(article, by=by)
    if sentences:
        raise PublishingRefused(*sentences)


def _note(
    article: Article,
    correction: PublicNote | None,
    *,
    by: User | None,
    now: datetime.datetime,
) -> None:
    if correction is None:
        return
    if not correction.note.strip():
        raise PublishingRefused("还没有写更正说明。")
    Correction.objects.create(
        article=article,
        kind=correction.kind,
        note=correction.note.strip(),
        noted_at=now,
        noted_by=by,
    )


def _said(published: PublishedArticle) -> dict:
    """What the record of acts keeps of a version."""
    return {
        "revision": published.revision_id,
        "visible_from": published.visible_from,
        "visible_until": published.visible_until,
    }
