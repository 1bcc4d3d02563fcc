"""The pictures that other sites show where a story is shared."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models import PublishedArticle
from articles.views.story import gone_or_missing
from fronts.models import SiteIdentity
from fronts.share_cards import Shape, address_of, picture_of, version_of


@require_safe
def card(request: HttpRequest, article_id: int, version: str) -> HttpResponse:
    return _drawn(request, article_id, Shape.CARD, version)


@require_safe
def square(request: HttpRequest, article_id: int, version: str) -> HttpResponse:
    return _drawn(request, article_id, Shape.SQUARE, version)


def _drawn(
    request: HttpRequest, article_id: int, shape: Shape, version: str
) -> HttpResponse:
    """Asked of the visible story each time, whatever the cache still has."""
    visible = PublishedArticle.objects.visible(timezone.now()).for_cards()
    story = visible.filter(article_id=article_id).first()
    if story is None:
        return gone_or_missing(request, article_id)
    about = story, request.edition, SiteIdentity.current()
    if version != version_of(*about):
        return redirect(address_of(shape, *about))
    response = HttpResponse(picture_of(shape, *about), content_type=shape.media_type)
    # Made to be shown elsewhere.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
