"""The logs pane: output of one container, of the pinned ones, or of a whole network."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.reactive import var
from textual.strip import Strip

from docknet_tui.keymap import LOGS
from docknet_tui.model.world import World
from docknet_tui.text.width import fit
from docknet_tui.tui.keys import bindings
from docknet_tui.tui.log_view import LogView
from docknet_tui.tui.paint import component
from docknet_tui.views.log_plan import LogPlan


class LogsPane(LogView):
    """The log view with a title that says whose output this is and whether it follows."""

    KEYS_OF = LOGS
    BINDINGS: ClassVar[list[BindingType]] = bindings(LOGS)

    world: var[World] = var(World)
    plan: var[LogPlan] = var(LogPlan)
    needle: var[str] = var("")
    only: var[str] = var("")
    since: var[str] = var("")

    def render_line(self, y: int) -> Strip:
        """One row; an empty pane says why it is empty and what to do."""
        if y or self.lines:
            return super().render_line(y)
        style = self.rich_style + component(self, "log-view--muted")
        return Strip([Segment(fit(f" {self._empty}", self.size.width), style)])

    @property
    def _empty(self) -> str:
        if self.only:
            return f"No line contains “{self.only}”. Esc shows all lines."
        if self.plan.ids:
            return "No output yet."
        return "Choose a container: its log appears here. M merges a network's."

    def on_mount(self) -> None:
        self.entitle()

    def watch_plan(self) -> None:
        self.entitle()

    def watch_needle(self) -> None:
        self.search(self.needle)
        self.entitle()

    def watch_only(self) -> None:
        self.filter(self.only)
        self.entitle()

    def watch_since(self) -> None:
        self.entitle()

    @on(LogView.FollowChanged)
    def entitle(self) -> None:
        """Write the title: source, follow badge, search and filter."""
        follow = "following" if self.following else "paused · End follows"
        parts = ["[3] Logs", self.plan.title, follow if self.plan.ids else ""]
        if self.since:
            parts.append(f"since {self.since}")
        if self.needle:
            parts.append(f"/{self.needle}")
        if self.only:
            parts.append(f"only {self.only}")
        self.border_title = Content(" · ".join(part for part in parts if part))
