"""What a page says about itself in its head: hints, and often wrong ones."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml import etree

from articles.importing.dates import metadata_time

_TITLES = (
    "og:title",
    "articletitle",
    "twitter:title",
    "title",
    "headline",
    "contenttitle",
)
_TIMES = (
    "article:published_time", "og:release_date", "og:time", "pubdate", "publishdate",
    "publish_time", "publishtime", "datepublished", "date.available", "publish-date",
    "weibo: article:create_at", "firstpublishedtime", "release_date", "og:published_time",
    "apub:time", "date", "dc.date", "dc.date.issued", "parsely-pub-date",
)  # fmt: skip
_SOURCES = ("contentsource", "source", "mediaid", "dc.source", "articlesource")
_URLS = ("og:url", "url", "twitter:url")
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(https?://\S{4,500}?)\s*-->")
_JSON_TIME = re.compile(r'"(?:datePublished|pubDate)"\s*:\s*"([^"]{8,40})"')
_SOURCE_LABEL = re.compile(r"^(?:来源|來源|稿件来源)\s*[:：]\s*")
_HEAD_LENGTH = 20_000  # characters in which “saved from” stands


@dataclass(frozen=True)
class Metadata:
    claims: tuple[str, ...]
    published_at: str | None
    source: str
    url: str


def read_metadata(root: etree._Element, text: str) -> Metadata:
    fields = _fields(root)
    title = " ".join(
        (root.findtext(".//head//title") or root.findtext(".//title") or "").split()
    )
    times = (metadata_time(fields[name]) for name in _TIMES if name in fields)
    return Metadata(
        claims=(*(fields[name] for name in _TITLES if fields.get(name)), title),
        published_at=next((time for time in times if time), None) or _json_time(root),
        source=_SOURCE_LABEL.sub(
            "", next((fields[n] for n in _SOURCES if fields.get(n)), "")
        ),
        url=_url(root, fields, text),
    )


def _fields(root: etree._Element) -> dict[str, str]:
    """The first value of each field, by its name in lower case."""
    fields: dict[str, str] = {}
    for element in root.iter("meta"):
        name = (
            element.get("name")
            or element.get("property")
            or element.get("itemprop")
            or ""
        )
        value = " ".join((element.get("content") or "").split())
        if name and value:
            fields.setdefault(name.lower(), value)
    return fields


def _json_time(root: etree._Element) -> str | None:
    for script in root.iter("script"):
        if "json" in (script.get("type") or "") and script.text:
            match = _JSON_TIME.search(script.text)
            if match:
                return metadata_time(match[1])
    return None


def _url(root: etree._Element, fields: dict[str, str], text: str) -> str:
    candidates = [
        element.get("href") or ""
        for element in root.iter("link")
        if (element.get("rel") or "").lower() == "canonical"
    ]
    candidates += [fields.get(name, "") for name in _URLS]
    saved = _SAVED_FROM.search(text[:_HEAD_LENGTH])
    candidates += [saved[1]] if saved else []
    return next((url for url in candidates if is_article_url(url)), "")


def is_article_url(url: str) -> bool:
    """Whether the address can be that of one page: absolute, and not a site's front."""
    if len(url) > 500:
        return False
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return False
    has_place = len(parts.path) > 1 or bool(parts.query)
    return parts.scheme in ("http", "https") and bool(parts.netloc) and has_place
