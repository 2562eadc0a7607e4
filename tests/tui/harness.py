"""The app over a fake engine, for tests."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.pilot import Pilot

from docknet_tui.model.world import World
from docknet_tui.tui.app import DocknetApp
from docknet_tui.tui.screens.main import MainScreen
from tests.fake_engine import FakeEngine
from tests.worlds import course


@asynccontextmanager
async def running(
    seen: World | None = None, size: tuple[int, int] = (120, 36), engine: FakeEngine | None = None
) -> AsyncIterator[tuple[Pilot[None], MainScreen, FakeEngine]]:
    engine = engine or FakeEngine(seen or course())
    app = DocknetApp(engine.connect, "unix:///run/test.sock")
    async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
        screen = app.screen
        assert isinstance(screen, MainScreen)
        yield pilot, screen, engine
        app.close_feeds()


def named(seen: World, name: str) -> str:
    return next(c.id for c in seen.containers.values() if c.name == name)
