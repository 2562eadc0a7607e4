"""What can happen to the world: the only inputs of `reduce`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .container import Container
from .network import Network


class LinkState(StrEnum):
    """How the connection to the engine stands."""

    CONNECTING = "connecting"
    LIVE = "live"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Link:
    """The connection to the engine; `reason` and `cure` are sentences to show when it is lost."""

    state: LinkState = LinkState.CONNECTING
    reason: str = ""
    cure: str = ""


@dataclass(frozen=True, slots=True)
class EngineInfo:
    """The engine that answers. `id` outlives restarts; `api` is its highest API version."""

    endpoint: str
    context: str | None = None
    version: str = ""
    api: str = ""
    id: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """One event as the engine reported it, kept for the event view.

    `at` is nanoseconds since the epoch by the engine's clock. `network` and `container` are the
    ids concerned, empty where the event does not concern one; `name` is the object's name.
    """

    at: int
    kind: str
    action: str
    name: str = ""
    network: str = ""
    container: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Looked:
    """A full look at the engine: replaces all networks and containers."""

    engine: EngineInfo
    networks: tuple[Network, ...]
    containers: tuple[Container, ...]


@dataclass(frozen=True, slots=True)
class NetworkChanged:
    """This is what the network looks like now; new networks arrive the same way."""

    network: Network


@dataclass(frozen=True, slots=True)
class NetworkGone:
    """The engine no longer knows this network."""

    id: str


@dataclass(frozen=True, slots=True)
class ContainerChanged:
    """This is what the container looks like now; new containers arrive the same way."""

    container: Container


@dataclass(frozen=True, slots=True)
class ContainerGone:
    """The engine no longer knows this container."""

    id: str


@dataclass(frozen=True, slots=True)
class LinkChanged:
    """The connection to the engine changed its state."""

    link: Link


@dataclass(frozen=True, slots=True)
class Happened:
    """Something for the event view; changes nothing else."""

    happening: Happening


Event = (
    Looked
    | NetworkChanged
    | NetworkGone
    | ContainerChanged
    | ContainerGone
    | LinkChanged
    | Happened
)
