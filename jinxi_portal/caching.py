"""What caches in between may do with a response."""

from collections.abc import Callable
from hashlib import blake2b

from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import (
    get_conditional_response,
    patch_cache_control,
    patch_vary_headers,
)
from django.utils.http import quote_etag


class PublicCacheHeadersMiddleware:
    """Public pages are revalidated on every visit, so that withdrawn text is never shown.

    A shared cache in front may hold a page for at most 5 seconds, and one for each
    `Cookie` header: a page is made for the reader's cookie (large type), feeds are not.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if (
            request.method not in {"GET", "HEAD"}
            or response.streaming
            or response.has_header("Cache-Control")
            or request.path_info.startswith("/admin/")
            or response.cookies
        ):
            return response
        if response.headers.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["Cookie"])
        patch_cache_control(
            response, public=True, max_age=0, s_maxage=5, must_revalidate=True
        )
        if response.status_code != 200:
            return response
        etag = quote_etag(blake2b(response.content, digest_size=16).hexdigest())
        response.headers["ETag"] = etag
        return get_conditional_response(request, etag=etag, response=response)


class CompressPublicMiddleware(GZipMiddleware):
    """Readers get pages compressed also where no nginx stands in front.

    Only what caches may keep: those pages hold no secret whose length could be guessed
    from the bytes, as a page with a person's own words and tokens could (BREACH).
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponse
    ) -> HttpResponse:
        kind = response.headers.get("Content-Type", "")
        if "public" not in response.headers.get("Cache-Control", ""):
            return response
        if not kind.startswith("text/") and "xml" not in kind and "json" not in kind:
            return response
        return super().process_response(request, response)
