"""The answer to a request that makes no sense, and the one to a failure of ours.

The latter is a static file, since anything else may be what failed. Each such answer has a number, which stands in the log beside what went wrong. A web server in
front gives the same file, templates/500.html, where nothing answers at all.
"""

import base64
import hashlib
import logging
import re
import secrets
import sys
from pathlib import Path

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.encoding import escape_uri_path

logger = logging.getLogger(__name__)

RETRY_AFTER = 30  # seconds
PAGE = (Path(__file__).resolve().parent.parent / "templates" / "500.html").read_text(
    "utf-8"
)
_NUMBER_GOES_HERE = "<!-- number -->"
_STYLE = re.search(r"<style>(.*?)</style>", PAGE, re.DOTALL)[1]  # type: ignore[index]
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
# The style is in the page, so that it needs no other file: its hash allows it, and it alone.
POLICY = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; img-src 'self';"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, in the frame of the site like a page that is missing."""
    return render(request, "400.html", status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 with Retry-After where the database does not work. No query, no template.

    The number is also `request.failure_number`.
    """
    error = sys.exception()
    number = secrets.token_hex(4)
    request.failure_number = number  # type: ignore[attr-defined]
    where = f"{number} {request.method} {escape_uri_path(request.path)}"
    is_database = isinstance(error, OperationalError | InterfaceError)
    if is_database:
        # While it is away every page fails: one line for each is enough.
        logger.error("%s: the database fails: %s", where, " ".join(str(error).split()))
    else:
        logger.error("%s", where, exc_info=error)
    response = HttpResponse(
        PAGE.replace(_NUMBER_GOES_HERE, f"编号 {number}"),
        status=503 if is_database else 500,
        headers={"Cache-Control": "no-store", "Content-Security-Policy": POLICY},
    )
    if is_database:
        response.headers["Retry-After"] = str(RETRY_AFTER)
    # Else Django writes the same again, without the number.
    response._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001
    return response
