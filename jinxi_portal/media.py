"""Files of the library, served by the portal itself unless nginx has them.

The sandbox policy makes sure that a file that pretends to be a picture runs nothing.
"""

import re
from collections.abc import Iterator
from hashlib import blake2b

from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from pictures.serving import Served, served

CHUNK = 256 * 1024  # bytes
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


@require_safe
def serve_media(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file of the library. One part of it, if asked for: a video is looked for in."""
    if {"..", "."} & set(path.split("/")):
        raise SuspiciousOperation(path)
    about = served(path)
    if about is None:
        raise Http404(path)
    if about.has_moved_to:
        moved = HttpResponseRedirect(about.has_moved_to)
        moved.headers["Cache-Control"] = "no-cache"
        return moved
    etag = f'"{blake2b(about.name.encode(), digest_size=8).hexdigest()}"'
    answered = get_conditional_response(request, etag=etag)
    if answered is not None:
        return _with_headers(answered, about, etag)
    try:
        size = default_storage.size(about.name)
    except OSError as error:
        raise Http404(path) from error
    return _with_headers(_answer(request, about.name, size, etag), about, etag)


def _answer(
    request: HttpRequest, name: str, size: int, etag: str
) -> StreamingHttpResponse | HttpResponse:
    part = _part_of(request, size, etag)
    if part is None:
        response = StreamingHttpResponse(_read(name, 0, size - 1))
        response.headers["Content-Length"] = str(size)
        return response
    start, end = part
    if start > end:
        refused = HttpResponse(status=416)
        refused.headers["Cache-Control"] = "no-store"
        refused.headers["Content-Range"] = f"bytes */{size}"
        return refused
    response = StreamingHttpResponse(_read(name, start, end), status=206)
    response.headers["Content-Range"] = f"bytes {start}-{end}/{size}"
    response.headers["Content-Length"] = str(end - start + 1)
    return response


def _part_of(request: HttpRequest, size: int, etag: str) -> tuple[int, int] | None:
    """First and last byte of the part asked for; None for the whole file. A part that is
    not there ends before it starts."""
    match = _RANGE.fullmatch(request.headers.get("Range", ""))
    # Whoever asks for the headers alone is told of the whole file: RFC 9110, 14.2.
    if match is None or match[0] == "bytes=-" or request.method != "GET":
        return None
    if request.headers.get("If-Range", etag) != etag:
        return None
    first, last = match.groups()
    if not first:
        start = max(0, size - int(last))
        return (start, size - 1) if int(last) else (size, size - 1)
    end = min(int(last), size - 1) if last else size - 1
    # A last byte before the first makes no range at all: the header is not heeded.
    if last and int(last) < int(first):
        return None
    return (int(first), end) if int(first) < size else (size, size - 1)


def _read(name: str, start: int, end: int) -> Iterator[bytes]:
    """Opened when the first byte is asked for: an answer without a body opens nothing."""
    with default_storage.open(name) as file:
        file.seek(start)
        left = end - start + 1
        while left > 0 and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk


def _with_headers(
    response: HttpResponseBase, about: Served, etag: str
) -> HttpResponseBase:
    response.headers["Content-Type"] = about.content_type
    response.headers.setdefault("Cache-Control", about.cache_control)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["ETag"] = etag
    if about.download_as:
        response.headers["Content-Disposition"] = content_disposition_header(
            as_attachment=True, filename=about.download_as
        )
    return response
