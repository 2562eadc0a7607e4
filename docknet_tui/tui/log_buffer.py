"""The ring of lines behind a log view, with its filter."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from docknet_tui.text import sgr
from docknet_tui.text.clean import clean
from docknet_tui.text.width import cell_width
from docknet_tui.views.log_line import LogLine

LONGEST_PREFIX = 20
"""Cells at most for a container's name before a line; longer names are cut."""


def contains(line: LogLine, needle: str) -> bool:
    """Whether the line's plain text, or its prefix, has the text. Smart case: a text without
    capitals matches any case."""
    hay = f"{line.prefix} {sgr.plain(line.text)}" if line.prefix else sgr.plain(line.text)
    return needle in (hay if needle != needle.lower() else folded(hay))


def folded(text: str) -> str:
    """Lower case of the same length, so that places found in it are places in the text: a few
    capitals such as `İ` become two characters and are left alone."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


class LogBuffer:
    """At most `limit` lines; `shown` are those that the filter lets through.

    The ring drops a tenth of its size at a time: dropping from the head of a list line by line
    would move all others each time.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._all: list[LogLine] = []
        self._needle = ""
        self._shown: list[LogLine] = self._all
        self.first_shown = 0
        """How many shown lines have been dropped so far: the number of the first one kept."""
        self.widest = 0
        self.prefix_width = 0

    @property
    def shown(self) -> Sequence[LogLine]:
        """The lines that the filter lets through, oldest first."""
        return self._shown

    def extend(self, lines: Sequence[LogLine]) -> int:
        """Append lines; returns how many shown ones fell off the head."""
        if len(lines) > self._limit:
            lines = lines[-self._limit :]
        self._all.extend(lines)
        if self._needle:
            self._shown.extend(line for line in lines if contains(line, self._needle))
        dropped = 0
        if len(self._all) > self._limit:
            excess = len(self._all) - self._limit + self._limit // 10
            dropped = excess
            if self._needle:
                gone = islice(self._all, excess)
                dropped = sum(1 for line in gone if contains(line, self._needle))
                del self._shown[:dropped]
            del self._all[:excess]
            self.first_shown += dropped
        self._note(lines)
        return dropped

    def clear(self) -> None:
        """Drop everything but the filter."""
        self._all = []
        self._shown = [] if self._needle else self._all
        self.first_shown = self.widest = self.prefix_width = 0

    def filter(self, needle: str, keep: int = 0) -> int:
        """Show only lines with this text; the empty text shows all.

        Returns where the shown line `keep`, or the first that is left after it, stands now.
        """
        held = self._shown[keep] if 0 <= keep < len(self._shown) else None
        place = next((i for i, line in enumerate(self._all) if line is held), 0)
        self._needle = needle
        self.first_shown = 0
        if not needle:
            self._shown = self._all
            return place
        before = [line for line in self._all[:place] if contains(line, needle)]
        after = [line for line in self._all[place:] if contains(line, needle)]
        self._shown = before + after
        return len(before)

    def matching(self, needle: str) -> list[int]:
        """Indices of the shown lines with this text."""
        if not needle:
            return []
        return [i for i, line in enumerate(self._shown) if contains(line, needle)]

    def _note(self, lines: Sequence[LogLine]) -> None:
        for line in lines:
            self.widest = max(self.widest, cell_width(sgr.plain(line.text)))
            if line.prefix:
                width = min(LONGEST_PREFIX, cell_width(clean(line.prefix)))
                self.prefix_width = max(self.prefix_width, width)
