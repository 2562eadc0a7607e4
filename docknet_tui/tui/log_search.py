"""Which match of a searched text the reader stands on."""

from __future__ import annotations

from docknet_tui.tui.log_buffer import LogBuffer


class LogSearch:
    """A text searched in the shown lines, and the line that was gone to last."""

    def __init__(self, buffer: LogBuffer) -> None:
        self._buffer = buffer
        self.needle = ""
        self.current: int | None = None
        """Index of the shown line that was gone to; None before the first."""

    @property
    def found(self) -> list[int]:
        """Indices of the lines with the text."""
        return self._buffer.matching(self.needle)

    @property
    def place(self) -> tuple[int, int]:
        """Which match is the current one, counted from 1, and how many there are."""
        found = self.found
        return (found.index(self.current) + 1 if self.current in found else 0), len(found)

    def look_for(self, needle: str) -> bool:
        """Search another text; whether it is another."""
        if needle == self.needle:
            return False
        self.needle, self.current = needle, None
        return True

    def step(self, by: int, top: int) -> int | None:
        """To the next match or the one before, round the ends; the first time from line `top`."""
        found = self.found
        if not found:
            return None
        if self.current in found:
            self.current = found[(found.index(self.current) + by) % len(found)]
        elif by > 0:
            self.current = next((i for i in found if i >= top), found[0])
        else:
            self.current = next((i for i in reversed(found) if i < top), found[-1])
        return self.current

    def dropped(self, count: int) -> None:
        """Lines fell off the head: the current one has another index now, or none."""
        if self.current is not None:
            self.current = self.current - count if self.current >= count else None
