"""What waits for one person, and nothing else; then what they may want to look after."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from accounts.rights import channels_where
from accounts.roles import Verb
from articles.models import Article, Note, PublishedArticle, ReviewRound, Stage
from articles.reviews import level_name

OVERDUE_AFTER = datetime.timedelta(hours=24)


class Shelf(StrEnum):
    """The tabs of the inbox. The value is the word in the address."""

    WAITING = "waiting"
    MINE = "mine"
    RETURNED = "returned"
    SCHEDULED = "scheduled"
    OVERDUE = "overdue"


SHELF_NAMES = {
    Shelf.WAITING: "等我处理",
    Shelf.MINE: "我的稿件",
    Shelf.RETURNED: "退回",
    Shelf.SCHEDULED: "定时",
    Shelf.OVERDUE: "逾期",
}


@dataclass(frozen=True)
class Item:
    """A line of the inbox: a story, what is to be done with it, and since when."""

    article: Article
    task: str
    since: datetime.datetime
    detail: str = ""
    # Name of the admin page that does it.
    page: str = "admin:articles_article_change"
    is_overdue: bool = False


def rounds_waiting_for(person: User) -> QuerySet[ReviewRound]:
    """Reviews that this person can give now, longest waiting first."""
    return ReviewRound.objects.waiting_for(person).order_by("due_since", "pk")


def items(shelf: Shelf, person: User, now: datetime.datetime) -> list[Item]:
    """What stands on a shelf of this person. At most five queries."""
    return {
        Shelf.WAITING: _waiting,
        Shelf.MINE: _mine,
        Shelf.RETURNED: _returned,
        Shelf.SCHEDULED: _scheduled,
        Shelf.OVERDUE: _overdue,
    }[shelf](person, now)


def count_waiting(person: User) -> int:
    """How many lines 等我处理 has. Four queries."""
    return (
        ReviewRound.objects.waiting_for(person).count()
        + _releasable(person).count()
        + _returned_to(person).count()
        + _mentions(person).count()
    )


def _waiting(person: User, now: datetime.datetime) -> list[Item]:
    rows = [_review_item(row, now) for row in _with_story(rounds_waiting_for(person))]
    rows += [
        Item(row.article, "发布", row.due_since, "已审签完毕")
        for row in _with_story(_releasable(person))
    ]
    rows += _returned(person, now)
    rows += [
        Item(
            note.article,
            "看批注",
            note.written_at,
            f"{note.written_by}：{note.text}",
            page="admin:articles_article_review",
        )
        for note in _mentions(person).select_related("article__channel", "written_by")
    ]
    return sorted(rows, key=lambda item: item.since)


def _mine(person: User, _now: datetime.datetime) -> list[Item]:
    stories = (
        Article.objects.filter(Q(created_by=person) | Q(saved_by=person))
        .viewable_by(person)
        .select_related("channel")
        .order_by("-updated_at")[:100]
    )
    return [
        Item(story, story.get_stage_display(), story.saved_at or story.updated_at)
        for story in stories
    ]


def _returned(person: User, _now: datetime.datetime) -> list[Item]:
    rounds = _with_story(_returned_to(person)).prefetch_related("sign_offs")
    return [
        Item(row.article, "改稿", row.closed_at or row.due_since, _reason(row))
        for row in rounds
    ]


def _scheduled(person: User, now: datetime.datetime) -> list[Item]:
    planned = (
        PublishedArticle.objects.scheduled(now)
        .filter(article__in=Article.objects.viewable_by(person))
        .select_related("article__channel")
        .order_by("visible_from", "pk")
    )
    return [Item(row.article, "上线", row.visible_from) for row in planned]


def _overdue(person: User, now: datetime.datetime) -> list[Item]:
    late = _with_story(
        ReviewRound.objects.under_way().filter(
            article__in=Article.objects.viewable_by(person),
            due_since__lt=now - OVERDUE_AFTER,
        )
    ).order_by("due_since")
    return [_review_item(row, now) for row in late]


def _review_item(row: ReviewRound, now: datetime.datetime) -> Item:
    task = level_name(row.due_level, row.levels) if row.due_level else "发布"
    return Item(
        row.article,
        task,
        row.due_since,
        f"{row.submitted_by} 送审",
        page="admin:articles_article_review",
        is_overdue=now - row.due_since > OVERDUE_AFTER,
    )


def _releasable(person: User) -> QuerySet[ReviewRound]:
    """Signed at every level, in channels where the person publishes."""
    where = channels_where(person, Verb.PUBLISH)
    rounds = ReviewRound.objects.under_way().filter(
        due_level=None, article__stage=Stage.APPROVED
    )
    return rounds if where is None else rounds.filter(article__channel__in=where)


def _returned_to(person: User) -> QuerySet[ReviewRound]:
    """The last round of stories that came back to this person."""
    later = ReviewRound.objects.filter(
        article=OuterRef("article"), number__gt=OuterRef("number")
    )
    return ReviewRound.objects.filter(
        ~Exists(later),
        Q(submitted_by=person) | Q(article__created_by=person),
        article__stage=Stage.RETURNED,
        outcome=ReviewRound.Outcome.RETURNED,
    )


def _mentions(person: User) -> QuerySet[Note]:
    return Note.objects.filter(mentioned=person, resolved_at=None)


def _with_story(rounds: QuerySet[ReviewRound]) -> QuerySet[ReviewRound]:
    return rounds.select_related("article__channel", "submitted_by")


def _reason(row: ReviewRound) -> str:
    returns = [entry for entry in row.sign_offs.all() if entry.verdict == "return"]
    return f"{returns[-1].person_name}：{returns[-1].note}" if returns else ""
