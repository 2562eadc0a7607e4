"""The feed when things happen between two calls, late, or while it is being closed."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docknet_tui.engine import feed as feed_module
from docknet_tui.engine.feed import Feed
from docknet_tui.engine.known import Known
from docknet_tui.model.container import Container, State
from docknet_tui.model.events import ContainerChanged, ContainerGone, Event, LinkState
from docknet_tui.model.reduce import reduce_all
from docknet_tui.model.world import World
from tests.fake_engine import FakeEngine
from tests.waiting import until
from tests.worlds import ENGINE, PARTY, container, course, endpoint, network


class Reader:
    """Folds what the feed tells into a world."""

    def __init__(self, engine: FakeEngine) -> None:
        self.engine = engine
        self.world = World()
        self.feed = Feed(engine.connect, lambda: None)

    def look(self) -> World:
        self.world = reduce_all(self.world, self.feed.drain())
        return self.world

    def agrees(self) -> bool:
        world = self.look()
        return (
            dict(world.containers) == self.engine.world_containers
            and dict(world.networks) == self.engine.world_networks
        )


@pytest.fixture
def reader() -> Iterator[Reader]:
    reader = Reader(FakeEngine(course()))
    yield reader
    reader.feed.close()


@pytest.mark.parametrize("call", ["notices", "networks", "containers"])
def test_nothing_is_lost_between_watch_and_look(reader: Reader, call: str) -> None:
    """A network and a container that come up, and one that goes, just before each call."""
    engine = reader.engine
    late = network("late", "10.9.0.0/16")
    joiner = container("joiner", endpoint(late, "10.9.0.2"))
    leaver = next(iter(engine.world_containers.values()))

    def meanwhile() -> None:
        engine.add_network(late)
        engine.change(joiner, "start")
        engine.remove(leaver)

    engine.before[call] = meanwhile
    reader.feed.start()
    until(lambda: reader.look().looked and reader.agrees())


def test_what_happens_after_both_lists_comes_as_an_event(reader: Reader) -> None:
    engine = reader.engine
    real, seen = engine.containers, threading.Event()
    joiner = container("joiner", endpoint(PARTY, "172.18.0.9"))

    def listed_then_changed() -> tuple[Container, ...]:
        answer = real()
        if not seen.is_set():
            seen.set()
            engine.change(joiner, "start")
        return answer

    engine.containers = listed_then_changed  # type: ignore[method-assign]
    reader.feed.start()
    until(reader.agrees)
    assert joiner.id in reader.world.containers


def test_an_answer_that_comes_after_the_end_does_not_bring_it_back() -> None:
    told: list[Event] = []
    known = Known(told.append)
    ghost = container("ghost")
    known.container(ghost)
    known.container_gone(ghost.id)
    known.container(replace(ghost, state=State.EXITED))
    known.network_gone(PARTY.id)
    known.network(PARTY)
    assert [type(e).__name__ for e in told] == [
        "ContainerChanged",
        "ContainerGone",
        "NetworkGone",
    ]
    known.created(PARTY.id)  # a swarm network comes again under its id
    known.network(PARTY)
    assert type(told[-1]).__name__ == "NetworkChanged"


def test_a_retired_connection_tells_nothing() -> None:
    told: list[Event] = []
    known = Known(told.append)
    known.retire()
    known.looked(ENGINE, (PARTY,), (container("a"),), None)
    known.container(container("b"))
    known.container_gone("c")
    assert told == []


def test_details_stay_on_screen_over_a_reconnect(reader: Reader) -> None:
    """The list leaves out aliases; a row that did not change must not lose its own meanwhile."""
    engine = reader.engine
    reader.feed.start()
    until(reader.agrees)
    aliases = {id: c.endpoints for id, c in reader.world.containers.items()}
    engine.die()
    until(lambda: reader.look().link.state is LinkState.LOST)
    engine.revive()
    while reader.world.link.state is not LinkState.LIVE:
        for event in reader.feed.drain():
            reader.world = reduce_all(reader.world, (event,))
            assert {id: c.endpoints for id, c in reader.world.containers.items()} == aliases
            assert all(c.inspected for c in reader.world.containers.values())


def test_close_while_a_call_blocks() -> None:
    engine = FakeEngine(course())
    blocked, release = threading.Event(), threading.Event()

    def block() -> None:
        blocked.set()
        release.wait(10)

    engine.before["containers"] = block
    feed = Feed(engine.connect, lambda: None)
    feed.start()
    assert blocked.wait(5)
    start = time.monotonic()
    feed.close()
    assert time.monotonic() - start < 0.05
    release.set()


def test_a_hung_engine_is_lost(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_module, "PING_EVERY", 0.02)
    reader.feed.start()
    until(reader.agrees)
    reader.engine.hung = True
    until(lambda: reader.look().link.state is LinkState.LOST)
    assert "ceased to answer" in reader.world.link.reason
    reader.engine.hung = False
    until(lambda: reader.look().link.state is LinkState.LIVE)


def test_the_full_check_sees_what_made_no_event(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Connecting a stopped container makes no event in any version; it costs one inspect."""
    monkeypatch.setattr(feed_module, "CHECK_EVERY", 0.2)
    engine = reader.engine
    reader.feed.start()
    until(reader.agrees)
    before = engine.calls["inspect"]
    quiet = next(c for c in engine.world_containers.values() if c.state is State.EXITED)
    other = next(n for n in engine.world_networks.values() if n.name == "batch")
    engine.world_containers[quiet.id] = replace(
        quiet, endpoints=(endpoint(other, None), *quiet.endpoints)
    )
    until(reader.agrees)
    assert engine.calls["inspect"] == before + 1
    del engine.world_containers[quiet.id]
    del engine.world_networks[other.id]
    until(reader.agrees)


def test_refresh_looks_at_what_an_act_touched(reader: Reader) -> None:
    reader.feed.start()
    until(reader.agrees)
    quiet = next(c for c in reader.engine.world_containers.values() if c.state is State.EXITED)
    changed = replace(quiet, hostname="renamed")
    reader.engine.world_containers[quiet.id] = changed
    reader.feed.refresh(containers=[quiet.id], networks=[PARTY.id])
    until(lambda: reader.look().containers[quiet.id] == changed)


def test_visible_rows_are_inspected_first() -> None:
    names = [container(f"c{i:03}") for i in range(200)]
    engine = FakeEngine(replace(course(), containers={c.id: c for c in names}))
    order: list[str] = []
    gate, started, real = threading.Event(), threading.Event(), engine.container

    def slow(id: str) -> Container:
        started.set()
        gate.wait(5)
        order.append(id)
        return real(id)

    engine.container = slow  # type: ignore[method-assign]
    feed = Feed(engine.connect, lambda: None)
    feed.start()
    assert started.wait(5)
    until(lambda: len(feed._inspector._due) > 190, what="all are asked for")
    visible = [c.id for c in names[-5:]]
    feed.prioritize(visible)
    gate.set()
    until(lambda: len(order) == len(names))
    feed.close()
    # Those that were under way come first: three threads, and one more answer each.
    assert set(visible) <= set(order[:11])


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["create", "stop", "connect", "disconnect", "rename", "destroy", "lose"]),
        st.integers(0, 30),
    ),
    max_size=25,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=STEPS)
def test_following_events_equals_looking_again(steps: list[tuple[str, int]]) -> None:
    engine = FakeEngine(course())
    reader = Reader(engine)
    reader.feed.start()
    until(lambda: reader.look().looked)
    for number, (step, pick) in enumerate(steps):
        _mutate(engine, step, pick, number)
    until(reader.agrees)
    reader.feed.close()
    again = Reader(engine)
    again.feed.start()
    until(again.agrees)
    again.feed.close()
    assert again.world.containers == reader.world.containers
    assert again.world.networks == reader.world.networks


def _mutate(engine: FakeEngine, step: str, pick: int, number: int) -> None:
    all_ = sorted(engine.world_containers.values(), key=lambda c: c.id)
    if step == "create" or not all_:
        added = network(f"net{number}", f"10.{number}.0.0/16")
        engine.add_network(added)
        engine.change(container(f"c{number}", endpoint(added, "10.0.0.2")), "create")
        return
    one = all_[pick % len(all_)]
    change: dict[str, Any] = {}
    match step:
        case "stop":
            change = {"state": State.EXITED, "exit_code": pick}
        case "rename":
            change = {"name": f"renamed{number}"}
        case "connect" | "disconnect":
            at = {e.network: e for e in one.endpoints}
            if step == "connect":
                at["party"] = endpoint(PARTY, f"172.18.1.{pick}", aliases=(f"a{number}",))
            else:
                at.pop("party", None)
            changed = replace(one, endpoints=tuple(at[name] for name in sorted(at)))
            engine.world_containers[one.id] = changed
            for _ in range(2 if step == "disconnect" else 1):
                engine.emit("network", step, PARTY.id, container=one.id, name="party")
            return
        case "destroy":
            engine.remove(one)
            return
        case "lose":
            for stream in tuple(engine.streams):
                stream.close()
            return
    engine.change(replace(one, **change), "die" if step == "stop" else "rename")


def test_the_same_answer_again_is_no_event() -> None:
    told: list[Event] = []
    known = Known(told.append)
    for _ in range(3):
        known.container(container("a"))
    assert told == [ContainerChanged(container("a"))]
    known.container_gone(container("a").id)
    assert told[1:] == [ContainerGone(container("a").id)]
