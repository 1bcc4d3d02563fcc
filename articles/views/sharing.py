"""The page and the code with which readers hand a story on."""

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models import PublishedArticle
from articles.structured_data import absolute
from articles.views.story import gone_or_missing

CODE_SCALE = 12  # pixels a module: sharp at 200 px on dense screens and on paper
CODE_BORDER = 4  # modules; with less the code may not be found


@require_safe
def page(request: HttpRequest, article_id: int) -> HttpResponse:
    """All that the dialog of the story page offers, for readers without scripts."""
    visible = PublishedArticle.objects.visible(timezone.now()).for_cards()
    story = visible.filter(article_id=article_id).first()
    if story is None:
        return gone_or_missing(request, article_id)
    return render(
        request,
        "articles/share.html",
        {
            "story": story,
            "story_address": absolute(story.get_absolute_url()),
            "channels": list(story.channel.ancestors(include_self=True)),
        },
    )


@require_safe
def code(request: HttpRequest, article_id: int) -> HttpResponse:
    """The address of the story in this edition as a QR code, black on white."""
    visible = PublishedArticle.objects.visible(timezone.now())
    story = visible.filter(article_id=article_id).first()
    if story is None:
        return gone_or_missing(request, article_id)
    address = absolute(story.get_absolute_url())
    made = segno.make(address, error="m", micro=False, boost_error=False)
    response = HttpResponse(content_type="image/png")
    made.save(response, kind="png", scale=CODE_SCALE, border=CODE_BORDER)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
