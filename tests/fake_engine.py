"""An engine in memory that does exactly what a test says: for the feed and the screen."""

from __future__ import annotations

import queue
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from docknet_tui.engine.port import LogChunk, NoEngine, Notice, NotThere
from docknet_tui.model.container import Container
from docknet_tui.model.events import EngineInfo
from docknet_tui.model.network import Network
from docknet_tui.model.world import World
from tests.worlds import ENGINE


class FakeStream:
    """Items put in by the test; ends when closed."""

    def __init__(self) -> None:
        self._items: queue.SimpleQueue[object] = queue.SimpleQueue()
        self.closed = False

    def put(self, item: object) -> None:
        self._items.put(item)

    def __iter__(self) -> Iterator[object]:
        while (item := self._items.get()) is not None:
            yield item

    def close(self) -> None:
        self.closed = True
        self._items.put(None)


class FakeEngine:
    """`connect()` gives the engine itself, or raises NoEngine while it is dead."""

    def __init__(self, world: World) -> None:
        self.world_networks = dict(world.networks)
        self.world_containers = dict(world.containers)
        self.calls: Counter[str] = Counter()
        self.streams: list[FakeStream] = []
        self.log_streams: list[tuple[str, FakeStream]] = []
        self.past_logs: dict[str, list[LogChunk]] = {}
        self.dead = ""
        self._written = 0
        self.hung = False
        """A hung engine answers no ping."""
        self.before: dict[str, Callable[[], None]] = {}
        """Runs once, right before the call of this name is answered: what happens in between."""
        self._events: list[Notice] = []

    def connect(self) -> FakeEngine:
        if self.dead:
            raise NoEngine(self.dead, "Start it.")
        return self

    # What a test does to it.

    def change(self, container: Container, action: str = "update") -> None:
        """The container is like this now, and an event says so."""
        self.world_containers[container.id] = container
        self.emit("container", action, container.id, name=container.name)

    def remove(self, container: Container) -> None:
        del self.world_containers[container.id]
        self.emit("container", "destroy", container.id, name=container.name)

    def add_network(self, network: Network) -> None:
        self.world_networks[network.id] = network
        self.emit("network", "create", network.id, name=network.name)

    def remove_network(self, network: Network) -> None:
        del self.world_networks[network.id]
        self.emit("network", "destroy", network.id, name=network.name)

    def emit(self, kind: str, action: str, id: str, **attributes: str) -> None:
        notice = Notice(time.time_ns(), kind, action, id, tuple(sorted(attributes.items())))
        self._events.append(notice)
        for stream in self.streams:
            if not stream.closed:
                stream.put(notice)

    def write(self, container: str, text: str, *, stderr: bool = False) -> None:
        """The container writes a line."""
        for id, stream in self.log_streams:
            if id == container and not stream.closed:
                self._written += 1
                stamp = f"2026-01-01T00:00:00.{self._written:09d}Z"
                stream.put(LogChunk(container, text, stderr, stamp))

    def die(self, reason: str = "The engine is dead.") -> None:
        self.dead = reason
        self._events.clear()  # the engine keeps them in memory only
        self.close()

    def revive(self) -> None:
        self.dead = ""

    # The port.

    def info(self) -> EngineInfo:
        return replace(ENGINE)

    def clock(self) -> float:
        return time.time()

    def networks(self) -> tuple[Network, ...]:
        self._meanwhile("networks")
        self.calls["list"] += 1
        return tuple(self.world_networks.values())

    def containers(self) -> tuple[Container, ...]:
        self._meanwhile("containers")
        self.calls["list"] += 1
        return tuple(
            replace(c, inspected=False, env=(), inspect="") for c in self.world_containers.values()
        )

    def network(self, id: str) -> Network:
        self.calls["inspect"] += 1
        if id not in self.world_networks:
            raise NotThere(f"network {id} not found")
        return self.world_networks[id]

    def container(self, id: str) -> Container:
        self.calls["inspect"] += 1
        if id not in self.world_containers:
            raise NotThere(f"No such container: {id}")
        return self.world_containers[id]

    def notices(self, since: float) -> FakeStream:
        self._meanwhile("notices")
        stream = FakeStream()
        self.streams.append(stream)  # first: an event may come twice then, but is never lost
        for past in [e for e in self._events if e.at >= since * 10**9]:
            stream.put(past)
        return stream

    def logs(self, id: str, *, tail: int, since: float | None, follow: bool) -> FakeStream:
        self.calls["logs"] += 1
        stream = FakeStream()
        for chunk in self.past_logs.get(id, ()):
            stream.put(chunk)
        if follow:
            self.log_streams.append((id, stream))
        else:
            stream.close()
        return stream

    def alive(self) -> bool:
        return not self.dead and not self.hung

    def close(self) -> None:
        for stream in (*self.streams, *(s for _, s in self.log_streams)):
            stream.close()

    def _meanwhile(self, call: str) -> None:
        if (hook := self.before.pop(call, None)) is not None:
            hook()
