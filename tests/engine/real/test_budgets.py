"""What watching costs on a real engine: calls, and time from a command's return to the screen."""

from __future__ import annotations

import os
import threading
import time

import docker
import pytest

from docknet_tui.engine.docker_engine import DockerEngine
from docknet_tui.engine.hosts import resolve
from docknet_tui.engine.log_feed import LogFeed
from docknet_tui.engine.port import LogChunk, NotThere
from docknet_tui.model.container import State
from tests.engine.real.conftest import Lab, Watched
from tests.waiting import until

FULL = bool(os.environ.get("DOCKNET_TEST_FULL"))
LATENCY = 0.25
"""Seconds from a command's return until the feed has told of it."""


def quiet(watched: Watched) -> None:
    """Nothing waits to be inspected and nothing is being inspected."""
    inspector = watched.feed._inspector
    until(lambda: not inspector._due and not inspector._busy, what="no inspect is under way")


def test_changes_are_seen_in_time(lab: Lab, watched: Watched) -> None:
    network = lab.network("fast")
    one = lab.started("one", lab.name("fast"))
    watched.feed.start()
    watched.ready()
    took = {}

    other = lab.network("other")
    took["network create"] = until(lambda: other in watched.networks())
    lab.api.connect_container_to_network(one, other, aliases=["fast"])
    took["connect"] = until(
        lambda: (e := watched.containers()[one].endpoint_on(other)) and "fast" in e.aliases
    )
    lab.api.disconnect_container_from_network(one, other)
    took["disconnect"] = until(lambda: not watched.containers()[one].endpoint_on(other))
    two = lab.started("two", lab.name("fast"))
    took["run"] = until(
        lambda: (c := watched.containers().get(two)) and c.active and c.first_address
    )
    lab.api.pause(two)
    took["pause"] = until(lambda: watched.containers()[two].state is State.PAUSED)
    lab.api.unpause(two)
    took["unpause"] = until(lambda: watched.containers()[two].state is State.RUNNING)
    lab.api.rename(two, lab.name("three"))
    took["rename"] = until(lambda: watched.containers()[two].name == lab.name("three"))
    lab.api.stop(two, timeout=1)
    took["stop"] = until(lambda: watched.containers()[two].state is State.EXITED)
    assert watched.containers()[two].endpoint_on(network)
    lab.remove(two)
    took["rm"] = until(lambda: two not in watched.containers())
    lab.api.remove_network(other)
    took["network rm"] = until(lambda: other not in watched.networks())
    print({name: f"{seconds * 1000:.0f} ms" for name, seconds in took.items()})
    slow = {name: seconds for name, seconds in took.items() if seconds > LATENCY}
    assert not slow


@pytest.mark.timeout(300)
def test_calls_of_a_large_look(lab: Lab, watched: Watched) -> None:
    """Two lists and one inspect for each container, whatever their number."""
    many = 100 if FULL else 30
    for n in range(8):
        lab.network(f"n{n}", f"10.21{n}.0.0/24")
    for n in range(many):
        lab.started(f"c{n:03}", lab.name(f"n{n % 8}"))
    everyone = len(lab.api.containers(all=True))
    watched.feed.start()
    until(lambda: watched.look().looked, 10)
    assert watched.engine.calls["list"] == 2
    watched.ready()
    quiet(watched)
    inspected = watched.engine.calls["inspect"]
    print(f"{many} containers: {dict(watched.engine.calls)}")
    # Others may use this engine meanwhile; each of their events is one more.
    assert many <= inspected <= everyone + 10
    assert watched.engine.calls["list"] == 2


def test_exec_and_idling_cost_no_call(lab: Lab, watched: Watched) -> None:
    """Ten seconds with a health check every second, and execs: no list, no inspect of these."""
    lab.network("idle")
    one = lab.started(
        "checked",
        lab.name("idle"),
        healthcheck={"test": ["CMD", "true"], "interval": 10**9, "retries": 1},
    )
    watched.feed.start()
    watched.ready()
    until(lambda: watched.containers()[one].health == "healthy", 15, "the first check has run")
    quiet(watched)
    asked: list[str] = []
    real = watched.engine.container

    def counted(id: str) -> object:
        asked.append(id)
        return real(id)

    watched.engine.container = counted  # type: ignore[method-assign,assignment]
    lists = watched.engine.calls["list"]
    for _ in range(3):
        made = lab.api.exec_create(one, ["true"])
        lab.api.exec_start(made["Id"])
    end = threading.Event()
    end.wait(10)  # idling is what is tested
    assert one not in asked
    assert watched.engine.calls["list"] == lists
    assert any(h.action == "health_status" for h in watched.look().history)


@pytest.mark.parametrize("tty", [False, True], ids=["frames", "tty"])
def test_logs_are_told_apart_and_closed_at_once(lab: Lab, watched: Watched, tty: bool) -> None:
    script = "echo out; echo err >&2; sleep 3600"
    id = lab.started("writer", command=["sh", "-c", script], tty=tty)
    stream = watched.engine.logs(id, tail=10, since=None, follow=True)
    got: list[LogChunk] = []
    reader = threading.Thread(target=lambda: got.extend(stream), daemon=True)
    reader.start()
    until(
        lambda: len(list(watched.engine.logs(id, tail=10, since=None, follow=False))) == 2,
        what="both lines are written",
    )
    start = time.monotonic()
    stream.close()
    until(lambda: not reader.is_alive())
    assert time.monotonic() - start < 0.1
    past = list(watched.engine.logs(id, tail=10, since=None, follow=False))
    assert {(c.text, c.stderr) for c in past} == {("out", False), ("err", not tty)}
    assert all(c.stamp.endswith("Z") and len(c.stamp) == 30 for c in past)


def test_logs_of_a_container_that_starts_again_go_on(lab: Lab, watched: Watched) -> None:
    id = lab.container("again", command=["sh", "-c", "echo run; date +%N"])
    lines: list[str] = []
    feed = LogFeed(lambda: DockerEngine(resolve()), lambda: None)

    def read(count: int) -> bool:
        lines.extend(chunk.text for chunk in feed.drain())
        return len(lines) >= count

    try:
        lab.api.start(id)
        feed.follow((id,), tail=10)
        until(lambda: read(2))
        until(lambda: not feed._reading, what="the stream ends with the container")
        lab.api.start(id)
        feed.resume(id)
        until(lambda: read(4))
        until(lambda: not feed._reading)
        assert read(4) and len(lines) == 4
        assert [text for text in lines if text == "run"] == ["run"] * 2
    finally:
        feed.close()


def test_closing_waits_for_nothing(lab: Lab, watched: Watched) -> None:
    before = threading.active_count()
    lab.started("one")
    watched.feed.start()
    watched.ready()
    start = time.monotonic()
    watched.feed.close()
    assert time.monotonic() - start < 0.05
    until(lambda: threading.active_count() <= before, 0.5, "all threads end")


def test_what_is_gone_is_not_there(api: docker.APIClient, watched: Watched) -> None:
    for call in (watched.engine.container, watched.engine.network):
        with pytest.raises(NotThere, match="nosuch"):
            call("nosuch")
    with pytest.raises(NotThere):
        watched.engine.logs("nosuch", tail=1, since=None, follow=False)
    assert watched.engine.alive()
    assert abs(watched.engine.clock() - time.time()) < 60
