"""The header line and the banner under it."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import var
from textual.widgets import Static

from docknet_tui.model.world import World
from docknet_tui.text.width import cell_width, fit
from docknet_tui.views.header import LIVE, STYLE, banner_text, counts_text, engine_text

COLOURS = {"ok": "$success", "warn": "$warning", "bad": "$error"}


class HeaderLine(Static):
    """Product, endpoint, engine version and whether the picture is live."""

    world: var[World] = var(World)

    def __init__(self, endpoint: str, id: str) -> None:
        super().__init__(id=id, markup=False)
        self._endpoint = endpoint

    def watch_world(self) -> None:
        self.draw()

    def on_resize(self) -> None:
        self.draw()

    def draw(self) -> None:
        """Fit the line into the width: the live state always, then the engine, then the counts."""
        state = self.world.link.state
        live = LIVE[state]
        name = "docknet-tui"
        counts = counts_text(self.world)
        room = self.size.width - cell_width(name) - cell_width(live) - 4
        engine = engine_text(self.world, self._endpoint)
        left = room - cell_width(engine) - cell_width(counts) - 2
        if left < 0:
            counts = ""
        middle = fit(engine, max(0, room - (cell_width(counts) + 2 if counts else 0)))
        parts: list[Content | str | tuple[str, str]] = [
            (name, "bold"),
            "  ",
            middle,
            "  ",
            (live, f"bold {COLOURS[STYLE[state]]}"),
        ]
        if counts:
            parts += ["  ", counts]
        self.update(Content.assemble(*parts))


class Banner(Static):
    """One sentence on what is wrong with the engine; not there while it answers."""

    world: var[World] = var(World)

    def __init__(self, id: str) -> None:
        super().__init__(id=id, markup=False)

    def watch_world(self) -> None:
        text = banner_text(self.world)
        self.display = bool(text)
        self.update(Content(text))
