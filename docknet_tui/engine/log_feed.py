"""Output of one or several containers, as lines in time order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from threading import Lock, Thread

from .port import Engine, EngineError, LogChunk, LogStream, NoEngine

BOX = 20_000
"""Lines kept for a reader that does not keep up; the view's ring holds 10,000."""


class LogFeed:
    """One daemon thread for each container that is followed. `wake` is called on such a thread
    when lines have arrived and the reader has drained the box since."""

    def __init__(self, connect: Callable[[], Engine], wake: Callable[[], None]) -> None:
        self._connect = connect
        self._wake = wake
        self._box: deque[LogChunk] = deque(maxlen=BOX)
        self._asleep = True
        self._lock = Lock()
        self._generation = 0
        self._engine: Engine | None = None
        self._streams: dict[str, LogStream] = {}
        self._reading: set[str] = set()
        self._last: dict[str, str] = {}
        self._from: tuple[int, float | None] = (-1, None)
        """How many lines are wanted of a container that has none yet, and since when."""
        self._closed = False

    def follow(self, ids: tuple[str, ...], *, tail: int, since: float | None = None) -> None:
        """Read these containers and no others: the last `tail` lines of each, those of the last
        `since` seconds where given, then what comes."""
        with self._lock:
            self._generation += 1
            generation = self._generation
            streams = tuple(self._streams.values())
            self._streams.clear()
            self._reading.clear()
            self._last.clear()
            self._box.clear()
            self._from = (tail, None)
        for stream in streams:
            stream.close()
        if ids and not self._closed:
            self._spawn(self._begin, generation, ids, tail, since)

    def resume(self, id: str) -> None:
        """Read on from the last line: the container runs again, or the engine is back."""
        with self._lock:
            generation = self._generation
            if id in self._reading or self._closed:
                return
            tail, start = (-1, None) if id in self._last else self._from
        self._spawn(self._read, generation, id, tail, start)

    def drain(self) -> list[LogChunk]:
        """Everything since the last call, in time order."""
        self._asleep = True  # first, so that a line that lands now wakes the reader again
        chunks = [self._box.popleft() for _ in range(len(self._box))]
        if len({chunk.container for chunk in chunks}) > 1:
            chunks.sort(key=lambda chunk: chunk.stamp)
        return chunks

    def close(self) -> None:
        """End all threads; returns at once."""
        self._closed = True
        with self._lock:
            self._generation += 1
            streams, engine = tuple(self._streams.values()), self._engine
            self._engine = None
        for stream in streams:
            stream.close()
        if engine is not None:
            engine.close()

    def _spawn(self, work: Callable[..., None], *args: object) -> None:
        Thread(target=work, args=args, name="docknet log", daemon=True).start()

    def _put(self, generation: int, chunks: list[LogChunk]) -> None:
        with self._lock:
            if generation != self._generation:
                return
            self._box.extend(chunks)
            for chunk in chunks:
                if chunk.stamp:
                    self._last[chunk.container] = max(
                        chunk.stamp, self._last.get(chunk.container, "")
                    )
            wake, self._asleep = self._asleep and bool(chunks), False if chunks else self._asleep
        if wake:
            self._wake()

    def _begin(self, generation: int, ids: tuple[str, ...], tail: int, since: float | None) -> None:
        try:
            start = None if since is None else self._connected().clock() - since
        except EngineError as error:
            self._put(generation, [LogChunk(ids[0], f"— {error.reason}", True)])
            return
        with self._lock:
            if generation != self._generation:
                return
            self._from = (tail, start)
        if len(ids) == 1:
            self._read(generation, ids[0], tail, start)
            return
        # Several: first what is there, sorted as a whole, then each on its own thread.
        found: list[LogChunk] = []
        for id in ids:
            found += self._past(generation, id, tail, start)
        found.sort(key=lambda chunk: chunk.stamp)
        self._put(generation, found)
        for id in ids:
            self._spawn(self._read, generation, id, -1 if id in self._last else tail, start)

    def _past(self, generation: int, id: str, tail: int, since: float | None) -> list[LogChunk]:
        if generation != self._generation:
            return []
        try:
            return list(self._connected().logs(id, tail=tail, since=since, follow=False))
        except EngineError:
            return []  # the thread that follows it says what is wrong

    def _read(self, generation: int, id: str, tail: int, since: float | None) -> None:
        with self._lock:
            if generation != self._generation or id in self._reading:
                return
            self._reading.add(id)
            last = self._last.get(id, "")
        try:
            start = _seconds(last) if last else since
            stream = self._connected().logs(id, tail=tail, since=start, follow=True)
            with self._lock:
                current = generation == self._generation
                if current:
                    self._streams[id] = stream
            if not current:
                stream.close()
                return
            for chunk in stream:
                if generation != self._generation:
                    break
                # `since` is inclusive: the last line read comes again.
                if not last or not chunk.stamp or chunk.stamp > last:
                    self._put(generation, [chunk])
        except EngineError as error:
            self._put(generation, [LogChunk(id, f"— {error.reason}", True)])
        finally:
            with self._lock:
                if generation == self._generation:
                    self._reading.discard(id)
                    self._streams.pop(id, None)

    def _connected(self) -> Engine:
        with self._lock:
            if self._closed:
                raise NoEngine("The log reader is closed.")
            if self._engine is None:
                self._engine = self._connect()
            return self._engine


def _seconds(stamp: str) -> float:
    """An RFC 3339 stamp in UTC as seconds, to the second below: what is repeated is skipped."""
    from datetime import datetime

    try:
        return datetime.fromisoformat(stamp[:19] + "+00:00").timestamp()
    except ValueError:
        return 0.0
