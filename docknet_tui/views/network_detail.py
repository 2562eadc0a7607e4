"""The detail tabs of a network: members and address plan."""

from __future__ import annotations

from docknet_tui.model.address_plan import PoolUse, address_plan
from docknet_tui.model.container import Container, Endpoint
from docknet_tui.model.names import configured_names, names_on
from docknet_tui.model.network import Network
from docknet_tui.model.world import World

from .networks import marks
from .table import Cell, Column, Row, Table
from .words import NONE, ports_text, state_style, state_text

MEMBER_COLUMNS = (
    Column("CONTAINER", min_width=8, max_width=24),
    Column("STATE", min_width=7, max_width=19, priority=1),
    Column("IPv4", min_width=9, max_width=18),
    Column("IPv6", max_width=30, priority=5),
    Column("MAC", max_width=17, priority=4),
    Column("NAMES", min_width=10, weight=1, priority=2),
    Column("PORTS", max_width=30, priority=3),
)

FACT_COLUMNS = (Column("WHAT", max_width=22), Column("VALUE", min_width=10, weight=1))


def names_text(container: Container, endpoint: Endpoint, network: Network | None) -> str:
    """What others on the network can resolve it by, or in words why nothing resolves."""
    if network is None:
        return "– (this network is gone)"
    if network.name == "bridge" and network.builtin:
        return "– (no DNS on this network)"
    if not network.has_dns:
        return NONE
    if not container.inspected:
        return "…"
    if not container.active:
        return f"({' '.join(configured_names(container, endpoint))} when running)"
    return " ".join(names_on(container, endpoint, network))


def members_table(world: World, network: Network) -> Table:
    """The containers on a network, the running ones first, stopped ones too."""
    rows = tuple(
        Row(
            m.container.id,
            (
                Cell(m.container.name, "name" if m.container.active else "muted"),
                Cell(state_text(m.container), state_style(m.container)),
                Cell(m.endpoint.ipv4 or _wish(m.endpoint.static_ipv4), "info"),
                Cell(m.endpoint.ipv6 or _wish(m.endpoint.static_ipv6), "info"),
                Cell(m.endpoint.mac or NONE, "muted"),
                Cell(names_text(m.container, m.endpoint, network), "accent"),
                Cell(ports_text(m.container) or NONE, "strong"),
            ),
            dim=not m.container.active,
        )
        for m in world.members(network.id)
    )
    return Table(MEMBER_COLUMNS, rows, _no_members(network))


def _wish(static: str | None) -> str:
    return f"({static})" if static else NONE


def _no_members(network: Network) -> str:
    if network.name == "none" and network.builtin:
        return (
            "No container on none. A container started with --network none has only its loopback."
        )
    if network.name == "host" and network.builtin:
        return (
            "No container on host. One started with --network host uses the host's own addresses."
        )
    command = f"docker network connect {network.name} CONTAINER"
    return f"No container is on {network.name}. Add one: {command}"


def address_table(world: World, network: Network) -> Table:
    """Pools with gateway, range, used and free addresses and overlaps, then the options."""
    facts: list[tuple[str, str, str]] = [
        ("driver", f"{network.driver}, scope {network.scope}", ""),
        ("marks", marks(network) or NONE, ""),
    ]
    plan = address_plan(world, network)
    for use in plan:
        facts += _pool_facts(use)
    if not plan:
        facts.append(("subnet", f"{NONE} (driver {network.driver} has no address pool)", "muted"))
    facts.append(("containers talk", _icc(network), ""))
    facts.append(("way out", _way_out(network), "warn" if network.internal else ""))
    facts += [("option", f"{k} = {v}", "muted") for k, v in network.options]
    facts += [("label", f"{k} = {v}", "muted") for k, v in network.labels]
    facts += [("created", network.created or NONE, "muted"), ("id", network.id, "muted")]
    return _facts(facts)


def _facts(facts: list[tuple[str, str, str]]) -> Table:
    rows = tuple(
        Row(f"{i}", (Cell(what, "muted"), Cell(value, style)))
        for i, (what, value, style) in enumerate(facts)
    )
    return Table(FACT_COLUMNS, rows, "Nothing to show.")


def _pool_facts(use: PoolUse) -> list[tuple[str, str, str]]:
    subnet = use.subnet
    facts = [
        ("subnet", subnet.subnet, "info"),
        ("  gateway", subnet.gateway or f"{NONE} (the engine lists none)", "info"),
        ("  range", subnet.ip_range or "the whole subnet", ""),
        ("  used", f"{use.used} of {use.size:,}, {use.free:,} free", "" if use.free else "bad"),
    ]
    if use.overlaps:
        facts.append(("  overlaps", ", ".join(use.overlaps), "bad"))
    return facts


def _icc(network: Network) -> str:
    if network.driver == "bridge":
        icc = (network.option("com.docker.network.bridge.enable_icc") or "true").lower()
        if icc in ("false", "0", "f"):
            return "no: inter-container communication (icc) is off"
    if network.driver == "null":
        return "no: each container has only its own loopback"
    return "yes" if network.driver != "host" else "yes, as processes of the host do"


def _way_out(network: Network) -> str:
    if network.internal:
        return "none: internal, no route to other networks or the outside"
    if network.driver == "null":
        return NONE
    return (
        "through the gateway" if network.driver == "bridge" else f"as driver {network.driver} does"
    )
