"""The questions that the main screen asks: menu, keys, copy, since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docknet_tui.keymap import (
    CONTAINERS,
    DETAIL,
    EVERYWHERE,
    KEYS,
    LOGS,
    NETWORKS,
    Key,
    keys_for,
)
from docknet_tui.model.select import Subject
from docknet_tui.tui.screens.log_reader import SINCE
from docknet_tui.tui.screens.pick import PickScreen
from docknet_tui.views.copying import Copy, container_copies, network_copies
from docknet_tui.views.table import Cell, Column, Row, Table

if TYPE_CHECKING:
    from docknet_tui.tui.screens.main import MainScreen

_KEY_COLUMNS = (
    Column("KEY", max_width=10),
    Column("DOES", min_width=10, weight=1),
    Column("WHERE", max_width=12),
)
_CHOICE_COLUMNS = (Column("WHAT", max_width=28), Column("TEXT", min_width=8, weight=1))


def _key_rows(keys: tuple[Key, ...]) -> tuple[Row, ...]:
    return tuple(
        Row(
            key.id,
            (Cell(key.display, "accent"), Cell(key.label), Cell(key.pane, "muted")),
        )
        for key in keys
    )


async def _do(screen: MainScreen, title: str, keys: tuple[Key, ...]) -> None:
    """Let one of these be chosen and do it as its key would."""
    table = Table(_KEY_COLUMNS, _key_rows(keys), "No keys.")
    chosen = await screen.app.push_screen_wait(PickScreen(title, table))
    key = next((k for k in keys if k.id == chosen), None)
    if key is not None:
        await screen.run_action(key.action)


async def menu(screen: MainScreen, pane: str) -> None:
    """What can be done in the focused pane and everywhere."""
    await _do(screen, f"{subject_name(screen)} · what can be done", keys_for(pane))


async def keys(screen: MainScreen) -> None:
    """Every key there is, pane by pane."""
    order = (EVERYWHERE, NETWORKS, CONTAINERS, DETAIL, LOGS)
    await _do(screen, "All keys", tuple(k for pane in order for k in KEYS if k.pane == pane))


async def copy(screen: MainScreen) -> None:
    """Choose a text of the chosen object and put it on the clipboard."""
    found = copies(screen)
    if not found:
        screen.notify("Nothing is chosen that could be copied.", markup=False)
        return
    rows = tuple(
        Row(str(i), (Cell(c.label, "muted"), Cell(c.text, "strong"))) for i, c in enumerate(found)
    )
    table = Table(_CHOICE_COLUMNS, rows, "")
    chosen = await screen.app.push_screen_wait(PickScreen(f"Copy of {subject_name(screen)}", table))
    if chosen is not None:
        text = found[int(chosen)].text
        screen.app.copy_to_clipboard(text)
        screen.notify(f"Copied {text}", markup=False, timeout=2)


def copies(screen: MainScreen) -> tuple[Copy, ...]:
    """What can be copied of the chosen object."""
    world, selection = screen.world, screen.selection
    if selection.subject is Subject.NETWORK:
        network = world.networks.get(selection.network or "")
        return network_copies(network) if network else ()
    container = world.containers.get(selection.container or "")
    return container_copies(world, container) if container else ()


def subject_name(screen: MainScreen) -> str:
    """The name of the chosen object."""
    world, selection = screen.world, screen.selection
    if selection.subject is Subject.NETWORK:
        network = world.networks.get(selection.network or "")
        return network.name if network else "nothing"
    container = world.containers.get(selection.container or "")
    return container.name if container else "nothing"


async def since(screen: MainScreen) -> str | None:
    """Ask from when on the log is read; the empty text is its last lines."""
    rows = tuple(
        Row(name or "all", (Cell(f"the last {name}" if name else "the last lines"), Cell("")))
        for name in SINCE
    )
    table = Table(_CHOICE_COLUMNS, rows, "")
    chosen = await screen.app.push_screen_wait(PickScreen("Show the log since", table))
    return "" if chosen == "all" else chosen
