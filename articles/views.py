"""Readers' pages of one story and of one tag."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models import PublishedArticle, Tag, Withdrawal
from articles.models.desk import Script
from articles.paging import page_numbers, requested_page
from articles.queries import neighbours, related
from articles.structured_data import breadcrumb_list, news_article
from editions.catalogue import by_code

PAGE_SIZE = 20
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
            "structured_data": [
                news_article(published),
                breadcrumb_list(ancestors),
            ],
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
    """410 with the public note for a story that readers once could read, else 404."""
    withdrawal = (
        Withdrawal.objects.filter(article_id=article_id)
        .order_by("-withdrawn_at")
        .first()
    )
    if withdrawal is None:
        raise Http404
    last = (
        PublishedArticle.objects.filter(article_id=article_id)
        .exclude(visible_until=None)
        .select_related("channel")
        .order_by("-visible_until")
        .first()
    )
    return render(
        request,
        "410.html",
        {"withdrawal": withdrawal, "channel": last.channel if last else None},
        status=410,
    )
