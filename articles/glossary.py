"""Putting a word that a story's conversion got wrong into the desk's glossary."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import Act, User
from accounts.rights import require
from accounts.roles import Verb
from articles.refusals import Refused
from editions.catalogue import EditionCode, Script
from editions.models import Term

_FIELDS: dict[EditionCode, str] = {
    "zh-hant": "form_zh_hant",
    "zh-tw": "form_zh_tw",
    "zh-hk": "form_zh_hk",
    "zh-hans": "form_zh_hans",
}


def keep_word(
    source: str,
    script: Script,
    forms: Mapping[EditionCode, str],
    *,
    by: User,
    note: str = "",
    now: datetime.datetime | None = None,
) -> Term:
    """Make a term of the word, or give the term that it is these forms; on record.

    Readers of all stories get it at once. Raises Denied, and Refused if the glossary
    cannot hold it or prints the word as it is written.
    """
    require(by, Verb.KEEP_GLOSSARY)
    with transaction.atomic():
        stored = Term.objects.select_for_update()
        term = stored.filter(source=source, script=script).first()
        is_new = term is None
        if term is None:
            term = Term(source=source, script=script, note=note[:200])
        if term.is_protected:
            raise Refused(f"词表里写明“{source}”各版照原文。要改，请到转换词表里改。")
        before = {} if is_new else _forms(term)
        for edition_code, form in forms.items():
            setattr(term, _FIELDS[edition_code], form)
        # What the desk has decided is the desk's: no list takes it away.
        term.origin = Term.Origin.DESK
        try:
            term.full_clean()
        except ValidationError as refusal:
            raise Refused(*refusal.messages) from refusal
        term.save()
        audit.record(
            Act.CREATE if is_new else Act.CHANGE,
            by=by,
            subject=term,
            before=before,
            after=_forms(term),
            now=now,
        )
    return term


def _forms(term: Term) -> dict[str, Any]:
    return {name: getattr(term, name) for name in _FIELDS.values()}
