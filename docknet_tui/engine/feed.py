"""From the engine to events for the reducer: one watcher, a few inspectors, one box.

Events of the engine are invalidations: each makes one object be inspected again, and what that
answers is the truth. Order and number of the engine's events differ by version, and some changes
make none; a full check once a minute catches those.
"""

from __future__ import annotations

import queue
import time
from collections import deque
from collections.abc import Callable, Iterable
from threading import Event as Flag
from threading import Thread

from docknet_tui.model.events import Event, Happened, Link, LinkChanged, LinkState

from .inspector import Inspector
from .known import Known
from .narrate import happening
from .port import Engine, EngineError, NoEngine, Notice, Notices, NotThere

BACKOFF = (0.2, 0.5, 1.0, 2.0, 5.0)
"""Seconds before each further attempt; the last one repeats."""

CHECK_EVERY = 60.0
PING_EVERY = 10.0
AGAIN = 2.0
"""Seconds until an object is asked for again that did not answer in time."""

REPEAT = 10_000_000
"""Nanoseconds within which the same event is a repetition: 20.10 sends `disconnect` twice, ~2 ms
apart."""

ABOUT_CONTAINER = frozenset(
    {
        *("create", "start", "restart", "die", "stop", "rename", "pause", "unpause", "update"),
        *("oom", "health_status"),
    }
)


class Feed:
    """Owns the daemon threads that watch one engine.

    `connect` makes an engine, again after each loss; it may raise NoEngine. `wake` is called on a
    thread of the feed when events have arrived and the reader has drained the box since.
    """

    def __init__(self, connect: Callable[[], Engine], wake: Callable[[], None]) -> None:
        self._connect = connect
        self._wake = wake
        self._box: deque[Event] = deque()
        self._asleep = True
        self._closed = Flag()
        self._engine: Engine | None = None
        self._notices: Notices | None = None
        self._inbox: queue.SimpleQueue[Notice | None] = queue.SimpleQueue()
        self._inspector = Inspector(self._inspect)
        self._known = Known(self._put)
        self._last: dict[tuple[str, str, str, str], int] = {}

    def start(self) -> None:
        """Begin to watch."""
        self._inspector.start()
        Thread(target=self._run, name="docknet feed", daemon=True).start()

    def drain(self) -> list[Event]:
        """Everything since the last call, in order."""
        self._asleep = True  # first, so that an event that lands now wakes the reader again
        return [self._box.popleft() for _ in range(len(self._box))]

    def close(self) -> None:
        """End all threads; returns at once."""
        self._closed.set()
        self._inbox.put(None)
        self._inspector.close()
        if self._notices is not None:
            self._notices.close()
        if self._engine is not None:
            self._engine.close()

    def refresh(self, containers: Iterable[str] = (), networks: Iterable[str] = ()) -> None:
        """Look at these again: after an act of our own, as some changes make no event."""
        for id in containers:
            self._inspector.ask("container", id)
        for id in networks:
            self._inspector.ask("network", id)

    def prioritize(self, containers: Iterable[str]) -> None:
        """Inspect these first if they wait to be inspected."""
        self._inspector.first([("container", id) for id in containers])

    def _put(self, event: Event) -> None:
        self._box.append(event)
        if self._asleep:
            self._asleep = False
            self._wake()

    # The watcher's thread.

    def _run(self) -> None:
        attempt = 0
        while not self._closed.is_set():
            lost = EngineError("The connection to the engine was lost.")
            try:
                self._watch()
            except EngineError as error:
                lost = error
            attempt = 0 if self._notices is not None else attempt + 1
            self._drop()
            if self._closed.is_set():
                return
            self._put(LinkChanged(Link(LinkState.LOST, lost.reason, lost.cure)))
            self._closed.wait(BACKOFF[min(attempt, len(BACKOFF) - 1)])

    def _drop(self) -> None:
        self._known.retire()
        self._inspector.clear()
        notices, engine = self._notices, self._engine
        self._notices = self._engine = None
        if notices is not None:
            notices.close()
        if engine is not None:
            engine.close()

    def _watch(self) -> None:
        """Connect, look at everything, then follow until the link breaks. Raises EngineError."""
        before, self._known = self._known, Known(self._put)
        try:
            engine = self._engine = self._connect()
            info = engine.info()
            since = engine.clock()
            inbox: queue.SimpleQueue[Notice | None] = queue.SimpleQueue()
            notices = engine.notices(int(since) - 1)
            self._inbox, self._notices = inbox, notices
            Thread(
                target=self._read, args=(notices, inbox), name="docknet events", daemon=True
            ).start()
            networks, listed = engine.networks(), engine.containers()
        except EngineError:
            self._known = before  # its details are still what the reader sees
            raise
        self._known.looked(info, networks, listed, before)
        self._put(LinkChanged(Link(LinkState.LIVE)))
        for container in listed:
            self._inspector.ask("container", container.id, after=0)
        self._follow(engine, int(since * 10**9))

    def _read(self, notices: Notices, inbox: queue.SimpleQueue[Notice | None]) -> None:
        """Only moves events into the queue: the engine drops events of a reader that stalls."""
        try:
            for item in notices:
                inbox.put(item)
        finally:
            inbox.put(None)

    def _follow(self, engine: Engine, from_time: int) -> None:
        check = time.monotonic() + CHECK_EVERY
        ping = time.monotonic() + PING_EVERY
        while not self._closed.is_set():
            now = time.monotonic()
            if now >= check:
                check = now + CHECK_EVERY
                self._check(engine)
            if now >= ping:
                ping = now + PING_EVERY
                if not engine.alive():
                    raise NoEngine(
                        "The engine has ceased to answer.", "Is the daemon stuck, or the host away?"
                    )
            try:
                item = self._inbox.get(timeout=max(0.01, min(check, ping) - now))
            except queue.Empty:
                continue
            if item is None:
                return
            self._absorb(item, stale=item.at < from_time)

    def _absorb(self, item: Notice, *, stale: bool) -> None:
        """One event of the engine. A `stale` one is older than the look and needs no inspection."""
        container = dict(item.attributes).get("container", "")
        self._narrate(item, container)
        if stale:
            return
        if item.kind == "container":
            if item.action == "destroy":
                self._known.container_gone(item.id)
            elif item.action in ABOUT_CONTAINER:
                if item.action == "create":
                    self._known.created(item.id)
                self._inspector.ask("container", item.id)
        elif item.kind == "network":
            self._network_event(item, container)

    def _narrate(self, item: Notice, container: str) -> None:
        """Into the event view, once: events come again after a reconnect, and some twice."""
        identity = (item.kind, item.action, item.id, container)
        repeated = item.at - self._last.get(identity, -REPEAT) < REPEAT
        if len(self._last) > 4096:
            self._last.clear()
        if not repeated:
            self._last[identity] = item.at
            self._put(Happened(happening(item)))

    def _network_event(self, item: Notice, container: str) -> None:
        if item.action in ("connect", "disconnect"):
            if container:
                self._inspector.ask("container", container)
            if item.id and item.id not in self._known.networks:
                self._inspector.ask("network", item.id)
        elif item.action in ("destroy", "remove"):
            self._network_gone(self._known, item.id)
        elif item.action in ("create", "update") and item.id:
            self._known.created(item.id)
            self._inspector.ask("network", item.id)

    def _network_gone(self, known: Known, id: str) -> None:
        for container in known.network_gone(id):
            self._inspector.ask("container", container)

    def _check(self, engine: Engine) -> None:
        """Two lists against what is known; what differs is inspected, and a 404 says it is gone.

        What is known is noted before the lists are taken: what comes up meanwhile is not missing.
        """
        known = self._known
        networks, containers = set(known.networks), set(known.containers)
        listed_networks, listed = engine.networks(), engine.containers()
        for network in listed_networks:
            known.network(network)
        for id in networks - {n.id for n in listed_networks}:
            self._inspector.ask("network", id)
        for id in (containers - {c.id for c in listed}) | set(known.differing(listed)):
            self._inspector.ask("container", id)

    # The inspectors' threads.

    def _inspect(self, kind: str, id: str) -> None:
        engine, known = self._engine, self._known
        if engine is None or self._closed.is_set():
            return
        try:
            if kind == "network":
                known.network(engine.network(id))
            else:
                known.container(engine.container(id))
        except NotThere:
            if kind == "network":
                self._network_gone(known, id)
            else:
                known.container_gone(id)
        except NoEngine:
            # Stuck, or the link is gone; the watcher finds out which, and clears what waits.
            if engine is self._engine:
                self._inspector.ask(kind, id, after=AGAIN)
        except EngineError as error:
            self._put(Happened(happening(_trouble(kind, id, error))))


def _trouble(kind: str, id: str, error: EngineError) -> Notice:
    return Notice(time.time_ns(), kind, "not inspected", id, (("detail", error.reason),))
