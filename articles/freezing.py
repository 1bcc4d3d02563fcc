"""Freezing a desk copy into a revision, with the names of those whose words it holds."""

import datetime
from collections.abc import Sequence

from django.db.models import F

from accounts.models import User
from articles.models import Article, Contribution, Revision, RevisionWriter, SignOff
from articles.snapshots import content_of, fingerprint, words_fingerprint


def freeze(
    article: Article,
    *,
    by: User | None,
    now: datetime.datetime,
    edit_level: int = 0,
) -> Revision:
    """The latest revision if it says the same as the desk copy, else a new one.

    One who took words out and put them back counts as a writer, so their text is a new
    revision even if it reads the same. Call with the article locked. `edit_level` is the
    review level at which the text was changed, 0 for the writers. About a dozen queries.
    """
    content = content_of(article)
    sha256 = fingerprint(content)
    latest = article.revisions.order_by("-number").first()
    writers = _writers(article, words_fingerprint(content), latest, by)
    if latest and latest.sha256 == sha256:
        known = latest.writers.values_list("person", flat=True)
        if writers.issubset(known):
            return latest
    revision = Revision.objects.create(
        article=article,
        number=latest.number + 1 if latest else 1,
        content=content,
        sha256=sha256,
        created_at=now,
        created_by=by,
        desk_version=article.version,
        edit_level=edit_level,
    )
    RevisionWriter.objects.bulk_create(
        RevisionWriter(revision=revision, person_id=person)
        for person in sorted(writers)
    )
    return revision


def _writers(
    article: Article, words_sha256: str, latest: Revision | None, by: User | None
) -> set[int]:
    """Who put words into the desk copy since readers were last given a signed text of it.

    What was signed and went to readers is the newsroom's; what changed since has
    writers. A text that nobody signed, from a channel without reviews, keeps its own.
    Words that no save accounts for (a caption changed in the library) are held to be
    those of the person who first freezes them.
    """
    signed = _signed_releases(article)
    saves = list(
        Contribution.objects.filter(article=article)
        .order_by("version", "pk")
        .values_list("version", "words_sha256", "person")
    )
    start = _start(signed, saves)
    writers = {
        person for version, _, person in saves if version > start and person is not None
    }
    if start < 0 and article.created_by_id:
        writers.add(article.created_by_id)
    is_accounted_for = words_sha256 in signed.values() or (
        bool(saves) and saves[-1][1] == words_sha256
    )
    if is_accounted_for:
        return writers
    if latest and words_fingerprint(latest.content) == words_sha256:
        return writers.union(latest.writers.values_list("person", flat=True))
    if by:
        writers.add(by.pk)
    return writers


def _signed_releases(article: Article) -> dict[int, str]:
    """The fingerprint of the words of every signed text that readers were given, by the
    desk version it was frozen at. Signed means: by the last level of its round."""
    signed = article.revisions.filter(
        published__isnull=False,
        sign_offs__verdict=SignOff.Verdict.PASS,
        sign_offs__level=F("sign_offs__round__levels"),
    )
    return {
        revision.desk_version: words_fingerprint(revision.content)
        for revision in signed
    }


def _start(signed: dict[int, str], saves: Sequence[tuple[int, str, int | None]]) -> int:
    """The desk version after which every save counts; -1 if all do.

    An old text that was brought back has its writers again: they count from the signed
    text that came before it.
    """
    start = max(signed, default=-1)
    since = {words for version, words, _ in saves if version > start}
    brought_back = since - set(signed.values())
    for version, words, _ in saves:
        if version <= start and words in brought_back:
            return max((place for place in signed if place < version), default=-1)
    return start
