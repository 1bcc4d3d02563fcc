"""A revision that has not been published, for whoever was given the link."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.moments import full_moment
from articles.preview_page import Look, preview_page
from articles.previews import visit


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
