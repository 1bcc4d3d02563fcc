"""The intervals in which versions of a story are shown: opening, ending, giving up.

Only articles.publishing and articles.edition_terms call what writes here, with the
article locked and the rules checked.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import User
from articles.credits import write_credits
from articles.freezing import freeze
from articles.layout import lay_out, lay_out_editions
from articles.listings import list_in_channels
from articles.materials import write_published
from articles.models import Announcement, Article, PublishedArticle, Revision, Tag
from articles.models.desk import DatePrecision
from articles.refusals import Refused
from articles.reviews import released, unsigned
from articles.signals import interval_ended, version_laid_out
from editions.story_terms import StoredTerm


class PublishingRefused(Refused):
    """A publishing verb was refused."""


@dataclass(frozen=True)
class Span:
    start: datetime.datetime
    end: datetime.datetime | None = None


def live_version(article: Article, at: datetime.datetime) -> PublishedArticle | None:
    """What readers see of this story at `at`. One query."""
    return article.published.visible(at).first()


def planned_version(article: Article, at: datetime.datetime) -> PublishedArticle | None:
    """What is to go live after `at`. One query."""
    return article.published.scheduled(at).order_by("visible_from").first()


def end(version: PublishedArticle, at: datetime.datetime | None) -> None:
    """Let this interval end there; what was to happen at its old end no longer will."""
    PublishedArticle.objects.filter(pk=version.pk).update(visible_until=at)
    version.announcements.filter(kind=Announcement.Kind.EXPIRED, done_at=None).delete()
    interval_ended.send(PublishedArticle, published=version, at=at)


def cancel_planned(article: Article, now: datetime.datetime) -> None:
    """Remove versions nobody has seen; the live version then ends when they would have."""
    planned = article.published.scheduled(now).order_by("visible_from")
    edges = list(planned.values_list("visible_from", "visible_until"))
    if not edges:
        return
    planned.delete()
    live = article.published.visible(now).filter(visible_until=edges[0][0]).first()
    if live:
        until = edges[-1][1]
        end(live, until)
        if until:
            announce(live, Announcement.Kind.EXPIRED, until)
    if article.first_published_at and article.first_published_at > now:
        article.first_published_at = None
        article.save(update_fields=["first_published_at"])


def open_interval(
    article: Article, span: Span, *, by: User | None, now: datetime.datetime
) -> PublishedArticle:
    """Freeze the desk copy and lay it out for readers in this interval."""
    revision = freeze(article, by=by, now=now)
    # A name may have been changed since the signatures were checked: those
    # rows are saved without the lock of the story. What is frozen now is what goes out.
    if unsigned(article, by=by):
        raise PublishingRefused("署名刚才又改过，请收回后重新送审。")
    if article.first_published_at is None:
        article.first_published_at = span.start
        article.save(update_fields=["first_published_at"])
    previous = (
        article.published.filter(visible_from__lt=span.start)
        .order_by("visible_from")
        .last()
    )
    published = lay_out_version(article, revision, span, previous=previous)
    if span.start > now:
        announce(published, Announcement.Kind.WENT_LIVE, span.start)
    released(article, now)
    return published


def lay_out_version(
    article: Article,
    revision: Revision,
    span: Span,
    *,
    previous: PublishedArticle | None,
) -> PublishedArticle:
    """The row that readers' pages are made of, with its place in the lists."""
    original = revision.content.get("original_published")
    if original:
        dated_at = datetime.datetime.fromisoformat(original["at"])
        dated_precision = original["precision"]
    else:
        dated_at = article.first_published_at or span.start
        dated_precision = DatePrecision.MINUTE
    published = PublishedArticle.objects.create(
        article=article,
        revision=revision,
        **lay_out(revision.content),
        **lay_out_editions(
            revision.content, [term.stored() for term in article.edition_terms.all()]
        ),
        dated_at=dated_at,
        dated_precision=dated_precision,
        text_updated_at=_text_updated_at(previous, revision, span.start),
        corrections=corrections_of(article),
        visible_from=span.start,
        visible_until=span.end,
    )
    published.tags.set(Tag.objects.standing_for(revision.content["tags"]))
    write_credits(published, article)
    write_published(published)
    list_in_channels(published, revision.content["further_channels"])
    if span.end and not article.published.filter(visible_from=span.end).exists():
        announce(published, Announcement.Kind.EXPIRED, span.end)
    version_laid_out.send(PublishedArticle, published=published)
    return published


def lay_out_terms(published: PublishedArticle, terms: Sequence[StoredTerm]) -> None:
    """Let the editions of this version be written with these terms of its story. Its
    own words stay. Called by articles.edition_terms, with the article locked."""
    columns = lay_out_editions(published.revision.content, terms)
    PublishedArticle.objects.filter(pk=published.pk).update(**columns)


def show_anew(published: PublishedArticle) -> None:
    """Lay the text out again after something that it shows was replaced. The words stay
    as they were signed."""
    columns = lay_out(published.revision.content)
    PublishedArticle.objects.filter(pk=published.pk).update(
        body_html=columns["body_html"]
    )


def announce(
    published: PublishedArticle, kind: Announcement.Kind, due_at: datetime.datetime
) -> None:
    """Promise a side effect. One done under a clock that ran ahead is due once more."""
    Announcement.objects.update_or_create(
        published_article=published,
        kind=kind,
        defaults={"due_at": due_at, "done_at": None},
    )


def corrections_of(article: Article) -> list[dict[str, str]]:
    """All public notes of the story, oldest first, as a published row keeps them."""
    return [
        {
            "kind": item.kind,
            "note": item.note,
            "noted_at": item.noted_at.astimezone(datetime.UTC).isoformat(),
        }
        for item in article.corrections.order_by("noted_at", "pk")
    ]


def _text_updated_at(
    previous: PublishedArticle | None,
    revision: Revision,
    visible_from: datetime.datetime,
) -> datetime.datetime | None:
    """When readers last got other words: a new picture or channel is not an update."""
    if previous is None:
        return None
    words = ("title", "subtitle", "standfirst", "sections", "honour")
    before = previous.revision.content
    if any(before.get(part) != revision.content.get(part) for part in words):
        return visible_from
    return previous.text_updated_at
