"""The feed: events in, model events out, whatever the link does."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from docknet_tui.engine.feed import Feed
from docknet_tui.model.container import State
from docknet_tui.model.events import LinkState
from docknet_tui.model.reduce import reduce_all
from docknet_tui.model.world import World
from tests.fake_engine import FakeEngine
from tests.waiting import until
from tests.worlds import BATCH, PARTY, container, course, endpoint, network


class Watcher:
    """A reader of the feed, as the screen is one."""

    def __init__(self, engine: FakeEngine) -> None:
        self.world = World()
        self.wakes = 0
        self.feed = Feed(engine.connect, self._wake)

    def _wake(self) -> None:
        self.wakes += 1

    def look(self) -> World:
        self.world = reduce_all(self.world, self.feed.drain())
        return self.world

    def settled(self, engine: FakeEngine) -> bool:
        world = self.look()
        return (
            dict(world.containers) == engine.world_containers
            and dict(world.networks) == engine.world_networks
        )


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine(course())


@pytest.fixture
def watcher(engine: FakeEngine) -> Iterator[Watcher]:
    watcher = Watcher(engine)
    watcher.feed.start()
    until(lambda: watcher.settled(engine), what="first look")
    yield watcher
    watcher.feed.close()


def test_first_look_costs_two_lists_and_one_inspect_each(
    engine: FakeEngine, watcher: Watcher
) -> None:
    assert watcher.world.link.state is LinkState.LIVE
    assert engine.calls == {"list": 2, "inspect": 3}


def test_a_burst_of_events_on_one_object_is_one_inspect(
    engine: FakeEngine, watcher: Watcher
) -> None:
    gazda = next(c for c in engine.world_containers.values() if c.name == "gazda")
    before = engine.calls["inspect"]
    engine.emit("network", "connect", PARTY.id, container=gazda.id, name="party")
    for action in ("start", "restart"):
        engine.change(replace(gazda, hostname="renewed"), action)
    until(lambda: watcher.look().containers[gazda.id].hostname == "renewed")
    assert engine.calls["inspect"] == before + 1
    assert engine.calls["list"] == 2


def test_exec_and_image_events_cost_no_call(engine: FakeEngine, watcher: Watcher) -> None:
    gazda = next(iter(engine.world_containers.values()))
    before = dict(engine.calls)
    for action in ("exec_create", "exec_start", "exec_die", "top", "attach"):
        engine.emit("container", action, gazda.id, name=gazda.name)
    engine.emit("image", "tag", "sha256:0", name="busybox")
    marker = container("marker")
    engine.change(marker, "create")
    until(lambda: marker.id in watcher.look().containers)
    assert engine.calls["inspect"] == before["inspect"] + 1
    assert engine.calls["list"] == before["list"]


def test_objects_come_and_go(engine: FakeEngine, watcher: Watcher) -> None:
    late = network("late", "10.9.0.0/16")
    joiner = container("joiner", endpoint(late, "10.9.0.2"))
    engine.add_network(late)
    engine.change(joiner, "start")
    until(lambda: watcher.settled(engine))
    engine.remove(joiner)
    engine.remove_network(late)
    until(lambda: watcher.settled(engine))


def test_a_removed_networks_containers_are_looked_at_again(
    engine: FakeEngine, watcher: Watcher
) -> None:
    gazda = next(c for c in engine.world_containers.values() if c.name == "gazda")
    engine.world_containers[gazda.id] = replace(gazda, endpoints=())
    engine.remove_network(PARTY)
    until(lambda: watcher.look().containers[gazda.id].endpoints == ())


def test_the_repeated_disconnect_of_old_engines_is_told_once(
    engine: FakeEngine, watcher: Watcher
) -> None:
    gazda = next(c for c in engine.world_containers.values() if c.name == "gazda")
    for _ in range(2):
        engine.emit("network", "disconnect", BATCH.id, container=gazda.id, name="batch")
    marker = container("marker")
    engine.change(marker, "create")
    until(lambda: marker.id in watcher.look().containers)
    told = [h for h in watcher.world.history if h.action == "disconnect"]
    assert len(told) == 1


def test_lost_and_found(engine: FakeEngine, watcher: Watcher) -> None:
    engine.die("The daemon went away.")
    until(lambda: watcher.look().link.state is LinkState.LOST)
    assert watcher.world.containers, "the last known state stays"
    until(lambda: "went away" in watcher.look().link.reason)
    gazda = next(c for c in engine.world_containers.values() if c.name == "gazda")
    engine.world_containers[gazda.id] = replace(gazda, state=State.EXITED, exit_code=0)
    engine.revive()
    until(lambda: watcher.look().link.state is LinkState.LIVE)
    until(lambda: watcher.settled(engine))


def test_an_engine_that_comes_late_is_found() -> None:
    engine = FakeEngine(course())
    engine.dead = "No Docker Engine listens there."
    watcher = Watcher(engine)
    watcher.feed.start()
    until(lambda: watcher.look().link.state is LinkState.LOST)
    assert watcher.world.link.cure == "Start it."
    engine.revive()
    until(lambda: watcher.settled(engine))
    watcher.feed.close()


def test_close_returns_at_once_and_ends_all_threads(engine: FakeEngine) -> None:
    before = threading.active_count()
    watcher = Watcher(engine)
    watcher.feed.start()
    until(lambda: watcher.settled(engine))
    start = time.monotonic()
    watcher.feed.close()
    assert time.monotonic() - start < 0.05
    until(lambda: threading.active_count() <= before, what="threads end")


def test_the_reader_is_woken_once_until_it_drains(engine: FakeEngine, watcher: Watcher) -> None:
    watcher.look()
    before = watcher.wakes
    names = [container(f"c{i:03}") for i in range(50)]
    for made in names:
        engine.change(made, "create")
    until(lambda: len(watcher.feed._box) >= 100, what="all events are in the box")
    assert watcher.wakes == before + 1
    assert all(made.id in watcher.look().containers for made in names)
