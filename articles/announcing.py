"""Side effects at the edges of intervals: a line in the record and notices, exactly once.

Readers need none of this: a story goes live and ends by its interval alone. Every verb
writes an Announcement for each edge it plans; any number of workers, and pages of the
desk, announce those that are due. A claim and its effects are one transaction: whoever
dies in it has done nothing, and whoever comes second finds it done.
"""

import datetime
import logging
from collections.abc import Iterable

from django.db import DataError, IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts import audit
from accounts.models import Act, AuditEntry, User
from articles.models import Announcement, Article, Notice, PublishedArticle
from articles.moments import moment_in_words
from articles.notices import notify

logger = logging.getLogger(__name__)

BATCH = 100  # announcements in one call
LATE = datetime.timedelta(minutes=2)  # more than this, and no worker can be running

_Kind = Announcement.Kind
_ACTS = {_Kind.WENT_LIVE: Act.WENT_LIVE, _Kind.EXPIRED: Act.EXPIRED}
_NOTICES = {_Kind.WENT_LIVE: Notice.Kind.WENT_LIVE, _Kind.EXPIRED: Notice.Kind.EXPIRED}
# The acts by which a person plans such an edge.
_PLANNED_BY = {
    _Kind.WENT_LIVE: {Act.SCHEDULE, Act.REPLACE},
    _Kind.EXPIRED: {Act.PUBLISH, Act.SCHEDULE, Act.REPLACE, Act.SET_EXPIRY},
}


def announce_due(now: datetime.datetime | None = None, *, limit: int = BATCH) -> int:
    """Announce what is due at `now`, oldest first; how many this call announced.

    Safe to call from anywhere, any number of times at once; must not run inside a
    transaction. One query when nothing is due. What somebody else has in hand is left
    to the next call.
    """
    due = Announcement.objects.filter(done_at=None, due_at__lte=now or timezone.now())
    places = list(due.values_list("pk", "published_article__article")[:limit])
    announced = 0
    for pk, article_id in places:
        # Asked first, a worker that comes too late does not take SQLite's one write lock.
        if not due.filter(pk=pk).exists():
            continue
        try:
            announced += _announce(pk, article_id, now or timezone.now())
        except (IntegrityError, DataError):
            # One that cannot be written must not hold up those behind it.
            logger.exception("Announcement %s failed; the others go on.", pk)
    return announced


def lateness(now: datetime.datetime) -> datetime.timedelta:
    """How long the oldest undone announcement has been due; zero if there is none."""
    oldest = Announcement.objects.filter(done_at=None, due_at__lte=now).first()
    return now - oldest.due_at if oldest else datetime.timedelta()


def next_due() -> datetime.datetime | None:
    """When the next announcement is due; that may have passed."""
    following = Announcement.objects.filter(done_at=None).first()
    return following.due_at if following else None


def that_came_true(announcements: QuerySet[Announcement]) -> QuerySet[Announcement]:
    """Those whose interval has the edge that was planned: plans change after a promise
    was written."""
    following = PublishedArticle.objects.filter(
        article=OuterRef("published_article__article"), visible_from=OuterRef("due_at")
    )
    start, end = "published_article__visible_from", "published_article__visible_until"
    is_shown = Q(**{end: None}) | Q(**{f"{end}__gt": F("due_at")})
    went_live = Q(kind=_Kind.WENT_LIVE, **{start: F("due_at")}) & is_shown
    ended = Q(kind=_Kind.EXPIRED, **{end: F("due_at"), f"{start}__lt": F("due_at")})
    return announcements.filter(went_live | (ended & ~Exists(following)))


def planners(announcements: Iterable[Announcement]) -> dict[int, User | None]:
    """Who planned each of these, by primary key; nobody for the console. One query."""
    wanted = [(item, str(item.published_article.article_id)) for item in announcements]
    entries = AuditEntry.objects.filter(
        subject_type=Article._meta.label_lower,
        subject_id__in={article_id for _, article_id in wanted},
        act__in=set().union(*_PLANNED_BY.values()),
    )
    latest: dict[tuple[str, str], User | None] = {}
    for entry in entries.select_related("person").order_by("number"):
        for kind, acts in _PLANNED_BY.items():
            if entry.act in acts:
                latest[entry.subject_id, kind] = entry.person
    return {item.pk: latest.get((article, item.kind)) for item, article in wanted}


@transaction.atomic
def _announce(pk: int, article_id: int, now: datetime.datetime) -> bool:
    """Claim one announcement and do what it stands for; False if it is not for us.

    The article is locked first, as the verbs do: no verb that began before the edge can
    still move it once this has looked.
    """
    articles = Article.objects.select_for_update(of=("self",), skip_locked=True)
    article = articles.select_related("created_by").filter(pk=article_id).first()
    if article is None:
        return False
    open_ones = Announcement.objects.filter(pk=pk, done_at=None, due_at__lte=now)
    if open_ones.update(done_at=now) != 1:
        return False
    claimed = Announcement.objects.filter(pk=pk).select_related("published_article")
    item = that_came_true(claimed).first()
    if item is None:
        return False
    kind = _Kind(item.kind)
    people = [article.created_by, planners([item])[pk]]
    notify(people, _NOTICES[kind], article, _sentence(item, now), now=now)
    audit.record(
        _ACTS[kind],
        by=None,
        subject=article,
        after={"at": item.due_at, "revision": item.published_article.revision_id},
        now=now,
    )
    return True


def _sentence(item: Announcement, now: datetime.datetime) -> str:
    did = "到点上线" if item.kind == _Kind.WENT_LIVE else "到期下线"
    moment = moment_in_words(item.due_at, now)
    return f"《{item.published_article.title}》已于 {moment} {did}。"
