"""Whether a withdrawn story is really gone: every place that could show it is asked.

The requests run in this process, through the site's own WSGI handler with all of its
middleware and caches, as a reader's request does. What a proxy in front keeps, at most
five seconds, is out of reach from here.
"""

import datetime
import html
import re
from functools import cache
from time import monotonic, sleep
from urllib.parse import unquote_to_bytes, urlsplit
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import FileResponse
from django.urls import get_script_prefix, set_script_prefix
from django.utils import timezone
from django.utils.html import strip_tags

from articles.models import (
    AbsenceCheck,
    PublishedArticle,
    Withdrawal,
)
from articles.refusals import Refused
from fronts.surfaces import SURFACES, Expects, Place, Subject, squeezed

LIMIT = 5  # seconds from the first question to the last
PAUSE = 0.25  # seconds between two rounds
_TOMBSTONE = re.compile(r"<at:deleted-entry\b[^>]*>(?:\s*</at:deleted-entry>)?")
# What a moment's waiting can mend; a file or a preview link it cannot.
_PASSING = {Expects.GONE, Expects.WITHOUT, Expects.UNLINKED}


def check(withdrawal: Withdrawal, now: datetime.datetime | None = None) -> AbsenceCheck:
    """Ask every place until none shows the story, for 5 seconds at most; keep the result.

    `seconds`, of the check and of each place, count from the withdrawal. Raises Refused
    for a story that readers can see again. Call outside of a transaction.
    """
    now = now or timezone.now()
    subject = subject_of(withdrawal, now)
    since = (now - withdrawal.withdrawn_at).total_seconds()
    started = monotonic()
    places = [place for surface in SURFACES for place in surface(subject)]
    results: dict[Place, dict] = {}
    asked = places
    while asked:
        for place in asked:
            why = fault_of(place, subject)
            results[place] = {
                "surface": place.surface,
                "address": place.path,
                "files": list(place.files),
                "expects": place.expects.value,
                "clean": not why,
                "why": why,
                "seconds": round(since + monotonic() - started, 2),
            }
        asked = [
            place
            for place in asked
            if not results[place]["clean"] and place.expects in _PASSING
        ]
        if monotonic() - started > LIMIT:
            break
        if asked:
            sleep(PAUSE)
    return AbsenceCheck.objects.create(
        withdrawal=withdrawal,
        checked_at=now,
        seconds=max((result["seconds"] for result in results.values()), default=since),
        surfaces=list(results.values()),
    )


def subject_of(withdrawal: Withdrawal, now: datetime.datetime) -> Subject:
    """Raises Refused when there is nothing to look for."""
    versions = PublishedArticle.objects.filter(article=withdrawal.article_id)
    if versions.visible(now).exists():
        raise Refused("这篇稿件后来又发布了，读者本来就能看到，不用再查。")
    last = (
        versions.filter(visible_until=withdrawal.withdrawn_at)
        .order_by("visible_from")
        .last()
    )
    if last is None:
        raise Refused("没有找到撤回前的线上版本，不能检查。")
    return Subject(withdrawal, last, now)


def fault_of(place: Place, subject: Subject) -> str:
    """Why the place is not as it must be; empty if it is."""
    if place.expects == Expects.REVOKED:
        return "拿到链接的人还能打开，请收回这个链接。"
    if place.expects == Expects.CLOSED:
        files = [place.path, *place.files]
        still_there = [path for path in files if ask(path)[0] == 200]
        return f"图片仍可打开（{len(still_there)} 个文件）。" if still_there else ""
    status, markup = ask(place.path)
    if status == 400 or status >= 500:
        return f"页面出错（{status}），不能判断。"
    if place.expects == Expects.GONE and status != 410:
        return f"应当是“已撤回”（410），实际是 {status}。"
    markup = _TOMBSTONE.sub("", markup)
    if place.expects != Expects.UNLINKED:
        part = _part_shown(markup, subject)
        if part:
            return f"还能看到这篇稿件的{part}。"
    if place.expects != Expects.GONE and subject.last.get_absolute_url() in markup:
        return "还有到这篇稿件的链接。"
    return ""


def ask(path: str) -> tuple[int, str]:
    """Status and text of the answer to a reader's request for this path."""
    site = urlsplit(settings.SITE_URL)
    path, _, query = path.partition("?")
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "HTTP_HOST": site.netloc,
        "wsgi.url_scheme": site.scheme,
    }
    if settings.SECURE_PROXY_SSL_HEADER:
        name, value = settings.SECURE_PROXY_SSL_HEADER
        environ[name] = value
    setup_testing_defaults(environ)
    prefix = get_script_prefix()
    set_script_prefix("/")
    try:
        # Not by calling the handler: its signals would close the database connection
        # of the request that asks.
        site = _site()
        response = site.get_response(site.request_class(environ))
        content = b"".join(response)
    finally:
        set_script_prefix(prefix)
    if isinstance(response, FileResponse) and response.file_to_stream:
        response.file_to_stream.close()
        return response.status_code, ""
    return response.status_code, content.decode(response.charset, "replace")


def span_in_words(seconds: float) -> str:
    """3.6 秒, 12 分钟, 5 小时 or 3 天."""
    for length, unit in ((86400, "天"), (3600, "小时"), (60, "分钟")):
        if seconds >= length:
            return f"{seconds // length:.0f} {unit}"
    return f"{seconds:.1f} 秒"


@cache
def _site() -> WSGIHandler:
    return WSGIHandler()


def _part_shown(markup: str, subject: Subject) -> str:
    """Which part of the story is in the text or in what the markup carries; or empty.

    The public note may name the story: its words do not count.
    """
    markup = html.unescape(markup)
    said = squeezed(subject.withdrawal.public_note)
    for raw in (strip_tags(markup), markup):
        text = squeezed(raw)
        if said:
            text = text.replace(said, "")
        for words, part in subject.words.items():
            if words in text:
                return part
    return ""
