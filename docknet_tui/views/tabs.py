"""The detail pane as data: which tabs there are, and what each shows of the world."""

from __future__ import annotations

from dataclasses import dataclass

from docknet_tui.model.select import Selection, Subject
from docknet_tui.model.world import World

from .container_detail import endpoints_table, env_table, heading, ports_table
from .history import events_table
from .network_detail import address_table, members_table
from .table import Table


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab of the detail pane."""

    id: str
    title: str


TABS = {
    Subject.NETWORK: (
        Tab("members", "Members"),
        Tab("plan", "Address plan"),
        Tab("events", "Events"),
        Tab("inspect", "Inspect"),
    ),
    Subject.CONTAINER: (
        Tab("endpoints", "Endpoints"),
        Tab("ports", "Ports"),
        Tab("env", "Env"),
        Tab("events", "Events"),
        Tab("inspect", "Inspect"),
    ),
}

NOTHING = Table((), (), "Choose a network or a container on the left: its details appear here.")


@dataclass(frozen=True, slots=True)
class Detail:
    """What the detail pane shows: a table with a sentence above it, or lines of text."""

    title: str
    note: str = ""
    table: Table = NOTHING
    text: str | None = None


def detail(world: World, selection: Selection, tab: str) -> Detail:
    """The chosen object under the chosen tab."""
    if selection.subject is Subject.NETWORK:
        return _network(world, selection.network, tab)
    return _container(world, selection.container, tab)


def _network(world: World, id: str | None, tab: str) -> Detail:
    network = world.networks.get(id or "")
    if network is None:
        return Detail("Detail")
    title = network.name
    match tab:
        case "plan":
            return Detail(title, table=address_table(world, network))
        case "events":
            return Detail(title, table=events_table(world, network.id))
        case "inspect":
            return Detail(title, text=network.inspect)
    return Detail(title, table=members_table(world, network))


def _container(world: World, id: str | None, tab: str) -> Detail:
    container = world.containers.get(id or "")
    if container is None:
        return Detail("Detail")
    title = container.name
    match tab:
        case "ports":
            return Detail(title, table=ports_table(world, container))
        case "env":
            return Detail(title, table=env_table(container))
        case "events":
            return Detail(title, table=events_table(world, container.id))
        case "inspect":
            return Detail(title, text=container.inspect or "Inspecting…")
    return Detail(title, heading(world, container), endpoints_table(world, container))
