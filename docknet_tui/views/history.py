"""The events tab: what the engine reported about one network or container, newest first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo

from docknet_tui.model.events import Happening
from docknet_tui.model.world import World

from .table import Cell, Column, Row, Table

COLUMNS = (
    Column("TIME", max_width=8),
    Column("KIND", max_width=9, priority=2),
    Column("EVENT", max_width=14),
    Column("WHAT", min_width=8, weight=1),
)

_STYLES = {
    "connect": "ok",
    "start": "ok",
    "create": "info",
    "disconnect": "warn",
    "die": "warn",
    "destroy": "bad",
    "oom": "bad",
}


def events_table(world: World, object_id: str, zone: tzinfo | None = None) -> Table:
    """Events that concern the network or container with this id. `zone` None is local time."""
    chosen = [h for h in world.history if object_id in (h.network, h.container)]
    rows = tuple(
        Row(
            f"{h.at}:{h.kind}:{h.action}:{h.network}:{h.container}",
            (
                Cell(clock(h.at, zone), "muted"),
                Cell(h.kind, "muted"),
                Cell(h.action, _STYLES.get(h.action, "")),
                Cell(sentence(world, h)),
            ),
        )
        for h in reversed(chosen)
    )
    return Table(COLUMNS, rows, "Nothing has happened to it since docknet-tui has been watching.")


def clock(nanoseconds: int, zone: tzinfo | None = None) -> str:
    """`14:03:59` of an engine time stamp in nanoseconds."""
    return datetime.fromtimestamp(nanoseconds // 10**9, UTC).astimezone(zone).strftime("%H:%M:%S")


def sentence(world: World, happening: Happening) -> str:
    """Who did what, with both partners named: `moderator joined party`."""
    if happening.kind == "network" and happening.action in ("connect", "disconnect"):
        container = world.containers.get(happening.container)
        who = container.name if container else happening.container[:12] or "a container"
        verb = "joined" if happening.action == "connect" else "left"
        return f"{who} {verb} {happening.name}"
    return _join((happening.name, happening.detail))


def _join(parts: Iterable[str]) -> str:
    return " · ".join(part for part in parts if part)
