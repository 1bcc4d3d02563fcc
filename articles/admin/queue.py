"""上线安排: what is going to happen to which story, by day and time, and what just did."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.contrib import admin
from django.db.models import Exists, F, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.rights import Denied, verbs_of
from accounts.roles import Verb
from articles.announcing import LATE, announce_due, lateness, planners, that_came_true
from articles.models import Announcement, Article, PublishedArticle

MOST = 300  # rows of either table
HISTORY = datetime.timedelta(hours=24)
LAZILY = 20  # announcements that a visit makes at most
DAY_IN_MINUTES = 24 * 60


@dataclass(frozen=True)
class Row:
    """One edge of one story. `mark` and `does` say what happens there."""

    at: datetime.datetime  # in the newsroom's time
    mark: str
    does: str
    kind: str
    article: Article
    title: str
    channel: str
    person: User | None
    late: datetime.timedelta | None  # None: not recorded yet

    @property
    def late_in_words(self) -> str:
        return "还没有记录" if self.late is None else f"迟 {span_in_words(self.late)}"

    @property
    def minute(self) -> int:
        """Where it stands in the picture of its day."""
        return self.at.hour * 60 + self.at.minute


@dataclass(frozen=True)
class Day:
    date: datetime.date
    rows: list[Row]
    minute_now: int | None  # of today only


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Everything that happens by itself, as far as this person may see the stories."""
    person = request.user
    if not isinstance(person, User) or not verbs_of(person) & {Verb.VIEW, Verb.WRITE}:
        raise Denied(Verb.VIEW)
    now = timezone.now()
    late = lateness(now)  # as it was before this visit mends it
    announce_due(limit=LAZILY)
    stories = _announcements_for(person)
    coming = _rows(stories.filter(due_at__gt=now).order_by("due_at", "pk")[:MOST])
    past = stories.filter(due_at__lte=now, due_at__gt=now - HISTORY)
    happened = _rows(that_came_true(past).order_by("-due_at", "-pk")[:MOST])
    return TemplateResponse(
        request,
        "admin/articles/queue.html",
        {
            **admin.site.each_context(request),
            "title": "上线安排",
            "days": _days(coming, now),
            "happened": happened,
            "slowest": _slowest(happened),
            "late": span_in_words(late) if late > LATE else "",
            "most": MOST if len(coming) == MOST else None,
            "hours": range(0, DAY_IN_MINUTES, 180),
        },
    )


def urls(site: admin.AdminSite) -> list[URLPattern]:
    """To be put before the addresses of the story's pages."""
    return [path("queue/", site.admin_view(queue), name="articles_queue")]


def span_in_words(span: datetime.timedelta) -> str:
    """45 秒, 12 分钟, 5 小时: in the unit that says enough."""
    seconds = int(span.total_seconds())
    if seconds < 2 * 60:
        return f"{seconds} 秒"
    return f"{seconds // 60} 分钟" if seconds < 2 * 3600 else f"{seconds // 3600} 小时"


def _slowest(rows: list[Row]) -> str:
    done = [row.late for row in rows if row.late is not None]
    return span_in_words(max(done)) if done else ""


def _announcements_for(person: User) -> QuerySet[Announcement]:
    """Those of the stories that the person may see, with all that a row shows."""
    before = PublishedArticle.objects.filter(
        article=OuterRef("published_article__article"),
        visible_until=OuterRef("due_at"),
        visible_from__lt=F("visible_until"),
    )
    stories = Announcement.objects.filter(
        published_article__article__in=Article.objects.viewable_by(person)
    )
    return stories.annotate(replaces=Exists(before)).select_related(
        "published_article__article", "published_article__channel"
    )


def _rows(announcements: Iterable[Announcement]) -> list[Row]:
    items = list(announcements)
    persons = planners(items)
    return [_row(item, persons[item.pk]) for item in items]


def _row(item: Announcement, person: User | None) -> Row:
    if item.kind == Announcement.Kind.EXPIRED:
        mark, does = "×", "下线"
    elif item.replaces:
        mark, does = "◔", "替换"
    else:
        mark, does = "●", "上线"
    return Row(
        at=timezone.localtime(item.due_at),
        mark=mark,
        does=does,
        kind=item.kind,
        article=item.published_article.article,
        title=item.published_article.title,
        channel=str(item.published_article.channel),
        person=person,
        late=item.done_at and item.done_at - item.due_at,
    )


def _days(rows: list[Row], now: datetime.datetime) -> list[Day]:
    local = timezone.localtime(now)
    minute = local.hour * 60 + local.minute
    return [
        Day(date, list(group), minute if date == local.date() else None)
        for date, group in groupby(rows, key=lambda row: row.at.date())
    ]
