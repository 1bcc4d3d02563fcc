"""Counting in batches: numbers gather in memory and are written together by a thread of
their own, so that no page and no reader waits for the database."""

import logging
import threading
from collections import Counter
from collections.abc import Callable, Hashable
from multiprocessing.util import Finalize
from typing import Generic, TypeVar

from django.db import DatabaseError, connections

logger = logging.getLogger(__name__)

FLUSH_AFTER = 15  # seconds that a number waits at most
Key = TypeVar("Key", bound=Hashable)


class Tally(Generic[Key]):
    """What is counted in one process and not written yet.

    `store` writes the numbers of a batch. `most_keys` and `most_of_a_key` bound a batch:
    what comes above them is not counted.
    """

    def __init__(
        self,
        store: Callable[[Counter[Key]], None],
        *,
        name: str,
        most_keys: int,
        most_of_a_key: int,
    ) -> None:
        self.store = store
        self.name = name
        self.most_keys = most_keys
        self.most_of_a_key = most_of_a_key
        self._lock = threading.Lock()
        self._numbers: Counter[Key] = Counter()
        self._timer: threading.Timer | None = None
        # A worker that is asked to end writes what it has counted. The server's workers
        # are processes of multiprocessing, which runs finalizers and not what atexit holds.
        Finalize(None, self.flush, exitpriority=0)

    def add(self, key: Key) -> None:
        """Count one; no query. The first of a batch sets the clock for writing."""
        with self._lock:
            is_new = key not in self._numbers
            if is_new and len(self._numbers) >= self.most_keys:
                return
            if self._numbers[key] < self.most_of_a_key:
                self._numbers[key] += 1
            if self._timer is None:
                self._timer = threading.Timer(FLUSH_AFTER, self._flush_in_thread)
                self._timer.daemon = True
                self._timer.start()

    def flush(self) -> None:
        """Write what was counted. What the database refuses waits for the next time."""
        numbers = self._taken()
        if not numbers:
            return
        try:
            self.store(numbers)
        except DatabaseError:
            logger.warning(
                "%d %s wait for the database.", len(numbers), self.name, exc_info=True
            )
            with self._lock:
                self._numbers += numbers

    def clear(self) -> None:
        """Forget what was not written."""
        self._taken()

    def _taken(self) -> Counter[Key]:
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
            numbers, self._numbers = self._numbers, Counter()
        return numbers

    def _flush_in_thread(self) -> None:
        try:
            self.flush()
        finally:
            connections.close_all()
