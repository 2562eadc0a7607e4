"""Whose output the logs pane shows, and how each line is prefixed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from docknet_tui.model.select import Selection
from docknet_tui.model.world import World

PREFIX_STYLES = ("name-1", "name-2", "name-3", "name-4", "name-5", "name-6")
"""Styles given to containers in turn; the name itself stands in each line, so colour is a help."""


@dataclass(frozen=True, slots=True)
class LogPlan:
    """The containers to read, by full id, and the title for the pane.

    `prefixed` says whether lines carry the container's name, needed once there are several.
    """

    ids: tuple[str, ...] = ()
    title: str = ""
    prefixed: bool = False


def log_plan(
    world: World, selection: Selection, *, pinned: frozenset[str], merged: bool
) -> LogPlan:
    """Pinned containers if there are any, else the chosen network's members when merged,
    else the chosen container."""
    if kept := tuple(sorted((id for id in pinned if id in world.containers), key=_by_name(world))):
        return LogPlan(kept, f"{len(kept)} pinned", True)
    if merged and (network := world.networks.get(selection.network or "")):
        ids = tuple(dict.fromkeys(m.container.id for m in world.members(network.id)))
        return LogPlan(ids, f"all of {network.name}", True)
    container = world.containers.get(selection.container or "")
    return LogPlan((container.id,), container.name) if container else LogPlan()


def _by_name(world: World) -> Callable[[str], tuple[str, str]]:
    return lambda id: (world.containers[id].name, id)


def prefix(world: World, plan: LogPlan, id: str) -> tuple[str, str]:
    """The name before a line and its style; both empty when only one container is shown."""
    if not plan.prefixed:
        return "", ""
    container = world.containers.get(id)
    place = plan.ids.index(id) if id in plan.ids else 0
    name = container.name if container else id[:12]
    return name, PREFIX_STYLES[place % len(PREFIX_STYLES)]
