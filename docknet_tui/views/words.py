"""Short words for states, ports and addresses, shared by all views."""

from __future__ import annotations

from collections.abc import Iterable

from docknet_tui.model.container import Container, PortBinding, State, bare
from docknet_tui.model.events import LinkState
from docknet_tui.model.world import World

NONE = "–"
"""Shown where there is nothing, so that an empty cell never looks like a drawing mistake."""

ANY_V4, ANY_V6 = "0.0.0.0", "::"


def waiting(world: World) -> str:
    """What a list says before the engine has been looked at."""
    if world.link.state is LinkState.LOST:
        return "No engine yet: the line above says why. This list fills by itself."
    return "Looking at the engine…"


def state_text(container: Container) -> str:
    """`running`, `exited 3`, `running · unhealthy`: state, exit code, health."""
    text = container.state.value
    if container.state in (State.EXITED, State.DEAD) and container.exit_code is not None:
        text += f" {container.exit_code}"
    elif container.state is State.CREATED and container.error:
        text += " failed"
    if container.active and container.health and container.health != "none":
        text += f" · {container.health}"
    return text


def state_style(container: Container) -> str:
    """The semantic style of a state; the word itself says the same without colour."""
    if container.state is State.RUNNING:
        return "bad" if container.health == "unhealthy" else "ok"
    if container.state is State.CREATED:
        return "bad" if container.error else "info"
    if container.state in (State.PAUSED, State.RESTARTING, State.REMOVING):
        return "warn"
    if container.state is State.EXITED and not container.exit_code:
        return "muted"
    return "bad"


def host_part(ip: str | None, port: int | None) -> str:
    """`127.0.0.1:8080`, `[::1]:8080`, `*:8080` for every address."""
    if port is None:
        return NONE
    if ip in (None, "", ANY_V4, ANY_V6, "*"):
        return f"*:{port}"
    return f"[{ip}]:{port}" if ":" in (ip or "") else f"{ip}:{port}"


def fold(ports: Iterable[PortBinding]) -> tuple[PortBinding, ...]:
    """Ports sorted, with the IPv6 twin of a wildcard binding folded into its IPv4 one.

    Docker lists `0.0.0.0:8080` and `[::]:8080` for what the user typed as `-p 8080:80`; the pair
    becomes one binding with host address `*`. A lone one keeps the address it was given.
    """
    unique = set(ports)
    folded: set[PortBinding] = set()
    for p in unique:
        if p.host_ip in (ANY_V4, ANY_V6):
            twin_ip = ANY_V6 if p.host_ip == ANY_V4 else ANY_V4
            twin = PortBinding(p.container_port, p.protocol, twin_ip, p.host_port)
            if twin in unique:
                folded.add(PortBinding(p.container_port, p.protocol, "*", p.host_port))
                continue
        folded.add(p)
    return tuple(
        sorted(
            folded,
            key=lambda p: (p.container_port, p.protocol, p.host_port or 0, p.host_ip or ""),
        )
    )


def port_text(port: PortBinding) -> str:
    """`*:8080→80`, `127.0.0.1:53→53/udp`, `80 (exposed)`."""
    inside = str(port.container_port) + ("" if port.protocol == "tcp" else f"/{port.protocol}")
    if port.host_port is None:
        return f"{inside} (exposed)"
    shown = host_part(port.host_ip, port.host_port)
    if port.host_ip == ANY_V4:
        shown = f"{ANY_V4}:{port.host_port}"
    elif port.host_ip == ANY_V6:
        shown = f"[::]:{port.host_port}"
    return f"{shown}→{inside}"


def ports_text(container: Container, *, exposed: bool = False) -> str:
    """All published ports in one cell, and the exposed ones when asked for."""
    shown = [p for p in fold(container.ports) if exposed or p.host_port is not None]
    return ", ".join(map(port_text, shown))


def address_tail(address: str | None) -> str:
    """An address without its prefix length, or a dash."""
    return bare(address) or NONE
