"""Where a story page says that it is being read."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from articles.robots import is_robot
from fronts.readership import buffer


# It changes nothing of anybody's, needs no session, and a cached page holds no token.
@csrf_exempt
@require_POST
def seen(request: HttpRequest, article_id: int) -> HttpResponse:
    """Count one view. No query, no cookie; the answer says nothing about the story.

    Only pages of this site are believed, as far as a browser tells; robots are not readers.
    """
    is_ours = request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    if is_ours and not is_robot(request):
        buffer.add((article_id, timezone.localdate()))
    response = HttpResponse(status=204)
    response.headers["Cache-Control"] = "no-store"
    return response
