"""The styles of a widget's component classes, as they look on the widget's background."""

from __future__ import annotations

from rich.style import Style
from textual.widget import Widget


def component(widget: Widget, name: str) -> Style:
    """What a component class sets and nothing else, to be added to the style of a line.

    `get_component_rich_style(partial=True)` ignores transparency: `auto 60%` becomes pure white
    and `$primary 45%` the full colour. The colours come from the blended style instead.
    """
    own = widget.get_component_rich_style(name, partial=True)
    blended = widget.get_component_rich_style(name)
    return own + Style(
        color=blended.color if own.color else None,
        bgcolor=blended.bgcolor if own.bgcolor else None,
    )
