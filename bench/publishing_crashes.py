"""Kill publishers, announcers and postmen at random moments, and count what is lost, torn
or done twice. Prints one JSON object of figures; exits with 1 if one breaks a promise.

    python bench/publishing_crashes.py publish --kills 300
    python bench/publishing_crashes.py announce --due 300 --workers 4 --rounds 20
    python bench/publishing_crashes.py mail --letters 300 --workers 4
    … --database postgres://postgres@127.0.0.1:5432/postgres

Works in a database of its own, which it makes and drops: a SQLite file in a temporary
folder, or a new one on the server that --database names. With --here it works in the
database of DATABASE_URL, which must have its tables and holds test data afterwards.
"""

import argparse
import contextlib
import datetime
import json
import os
import random
import re
import signal
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from django.db.models import QuerySet

ROOT = Path(__file__).resolve().parent.parent
SHORTEST, LONGEST = 0.010, 0.250  # seconds a publisher lives after its first story
DUE_FROM, DUE_UNTIL = -1.0, 2.0  # seconds from the start of a round
BETWEEN_KILLS = (0.05, 0.50)  # seconds
PATIENCE = 120.0  # seconds a round may take
TOLD = 2  # people who get a notice of each announcement
FAULTS = ("lost", "torn", "damaged", "missed", "done_twice", "wrong_notices", "early")
FAULTS += ("chain_broken", "sent_twice", "forgotten")


def main() -> int:
    options = _options()
    rng = random.Random(options.seed)  # noqa: S311  no secret is made of it
    with _database(options):
        figures = options.measure(options, rng)
    sys.stdout.write(json.dumps(figures) + "\n")
    return 1 if any(figures.get(name) for name in FAULTS) else 0


def kill_publishers(options: argparse.Namespace, rng: random.Random) -> dict:
    """A process publishes story after story and acknowledges each after its commit; kill
    it at a random moment, again and again; then look at every story in the database."""
    from articles.models import Article

    editor, channel = _newsroom()
    acknowledged: set[int] = set()
    for _ in range(options.kills):
        reader, writer = os.pipe()
        child = _fork(lambda pipe=writer: _publish_forever(pipe, editor, channel))
        os.close(writer)
        with os.fdopen(reader) as lines:
            acknowledged.add(int(lines.readline()))  # now it is in full swing
            time.sleep(rng.uniform(SHORTEST, LONGEST))
            _kill(child)
            # A line cut short was not acknowledged.
            acknowledged |= {int(line) for line in lines if line.endswith("\n")}
    # A server may still be at work on the last words of a dead client.
    time.sleep(0.5)
    states = {story: _parts_of(story) for story in _keys(Article)}
    whole = {story for story, parts in states.items() if set(parts.values()) == {1}}
    empty = {story for story, parts in states.items() if set(parts.values()) == {0}}
    return {
        "kills": options.kills,
        "acknowledged": len(acknowledged),
        "published": len(whole),
        "unpublished": len(empty),
        "lost": len(acknowledged - whole),
        "torn": len(states.keys() - whole - empty),
        "chain_broken": _chain_break(),
        "damaged": _damage(),
    }


def kill_announcers(options: argparse.Namespace, rng: random.Random) -> dict:
    """Several workers announce what is due while one after another is killed and started
    again; then count what each announcement left behind."""
    from accounts.models import AuditEntry
    from articles.models import Announcement, Notice

    due = options.due
    _plan(due)
    figures = dict.fromkeys(
        ("missed", "done_twice", "wrong_notices", "early", "kills"), 0
    )
    late: list[float] = []
    for _ in range(options.rounds):
        before = AuditEntry.objects.filter(act="went_live").count()
        Notice.objects.all().delete()
        start = _due_again(rng)
        waiting = Announcement.objects.filter(done_at=None)
        figures["kills"] += _run_and_kill(_announce_forever, waiting, options, rng)
        done = list(Announcement.objects.exclude(done_at=None))
        recorded = AuditEntry.objects.filter(act="went_live").count() - before
        subjects = AuditEntry.objects.filter(act="went_live", at__gte=start)
        stories = set(subjects.values_list("subject_id", flat=True))
        figures["missed"] += due - len(stories) + (due - len(done))
        figures["done_twice"] += recorded - len(stories)
        figures["wrong_notices"] += abs(Notice.objects.count() - TOLD * due)
        figures["early"] += sum(item.done_at < item.due_at for item in done)
        late += [
            (item.done_at - item.due_at).total_seconds()
            for item in done
            if item.due_at > start
        ]
    late.sort()
    return {
        "rounds": options.rounds,
        "announcements": due * options.rounds,
        **figures,
        "late_p50": round(late[len(late) // 2], 3),
        "late_p99": round(late[len(late) * 99 // 100], 3),
        "late_max": round(late[-1], 3),
        "chain_broken": _chain_break(),
    }


def kill_postmen(options: argparse.Namespace, rng: random.Random) -> dict:
    """Several workers mail notices while one after another is killed and started again;
    then count the letters. One that a kill cut off may be missing, and is known to be."""
    from django.utils import timezone

    from articles.mailing import unsettled
    from articles.models import Notice

    _, channel = _newsroom()
    writer = _writer()
    story = _story(channel, writer)
    Notice.objects.bulk_create(
        Notice(
            person=writer,
            kind=Notice.Kind.TO_REVIEW,
            article=story,
            text=f"letter {number}",
            made_at=timezone.now(),
        )
        for number in range(options.letters)
    )
    with tempfile.TemporaryDirectory() as folder:
        _write_letters_to(folder)
        waiting = Notice.objects.filter(mailing_at=None)
        kills = _run_and_kill(_mail_forever, waiting, options, rng)
        text = "\n".join(path.read_text() for path in Path(folder).iterdir())
    sent = re.findall(r"^Subject: (letter \d+)$", text, re.MULTILINE)
    cut_off = set(unsettled().values_list("text", flat=True))
    everything = {f"letter {number}" for number in range(options.letters)}
    return {
        "kills": kills,
        "letters": options.letters,
        "sent": len(sent),
        "cut_off": len(cut_off),
        "sent_twice": len(sent) - len(set(sent)),
        "forgotten": len(everything - set(sent) - cut_off),
    }


def _publish_forever(pipe: int, editor: int, channel: int) -> None:
    from django.utils import timezone

    from accounts.models import User
    from articles import publishing

    by = User.objects.get(pk=editor)
    while True:
        story = _story(channel, by)
        until = timezone.now() + datetime.timedelta(days=1)
        publishing.publish(story, by=by, until=until)
        os.write(pipe, f"{story.pk}\n".encode())


def _parts_of(story: int) -> dict[str, int]:
    """How many there are of each thing that one publication writes."""
    from accounts.models import AuditEntry
    from articles.models import Announcement, Article, ChannelListing, Revision

    article = Article.objects.get(pk=story)
    entries = AuditEntry.objects.filter(
        subject_type="articles.article", subject_id=str(story), act="publish"
    )
    return {
        "moment": int(article.first_published_at is not None),
        "revision": Revision.objects.filter(article=article).count(),
        "writer": Revision.objects.filter(article=article, writers__gt=0).count(),
        "published": article.published.count(),
        "listing": ChannelListing.objects.filter(
            published_article__article=article
        ).count(),
        "announcement": Announcement.objects.filter(
            published_article__article=article
        ).count(),
        "audit": entries.count(),
    }


def _run_and_kill(
    work: Callable[[], None],
    waiting: "QuerySet",
    options: argparse.Namespace,
    rng: random.Random,
) -> int:
    """Let workers go on until nothing waits, killing one every now and then; the kills."""
    alive = [_fork(work) for _ in range(options.workers)]
    kills, deadline = 0, time.monotonic() + PATIENCE
    while waiting.all().exists() and time.monotonic() < deadline:
        time.sleep(rng.uniform(*BETWEEN_KILLS))
        victim = rng.randrange(options.workers)
        _kill(alive[victim])
        alive[victim] = _fork(work)
        kills += 1
    time.sleep(0.3)  # for whoever would do one of them again
    for child in alive:
        _kill(child)
    return kills


def _kill(child: int) -> None:
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _announce_forever() -> None:
    from articles.management.commands.run_worker import announce_a_batch

    while True:
        time.sleep(announce_a_batch())


def _mail_forever() -> None:
    from articles.management.commands.run_worker import mail_a_batch

    while True:
        time.sleep(mail_a_batch())


def _write_letters_to(folder: str) -> None:
    """Let the mail server be a folder: one file for each connection."""
    from django.conf import settings

    backend = "django.core.mail.backends.filebased.EmailBackend"
    if hasattr(settings, "MAILERS"):
        options = {"file_path": folder}
        settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": options}}
    else:
        settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = backend, folder


def _plan(due: int) -> None:
    """So many stories that are to go live, with a writer and an editor to tell."""
    from django.utils import timezone

    from accounts.models import User
    from articles import publishing

    editor, channel = _newsroom()
    by = User.objects.get(pk=editor)
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    for _ in range(due):
        publishing.schedule(_story(channel, _writer()), tomorrow, by=by)


def _due_again(rng: random.Random) -> datetime.datetime:
    """Everything planned is due around now, as if for the first time; the time now."""
    from django.utils import timezone

    from articles.models import Announcement, PublishedArticle

    start = timezone.now()
    items = list(Announcement.objects.select_related("published_article"))
    for item in items:
        ahead = datetime.timedelta(seconds=rng.uniform(DUE_FROM, DUE_UNTIL))
        item.due_at = item.published_article.visible_from = start + ahead
        item.done_at = None
    versions = [item.published_article for item in items]
    PublishedArticle.objects.bulk_update(versions, ["visible_from"], batch_size=100)
    Announcement.objects.bulk_update(items, ["due_at", "done_at"], batch_size=100)
    return start


def _newsroom() -> tuple[int, int]:
    """An editor who may publish, and a channel without reviews: their primary keys."""
    from channels.models import Channel

    name = uuid.uuid4().hex[:12]
    channel = Channel.objects.create(name=name, slug=name, review_levels=0)
    return _person("责任编辑").pk, channel.pk


def _writer():
    from accounts.models import User

    return User.objects.filter(username="writer").first() or _person("记者", "writer")


def _person(role: str, name: str = ""):
    from django.utils import timezone

    from accounts.models import Grant, User

    name = name or uuid.uuid4().hex[:12]
    address = f"{name}@portal.example"
    person = User.objects.create(username=name, email=address, is_staff=True)
    Grant.objects.create(person=person, role=role, confirmed_at=timezone.now())
    return person


def _story(channel: int, by):
    from django.db import transaction

    from articles.models import Article, ArticleEditor, Editor, Section

    with transaction.atomic():
        article = Article.objects.create(
            title=f"稿件 {uuid.uuid4().hex[:8]}", channel_id=channel, created_by=by
        )
        Section.objects.create(article=article, position=10, body="<p>老街修好了。</p>")
        editor, _ = Editor.objects.get_or_create(name="周禾")
        ArticleEditor.objects.create(article=article, editor=editor, position=1)
    return article


def _keys(model) -> list[int]:
    return list(model.objects.values_list("pk", flat=True))


def _chain_break() -> int:
    """Number of the first entry that breaks the chain of the record; 0 if none does."""
    from accounts.chain import first_break
    from accounts.models import AuditEntry

    found = first_break(AuditEntry.objects.order_by("number").iterator())
    return found.number if found else 0


def _damage() -> int:
    """Complaints of SQLite about its file."""
    from django.db import connection

    if connection.vendor != "sqlite":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        return sum(row != ("ok",) for row in cursor.fetchall())


def _fork(work: Callable[[], None]) -> int:
    """Do this in a child, with a connection of its own; its process id."""
    from django.db import connections

    connections.close_all()
    child = os.fork()
    if child:
        return child
    try:
        work()
    except BaseException as error:  # noqa: BLE001  whatever it is, the parent must see it
        os.write(2, f"child: {error!r}\n".encode())
    os._exit(1)


@contextlib.contextmanager
def _database(options: argparse.Namespace) -> Iterator[None]:
    """Django set up on the database to work in."""
    sys.path.insert(0, str(ROOT))
    os.environ["DJANGO_SETTINGS_MODULE"] = "jinxi_portal.settings"
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        if not options.here:
            os.environ["VAR_DIR"] = folder
            os.environ.pop("DATABASE_URL", None)
            if options.database:
                url = stack.enter_context(_own_database(options.database))
                os.environ["DATABASE_URL"] = url
        import django
        from django.core.management import call_command
        from django.db import connections

        django.setup()
        # The pool has threads, which do not live on in a forked child.
        connections["default"].settings_dict["OPTIONS"].pop("pool", None)
        if not options.here:
            call_command("migrate", verbosity=0)
        yield
        connections.close_all()


@contextlib.contextmanager
def _own_database(server: str) -> Iterator[str]:
    """A new database on this server, dropped in the end; its URL."""
    import psycopg
    from psycopg import sql

    name = f"crashes_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield urlsplit(server)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(
                sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument("--database", help="a PostgreSQL server, by URL")
    parser.add_argument("--here", action="store_true", help="in DATABASE_URL itself")
    parser.add_argument("--seed", type=int, default=1)
    commands = parser.add_subparsers(dest="command", required=True)
    publish = commands.add_parser("publish")
    publish.add_argument("--kills", type=int, default=300)
    publish.set_defaults(measure=kill_publishers)
    announce = commands.add_parser("announce")
    announce.add_argument("--due", type=int, default=300)
    announce.add_argument("--workers", type=int, default=4)
    announce.add_argument("--rounds", type=int, default=20)
    announce.set_defaults(measure=kill_announcers)
    mail = commands.add_parser("mail")
    mail.add_argument("--letters", type=int, default=300)
    mail.add_argument("--workers", type=int, default=4)
    mail.set_defaults(measure=kill_postmen)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
