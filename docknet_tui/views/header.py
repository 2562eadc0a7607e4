"""The header line: which engine this is, and whether what is on screen is live."""

from __future__ import annotations

from docknet_tui.model.events import LinkState
from docknet_tui.model.world import World

LIVE = {LinkState.LIVE: "● live", LinkState.CONNECTING: "◌ connecting", LinkState.LOST: "✗ lost"}
STYLE = {LinkState.LIVE: "ok", LinkState.CONNECTING: "warn", LinkState.LOST: "bad"}


def engine_text(world: World, endpoint: str) -> str:
    """Endpoint, context and engine version; `endpoint` while no engine has answered yet."""
    engine = world.engine
    if engine is None:
        return endpoint
    parts = [engine.endpoint.removeprefix("unix://")]
    if engine.context:
        parts.append(f"context {engine.context}")
    # Distributions add a suffix of their own: 28.5.2+dfsg4.
    parts.append(f"Docker {engine.version.partition('+')[0]}".strip())
    return " · ".join(parts)


def counts_text(world: World) -> str:
    """`5 networks · 7 containers`."""
    if not world.looked:
        return ""
    networks, containers = len(world.networks), len(world.containers)
    return (
        f"{networks} network{'' if networks == 1 else 's'} · "
        f"{containers} container{'' if containers == 1 else 's'}"
    )


def banner_text(world: World) -> str:
    """What is wrong and what to do while the engine does not answer; empty when it does."""
    if world.link.state is not LinkState.LOST:
        return ""
    stale = " What you see is the last known state." if world.looked else ""
    cure = f" {world.link.cure}" if world.link.cure else ""
    return f"{world.link.reason}{cure} Retrying by itself.{stale}"
