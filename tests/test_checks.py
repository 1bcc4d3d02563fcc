"""The start is refused when SQLite does not run as promised."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from jinxi_portal.checks import check_sqlite_pragmas, refuse_unsafe_databases

pytestmark = pytest.mark.django_db


@pytest.fixture
def file_database(tmp_path, settings):
    """A connection to a SQLite file with the project's options, beside the test database."""
    from django.db.backends.sqlite3.base import DatabaseWrapper  # noqa: PLC0415

    def connect(**options):
        alias = connection.settings_dict
        wrapper = DatabaseWrapper(
            {
                **alias,
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": str(tmp_path / "file.sqlite3"),
                "OPTIONS": options,
            },
            alias="file",
        )
        opened.append(wrapper)
        return wrapper

    opened: list = []
    yield connect
    for wrapper in opened:
        wrapper.close()


def project_options(settings) -> dict:
    return {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "".join(
            f"PRAGMA {name}={value};" for name, value in settings.SQLITE_PRAGMAS.items()
        ),
    }


def run_check(monkeypatch, wrapper) -> list[str]:
    monkeypatch.setattr("jinxi_portal.checks.connections", {"default": wrapper})
    return [message.id for message in check_sqlite_pragmas(databases=["default"])]


def test_project_options_pass(monkeypatch, settings, file_database):
    assert run_check(monkeypatch, file_database(**project_options(settings))) == []


@pytest.mark.parametrize(
    "pragma", ["journal_mode=delete", "synchronous=1", "foreign_keys=0"]
)
def test_other_pragma_is_refused(monkeypatch, settings, file_database, pragma):
    options = project_options(settings)
    options["init_command"] += f"PRAGMA {pragma};"
    assert run_check(monkeypatch, file_database(**options)) == ["jinxi_portal.E001"]


def test_deferred_transactions_are_refused(monkeypatch, settings, file_database):
    options = project_options(settings)
    del options["transaction_mode"]
    assert run_check(monkeypatch, file_database(**options)) == ["jinxi_portal.E002"]


def test_server_does_not_start_on_an_unsafe_database(
    monkeypatch, settings, file_database
):
    options = project_options(settings)
    options["init_command"] += "PRAGMA synchronous=0;"
    unsafe = file_database(**options)
    monkeypatch.setattr("jinxi_portal.checks.connections", {"default": unsafe})
    with pytest.raises(ImproperlyConfigured, match="synchronous"):
        refuse_unsafe_databases()
