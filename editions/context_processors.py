"""What every template may say about editions."""

from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import get_script_prefix
from django.utils.encoding import escape_uri_path, iri_to_uri

from editions.catalogue import DEFAULT, EDITIONS, Edition


class EditionLink(NamedTuple):
    """The address of the page at hand in one edition, relative to the host."""

    edition: Edition
    url: str
    is_current: bool


def editions(request: HttpRequest) -> dict[str, Any]:
    """Give templates `edition` and `edition_links`, the same page in every edition."""
    current: Edition = getattr(request, "edition", DEFAULT)
    root = get_script_prefix()
    if current.prefix:
        root = root.removesuffix(f"{current.prefix}/")
    query = iri_to_uri(request.META.get("QUERY_STRING", ""))
    # Without its own slashes: a path like //elsewhere would name another host.
    page = escape_uri_path(request.path_info.lstrip("/")) + (query and f"?{query}")
    links = [
        EditionLink(
            edition,
            f"{root}{edition.prefix}/{page}" if edition.prefix else root + page,
            edition is current,
        )
        for edition in EDITIONS
    ]
    return {"edition": current, "edition_links": links}
