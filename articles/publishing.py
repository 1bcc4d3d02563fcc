"""The publishing verbs: the only code that changes what readers see.

Each verb checks the right of the person, locks the article, checks the rules, and
writes the new interval in one transaction. A refusal raises PublishingRefused with
sentences for the editor and changes nothing. `by=None` is the operator at the console.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import Verb, may
from articles.layout import lay_out, plain_text
from articles.listings import list_in_channels
from articles.models import Article, PublishedArticle, Revision, Withdrawal
from articles.models.desk import DatePrecision
from articles.snapshots import content_of, fingerprint
from channels.models import Channel


class PublishingRefused(Exception):  # noqa: N818  a refusal is an answer, not an error
    """The rules forbid the act. `sentences` say why, in the editor's language."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(*sentences)
        self.sentences = sentences


def publish(
    article: Article, *, by: User | None, now: datetime.datetime | None = None
) -> PublishedArticle:
    """Show the desk copy to readers at once; a planned first version is brought forward."""
    with _locked(article, by, Verb.PUBLISH, now) as (article, now):
        if live_version(article, now):
            raise PublishingRefused("这篇稿件已经发布。要换成新内容，请用“替换”。")
        _refuse_unready(article)
        _cancel_planned(article, now)
        return _open_interval(article, visible_from=now, by=by, now=now)


def schedule(
    article: Article,
    at: datetime.datetime,
    *,
    by: User | None,
    now: datetime.datetime | None = None,
) -> PublishedArticle:
    """Let the desk copy go live at `at`; an earlier plan for the article is given up."""
    with _locked(article, by, Verb.PUBLISH, now) as (article, now):
        if live_version(article, now):
            raise PublishingRefused("这篇稿件已经发布。要定时换成新内容，请用“替换”。")
        _refuse_past(at, now)
        _refuse_unready(article)
        _cancel_planned(article, now)
        return _open_interval(article, visible_from=at, by=by, now=now)


def replace(
    article: Article,
    *,
    by: User | None,
    at: datetime.datetime | None = None,
    now: datetime.datetime | None = None,
) -> PublishedArticle:
    """Put the desk copy in the place of the live version, now or at `at`.

    The old interval ends in the very moment the new one begins. An earlier planned
    replacement is given up.
    """
    with _locked(article, by, Verb.PUBLISH, now) as (article, now):
        live = live_version(article, now)
        if not live:
            raise PublishingRefused("这篇稿件没有在线版本，不能替换；请用“发布”。")
        if at is not None:
            _refuse_past(at, now)
        _refuse_unready(article)
        edge = at or now
        _cancel_planned(article, now)
        PublishedArticle.objects.filter(pk=live.pk).update(visible_until=edge)
        return _open_interval(article, visible_from=edge, by=by, now=now)


def cancel_schedule(
    article: Article, *, by: User | None, now: datetime.datetime | None = None
) -> None:
    """Give up what is planned. A live version that was to be replaced stays."""
    with _locked(article, by, Verb.PUBLISH, now) as (article, now):
        if not planned_version(article, now):
            raise PublishingRefused("这篇稿件没有定时任务。")
        _cancel_planned(article, now)


def withdraw(
    article: Article,
    *,
    by: User | None,
    public_note: str = "",
    now: datetime.datetime | None = None,
) -> Withdrawal:
    """Take the story away from readers at once, everywhere, and say so at its address."""
    with _locked(article, by, Verb.WITHDRAW, now) as (article, now):
        live = live_version(article, now)
        if not live:
            raise PublishingRefused("这篇稿件没有在线版本，无须撤回。")
        _cancel_planned(article, now)
        PublishedArticle.objects.filter(pk=live.pk).update(visible_until=now)
        return Withdrawal.objects.create(
            article=article,
            withdrawn_at=now,
            public_note=public_note.strip(),
            withdrawn_by=by,
        )


def live_version(article: Article, at: datetime.datetime) -> PublishedArticle | None:
    """What readers see of this story at `at`. One query."""
    return article.published.visible(at).first()


def planned_version(article: Article, at: datetime.datetime) -> PublishedArticle | None:
    """What is to go live after `at`. One query."""
    return article.published.scheduled(at).order_by("visible_from").first()


def unreadiness(article: Article) -> list[str]:
    """Why the desk copy cannot go to readers yet: one sentence each, empty if it can."""
    sentences = []
    if not article.title.strip():
        sentences.append("还没有标题。")
    if article.channel is None:
        sentences.append("还没有选频道。")
    elif article.channel.kind == Channel.Kind.LINK:
        sentences.append("“外部链接”频道不能放稿件，请换一个频道。")
    if not any(plain_text(section.body) for section in article.sections.all()):
        sentences.append("正文还是空的。")
    if not article.is_reprint and not article.editor_credits.exists():
        sentences.append("还没有署责任编辑。")
    return sentences


@contextmanager
def _locked(
    article: Article, by: User | None, verb: Verb, now: datetime.datetime | None
) -> Iterator[tuple[Article, datetime.datetime]]:
    """The article as stored, locked until the verb has written, and the moment of the act.

    The person's right is checked first. The clock is read only once the lock is held:
    a verb that waited for another one must not judge by a time before it.
    """
    if by is not None and not may(by, verb):
        raise PermissionDenied
    with transaction.atomic():
        stored = (
            Article.objects.select_for_update(of=("self",))
            .select_related("channel", "source", "cover")
            .get(pk=article.pk)
        )
        yield stored, now or timezone.now()
    article.refresh_from_db(fields=["first_published_at"])


def _refuse_past(at: datetime.datetime, now: datetime.datetime) -> None:
    if at <= now:
        shown = timezone.localtime(at)
        raise PublishingRefused(
            f"定时时间 {shown:%Y-%m-%d %H:%M} 已经过去，请改成将来的时间。"
        )


def _refuse_unready(article: Article) -> None:
    sentences = unreadiness(article)
    if sentences:
        raise PublishingRefused(*sentences)


def _cancel_planned(article: Article, now: datetime.datetime) -> None:
    """Remove versions nobody has seen, and let the live version stay open-ended."""
    planned = article.published.scheduled(now)
    edges = list(planned.values_list("visible_from", flat=True))
    if not edges:
        return
    planned.delete()
    article.published.visible(now).filter(visible_until__in=edges).update(
        visible_until=None
    )
    if article.first_published_at and article.first_published_at > now:
        article.first_published_at = None
        article.save(update_fields=["first_published_at"])


def _open_interval(
    article: Article,
    *,
    visible_from: datetime.datetime,
    by: User | None,
    now: datetime.datetime,
) -> PublishedArticle:
    revision = _freeze(article, by=by, now=now)
    if article.first_published_at is None:
        article.first_published_at = visible_from
        article.save(update_fields=["first_published_at"])
    if article.original_published_at:
        dated_at = article.original_published_at
        dated_precision = article.original_precision
    else:
        dated_at = article.first_published_at
        dated_precision = DatePrecision.MINUTE
    previous = (
        article.published.filter(visible_from__lt=visible_from)
        .order_by("visible_from")
        .last()
    )
    published = PublishedArticle.objects.create(
        article=article,
        revision=revision,
        **lay_out(revision.content),
        dated_at=dated_at,
        dated_precision=dated_precision,
        text_updated_at=_text_updated_at(previous, revision, visible_from),
        visible_from=visible_from,
    )
    published.tags.set(revision.content["tags"])
    list_in_channels(published, revision.content["further_channels"])
    return published


def _freeze(article: Article, *, by: User | None, now: datetime.datetime) -> Revision:
    """The latest revision if it says the same, else a new one."""
    content = content_of(article)
    sha256 = fingerprint(content)
    latest = article.revisions.order_by("-number").first()
    if latest and latest.sha256 == sha256:
        return latest
    return Revision.objects.create(
        article=article,
        number=latest.number + 1 if latest else 1,
        content=content,
        sha256=sha256,
        created_at=now,
        created_by=by,
    )


def _text_updated_at(
    previous: PublishedArticle | None,
    revision: Revision,
    visible_from: datetime.datetime,
) -> datetime.datetime | None:
    """When readers last got other words: a new picture or channel is not an update."""
    if previous is None:
        return None
    words = ("title", "subtitle", "standfirst", "sections")
    before = previous.revision.content
    if any(before[part] != revision.content[part] for part in words):
        return visible_from
    return previous.text_updated_at
