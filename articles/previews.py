"""Links by which somebody without an account reads one revision for a while.

The address carries a random key under the site's signature. It always shows the revision
it was made for, whatever becomes of the desk copy; it ends by itself, or when somebody
takes it back.
"""

import datetime
import secrets

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from accounts import audit
from accounts.models import Act, User
from accounts.rights import require
from accounts.roles import Verb
from articles.freezing import freeze
from articles.models import Article, PreviewLink
from articles.refusals import Refused
from articles.writing import lock

DAYS = (1, 3, 7, 14)
MOST_OPEN = 20  # links of one story at a time


class PreviewRefused(Refused):
    """A link could not be made."""


def share(
    article: Article, *, days: int, by: User, now: datetime.datetime | None = None
) -> PreviewLink:
    """A link to the desk copy as it is now, frozen, for so many days (one of DAYS)."""
    if days not in DAYS:
        raise PreviewRefused("请从列出的天数里选一个。")
    with transaction.atomic():
        stored = lock(article.pk)
        require(by, Verb.DISCUSS, stored)
        now = now or timezone.now()
        if open_links(stored, now).count() >= MOST_OPEN:
            raise PreviewRefused(f"这篇稿件已有 {MOST_OPEN} 个有效链接，请先收回几个。")
        link = PreviewLink.objects.create(
            revision=freeze(stored, by=by, now=now),
            key=secrets.token_urlsafe(32),
            made_by=by,
            made_at=now,
            expires_at=now + datetime.timedelta(days=days),
        )
        audit.record(
            Act.SHARE_PREVIEW,
            by=by,
            subject=stored,
            after={"revision": link.revision.number, "expires_at": link.expires_at},
            now=now,
        )
        return link


def revoke(
    link: PreviewLink, *, by: User, now: datetime.datetime | None = None
) -> None:
    """End the link at once. Whoever works on the story may do it."""
    article = link.revision.article
    require(by, Verb.DISCUSS, article)
    with transaction.atomic():
        now = now or timezone.now()
        ended = PreviewLink.objects.filter(pk=link.pk, revoked_at=None).update(
            revoked_at=now, revoked_by=by
        )
        if not ended:
            raise PreviewRefused("这个链接已经收回。")
        audit.record(
            Act.REVOKE_PREVIEW,
            by=by,
            subject=article,
            before={"revision": link.revision.number, "expires_at": link.expires_at},
            now=now,
        )


def open_links(article: Article, at: datetime.datetime) -> QuerySet[PreviewLink]:
    """The story's links that still work."""
    return PreviewLink.objects.filter(
        revision__article=article, revoked_at=None, expires_at__gt=at
    ).select_related("revision", "made_by")


def token_of(link: PreviewLink) -> str:
    """What stands in the address."""
    return _signer().sign(link.key)


def visit(token: str, at: datetime.datetime) -> PreviewLink | None:
    """The link that this token opens at that moment, counted; None for any other."""
    try:
        key = _signer().unsign(token)
    except BadSignature:
        return None
    link = (
        PreviewLink.objects.filter(key=key, revoked_at=None, expires_at__gt=at)
        .select_related("revision__article")
        .first()
    )
    if link:
        PreviewLink.objects.filter(pk=link.pk).update(
            views=F("views") + 1, last_viewed_at=at
        )
    return link


def _signer() -> Signer:
    return Signer(salt="articles.previews")
