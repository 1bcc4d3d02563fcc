"""Pictures of the library, served by the portal itself until nginx does it.

The folder is public by design. The sandbox policy makes sure that a file that pretends
to be a picture runs nothing.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve


@require_safe
def serve_media(request: HttpRequest, path: str) -> HttpResponseBase:
    response = serve(
        request, path, document_root=settings.MEDIA_ROOT, show_indexes=False
    )
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
