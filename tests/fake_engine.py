"""A scripted engine in memory, for tests of whatever depends on the engine port.

Change the engine with `put`, `remove`, `log`; say that it changed with `emit`, or do both with
`change`. `die` breaks every stream and makes every call fail until `revive`. `calls` counts.
"""

from __future__ import annotations

import itertools
import queue
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from threading import Event, Lock
from typing import Generic, TypeVar

from docknet_tui.engine.port import LogChunk, NoEngine, Notice, NotThere
from docknet_tui.model.container import Container
from docknet_tui.model.events import EngineInfo
from docknet_tui.model.network import Network

T = TypeVar("T")

START = 1_800_000_000
"""The engine's clock at the beginning, in seconds; it moves on 1 s with every event."""


class FakeStream(Generic[T]):
    """An endless answer: a queue that `close` ends, from any thread, any number of times."""

    def __init__(self) -> None:
        self._items: queue.SimpleQueue[T | None] = queue.SimpleQueue()
        self.closed = Event()

    def push(self, item: T) -> None:
        """Give the reader one more item."""
        self._items.put(item)

    def end(self) -> None:
        """End after what was pushed, as a container that exits ends its log."""
        self._items.put(None)

    def close(self) -> None:
        """End now."""
        self.closed.set()
        self._items.put(None)

    def __iter__(self) -> Iterator[T]:
        while not self.closed.is_set():
            item = self._items.get()
            if item is None:
                return
            yield item


class FakeEngine:
    """Implements `docknet_tui.engine.port.Engine`. One object may serve any number of connects:
    `FakeEngine.connect` is a factory for Feed and LogFeed."""

    def __init__(
        self,
        networks: tuple[Network, ...] = (),
        containers: tuple[Container, ...] = (),
        info: EngineInfo | None = None,
    ) -> None:
        self.state_networks = {n.id: n for n in networks}
        self.state_containers = {c.id: c for c in containers}
        self.engine_info = info or EngineInfo(
            "unix:///fake.sock", None, "28.5.2", "1.51", "fake-engine", "fake"
        )
        self.calls: Counter[str] = Counter()
        self.asked: list[tuple[str, str]] = []
        """Every call with the id it was about, in order."""
        self.hung = False
        """A hung engine answers no ping."""
        self.before: dict[str, Callable[[], None]] = {}
        """Runs before a call of this name is answered: to let things happen in between."""
        self._history: list[Notice] = []
        self._streams: list[FakeStream[Notice]] = []
        self._logs: dict[str, list[LogChunk]] = defaultdict(list)
        self._log_streams: dict[str, list[FakeStream[LogChunk]]] = defaultdict(list)
        self._dead = False
        self._lock = Lock()
        self._clock = itertools.count(START + 1)

    def connect(self) -> FakeEngine:
        """A factory for feeds: raises NoEngine while dead."""
        self._call("connect")
        return self

    # The script.

    def put(self, *things: Network | Container) -> None:
        """Make these exist, or look like this, without a word."""
        for thing in things:
            if isinstance(thing, Network):
                self.state_networks[thing.id] = thing
            else:
                self.state_containers[thing.id] = thing

    def remove(self, id: str) -> None:
        """Make this network or container not exist any more, without a word."""
        self.state_networks.pop(id, None)
        self.state_containers.pop(id, None)

    def emit(self, kind: str, action: str, id: str, *, at: int | None = None, **more: str) -> None:
        """Send an event to every open stream; `at` in nanoseconds, the next second if not given."""
        with self._lock:
            at = next(self._clock) * 10**9 if at is None else at
            item = Notice(at, kind, action, id, tuple(sorted(more.items())))
            self._history.append(item)
            for stream in self._streams:
                stream.push(item)

    def change(self, action: str, thing: Network | Container) -> None:
        """Make it look like this and say so."""
        self.put(thing)
        kind = "network" if isinstance(thing, Network) else "container"
        self.emit(kind, action, thing.id, name=thing.name)

    def destroy(self, thing: Network | Container) -> None:
        """Remove it and say so."""
        self.remove(thing.id)
        kind = "network" if isinstance(thing, Network) else "container"
        self.emit(kind, "destroy", thing.id, name=thing.name)

    def log(self, id: str, text: str, *, stderr: bool = False, stamp: str = "") -> None:
        """Let a container write a line."""
        with self._lock:
            chunk = LogChunk(id, text, stderr, stamp)
            self._logs[id].append(chunk)
            for stream in self._log_streams[id]:
                stream.push(chunk)

    def end_logs(self, id: str) -> None:
        """End the followed logs of a container, as its exit does."""
        with self._lock:
            for stream in self._log_streams.pop(id, []):
                stream.end()

    def die(self) -> None:
        """Break every stream; calls raise NoEngine until `revive`. Events are forgotten."""
        with self._lock:
            self._dead = True
            streams: list[FakeStream[Notice] | FakeStream[LogChunk]] = [*self._streams]
            streams += itertools.chain(*self._log_streams.values())
            self._streams.clear()
            self._log_streams.clear()
            self._history.clear()
        for stream in streams:
            stream.close()

    def revive(self) -> None:
        """Answer again."""
        self._dead = False

    @property
    def watchers(self) -> int:
        """How many event streams are open."""
        with self._lock:
            return sum(not s.closed.is_set() for s in self._streams)

    # The port.

    def info(self) -> EngineInfo:
        self._call("info")
        return self.engine_info

    def clock(self) -> float:
        self._call("clock")
        with self._lock:
            return self._history[-1].at / 10**9 if self._history else float(START)

    def networks(self) -> tuple[Network, ...]:
        self._call("list", "networks")
        return tuple(self.state_networks.values())

    def containers(self) -> tuple[Container, ...]:
        self._call("list", "containers")
        return tuple(map(_listed, self.state_containers.values()))

    def network(self, id: str) -> Network:
        self._call("inspect", id)
        try:
            return self.state_networks[id]
        except KeyError:
            raise NotThere(f"network {id} not found") from None

    def container(self, id: str) -> Container:
        self._call("inspect", id)
        try:
            return replace(self.state_containers[id], inspected=True)
        except KeyError:
            raise NotThere(f"No such container: {id}") from None

    def notices(self, since: float) -> FakeStream[Notice]:
        self._call("events")
        stream: FakeStream[Notice] = FakeStream()
        with self._lock:
            for item in self._history:
                if item.at >= since * 10**9:
                    stream.push(item)
            self._streams.append(stream)
        return stream

    def logs(
        self, id: str, *, tail: int, since: float | None, follow: bool
    ) -> FakeStream[LogChunk]:
        self._call("logs", id)
        stream: FakeStream[LogChunk] = FakeStream()
        with self._lock:
            # Like the engine: whole seconds are enough, what is repeated is the reader's affair.
            chunks = [c for c in self._logs[id] if since is None or _seconds(c.stamp) >= since]
            for chunk in chunks[len(chunks) - tail if 0 <= tail < len(chunks) else 0 :]:
                stream.push(chunk)
            if follow:
                self._log_streams[id].append(stream)
            else:
                stream.end()
        return stream

    def alive(self) -> bool:
        self.calls["ping"] += 1
        return not self._dead and not self.hung

    def close(self) -> None:
        """One object serves several connects, so only the event streams end."""
        with self._lock:
            streams, self._streams = self._streams, []
        for stream in streams:
            stream.close()

    def _call(self, kind: str, about: str = "") -> None:
        if (hook := self.before.pop(about or kind, None)) is not None:
            hook()
        with self._lock:
            self.calls[kind] += 1
            self.asked.append((kind, about))
            if self._dead:
                raise NoEngine("Nothing answers.", "Start Docker.")


def _listed(container: Container) -> Container:
    """What the list call leaves out: aliases, names, environment and more."""
    return replace(
        container,
        inspected=False,
        hostname="",
        env=(),
        inspect="",
        endpoints=tuple(
            replace(e, aliases=(), dns_names=(), links=()) for e in container.endpoints
        ),
    )


def _seconds(stamp: str) -> float:
    from datetime import datetime

    return datetime.fromisoformat(stamp[:19] + "+00:00").timestamp() if stamp else 0.0
