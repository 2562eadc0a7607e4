"""How the addresses of a network's pools are used, and where pools collide."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from .container import bare
from .network import Network, Subnet
from .world import World

Pool = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class PoolUse:
    """One pool: how many addresses Docker may hand out from it and how many are held.

    `size` counts the pool's (or its range's) addresses without network, broadcast and gateway;
    `used` the running containers' addresses inside it; `overlaps` the names of other networks
    whose pools share addresses with it.
    """

    subnet: Subnet
    size: int
    used: int
    overlaps: tuple[str, ...] = ()

    @property
    def free(self) -> int:
        """Addresses that are left."""
        return max(0, self.size - self.used)


def pool(subnet: str) -> Pool | None:
    """The pool as a network, or None when the text is no CIDR (foreign drivers list `null`)."""
    try:
        return ip_network(subnet, strict=False)
    except ValueError:
        return None


def address_plan(world: World, network: Network) -> tuple[PoolUse, ...]:
    """The use of each pool of `network`."""
    held = [
        ip_address(address)
        for member in world.members(network.id)
        for text in (member.endpoint.ipv4, member.endpoint.ipv6)
        if (address := bare(text))
    ]
    plan = []
    for subnet in network.subnets:
        whole = pool(subnet.subnet)
        if whole is None:
            plan.append(PoolUse(subnet, 0, 0))
            continue
        handed = pool(subnet.ip_range) if subnet.ip_range else None
        used = sum(1 for address in held if address in (handed or whole))
        size = _usable(whole, handed, subnet.gateway)
        plan.append(PoolUse(subnet, size, used, _overlaps(world, network, whole)))
    return tuple(plan)


def _usable(whole: Pool, handed: Pool | None, gateway: str | None) -> int:
    area = handed or whole
    size = area.num_addresses
    reserved = [whole.network_address]
    if whole.version == 4:
        reserved.append(whole.broadcast_address)
    # Docker keeps one address for the gateway even where the engine does not list it.
    reserved.append(ip_address(gateway) if gateway else whole.network_address + 1)
    return max(0, size - len({a for a in reserved if a in area}))


def _overlaps(world: World, network: Network, mine: Pool) -> tuple[str, ...]:
    names = {
        other.name
        for other in world.networks.values()
        if other.id != network.id
        for subnet in other.subnets
        if (theirs := pool(subnet.subnet)) is not None
        and theirs.version == mine.version
        and mine.overlaps(theirs)
    }
    return tuple(sorted(names))
