"""The way in: bytes of a saved page or of a text dump, to the fields of a story."""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import replace

from articles.importing.decoding import decode
from articles.importing.html_page import read_html
from articles.importing.page import ExtractedPage, Suspicion
from articles.importing.text_dump import read_dump
from editions.catalogue import HANS, HANT
from editions.detection import (
    is_only_simplified,
    is_only_traditional,
    script_of,
    suspicious,
)

MAX_BYTES = 5_000_000

_MARKUP = re.compile(
    r"<(?:!doctype\s+html|html|head|body|div|table|meta|title|p)\b", re.IGNORECASE
)
_SNIFFED = 4096  # bytes or characters
_HAN = re.compile(r"[\u3400-\u9fff]")
# Writers of Traditional text leave 1–2 doubtful characters in a thousand, a naive
# converter ten times as many; with mainland quotation marks half the proof is enough.
_LEGACY_SHARE = 0.005
_LEGACY_SHARE_WITH_QUOTES = 0.0025
_LEGACY_MINIMUM = 2


def extract(data: bytes, filename: str) -> ExtractedPage:
    """Read one page. Never raises: `error` says in Chinese what is wrong with it."""
    if len(data) > MAX_BYTES:
        return ExtractedPage(filename, error="文件超过 5 MB，没有读取。")
    if _is_binary(data):
        return ExtractedPage(filename, error="这不是文本文件。")
    text = decode(data)
    if not text.strip():
        return ExtractedPage(filename, error="文件是空的。")
    if _MARKUP.search(text[:_SNIFFED]):
        page = read_html(text, filename)
        return judge(page, page.text)
    return judge(read_dump(text, filename), text)


def _is_binary(data: bytes) -> bool:
    """Whether zero bytes stand in it, which text has in UTF-16 only."""
    return b"\0" in data[:_SNIFFED] and not data.startswith(
        (BOM_UTF16_LE, BOM_UTF16_BE)
    )


def judge(page: ExtractedPage, text: str) -> ExtractedPage:
    """Add script and suspicious characters; their offsets count in `text`."""
    if page.error:
        return page
    script = _script(page.text)
    if script == HANS:
        return replace(page, script=script)
    found = tuple(
        Suspicion(text=item.text, offset=item.offset, suggestion=item.suggestion)
        for item in suspicious(text)
    )
    return replace(
        page, script=script, suspicious=found, is_legacy=_is_legacy(text, len(found))
    )


def _script(text: str) -> str:
    """The script of most of the telling characters; Simplified where nothing tells."""
    script = script_of(text)
    if script in (HANS, HANT):
        return script
    traditional = sum(map(is_only_traditional, text))
    return HANT if traditional > sum(map(is_only_simplified, text)) else HANS


def _is_legacy(text: str, doubtful: int) -> bool:
    share = doubtful / max(1, len(_HAN.findall(text)))
    has_mainland_quotes = "“" in text and "「" not in text
    least = _LEGACY_SHARE_WITH_QUOTES if has_mainland_quotes else _LEGACY_SHARE
    return doubtful >= _LEGACY_MINIMUM and share >= least
