"""The detail tabs of a container: endpoints, ports, environment and labels."""

from __future__ import annotations

from docknet_tui.model.container import Container, Endpoint, PortBinding
from docknet_tui.model.world import World

from .network_detail import names_text
from .table import Cell, Column, Row, Table
from .words import ANY_V4, ANY_V6, NONE, fold, host_part

ENDPOINT_COLUMNS = (
    Column("NETWORK", min_width=6, max_width=24),
    Column("IPv4", min_width=9, max_width=18),
    Column("GATEWAY", min_width=7, max_width=15, priority=2),
    Column("MAC", max_width=17, priority=3),
    Column("NAMES", min_width=10, weight=1, priority=1),
    Column("IPv6", max_width=34, priority=5),
    Column("ADDRESS", max_width=9, priority=4),
    Column("GW PRIO", max_width=7, priority=6, align="right"),
)

PORT_COLUMNS = (
    Column("CONTAINER PORT", max_width=14),
    Column("HOST", min_width=8, max_width=30),
    Column("WHO CAN REACH IT", min_width=12, weight=1),
)

ENV_COLUMNS = (
    Column("KIND", max_width=6, priority=1),
    Column("NAME", max_width=30),
    Column("VALUE", min_width=8, weight=1),
)


def endpoints_table(world: World, container: Container) -> Table:
    """One row for each network the container is on."""
    shown = world.owner(container) if container.joined else container
    rows = tuple(_endpoint_row(world, shown, e) for e in shown.endpoints) if shown else ()
    return Table(ENDPOINT_COLUMNS, rows, _no_endpoints(container))


def _endpoint_row(world: World, container: Container, endpoint: Endpoint) -> Row:
    network = world.network_of(endpoint)
    static = endpoint.static_ipv4 or endpoint.static_ipv6
    holds = endpoint.ipv4 or endpoint.ipv6
    return Row(
        network.id if network else endpoint.network,
        (
            Cell(endpoint.network, "name" if network else "bad"),
            Cell(_ipv4(container, endpoint), "info"),
            Cell(endpoint.gateway or endpoint.gateway6 or NONE, "info"),
            Cell(endpoint.mac or NONE, "muted"),
            Cell(names_text(container, endpoint, network), "accent"),
            Cell(endpoint.ipv6 or NONE, "info"),
            Cell("static" if static else "dynamic" if holds else NONE, "muted"),
            Cell(NONE if endpoint.gw_priority is None else str(endpoint.gw_priority), "muted"),
        ),
        dim=not container.active,
    )


def _ipv4(container: Container, endpoint: Endpoint) -> str:
    if endpoint.ipv4:
        return endpoint.ipv4
    if endpoint.network == "host" and container.active:
        return "the host's own"
    if endpoint.network == "none":
        return "loopback only"
    return f"({endpoint.static_ipv4})" if endpoint.static_ipv4 else NONE


def _no_endpoints(container: Container) -> str:
    if container.joined:
        return "It shares the network of a container that is gone: only its loopback is left."
    return (
        f"{container.name} is on no network: it has only its loopback. "
        f"Connect it: docker network connect NETWORK {container.name}"
    )


def heading(world: World, container: Container) -> str:
    """One sentence over the endpoints where the table alone would mislead, else empty."""
    if container.joined:
        owner = world.owner(container)
        if owner is None:
            return "Shares the network of a container that is gone."
        stale = container.active and (
            not owner.active or owner.started_at > container.started_at > ""
        )
        if stale:
            return (
                f"Joined {owner.name}, which stopped or restarted since: "
                "it is left with loopback only until it is restarted."
            )
        return f"Shares the network namespace of {owner.name}; these are {owner.name}'s endpoints."
    if container.network_mode == "host":
        return "Uses the host's network directly: no address of its own, ports need no publishing."
    if gone := world.dangling(container):
        names = ", ".join(e.network for e in gone)
        return (
            f"Refers to a network that no longer exists ({names}): it cannot start until "
            f"docker network disconnect --force {gone[0].network} {container.name}"
        )
    if container.error and not container.active:
        return f"Last start failed: {container.error}"
    if not container.active:
        return "Not running: it holds no address now and gets them at the next start."
    return ""


def ports_table(world: World, container: Container) -> Table:
    """Each container port: where it is published and who reaches it there, in words."""
    owner = world.owner(container) or container
    rows = tuple(
        Row(
            f"{p.container_port}/{p.protocol}/{p.host_ip}/{p.host_port}",
            (
                Cell(f"{p.container_port}/{p.protocol}", "name"),
                Cell(_host(p), "strong" if p.host_port is not None else "muted"),
                Cell(_who(world, owner, p)),
            ),
        )
        for p in fold(owner.ports)
    )
    return Table(PORT_COLUMNS, rows, _no_ports(container))


def _host(port: PortBinding) -> str:
    if port.host_port is None:
        return "not published"
    if port.host_ip in (ANY_V4, ANY_V6):
        shown = ANY_V4 if port.host_ip == ANY_V4 else "[::]"
        return f"{shown}:{port.host_port}"
    return host_part(port.host_ip, port.host_port)


def _who(world: World, container: Container, port: PortBinding) -> str:
    networks = [e.network for e in container.endpoints if world.network_of(e)]
    peers = f"containers on {', '.join(networks)}" if networks else "nobody else"
    if container.network_mode == "host":
        return "anyone who reaches the host: it listens on the host itself"
    if not container.active:
        return "nobody: it is not running"
    if port.host_port is None:
        return f"{peers}, at its IP (EXPOSE alone opens nothing on the host)"
    if port.host_ip in ("*", ANY_V4, ANY_V6):
        kind = {ANY_V4: ", IPv4 only", ANY_V6: ", IPv6 only"}.get(port.host_ip or "", "")
        return f"everyone who reaches this host, at port {port.host_port}{kind}; {peers}"
    if port.host_ip and (port.host_ip.startswith("127.") or port.host_ip == "::1"):
        return f"only this host itself, at {host_part(port.host_ip, port.host_port)}; {peers}"
    return f"who reaches the host address {port.host_ip}; {peers}"


def _no_ports(container: Container) -> str:
    if container.network_mode == "host":
        return "Host network: whatever it listens on is open on the host, nothing is published."
    return (
        f"{container.name} exposes and publishes no port. Publishing happens at "
        "docker run --publish HOST:CONTAINER; it cannot be added later."
    )


def env_table(container: Container) -> Table:
    """Environment variables, then labels."""
    rows = tuple(
        Row(f"{kind}:{name}", (Cell(kind, "muted"), Cell(name, "name"), Cell(value)))
        for kind, pairs in (("env", container.env), ("label", container.labels))
        for name, value in pairs
    )
    empty = "No environment variables and no labels." if container.inspected else "Inspecting…"
    return Table(ENV_COLUMNS, rows, empty)
