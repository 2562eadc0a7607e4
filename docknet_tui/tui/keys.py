"""The declared keys as Textual bindings."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from docknet_tui.keymap import EVERYWHERE, KEYS


def bindings(pane: str) -> list[BindingType]:
    """The bindings of one pane, or of the screen for `EVERYWHERE`."""
    return [
        Binding(
            key.keys,
            key.action if pane == EVERYWHERE else f"screen.{key.action}",
            key.label,
            id=key.id,
            show=key.footer,
            key_display=key.display,
            priority=key.id == "quit" and "ctrl" in key.keys,
        )
        for key in KEYS
        if key.pane == pane
    ]
