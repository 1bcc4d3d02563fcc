"""What the desk has to look at before a story goes to readers.

Some findings block publishing, the others are for an editor to judge: the check points,
people decide. The lists look at the content that would be frozen (snapshots.content_of),
so a form that was not saved yet can be checked as well.
"""

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.html import strip_tags

from articles.findings import Code, Finding, Level
from articles.models import PublishedArticle
from articles.picture_checks import undescribed_pictures, unfit_pictures
from channels.models import Channel
from editions.catalogue import HANS, HANT, Script, by_prefix
from editions.conversion import Glossary
from editions.dates import dated_days
from editions.detection import script_of
from editions.glossary import current_glossary
from editions.proofreading import majority_script, writing_faults, wrong_conversions
from editions.suspicions import Kind, Suspicion

LONGEST_TITLE: Final = 30  # characters; nine of ten titles are shorter
LONGEST_HEADING: Final = 19
MOST_BLANKS_IN_TITLE: Final = 1
LONGEST_BODY_WITHOUT_HEADINGS: Final = 3000
SHORTEST_TWIN: Final = 12  # characters; shorter lines may well stand twice
CONTEXT: Final = 8  # characters around a place

_LISTED_NO_SOURCES: Final = "网络 互联网 因特网 网上 来自网络 来源网络 网络转载 网络综合 综合网络 網絡 網路 互聯網 網際網路"
_NO_SOURCES: Final = frozenset(_LISTED_NO_SOURCES.split())
_BLOCK_END = re.compile(r"</(?:p|li|td|th|tr|blockquote)>|<br\s*/?>", re.IGNORECASE)
_BLANKS = re.compile(r"\s+")
_LINK = re.compile(
    r"<a\b[^>]*?\bhref=\"([^\"]*)\"[^>]*>(.*?)</a>", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class _Passage:
    """A field's text, and where to jump for it."""

    target: str
    part: str
    text: str


def checklist(
    content: dict[str, Any],
    *,
    at: datetime.datetime,
    planned_for: datetime.datetime | None = None,
    is_reprint: bool = False,
) -> list[Finding]:
    """Everything to mend or to look at, what blocks first; empty if there is nothing.

    `content` is as snapshots.content_of makes it, `at` the moment of the check and
    `planned_for` when readers are to get the story, if not at once. A reprint needs no
    responsible editor of ours. At most four queries, and one more when the glossary
    changed since this process looked.
    """
    published_at = planned_for or at
    return [
        *_missing(content, is_reprint=is_reprint),
        *undescribed_pictures(content),
        *_past_time(planned_for, at),
        *_broken_links(content["sections"], published_at),
        *_of_title(content["title"]),
        *_of_source(content["source"]["name"]),
        *_of_sections(content["sections"]),
        *_twin_paragraphs(content["sections"]),
        *unfit_pictures(content),
        *_no_honour(content),
        *_of_words(content, timezone.localdate(published_at)),
    ]


def obstacles(
    content: dict[str, Any], *, at: datetime.datetime, is_reprint: bool = False
) -> list[str]:
    """What blocks the story, as sentences. At most one query."""
    findings = [
        *_missing(content, is_reprint=is_reprint),
        *undescribed_pictures(content),
        *_broken_links(content["sections"], at),
    ]
    return [finding.sentence for finding in findings if finding.level == Level.BLOCK]


def paragraphs(html: str) -> list[str]:
    """The paragraphs, list items and cells of a body as plain text, without empty ones."""
    lines = unescape(strip_tags(_BLOCK_END.sub("\n", html))).split("\n")
    return [line for line in (_BLANKS.sub(" ", each).strip() for each in lines) if line]


def _missing(content: dict[str, Any], *, is_reprint: bool) -> Iterator[Finding]:
    cases = (
        (
            content["channel"] is None,
            Code.NO_CHANNEL,
            "还没有选频道，请选定一个。",
            "channel",
        ),
        (
            not content["title"].strip(),
            Code.NO_TITLE,
            "标题是空的，请写上标题。",
            "title",
        ),
        (
            not content["editors"] and not is_reprint,
            Code.NO_EDITOR,
            "还没有署责任编辑，请至少署一位。",
            "editor_credits",
        ),
    )
    for is_missing, code, sentence, target in cases:
        if is_missing:
            yield Finding(Level.BLOCK, code, sentence, target)


def _past_time(
    planned_for: datetime.datetime | None, at: datetime.datetime
) -> Iterator[Finding]:
    if planned_for is not None and planned_for <= at:
        shown = timezone.localtime(planned_for)
        sentence = f"定时时间 {shown:%Y-%m-%d %H:%M} 已经过去，请改成将来的时间。"
        yield Finding(Level.BLOCK, Code.PAST_TIME, sentence, "publish_at")


def _broken_links(
    sections: list[dict[str, Any]], at: datetime.datetime
) -> Iterator[Finding]:
    """Links to stories of ours that readers will not get at that moment. One query."""
    links = [
        (section, number, " ".join(paragraphs(words)))
        for section in sections
        for address, words in _LINK.findall(section["body"])
        if (number := _story_number(address))
    ]
    if not links:
        return
    numbers = {number for _, number, _ in links}
    visible = set(
        PublishedArticle.objects.visible(at)
        .filter(article__in=numbers)
        .values_list("article_id", flat=True)
    )
    for section, number, words in links:
        if number not in visible:
            sentence = f"链接“{words}”指向的稿件（编号 {number}）没有在线版本，请改正或去掉链接。"
            target = _target(section)
            yield Finding(
                Level.BLOCK, Code.BROKEN_LINK, sentence, target, "body", words
            )


def _story_number(address: str) -> int | None:
    """The number of the story that an address of this site leads to."""
    try:
        parts = urlsplit(address.strip())
        host = parts.hostname
    except ValueError:
        return None
    own = {urlsplit(settings.SITE_URL).hostname, *settings.ALLOWED_HOSTS}
    if host and host not in own:
        return None
    first, slash, rest = parts.path.removeprefix("/").partition("/")
    path = slash + rest if by_prefix(first) else parts.path
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return match.kwargs["article_id"] if match.view_name == "articles:page" else None


def _of_title(title: str) -> Iterator[Finding]:
    if len(title) > LONGEST_TITLE:
        sentence = f"标题有 {len(title)} 个字，建议不超过 {LONGEST_TITLE} 个字。"
        yield Finding(Level.WARN, Code.LONG_TITLE, sentence, "title")
    blanks = sum(character.isspace() for character in title)
    if blanks > MOST_BLANKS_IN_TITLE:
        sentence = f"标题里有 {blanks} 个空格，请改用标点或删去。"
        yield Finding(Level.WARN, Code.BLANKS_IN_TITLE, sentence, "title")


def _of_source(name: str) -> Iterator[Finding]:
    if name.strip() in _NO_SOURCES:
        sentence = f"来源写的是“{name.strip()}”，请写明是哪一家媒体或单位。"
        yield Finding(Level.WARN, Code.VAGUE_SOURCE, sentence, "source")


def _of_sections(sections: list[dict[str, Any]]) -> Iterator[Finding]:
    length = sum(len("".join(paragraphs(section["body"]))) for section in sections)
    has_heading = any(section["heading"] for section in sections)
    if length > LONGEST_BODY_WITHOUT_HEADINGS and not has_heading:
        sentence = f"正文有 {length} 个字，却没有小标题，建议分节。"
        yield Finding(Level.WARN, Code.NO_HEADINGS, sentence, "sections")
    for section in sections:
        for part in ("heading", "subheading"):
            yield from _of_heading(section[part], _target(section), part)
        if section["heading"] and not paragraphs(section["body"]):
            sentence = f"小标题“{section['heading']}”下面没有正文。"
            target = _target(section)
            yield Finding(Level.WARN, Code.EMPTY_SECTION, sentence, target, "body")


def _of_heading(heading: str, target: str, part: str) -> Iterator[Finding]:
    if len(heading) > LONGEST_HEADING:
        sentence = f"小标题“{heading}”有 {len(heading)} 个字，建议每行不超过 {LONGEST_HEADING} 个字。"
        yield Finding(Level.WARN, Code.LONG_HEADING, sentence, target, part)
    if heading.endswith(("。", "，", "；", "、")):
        sentence = f"小标题“{heading}”末尾有“{heading[-1]}”，请删去。"
        yield Finding(Level.WARN, Code.STOP_AFTER_HEADING, sentence, target, part)


def _twin_paragraphs(sections: list[dict[str, Any]]) -> Iterator[Finding]:
    seen: set[str] = set()
    for section in sections:
        for paragraph in paragraphs(section["body"]):
            if paragraph in seen:
                sentence = "有两段文字完全相同，请检查是否重复粘贴。"
                yield Finding(
                    Level.WARN,
                    Code.TWIN_PARAGRAPHS,
                    sentence,
                    _target(section),
                    "body",
                    f"{paragraph[: 3 * CONTEXT]}…",
                )
            if len(paragraph) >= SHORTEST_TWIN:
                seen.add(paragraph)


def _no_honour(content: dict[str, Any]) -> Iterator[Finding]:
    """One query if the story has a channel and no honour."""
    if content["channel"] is None or content.get("honour"):
        return
    galleries = Channel.objects.filter(kind=Channel.Kind.GALLERY)
    if galleries.filter(pk=content["channel"]).exists():
        sentence = "人物长廊里的稿件还没有填荣誉，按类别和年份查不到这个人。"
        yield Finding(Level.WARN, Code.NO_HONOUR, sentence, "honour")


def _of_words(content: dict[str, Any], day: datetime.date) -> Iterator[Finding]:
    """What proofreading finds in each field. One query, for the glossary."""
    passages = [passage for passage in _passages(content) if passage.text]
    words = "\n".join(passage.text for passage in passages)
    yield from _other_script(words, content["script"])
    script = majority_script(words) or content["script"]
    glossary = current_glossary()
    for passage in passages:
        yield from _proofread(passage, script, glossary, day)
        yield from _future_dates(passage, day)


def _passages(content: dict[str, Any]) -> Iterator[_Passage]:
    for field in ("kicker", "title", "subtitle", "standfirst"):
        yield _Passage(field, "", content[field])
    for section in content["sections"]:
        target = _target(section)
        yield _Passage(target, "heading", section["heading"])
        yield _Passage(target, "subheading", section["subheading"])
        yield _Passage(target, "body", "\n".join(paragraphs(section["body"])))
    for part in ("alt_text", "caption"):
        yield _Passage("cover", part, (content["cover"] or {}).get(part, ""))
    for one in content.get("illustrations", []):
        yield _Passage("illustrations", "caption", one["caption"])
    for part in ("title", "awarded_by", "category", "role"):
        yield _Passage("honour", part, (content.get("honour") or {}).get(part, ""))


def _other_script(words: str, declared: str) -> Iterator[Finding]:
    names = {HANS: "简体", HANT: "繁体"}
    found = script_of(words)
    if found in names and found != declared:
        sentence = (
            f"原文文字选的是{names[declared]}，稿件看起来是{names[found]}，请核对。"
        )
        yield Finding(Level.WARN, Code.OTHER_SCRIPT, sentence, "script")


def _proofread(
    passage: _Passage, script: Script, glossary: Glossary, day: datetime.date
) -> Iterator[Finding]:
    conversions = wrong_conversions(passage.text, script=script, glossary=glossary)
    faults = writing_faults(passage.text, written_on=day)
    half_width = [fault for fault in faults if fault.kind == Kind.HALF_WIDTH]
    yield from _at_first(passage, half_width)
    for suspicion in (*conversions, *faults):
        if suspicion.kind != Kind.HALF_WIDTH:
            yield _at(passage, suspicion)


def _at_first(passage: _Passage, same: list[Suspicion]) -> Iterable[Finding]:
    """One finding for a field full of the same fault, which one action mends."""
    if len(same) > 1:
        sentence = f"这里有 {len(same)} 处在中文里用了半角标点，应改为全角。"
        return [_at(passage, same[0], sentence)]
    return [_at(passage, suspicion) for suspicion in same]


def _future_dates(passage: _Passage, day: datetime.date) -> Iterator[Finding]:
    for mention in dated_days(passage.text):
        if mention.day > day:
            sentence = f"“{mention.found}”晚于发稿日，请核对年份。"
            yield _placed(
                passage, Code.FUTURE_DATE, sentence, mention.start, mention.length
            )


def _at(passage: _Passage, suspicion: Suspicion, sentence: str = "") -> Finding:
    return _placed(
        passage,
        Code(suspicion.kind.value),
        sentence or suspicion.sentence,
        suspicion.start,
        suspicion.length,
    )


def _placed(
    passage: _Passage, code: Code, sentence: str, start: int, length: int
) -> Finding:
    """A warning about a place, with the words around it from the same paragraph."""
    text = passage.text
    first = max(text.rfind("\n", 0, start) + 1, start - CONTEXT)
    end_of_line = text.find("\n", start + length)
    last = min(start + length + CONTEXT, end_of_line if end_of_line >= 0 else len(text))
    return Finding(
        Level.WARN,
        code,
        sentence,
        passage.target,
        passage.part,
        excerpt=text[first:last],
        offset=start - first,
        length=length,
        start=start,
    )


def _target(section: dict[str, Any]) -> str:
    return f"sections:{section['anchor']}"
