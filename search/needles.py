"""Asking an index for tokens: one description, written for SQLite and for PostgreSQL."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import F, Lookup, Q, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from search.tokens import HEADLINE, INITIALS, LONGEST_WORD, RUNS, TAG, name_token

PAIR = 2  # Han characters in a token


@dataclass(frozen=True)
class Token:
    """A token, or all that begin with it."""

    text: str
    is_prefix: bool = False


@dataclass(frozen=True)
class Word:
    """What must be there: one of its spellings, each a folded text.

    `typed` is what somebody wrote, `also` the other spellings as people write them.
    """

    spellings: tuple[str, ...]
    typed: str = field(default="", compare=False)
    also: tuple[str, ...] = field(default=(), compare=False)


def tokens_asked(spelling: str, before: str = "") -> list[Token]:
    """Tokens that every text with this spelling has; `before` is set before each.

    A word in Latin letters at the end may go on: wif finds wifi, as it is typed.
    """
    asked = []
    for run in RUNS.finditer(spelling):
        han, word = run.groups()
        if word:
            may_go_on = run.end() == len(spelling) and len(word) > 1
            asked.append(Token(before + word[:LONGEST_WORD], may_go_on))
        elif len(han) == 1:
            asked.append(Token(before + han, is_prefix=True))
        else:
            pairs = (han[place : place + 2] for place in range(len(han) - 1))
            asked += [Token(before + pair) for pair in pairs]
    return list(dict.fromkeys(asked))


@dataclass(frozen=True)
class Needles:
    """Groups that must all be found; of a group's alternatives one, of its tokens all."""

    groups: tuple[tuple[tuple[Token, ...], ...], ...]

    def for_sqlite(self) -> str:
        """A query of FTS5. A token in quotes has no meaning but itself."""
        return self._written(" AND ", " OR ", lambda token: _quoted(token, '"', "*"))

    def for_postgresql(self) -> str:
        """A tsquery."""
        return self._written(" & ", " | ", lambda token: _quoted(token, "'", ":*"))

    def _written(self, conjunction: str, disjunction: str, write: Any) -> str:
        return conjunction.join(
            f"({disjunction.join(alternatives)})"
            for group in self.groups
            if (
                alternatives := [
                    f"({conjunction.join(map(write, tokens))})" for tokens in group
                ]
            )
        )


def _quoted(token: Token, quote: str, prefix: str) -> str:
    text = token.text.replace("\\", "").replace(quote, quote * 2)
    return f"{quote}{text}{quote}{prefix if token.is_prefix else ''}"


def needles(
    words: tuple[Word, ...], *, in_headline: bool = False, names: tuple[str, ...] = ()
) -> Needles:
    """For texts that have all the words, in the headline or as a tag if so, and all the
    name tokens."""
    groups = [tuple(_alternatives(word, in_headline=in_headline)) for word in words]
    groups += [((_name(name),),) for name in names]
    return Needles(tuple(groups))


def _name(token: str) -> Token:
    """Initials may go on, a name does not."""
    return Token(token, is_prefix=token.startswith(INITIALS))


def _alternatives(word: Word, *, in_headline: bool) -> Iterator[tuple[Token, ...]]:
    for spelling in word.spellings:
        yield tuple(tokens_asked(spelling, HEADLINE if in_headline else ""))
        if in_headline:
            yield (Token(name_token(TAG, spelling)),)


def is_known_to_index(word: Word) -> bool:
    """Whether the index alone tells who has the word: each spelling is one token."""
    return all(
        (run := RUNS.fullmatch(spelling))
        and len(spelling) <= (PAIR if run["han"] else LONGEST_WORD)
        for spelling in word.spellings
    )


def holds(word: Word, column: str) -> Q:
    """The exact check after the index: one of the spellings stands in this column."""
    return _any_in(column, word.spellings)


def is_named(word: Word, column: str) -> Q:
    """One of the spellings is a whole tag; the column holds tokens of names."""
    return _any_in(column, [f" {name_token(TAG, one)} " for one in word.spellings])


def _any_in(column: str, texts: Iterable[str]) -> Q:
    condition = Q()
    for text in texts:
        condition |= Q(GreaterThan(StrIndex(F(column), Value(text)), 0))
    return condition


class TokensField(models.TextField):
    """The tokens of a row: searched by `matches`, never read."""


@TokensField.register_lookup
class Matches(Lookup):
    """Takes Needles."""

    lookup_name = "matches"
    prepare_rhs = False

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list]:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} MATCH %s", [*params, self.rhs.for_sqlite()]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list]:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} @@ %s::tsquery", [*params, self.rhs.for_postgresql()]
