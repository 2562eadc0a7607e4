"""One line of a log as plain data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LogLine:
    """`text` may hold colour sequences and nothing else; `stamp` is RFC 3339 or empty; `prefix`
    names the container where several are shown."""

    text: str
    stderr: bool = False
    stamp: str = ""
    prefix: str = ""
    prefix_style: str = ""
