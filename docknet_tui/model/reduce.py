"""Events in, next world out. The same object comes back when nothing changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

from .events import (
    ContainerChanged,
    ContainerGone,
    Event,
    Happened,
    Happening,
    LinkChanged,
    Looked,
    NetworkChanged,
    NetworkGone,
)
from .world import HISTORY_LIMIT, World

T = TypeVar("T")


def reduce(world: World, event: Event) -> World:
    """The world after one event."""
    return reduce_all(world, (event,))


def reduce_all(world: World, events: Iterable[Event]) -> World:
    """The world after several events, copied once however many there are.

    A storm of 5,000 events would copy each mapping 5,000 times if it were folded one by one.
    """
    networks, containers = dict(world.networks), dict(world.containers)
    fresh: list[Happening] = []
    engine, link, looked = world.engine, world.link, world.looked
    for event in events:
        match event:
            case Looked():
                engine, looked = event.engine, True
                networks = {n.id: n for n in event.networks}
                containers = {c.id: c for c in event.containers}
            case NetworkChanged(network):
                networks[network.id] = network
            case NetworkGone(id):
                networks.pop(id, None)
            case ContainerChanged(container):
                containers[container.id] = container
            case ContainerGone(id):
                containers.pop(id, None)
            case LinkChanged(new):
                link = new
            case Happened(happening):
                fresh.append(happening)
    after = replace(
        world,
        networks=_kept(world.networks, networks),
        containers=_kept(world.containers, containers),
        history=(*world.history, *fresh)[-HISTORY_LIMIT:] if fresh else world.history,
        engine=engine,
        link=link,
        looked=looked,
    )
    return world if after == world else after


def _kept(old: Mapping[str, T], new: dict[str, T]) -> Mapping[str, T]:
    """`old` itself when nothing changed, so that comparing later is a pointer check."""
    return old if old == new else MappingProxyType(new)
