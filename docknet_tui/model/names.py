"""By what names others on a network resolve a container: one answer for every engine version."""

from __future__ import annotations

from collections.abc import Iterable

from .container import Container, Endpoint
from .network import Network


def names_on(container: Container, endpoint: Endpoint, network: Network | None) -> tuple[str, ...]:
    """The names that resolve to `container` for others on `network`, none if none does.

    Docker 26 and later list them in `DNSNames`; 20.10 has aliases and short id in `Aliases` and
    adds the container name itself. A stopped container does not resolve, a paused one does, and
    networks without the embedded DNS server have no names at all.
    """
    if network is None or not network.has_dns or not container.active:
        return ()
    return configured_names(container, endpoint)


def configured_names(container: Container, endpoint: Endpoint) -> tuple[str, ...]:
    """The names it has, or will have once it runs: name, aliases as given, short id, hostname."""
    return _unique(
        (
            container.name,
            *endpoint.aliases,
            *endpoint.dns_names,
            container.short_id,
            container.hostname,
        )
    )


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    """Without empties and repeats; DNS names compare without case. The short id comes last."""
    seen: dict[str, str] = {}
    for name in names:
        if name:
            seen.setdefault(name.lower(), name)
    return tuple(seen.values())
