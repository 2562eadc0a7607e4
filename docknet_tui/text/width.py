"""How many terminal cells a text takes, and how to fit it into a number of them."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import category, east_asian_width

_JOINING = (range(0x1160, 0x1200), range(0xD7B0, 0xD800), range(0x1F3FB, 0x1F400))
"""Hangul vowels and finals, and skin tones: drawn into the cells of the character before."""

_NEWLY_WIDE = (range(0x2630, 0x2638), range(0x268A, 0x2690), range(0x4DC0, 0x4E00))
_NEWLY_WIDE_FAR = (range(0x1D300, 0x1D357), range(0x1D360, 0x1D377))
"""Wide since Unicode 16, which `unicodedata` of an older Python does not know yet."""

_SIGNS = (range(0x600, 0x606), range(0x890, 0x892), range(0x110BD, 0x110CE))
_SIGNS_ALONE = (0xAD, 0x6DD, 0x70F, 0x8E2)
"""Format characters that are drawn nevertheless, such as the Arabic number sign."""


@lru_cache(8192)
def _char_width(char: str) -> int:
    code = ord(char)
    if any(code in span for span in _JOINING):
        return 0
    if code in _SIGNS_ALONE or any(code in span for span in _SIGNS):
        return 1
    if category(char) in ("Mn", "Me", "Mc", "Cf", "Cc", "Zl", "Zp"):
        return 0
    if any(code in span for span in _NEWLY_WIDE + _NEWLY_WIDE_FAR):
        return 2
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
        text = text[: cut(text, width - 1)] + "…"
        taken = cell_width(text)
    padding = " " * (width - taken)
    return padding + text if align == "right" else text + padding


def cut(text: str, width: int, start: int = 0) -> int:
    """The index after the longest piece of `text` from `start` that takes at most `width` cells.

    Combining characters stay with the character they belong to.
    """
    if text.isascii():
        return min(len(text), start + max(0, width))
    used = 0
    for index in range(start, len(text)):
        used += _char_width(text[index])
        if used > width:
            return index
    return len(text)
