"""Large type (大字): how a reader wants every page, kept in a cookie of this site."""

from typing import Final

from django.http import HttpRequest, HttpResponse

# static/js/frame.js writes the same cookie when the button is pressed.
COOKIE: Final = "jx_large"
_YEAR: Final = 365 * 24 * 60 * 60  # seconds


def is_wanted(request: HttpRequest) -> bool:
    return request.COOKIES.get(COOKIE) == "1"


def keep(response: HttpResponse, request: HttpRequest, *, wanted: bool) -> None:
    """Have the browser remember it for a year, or forget it."""
    if wanted:
        response.set_cookie(
            COOKIE, "1", max_age=_YEAR, secure=request.is_secure(), samesite="Lax"
        )
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
