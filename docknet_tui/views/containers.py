"""The containers list."""

from __future__ import annotations

from docknet_tui.model.container import Container, State
from docknet_tui.model.world import World

from .search import container_fields, matches
from .table import Cell, Column, Row, Table
from .words import NONE, address_tail, ports_text, state_style, state_text, waiting

COLUMNS = (
    Column("CONTAINER", min_width=8, weight=2),
    Column("STATE", min_width=7, max_width=19),
    Column("NETWORKS", min_width=6, max_width=20, priority=3),
    Column("IP", min_width=10, max_width=18),
    Column("PORTS", min_width=5, max_width=28, priority=2),
)

_RANK = {
    State.RUNNING: 0,
    State.PAUSED: 1,
    State.RESTARTING: 1,
    State.CREATED: 2,
    State.EXITED: 3,
}


def order(container: Container) -> tuple[int, str, str]:
    """Running ones first, then paused, created, exited; each by name."""
    return (_RANK.get(container.state, 4), container.name, container.id)


def networks_text(world: World, container: Container) -> str:
    """Its networks; where it has no endpoint of its own, in words why."""
    if container.joined:
        owner = world.owner(container)
        return f"shares {owner.name}" if owner else "shares a container that is gone"
    if not container.endpoints:
        return "no network"
    gone = {e.network for e in world.dangling(container)}
    return " ".join(
        e.network + (" (gone)" if e.network in gone else "") for e in container.endpoints
    )


def address_text(container: Container, network_id: str | None) -> str:
    """Its IP on the chosen network when it has one there, else the first one and how many more."""
    if network_id and (endpoint := container.endpoint_on(network_id)):
        return address_tail(endpoint.ipv4 or endpoint.ipv6)
    first = container.first_address
    if first is None:
        return "host's own" if container.network_mode == "host" and container.active else NONE
    more = sum(1 for e in container.endpoints if e.ipv4 or e.ipv6) - 1
    return f"{first} +{more}" if more > 0 else first


def visible(
    world: World, *, network_id: str | None, only_network: bool, stopped: bool
) -> tuple[Container, ...]:
    """The containers in scope, in order: all or those of a network, with or without stopped."""
    if only_network and network_id:
        pool = {m.container.id: m.container for m in world.members(network_id)}
    else:
        pool = dict(world.containers)
    return tuple(sorted((c for c in pool.values() if stopped or c.active), key=order))


def containers_table(
    world: World,
    text: str = "",
    *,
    network_id: str | None = None,
    only_network: bool = False,
    stopped: bool = True,
    pinned: frozenset[str] = frozenset(),
) -> Table:
    """The containers in scope that the filter text lets through; pinned ones are marked."""
    shown = visible(world, network_id=network_id, only_network=only_network, stopped=stopped)
    address_network = network_id if only_network else None
    rows = tuple(
        Row(
            c.id,
            (
                Cell(c.name, "name" if c.active else "muted"),
                Cell(state_text(c), state_style(c)),
                Cell(networks_text(world, c), "accent"),
                Cell(address_text(c, address_network), "info"),
                Cell(ports_text(c), "strong"),
            ),
            dim=not c.active,
            mark=c.id in pinned,
        )
        for c in shown
        if matches(text, container_fields(world, c))
    )
    return Table(COLUMNS, rows, _empty(world, text, only_network, stopped))


def _empty(world: World, text: str, only_network: bool, stopped: bool) -> str:
    if text:
        return f"No container matches “{text}”. Esc clears the filter."
    if not world.looked:
        return waiting(world)
    hidden = "" if stopped else " Stopped ones are hidden: e shows them."
    if only_network:
        return f"No container on this network. a shows all containers.{hidden}"
    return f"No containers yet. Try: docker run --rm -it busybox{hidden}"
