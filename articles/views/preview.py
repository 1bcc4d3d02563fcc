"""A revision that has not been published, for whoever was given the link."""

import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models import Revision
from articles.moments import full_moment, moment_in_words
from articles.preview_page import Look, preview_page
from articles.previews import visit


@require_safe
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """A revision that has not been published, for whoever was given the link."""
    now = timezone.now()
    link = visit(token, now)
    if link is None:
        raise Http404
    return preview_page(
        request,
        link.revision.article,
        link.revision.content,
        Look(request.edition),
        banner=f"{_standing(link.revision, now)}第 {link.revision.number} 版，请勿转发。"
        f"链接 {full_moment(link.expires_at)} 失效。",
    )


def _standing(revision: Revision, now: datetime.datetime) -> str:
    """What its readers have to know first. One query."""
    planned = revision.published.scheduled(now).order_by("visible_from").first()
    if planned is None:
        return "未发布 · "
    return f"未发布 · 定于 {moment_in_words(planned.visible_from, now)} 发布 · "
