"""A Docker network and its address pools."""

from __future__ import annotations

from dataclasses import dataclass

BUILTIN_NAMES = frozenset({"bridge", "host", "none"})


@dataclass(frozen=True, slots=True)
class Subnet:
    """One IPAM pool of a network, in CIDR notation.

    `gateway` is absent where the engine does not tell it: a fresh 20.10 lists none for the
    default bridge, and internal networks of 28 have none.
    """

    subnet: str
    gateway: str | None = None
    ip_range: str | None = None


@dataclass(frozen=True, slots=True)
class Network:
    """A network as `GET /networks/{id}` describes it, without its members.

    Members are never read from the network: the engine leaves stopped containers out there.
    They come from the containers' endpoints (see `World.members`).
    """

    id: str
    name: str
    driver: str = "bridge"
    scope: str = "local"
    internal: bool = False
    ipv6: bool = False
    attachable: bool = False
    ingress: bool = False
    subnets: tuple[Subnet, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    created: str = ""
    inspect: str = ""
    """The engine's own answer as indented JSON, kept so that showing it costs no call."""

    @property
    def short_id(self) -> str:
        """The 12 characters that `docker` prints."""
        return self.id[:12]

    @property
    def builtin(self) -> bool:
        """One of the three networks that every engine has and that cannot be removed."""
        return self.name in BUILTIN_NAMES and self.scope == "local"

    @property
    def has_dns(self) -> bool:
        """Whether containers on it resolve each other by name.

        The embedded DNS server serves user-defined networks only; the default bridge, `host`
        and `none` have none (docs.docker.com, "Bridge network driver").
        """
        return not self.builtin

    def option(self, name: str) -> str | None:
        """The value of driver option `name`, or None when it was not set."""
        return dict(self.options).get(name)
