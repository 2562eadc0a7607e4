"""An engine's event as a line of the event view."""

from __future__ import annotations

from docknet_tui.model.events import Happening

from .port import Notice


def happening(notice: Notice) -> Happening:
    """The event with the ids it concerns and what its attributes add in words."""
    attributes = dict(notice.attributes)
    name = attributes.get("name", "")
    return Happening(
        at=notice.at,
        kind=notice.kind,
        action=notice.action,
        name=name,
        network=notice.id if notice.kind == "network" else "",
        container=notice.id if notice.kind == "container" else attributes.get("container", ""),
        detail=_detail(notice.action, attributes),
    )


def _detail(action: str, attributes: dict[str, str]) -> str:
    match action:
        case "die":
            return f"exit code {attributes.get('exitCode', '?')}"
        case "rename":
            return f"was {attributes.get('oldName', '?').removeprefix('/')}"
        case "create" if "image" in attributes:
            return f"from {attributes['image']}"
        case "health_status" | "not inspected":
            return attributes.get("detail", "")
    return ""
