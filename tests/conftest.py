"""What every test stands on: services, an isolated database and folders, a browser."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from django.conf import settings as project_settings
from django.core.cache import cache
from django.db import connection, connections
from django.test import TransactionTestCase
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from fronts.readership import buffer
from search import query_log, tables
from search.models import DeskEntry, StoryEntry

CHROMIUM = Path("/usr/bin/chromium")
CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
REDIS_URL = os.environ.get("TEST_REDIS_URL") or "redis://127.0.0.1:6379/15"
# The CI machine has every service: there, a missing one is a fault and not a reason to skip.
SERVICES_REQUIRED = os.environ.get("REQUIRE_SERVICES") == "1"

REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", event => {
    console.error(`CSP: ${event.effectiveDirective} refused ${event.blockedURI}`);
});
"""


def redis_silence() -> str:
    try:
        with redis.Redis.from_url(REDIS_URL, socket_connect_timeout=2) as client:
            client.ping()
    except redis.RedisError as error:
        return f"Redis does not answer at {REDIS_URL}: {error}"
    return ""


def reason_to_skip(marks: set[str]) -> str:
    """Why a test with these marks cannot run here; empty when it can."""
    engine = project_settings.DATABASES["default"]["ENGINE"]
    if "postgres" in marks and not engine.endswith("postgresql"):
        return "needs PostgreSQL: `make test` runs it when PostgreSQL answers"
    if "sqlite" in marks and not engine.endswith("sqlite3"):
        return "is about SQLite"
    if "browser" in marks and not CHROMIUM.exists():
        return f"needs Chromium at {CHROMIUM}"
    return redis_silence() if "redis" in marks else ""


def uses_database(item: pytest.Item) -> bool:
    fixtures = {"db", "transactional_db", "live_server"}
    return bool(item.get_closest_marker("django_db") or fixtures & {*item.fixturenames})


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    if os.environ.get("ONLY_DATABASE_TESTS") == "1":
        # The others are the same on every database: the run on the other one has them.
        others = [item for item in items if not uses_database(item)]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if uses_database(item)]
    reasons: dict[frozenset[str], str] = {}
    for item in items:
        marks = frozenset(mark.name for mark in item.iter_markers())
        if marks not in reasons:
            reasons[marks] = reason_to_skip(set(marks))
        if reasons[marks]:
            item.add_marker(pytest.mark.skip(reason=reasons[marks]))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where all services are required, a skipped test fails the run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    if SERVICES_REQUIRED and skipped and session.exitstatus == pytest.ExitCode.OK:
        reporter.write_line("")
        reporter.write_line("REQUIRE_SERVICES=1 allows no skipped test.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    tmp_path_factory: pytest.TempPathFactory, testrun_uid: str
) -> None:
    """A database of this run and this worker only.

    SQLite in a file and not in memory: pragmas, locks and several connections behave
    as they do in production. PostgreSQL without the pool, which would hold connections
    open while the test database is dropped.
    """
    database = project_settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        name = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
    else:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
        name = f"test_jinxi_portal_{testrun_uid[:8]}_{worker}"
        database["OPTIONS"].pop("pool", None)
    database["TEST"]["NAME"] = name


@pytest.fixture(scope="session", autouse=True)
def _static_folder() -> None:
    """WhiteNoise warns of a folder that is not there, and a warning is an error here."""
    project_settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Let go of the test database before it is dropped.

    A browser keeps its connections to the live server open, and so do the server's
    threads theirs to PostgreSQL, which then refuses to drop the database.
    """
    yield
    if connection.vendor != "postgresql":
        return
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(scope="session", autouse=True)
def _flush_despite_append_only_tables() -> Iterator[None]:
    """Let a transactional test empty the database after itself.

    On SQLite Django does it with DELETE, which the append-only tables refuse: their
    triggers are taken off for that moment. PostgreSQL's TRUNCATE passes by them.
    """
    flush = TransactionTestCase._fixture_teardown

    def flush_without_triggers(case: TransactionTestCase) -> None:
        # Tables that Django does not manage.
        tables.empty(tables.STORIES, StoryEntry._meta.db_table)
        tables.empty(tables.DESK, DeskEntry._meta.db_table)
        if connection.vendor != "sqlite":
            flush(case)
            return
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT name, sql FROM sqlite_master"
                " WHERE type = 'trigger' AND sql LIKE '%append-only%'"
            )
            triggers = cursor.fetchall()
            for name, _ in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
        flush(case)
        with connection.cursor() as cursor:
            for _, statement in triggers:
                cursor.execute(statement)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", flush_without_triggers)
        yield


@pytest.fixture(autouse=True)
def _isolation(settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test meets the files, cached values or counts of another, or of the developer."""
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")
    # Argon2 is slow on purpose; no test is about its strength.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    yield
    cache.clear()
    buffer.clear()
    query_log.buffer.clear()


@pytest.fixture
def redis_url() -> str:
    """Address of a Redis database that tests may write to. Mark such tests `redis`."""
    return REDIS_URL


@pytest.fixture(scope="session")
def live_server(django_db_setup: None, live_server: LiveServer) -> LiveServer:
    """The running site; it ends before its database does, whichever test comes first."""
    return live_server


@pytest.fixture(scope="session")
def browser(live_server: LiveServer) -> Iterator[Browser]:
    """The system's Chromium, closed before the site ends. Mark its tests `browser`."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # The sync API keeps an event loop in this thread; Django would then refuse
        # every query of a test, although nothing here is asynchronous.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        # In Python's development mode that loop reports every slow step of the driver.
        logging.getLogger("asyncio").setLevel(logging.ERROR)
        chromium = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=CHROMIUM_OPTIONS
        )
        yield chromium
        chromium.close()
        # While that loop runs, Django keeps other connections for this thread than
        # without it. Nobody else can close them, and an open one blocks the removal
        # of the test database.
        connections.close_all()


def is_late_autosave(message: ConsoleMessage) -> bool:
    """Whether the browser reports the answer 409 to a text that was kept while the same
    text was being saved: the page is going, and the answer says what it should."""
    return "409" in message.text and message.location["url"].endswith("/autosave/")


@pytest.fixture
def page_faults() -> list[str]:
    """What went wrong in the `page` of this test. Clear it where a fault is expected."""
    return []


@pytest.fixture
def page(
    browser: Browser, live_server: LiveServer, page_faults: list[str]
) -> Iterator[Page]:
    """A fresh page on the running site, at `live_server.url` for relative addresses.

    Fails the test on a script error, an error in the console, a violation of the
    Content-Security-Policy, and a request to anybody but this site.
    """
    context = browser.new_context(base_url=live_server.url, locale="zh-CN")
    context.add_init_script(REPORT_VIOLATIONS)
    tab = context.new_page()
    tab.on("pageerror", lambda error: page_faults.append(f"script: {error}"))
    tab.on(
        "console",
        lambda message: (
            page_faults.append(f"console: {message.text} ({tab.url})")
            if message.type == "error" and not is_late_autosave(message)
            else None
        ),
    )
    tab.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((live_server.url, "data:", "blob:"))
            else page_faults.append(f"foreign request: {request.url}")
        ),
    )
    yield tab
    context.close()
    assert page_faults == []
