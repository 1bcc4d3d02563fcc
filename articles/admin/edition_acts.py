"""What an editor does on the workbench of a story's editions: one function for a button."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.http import HttpRequest

from accounts.models import User
from accounts.rights import require
from accounts.roles import Verb
from articles import edition_reviews
from articles.edition_terms import (
    desk_glossary,
    desk_paragraphs,
    remove_term,
    set_term,
)
from articles.edition_words import Choice, Decision, decide
from articles.glossary import keep_word
from articles.models import Article
from articles.paragraphs import Paragraph
from articles.refusals import Refused
from articles.signals import conversion_reported
from articles.variants import Analysis, Occurrence, analyse
from editions.catalogue import Edition, Script

CHANGED_MEANWHILE = "这一处刚才变了：稿件、词表或本文用字改过。请看过现在的文字再定。"


class WordForm(forms.Form):
    """What an editor fills in at a place that is wrong."""

    key = forms.CharField(max_length=60)
    word = forms.CharField(
        max_length=64, error_messages={"required": "还没有写原文的词。"}
    )
    form = forms.CharField(max_length=8, required=False)
    whole = forms.CharField(max_length=64, required=False)
    everywhere = forms.BooleanField(required=False)


@dataclass(frozen=True)
class Workbench:
    """One story on the desk in one edition, as it is at this moment."""

    article: Article
    edition: Edition

    @property
    def source(self) -> Script:
        return "zh-Hant" if self.article.script == "zh-Hant" else "zh-Hans"

    @cached_property
    def paragraphs(self) -> list[Paragraph]:
        return desk_paragraphs(self.article)

    @cached_property
    def glossary(self) -> Any:
        return desk_glossary(self.article)

    @cached_property
    def reviews(self) -> dict:
        return edition_reviews.reviews_of(self.article)

    @property
    def review(self) -> Any:
        return self.reviews.get(self.edition.code)

    @cached_property
    def analysis(self) -> Analysis:
        return analyse(
            self.paragraphs,
            self.edition.code,
            source=self.source,
            glossary=self.glossary,
            accepted=frozenset(self.review.accepted if self.review else ()),
        )

    def occurrence(self, key: str) -> Occurrence:
        found = self.analysis.find(key)
        if found is None:
            raise Refused(CHANGED_MEANWHILE)
        return found

    def decision(self, form: WordForm) -> tuple[Occurrence, Decision]:
        """Raises Refused with what is wrong with the form, or with the choice."""
        if not form.is_valid():
            raise Refused(*(row for rows in form.errors.values() for row in rows))
        said = form.cleaned_data
        occurrence = self.occurrence(said["key"])
        choice = Choice(said["word"], said["form"], said["whole"], said["everywhere"])
        decided = decide(
            self.analysis,
            occurrence,
            choice,
            source=self.source,
            glossary=self.glossary,
        )
        return occurrence, decided


def _keep_here(bench: Workbench, request: HttpRequest, by: User) -> str:
    _, decided = bench.decision(WordForm(request.POST))
    set_term(bench.article, decided.word, decided.forms, by=by)
    return f"本文里“{decided.word}”写作“{decided.after}”。"


def _forget(bench: Workbench, request: HttpRequest, by: User) -> str:
    word = request.POST.get("word", "")
    remove_term(bench.article, word, by=by)
    return f"已删去本文用字“{word}”，照词表和程序转换。"


def _keep_in_glossary(bench: Workbench, request: HttpRequest, by: User) -> str:
    _, decided = bench.decision(WordForm(request.POST))
    note = f"见《{bench.article.title}》"
    keep_word(decided.word, bench.source, decided.forms, by=by, note=note)
    return f"词表里“{decided.word}”写作“{decided.after}”，各篇稿件马上照办。"


def _report(bench: Workbench, request: HttpRequest, by: User) -> str:
    require(by, Verb.DISCUSS, bench.article)
    _, decided = bench.decision(WordForm(request.POST))
    conversion_reported.send(
        sender=Article,
        article=bench.article,
        edition_code=bench.edition.code,
        quote=decided.quote,
        message=f"采编 {by}：“{decided.before}”应为“{decided.after}”。",
        by=by,
    )
    return "已报告给管词表的同事，他们在“读者纠错”里处理。"


def _accept(bench: Workbench, request: HttpRequest, by: User) -> str:
    keys = request.POST.getlist("key")
    return _accepted(bench, keys, by)


def _accept_rest(bench: Workbench, request: HttpRequest, by: User) -> str:
    """Of one character, or of all."""
    character = request.POST.get("character", "")
    keys = [
        key
        for group in bench.analysis.groups
        if character in {"", group.character}
        for key in group.rest_keys
    ]
    return _accepted(bench, keys, by)


def _accepted(bench: Workbench, keys: list[str], by: User) -> str:
    count = edition_reviews.accept(
        bench.article,
        bench.edition.code,
        keys,
        by=by,
        is_present={found.key for found in bench.analysis.occurrences},
    )
    if not count:
        raise Refused(CHANGED_MEANWHILE)
    return f"已记下 {count} 处是对的。"


def _review(bench: Workbench, request: HttpRequest, by: User) -> str:
    """All paragraphs that the page showed, or one."""
    seen = set(request.POST.getlist("paragraph"))
    read_as = {
        shown.passage.fingerprint: shown.text
        for shown in bench.analysis.converted
        if shown.passage.fingerprint in seen
    }
    edition_reviews.review(bench.article, bench.edition.code, by=by, read_as=read_as)
    if len(seen) == 1:
        return "这一段已记为看过。"
    return f"{bench.edition.label}版已记为看过。"


def _take_back(bench: Workbench, request: HttpRequest, by: User) -> str:
    only = request.POST.getlist("paragraph") or None
    edition_reviews.take_back(bench.article, bench.edition.code, by=by, only=only)
    return "已撤销校对。"


ACTS: dict[str, Callable[[Workbench, HttpRequest, User], str]] = {
    "keep_here": _keep_here,
    "forget": _forget,
    "keep_in_glossary": _keep_in_glossary,
    "report": _report,
    "accept": _accept,
    "accept_rest": _accept_rest,
    "review": _review,
    "take_back": _take_back,
}
