"""How many terminal cells a text takes, and how to fit it into a number of them."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import category, east_asian_width


@lru_cache(4096)
def _char_width(char: str) -> int:
    if category(char) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    return 2 if east_asian_width(char) in ("W", "F") else 1


def cell_width(text: str) -> int:
    """The cells that `text` takes: wide characters two, combining ones none."""
    return len(text) if text.isascii() else sum(map(_char_width, text))


def fit(text: str, width: int, align: str = "left") -> str:
    """`text` in exactly `width` cells: padded, or cut with an ellipsis."""
    if width <= 0:
        return ""
    taken = cell_width(text)
    if taken > width:
        text = _cut(text, width - 1) + "…"
        taken = cell_width(text)
    padding = " " * (width - taken)
    return padding + text if align == "right" else text + padding


def _cut(text: str, width: int) -> str:
    if text.isascii():
        return text[:width]
    used = 0
    for index, char in enumerate(text):
        used += _char_width(char)
        if used > width:
            return text[:index]
    return text
