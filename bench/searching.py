"""How well and how fast the search finds: bench/searching.py 20000 [--database URL] [--length N].

Makes so many stories of random words on a scratch database, indexes them, and asks words
of one, two and four characters and pairs of words. What was found is compared with the
stories that hold the words; times are those of the whole query with its models.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

QUERIES = 60  # of each kind
NEWEST = 20
ALPHABET = 3_000  # different characters, as frequent as in news: few very, most seldom
BATCH = 1_000


def prepared(database: str) -> None:
    """Django on a new database, with its tables."""
    os.environ["DATABASE_URL"] = database
    os.environ["DJANGO_SETTINGS_MODULE"] = "jinxi_portal.settings"
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="searching-")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def scratch_postgres(server: str) -> str:
    """The address of a new database on this server."""
    import psycopg

    name = f"bench_searching_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"{server.rsplit('/', 1)[0]}/{name}"


def drop_postgres(server: str, database: str) -> None:
    import psycopg
    from django.db import connections

    connections.close_all()
    name = database.rsplit("/", 1)[1]
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


class Corpus:
    """Stories that can be made again from their number, so that none is kept in memory."""

    def __init__(self, length: int) -> None:
        self.length = length
        shuffled = random.Random(1)  # noqa: S311  a corpus, not a secret
        characters = [chr(0x4E00 + n * 6) for n in range(ALPHABET)]
        shuffled.shuffle(characters)
        weights = [1 / (rank + 8) for rank in range(ALPHABET)]
        # Words of one to four characters, themselves more and less frequent.
        pick = shuffled.choices
        self.words = [
            "".join(pick(characters, weights, k=size))
            for size in pick([1, 2, 3, 4], [2, 6, 1, 1], k=20_000)
        ]
        self.cumulative = []
        total = 0.0
        for rank in range(len(self.words)):
            total += 1 / (rank + 20)
            self.cumulative.append(total)

    def text(self, number: int) -> tuple[str, str]:
        """Title and body of a story."""
        chosen = random.Random(number)  # noqa: S311
        size = max(40, int(chosen.lognormvariate(0, 0.5) * self.length))
        words = chosen.choices(self.words, cum_weights=self.cumulative, k=size // 2 + 1)
        for place in range(9, len(words), 10):
            words[place] += "，" if place % 50 != 49 else "。"
        text = "".join(words)[:size]
        return text[:18].replace("，", "").replace("。", ""), text


def fill(corpus: Corpus, number: int) -> float:
    """Make the stories and index them; seconds for the index alone."""
    import datetime

    from django.db import transaction
    from django.db.models import prefetch_related_objects
    from django.utils import timezone

    from articles.models import Article, PublishedArticle, Revision
    from channels.models import Channel
    from search import tables
    from search.indexing import _of_story, _row, first_key
    from search.models import StoryEntry

    channel = Channel.objects.create(name="要闻", slug="news", review_levels=0)
    now = timezone.now()
    step = datetime.timedelta(days=3650) / number
    seconds = 0.0
    for start in range(1, number + 1, BATCH):
        numbers = range(start, min(start + BATCH, number + 1))
        texts = [corpus.text(n) for n in numbers]
        with transaction.atomic():
            articles = Article.objects.bulk_create(
                [Article(title=title, channel=channel) for title, _ in texts]
            )
            revisions = Revision.objects.bulk_create(
                [
                    Revision(article=one, number=1, content={}, created_at=now)
                    for one in articles
                ]
            )
            stories = PublishedArticle.objects.bulk_create(
                [
                    PublishedArticle(
                        article=article,
                        revision=revision,
                        channel=channel,
                        script="zh-Hans",
                        title=title,
                        body_html=f"<p>{body}</p>",
                        dated_at=now - step * (number - n),
                        dated_precision="minute",
                        visible_from=now - step * (number - n),
                    )
                    for n, article, revision, (title, body) in zip(
                        numbers, articles, revisions, texts, strict=True
                    )
                ]
            )
            begun = time.perf_counter()
            prefetch_related_objects(stories, "tags")
            entries, last = [], 0
            for story in stories:
                last = max(last + 1, first_key(story.dated_at))
                entries.append(
                    StoryEntry(key=last, published_article=story, **_of_story(story))
                )
            StoryEntry.objects.bulk_create(entries)
            tables.write(tables.STORIES, [_row(entry) for entry in entries])
            seconds += time.perf_counter() - begun
        if start % 20_000 == 1:
            print(
                f"  {start + len(numbers) - 1} of {number}", file=sys.stderr, flush=True
            )
    return seconds


def sizes() -> tuple[float, float]:
    """Megabytes of the index, and of the folded texts for the exact check."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            sizes = []
            for pattern in ("search_storyindex%", "search_storyentry%"):
                cursor.execute(
                    "SELECT sum(pgsize) FROM dbstat WHERE name LIKE %s", [pattern]
                )
                sizes.append(cursor.fetchone()[0] / 1e6)
            return sizes[0], sizes[1]
        cursor.execute("VACUUM ANALYZE")
        cursor.execute(
            "SELECT pg_total_relation_size('search_storyindex') / 1e6,"
            " pg_total_relation_size('search_storyentry') / 1e6"
        )
        return cursor.fetchone()


def questions(corpus: Corpus, number: int) -> dict[str, list[str]]:
    """Words out of random stories: what somebody may look for is in one at least."""
    chosen = random.Random(7)  # noqa: S311

    def piece(size: int) -> str:
        while True:
            _, text = corpus.text(chosen.randint(1, number))
            start = chosen.randint(0, max(0, len(text) - size))
            found = text[start : start + size]
            if len(found) == size and "，" not in found and "。" not in found:
                return found

    kinds = {f"{size}": [piece(size) for _ in range(QUERIES)] for size in (1, 2, 4)}
    pairs = []
    for _ in range(QUERIES):
        _, text = corpus.text(chosen.randint(1, number))
        clean = text.replace("，", "").replace("。", "")
        places = chosen.sample(range(len(clean) - 2), 2)
        found = [text[place : place + 2] for place in places]
        pairs.append(
            " ".join(one for one in found if "，" not in one and "。" not in one)
        )
    kinds["two words"] = [pair for pair in pairs if pair.strip()]
    return kinds


def truth(corpus: Corpus, number: int, asked: list[str]) -> list[set[int]]:
    """Numbers of the stories that hold all words of each question. Reads every story."""
    from search.tokens import folded

    found: list[set[int]] = [set() for _ in asked]
    split = [folded(question).split() for question in asked]
    for n in range(1, number + 1):
        title, text = corpus.text(n)
        whole = f"{title}，{text}"
        whole = folded(whole)
        for place, words in enumerate(split):
            if all(word in whole for word in words):
                found[place].add(n)
    return found


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def measure(corpus: Corpus, number: int, *, compare: bool) -> None:
    from django.utils import timezone

    from search import asking
    from search.finding import (
        SECONDS,
        Filters,
        Order,
        _newest,
        count,
        find,
        matching,
    )
    from search.limits import time_limit

    now = timezone.now()
    print(
        "| query | recall | precision | newest 20, keys: p50 / p95 / max ms"
        " | with the stories | best 20 | count |"
    )
    print("|---|---|---|---|---|---|---|")
    for kind, words in questions(corpus, number).items():
        recall = precision = "–"
        if compare:
            expected = truth(corpus, number, words)
            right = got = due = 0
            for question, numbers in zip(words, expected, strict=True):
                keys = set(
                    matching(asking.read(question), Filters(), now).values_list(
                        "article", flat=True
                    )
                )
                right += len(keys & numbers)
                got, due = got + len(keys), due + len(numbers)
            recall, precision = f"{right / due:.6f}", f"{right / got:.6f}"
        columns = []
        for act in ("keys", Order.NEWEST, Order.BEST, "count"):
            times = []
            for question in words:
                asked = asking.read(question)
                is_frequent = count(asked, Filters(), now).has_more
                begun = time.perf_counter()
                if act == "count":
                    count(asked, Filters(), now)
                elif act == "keys":
                    with time_limit(SECONDS):
                        _newest(
                            matching(asked, Filters(), now),
                            NEWEST,
                            is_frequent=is_frequent,
                        )
                else:
                    find(
                        asked,
                        Filters(),
                        act,
                        at=now,
                        end=NEWEST,
                        is_frequent=is_frequent,
                    )
                times.append((time.perf_counter() - begun) * 1000)
            columns.append(
                f"{percentile(times, 0.5):.1f} / {percentile(times, 0.95):.1f} / {max(times):.1f}"
            )
        print(
            f"| {kind} | {recall} | {precision} | {' | '.join(columns)} |", flush=True
        )


def measure_pages(corpus: Corpus, number: int) -> None:
    """Whole pages, ordinary and hostile: the slowest of three times each."""
    from django.test import Client

    frequent = sorted({character for word in corpus.words[:40] for character in word})
    pages = {
        "no query": "",
        "a frequent character": frequent[0],
        "ten frequent characters": " ".join(frequent[:10]),
        "ten exclusions but one": " ".join(
            [frequent[0], *(f"-{c}" for c in frequent[1:10])]
        ),
        "200 characters of a text": corpus.text(number)[1][:200],
        "ten beginnings of letters": " ".join(f"{a}{a}" for a in "abcdefghij"),
        "half a megabyte": "早市" * 85_000,
        "operators": '早市" OR NEAR(早市, 3) AND NOT * :* & ! | % _ \\',
        "NUL and half a character": "早\0市\ud800",
        "the last page": corpus.words[0],
    }
    print("\n| page | status | slowest ms |")
    print("|---|---|---|")
    # A robot's searches are not counted: nothing is left to write when the base is gone.
    client = Client(SERVER_NAME="localhost", headers={"User-Agent": "bench-robot"})
    for name, words in pages.items():
        slowest = 0.0
        query = {"q": words.encode("utf-8", "surrogatepass")}
        if name == "the last page":
            query["page"] = b"50"
        for _ in range(3):
            begun = time.perf_counter()
            status = client.get("/search/", query).status_code
            slowest = max(slowest, (time.perf_counter() - begun) * 1000)
        print(f"| {name} | {status} | {slowest:.0f} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stories", type=int)
    parser.add_argument(
        "--database", default="", help="a PostgreSQL server; else SQLite"
    )
    parser.add_argument("--length", type=int, default=1_500, help="characters, about")
    parser.add_argument("--no-truth", action="store_true", help="only times")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="searching-"))
    server = options.database
    database = (
        scratch_postgres(server) if server else f"sqlite:///{folder}/bench.sqlite3"
    )
    prepared(database)
    try:
        corpus = Corpus(options.length)
        begun = time.perf_counter()
        seconds = fill(corpus, options.stories)
        whole = time.perf_counter() - begun
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        index, texts = sizes()
        print(
            f"\n{options.stories} stories of about {options.length} characters, {connection.vendor}"
        )
        print(
            f"built in {seconds:.0f} s (with the stories {whole:.0f} s); index {index:.0f} MB, folded texts {texts:.0f} MB\n"
        )
        measure(corpus, options.stories, compare=not options.no_truth)
        measure_pages(corpus, options.stories)
    finally:
        if server:
            drop_postgres(server, database)
        for path in folder.iterdir():
            path.unlink()


if __name__ == "__main__":
    main()
