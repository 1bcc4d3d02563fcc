"""The review verbs: sending in, signing, returning, waiving, and the ledger they write.

What a round asks for and which signatures stand is said in articles.signatures. Nobody
signs a revision with their own words in it, and nobody signs two levels of a round; the
database refuses both too. Level and right come from here only, never from a form.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.chain import digest, next_place
from accounts.models import Act, User
from accounts.rights import can, require
from accounts.roles import Verb
from articles.checklist import obstacles
from articles.freezing import freeze
from articles.layout import plain_text
from articles.models import Article, Notice, ReviewRound, SignOff, Stage
from articles.notices import notify, people_who_can
from articles.refusals import Refused
from articles.signatures import (
    ReviewState,
    Slot,
    level_name,
    levels_for,
    objection,
    open_round,
    state_of,
    states_of,
    unsigned,
    verb_for,
)
from articles.snapshots import content_of
from channels.models import Channel

__all__ = [
    "ReviewRefused",
    "ReviewState",
    "Slot",
    "after_edit",
    "level_name",
    "levels_for",
    "objection",
    "open_round",
    "recall",
    "released",
    "return_to_writer",
    "sign",
    "state_of",
    "submit",
    "unfinished",
    "unsigned",
    "waive",
]


class ReviewRefused(Refused):
    """A review verb was refused."""


def unfinished(article: Article) -> list[str]:
    """What is missing before the desk copy could be sent to review, as sentences."""
    sentences = []
    if not article.title.strip():
        sentences.append("还没有标题。")
    if article.channel is None:
        sentences.append("还没有选频道。")
    elif article.channel.kind == Channel.Kind.LINK:
        sentences.append("“外部链接”频道不能放稿件，请换一个频道。")
    if not any(plain_text(section.body) for section in article.sections.all()):
        sentences.append("正文还是空的。")
    return sentences


def submit(
    article: Article, *, by: User, now: datetime.datetime | None = None
) -> ReviewRound:
    """Freeze the desk copy and send it to the first level of its channel."""
    with _locked(article, by, Verb.SUBMIT, now) as (article, now):
        if article.is_on_the_way:
            raise ReviewRefused("这篇稿件已经送审。")
        sentences = unfinished(article)
        if sentences:
            raise ReviewRefused(*sentences)
        sent = freeze(article, by=by, now=now)
        levels, needs_proofreading = levels_for(article)
        last = article.review_rounds.first()
        opened = ReviewRound.objects.create(
            article=article,
            number=last.number + 1 if last else 1,
            revision=sent,
            levels=levels,
            needs_proofreading=needs_proofreading and levels > 0,
            due_level=1 if levels else None,
            due_since=now,
            submitted_by=by,
            submitted_at=now,
        )
        article.stage = Stage.IN_REVIEW if levels else Stage.APPROVED
        article.save(update_fields=["stage"])
        _tell_next(opened, article, now)
        audit.record(
            Act.SUBMIT, by=by, subject=article, after={"round": opened.number}, now=now
        )
        return opened


def recall(article: Article, *, by: User, now: datetime.datetime | None = None) -> None:
    """Take the story back to the desk before it is released."""
    with _locked(article, by, Verb.RECALL, now) as (article, now):
        _close(article, ReviewRound.Outcome.RECALLED, Stage.WRITING, now)
        audit.record(Act.RECALL, by=by, subject=article, now=now)


def sign(
    article: Article,
    *,
    by: User,
    sha256: str,
    kinds: frozenset[SignOff.Kind] = frozenset({SignOff.Kind.REVIEW}),
    note: str = "",
    seen_level: int | None = None,
    now: datetime.datetime | None = None,
) -> list[SignOff]:
    """Pass what is due. `sha256` is the fingerprint of the revision that was read.

    `kinds` says whether the person reviews, proofreads or does both; the level is the
    one that is due. Refused when the text has changed since it was read, or when the
    level that was due on the person's page (`seen_level`) is no longer.
    """
    with _locked(article, by, Verb.SIGN, now) as (article, now):
        state = _due_state(article, sha256)
        _refuse_other_level(state, seen_level)
        slots = [slot for slot in state.due_slots if slot.kind in kinds]
        if not slots:
            raise ReviewRefused("这一级要签的已经有人签了。")
        for slot in slots:
            _refuse_objection(state, slot, by)
        _refuse_last_signature_in_vain(state, slots, now)
        signed = [
            _append(state, slot, SignOff.Verdict.PASS, by, note, now) for slot in slots
        ]
        _advance(state.round, article, now)
        for entry in signed:
            act = Act.SIGN if entry.kind == SignOff.Kind.REVIEW else Act.PROOFREAD
            audit.record(act, by=by, subject=article, after=_noted(entry), now=now)
        return signed


def missing_for_release(
    article: Article, *, by: User | None, at: datetime.datetime
) -> list[str]:
    """What the desk copy lacks before readers may get it, as sentences; signatures are
    another matter. The operator at the console (`by=None`) takes in old pages, whose
    links and pictures nobody can mend."""
    sentences = unfinished(article)
    if not article.is_reprint and not article.editor_credits.exists():
        sentences.append("还没有署责任编辑。")
    if sentences or by is None:
        return sentences
    return obstacles(content_of(article), at=at, is_reprint=article.is_reprint)


def return_to_writer(
    article: Article,
    *,
    by: User,
    sha256: str,
    note: str,
    now: datetime.datetime | None = None,
) -> SignOff:
    """Send the story back with a reason, which goes to whoever sent it in."""
    with _locked(article, by, Verb.SIGN, now) as (article, now):
        if not note.strip():
            raise ReviewRefused("退回要写明原因。")
        state = _due_state(article, sha256, may_be_complete=True)
        slot = state.due or state.slots[-1]
        if not can(by, verb_for(state.round, slot.level), article):
            raise ReviewRefused(f"你没有这个频道的{slot.name}权限。")
        entry = _append(state, slot, SignOff.Verdict.RETURN, by, note, now)
        _close(article, ReviewRound.Outcome.RETURNED, Stage.RETURNED, now)
        notify(
            [state.round.submitted_by, article.created_by],
            Notice.Kind.RETURNED,
            article,
            f"{by} 退回《{article.title}》：{note.strip()}",
            now=now,
        )
        audit.record(Act.RETURN, by=by, subject=article, after=_noted(entry), now=now)
        return entry


def waive(
    article: Article,
    *,
    by: User,
    sha256: str,
    note: str,
    seen_level: int | None = None,
    now: datetime.datetime | None = None,
) -> SignOff:
    """Do without the level that is due, with a reason that stays in the ledger.

    Never the last level, and never on one's own words: somebody else has read the text.
    `sha256` and `seen_level` are as for `sign`.
    """
    with _locked(article, by, Verb.WAIVE, now) as (article, now):
        if not note.strip():
            raise ReviewRefused("免审要写明理由。")
        state = _due_state(article, sha256)
        _refuse_other_level(state, seen_level)
        slot = state.due_slots[0]
        if slot.level >= state.round.levels:
            raise ReviewRefused("最后一审不能免。")
        if slot.kind == SignOff.Kind.PROOFREAD:
            raise ReviewRefused(f"这一级已经审过，只差{slot.name}；校对不能单独免。")
        if by.pk in state.writers:
            raise ReviewRefused("这一版里有你写的内容，不能由你免审。")
        entry = _append(state, slot, SignOff.Verdict.WAIVE, by, note, now)
        _advance(state.round, article, now)
        audit.record(Act.WAIVE, by=by, subject=article, after=_noted(entry), now=now)
        return entry


def after_edit(article: Article, *, by: User | None, now: datetime.datetime) -> None:
    """Freeze what a reviewer changed; signatures that do not cover it fall.

    Called by writing.record_save with the article locked.
    """
    current = open_round(article)
    if current is None:
        return
    freeze(article, by=by, now=now, edit_level=_edit_level(current, article, by))
    _advance(current, article, now)


def released(article: Article, now: datetime.datetime) -> None:
    """Close the round whose text went to readers. Called by the publishing verbs."""
    if open_round(article):
        _close(article, ReviewRound.Outcome.RELEASED, Stage.WRITING, now)
    elif article.stage != Stage.WRITING:
        article.stage = Stage.WRITING
        article.save(update_fields=["stage"])


@contextmanager
def _locked(
    article: Article, by: User, verb: Verb, now: datetime.datetime | None
) -> Iterator[tuple[Article, datetime.datetime]]:
    """The article as stored, locked until the verb has written, and the moment of it.

    The right is asked of the stored row: a form may have been opened long ago.
    """
    with transaction.atomic():
        stored = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
        require(by, verb, stored)
        yield stored, now or timezone.now()
    article.refresh_from_db(fields=["stage"])


def _due_state(
    article: Article, sha256: str, *, may_be_complete: bool = False
) -> ReviewState:
    state = state_of(article)
    if state is None or not state.slots:
        raise ReviewRefused("这篇稿件不在审稿中。")
    if state.revision.sha256 != sha256:
        raise ReviewRefused("你看的不是最新一版：稿件刚才改过，请看过改动再决定。")
    if state.due is None and not may_be_complete:
        raise ReviewRefused("各级都已签完。")
    return state


def _refuse_other_level(state: ReviewState, seen: int | None) -> None:
    due = state.due
    if seen is not None and due is not None and due.level != seen:
        raise ReviewRefused(
            f"你打开这一页以后，别人已经签过，现在等的是{due.name}。请再看一下。"
        )


def _refuse_last_signature_in_vain(
    state: ReviewState, slots: list[Slot], now: datetime.datetime
) -> None:
    """Nobody gives the last signature to a text that could not go out as it is: mending
    it would void that very signature."""
    if all(slot.level < state.round.levels for slot in slots):
        return
    article = state.round.article
    missing = missing_for_release(article, by=state.round.submitted_by, at=now)
    if missing:
        raise ReviewRefused(*missing, "请先补上再签：签完再改，就要重新签。")


def _refuse_objection(state: ReviewState, slot: Slot, by: User) -> None:
    sentence = objection(state, slot, by)
    if sentence:
        raise ReviewRefused(sentence)


def _append(
    state: ReviewState,
    slot: Slot,
    verdict: SignOff.Verdict,
    by: User,
    note: str,
    now: datetime.datetime,
) -> SignOff:
    number, previous = next_place(SignOff)
    entry = SignOff(
        number=number,
        round=state.round,
        revision=state.revision,
        level=slot.level,
        kind=slot.kind,
        verdict=verdict,
        person=by,
        person_name=str(by),
        note=note.strip(),
        signed_at=now,
        previous_sha256=previous,
    )
    entry.sha256 = digest(previous, entry.payload())
    entry.save(force_insert=True)
    return entry


def _advance(current: ReviewRound, article: Article, now: datetime.datetime) -> None:
    """After a signature or an edit: which level is due now, and who must know."""
    state = states_of([current])[0]
    due = state.due.level if state.due else None
    if due == current.due_level:
        return
    current.due_level = due
    current.due_since = now
    current.save(update_fields=["due_level", "due_since"])
    article.stage = Stage.IN_REVIEW if due else Stage.APPROVED
    article.save(update_fields=["stage"])
    _tell_next(current, article, now)


def _close(
    article: Article,
    outcome: ReviewRound.Outcome,
    stage: Stage,
    now: datetime.datetime,
) -> None:
    current = open_round(article)
    if current is None:
        raise ReviewRefused("这篇稿件不在审稿中。")
    current.closed_at = now
    current.outcome = outcome
    current.due_level = None
    current.save(update_fields=["closed_at", "outcome", "due_level"])
    article.stage = stage
    article.save(update_fields=["stage"])


def _edit_level(current: ReviewRound, article: Article, by: User | None) -> int:
    """The level whose edit this is: the due one for its people, 0 for everybody else.

    Whoever wrote what was sent in stays a writer, whatever else they are; whoever signed
    a lower level edits at that one, so that their own signature and all after it fall.
    """
    due = current.due_level or current.levels
    if (
        by is None
        or due == 0
        or by.pk in {current.submitted_by_id, article.created_by_id}
    ):
        return 0
    if not can(by, verb_for(current, due), article):
        return 0
    from_writers = current.article.revisions.filter(
        number__gte=current.revision.number, edit_level=0
    )
    as_written = from_writers.order_by("number").last() or current.revision
    if as_written.writers.filter(person=by).exists():
        return 0
    signed = current.sign_offs.filter(person=by).exclude(verdict=SignOff.Verdict.RETURN)
    return min([due, *signed.values_list("level", flat=True)])


def _tell_next(current: ReviewRound, article: Article, now: datetime.datetime) -> None:
    if current.due_level is None:
        people = [current.submitted_by, *people_who_can(Verb.PUBLISH, article)]
        text = f"《{article.title}》已审签完毕，可以发布。"
        notify(people, Notice.Kind.APPROVED, article, text, now=now)
        return
    verb = verb_for(current, current.due_level)
    name = level_name(current.due_level, current.levels)
    state = states_of([current])[0]
    people = [
        person
        for person in people_who_can(verb, article)
        if any(not objection(state, slot, person) for slot in state.due_slots)
    ]
    notify(
        people,
        Notice.Kind.TO_REVIEW,
        article,
        f"《{article.title}》等{name}。",
        now=now,
    )


def _noted(entry: SignOff) -> dict:
    """What the record of acts keeps of a ledger entry: enough to miss it if it went."""
    return {
        "ledger": entry.number,
        "sha256": entry.sha256,
        "level": entry.level,
        "revision": entry.revision_id,
        "note": entry.note,
    }
