"""The filter language of the lists: words and `key:value` terms, all of which must match.

A word is a substring looked for in every field. Smart case: a word without capitals matches any
case. Known keys narrow the search to one kind of field: `net: ip: port: state: name: image:
alias: id: label:`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from docknet_tui.model.container import Container
from docknet_tui.model.names import configured_names
from docknet_tui.model.network import Network
from docknet_tui.model.world import World

Fields = Mapping[str, tuple[str, ...]]

KEYS = ("name", "id", "net", "ip", "port", "state", "image", "alias", "label", "driver")
"""Keys that narrow a term. A word with any other prefix, such as `fe80::1`, is a plain word."""


@dataclass(frozen=True, slots=True)
class Term:
    """One condition: `value` somewhere in the fields under `key`, or in any field."""

    key: str | None
    value: str

    def matches(self, fields: Fields) -> bool:
        """Whether one of the fields contains the value."""
        pools = [fields.get(self.key, ())] if self.key else fields.values()
        sensitive = self.value != self.value.lower()
        return any(
            self.value in (text if sensitive else text.lower()) for pool in pools for text in pool
        )


def parse(text: str) -> tuple[Term, ...]:
    """The terms of a filter text; an empty text has none and matches everything."""
    terms = []
    for word in text.split():
        key, colon, value = word.partition(":")
        if colon and key.lower() in KEYS:
            if value:
                terms.append(Term(key.lower(), value))
        else:
            terms.append(Term(None, word))
    return tuple(terms)


def matches(text: str, fields: Fields) -> bool:
    """Whether the filter text lets through an object with these fields."""
    return all(term.matches(fields) for term in parse(text))


def container_fields(world: World, container: Container) -> Fields:
    """What a container can be found by."""
    published = [p for p in container.ports if p.host_port is not None]
    return {
        "name": (container.name,),
        "id": (container.id,),
        "image": (container.image,),
        "state": (container.state.value, *((container.health,) if container.health else ())),
        "net": tuple(e.network for e in container.endpoints) or (container.network_mode,),
        "ip": tuple(
            text for e in container.endpoints for text in (e.ipv4, e.ipv6, e.mac, e.gateway) if text
        ),
        "alias": tuple(
            name for e in container.endpoints for name in configured_names(container, e)
        ),
        "port": (
            *(str(p.container_port) for p in container.ports),
            *(str(p.host_port) for p in published),
        ),
        "label": tuple(f"{k}={v}" for k, v in container.labels),
    }


def network_fields(world: World, network: Network) -> Fields:
    """What a network can be found by; its members' names and addresses count too."""
    members = world.members(network.id)
    return {
        "name": (network.name,),
        "net": (network.name,),
        "id": (network.id,),
        "driver": (network.driver, network.scope),
        "ip": (
            *(s.subnet for s in network.subnets),
            *(s.gateway for s in network.subnets if s.gateway),
            *(t for m in members for t in (m.endpoint.ipv4, m.endpoint.ipv6) if t),
        ),
        "alias": tuple(n for m in members for n in configured_names(m.container, m.endpoint)),
        "label": tuple(f"{k}={v}" for k, v in network.labels),
    }
