"""A link that is cut, refused and frozen, between the feed and a real engine."""

from __future__ import annotations

import contextlib
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from docknet_tui.engine import docker_engine
from docknet_tui.engine import feed as feed_module
from docknet_tui.engine.docker_engine import DockerEngine
from docknet_tui.engine.feed import Feed
from docknet_tui.engine.hosts import Host, resolve
from docknet_tui.model.events import LinkState
from docknet_tui.model.reduce import reduce_all
from docknet_tui.model.world import World
from tests.engine.real.conftest import Lab
from tests.waiting import until


class Wire:
    """A socket that passes bytes on to the engine until it is cut or frozen."""

    def __init__(self, folder: Path, target: str) -> None:
        self.path, self.target = folder / "d.sock", target
        self.frozen = threading.Event()
        self._sockets: list[socket.socket] = []
        self._server: socket.socket | None = None
        self.mend()

    def mend(self) -> None:
        """Listen (again)."""
        self.frozen.clear()
        self._server = socket.socket(socket.AF_UNIX)
        self._server.bind(str(self.path))
        self._server.listen(50)
        threading.Thread(target=self._accept, args=(self._server,), daemon=True).start()

    def cut(self) -> None:
        """As an engine that goes away: no socket, every connection closed."""
        self.path.unlink(missing_ok=True)
        for sock in (self._server, *self._sockets):
            if sock is not None:
                with contextlib.suppress(OSError):  # closed by the other side
                    sock.shutdown(socket.SHUT_RDWR)
                sock.close()
        self._sockets.clear()

    def _accept(self, server: socket.socket) -> None:
        while True:
            try:
                client, _ = server.accept()
            except OSError:
                return
            engine = socket.socket(socket.AF_UNIX)
            engine.connect(self.target)
            self._sockets += [client, engine]
            for source, sink in ((client, engine), (engine, client)):
                threading.Thread(target=self._pass, args=(source, sink), daemon=True).start()

    def _pass(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):  # cut
            while data := source.recv(65536):
                if self.frozen.is_set():
                    return
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)


class Screen:
    """What a person would see."""

    def __init__(self, wire: Wire) -> None:
        self.world = World()
        self.feed = Feed(lambda: DockerEngine(Host(f"unix://{wire.path}")), lambda: None)

    def link(self) -> LinkState:
        self.world = reduce_all(self.world, self.feed.drain())
        return self.world.link.state


@pytest.fixture
def wire(lab: Lab, tmp_path: Path) -> Iterator[Wire]:
    wire = Wire(tmp_path, resolve().url.removeprefix("unix://"))
    yield wire
    wire.cut()
    shutil.rmtree(tmp_path, ignore_errors=True)


@pytest.fixture
def screen(wire: Wire) -> Iterator[Screen]:
    screen = Screen(wire)
    screen.feed.start()
    until(lambda: screen.link() is LinkState.LIVE)
    yield screen
    screen.feed.close()


def test_a_cut_link_is_told_and_found_again(lab: Lab, wire: Wire, screen: Screen) -> None:
    one = lab.started("one")
    until(lambda: screen.link() and one in screen.world.containers)
    wire.cut()
    took = until(lambda: screen.link() is LinkState.LOST)
    assert took < 0.25
    until(lambda: screen.link() and "does not exist" in screen.world.link.reason)
    assert "Start Docker" in screen.world.link.cure
    assert one in screen.world.containers, "what was known stays on screen"
    two = lab.started("two")
    lab.remove(one)
    wire.mend()
    until(lambda: screen.link() is LinkState.LIVE, 10)
    assert two in screen.world.containers and one not in screen.world.containers
    three = lab.started("three")
    until(lambda: screen.link() and three in screen.world.containers)


def test_a_frozen_engine_is_told(
    wire: Wire, screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_module, "PING_EVERY", 0.2)
    monkeypatch.setattr(docker_engine, "PING_TIMEOUT", 0.3)
    monkeypatch.setattr(docker_engine, "CALL_TIMEOUT", 1.0)
    wire.cut()  # the ping interval counts from the next connection on
    wire.mend()
    until(lambda: screen.link() is LinkState.LOST)
    until(lambda: screen.link() is LinkState.LIVE)
    wire.frozen.set()
    until(lambda: screen.link() is LinkState.LOST)
    assert "ceased to answer" in screen.world.link.reason
    until(lambda: screen.link() and "in time" in screen.world.link.reason)
    start = time.monotonic()
    screen.feed.close()  # while a call waits for an answer
    assert time.monotonic() - start < 0.05
