"""What is on the screen of an app under test, as text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.app import App
from textual.pilot import Pilot


def lines(app: App[Any]) -> list[str]:
    """The screen, line by line, as the terminal would show it."""
    width, height = app.size
    strips = app.screen._compositor.render_strips()
    shown = ["".join(segment.text for segment in strip) for strip in strips]
    assert len(shown) == height and width
    return shown


def text(app: App[Any]) -> str:
    """The whole screen."""
    return "\n".join(lines(app))


async def until(pilot: Pilot[Any], condition: Callable[[], object], turns: int = 400) -> None:
    """Let the app run until the condition holds."""
    for _ in range(turns):
        if condition():
            return
        await pilot.pause(0.01)
    raise AssertionError("never came true; the screen is:\n" + text(pilot.app))


async def shows(pilot: Pilot[Any], wanted: str) -> None:
    """Wait until the text is on the screen."""
    await until(pilot, lambda: wanted in text(pilot.app))
