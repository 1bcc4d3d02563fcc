"""Switching the regional words of editions.regional on and off, as the desk decides."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from accounts import audit
from accounts.models import Act, User
from accounts.rights import require
from accounts.roles import Verb
from editions.catalogue import by_code
from editions.models import Term
from editions.regional import REGIONAL_WORDS, RegionalEdition, RegionalWord
from fronts.edition_changes import Entries

LABEL = "地区用词"
Switch = tuple[str, RegionalEdition]  # a word and the edition that it is on in
Switches = Collection[Switch]

_WORDS = {word.source: word for word in REGIONAL_WORDS}
ALL_SWITCHES = frozenset(
    (word.source, code) for word in REGIONAL_WORDS for code in word.editions()
)


@dataclass(frozen=True)
class Standing:
    """A word of the list, the editions it is on in, and the desk's own term for it."""

    word: RegionalWord
    switched_on: frozenset[RegionalEdition]
    own: Term | None


def standings() -> list[Standing]:
    """Every word of the list, in its order. One query."""
    terms = {term.source: term for term in _terms()}
    return [_standing(word, terms.get(word.source)) for word in REGIONAL_WORDS]


def switched_on() -> frozenset[Switch]:
    """What is on now. One query."""
    return frozenset(
        (standing.word.source, code)
        for standing in standings()
        for code in standing.switched_on
    )


def switch(on: Switches, off: Switches, *, by: User) -> int:
    """Switch words on and off, on record; how many switches moved.

    A word for which the desk has a term of its own is passed over. Raises Denied. The
    glossary changes at once, for all words or none.
    """
    require(by, Verb.KEEP_GLOSSARY)
    with transaction.atomic():
        stored = {term.source: term for term in _terms().select_for_update()}
        was = {
            source: _standing(word, stored.get(source))
            for source, word in _WORDS.items()
        }
        wanted = _wanted(was, on, off)
        turned_on = _turned(was, wanted, to=True)
        turned_off = _turned(was, wanted, to=False)
        moved = {source for source, _ in turned_on + turned_off}
        if moved:
            ours = _terms().filter(source__in=moved, origin=Term.Origin.REGIONAL)
            ours.delete()
            made = [
                _WORDS[source].term(wanted[source])
                for source in moved
                if wanted[source]
            ]
            # A term that the desk has written in the meantime stays.
            Term.objects.bulk_create(made, ignore_conflicts=True)
            _record(turned_on, turned_off, by)
    return len(turned_on) + len(turned_off)


def entries_with(entries: Entries, on: Switches, off: Switches) -> Entries:
    """The glossary as it would be. One query."""
    was = {standing.word.source: standing for standing in standings()}
    after = dict(entries)
    for source, codes in _wanted(was, on, off).items():
        if was[source].own or codes == was[source].switched_on:
            continue
        entry = _WORDS[source].term(codes).entry()
        if codes:
            after[entry.source, entry.script] = entry
        else:
            after.pop((entry.source, entry.script), None)
    return after


def _terms() -> QuerySet[Term]:
    return Term.objects.filter(script=Term.Script.HANS, source__in=_WORDS)


def _standing(word: RegionalWord, term: Term | None) -> Standing:
    if term is None or term.origin != Term.Origin.REGIONAL:
        return Standing(word, frozenset(), term)
    forms = {"zh-tw": term.form_zh_tw, "zh-hk": term.form_zh_hk}
    on = frozenset(
        code for code in word.editions() if forms[code] == word.name_in(code)
    )
    return Standing(word, on, None)


def _wanted(
    was: dict[str, Standing], on: Switches, off: Switches
) -> dict[str, frozenset[RegionalEdition]]:
    """The editions in which each word is to be on; the desk's own are left alone."""
    return {
        source: frozenset(
            code
            for code in standing.word.editions()
            if (source, code) in on
            or (code in standing.switched_on and (source, code) not in off)
        )
        for source, standing in was.items()
        if standing.own is None
    }


def _turned(
    was: dict[str, Standing],
    wanted: dict[str, frozenset[RegionalEdition]],
    *,
    to: bool,
) -> list[Switch]:
    return [
        (source, code)
        for source, codes in wanted.items()
        for code in was[source].word.editions()
        if (code in codes) is to and (code in was[source].switched_on) is not to
    ]


def _record(turned_on: list[Switch], turned_off: list[Switch], by: User) -> None:
    audit.record(
        Act.CHANGE,
        by=by,
        label=LABEL,
        before={"regional_words": _in_words(turned_off)},
        after={"regional_words": _in_words(turned_on)},
    )


def _in_words(switches: list[Switch]) -> list[str]:
    return [
        f"{source}（{by_code(code).label}：{_WORDS[source].name_in(code)}）"
        for source, code in switches
    ]
