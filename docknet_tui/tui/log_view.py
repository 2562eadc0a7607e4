"""A virtual view of log lines: a ring of plain lines, decoded only where one looks."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from docknet_tui.text import sgr
from docknet_tui.text.width import cell_width, fit
from docknet_tui.tui.log_buffer import LogBuffer
from docknet_tui.views.log_line import LogLine

STRIPS = 500
"""Decoded lines kept: several screens of them; decoding one costs about 25 µs."""


class LogView(ScrollView, can_focus=True):
    """Follows its end until the reader scrolls up; End, or scrolling to the end, follows again."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "scroll_down", "down", show=False),
        Binding("k,up", "scroll_up", "up", show=False),
        Binding("pagedown,ctrl+d", "page_down", "page down", show=False),
        Binding("pageup,ctrl+u", "page_up", "page up", show=False),
        Binding("home,g", "scroll_home", "first", show=False),
        Binding("end,G", "scroll_end", "last", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "log-view--stamp",
        "log-view--stderr",
        "log-view--match",
        "log-view--current",
        "log-view--muted",
        *(f"log-view--name-{n}" for n in range(1, 7)),
    }
    # overflow-y is scroll, not auto: with auto the first scroll comes before the bar exists and
    # is refused.
    DEFAULT_CSS = """
    LogView {
        overflow-x: auto;
        overflow-y: scroll;
        scrollbar-size: 1 1;
        & > .log-view--stamp { color: $text-muted; &:ansi { text-style: dim; } }
        & > .log-view--muted { color: $text-muted; &:ansi { text-style: dim; } }
        & > .log-view--stderr { color: $text-error; }
        & > .log-view--match { background: $warning 40%; text-style: underline; }
        & > .log-view--current { background: $warning; color: $background; text-style: bold; }
        & > .log-view--name-1 { color: $text-primary; text-style: bold; }
        & > .log-view--name-2 { color: $text-success; text-style: bold; }
        & > .log-view--name-3 { color: $text-warning; text-style: bold; }
        & > .log-view--name-4 { color: $text-accent; text-style: bold; }
        & > .log-view--name-5 { color: $text-secondary; text-style: bold; }
        & > .log-view--name-6 { color: $text-error; text-style: bold; }
    }
    """

    show_stamps: reactive[bool] = reactive(False)
    wrap: reactive[bool] = reactive(False)

    @dataclass
    class FollowChanged(Message):
        """The view began or ceased to follow its end."""

        following: bool

    def __init__(
        self,
        *,
        id: str | None = None,
        classes: str | None = None,
        follow: bool = True,
        max_lines: int = 10_000,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._buffer = LogBuffer(max_lines)
        self._following = follow
        self._needle = ""
        self._current: int | None = None
        self._strips: OrderedDict[tuple[int, int], list[Strip]] = OrderedDict()
        self._widest = 0
        self._heights: list[int] = []
        """Where each shown line starts when lines are wrapped; empty when they are not."""

    @property
    def following(self) -> bool:
        """Whether new lines scroll the view."""
        return self._following

    @property
    def lines(self) -> Sequence[LogLine]:
        """The lines that the filter lets through, oldest first."""
        return self._buffer.shown

    def extend(self, lines: Sequence[LogLine]) -> None:
        """Append whole lines; the oldest fall off, and what the reader looks at stays still."""
        dropped = self._buffer.extend(lines)
        top = self.scroll_offset.y
        lost = self._height_of(dropped)
        self._measure()
        if not self._following and lost:
            self.scroll_to(y=max(0, top - lost), animate=False, immediate=True)
        self._settle()

    def clear(self) -> None:
        """Drop all lines and follow again."""
        self._buffer.clear()
        self._strips.clear()
        self._current = None
        self._measure()
        if self.is_mounted:
            self.scroll_to(y=0, x=0, animate=False, immediate=True)
        self.refresh()

    def search(self, needle: str) -> int:
        """Highlight this text in all lines (smart case); returns the number of matching lines."""
        if needle != self._needle:
            self._needle, self._current = needle, None
            self._strips.clear()
            self.refresh()
        return len(self._buffer.matching(needle))

    def filter(self, needle: str) -> None:
        """Keep only the lines with this text (smart case); the empty text shows all again."""
        self._buffer.filter(needle)
        self._strips.clear()
        self._measure()
        self._settle()

    def next_match(self) -> None:
        """Go to the next line with the searched text, from the top again after the last."""
        self._step(1)

    def previous_match(self) -> None:
        """Go to the line before, from the end again after the first."""
        self._step(-1)

    @property
    def match_place(self) -> tuple[int, int]:
        """Which match the view stands on, and how many there are; (0, n) before the first."""
        found = self._buffer.matching(self._needle)
        at = found.index(self._current) + 1 if self._current in found else 0
        return at, len(found)

    def _step(self, by: int) -> None:
        found = self._buffer.matching(self._needle)
        if not found:
            return
        if self._current in found:
            self._current = found[(found.index(self._current) + by) % len(found)]
        else:
            top = self._line_at(self.scroll_offset.y)[0]
            after = [i for i in found if i >= top]
            self._current = (after[0] if after else found[0]) if by > 0 else found[-1]
        self._strips.clear()
        height = self.scrollable_content_region.height
        self._follow(False)
        self.scroll_to(
            y=max(0, self._start_of(self._current) - height // 2), animate=False, immediate=True
        )
        self.refresh()

    # Following.

    def _follow(self, on: bool) -> None:
        if on != self._following:
            self._following = on
            self.post_message(self.FollowChanged(on))

    def _settle(self) -> None:
        if self._following and self.is_mounted:
            self.scroll_to(y=self.max_scroll_y, animate=False, immediate=True)
        self.refresh()

    def watch_scroll_y(self, old: float, new: float) -> None:
        super().watch_scroll_y(old, new)
        # Lines that arrive move the end away from a follower: only an upward move lets go.
        if new < old and new < self.max_scroll_y and not self._measuring:
            self._follow(False)
        elif new > old and new >= self.max_scroll_y:
            self._follow(True)

    def action_scroll_end(self) -> None:
        """To the end, and stay there."""
        self._follow(True)
        self._settle()

    def scroll_to_end(self) -> None:
        """The same, for others to call."""
        self.action_scroll_end()

    # Measures.

    _measuring = False

    def on_resize(self) -> None:
        """Wrapped lines change their heights with the width."""
        self._strips.clear()
        self._measure()
        self._settle()

    def watch_wrap(self) -> None:
        self._strips.clear()
        self._measure()
        self._settle()

    def watch_show_stamps(self) -> None:
        self._strips.clear()
        self._measure()
        self._settle()

    def _measure(self) -> None:
        lines = self._buffer.shown
        if self.wrap:
            starts, at = [], 0
            for index in range(len(lines)):
                starts.append(at)
                at += self._rows_of(lines[index])
            self._heights, total, width = starts, at, 0
        else:
            self._heights, total = [], len(lines)
            width = self._lead_width + self._buffer.widest
        self._measuring = True
        self.virtual_size = Size(width, total)
        self._measuring = False

    def _rows_of(self, line: LogLine) -> int:
        width = max(1, self.scrollable_content_region.width)
        length = self._lead_width + cell_width(sgr.plain(line.text))
        return max(1, -(-length // width))

    def _height_of(self, dropped: int) -> int:
        if not dropped or not self._heights:
            return dropped
        return self._heights[min(dropped, len(self._heights) - 1)]

    def _line_at(self, y: int) -> tuple[int, int]:
        """Index of the shown line at this row, and which of its rows it is."""
        if not self._heights:
            return y, 0
        index = bisect_right(self._heights, y) - 1
        return index, y - self._heights[index]

    def _start_of(self, index: int) -> int:
        return self._heights[index] if self._heights else index

    @property
    def _lead_width(self) -> int:
        name = self._buffer.prefix_width
        return 2 + (13 if self.show_stamps else 0) + (name + 1 if name else 0)

    # Drawing.

    def render_line(self, y: int) -> Strip:
        """One row of the screen."""
        base = self.rich_style
        left, top = self.scroll_offset
        width = self.size.width
        index, row = self._line_at(y + top)
        lines = self._buffer.shown
        if not 0 <= index < len(lines):
            return Strip.blank(width, base)
        strips = self._strips_of(index, lines[index], base)
        strip = strips[min(row, len(strips) - 1)]
        return strip.crop_extend(left, left + width, base)

    def _strips_of(self, index: int, line: LogLine, base: Style) -> list[Strip]:
        # The number survives lines that fall off the head, so a strip is decoded once.
        key = (self._buffer.first_shown + index, self.size.width)
        cached = self._strips.get(key)
        if cached is not None:
            self._strips.move_to_end(key)
            return cached
        strip = Strip(self._segments(index, line, base))
        if self.wrap:
            width = max(1, self.scrollable_content_region.width)
            cuts = range(0, max(1, strip.cell_length), width)
            strips = [strip.crop(at, min(at + width, strip.cell_length)) for at in cuts]
        else:
            strips = [strip]
        self._strips[key] = strips
        if len(self._strips) > STRIPS:
            self._strips.popitem(last=False)
        return strips

    def _component(self, name: str) -> Style:
        return self.get_component_rich_style(f"log-view--{name}", partial=True)

    def _segments(self, index: int, line: LogLine, base: Style) -> list[Segment]:
        stderr = base + self._component("stderr") if line.stderr else base
        segments = [Segment("! " if line.stderr else "  ", stderr)]
        if self.show_stamps:
            segments.append(Segment(fit(_time(line.stamp), 13), base + self._component("stamp")))
        if self._buffer.prefix_width:
            style = base + self._component(line.prefix_style) if line.prefix_style else base
            segments.append(Segment(fit(line.prefix, self._buffer.prefix_width) + " ", style))
        for text, face in sgr.runs(line.text):
            segments += self._marked(text, index, (stderr if line.stderr else base) + _rich(face))
        return segments

    def _marked(self, text: str, index: int, style: Style) -> list[Segment]:
        needle = self._needle
        if not needle:
            return [Segment(text, style)]
        hay = text if needle != needle.lower() else text.lower()
        if len(hay) != len(text):  # lower() may change the length outside ASCII
            return [Segment(text, style)]
        mark = style + self._component("current" if index == self._current else "match")
        found, at = [], 0
        while (hit := hay.find(needle, at)) >= 0:
            if hit > at:
                found.append(Segment(text[at:hit], style))
            found.append(Segment(text[hit : hit + len(needle)], mark))
            at = hit + len(needle)
        if at < len(text):
            found.append(Segment(text[at:], style))
        return found


def _time(stamp: str) -> str:
    """`2026-11-24T06:30:01.123456789Z` → `06:30:01.123`."""
    return stamp.partition("T")[2][:12].rstrip("Z")


def _rich(style: sgr.Style) -> Style:
    if style == sgr.PLAIN:
        return Style.null()
    return Style(
        color=style.fg,
        bgcolor=style.bg,
        bold=style.bold or None,
        dim=style.dim or None,
        italic=style.italic or None,
        underline=style.underline or None,
        reverse=style.reverse or None,
        strike=style.strike or None,
    )
