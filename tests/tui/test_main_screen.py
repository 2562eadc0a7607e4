"""The main screen over a fake engine: what is on screen after which keys."""

from __future__ import annotations

from dataclasses import replace

import pytest

from docknet_tui.engine.port import LogChunk
from docknet_tui.model.select import Subject
from tests.fake_engine import FakeEngine
from tests.hostile import HOSTILE
from tests.tui.harness import named, running
from tests.tui.screen import lines, shows, text, until
from tests.worlds import PARTY, course, world

SIZES = [(80, 24), (120, 36), (200, 50)]


@pytest.mark.parametrize("size", SIZES)
async def test_first_frame_has_everything(size: tuple[int, int]) -> None:
    async with running(size=size) as (pilot, screen, _):
        await shows(pilot, "● live")
        await shows(pilot, "172.18.0.0/16")
        for wanted in ("moderator", "gazda", "party", "batch", "docknet-tui", "172.19.0.2 +2"):
            assert wanted in text(pilot.app)
        for pane in screen.query(".pane"):
            assert pane.size.width >= 28, pane
            assert pane.size.height >= 2, pane
        assert all(len(line) <= size[0] * 2 for line in lines(pilot.app))


async def test_when_the_chosen_one_goes_its_place_is_kept() -> None:
    async with running() as (pilot, screen, engine):
        await shows(pilot, "gazda")
        await pilot.press("2", "g")
        first = screen.containers.cursor_key
        assert first == named(screen.world, "gazda")
        engine.remove(engine.world_containers[first])
        await until(pilot, lambda: first not in screen.world.containers)
        assert screen.containers.cursor_key == named(screen.world, "moderator")
        assert screen.selection.container == screen.containers.cursor_key


async def test_log_search_and_filter() -> None:
    async with running() as (pilot, screen, engine):
        await until(pilot, lambda: engine.log_streams)
        gazda = named(screen.world, "gazda")
        for number in range(100):
            engine.write(gazda, f"line {number}", stderr=number % 2 == 1)
        await shows(pilot, "! line 99")
        await pilot.press("3", "slash", *"ine", "space", *"42", "enter", "n")
        await shows(pilot, "line 42")
        assert screen.logs.match_place == (1, 1)
        await pilot.press("f", *"77", "enter")
        await until(pilot, lambda: [line.text for line in screen.logs.lines] == ["line 77"])
        await pilot.press("escape")
        assert len(screen.logs.lines) == 100


async def test_merged_and_pinned_logs_are_prefixed_and_in_time_order() -> None:
    seen = course()
    engine = FakeEngine(seen)
    for offset, name in enumerate(("gazda", "moderator")):
        id = named(seen, name)
        engine.past_logs[id] = [
            LogChunk(id, f"{name} says {n}", False, f"2026-01-01T00:00:{2 * n + offset:02}Z")
            for n in range(3)
        ]
    async with running(engine=engine) as (pilot, screen, _):
        await shows(pilot, "party")
        await pilot.press("j", "M")
        await shows(pilot, "all of party")
        await shows(pilot, "moderator says 2")
        said = [line.text for line in screen.logs.lines if "says" in line.text]
        assert said[:6] == [f"{name} says {n}" for n in range(3) for name in ("gazda", "moderator")]
        assert screen.logs.lines[0].prefix == "gazda"
        await pilot.press("2", "space")
        await shows(pilot, "1 pinned")


async def test_scope_stopped_and_jump() -> None:
    async with running() as (pilot, screen, _):
        await shows(pilot, "usm-eudora")
        await pilot.press("2", "a")
        await shows(pilot, "on batch")
        assert [r.cells[0].text for r in screen.containers.table.rows] == ["moderator"]
        await pilot.press("a", "e")
        await shows(pilot, "running only")
        assert "usm-eudora" not in text(pilot.app)
        await pilot.press("1", "enter", "enter")
        assert screen.selection.subject is Subject.CONTAINER
        assert screen.selection.container == named(screen.world, "moderator")


@pytest.mark.parametrize("size", SIZES)
async def test_every_tab_and_dialog_at_every_size(size: tuple[int, int]) -> None:
    async with running(size=size) as (pilot, screen, _):
        await shows(pilot, "gazda")
        for pane in ("1", "2"):
            await pilot.press(pane)
            for _ in range(5):
                await pilot.press("right_square_bracket")
                await pilot.pause()
        for key in ("question_mark", "x", "y"):
            await pilot.press(key)
            await until(pilot, lambda: pilot.app.screen is not screen)
            await pilot.press("escape")
            await until(pilot, lambda: pilot.app.screen is screen)
        for _ in range(3):
            await pilot.press("plus")
            await pilot.pause()
            focused = pilot.app.focused
            assert focused is not None and focused.size.height > 0


async def test_copy_goes_to_the_clipboard() -> None:
    async with running() as (pilot, screen, _):
        await shows(pilot, "gazda")
        await pilot.press("2", "y")
        await until(pilot, lambda: pilot.app.screen is not screen)
        await pilot.press(*"172", "enter")
        await shows(pilot, "Copied 172.18.0.3")
        assert pilot.app.clipboard == "172.18.0.3"


async def test_mouse_rows_tabs_and_footer() -> None:
    async with running() as (pilot, screen, _):
        await shows(pilot, "gazda")
        await pilot.click("#containers", offset=(6, 3))
        assert screen.selection.container == named(screen.world, "moderator")
        top = lines(pilot.app)[1]
        await pilot.click(offset=(top.index("Ports"), 1))
        await shows(pilot, "‹Ports›")
        bottom = lines(pilot.app)[-1]
        await pilot.click(offset=(bottom.index("? keys") + 2, len(lines(pilot.app)) - 1))
        await shows(pilot, "All keys")


@pytest.mark.parametrize("evil", HOSTILE)
async def test_hostile_text_is_shown_literally_or_cleaned(evil: str) -> None:
    """Through the parser, as the engine would deliver it: in names, labels, env and the log."""
    from docknet_tui.engine.parse import inspected_container

    raw = {
        "Id": "e" * 64,
        "Name": f"/x{evil}",
        "State": {"Status": "running"},
        "Config": {"Env": [f"V={evil}"], "Labels": {"l": evil}, "Image": evil},
        "NetworkSettings": {
            "Networks": {"party": {"NetworkID": PARTY.id, "IPAddress": "172.18.0.5"}}
        },
    }
    bad = inspected_container(raw)
    async with running(world((PARTY,), (bad,))) as (pilot, screen, engine):
        await shows(pilot, "172.18.0.5")
        shown = bad.name[:12]
        assert shown in text(pilot.app)
        await until(pilot, lambda: engine.log_streams)
        engine.write(bad.id, f"<{evil}>")
        await until(pilot, lambda: screen.logs.lines)
        await pilot.press("2", "right_square_bracket", "right_square_bracket")
        await shows(pilot, "label")
        screen.notify(bad.name, title=bad.name, markup=False)
        await pilot.pause()
        whole = text(pilot.app)
        assert not any(c in whole.replace("\n", "") for c in "\x1b\x07\x9b\x9d\u202e")
        for literal in ("[/x]", "[ERROR] boom", "[fe80::1]:80"):
            if evil == literal:
                assert whole.count(literal) >= 3


async def test_inspect_is_searched_and_the_first_match_is_shown() -> None:
    seen = course()
    party = replace(PARTY, inspect="\n".join(f'"Line": "{n}"' for n in range(200)))
    engine = FakeEngine(seen)
    engine.world_networks[party.id] = party
    async with running(engine=engine) as (pilot, screen, _):
        await shows(pilot, "party")
        await pilot.press("j", "left_square_bracket")
        await shows(pilot, "‹Inspect›")
        await shows(pilot, '"Line": "0"')
        await pilot.press("0", "slash")
        await until(pilot, lambda: screen.prompt.input.has_focus)
        await pilot.press(*"150", "enter")
        await shows(pilot, '"Line": "150"')
        await pilot.press("escape")
        assert screen.networks.has_focus
