"""Readers' pages of one story and of one tag."""

from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models import PublishedArticle, Tag, Withdrawal
from articles.models.desk import Script
from articles.moments import full_moment
from articles.paging import PAGE_SIZE, page_numbers, requested_page
from articles.preview_page import Look, preview_page
from articles.previews import visit
from articles.queries import neighbours, related
from articles.structured_data import breadcrumb_list
from editions.catalogue import by_code

CONTENTS_FROM_HEADINGS = 3
CONTENTS_FROM_LENGTH = 1500  # characters
OLD_AFTER_DAYS = 365


@require_safe
def page(request: HttpRequest, article_id: int) -> HttpResponse:
    now = timezone.now()
    published = (
        PublishedArticle.objects.visible(now)
        .filter(article_id=article_id)
        .select_related("channel", "cover")
        .first()
    )
    if published is None:
        return _gone_or_missing(request, article_id)
    ancestors = list(published.channel.ancestors(include_self=True))
    older, newer = neighbours(published, now)
    return render(
        request,
        "articles/page.html",
        {
            "story": published,
            **_conversion_note(request, published),
            "channels": ancestors,
            "tags": published.tags.all(),
            "has_contents": len(published.contents) >= CONTENTS_FROM_HEADINGS
            or (published.contents and published.length > CONTENTS_FROM_LENGTH),
            "years_old": (now - published.dated_at).days // OLD_AFTER_DAYS,
            "older": older,
            "newer": newer,
            "related": related(published, now),
            "breadcrumbs": breadcrumb_list(ancestors),
        },
    )


@require_safe
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    subject = get_object_or_404(Tag, slug=slug)
    stories = (
        PublishedArticle.objects.visible(timezone.now())
        .filter(tags=subject)
        .for_cards()
        .order_by("-dated_at", "-pk")
    )
    listing = requested_page(request, Paginator(stories, PAGE_SIZE))
    if not listing.paginator.count:
        raise Http404
    return render(
        request,
        "articles/tag.html",
        {"tag": subject, "page": listing, "page_numbers": page_numbers(listing)},
    )


@require_safe
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """A revision that has not been published, for whoever was given the link."""
    link = visit(token, timezone.now())
    if link is None:
        raise Http404
    return preview_page(
        request,
        link.revision.article,
        link.revision.content,
        Look(request.edition),
        banner=f"未发布的第 {link.revision.number} 版，请勿转发。"
        f"链接 {full_moment(link.expires_at)} 失效。",
    )


def _conversion_note(request: HttpRequest, published: PublishedArticle) -> dict:
    """Whether a program wrote this edition's text, and where the author's own text stands."""
    if published.script == request.edition.script:
        return {"is_converted": False}
    original = by_code("zh-hans" if published.script == Script.HANS else "zh-hant")
    prefix = f"/{original.prefix}" if original.prefix else ""
    return {
        "is_converted": True,
        "source_edition": original,
        "source_url": f"{prefix}{request.path_info}",
    }


def _gone_or_missing(request: HttpRequest, article_id: int) -> HttpResponse:
    """410 for a story that readers once could read, saying how it ended, else 404.

    A story that reached its end and waits to be shown again is not gone for good: 404.
    """
    now = timezone.now()
    versions = PublishedArticle.objects.filter(article_id=article_id)
    last = (
        versions.filter(visible_until__lte=now, visible_until__gt=F("visible_from"))
        .select_related("channel")
        .order_by("-visible_until")
        .first()
    )
    withdrawal = Withdrawal.objects.filter(article_id=article_id).first()
    if withdrawal and last and withdrawal.withdrawn_at < last.visible_until:
        withdrawal = None
    if withdrawal is None and (last is None or versions.scheduled(now).exists()):
        raise Http404
    return render(
        request,
        "410.html",
        {
            "withdrawal": withdrawal,
            "ended_at": last and last.visible_until,
            "channel": last and last.channel,
        },
        status=410,
    )
