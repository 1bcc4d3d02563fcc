"""Bringing an old revision back as the desk copy. What readers see does not change."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.models import Act, User
from accounts.rights import require
from accounts.roles import Verb
from articles.desk_copies import plan_for, write
from articles.freezing import freeze
from articles.models import Article, Revision
from articles.snapshots import content_of, fingerprint
from articles.writing import lock, record_save


@dataclass(frozen=True)
class Restored:
    """The article as stored now. `left_out` are sentences about what could not come back;
    `is_changed` is false if the desk copy was the same already."""

    article: Article
    left_out: tuple[str, ...]
    is_changed: bool


def restore(revision: Revision, *, by: User, version: int | None = None) -> Restored:
    """Make the desk copy equal to this revision again; one transaction.

    The desk copy as it was is frozen first, if no revision has it yet. `version` is the
    desk version the person looked at: EditedMeanwhile if it is another one by now.
    Raises Denied.
    """
    with transaction.atomic():
        now = timezone.now()
        article = lock(revision.article_id, version=version)
        require(by, Verb.EDIT, article)
        before = content_of(article)
        plan = plan_for(revision.content, article, by)
        if not article.revisions.filter(sha256=fingerprint(before)).exists():
            freeze(article, by=by, now=now)
        write(article, revision.content, plan)
        stored = Article.objects.get(pk=article.pk)
        is_changed = record_save(stored, by=by, now=now, before=before, act=Act.RESTORE)
        return Restored(stored, tuple(plan.left_out), is_changed)
