"""What readers search for: counted by day, without anything about who asked."""

import datetime
import re
from collections import Counter, defaultdict

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from articles.tallies import Tally
from search.asking import Asked
from search.models import DailyQuery
from search.tokens import folded

LONGEST_KEPT = 30  # characters: what is longer is a sentence of somebody's, not a word
LONGEST_FOLDED = 60  # characters: one ligature may be many when it is folded
MOST_A_DAY = 5_000  # different queries: what comes after them is not kept
# A telephone, an identity card, a plate: whoever typed it did not mean us to keep it.
_PRIVATE = re.compile(r"\d{7,}|@")

Key = tuple[datetime.date, str, int]


def note(asked: Asked, found: int, now: datetime.datetime) -> None:
    """Count one search that a reader made. No query."""
    words, compared = asked.typed, folded(asked.typed)
    is_short = len(words) <= LONGEST_KEPT and len(compared) <= LONGEST_FOLDED
    if asked.is_empty or not is_short or not compared:
        return
    if not _PRIVATE.search(compared):
        buffer.add((timezone.localdate(now), words, found))


def store(numbers: Counter[Key]) -> None:
    """Add these numbers to the days; `found` is what the last of a batch saw."""
    days: defaultdict[datetime.date, dict[str, list]] = defaultdict(dict)
    for (day, words, found), number in numbers.items():
        row = days[day].setdefault(folded(words), [words, 0, 0])
        row[0], row[1], row[2] = words, row[1] + number, found
    for day, rows in days.items():
        with transaction.atomic():
            _store_day(day, rows)


def _store_day(day: datetime.date, rows: dict[str, list]) -> None:
    of_day = DailyQuery.objects.filter(day=day)
    known = set(of_day.filter(folded__in=rows).values_list("folded", flat=True))
    room = MOST_A_DAY - of_day.count()
    new = [folded for folded in rows if folded not in known][: max(room, 0)]
    DailyQuery.objects.bulk_create(
        [DailyQuery(day=day, folded=name, words=rows[name][0]) for name in new],
        ignore_conflicts=True,
    )
    for name in (*known, *new):
        words, searches, found = rows[name]
        of_day.filter(folded=name).update(
            words=words, searches=F("searches") + searches, found=found
        )


buffer: Tally[Key] = Tally(
    store, name="searches", most_keys=MOST_A_DAY, most_of_a_key=1_000
)
