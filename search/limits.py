"""A limit for what a search may cost the database."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction
from django.db.backends.utils import CursorWrapper

_STEPS = (
    20_000  # of SQLite's machine between two looks at the clock: a fraction of a ms
)
_INTERRUPTED = "interrupted"
_CANCELLED = "57014"  # PostgreSQL's code for a statement that took too long


class TooSlow(Exception):  # noqa: N818  an answer, not an error
    """The database did not answer in the time it was given."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Stop a query in this block that works for longer; raises TooSlow.

    PostgreSQL is told besides not to read all tokens in a row, which it takes for cheap:
    it does not count that they lie elsewhere.
    """
    if connection.vendor == "sqlite":
        with _sqlite_limit(seconds):
            yield
        return
    settings = {"statement_timeout": int(seconds * 1000)} | dict.fromkeys(
        ("enable_seqscan", "jit"), "off"
    )
    with _postgresql_settings(settings):
        yield


@contextmanager
def row_by_row() -> Iterator[None]:
    """Let PostgreSQL look at rows in their order, and not gather all that match first."""
    if connection.vendor == "sqlite":
        yield
        return
    with _postgresql_settings({"enable_bitmapscan": "off"}):
        yield


@contextmanager
def _sqlite_limit(seconds: float) -> Iterator[None]:
    connection.ensure_connection()
    database = connection.connection
    end = time.monotonic() + seconds
    database.set_progress_handler(lambda: time.monotonic() > end, _STEPS)
    try:
        yield
    except OperationalError as error:
        if _INTERRUPTED in str(error):
            raise TooSlow from error
        raise
    finally:
        database.set_progress_handler(None, 0)


@contextmanager
def _postgresql_settings(settings: dict[str, int | str]) -> Iterator[None]:
    """For this block; a block within it may have others. Two statements, three within
    another transaction, whose end would take them back."""
    names = list(settings)
    is_within = connection.in_atomic_block
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            if is_within:
                shown = ", ".join(["current_setting(%s)"] * len(names))
                cursor.execute(f"SELECT {shown}", names)
                before = cursor.fetchone()
            _set(cursor, names, [str(settings[name]) for name in names])
            yield
            if is_within:
                _set(cursor, names, before)
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) == _CANCELLED:
            raise TooSlow from error
        raise


def _set(cursor: CursorWrapper, names: list[str], values: Iterable[str]) -> None:
    """Until the transaction ends."""
    pairs = [part for pair in zip(names, values, strict=True) for part in pair]
    calls = ", ".join(["set_config(%s, %s, true)"] * len(names))
    cursor.execute(f"SELECT {calls}", pairs)
