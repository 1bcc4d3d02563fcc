"""The index tables, which Django's models cannot describe: making, writing, emptying."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

STORIES, DESK = "search_storyindex", "search_deskindex"
# Tokens come cut: this tokenizer only parts them at blanks. Only which row has a token
# is kept; single characters get an index of their own.
_FTS5 = (
    "CREATE VIRTUAL TABLE {table} USING fts5(words, content='', detail=none,"
    " columnsize=0, prefix='1', tokenize=\"ascii tokenchars '_@'\")"
)
_TSVECTOR = "CREATE TABLE {table} (rowid bigint PRIMARY KEY, {table} tsvector NOT NULL)"
# Without the list of pending rows: a search never waits for it to be put in order.
_GIN = (
    "CREATE INDEX {table}_tokens ON {table} USING gin ({table}) WITH (fastupdate=off)"
)


class Row(NamedTuple):
    key: int
    tokens: list[str]


def create(database: BaseDatabaseWrapper, table: str) -> None:
    statements = [_FTS5] if database.vendor == "sqlite" else [_TSVECTOR, _GIN]
    with database.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement.format(table=table))


def drop(database: BaseDatabaseWrapper, table: str) -> None:
    with database.cursor() as cursor:
        cursor.execute(f"DROP TABLE {table}")


def write(table: str, rows: Iterable[Row]) -> None:
    """Put rows in; none of their keys is there yet."""
    values: list[tuple]
    if connection.vendor == "sqlite":
        statement = f"INSERT INTO {table} (rowid, words) VALUES (%s, %s)"
        values = [(row.key, " ".join(row.tokens)) for row in rows]
    else:
        statement = (
            f"INSERT INTO {table} (rowid, {table}) VALUES (%s, array_to_tsvector(%s))"
        )
        values = [(row.key, row.tokens) for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)


def remove(table: str, rows: Iterable[Row]) -> None:
    """Take rows out. A contentless table has to be told what was put in."""
    values: list[tuple]
    if connection.vendor == "sqlite":
        statement = (
            f"INSERT INTO {table} ({table}, rowid, words) VALUES ('delete', %s, %s)"
        )
        values = [(row.key, " ".join(row.tokens)) for row in rows]
    else:
        statement = f"DELETE FROM {table} WHERE rowid = %s"
        values = [(row.key,) for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)


def empty(table: str, entries: str) -> None:
    """Forget all rows, and those of the table of entries whose tokens they are."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")
        else:
            cursor.execute(f"DELETE FROM {table}")
        cursor.execute(f"DELETE FROM {entries}")
