"""A few daemon threads that look at one object each, as asked, never the same one twice at once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from threading import Condition, Thread

THREADS = 3
"""An inspect waits for up to 0.3 s while its container starts or stops; others go on meanwhile.
More threads gain nothing: docker-py is bound by the interpreter lock (310 ms for 103 containers
with one thread, 246 ms with eight)."""

SETTLE = 0.03
"""Seconds to wait after an event before looking: a start makes two to four events in a row."""

Key = tuple[str, str]


class Inspector:
    """`look(kind, id)` is called on one of its threads; a request for what already waits is one."""

    def __init__(self, look: Callable[[str, str], None]) -> None:
        self._look = look
        self._due: dict[Key, float] = {}
        self._busy: set[Key] = set()
        self._changed = Condition()
        self._closed = False

    def start(self) -> None:
        """Start the threads."""
        for number in range(THREADS):
            Thread(target=self._work, name=f"docknet inspect {number}", daemon=True).start()

    def ask(self, kind: str, id: str, *, after: float = SETTLE) -> None:
        """Look at this object in `after` seconds, or when it was asked for earlier."""
        with self._changed:
            due = time.monotonic() + after
            self._due[kind, id] = min(due, self._due.get((kind, id), due))
            self._changed.notify_all()  # the one thread that `notify` wakes may wait for another

    def first(self, keys: Iterable[Key]) -> None:
        """Let these go before all others, where they wait."""
        with self._changed:
            for key in keys:
                if key in self._due:
                    self._due[key] = 0.0
            self._changed.notify_all()

    def clear(self) -> None:
        """Forget everything that waits."""
        with self._changed:
            self._due.clear()

    def close(self) -> None:
        """Let the threads end; returns at once."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _work(self) -> None:
        while (key := self._next()) is not None:
            try:
                self._look(*key)
            finally:
                with self._changed:
                    self._busy.discard(key)
                    self._changed.notify_all()

    def _next(self) -> Key | None:
        with self._changed:
            while not self._closed:
                free = [(due, key) for key, due in self._due.items() if key not in self._busy]
                due, key = min(free, default=(None, None))
                if due is not None and key is not None:
                    wait = due - time.monotonic()
                    if wait <= 0:
                        del self._due[key]
                        self._busy.add(key)
                        return key
                    self._changed.wait(wait)
                else:
                    self._changed.wait()
            return None
