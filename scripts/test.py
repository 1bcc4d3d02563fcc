"""Run the suite on each database that is here: what `make test` and `make test-next` do.

The last line is the summary of the last run; a run that fails ends the whole.
Arguments go to pytest, but for --sqlite-only, which leaves out the other database,
the browser and what uses no database.
"""

import os
import subprocess
import sys
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parent.parent
USUAL_POSTGRES = "postgres://postgres@127.0.0.1:5432/postgres"
WORKERS = 2
SQLITE_ONLY = "--sqlite-only"


def silence_of(url: str) -> str:
    """Why PostgreSQL cannot be used at this address; empty when it answers."""
    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.Error as error:
        return str(error).strip().splitlines()[0]
    return ""


def run_pytest(title: str, marks: str, variables: dict[str, str]) -> None:
    print(f"\n== Tests on {title} ==", flush=True)
    command = [sys.executable, "-m", "pytest", "-n", str(WORKERS)]
    # Slow tests stand together in their files: a worker without work takes of the other's.
    command += ["--dist", "worksteal", "-m", marks]
    result = subprocess.run(  # noqa: S603  our own interpreter
        [*command, *(word for word in sys.argv[1:] if word != SQLITE_ONLY)],
        cwd=ROOT,
        env={**os.environ, **variables},
        check=False,
    )
    if result.returncode:
        sys.exit(result.returncode)


def main() -> None:
    if SQLITE_ONLY in sys.argv:
        # The other run has had the rest: what uses no database, and development mode.
        run_pytest(
            "SQLite",
            "not postgres and not browser",
            {"PYTHONDEVMODE": "", "ONLY_DATABASE_TESTS": "1"},
        )
        return
    url = os.environ.get("TEST_DATABASE_URL") or USUAL_POSTGRES
    silence = silence_of(url)
    if silence and os.environ.get("REQUIRE_SERVICES") == "1":
        sys.exit(f"REQUIRE_SERVICES=1, but PostgreSQL does not answer: {silence}")
    if silence:
        print(f"PostgreSQL does not answer, so its run is left out: {silence}")
        run_pytest("SQLite", "", {})
    else:
        # Each run leaves out what is only meant for the other.
        run_pytest("SQLite", "not postgres", {})
        # What only a browser shows does not depend on the database.
        # Nor do tests that use none. Python's own development mode has watched the first
        # run; it costs an eighth.
        run_pytest(
            "PostgreSQL",
            "not sqlite and not browser",
            {"DATABASE_URL": url, "PYTHONDEVMODE": "", "ONLY_DATABASE_TESTS": "1"},
        )


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
