"""Keeping account of the desk copy: who changed it, and that nobody is overwritten.

Every way of changing a desk copy (the form, bulk actions, restoring, importing, pasting)
ends in `record_save`.
"""

import datetime

from django.utils import timezone

from accounts import audit
from accounts.models import Act, User
from articles.models import Article, Contribution
from articles.reviews import after_edit
from articles.signals import desk_copy_saved
from articles.snapshots import content_of, fingerprint, words_fingerprint


class EditedMeanwhile(Exception):  # noqa: N818  the other text is not an error
    """Somebody saved the desk copy after the form was opened. `article` is as stored."""

    def __init__(self, article: Article) -> None:
        super().__init__(str(article))
        self.article = article


def lock(article_id: int, *, version: int | None = None) -> Article:
    """The article as stored, locked until the transaction ends.

    With a version: raises EditedMeanwhile unless it is still that. The check holds
    until the commit, because the row is locked. Must run inside a transaction.
    """
    article = Article.objects.select_for_update(of=("self",)).get(pk=article_id)
    if version is not None and article.version != version:
        raise EditedMeanwhile(article)
    return article


def record_save(
    article: Article,
    *,
    by: User | None,
    now: datetime.datetime | None = None,
    before: dict | None = None,
    act: Act = Act.CHANGE,
) -> bool:
    """Account for a save of the desk copy, in its transaction; False if nothing changed.

    Raises the version, notes who put words in, keeps before and after in the record of
    acts, and if the story is under review lets the signatures that no longer hold fall.
    `before` is the content before the save (snapshots.content_of), if there was any.
    `by=None` is the operator at the console. Call with the article locked, after all
    its rows were written. Updates the instance given.
    """
    now = now or timezone.now()
    stored = Article.objects.select_related("channel", "source", "cover").get(
        pk=article.pk
    )
    content = content_of(stored)
    if before is not None and fingerprint(before) == fingerprint(content):
        return False
    stored.version += 1
    stored.saved_by = by
    stored.saved_at = now
    stored.save(update_fields=["version", "saved_by", "saved_at", "updated_at"])
    words = words_fingerprint(content)
    if before is None or words_fingerprint(before) != words:
        Contribution.objects.create(
            article=stored,
            person=by,
            version=stored.version,
            words_sha256=words,
            at=now,
        )
    if stored.is_on_the_way:
        after_edit(stored, by=by, now=now)
    audit.record(
        Act.CREATE if before is None and act == Act.CHANGE else act,
        by=by,
        subject=stored,
        before=_difference(before or {}, content),
        after=_difference(content, before or {}),
        now=now,
    )
    for name in ("version", "saved_by", "saved_at", "stage", "updated_at"):
        setattr(article, name, getattr(stored, name))
    desk_copy_saved.send(Article, article=stored)
    return True


def _difference(content: dict, other: dict) -> dict:
    """The parts of `content` that `other` has not, or has otherwise."""
    return {part: value for part, value in content.items() if other.get(part) != value}
