"""The footer: the keys of the focused pane, as many as fit, clickable."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.reactive import reactive, var
from textual.widget import Widget

from docknet_tui.keymap import EVERYWHERE, Key, keys_for
from docknet_tui.text.width import cell_width


class KeyLine(Widget):
    """Key and label pairs; what does not fit is left to the help screen, said by an ellipsis."""

    pane: reactive[str] = reactive(EVERYWHERE)
    notice: var[str] = var("")

    def render(self) -> Content:
        parts: list[Content | str | tuple[str, str]] = []
        for key, _start, _end in self._placed():
            parts += [(key.display, "bold $accent"), " ", key.label, "  "]
        if len(self._placed()) < len(self._wanted()):
            parts.append("…")
        return Content.assemble(*parts)

    def _wanted(self) -> list[Key]:
        # Help and quit come first among the general keys, so that they survive the narrowest width.
        footer = [key for key in keys_for(self.pane) if key.footer]
        first = [key for key in footer if key.id in ("help", "menu")]
        return first + [key for key in footer if key not in first]

    def _placed(self) -> list[tuple[Key, int, int]]:
        placed, at = [], 0
        for key in self._wanted():
            end = at + cell_width(key.display) + 1 + cell_width(key.label)
            if end > self.size.width - 2:
                break
            placed.append((key, at, end))
            at = end + 2
        return placed

    async def on_click(self, event: events.Click) -> None:
        """A click on a label does what its key does."""
        for key, start, end in self._placed():
            if start <= event.x < end:
                await self.screen.run_action(key.action)
                return
