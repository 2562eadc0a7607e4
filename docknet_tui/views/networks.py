"""The networks list."""

from __future__ import annotations

from docknet_tui.model.network import Network
from docknet_tui.model.world import World

from .search import matches, network_fields
from .table import Cell, Column, Row, Table
from .words import NONE, waiting

COLUMNS = (
    Column("NETWORK", min_width=8, weight=1, max_width=40),
    Column("KIND", min_width=6, max_width=26, priority=1),
    Column("SUBNET", min_width=9, max_width=22),
    Column("ON", align="right", max_width=7),
)


def marks(network: Network) -> str:
    """What is special about it, in words: internal, IPv6, attachable, swarm, built-in."""
    words = []
    if network.builtin:
        words.append("built-in")
    if network.internal:
        words.append("internal")
    if network.ipv6:
        words.append("ipv6")
    if network.scope != "local":
        words.append(network.scope)
    if network.attachable:
        words.append("attachable")
    if network.ingress:
        words.append("ingress")
    return " ".join(words)


def attached(world: World, network: Network) -> str:
    """`2` containers hold an endpoint; `2+1` when another one is on it but stopped."""
    members = world.members(network.id)
    active = sum(1 for m in members if m.container.active)
    stopped = len(members) - active
    return f"{active}+{stopped}" if stopped else str(active)


def order(network: Network) -> tuple[bool, str, str]:
    """User-defined networks first, then the built-in ones, each by name."""
    return (network.builtin, network.name, network.id)


def networks_table(world: World, text: str = "") -> Table:
    """All networks that the filter text lets through."""
    rows = tuple(
        Row(
            network.id,
            (
                Cell(network.name, "muted" if network.builtin else "name"),
                Cell(f"{network.driver} {marks(network)}".strip(), _kind_style(network)),
                Cell(_subnets(network), "info"),
                Cell(attached(world, network), "strong"),
            ),
        )
        for network in sorted(world.networks.values(), key=order)
        if matches(text, network_fields(world, network))
    )
    return Table(COLUMNS, rows, _empty(world, text))


def _kind_style(network: Network) -> str:
    return "warn" if network.internal else "muted"


def _subnets(network: Network) -> str:
    first = network.subnets[0].subnet if network.subnets else NONE
    more = len(network.subnets) - 1
    return f"{first} +{more}" if more > 0 else first


def _empty(world: World, text: str) -> str:
    if text:
        return f"No network matches “{text}”. Esc clears the filter."
    return "This engine lists no networks." if world.looked else waiting(world)
