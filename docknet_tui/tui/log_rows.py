"""Which screen row belongs to which log line, wrapped or not."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from docknet_tui.text import sgr
from docknet_tui.text.width import cut
from docknet_tui.views.log_line import LogLine


def breaks(text: str, width: int) -> list[int]:
    """Where to break plain text into rows of `width` cells: the index each row starts at."""
    if text.isascii():
        return list(range(0, len(text), width)) or [0]
    starts, at = [0], cut(text, width)
    while at < len(text):
        starts.append(at)
        at = max(at + 1, cut(text, width, at))
    return starts


class LogRows:
    """The rows that lines take. Lines come at the end and go at the head, so the start of each is
    summed up once: measuring all of 10,000 anew for each batch would take 15 ms."""

    def __init__(self) -> None:
        self._width = 0
        self._count = 0
        self._starts = [0]

    @property
    def width(self) -> int:
        """Cells of a row; 0 when lines are not wrapped and take one row each."""
        return self._width

    @property
    def total(self) -> int:
        """All rows."""
        return self._starts[-1] - self._starts[0] if self._width else self._count

    def reset(self, lines: Sequence[LogLine], width: int) -> None:
        """Measure these lines, and no others, for rows of this width."""
        self._width, self._count, self._starts = width, 0, [0]
        self.grow(lines)

    def grow(self, lines: Iterable[LogLine]) -> None:
        """Lines were added at the end."""
        for line in lines:
            self._count += 1
            if self._width:
                rows = len(breaks(sgr.plain(line.text), self._width))
                self._starts.append(self._starts[-1] + rows)

    def drop(self, count: int) -> int:
        """Lines were dropped from the head; returns the rows they took."""
        self._count -= count
        if not self._width:
            return count
        lost = self._starts[count] - self._starts[0]
        del self._starts[:count]
        return lost

    def start_of(self, index: int) -> int:
        """The first row of a line."""
        return self._starts[index] - self._starts[0] if self._width else index

    def line_at(self, row: int) -> tuple[int, int] | None:
        """The index of the line at a row and which of its rows that is; None beyond the end."""
        if not 0 <= row < self.total:
            return None
        if not self._width:
            return row, 0
        index = bisect_right(self._starts, row + self._starts[0]) - 1
        return index, row - self.start_of(index)
