"""Everything known about one engine, as one frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from .container import Container, Endpoint
from .events import EngineInfo, Happening, Link
from .network import Network

HISTORY_LIMIT = 1000
"""Events kept for the event views; the engine itself keeps 256."""


def _no_networks() -> Mapping[str, Network]:
    return MappingProxyType({})


def _no_containers() -> Mapping[str, Container]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Member:
    """A container seen from one network it is on."""

    container: Container
    endpoint: Endpoint


@dataclass(frozen=True, slots=True)
class World:
    """Networks and containers by id, the engine they live on, and how the link to it stands."""

    networks: Mapping[str, Network] = field(default_factory=_no_networks)
    containers: Mapping[str, Container] = field(default_factory=_no_containers)
    engine: EngineInfo | None = None
    link: Link = field(default_factory=Link)
    history: tuple[Happening, ...] = ()
    looked: bool = False
    """Whether the engine has been listed at least once."""

    def network_of(self, endpoint: Endpoint) -> Network | None:
        """The network an endpoint belongs to, or None for a dangling entry.

        Before a container's first start the entry has no id and joins by name. A built-in network
        joins by name too: the default bridge gets a new id at every daemon start, while stopped
        containers keep the old one. Any other entry whose id is unknown is dangling, even where a
        network of the same name exists: starting that container fails with 404.
        """
        if found := self.networks.get(endpoint.network_id):
            return found
        named = (n for n in self.networks.values() if n.name == endpoint.network)
        if not endpoint.network_id:
            # HostConfig.NetworkMode may be an id prefix, and so may the key of the entry.
            return next(named, None) or self._by_prefix(endpoint.network)
        return next((n for n in named if n.builtin), None)

    def _by_prefix(self, prefix: str) -> Network | None:
        if len(prefix) < 4:
            return None
        hits = [n for n in self.networks.values() if n.id.startswith(prefix)]
        return hits[0] if len(hits) == 1 else None

    def members(self, network_id: str) -> tuple[Member, ...]:
        """The containers with an endpoint on this network, stopped ones included, by name."""
        found = [
            Member(container, endpoint)
            for container in self.containers.values()
            for endpoint in container.endpoints
            if (network := self.network_of(endpoint)) and network.id == network_id
        ]
        return tuple(sorted(found, key=lambda m: (not m.container.active, m.container.name)))

    def dangling(self, container: Container) -> tuple[Endpoint, ...]:
        """Its entries for networks that no longer exist."""
        return tuple(e for e in container.endpoints if self.network_of(e) is None)

    def owner(self, container: Container) -> Container | None:
        """The container whose network namespace this one uses; itself unless it joined another.

        None when the owner is gone. A chain of joiners is followed to its end.
        """
        seen = {container.id}
        current = container
        while joined := current.joined:
            found = self.containers.get(joined) or next(
                (c for c in self.containers.values() if joined in (c.name, c.short_id)), None
            )
            if found is None or found.id in seen:
                return None
            seen.add(found.id)
            current = found
        return current
