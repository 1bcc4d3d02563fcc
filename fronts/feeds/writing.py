"""A feed on its way out, as Atom or as RSS."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.encoding import escape_uri_path

from articles.structured_data import absolute
from fronts.feeds.entries import Entry
from fronts.feeds.stories import Tombstone
from fronts.xml_text import fit_for_xml

Dialect = Literal["atom", "rss"]

_MEDIA_TYPES: Final = {"atom": "application/atom+xml", "rss": "application/rss+xml"}


@dataclass(frozen=True)
class Feed:
    """`page` is the address of what people read instead of the feed."""

    title: str
    description: str
    page: str
    publisher: str
    entries: Sequence[Entry]
    tombstones: Sequence[Tombstone] = ()

    def updated_at(self, now: datetime.datetime) -> datetime.datetime:
        """When something was last added, changed or taken out; `now` if it is empty."""
        moments = [entry.updated_at for entry in self.entries]
        moments += [tombstone.gone_at for tombstone in self.tombstones]
        return max(moments, default=now)


def written(
    request: HttpRequest, dialect: Dialect, feed: Feed, now: datetime.datetime
) -> HttpResponse:
    """Browsers get the same bytes as plain XML: what they call a feed they only list as
    text or save, and people would never see its stylesheet."""
    text = render_to_string(
        f"fronts/feed_{dialect}.xml",
        {
            "feed": feed,
            "own_address": absolute(escape_uri_path(request.path)),
            "updated_at": feed.updated_at(now),
        },
    )
    is_browser = "text/html" in request.headers.get("Accept", "")
    media_type = "application/xml" if is_browser else _MEDIA_TYPES[dialect]
    response = HttpResponse(
        fit_for_xml(text), content_type=f"{media_type}; charset=utf-8"
    )
    patch_vary_headers(response, ["Accept"])
    return response
