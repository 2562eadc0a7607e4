"""Where lazydocker was measured to fail, one test for each: networks without members, stale panes,
selections that jump, filters that match colours, polling, endless logs, clipped small screens."""

from __future__ import annotations

import time
import tracemalloc
from dataclasses import replace

import pytest

from docknet_tui.model.container import State
from docknet_tui.views.log_line import LogLine
from tests.fake_engine import FakeEngine
from tests.tui.harness import named, running
from tests.tui.screen import lines, shows, text, until
from tests.worlds import BATCH, PARTY, container, course, endpoint, network, world


async def test_network_with_eight_endpoints_shows_eight_rows_in_the_first_frame() -> None:
    eight = network("eight", "172.20.0.0/16")
    members = tuple(container(f"c{i}x", endpoint(eight, f"172.20.0.{i + 2}")) for i in range(8))
    async with running(world((eight,), members)) as (pilot, screen, _):
        await shows(pilot, "172.20.0.9/16")
        assert [r.cells[2].text for r in screen.detail.table.table.rows] == [
            f"172.20.0.{i + 2}/16" for i in range(8)
        ]


async def test_open_detail_follows_a_connect() -> None:
    async with running() as (pilot, screen, engine):
        await shows(pilot, "gazda")
        gazda = engine.world_containers[named(screen.world, "gazda")]
        await pilot.press("2")
        screen.containers.select(gazda.id)
        await shows(pilot, "[0] gazda")
        joined = replace(gazda, endpoints=(*gazda.endpoints, endpoint(BATCH, "172.19.0.77")))
        engine.world_containers[gazda.id] = joined
        engine.emit("network", "connect", BATCH.id, container=gazda.id, name="batch")
        await shows(pilot, "172.19.0.77/16")
        assert screen.containers.cursor_key == gazda.id


async def test_cursor_stays_on_its_network_when_another_sorts_before_it() -> None:
    async with running() as (pilot, screen, engine):
        await shows(pilot, "party")
        await pilot.press("j")
        assert screen.selection.network == PARTY.id
        engine.add_network(network("aaa", "10.1.0.0/16"))
        await shows(pilot, "aaa")
        assert screen.networks.cursor_key == PARTY.id
        assert screen.selection.network == PARTY.id


async def test_cursor_stays_on_its_container_when_it_exits_and_sorts_down() -> None:
    async with running() as (pilot, screen, engine):
        await shows(pilot, "gazda")
        gazda = engine.world_containers[named(screen.world, "gazda")]
        await pilot.press("2")
        screen.containers.select(gazda.id)
        engine.change(replace(gazda, state=State.EXITED, exit_code=0), "die")
        await shows(pilot, "exited 0")
        assert screen.containers.cursor_key == gazda.id


@pytest.mark.parametrize(
    ("typed", "found"),
    [("33", []), ("MODE", []), ("172.18.0.3", ["gazda"]), ("master", ["moderator"])],
)
async def test_filter(typed: str, found: list[str]) -> None:
    async with running() as (pilot, screen, _):
        await shows(pilot, "gazda")
        await until(pilot, lambda: all(c.inspected for c in screen.world.containers.values()))
        await pilot.press("2", "slash", *typed.replace(".", "\x00").split("\x00")[0])
        for part in typed.split(".")[1:]:
            await pilot.press("full_stop", *part)
        await pilot.press("enter")
        names = [row.cells[0].text for row in screen.containers.table.rows]
        assert names == found
        if not found:
            assert "No container matches" in text(pilot.app)
        await pilot.press("escape")
        assert len(screen.containers.table.rows) == 3


async def test_prompt_survives_a_lost_engine() -> None:
    async with running() as (pilot, screen, engine):
        await shows(pilot, "gazda")
        await pilot.press("2", "slash", "g", "a", "z")
        engine.die("The daemon went away.")
        await shows(pilot, "The daemon went away.")
        assert screen.prompt.input.value == "gaz"
        assert screen.prompt.input.has_focus
        assert "✗ lost" in text(pilot.app) and "last known state" in text(pilot.app)
        engine.revive()
        await shows(pilot, "● live")
        assert screen.prompt.input.value == "gaz"


async def test_log_follows_pauses_and_resumes_after_a_loss() -> None:
    async with running() as (pilot, screen, engine):
        await shows(pilot, "gazda")
        gazda = named(screen.world, "gazda")
        await until(pilot, lambda: engine.log_streams)
        for number in range(60):
            engine.write(gazda, f"line {number}")
        await shows(pilot, "line 59")
        await pilot.press("3", "home")
        await shows(pilot, "paused")
        assert "line 59" not in text(pilot.app)
        await pilot.press("end")
        await shows(pilot, "line 59")
        engine.die()
        await shows(pilot, "✗ lost")
        engine.revive()
        await shows(pilot, "reconnected")
        await until(pilot, lambda: not engine.log_streams[-1][1].closed)
        engine.write(gazda, "after the loss")
        await shows(pilot, "after the loss")


async def test_no_engine_says_what_and_keeps_help_usable() -> None:
    engine = FakeEngine(course())
    engine.dead = "No Docker Engine listens here."
    async with running(engine=engine) as (pilot, _, _):
        await shows(pilot, "No Docker Engine listens here. Start it.")
        await shows(pilot, "No engine yet")
        await shows(pilot, "Choose a container: its log appears here.")
        await pilot.press("question_mark")
        await shows(pilot, "All keys")
        await pilot.press("escape")
        engine.revive()
        await shows(pilot, "moderator")


async def test_fifty_events_cost_at_most_a_hundred_calls_and_exec_none() -> None:
    async with running() as (pilot, screen, engine):
        await shows(pilot, "gazda")
        await until(pilot, lambda: all(c.inspected for c in screen.world.containers.values()))
        before = engine.calls["list"] + engine.calls["inspect"]
        gazda = engine.world_containers[named(screen.world, "gazda")]
        for number in range(50):
            engine.emit("container", "exec_start", gazda.id, name="gazda")
            engine.change(replace(gazda, hostname=f"h{number}"), "update")
        last = container("last-one")
        engine.change(last, "create")
        await until(pilot, lambda: last.id in screen.world.containers)
        await until(pilot, lambda: screen.world.containers[gazda.id].hostname == "h49")
        assert engine.calls["list"] + engine.calls["inspect"] - before <= 100
        assert engine.calls["list"] == 2


async def test_a_stopped_containers_log_is_read_once_and_not_polled() -> None:
    engine = FakeEngine(course())
    async with running(engine=engine) as (pilot, screen, _):
        await shows(pilot, "usm-eudora")
        await until(pilot, lambda: all(c.inspected for c in screen.world.containers.values()))
        eudora = named(screen.world, "usm-eudora")
        inspects = engine.calls["inspect"]
        await pilot.press("2")
        screen.containers.select(eudora)
        await until(pilot, lambda: any(id == eudora for id, _ in engine.log_streams))
        reads = sum(1 for id, _ in engine.log_streams if id == eudora)
        # A hundred unrelated events later it has neither been inspected nor read again.
        for number in range(100):
            engine.change(container(f"other{number}"), "create")
        await until(pilot, lambda: len(screen.world.containers) >= 103)
        assert sum(1 for id, _ in engine.log_streams if id == eudora) == reads == 1
        assert engine.calls["inspect"] <= inspects + 100


async def test_the_end_of_a_long_log_is_there_within_a_second_and_bounded() -> None:
    async with running() as (pilot, screen, engine):
        await until(pilot, lambda: engine.log_streams)
        gazda = named(screen.world, "gazda")
        tracemalloc.start()
        start = time.monotonic()
        screen.logs.extend([LogLine(f"row {number}") for number in range(200_000)])
        await shows(pilot, "row 199999")
        took = time.monotonic() - start
        size = tracemalloc.get_traced_memory()[0]
        tracemalloc.stop()
        assert len(screen.logs.lines) <= 10_000
        assert size < 100 * 2**20
        # tracemalloc slows Python down about fourfold; without it this takes 0.3 s.
        assert took < 4
        assert gazda


async def test_name_address_and_port_are_legible_at_80_by_24() -> None:
    async with running(size=(80, 24)) as (pilot, _, _engine):
        await shows(pilot, "172.19.0.2 +2")
        await pilot.press("2", "j")
        await shows(pilot, "*:32768→54321")
        assert "moderator" in text(pilot.app)
        assert lines(pilot.app)[-1].rstrip().endswith("…"), "what does not fit is told"
