"""A container and its endpoints: one endpoint for each network it is on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """The states that the Engine API names in `State.Status`."""

    CREATED = "created"
    RUNNING = "running"
    PAUSED = "paused"
    RESTARTING = "restarting"
    REMOVING = "removing"
    EXITED = "exited"
    DEAD = "dead"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The attachment of one container to one network.

    `network_id` and `endpoint_id` are empty until the container's first start. `ipv4` and `ipv6`
    carry the prefix length (`172.18.0.2/16`) and are None while there is no address.
    """

    network: str
    network_id: str = ""
    endpoint_id: str = ""
    ipv4: str | None = None
    ipv6: str | None = None
    gateway: str | None = None
    gateway6: str | None = None
    mac: str | None = None
    static_ipv4: str | None = None
    static_ipv6: str | None = None
    aliases: tuple[str, ...] = ()
    dns_names: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    driver_opts: tuple[tuple[str, str], ...] = ()
    gw_priority: int | None = None
    """Priority for the default gateway; None on engines that have no such thing (API < 1.48)."""


@dataclass(frozen=True, slots=True, order=True)
class PortBinding:
    """A container port; published when `host_port` is set, else only exposed."""

    container_port: int
    protocol: str = "tcp"
    host_ip: str | None = None
    host_port: int | None = None


@dataclass(frozen=True, slots=True)
class Container:
    """A container as the engine describes it.

    The list call leaves out aliases, DNS names, hostname, environment and more;
    `inspected` says whether those are known yet.
    """

    id: str
    name: str
    image: str = ""
    state: State = State.UNKNOWN
    exit_code: int | None = None
    health: str | None = None
    error: str = ""
    network_mode: str = ""
    hostname: str = ""
    endpoints: tuple[Endpoint, ...] = ()
    ports: tuple[PortBinding, ...] = ()
    env: tuple[tuple[str, str], ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    command: str = ""
    created: str = ""
    started_at: str = ""
    finished_at: str = ""
    tty: bool = False
    inspected: bool = False
    inspect: str = ""
    """The engine's own answer as indented JSON, kept so that showing it costs no call."""

    @property
    def short_id(self) -> str:
        """The 12 characters that `docker` prints, a DNS name on user-defined networks."""
        return self.id[:12]

    @property
    def active(self) -> bool:
        """Whether it holds its endpoints: running or paused (a paused one keeps its address)."""
        return self.state in (State.RUNNING, State.PAUSED)

    @property
    def joined(self) -> str | None:
        """The id or name of the container whose network namespace this one shares, if any."""
        kind, _, owner = self.network_mode.partition(":")
        return owner if kind == "container" and owner else None

    def endpoint_on(self, network: str) -> Endpoint | None:
        """Its endpoint on the network with this name or id."""
        return next((e for e in self.endpoints if network in (e.network, e.network_id)), None)

    @property
    def first_address(self) -> str | None:
        """The first IP address it has, without prefix length; IPv4 before IPv6."""
        v4 = next((e.ipv4 for e in self.endpoints if e.ipv4), None)
        address = v4 or next((e.ipv6 for e in self.endpoints if e.ipv6), None)
        return bare(address)


def bare(address: str | None) -> str | None:
    """`172.18.0.2/16` → `172.18.0.2`."""
    return address.partition("/")[0] if address else None
