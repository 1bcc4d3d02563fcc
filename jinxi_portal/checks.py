"""Checks that stop a start which would break a promise."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connections


@register(Tags.database)
def check_sqlite_pragmas(
    *, databases: list[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """Read the live pragmas: settings that sit one level too high have no effect, silently."""
    errors: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        if connection.vendor != "sqlite" or connection.is_in_memory_db():
            continue
        with connection.cursor() as cursor:
            for name, wanted in settings.SQLITE_PRAGMAS.items():
                live = str(cursor.execute(f"PRAGMA {name}").fetchone()[0])
                if live != wanted:
                    errors.append(
                        Error(
                            f"SQLite runs with {name}={live} instead of {wanted}.",
                            hint="Set it in OPTIONS['init_command'] of the database.",
                            id="jinxi_portal.E001",
                        )
                    )
        if connection.transaction_mode != "IMMEDIATE":
            errors.append(
                Error(
                    "SQLite transactions do not begin with IMMEDIATE.",
                    hint="Set transaction_mode in OPTIONS of the database.",
                    id="jinxi_portal.E002",
                )
            )
    return errors


def refuse_unsafe_databases() -> None:
    """Raise ImproperlyConfigured when a check above fails; every server start calls it."""
    errors = check_sqlite_pragmas(databases=list(connections))
    if errors:
        raise ImproperlyConfigured(" ".join(str(error.msg) for error in errors))
