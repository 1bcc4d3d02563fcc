"""Notes (批注): remarks among editors on a revision, answered and settled beside the text.

Whoever may read a story may write, answer, resolve and reopen notes on it. A note stays
with the revision it was written on; whether those words have changed since is told by
comparing it with the newest one.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.rights import can, require
from accounts.roles import Verb
from articles.layout import plain_text
from articles.models import Article, Note, Notice, Revision
from articles.notices import notify
from articles.refusals import Refused

LONGEST_TEXT = 1000  # characters
LONGEST_EXCERPT = 200
AT_SIGNS = "@＠"


class NoteRefused(Refused):
    """A verb on notes was refused."""


@dataclass(frozen=True)
class Thread:
    """A note with its answers, and what became of the words it is about."""

    note: Note
    answers: list[Note]
    place: str
    has_changed: bool


def write(
    article: Article,
    *,
    by: User,
    text: str,
    sha256: str,
    anchor: str = "",
    excerpt: str = "",
    now: datetime.datetime | None = None,
) -> Note:
    """Put a note on the revision that was read, whole or one section or some words of it.

    `sha256` is that revision's fingerprint. Refused if the words do not stand there.
    """
    with _locked(article, by, now) as (article, now):
        revision = article.revisions.filter(sha256=sha256).first()
        if revision is None:
            raise NoteRefused("批注要写在定过稿的版本上；这篇稿件还没有这一版。")
        excerpt = excerpt.strip()
        if anchor and _section(revision, anchor) is None:
            raise NoteRefused("这一版里没有你选的那一节，请重新选。")
        if len(excerpt) > LONGEST_EXCERPT:
            raise NoteRefused(f"所批文字太长，最多 {LONGEST_EXCERPT} 个字。")
        if excerpt and excerpt not in _words(revision, anchor):
            raise NoteRefused("所批文字在这一处找不到，请从正文里照原样复制。")
        return _append(
            article,
            Note(
                article=article,
                revision=revision,
                anchor=anchor,
                excerpt=excerpt,
                text=text,
                written_by=by,
                written_at=now,
            ),
        )


def answer(
    note: Note, *, by: User, text: str, now: datetime.datetime | None = None
) -> Note:
    """Answer a note; an answer to an answer stands under the same note."""
    with _locked(note.article, by, now) as (article, now):
        return _append(
            article,
            Note(
                article=article,
                revision=note.revision,
                text=text,
                answers=note.answers or note,
                written_by=by,
                written_at=now,
            ),
        )


def resolve(note: Note, *, by: User, now: datetime.datetime | None = None) -> None:
    """Say that a note is settled."""
    with _locked(note.article, by, now) as (_, now):
        stored = Note.objects.get(pk=note.pk)
        if stored.resolved_at:
            raise NoteRefused("这条批注已经标为解决。")
        Note.objects.filter(pk=note.pk).update(resolved_by=by, resolved_at=now)


def reopen(note: Note, *, by: User) -> None:
    """Take up a settled note again."""
    with _locked(note.article, by, None):
        stored = Note.objects.get(pk=note.pk)
        if not stored.resolved_at:
            raise NoteRefused("这条批注还没有标为解决。")
        Note.objects.filter(pk=note.pk).update(resolved_by=None, resolved_at=None)


def threads_of(article: Article) -> list[Thread]:
    """The story's notes, open ones first, then in the order written. Five queries."""
    newest = article.revisions.order_by("-number").first()
    if newest is None:
        return []
    notes = (
        article.notes.filter(answers=None)
        .select_related("written_by", "resolved_by")
        .prefetch_related("revision", "replies__written_by")
    )
    threads = [
        Thread(note, list(note.replies.all()), _place(note), _has_changed(note, newest))
        for note in notes
    ]
    return sorted(threads, key=lambda thread: thread.note.resolved_at is not None)


def people_mentioned(text: str, article: Article) -> list[User]:
    """Staff named as @姓名 who may see the story. One query, and those of their rights."""
    if not any(sign in text for sign in AT_SIGNS):
        return []
    staff = User.objects.filter(is_active=True, is_staff=True)
    by_name: dict[str, list[User]] = {}
    for person in staff:
        by_name.setdefault(str(person), []).append(person)
    named: dict[int, User] = {}
    for place, character in enumerate(text):
        if character not in AT_SIGNS:
            continue
        # The longest name that stands there: 李四光 is not 李四.
        name = max(
            (name for name in by_name if text.startswith(name, place + 1)),
            key=len,
            default="",
        )
        named |= {person.pk: person for person in by_name.get(name, [])}
    return [person for person in named.values() if can(person, Verb.VIEW, article)]


@contextmanager
def _locked(
    article: Article, by: User, now: datetime.datetime | None
) -> Iterator[tuple[Article, datetime.datetime]]:
    """The article as stored, for one who may read it, and the moment of the act."""
    with transaction.atomic():
        stored = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
        require(by, Verb.DISCUSS, stored)
        yield stored, now or timezone.now()


def _append(article: Article, note: Note) -> Note:
    note.text = note.text.strip()
    if not note.text:
        raise NoteRefused("批注还是空的。")
    if len(note.text) > LONGEST_TEXT:
        raise NoteRefused(f"批注太长，最多 {LONGEST_TEXT} 个字。")
    note.save(force_insert=True)
    people = [
        person
        for person in people_mentioned(note.text, article)
        if person.pk != note.written_by_id
    ]
    note.mentioned.set(people)
    notify(
        people,
        Notice.Kind.MENTIONED,
        article,
        f"{note.written_by} 在《{article.title}》的批注里提到你：{note.text}",
        now=note.written_at,
    )
    return note


def _section(revision: Revision, anchor: str) -> dict | None:
    return next(
        (
            section
            for section in revision.content["sections"]
            if section["anchor"] == anchor
        ),
        None,
    )


def _words(revision: Revision, anchor: str) -> str:
    """The words of a section, or of the whole text without an anchor."""
    content = revision.content
    parts = [] if anchor else [content[part] for part in ("title", "subtitle")]
    if not anchor:
        parts += [content["kicker"], content["standfirst"]]
    for section in content["sections"]:
        if not anchor or section["anchor"] == anchor:
            parts += [section["heading"], section["subheading"]]
            parts.append(plain_text(section["body"]))
    return "\n".join(parts)


def _has_changed(note: Note, newest: Revision) -> bool:
    """Whether the words it is about no longer stand in the newest revision as they did."""
    if note.revision_id == newest.pk:
        return False
    now = _words(newest, note.anchor)
    return (
        note.excerpt not in now
        if note.excerpt
        else _words(note.revision, note.anchor) != now
    )


def _place(note: Note) -> str:
    """Which part of the revision it is about, in words; empty for the whole."""
    if not note.anchor:
        return ""
    sections = note.revision.content["sections"]
    return next(
        (
            section["heading"] or f"第 {number} 节"
            for number, section in enumerate(sections, start=1)
            if section["anchor"] == note.anchor
        ),
        "",
    )
