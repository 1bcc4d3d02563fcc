"""How one story wants words of it written in the editions: its own small glossary.

It holds at once, for readers too, as the desk's glossary does: no word of the author is
changed by it. So a story that readers have, or will have, asks for the right to sign.
"""

import datetime
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import Act, User
from accounts.rights import can, require
from accounts.roles import Verb
from articles.intervals import lay_out_terms
from articles.models import Article, EditionTerm
from articles.models.published import PublishedArticleQuerySet
from articles.paragraphs import Paragraph, paragraphs_of
from articles.refusals import Refused
from articles.snapshots import content_of
from articles.writing import lock
from editions.catalogue import EditionCode, Script
from editions.glossary import current_glossary
from editions.story_terms import NOT_IN_TERMS, StoredTerm, StoryGlossary

MOST_TERMS: Final = 200  # of one story
_LONGEST: Final = 64  # characters of a word and of a form
_FIELDS: Final[dict[EditionCode, str]] = {
    "zh-hans": "form_zh_hans",
    "zh-hant": "form_zh_hant",
    "zh-tw": "form_zh_tw",
    "zh-hk": "form_zh_hk",
}
# Controls, private use and what markup is made of: none of it can be in a word.
_NO_WORD = re.compile(
    "[\x00-\x1f\x7f\ud800-\udfff\ue000-\uf8ff\U000f0000-\U0010ffff"
    + "".join(map(re.escape, sorted(NOT_IN_TERMS)))
    + "]"
)


class TermRefused(Refused):
    """A word of a story could not be settled."""


def terms_of(article: Article) -> list[StoredTerm]:
    """What the desk decided for this story. One query."""
    return [term.stored() for term in article.edition_terms.all()]


def desk_glossary(article: Article) -> StoryGlossary:
    """The glossary in force with the story's own terms over it. Up to three queries."""
    script: Script = "zh-Hant" if article.script == "zh-Hant" else "zh-Hans"
    return StoryGlossary(current_glossary(), terms_of(article), script)


def desk_paragraphs(article: Article) -> list[Paragraph]:
    """The paragraphs of the desk copy, as reviews know them. Ten queries."""
    return paragraphs_of(content_of(article), terms_of(article))


def set_term(
    article: Article,
    source: str,
    forms: Mapping[EditionCode, str],
    *,
    by: User,
    now: datetime.datetime | None = None,
) -> EditionTerm:
    """Write the word so in these editions of this story, on record.

    An edition that is not named keeps the form it has, or takes that of its neighbour
    (editions.terms). Raises Denied, and TermRefused if that can be no word.
    """
    source = source.strip()
    forms = {code: form.strip() for code, form in forms.items()}
    if not source or not any(forms.values()):
        raise TermRefused("还没有写原文的词，或者各版的写法。")
    for word in (source, *forms.values()):
        if len(word) > _LONGEST:
            raise TermRefused(f"“{word[:10]}…”太长，最多 {_LONGEST} 个字。")
        if _NO_WORD.search(word):
            raise TermRefused(f"“{word}”里有不能用的符号：< > & 引号和看不见的字符。")
    with _locked(article, by, now) as (stored, now):
        term = stored.edition_terms.filter(source=source).first()
        before = _said(term)
        if term is None:
            if stored.edition_terms.count() >= MOST_TERMS:
                raise TermRefused(
                    f"本文用字已有 {MOST_TERMS} 条。常用的词请加入转换词表。"
                )
            term = EditionTerm(article=stored, source=source)
        term.is_protected = False
        for code, form in forms.items():
            setattr(term, _FIELDS[code], form)
        term.save()
        _record(stored, by, before, _said(term), now)
    return term


def remove_term(
    article: Article,
    source: str,
    *,
    by: User,
    now: datetime.datetime | None = None,
) -> None:
    """Let the glossary and the converter decide again, on record.

    Raises Denied; TermRefused if the story has no such term.
    """
    with _locked(article, by, now) as (stored, now):
        term = stored.edition_terms.filter(source=source).first()
        if term is None:
            raise TermRefused(f"本文用字里没有“{source}”，可能刚才已经删去。")
        before = _said(term)
        term.delete()
        _record(stored, by, before, {}, now)


def may_settle_words(user: User, article: Article, at: datetime.datetime) -> bool:
    """Whether the person may decide how this story's words are written. One query."""
    return can(user, _verb_for(article, at), article)


def lay_out_older(article: Article, at: datetime.datetime) -> None:
    """Number the paragraphs of versions from before there were reviews, so that a review
    can cover them. Call with the article locked. Two queries if there are none."""
    _lay_out(article, _shown(article, at).filter(paragraphs=[]))


def _lay_out(article: Article, versions: PublishedArticleQuerySet) -> None:
    terms = terms_of(article)
    for version in versions.select_related("revision"):
        lay_out_terms(version, terms)


def _verb_for(article: Article, at: datetime.datetime) -> Verb:
    return Verb.SIGN if _shown(article, at).exists() else Verb.EDIT


def _shown(article: Article, at: datetime.datetime) -> PublishedArticleQuerySet:
    """The versions that readers have or will have."""
    versions = article.published.all()
    return versions.visible(at) | versions.scheduled(at)


@contextmanager
def _locked(
    article: Article, by: User, now: datetime.datetime | None
) -> Iterator[tuple[Article, datetime.datetime]]:
    """The story as stored; what readers have of it is laid out again afterwards."""
    with transaction.atomic():
        stored = lock(article.pk)
        now = now or timezone.now()
        require(by, _verb_for(stored, now), stored)
        yield stored, now
        _lay_out(stored, _shown(stored, now))


def _record(
    article: Article,
    by: User,
    before: dict[str, Any],
    after: dict[str, Any],
    now: datetime.datetime,
) -> None:
    if before != after:
        audit.record(
            Act.CHANGE,
            by=by,
            subject=article,
            before=before,
            after=after,
            now=now,
        )


def _said(term: EditionTerm | None) -> dict[str, Any]:
    if term is None:
        return {}
    forms = {name: getattr(term, name) for name in _FIELDS.values()}
    return {"edition_term": term.source, **forms}
