"""What the rest of the product may ask of an engine. Textual-free and docker-free."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from docknet_tui.model.container import Container
from docknet_tui.model.events import EngineInfo
from docknet_tui.model.network import Network


class EngineError(Exception):
    """The engine did not do what was asked. `reason` and `cure` are sentences for a person."""

    def __init__(self, reason: str, cure: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.cure = cure


class NoEngine(EngineError):
    """No engine answers at all: no socket, no permission, refused, timed out, unknown context."""


class NotThere(EngineError):
    """The object asked for does not exist (any more)."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One message of the engine's event stream, reduced to what identifies it.

    `at` is the engine's clock in nanoseconds. `action` has no `: details` suffix.
    `attributes` are the actor's, text cleaned.
    """

    at: int
    kind: str
    action: str
    id: str
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class LogChunk:
    """A whole line of a container's output. `stamp` is RFC 3339 with nanoseconds, or empty."""

    container: str
    text: str
    stderr: bool = False
    stamp: str = ""


class Notices(Protocol):
    """The event stream. Iterating blocks; it ends when the link breaks or `close` is called."""

    def __iter__(self) -> Iterator[Notice]: ...

    def close(self) -> None:
        """End the iteration from another thread. Safe to call twice."""
        ...


class LogStream(Protocol):
    """A container's output. Iterating blocks; it ends with the container or with `close`."""

    def __iter__(self) -> Iterator[LogChunk]: ...

    def close(self) -> None:
        """End the iteration from another thread. Safe to call twice."""
        ...


class Engine(Protocol):
    """One Docker Engine. Every call may raise EngineError; none waits without a timeout."""

    def info(self) -> EngineInfo:
        """Who answers, and in which version."""
        ...

    def clock(self) -> float:
        """The engine's own time in seconds since the epoch."""
        ...

    def networks(self) -> tuple[Network, ...]:
        """All networks, in one call."""
        ...

    def containers(self) -> tuple[Container, ...]:
        """All containers, stopped ones too, in one call; not `inspected`."""
        ...

    def network(self, id: str) -> Network:
        """One network. Raises NotThere."""
        ...

    def container(self, id: str) -> Container:
        """One container, inspected. Raises NotThere."""
        ...

    def notices(self, since: float) -> Notices:
        """The events from `since` (engine seconds, inclusive) on, without exec noise."""
        ...

    def logs(self, id: str, *, tail: int, since: float | None, follow: bool) -> LogStream:
        """Output of a container, the last `tail` lines first, from `since` on (engine seconds)."""
        ...

    def alive(self) -> bool:
        """Whether the engine answers a ping within a short time."""
        ...

    def close(self) -> None:
        """Close every connection and stream."""
        ...
