"""What can be copied from a selected row, each with a label."""

from __future__ import annotations

from dataclasses import dataclass

from docknet_tui.model.container import Container, bare
from docknet_tui.model.names import names_on
from docknet_tui.model.network import Network
from docknet_tui.model.world import World

from .words import ANY_V4, ANY_V6, fold


@dataclass(frozen=True, slots=True)
class Copy:
    """One thing to copy: what it is, and the text itself."""

    label: str
    text: str


def container_copies(world: World, container: Container) -> tuple[Copy, ...]:
    """Name, addresses, `ip:port` pairs, names by network, id; without repeats."""
    found = [Copy("name", container.name)]
    owner = world.owner(container) or container
    for endpoint in owner.endpoints:
        for address in (bare(endpoint.ipv4), bare(endpoint.ipv6)):
            if not address:
                continue
            found.append(Copy(f"IP on {endpoint.network}", address))
            shown = f"[{address}]" if ":" in address else address
            ports = sorted({p.container_port for p in owner.ports})
            found += [Copy(f"ip:port on {endpoint.network}", f"{shown}:{p}") for p in ports]
    for port in fold(owner.ports):
        if port.host_port is not None:
            ip = port.host_ip
            host = "localhost" if ip in (None, "", "*", ANY_V4, ANY_V6) else ip
            host = f"[{host}]" if host and ":" in host else host
            found.append(Copy("published port", f"{host}:{port.host_port}"))
    for endpoint in container.endpoints:
        network = world.network_of(endpoint)
        found += [
            Copy(f"alias on {endpoint.network}", name)
            for name in names_on(container, endpoint, network)
            if name not in (container.name, container.short_id)
        ]
    found += [Copy("short id", container.short_id), Copy("id", container.id)]
    return tuple(dict.fromkeys(found))


def network_copies(network: Network) -> tuple[Copy, ...]:
    """Name, subnets, gateways, id."""
    found = [Copy("name", network.name)]
    for subnet in network.subnets:
        found.append(Copy("subnet", subnet.subnet))
        if subnet.gateway:
            found.append(Copy("gateway", subnet.gateway))
    found += [Copy("short id", network.short_id), Copy("id", network.id)]
    return tuple(found)
