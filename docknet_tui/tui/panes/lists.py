"""The two side lists: networks and containers."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.reactive import var

from docknet_tui.keymap import CONTAINERS, NETWORKS
from docknet_tui.model.select import Selection
from docknet_tui.model.world import World
from docknet_tui.tui.keys import bindings
from docknet_tui.tui.messages import ContainerChosen, NetworkChosen
from docknet_tui.tui.row_list import RowList
from docknet_tui.views.containers import containers_table
from docknet_tui.views.networks import networks_table


class NetworksPane(RowList):
    """All networks of the engine."""

    KEYS_OF = NETWORKS
    BINDINGS: ClassVar[list[BindingType]] = bindings(NETWORKS)

    world: var[World] = var(World)
    needle: var[str] = var("")

    def draw(self) -> None:
        """Show the networks that the filter lets through."""
        table = networks_table(self.world, self.needle)
        self.set_table(table)
        count = f" {len(table.rows)} of {len(self.world.networks)}" if self.needle else ""
        self.border_title = Content(f"[1] Networks{count}{filter_text(self.needle)}")

    def watch_world(self) -> None:
        self.draw()

    def watch_needle(self) -> None:
        self.draw()

    @on(RowList.Moved)
    def chosen(self, event: RowList.Moved) -> None:
        """Pass on which network the cursor stands on."""
        event.stop()
        self.post_message(NetworkChosen(event.key))


class ContainersPane(RowList):
    """The containers in scope: all of them, or those of the chosen network."""

    KEYS_OF = CONTAINERS
    BINDINGS: ClassVar[list[BindingType]] = bindings(CONTAINERS)

    world: var[World] = var(World)
    selection: var[Selection] = var(Selection)
    needle: var[str] = var("")
    only_network: var[bool] = var(False)
    stopped: var[bool] = var(True)
    pinned: var[frozenset[str]] = var(frozenset[str]())

    def draw(self) -> None:
        """Show the containers in scope that the filter lets through."""
        table = containers_table(
            self.world,
            self.needle,
            network_id=self.selection.network,
            only_network=self.only_network,
            stopped=self.stopped,
            pinned=self.pinned,
        )
        self.set_table(table)
        network = self.world.networks.get(self.selection.network or "")
        scope = f"on {network.name}" if self.only_network and network else "all"
        running = "" if self.stopped else " · running only"
        count = f" · {len(table.rows)} shown" if self.needle else ""
        self.border_title = Content(
            f"[2] Containers · {scope}{running}{count}{filter_text(self.needle)}"
        )

    def watch_world(self) -> None:
        self.draw()

    def watch_needle(self) -> None:
        self.draw()

    def watch_selection(self, old: Selection, new: Selection) -> None:
        if self.only_network and old.network != new.network:
            self.draw()

    def watch_only_network(self) -> None:
        self.draw()

    def watch_stopped(self) -> None:
        self.draw()

    def watch_pinned(self) -> None:
        self.draw()

    @on(RowList.Moved)
    def chosen(self, event: RowList.Moved) -> None:
        """Pass on which container the cursor stands on."""
        event.stop()
        self.post_message(ContainerChosen(event.key))


def filter_text(needle: str) -> str:
    """The filter as part of a pane's title."""
    return f" · filter: {needle}" if needle else ""
