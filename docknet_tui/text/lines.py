"""Bytes in any chunks to whole lines."""

from __future__ import annotations

LONGEST = 64 * 1024
"""Bytes after which a line is broken even without an end; a program may never write one."""


class LineAssembler:
    """Collects bytes and gives back whole lines, the same ones however the bytes are cut.

    Carriage returns within a line stay: see `last_form`.
    """

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> list[str]:
        """The lines that are complete now, without their ends."""
        *whole, rest = (self._rest + data).split(b"\n")
        lines = [_text(piece) for line in whole for piece in _pieces(line)]
        *broken, self._rest = _pieces(rest)
        return lines + [_text(piece) for piece in broken]

    def flush(self) -> list[str]:
        """What is left of a last line without an end."""
        rest, self._rest = self._rest, b""
        return [_text(rest)] if rest else []


def _pieces(line: bytes) -> list[bytes]:
    """The line broken where it is too long, never within a character of UTF-8."""
    pieces, at = [], 0
    while len(line) - at > LONGEST:
        end = at + LONGEST
        for back in range(4):
            if line[end - back] & 0xC0 != 0x80:
                end -= back
                break
        pieces.append(line[at:end])
        at = end
    return [*pieces, line[at:]]


def _text(line: bytes) -> str:
    return line.rstrip(b"\r").decode("utf-8", "replace")


def last_form(line: str) -> str:
    """A line that was rewritten by carriage returns (a progress bar) as it looks at the end."""
    return line.rpartition("\r")[2]
