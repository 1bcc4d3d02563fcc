"""Asking an index for tokens: one description, written for SQLite and for PostgreSQL."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import F, Lookup, Q, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from search.tokens import HEADLINE, INITIALS, LONGEST_WORD, RUNS, TAG, name_token

Write = Callable[["Token"], str]
PAIR = 2  # Han characters in a token


@dataclass(frozen=True)
class Token:
    """A token, or all that begin with it."""

    text: str
    is_prefix: bool = False


@dataclass(frozen=True)
class Word:
    """What must be there: one of its spellings, each a folded text. A phrase is there only
    as it stands: its last letters do not go on.

    `typed` is what somebody wrote, `also` the other spellings as people write them.
    """

    spellings: tuple[str, ...]
    is_phrase: bool = False
    typed: str = field(default="", compare=False)
    also: tuple[str, ...] = field(default=(), compare=False)


def tokens_asked(
    spelling: str, before: str = "", *, is_phrase: bool = False
) -> list[Token]:
    """Tokens that every text with this spelling has; `before` is set before each.

    Unless it is a phrase, a word in Latin letters at the end may go on: wif finds wifi,
    as it is typed.
    """
    asked = []
    for run in RUNS.finditer(spelling):
        han, word = run.groups()
        if word:
            is_last = run.end() == len(spelling)
            may_go_on = is_last and len(word) > 1 and not is_phrase
            asked.append(Token(before + word[:LONGEST_WORD], may_go_on))
        elif len(han) == 1:
            asked.append(Token(before + han, is_prefix=True))
        else:
            pairs = (han[place : place + 2] for place in range(len(han) - 1))
            asked += [Token(before + pair) for pair in pairs]
    return list(dict.fromkeys(asked))


@dataclass(frozen=True)
class Needles:
    """Groups that must all be found; of a group's alternatives one, of its tokens all.
    None of the excluded tokens may be there."""

    groups: tuple[tuple[tuple[Token, ...], ...], ...]
    excluded: tuple[Token, ...] = ()

    def for_sqlite(self) -> str:
        """A query of FTS5. A token in quotes has no meaning but itself."""
        found = self._written(" AND ", lambda token: _quoted(token, '"', "*"), " OR ")
        excluded = " OR ".join(_quoted(token, '"', "*") for token in self.excluded)
        return f"({found}) NOT ({excluded})" if excluded else found

    def for_postgresql(self) -> str:
        """A tsquery."""
        found = self._written(" & ", lambda token: _quoted(token, "'", ":*"), " | ")
        excluded = " | ".join(_quoted(token, "'", ":*") for token in self.excluded)
        return f"({found}) & !({excluded})" if excluded else found

    def _written(self, conjunction: str, write: Write, disjunction: str) -> str:
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
    words: Iterable[Word],
    *,
    in_headline: bool = False,
    names: Iterable[str] = (),
    without: Iterable[Word] = (),
    without_names: Iterable[str] = (),
) -> Needles:
    """For texts that have all the words, in the headline or as a tag if so, and all the
    name tokens; and none of the others, as far as the index knows them."""
    groups = [tuple(_alternatives(word, in_headline=in_headline)) for word in words]
    groups += [((_name(name),),) for name in names]
    excluded = [
        token
        for word in without
        if is_known_to_index(word)
        for spelling in word.spellings
        # Who does not want 5 means no 2025, and who does not want ai no aid.
        for token in tokens_asked(spelling, is_phrase=True)
    ]
    return Needles(tuple(groups), (*excluded, *map(Token, without_names)))


def _name(token: str) -> Token:
    """Initials may go on, a name does not."""
    return Token(token, is_prefix=token.startswith(INITIALS))


def _alternatives(word: Word, *, in_headline: bool) -> Iterator[tuple[Token, ...]]:
    for spelling in word.spellings:
        before = HEADLINE if in_headline else ""
        yield tuple(tokens_asked(spelling, before, is_phrase=word.is_phrase))
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
