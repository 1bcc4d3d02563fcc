"""Hash chains: records of which none can be changed, dropped or slipped in unseen.

Each record carries the hash of the one before, and its own hash covers both. Writers
queue at the end of a chain: two records never follow the same one.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

# Any fixed numbers will do: they name the queues of the chains in PostgreSQL.
LOCKS = {"accounts_auditentry": 7_301_001, "articles_signoff": 7_301_002}
CANONICAL = DjangoJSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class Link(Protocol):
    """A record of a chain. `payload` is everything that its hash covers."""

    number: int
    previous_sha256: str
    sha256: str

    def payload(self) -> dict[str, Any]: ...


@dataclass(frozen=True)
class Break:
    """The first record at which a chain does not hold, and why."""

    number: int
    sentence: str


def plain(value: Any) -> Any:
    """The value as JSON gives it back, so that its hash is the same after storing."""
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def digest(previous_sha256: str, payload: dict[str, Any]) -> str:
    """sha256 of the canonical JSON of a record, chained; 64 hexadecimal digits."""
    canonical = CANONICAL.encode([previous_sha256, payload])
    return hashlib.sha256(canonical.encode()).hexdigest()


def next_place(model: Any) -> tuple[int, str]:
    """Number and previous hash for a new record; others wait until this one is committed.

    Must run inside a transaction. SQLite needs no lock of its own: a transaction that
    may write already keeps all other writers out (it begins IMMEDIATE).
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(%s)", [LOCKS[model._meta.db_table]]
            )
    last = model.objects.order_by("-number").first()
    return (last.number + 1, last.sha256) if last else (1, "")


def first_break(links: Iterable[Link]) -> Break | None:
    """Where a chain, read in the order of numbers, does not hold; None if it does."""
    previous = ""
    for expected, link in enumerate(links, start=1):
        if link.number != expected:
            return Break(expected, f"第 {expected} 条不见了。")
        if link.previous_sha256 != previous:
            return Break(link.number, f"第 {link.number} 条接不上它前面的一条。")
        if digest(previous, link.payload()) != link.sha256:
            return Break(link.number, f"第 {link.number} 条的内容被改过。")
        previous = link.sha256
    return None
