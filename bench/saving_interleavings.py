# ruff: noqa: T201
"""How many silent overwrites in a thousand steps of several people at one story.

    DATABASE_URL=… .venv/bin/python bench/saving_interleavings.py [steps]

Without DATABASE_URL on SQLite. Makes a database of its own and drops it. Prints what was
done and how often, and ends with 1 if any text was overwritten unseen.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INTERLEAVINGS = 10  # of one round
STEPS = 25  # of one interleaving, at most


def main(total: int) -> int:
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jinxi_portal.settings")
    folder = tempfile.TemporaryDirectory()
    os.environ["VAR_DIR"] = folder.name

    import django  # noqa: PLC0415  after the environment is set

    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import (  # noqa: PLC0415
        setup_databases,
        setup_test_environment,
        teardown_databases,
    )

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.DATABASES["default"]["OPTIONS"].pop("pool", None)
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["NAME"] = f"test_saving_{os.getpid()}"
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        return _measure(connection.vendor, total)
    finally:
        connection.close()
        teardown_databases(databases, verbosity=0)
        folder.cleanup()


def _measure(database: str, total: int) -> int:
    from tests.articles.test_saving_interleavings import (  # noqa: PLC0415
        counts,
        run,
    )

    started = time.monotonic()
    rounds = 0
    while counts.total() < total:
        rounds += 1
        run(examples=INTERLEAVINGS, steps=STEPS, seed=rounds)
    print(f"{database}: {counts.total()} acts, ", end="")
    print(f"{time.monotonic() - started:.0f} s")
    for name, count in counts.most_common():
        print(f"  {count:5d} {name}")
    print(f"  {counts['silent overwrites']:5d} silent overwrites")
    return 1 if counts["silent overwrites"] else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
