"""The page for a failure of ours: a static file, since anything else may be what failed."""

from pathlib import Path

from django.http import HttpRequest, HttpResponseServerError

PAGE = (Path(__file__).resolve().parent.parent / "templates" / "500.html").read_text(
    "utf-8"
)


def server_error(request: HttpRequest) -> HttpResponseServerError:
    return HttpResponseServerError(PAGE)
