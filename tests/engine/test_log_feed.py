"""Logs of one or several containers: in order, once, and closed at once."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from docknet_tui.engine.log_feed import LogFeed
from docknet_tui.engine.port import LogChunk
from tests.fake_engine import FakeEngine, FakeStream
from tests.waiting import until
from tests.worlds import course


class LogEngine(FakeEngine):
    """Answers `since` and `tail` from what was written, as an engine does."""

    def logs(self, id: str, *, tail: int, since: float | None, follow: bool) -> FakeStream:
        past = [c for c in self.past_logs.get(id, []) if since is None or second(c) >= since]
        kept, self.past_logs[id] = self.past_logs.get(id, []), past[-tail:] if tail >= 0 else past
        try:
            return super().logs(id, tail=tail, since=since, follow=follow)
        finally:
            self.past_logs[id] = kept

    def wrote(self, id: str, at: int, text: str) -> None:
        """A line at this second, to the log and to whoever follows."""
        chunk = LogChunk(id, text, False, stamp(at))
        self.past_logs.setdefault(id, []).append(chunk)
        for whose, stream in self.log_streams:
            if whose == id and not stream.closed:
                stream.put(chunk)

    def exits(self, id: str) -> None:
        """The log ends with the container."""
        for whose, stream in self.log_streams:
            if whose == id:
                stream.close()


def stamp(at: int) -> str:
    return f"2026-11-24T06:{at // 60:02d}:{at % 60:02d}.000000001Z"


def second(chunk: LogChunk) -> float:
    from datetime import datetime

    return datetime.fromisoformat(chunk.stamp[:19] + "+00:00").timestamp()


class Follower:
    def __init__(self, engine: LogEngine) -> None:
        self.feed = LogFeed(engine.connect, self._wake)
        self.wakes = 0
        self.chunks: list[LogChunk] = []

    def _wake(self) -> None:
        self.wakes += 1

    def texts(self) -> list[str]:
        self.chunks += self.feed.drain()
        return [chunk.text for chunk in self.chunks]


@pytest.fixture
def engine() -> LogEngine:
    return LogEngine(course())


@pytest.fixture
def follower(engine: LogEngine) -> Iterator[Follower]:
    follower = Follower(engine)
    yield follower
    follower.feed.close()


def following(engine: LogEngine, *ids: str) -> bool:
    return {id for id, stream in engine.log_streams if not stream.closed} == set(ids)


def test_tail_first_then_what_comes(engine: LogEngine, follower: Follower) -> None:
    for number in range(5):
        engine.wrote("a", number, f"old {number}")
    follower.feed.follow(("a",), tail=2)
    until(lambda: follower.texts() == ["old 3", "old 4"])
    engine.wrote("a", 9, "new")
    until(lambda: follower.texts() == ["old 3", "old 4", "new"])


def test_several_are_merged_by_time(engine: LogEngine, follower: Follower) -> None:
    for number in range(6):
        engine.wrote("ab"[number % 2], number, f"line {number}")
    follower.feed.follow(("a", "b"), tail=10)
    until(lambda: len(follower.texts()) >= 6 and following(engine, "a", "b"))
    engine.wrote("b", 7, "live")
    until(lambda: "live" in follower.texts())
    assert follower.texts() == [f"line {n}" for n in range(6)] + ["live"]


def test_another_choice_ends_the_old_streams(engine: LogEngine, follower: Follower) -> None:
    follower.feed.follow(("a",), tail=10)
    until(lambda: following(engine, "a"))
    follower.feed.follow(("b",), tail=10)
    until(lambda: following(engine, "b"))
    engine.wrote("a", 1, "of the old")
    engine.wrote("b", 2, "of the new")
    until(lambda: follower.texts() == ["of the new"])
    follower.feed.follow((), tail=10)
    until(lambda: following(engine))


def test_a_restarted_container_goes_on_after_the_last_line(
    engine: LogEngine, follower: Follower
) -> None:
    engine.wrote("a", 1, "before")
    follower.feed.follow(("a",), tail=10)
    until(lambda: follower.texts() == ["before"] and following(engine, "a"))
    engine.exits("a")
    until(lambda: not follower.feed._reading)
    calls = engine.calls["logs"]
    engine.wrote("a", 2, "between")
    follower.feed.resume("a")
    until(lambda: following(engine, "a"))
    engine.wrote("a", 3, "after")
    until(lambda: follower.texts() == ["before", "between", "after"])
    assert engine.calls["logs"] == calls + 1, "a stopped container is not polled"
    follower.feed.resume("a")  # it is being read already
    engine.wrote("a", 4, "once")
    until(lambda: "once" in follower.texts())
    assert follower.texts().count("once") == 1


def test_an_engine_that_comes_back_goes_on(engine: LogEngine, follower: Follower) -> None:
    engine.wrote("a", 1, "before")
    follower.feed.follow(("a",), tail=10)
    until(lambda: following(engine, "a"))
    engine.die()
    until(lambda: not follower.feed._reading)
    engine.revive()
    engine.wrote("a", 2, "after")
    follower.feed.resume("a")
    until(lambda: follower.texts() == ["before", "after"])


def test_resuming_one_that_has_written_nothing_keeps_to_the_tail(
    engine: LogEngine, follower: Follower
) -> None:
    follower.feed.follow(("a",), tail=1)
    until(lambda: following(engine, "a"))
    engine.exits("a")
    until(lambda: not follower.feed._reading)
    for number in range(5):
        engine.wrote("a", number, f"{number}")
    follower.feed.resume("a")
    until(lambda: follower.texts() == ["4"])


def test_an_error_is_a_line(engine: LogEngine, follower: Follower) -> None:
    engine.dead = "No engine."
    follower.feed.follow(("a",), tail=10)
    until(lambda: follower.texts() == ["— No engine."])
    assert follower.chunks[0].stderr


def test_one_wake_until_drained(engine: LogEngine, follower: Follower) -> None:
    follower.feed.follow(("a",), tail=10)
    until(lambda: following(engine, "a"))
    for number in range(50):
        engine.wrote("a", number, f"{number}")
    until(lambda: len(follower.feed._box) == 50)
    assert follower.wakes == 1
    assert len(follower.texts()) == 50


def test_close_ends_all_threads_at_once(engine: LogEngine) -> None:
    before = threading.active_count()
    follower = Follower(engine)
    follower.feed.follow(("a", "b", "c"), tail=10)
    until(lambda: following(engine, "a", "b", "c"))
    start = time.monotonic()
    follower.feed.close()
    assert time.monotonic() - start < 0.05
    until(lambda: threading.active_count() <= before)
