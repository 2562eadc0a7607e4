"""`docknet-tui ls`: the world as a stable JSON document and as plain text."""

from __future__ import annotations

from typing import Any

from docknet_tui.model.container import Container, Endpoint
from docknet_tui.model.names import names_on
from docknet_tui.model.network import Network
from docknet_tui.model.world import World

from .containers import order as container_order
from .network_detail import names_text
from .networks import marks
from .networks import order as network_order
from .words import NONE, ports_text, state_text

JSON_VERSION = 1
"""Version of the JSON document; it grows only when a field changes its meaning or goes."""


def as_json(world: World) -> dict[str, Any]:
    """The JSON document of `ls --json`: full ids, absent values null, `ipv4` with prefix length."""
    engine = world.engine
    return {
        "version": JSON_VERSION,
        "engine": {
            "endpoint": engine.endpoint if engine else None,
            "version": engine.version if engine else None,
            "api": engine.api if engine else None,
            "id": (engine.id or None) if engine else None,
            "name": (engine.name or None) if engine else None,
        },
        "networks": [
            _network(world, n) for n in sorted(world.networks.values(), key=network_order)
        ],
        "containers": [
            _container(world, c) for c in sorted(world.containers.values(), key=container_order)
        ],
    }


def _network(world: World, network: Network) -> dict[str, Any]:
    return {
        "id": network.id,
        "name": network.name,
        "driver": network.driver,
        "scope": network.scope,
        "internal": network.internal,
        "ipv6": network.ipv6,
        "builtin": network.builtin,
        "subnets": [{"subnet": s.subnet, "gateway": s.gateway} for s in network.subnets],
        "endpoints": [
            {
                "container": m.container.id,
                "name": m.container.name,
                "state": m.container.state.value,
                **_addresses(m.endpoint),
                "names": list(names_on(m.container, m.endpoint, network)),
            }
            for m in world.members(network.id)
        ],
    }


def _container(world: World, container: Container) -> dict[str, Any]:
    endpoints = []
    for endpoint in container.endpoints:
        network = world.network_of(endpoint)
        endpoints.append(
            {
                "network": network.id if network else endpoint.network_id or None,
                "name": endpoint.network,
                **_addresses(endpoint),
                "names": list(names_on(container, endpoint, network)),
            }
        )
    return {
        "id": container.id,
        "name": container.name,
        "image": container.image,
        "state": container.state.value,
        "exit_code": container.exit_code,
        "network_mode": container.network_mode or None,
        "endpoints": endpoints,
        "ports": [
            {
                "container_port": p.container_port,
                "protocol": p.protocol,
                "host_ip": p.host_ip,
                "host_port": p.host_port,
            }
            for p in sorted(
                container.ports,
                key=lambda p: (p.container_port, p.protocol, p.host_port or 0, p.host_ip or ""),
            )
        ],
    }


def _addresses(endpoint: Endpoint) -> dict[str, str | None]:
    return {
        "ipv4": endpoint.ipv4,
        "ipv6": endpoint.ipv6,
        "mac": endpoint.mac,
        "gateway": endpoint.gateway,
    }


def as_text(world: World) -> str:
    """The same for reading and for `grep`: networks with their members, then the rest."""
    lines: list[str] = []
    if world.engine:
        lines.append(f"{world.engine.endpoint} · Docker {world.engine.version}")
    placed: set[str] = set()
    for network in sorted(world.networks.values(), key=network_order):
        subnets = " ".join(s.subnet for s in network.subnets) or NONE
        special = marks(network)
        lines += ["", " ".join(filter(None, (network.name, network.driver, subnets, special)))]
        for member in world.members(network.id):
            placed.add(member.container.id)
            cells = (
                member.container.name,
                state_text(member.container),
                member.endpoint.ipv4 or NONE,
                member.endpoint.mac or NONE,
                ports_text(member.container) or NONE,
                names_text(member.container, member.endpoint, network),
            )
            lines.append("  " + "  ".join(cells))
    rest = [c for c in sorted(world.containers.values(), key=container_order) if c.id not in placed]
    if rest:
        lines += ["", "on no network of this engine"]
        lines += [f"  {c.name}  {state_text(c)}  {c.network_mode or NONE}" for c in rest]
    return "\n".join(lines)
