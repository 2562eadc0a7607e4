"""A log line with colour sequences to runs of text and plain style data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

NAMES = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
_SGR = re.compile(r"\x1b\[([0-9;:]*)m")
_FLAGS = {1: "bold", 2: "dim", 3: "italic", 4: "underline", 7: "reverse", 9: "strike"}
_OFF = {
    22: ("bold", "dim"),
    23: ("italic",),
    24: ("underline",),
    27: ("reverse",),
    29: ("strike",),
}


@dataclass(frozen=True, slots=True)
class Style:
    """How a run looks. Colours are `#rrggbb`, or one of the 16 names such as `bright_red`."""

    fg: str | None = None
    bg: str | None = None
    bold: bool = False
    dim: bool = False
    italic: bool = False
    underline: bool = False
    reverse: bool = False
    strike: bool = False


PLAIN = Style()


def runs(line: str) -> tuple[tuple[str, Style], ...]:
    """The line's text in runs of one style each; codes that are no colour or face are ignored."""
    if "\x1b" not in line:
        return ((line, PLAIN),) if line else ()
    found, style, at = [], PLAIN, 0
    for match in _SGR.finditer(line):
        if match.start() > at:
            found.append((line[at : match.start()], style))
        style = _apply(style, match[1])
        at = match.end()
    if at < len(line):
        found.append((line[at:], style))
    return tuple(found)


def plain(line: str) -> str:
    """The line's text without its colours, as a search or a filter looks at it."""
    return _SGR.sub("", line)


@lru_cache(2048)
def _apply(style: Style, codes: str) -> Style:
    """The style after one sequence. `4:3` and `38:2::1:2:3` are one code with its details; in
    `38;2;1;2;3` the details are the codes that follow."""
    numbers = iter(codes.split(";"))
    for code in numbers:
        head, *details = code.split(":")
        number = _number(head)
        if number in (38, 48):
            if details[:1] == ["2"] and len(details) > 4:
                del details[1]  # the colour space, which is nearly always left out
            rest = iter(details) if details else numbers
            if colour := _extended(map(_number, rest)):
                style = _with(style, {"fg" if number == 38 else "bg": colour})
        elif number == 4 and details[:1] == ["0"]:
            style = replace(style, underline=False)
        else:
            style = _simple(style, number)
    return style


def _number(digits: str) -> int:
    """No code is longer than three digits, and `int` refuses more than 4,300 of them."""
    return int(digits or 0) if len(digits) <= 3 else -1


def _simple(style: Style, code: int) -> Style:
    if code == 0:
        return PLAIN
    if code in _FLAGS:
        return _with(style, {_FLAGS[code]: True})
    if code in _OFF:
        return _with(style, dict.fromkeys(_OFF[code], False))
    return _basic(style, code)


def _with(style: Style, fields: dict[str, Any]) -> Style:
    return replace(style, **fields)


def _basic(style: Style, code: int) -> Style:
    for start, field, bright in (
        (30, "fg", ""),
        (40, "bg", ""),
        (90, "fg", "bright_"),
        (100, "bg", "bright_"),
    ):
        if start <= code < start + 8:
            return _with(style, {field: bright + NAMES[code - start]})
    if code == 39:
        return replace(style, fg=None)
    return replace(style, bg=None) if code == 49 else style


def _extended(numbers: Iterator[int]) -> str | None:
    """The colour of `38;5;n` or `38;2;r;g;b`; None when it is incomplete or out of range."""
    kind = next(numbers, -1)
    if kind == 2:
        rgb = [next(numbers, 256) for _ in range(3)]
        return None if min(rgb) < 0 or max(rgb) > 255 else "#{:02x}{:02x}{:02x}".format(*rgb)
    index = next(numbers, 256) if kind == 5 else 256
    if not 0 <= index <= 255:
        return None
    if index < 16:
        return ("bright_" if index > 7 else "") + NAMES[index % 8]
    if index > 231:
        return "#" + f"{8 + (index - 232) * 10:02x}" * 3
    levels = (0, 95, 135, 175, 215, 255)
    index -= 16
    return f"#{levels[index // 36]:02x}{levels[index // 6 % 6]:02x}{levels[index % 6]:02x}"
