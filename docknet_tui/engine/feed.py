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

from docknet_tui.model.container import Container
from docknet_tui.model.events import (
    ContainerChanged,
    ContainerGone,
    Event,
    Happened,
    Link,
    LinkChanged,
    LinkState,
    Looked,
    NetworkChanged,
    NetworkGone,
)
from docknet_tui.model.network import Network

from .inspector import Inspector
from .narrate import happening
from .port import Engine, EngineError, Notice, Notices, NotThere

BACKOFF = (0.2, 0.5, 1.0, 2.0, 5.0)
"""Seconds before each further attempt; the last one repeats."""

CHECK_EVERY = 60.0
PING_EVERY = 10.0
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
        self._networks: dict[str, Network] = {}
        self._containers: dict[str, Container] = {}
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

    def _put(self, *events: Event) -> None:
        self._box.extend(events)
        if events and self._asleep:
            self._asleep = False
            self._wake()

    # The watcher's thread.

    def _run(self) -> None:
        attempt = 0
        while not self._closed.is_set():
            reason = EngineError("The connection to the engine was lost.")
            try:
                self._watch()
                attempt = 0
            except EngineError as error:
                reason = error
                attempt = attempt + 1 if self._notices is None else 0
            self._drop()
            if self._closed.is_set():
                return
            self._put(LinkChanged(Link(LinkState.LOST, reason.reason, reason.cure)))
            self._closed.wait(BACKOFF[min(attempt, len(BACKOFF) - 1)])

    def _drop(self) -> None:
        self._inspector.clear()
        notices, engine = self._notices, self._engine
        self._notices = self._engine = None
        if notices is not None:
            notices.close()
        if engine is not None:
            engine.close()

    def _watch(self) -> None:
        """Connect, look at everything, then follow until the link breaks. Raises EngineError."""
        engine = self._engine = self._connect()
        info = engine.info()
        since = engine.clock()
        self._inbox = queue.SimpleQueue()
        self._notices = engine.notices(int(since) - 1)
        Thread(
            target=self._read, args=(self._notices, self._inbox), name="docknet events", daemon=True
        ).start()
        networks = engine.networks()
        containers = tuple(map(self._with_details, engine.containers()))
        self._networks = {n.id: n for n in networks}
        self._containers = {c.id: c for c in containers}
        self._put(
            Looked(info, networks, containers),
            LinkChanged(Link(LinkState.LIVE)),
        )
        for container in containers:
            self._inspector.ask("container", container.id, soon=True)
        self._follow(engine, int(since * 10**9))

    def _with_details(self, listed: Container) -> Container:
        """What was known of an unchanged container stays on screen until it is inspected again."""
        known = self._containers.get(listed.id)
        return known if known is not None and _gist(known) == _gist(listed) else listed

    def _read(self, notices: Notices, inbox: queue.SimpleQueue[Notice | None]) -> None:
        """Only moves events into the queue: the engine drops events of a reader that stalls."""
        for item in notices:
            inbox.put(item)
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
                    raise EngineError("The engine has ceased to answer.")
            try:
                item = self._inbox.get(timeout=max(0.01, min(check, ping) - now))
            except queue.Empty:
                continue
            if item is None:
                return
            self._absorb(item, stale=item.at < from_time)

    def _absorb(self, item: Notice, *, stale: bool) -> None:
        """One event of the engine. A `stale` one is older than the look and needs no inspection."""
        attributes = dict(item.attributes)
        container = attributes.get("container", "")
        identity = (item.kind, item.action, item.id, container)
        repeated = item.at - self._last.get(identity, -REPEAT) < REPEAT
        self._last[identity] = item.at
        if repeated:
            return
        if len(self._last) > 4096:
            self._last.clear()
        if item.action != "kill":  # the `die` that follows says it better
            self._put(Happened(happening(item)))
        if stale:
            return
        if item.kind == "container":
            if item.action == "destroy":
                self._container_gone(item.id)
            elif item.action in ABOUT_CONTAINER:
                self._inspector.ask("container", item.id)
        elif item.kind == "network":
            self._network_event(item, container)

    def _network_event(self, item: Notice, container: str) -> None:
        if item.action in ("connect", "disconnect"):
            if container:
                self._inspector.ask("container", container)
            if item.id and item.id not in self._networks:
                self._inspector.ask("network", item.id)
        elif item.action in ("destroy", "remove"):
            self._network_gone(item.id)
        elif item.action in ("create", "update") and item.id:
            self._inspector.ask("network", item.id)

    def _check(self, engine: Engine) -> None:
        """Two lists against what is known; only what differs is inspected."""
        networks = {n.id: n for n in engine.networks()}
        for network in networks.values():
            self._network_changed(network)
        for id in [id for id in self._networks if id not in networks]:
            self._network_gone(id)
        listed = {c.id: c for c in engine.containers()}
        for id, container in listed.items():
            known = self._containers.get(id)
            if known is None or _gist(known) != _gist(container):
                self._inspector.ask("container", id)
        for id in [id for id in self._containers if id not in listed]:
            self._container_gone(id)

    # The inspectors' threads.

    def _inspect(self, kind: str, id: str) -> None:
        engine = self._engine
        if engine is None or self._closed.is_set():
            return
        try:
            if kind == "network":
                self._network_changed(engine.network(id))
            else:
                container = engine.container(id)
                self._containers[container.id] = container
                self._put(ContainerChanged(container))
        except NotThere:
            if kind == "network":
                self._network_gone(id)
            else:
                self._container_gone(id)
        except EngineError as error:
            # The watcher finds out whether the link is gone; this object is asked for again by
            # the full check, which sees that it differs.
            self._put(Happened(happening(_trouble(kind, id, error))))

    def _network_changed(self, network: Network) -> None:
        known = self._networks.get(network.id)
        # Inspect adds the members to what the list says; only the rest is compared.
        if known is None or _facts(known) != _facts(network):
            self._networks[network.id] = network
            self._put(NetworkChanged(network))

    def _network_gone(self, id: str) -> None:
        self._networks.pop(id, None)
        self._put(NetworkGone(id))
        for container in list(self._containers.values()):
            if any(e.network_id == id for e in container.endpoints):
                self._inspector.ask("container", container.id)

    def _container_gone(self, id: str) -> None:
        self._containers.pop(id, None)
        self._put(ContainerGone(id))


def _gist(container: Container) -> tuple[object, ...]:
    """What both the list and inspect tell, so that one can be held against the other."""
    return (
        container.name,
        container.state,
        tuple(
            (e.network, e.network_id, e.endpoint_id, e.ipv4, e.ipv6, e.mac)
            for e in container.endpoints
        ),
        tuple(p for p in container.ports if p.host_port is not None),
    )


def _facts(network: Network) -> tuple[object, ...]:
    return (
        network.name,
        network.driver,
        network.scope,
        network.internal,
        network.ipv6,
        network.attachable,
        network.subnets,
        network.options,
        network.labels,
    )


def _trouble(kind: str, id: str, error: EngineError) -> Notice:
    return Notice(time.time_ns(), kind, "not inspected", id, (("detail", error.reason),))
