"""How long verify_ledger takes: .venv/bin/python bench/ledger.py [entries]

Fills a scratch database (SQLite, removed afterwards) with so many entries of the record
of acts, properly chained, 100,000 unless told otherwise; then prints the seconds and the
memory that one check takes.
"""

import datetime
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from accounts.models import AuditEntry

ROOT = Path(__file__).resolve().parent.parent
MOST = 1_000_000
BATCH = 5_000
START = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


def entries(wanted: int) -> Iterator["AuditEntry"]:
    """The chain, one entry after the other; each says as much as an ordinary edit."""
    from accounts.chain import digest  # noqa: PLC0415  needs the scratch settings
    from accounts.models import Act, AuditEntry  # noqa: PLC0415

    previous = ""
    for number in range(1, wanted + 1):
        entry = AuditEntry(
            number=number,
            at=START + datetime.timedelta(seconds=number),
            person_name="周禾",
            act=Act.CHANGE,
            subject_type="articles.article",
            subject_id=str(number % 20_000),
            subject=f"河边的老街修好了（{number}）",
            before={"title": "河边的老街", "tags": [1, 2]},
            after={"title": f"河边的老街修好了（{number}）", "tags": [1, 2, 3]},
            previous_sha256=previous,
        )
        entry.sha256 = previous = digest(previous, entry.payload())
        yield entry


def fill(wanted: int) -> None:
    from accounts.models import AuditEntry  # noqa: PLC0415  needs the scratch settings

    chain = entries(wanted)
    while batch := list(islice(chain, BATCH)):
        AuditEntry.objects.bulk_create(batch)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    from django.core.management import call_command  # noqa: PLC0415

    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    if not 0 < wanted <= MOST:
        sys.exit(f"Between 1 and {MOST} entries, please.")
    call_command("migrate", verbosity=0)
    began = time.perf_counter()
    fill(wanted)
    say(f"{wanted} entries written in {time.perf_counter() - began:.1f} s")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began, busy = time.perf_counter(), time.process_time()
    call_command("verify_ledger")
    seconds, busy = time.perf_counter() - began, time.process_time() - busy
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    say(
        f"checked in {seconds:.1f} s ({busy:.1f} s of processor time),"
        f" {grown:.0f} MB more memory"
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(
            VAR_DIR=folder,
            DATABASE_URL=f"sqlite:///{folder}/bench.sqlite3",
            ENVIRONMENT="development",
        )
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jinxi_portal.settings")
        sys.path.insert(0, str(ROOT))
        django.setup()
        main()
