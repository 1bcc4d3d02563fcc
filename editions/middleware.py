"""The edition of a request: its path prefix on the way in, its text on the way out."""

from collections.abc import Callable

from django.conf import settings
from django.core.handlers.exception import response_for_exception
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
)
from django.urls import get_script_prefix, set_script_prefix

from editions.catalogue import DEFAULT, Edition, by_prefix
from editions.glossary import current_glossary
from editions.markers import unescape_markers
from editions.pages import convert_page
from editions.runs import is_read_as_written, needs_conversion
from editions.syndication import convert_feed

_ADMIN = "/admin/"
_PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_FEED_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/xml", "text/xml"}
)

GetResponse = Callable[[HttpRequest], HttpResponse]


class EditionMiddleware:
    """Serve every public page under each edition's prefix, without the views knowing.

    Views, URL patterns and templates see the path without the prefix; `reverse()` and
    `{% url %}` add it again, because it is made part of the script prefix. Costs one
    query for each converted response: the glossary's version.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        edition, path = _split(request.path_info)
        request.edition = edition  # type: ignore[attr-defined]
        if edition is DEFAULT:
            return self._converted(request, self.get_response(request), edition)
        if not path:
            query = request.META.get("QUERY_STRING", "")
            target = f"{get_script_prefix()}{edition.prefix}/"
            return HttpResponsePermanentRedirect(
                f"{target}?{query}" if query else target
            )
        outer_prefix = get_script_prefix()
        set_script_prefix(f"{outer_prefix}{edition.prefix}/")
        request.path_info = path
        try:
            if path.startswith((_ADMIN, settings.STATIC_URL, settings.MEDIA_URL)):
                response = response_for_exception(request, Http404(path))
            else:
                response = self.get_response(request)
            return self._converted(request, response, edition)
        finally:
            set_script_prefix(outer_prefix)

    def _converted(
        self, request: HttpRequest, response: HttpResponse, edition: Edition
    ) -> HttpResponse:
        media_type = response.get("Content-Type", "").partition(";")[0].strip().lower()
        convert = _CONVERTERS.get(media_type)
        if (
            convert is None
            or response.streaming
            or response.has_header("Content-Encoding")
            or (edition is DEFAULT and request.path_info.startswith(_ADMIN))
        ):
            return response
        response.headers["Content-Language"] = edition.lang
        text = unescape_markers(response.content.decode(response.charset))
        if needs_conversion(text, edition):
            # An error page must not need the database that may be the reason for it.
            is_plain = is_read_as_written(text, edition) or response.status_code >= 500
            glossary = None if is_plain else current_glossary()
            response.content = convert(text, edition, glossary=glossary).encode(
                response.charset
            )
            if response.has_header("Content-Length"):
                response.headers["Content-Length"] = str(len(response.content))
        return response


_CONVERTERS = dict.fromkeys(_PAGE_TYPES, convert_page) | dict.fromkeys(
    _FEED_TYPES, convert_feed
)


def _split(path: str) -> tuple[Edition, str]:
    """The edition that a path asks for and the path within it, empty without its slash."""
    first, slash, rest = path.removeprefix("/").partition("/")
    edition = by_prefix(first)
    if edition is None:
        return DEFAULT, path
    return edition, slash + rest
