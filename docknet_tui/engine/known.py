"""What the feed knows of one connection's engine, in step with what it has told the reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from threading import Lock

from docknet_tui.model.container import Container
from docknet_tui.model.events import (
    ContainerChanged,
    ContainerGone,
    EngineInfo,
    Event,
    Looked,
    NetworkChanged,
    NetworkGone,
)
from docknet_tui.model.network import Network


class Known:
    """Networks and containers by id. One lock holds the order of events to that of the changes.

    An answer may arrive late: after the object's end, or after the connection's. Ids are never
    used twice, so what is `gone` stays gone; after `retire` nothing is told any more.
    """

    def __init__(self, tell: Callable[[Event], None]) -> None:
        self._tell = tell
        self._lock = Lock()
        self._gone: set[str] = set()
        self._retired = False
        self.networks: dict[str, Network] = {}
        self.containers: dict[str, Container] = {}

    def looked(
        self,
        info: EngineInfo,
        networks: Iterable[Network],
        listed: Iterable[Container],
        before: Known | None,
    ) -> None:
        """A full look. Details of containers that `before` knew just so are kept on screen."""
        old = before.containers if before is not None else {}
        with self._lock:
            self.networks = {n.id: n for n in networks}
            self.containers = {
                c.id: known if (known := old.get(c.id)) and gist(known) == gist(c) else c
                for c in listed
            }
            everything = tuple(self.networks.values()), tuple(self.containers.values())
            self._say(Looked(info, *everything))

    def container(self, container: Container) -> None:
        """An inspected container."""
        with self._lock:
            if (
                container.id not in self._gone
                and self.containers.get(container.id) != container
                and not self._retired
            ):
                self.containers[container.id] = container
                self._say(ContainerChanged(container))

    def container_gone(self, id: str) -> None:
        """The container does not exist any more."""
        with self._lock:
            self._gone.add(id)
            self.containers.pop(id, None)
            self._say(ContainerGone(id))

    def network(self, network: Network) -> None:
        """A network, listed or inspected."""
        with self._lock:
            known = self.networks.get(network.id)
            # Inspect adds the members to what the list says; only the rest is compared.
            if network.id not in self._gone and (known is None or _facts(known) != _facts(network)):
                self.networks[network.id] = network
                self._say(NetworkChanged(network))

    def network_gone(self, id: str) -> tuple[str, ...]:
        """The network does not exist any more; the ids of containers that refer to it."""
        with self._lock:
            self._gone.add(id)
            self.networks.pop(id, None)
            self._say(NetworkGone(id))
            return tuple(
                c.id
                for c in self.containers.values()
                if any(e.network_id == id for e in c.endpoints)
            )

    def created(self, id: str) -> None:
        """A swarm network may come to this node again under the id that it had before."""
        with self._lock:
            self._gone.discard(id)

    def differing(self, listed: Iterable[Container]) -> tuple[str, ...]:
        """The ids of containers that are new, or not as known."""
        with self._lock:
            return tuple(
                c.id
                for c in listed
                if (known := self.containers.get(c.id)) is None or gist(known) != gist(c)
            )

    def retire(self) -> None:
        """The connection is over: late answers are dropped."""
        with self._lock:
            self._retired = True

    def _say(self, event: Event) -> None:
        if not self._retired:
            self._tell(event)


def gist(container: Container) -> tuple[object, ...]:
    """What both the list and inspect tell, so that one can be held against the other."""
    return (
        container.name,
        container.state,
        tuple(
            (e.network, e.network_id, e.endpoint_id, e.ipv4, e.ipv6, e.mac)
            for e in container.endpoints
        ),
        tuple(p for p in container.ports if p.host_port is not None),
    )


def _facts(network: Network) -> tuple[object, ...]:
    return (
        network.name,
        network.driver,
        network.scope,
        network.internal,
        network.ipv6,
        network.attachable,
        network.subnets,
        network.options,
        network.labels,
    )
