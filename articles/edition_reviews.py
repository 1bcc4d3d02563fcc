"""Reading a story in its editions: who has read which paragraphs and found them right.

A paragraph's fingerprint covers its source text and the story's own terms in it. So a
review falls for the paragraphs in which one of these changed, and for no other. A newer
glossary or converter voids nothing: what readers would see change is looked at before it
goes live, and the workbench shows the paragraphs that read otherwise than when they were
reviewed.
"""

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts import audit
from accounts.models import Act, User
from accounts.rights import require
from accounts.roles import Verb
from articles.edition_terms import desk_paragraphs, lay_out_older
from articles.models import Article, EditionReview
from articles.paragraphs import Paragraph
from articles.refusals import Refused
from articles.writing import lock
from editions.catalogue import EDITIONS, Edition, EditionCode, by_code

MOST_ACCEPTED: Final = 20_000  # places of one story in one edition


class ReviewRefused(Refused):
    """A review of an edition was refused."""


@dataclass(frozen=True)
class Progress:
    """How far an edition of a story has been read."""

    edition: Edition
    read: int
    total: int
    # Those read before whose text has changed since.
    changed: int
    review: EditionReview | None

    @property
    def unread(self) -> int:
        return self.total - self.read

    @property
    def is_whole(self) -> bool:
        return self.total > 0 and self.read == self.total


def converted_editions(script: str) -> list[Edition]:
    """The editions that a program writes from a story in this script."""
    return [edition for edition in EDITIONS if edition.script != script]


def review(
    article: Article,
    edition_code: EditionCode,
    *,
    by: User,
    read_as: Mapping[str, str],
    now: datetime.datetime | None = None,
) -> int:
    """Note that these paragraphs were read in the edition, on record; how many are new.

    `read_as` is what the person had before them: {fingerprint: text in the edition}.
    Raises Denied; ReviewRefused if none of them is in the story any more, or all were
    read before.
    """
    with _locked(article, edition_code, by, now) as (stored, kept, now):
        present = {row.fingerprint: row for row in desk_paragraphs(stored)}
        seen = [fingerprint for fingerprint in read_as if fingerprint in present]
        if not seen:
            raise ReviewRefused(
                "稿件刚才改过，这些段落已经不在了。请看过现在的文字再记。"
            )
        new = [
            fingerprint for fingerprint in seen if fingerprint not in kept.paragraphs
        ]
        changed = [
            fingerprint
            for fingerprint in seen
            if kept.read_as.get(fingerprint, ["", ""])[1] != read_as[fingerprint]
        ]
        if not new and not changed:
            raise ReviewRefused("这些段落已经记过“看过了”。")
        before = len(kept.paragraphs)
        wanted = set(_wanted(stored, present, now))
        kept.paragraphs = [row for row in kept.paragraphs if row in wanted] + new
        kept.read_as = {
            fingerprint: kept.read_as[fingerprint]
            for fingerprint in kept.paragraphs
            if fingerprint in kept.read_as
        } | {
            fingerprint: [str(present[fingerprint].where), read_as[fingerprint]]
            for fingerprint in seen
        }
        _store(stored, kept, by, now, before)
        lay_out_older(stored, now)
        return len(new)


def take_back(
    article: Article,
    edition_code: EditionCode,
    *,
    by: User,
    only: Collection[str] | None = None,
    now: datetime.datetime | None = None,
) -> None:
    """Note that the edition is not read after all, or of it `only` these paragraphs.

    On record. Raises Denied; ReviewRefused if there is nothing to take back.
    """
    with _locked(article, edition_code, by, now) as (stored, kept, now):
        left = [row for row in kept.paragraphs if only is not None and row not in only]
        if left == kept.paragraphs:
            raise ReviewRefused("没有可以撤销的校对。")
        before = len(kept.paragraphs)
        kept.paragraphs = left
        kept.read_as = {row: kept.read_as[row] for row in left if row in kept.read_as}
        _store(stored, kept, by, now, before)


def accept(
    article: Article,
    edition_code: EditionCode,
    keys: Iterable[str],
    *,
    by: User,
    is_present: Collection[str],
    now: datetime.datetime | None = None,
) -> int:
    """Note that places are right, by their keys (articles.variants); how many are new.

    It is a help for whoever reads the edition and tells readers nothing, so it is not
    in the record of acts. `is_present` are the keys of the story as it is now: others
    are forgotten. Raises Denied.
    """
    with _locked(article, edition_code, by, now) as (_, kept, now):
        before = {key for key in kept.accepted if key in is_present}
        after = before | {key for key in keys if key in is_present}
        kept.accepted = sorted(after)[:MOST_ACCEPTED]
        kept.reviewed_at = kept.reviewed_at or now
        kept.save()
        return len(after - before)


def reviews_of(article: Article) -> dict[str, EditionReview]:
    """The reviews of its editions by their codes. One query."""
    rows = article.edition_reviews.select_related("reviewed_by")
    return {row.edition: row for row in rows}


def progress_of(
    edition: Edition, review: EditionReview | None, paragraphs: list[Paragraph]
) -> Progress:
    """How far the desk copy with these paragraphs has been read. No query."""
    known = set(review.paragraphs if review else ())
    unread = [row for row in paragraphs if row.fingerprint not in known]
    stale = _stale_places(review, paragraphs)
    return Progress(
        edition,
        read=len(paragraphs) - len(unread),
        total=len(paragraphs),
        changed=sum(str(row.where) in stale for row in unread),
        review=review,
    )


def changed_since(
    review: EditionReview | None, paragraphs: list[Paragraph]
) -> dict[str, str]:
    """Of paragraphs that changed since they were read: {fingerprint: how it read then}."""
    known = set(review.paragraphs if review else ())
    stale = _stale_places(review, paragraphs)
    return {
        row.fingerprint: stale[str(row.where)]
        for row in paragraphs
        if row.fingerprint not in known and str(row.where) in stale
    }


def progress(article: Article, paragraphs: list[Paragraph]) -> list[Progress]:
    """How far each converted edition of the desk copy has been read. One query."""
    reviews = reviews_of(article)
    return [
        progress_of(edition, reviews.get(edition.code), paragraphs)
        for edition in converted_editions(article.script)
    ]


def _stale_places(
    review: EditionReview | None, paragraphs: list[Paragraph]
) -> dict[str, str]:
    """Where paragraphs stood that were read and are gone, and how they read."""
    present = {row.fingerprint for row in paragraphs}
    return {
        where: text
        for fingerprint, (where, text) in (review.read_as if review else {}).items()
        if fingerprint not in present
    }


def _wanted(
    article: Article, present: Iterable[str], now: datetime.datetime
) -> Iterator[str]:
    """Fingerprints that a review is still of use for: of the desk copy, and of the
    versions that readers have or will have. One query."""
    yield from present
    shown = Q(visible_until=None) | Q(visible_until__gt=now)
    for version in article.published.filter(shown).values_list("paragraphs", flat=True):
        yield from version


@contextmanager
def _locked(
    article: Article,
    edition_code: EditionCode,
    by: User,
    now: datetime.datetime | None,
) -> Iterator[tuple[Article, EditionReview, datetime.datetime]]:
    """The story and the review as stored, for an editor of its channel."""
    with transaction.atomic():
        stored = lock(article.pk)
        require(by, Verb.SIGN, stored)
        if by_code(edition_code).script == stored.script:
            raise ReviewRefused("这一版就是原文，不用校对转换。")
        kept = EditionReview.objects.filter(
            article=stored, edition=edition_code
        ).first()
        now = now or timezone.now()
        if kept is None:
            kept = EditionReview(article=stored, edition=edition_code, reviewed_at=now)
        yield stored, kept, now


def _store(
    article: Article,
    kept: EditionReview,
    by: User,
    now: datetime.datetime,
    before: int,
) -> None:
    kept.reviewed_by, kept.reviewed_at = by, now
    kept.save()
    edition = by_code(kept.edition).label
    audit.record(
        Act.CHANGE,
        by=by,
        subject=article,
        before={"edition": edition, "read_paragraphs": before},
        after={"edition": edition, "read_paragraphs": len(kept.paragraphs)},
        now=now,
    )
