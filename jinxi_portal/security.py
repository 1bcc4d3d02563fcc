"""Security headers that Django has no setting for, and the staff pages' own policy.

Public pages carry the strict policy of settings.CSP_POLICY. Staff pages add a nonce for
the editor's import map, one style hash and picture previews; nothing is ever inline.
"""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse

from jinxi_portal.errors import bad_request

PERMISSIONS_POLICY = (
    "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
)
# The rich text editor (Tiptap) inserts one constant <style>; the browser test of the
# article form fails when an upgrade changes it.
EDITOR_STYLE_HASH = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"


class SecurityHeadersMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.path_info.startswith("/admin/"):
            self._allow_staff_tools(response)
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def _allow_staff_tools(self, response: HttpResponse) -> None:
        if settings.DJANGO_6:
            from django.utils.csp import CSP  # noqa: PLC0415  exists on Django 6 only

            response._csp_config = {  # noqa: SLF001  as its decorator does
                **settings.SECURE_CSP,
                **_staff_directives(nonce=CSP.NONCE),
            }
        else:
            from csp.constants import NONCE  # noqa: PLC0415  not installed with Django 6

            policy = _staff_directives(nonce=NONCE)
            response._csp_replace = policy  # noqa: SLF001  as its decorator does


LONGEST_QUERY = 20_000  # bytes of an address after its question mark


class HonestAddressMiddleware:
    """Answer 400 to an address that no honest link holds.

    One with a null character PostgreSQL refuses in any look-up, SQLite does not: one
    behaviour on both. One without an end would stand many times in the answer. Stands
    below EditionMiddleware, so that the answer is in the edition of the address.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if len(query) > LONGEST_QUERY:
            # What the frame of the page says of its own address leaves it out.
            request.META["QUERY_STRING"] = ""
            return bad_request(request, SuspiciousOperation("endless address"))
        if "\0" in request.path_info or "%00" in query:
            return bad_request(request, SuspiciousOperation("null character"))
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        """A number larger than any key comes from no page of ours. SQLite's driver raises
        this; PostgreSQL finds no such row."""
        if isinstance(exception, OverflowError):
            return bad_request(request, exception)
        return None


def _staff_directives(*, nonce: object) -> dict[str, list]:
    return {
        "script-src": ["'self'", nonce],
        "style-src": ["'self'", EDITOR_STYLE_HASH],
        "img-src": ["'self'", "data:", "blob:"],
        "frame-ancestors": ["'self'"],
    }
