"""Text typed and not yet saved, and who has which story open.

Nothing here touches a desk copy. Each open form keeps its own row, so that neither two
people nor two tabs of one person can write over each other.
"""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import User
from articles.models import Article, EditingSession

HERE_FOR = datetime.timedelta(seconds=45)  # without a sign of life
KEPT_FOR = datetime.timedelta(days=30)
REMEMBERED_FOR = datetime.timedelta(days=1)  # a form without text
MOST_KEPT = 100  # texts of one person
Fields = dict[str, list[str]]


class Closed(Exception):  # noqa: N818  nothing went wrong
    """The form of this tab was saved: what comes from it now was sent before that."""


class Overtaken(Exception):  # noqa: N818
    """A later text of the same tab came first; `turn` is that one's."""

    def __init__(self, turn: int) -> None:
        super().__init__(str(turn))
        self.turn = turn


class TooMany(Exception):  # noqa: N818
    """The person has kept so many texts that something must be wrong."""


@dataclass(frozen=True)
class Present:
    """Somebody with the story open. `typed_at` is empty before the first word."""

    person: User
    typed_at: datetime.datetime | None


def keep(
    person: User,
    tab: str,
    *,
    article: Article | None,
    base_version: int,
    fields: Fields,
    turn: int | None,
    now: datetime.datetime,
) -> EditingSession:
    """Put the form of this tab aside as it was typed.

    `turn` rises with every text that a tab sends; None is the next one. Raises Closed if
    the tab was saved, Overtaken if a later text is kept, TooMany beyond a hundred texts.
    """
    with transaction.atomic():
        session = _row(person, tab, article, base_version, now)
        latest = session.fields.get("turn", 0)
        if turn is None:
            turn = latest + 1
        elif turn <= latest:
            raise Overtaken(latest)
        if session.kept_at is None and kept_by(person).count() >= MOST_KEPT:
            raise TooMany
        session.fields = {"turn": turn, "values": fields}
        session.kept_at = session.seen_at = now
        session.base_version = base_version
        session.save()
    return session


def ping(
    person: User,
    tab: str,
    *,
    article: Article | None,
    base_version: int,
    now: datetime.datetime,
) -> EditingSession:
    """Say that the form is still open. Raises Closed if the tab was saved."""
    with transaction.atomic():
        session = _row(person, tab, article, base_version, now)
        session.seen_at = now
        session.save(update_fields=["seen_at"])
    return session


def close(person: User, tab: str, *, article: Article, now: datetime.datetime) -> None:
    """The text of this tab was saved: nothing of it is kept any more.

    The row stays for a day, without text, so that a late request cannot bring an old
    text back. Old rows go in passing. Call in the transaction of the save.
    """
    EditingSession.objects.update_or_create(
        person=person,
        tab=tab,
        defaults={
            "article": article,
            "fields": {"closed": True},
            "kept_at": None,
            "base_version": article.version,
            "seen_at": now - HERE_FOR,
        },
    )
    prune(now)


def kept_by(person: User) -> QuerySet[EditingSession]:
    """The texts this person typed and did not save, newest first."""
    return EditingSession.objects.filter(person=person, kept_at__isnull=False).order_by(
        "-kept_at", "-pk"
    )


def typed_values(session: EditingSession) -> Fields:
    """The fields of a kept text."""
    return session.fields.get("values", {})


def discard(person: User, session_id: int) -> bool:
    """Throw a kept text away; False if this person has none such."""
    return bool(kept_by(person).filter(pk=session_id).delete()[0])


def replaced(
    person: User, session_id: int, *, by: EditingSession, now: datetime.datetime
) -> None:
    """A kept text was put back and typed on in another form, which keeps it from now on.

    It stays if the form it was typed into is still open.
    """
    closed = Q(seen_at__lte=now - HERE_FOR)
    kept_by(person).filter(closed, pk=session_id).exclude(pk=by.pk).delete()


def let_go(article: Article) -> None:
    """Before a story is deleted: texts typed into it stay, as those of a new story."""
    EditingSession.objects.filter(article=article, kept_at__isnull=False).update(
        article=None, base_version=0
    )


def others_at(
    article: Article, *, person: User, tab: str, now: datetime.datetime
) -> list[Present]:
    """Who else has the story open, each person once; oneself in another tab as well."""
    here = (
        EditingSession.objects.filter(article=article, seen_at__gt=now - HERE_FOR)
        .exclude(person=person, tab=tab)
        .exclude(fields__has_key="closed")
        .select_related("person")
    )
    latest: dict[int, Present] = {}
    for session in here:
        known = latest.get(session.person_id)
        times = [known.typed_at if known else None, session.kept_at]
        typed = max((time for time in times if time), default=None)
        latest[session.person_id] = Present(session.person, typed)
    return sorted(latest.values(), key=lambda present: str(present.person))


def is_open(session: EditingSession, now: datetime.datetime) -> bool:
    """Whether the form it was typed into is still open somewhere."""
    return session.seen_at > now - HERE_FOR


def prune(now: datetime.datetime) -> int:
    """Remove texts of more than thirty days, and forms without text after one."""
    old = Q(kept_at__lt=now - KEPT_FOR)
    empty = Q(kept_at=None, seen_at__lt=now - REMEMBERED_FOR)
    return EditingSession.objects.filter(old | empty).delete()[0]


def _row(
    person: User,
    tab: str,
    article: Article | None,
    base_version: int,
    now: datetime.datetime,
) -> EditingSession:
    session, _ = EditingSession.objects.select_for_update(of=("self",)).get_or_create(
        person=person,
        tab=tab,
        defaults={"article": article, "base_version": base_version, "seen_at": now},
    )
    if "closed" in session.fields or session.article_id != (article and article.pk):
        raise Closed
    return session
