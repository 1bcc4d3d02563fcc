"""What the review page shows to one person: the text, the signatures, what they may do."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.models import User
from accounts.rights import can
from accounts.roles import Verb
from articles.admin.comparison import comparison_of
from articles.inbox import rounds_waiting_for
from articles.layout import lay_out
from articles.models import Article, ReviewRound, Revision, SignOff
from articles.notes import threads_of
from articles.review_forms import NoteForm, VerdictForm
from articles.signatures import ReviewState, Slot, objection, states_of, verb_for
from pictures.models import Picture


@dataclass(frozen=True)
class Panel:
    """What one person may do with the story now; `why_not` says why not sign."""

    signs: list[Slot] = field(default_factory=list)
    why_not: str = ""
    may_return: bool = False
    may_waive: bool = False
    may_recall: bool = False
    may_submit: bool = False

    @property
    def has_verdict(self) -> bool:
        return bool(self.signs) or self.may_return or self.may_waive

    @property
    def review(self) -> Slot | None:
        return self._of(SignOff.Kind.REVIEW)

    @property
    def proofreading(self) -> Slot | None:
        return self._of(SignOff.Kind.PROOFREAD)

    def _of(self, kind: SignOff.Kind) -> Slot | None:
        return next((slot for slot in self.signs if slot.kind == kind), None)


@dataclass(frozen=True)
class Changes:
    """What became of the text since a revision, and which one that is in words."""

    since: str
    comparison: Any


def response(
    request: HttpRequest,
    article: Article,
    person: User,
    *,
    verdict: VerdictForm | None = None,
    note: NoteForm | None = None,
    answer: tuple[int, str] = (0, ""),
) -> TemplateResponse:
    """The review page; forms that were refused come with what was typed in them.

    `answer` is a refused answer to a note: the note's primary key and the text.
    """
    state = latest_state(article)
    revision = state.revision if state else article.revisions.first()
    seen = verdict.data.get("sha256", "") if verdict else ""
    return TemplateResponse(
        request,
        "admin/articles/review/page.html",
        {
            **admin.site.each_context(request),
            "title": f"审稿：{article.title}",
            "opts": Article._meta,
            "article": article,
            "state": state,
            "revision": revision,
            "text": text_of(revision) if revision else None,
            "panel": panel_of(article, state, person),
            "changes": changes_for(state, person, seen) if state else None,
            "verdict": verdict or VerdictForm(),
            "next_story": _next_story(article, person),
            "now": timezone.now(),
            "answered": answer[0],
            "typed_answer": answer[1],
            **notes_context(article, revision, person, note),
        },
    )


def notes_context(
    article: Article,
    revision: Revision | None,
    person: User,
    note: NoteForm | None = None,
) -> dict[str, Any]:
    """What admin/articles/review/_notes.html needs, beside the text of this revision.

    Without a revision, or for somebody who only reads, there is nothing to fill in.
    """
    threads = threads_of(article)
    return {
        "threads": threads,
        "open_notes": sum(thread.note.resolved_at is None for thread in threads),
        "note_form": (note or NoteForm(revision=revision))
        if revision and can(person, Verb.DISCUSS, article)
        else None,
    }


def latest_state(article: Article) -> ReviewState | None:
    """Where the open review stands, or where the last one ended. Four queries."""
    rounds = article.review_rounds.select_related("article__channel", "submitted_by")
    latest = rounds.order_by("-number").first()
    return states_of([latest])[0] if latest else None


def panel_of(article: Article, state: ReviewState | None, person: User) -> Panel:
    """What this person may do, by their rights and the story's stage."""
    moves = {
        "may_recall": article.is_on_the_way and can(person, Verb.RECALL, article),
        "may_submit": not article.is_on_the_way and can(person, Verb.SUBMIT, article),
    }
    if state is None or state.round.closed_at:
        return Panel(**moves, why_not="这篇稿件现在不在审稿中。")
    if not state.slots:
        return Panel(**moves, why_not="这个频道不用审稿，可以直接发布。")
    due = state.due
    slot = due or state.slots[-1]
    objections = [objection(state, slot, person) for slot in state.due_slots]
    signs = [
        slot
        for slot, sentence in zip(state.due_slots, objections, strict=True)
        if not sentence
    ]
    why_not = next(iter(objections), "各级都已签完，等发布。")
    return Panel(
        **moves,
        signs=signs,
        why_not="" if signs else why_not,
        may_return=can(person, verb_for(state.round, slot.level), article),
        may_waive=can(person, Verb.WAIVE, article)
        and due is not None
        and due.level < state.round.levels
        and due.kind == SignOff.Kind.REVIEW
        and person.pk not in state.writers,
    )


def changes_for(state: ReviewState, person: User, seen: str) -> Changes | None:
    """What changed since the person last decided on this story.

    For one whose page was out of date: since the revision `seen` on it. For one who has
    decided nothing yet: since it was sent in, or else since readers last got it.
    """
    since, earlier = _compared_to(state, person, seen)
    if earlier is None or earlier.pk == state.revision.pk:
        return None
    return Changes(since, comparison_of(earlier.content, state.revision.content))


def text_of(revision: Revision) -> dict[str, Any]:
    """The revision as a reader would get it, with its cover. At most one query."""
    text = lay_out(revision.content)
    cover = (
        Picture.objects.filter(pk=text["cover_id"]).first()
        if text["cover_id"]
        else None
    )
    return text | {"cover": cover}


def _compared_to(
    state: ReviewState, person: User, seen: str
) -> tuple[str, Revision | None]:
    story = state.round.article
    if seen and seen != state.revision.sha256:
        stale = story.revisions.filter(sha256=seen).first()
        if stale:
            return "自你打开这一页以来", stale
    own = (
        SignOff.objects.filter(round__article=story, person=person)
        .select_related("revision")
        .order_by("-number")
        .first()
    )
    if own:
        return "自你上次签署以来", own.revision
    if state.round.revision_id != state.revision.pk:
        return "自送审以来", state.round.revision
    released = story.revisions.filter(published__isnull=False)
    return "与线上版本相比", released.order_by("-number").first()


def _next_story(article: Article, person: User) -> ReviewRound | None:
    """The review that has waited longest for this person, in the order of the inbox."""
    waiting = rounds_waiting_for(person).exclude(article=article)
    return waiting.select_related("article").first()
