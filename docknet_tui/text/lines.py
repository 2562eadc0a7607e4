"""Bytes in any chunks to whole lines."""

from __future__ import annotations

LONGEST = 64 * 1024
"""Bytes after which a line is broken even without an end; a program may never write one."""


class LineAssembler:
    """Collects bytes and gives back whole lines, the same ones however the bytes are cut.

    A line that was rewritten by carriage returns (a progress bar) is given in its last form.
    """

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> list[str]:
        """The lines that are complete now, without their ends."""
        *whole, rest = (self._rest + data).split(b"\n")
        lines = [_text(piece) for line in whole for piece in _pieces(line)]
        while len(rest) > LONGEST:
            lines.append(_text(rest[:LONGEST]))
            rest = rest[LONGEST:]
        self._rest = rest
        return lines

    def flush(self) -> list[str]:
        """What is left of a last line without an end."""
        rest, self._rest = self._rest, b""
        return [_text(rest)] if rest else []


def _pieces(line: bytes) -> list[bytes]:
    if len(line) <= LONGEST:
        return [line]
    return [line[at : at + LONGEST] for at in range(0, len(line), LONGEST)]


def _text(line: bytes) -> str:
    stripped = line.rstrip(b"\r")
    return stripped.rpartition(b"\r")[2].decode("utf-8", "replace")
