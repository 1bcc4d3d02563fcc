"""Readers' page of one story, and what stands there when it is gone."""

from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.corrections import script_to_mark
from articles.models import EditionReview, PublishedArticle, Withdrawal
from articles.models.desk import Script
from articles.queries import neighbours, related
from articles.structured_data import breadcrumb_list
from editions.catalogue import by_code

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
        return gone_or_missing(request, article_id)
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
            "years_old": (now - published.dated_at).days // OLD_AFTER_DAYS,
            "older": older,
            "newer": newer,
            "related": related(published, now),
            "breadcrumbs": breadcrumb_list(ancestors),
        },
    )


def _conversion_note(request: HttpRequest, published: PublishedArticle) -> dict:
    """Whether a program wrote this edition's text and nobody has read it since, and where
    the author's own text stands. At most one query, for a converted edition."""
    edition = request.edition
    if published.script == edition.script or EditionReview.objects.cover(
        published, edition.code
    ):
        return {"is_converted": False}
    original = by_code("zh-hans" if published.script == Script.HANS else "zh-hant")
    prefix = f"/{original.prefix}" if original.prefix else ""
    return {
        "is_converted": True,
        "source_edition": original,
        "source_url": f"{prefix}{request.path_info}",
    }


def gone_or_missing(request: HttpRequest, article_id: int) -> HttpResponse:
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
            "note_script": withdrawal and script_to_mark(withdrawal.public_note),
            "ended_at": last and last.visible_until,
            "channel": last and last.channel,
        },
        status=410,
    )
