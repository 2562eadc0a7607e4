"""A virtual view of log lines: a ring of plain lines, decoded only where one looks."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from docknet_tui.tui import log_paint
from docknet_tui.tui.log_buffer import LogBuffer
from docknet_tui.tui.log_rows import LogRows
from docknet_tui.tui.log_search import LogSearch
from docknet_tui.tui.paint import component
from docknet_tui.views.log_line import LogLine

STRIPS = 500
"""Decoded lines kept: several screens of them; decoding one costs about 25 µs."""

NARROWEST = 10
"""Cells that wrapped text gets at least, however much stands before it."""


class LogView(ScrollView, can_focus=True):
    """Follows its end until the reader scrolls up; End, or scrolling to the end, follows again."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "rows(1)", "down", show=False),
        Binding("k,up", "rows(-1)", "up", show=False),
        Binding("pagedown,ctrl+d", "pages(1)", "page down", show=False),
        Binding("pageup,ctrl+u", "pages(-1)", "page up", show=False),
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
        self._follow_at_first = follow
        self._following = follow
        self._search = LogSearch(self._buffer)
        self._strips: OrderedDict[int, list[Strip]] = OrderedDict()
        self._rows = LogRows()
        self._measuring = False

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
        before, lead = len(self.lines), self._lead_width
        dropped = self._buffer.extend(lines)
        top, lost = self.scroll_offset.y, self._rows.total
        if dropped > before:
            self._rows.reset(self.lines, self._row_width)
        else:
            lost = self._rows.drop(dropped)
            self._rows.grow(self.lines[before - dropped :])
        self._search.dropped(dropped)
        if lead != self._lead_width:  # a longer name moves the text of all lines
            self._lay_out()
        else:
            self._size_up()
        if not self._following and lost:
            self.scroll_to(y=max(0, top - lost), animate=False, immediate=True)
        self._settle()

    def clear(self) -> None:
        """Drop all lines; follow again if that is what this view did at first."""
        self._buffer.clear()
        self._search.current = None
        self._lay_out()
        if self.is_mounted:
            self.scroll_to(y=0, x=0, animate=False, immediate=True)
        self._follow(self._follow_at_first)
        self.refresh()

    def search(self, needle: str) -> int:
        """Highlight this text in all lines (smart case); returns the number of matching lines."""
        if self._search.look_for(needle):
            self._strips.clear()
            self.refresh()
        return len(self._search.found)

    def filter(self, needle: str) -> None:
        """Keep only the lines with this text (smart case); the empty text shows all again."""
        top = self._buffer.filter(needle, self._top)
        self._search.current = None
        self._lay_out(top)
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
        return self._search.place

    def _step(self, by: int) -> None:
        current = self._search.step(by, self._top)
        if current is None:
            return
        self._strips.clear()
        self._follow(False)
        y = max(0, self._rows.start_of(current) - self.scrollable_content_region.height // 2)
        self.scroll_to(y=y, animate=False, immediate=True)
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

    # Moves are not animated: a line that arrives would end the animation where it began, and the
    # reader could not get away from the end of a busy log.

    def action_rows(self, by: int) -> None:
        """Some rows down, or up."""
        y = min(max(0, self.scroll_offset.y + by), self.max_scroll_y)
        self.scroll_to(y=y, animate=False, immediate=True)

    def action_pages(self, by: int) -> None:
        """Some pages down, or up; one row stays in sight."""
        self.action_rows(by * max(1, self.scrollable_content_region.height - 1))

    def action_scroll_home(self) -> None:
        """To the first line."""
        self.action_rows(-self._rows.total)

    def action_scroll_end(self) -> None:
        """To the end, and stay there."""
        self._follow(True)
        self._settle()

    # Measures.

    def on_resize(self) -> None:
        """Wrapped lines change their heights with the width, as they do with what is shown."""
        self._lay_out()
        self._settle()

    watch_wrap = watch_show_stamps = on_resize

    def watch_show_horizontal_scrollbar(self) -> None:
        """The bar covers the last row, and the widget's size stays: there is no resize event."""
        self.call_after_refresh(self._settle)

    def notify_style_update(self) -> None:
        """Decoded lines hold colours of the theme."""
        super().notify_style_update()
        self._strips.clear()

    def _lay_out(self, top: int | None = None) -> None:
        """Measure all lines again; the line `top`, or the one there now, stays at the top."""
        top = self._top if top is None else top
        self._strips.clear()
        self._rows.reset(self.lines, self._row_width)
        self._size_up()
        if self.is_mounted and not self._following and top < len(self.lines):
            y = self._rows.start_of(top)
            if y != self.scroll_offset.y and self._rows.line_at(self.scroll_offset.y) != (top, 0):
                self.scroll_to(y=y, animate=False, immediate=True)

    def _size_up(self) -> None:
        width = 0 if self.wrap else self._lead_width + self._buffer.widest
        self._measuring = True
        self.virtual_size = Size(width, self._rows.total)
        self._measuring = False

    @property
    def _top(self) -> int:
        """The index of the line at the top of the screen."""
        found = self._rows.line_at(self.scroll_offset.y)
        return found[0] if found else 0

    @property
    def _row_width(self) -> int:
        width = self.scrollable_content_region.width - self._lead_width
        return max(NARROWEST, width) if self.wrap else 0

    @property
    def _lead_width(self) -> int:
        return log_paint.Lead(self.show_stamps, self._buffer.prefix_width).width

    # Drawing.

    def render_line(self, y: int) -> Strip:
        """One row of the screen."""
        base = self.rich_style
        (left, top), width = self.scroll_offset, self.size.width
        found = self._rows.line_at(y + top)
        if found is None:
            return Strip.blank(width, base)
        index, row = found
        strips = self._strips_of(index, base)
        if row >= len(strips):  # the line held control bytes, which took rows when measured
            return Strip.blank(width, base)
        return strips[row].crop_extend(left, left + width, base)

    def _strips_of(self, index: int, base: Style) -> list[Strip]:
        # The number survives lines that fall off the head, so a line is decoded once.
        number = self._buffer.first_shown + index
        cached = self._strips.get(number)
        if cached is not None:
            self._strips.move_to_end(number)
            return cached
        strips = log_paint.strips(
            self.lines[index],
            lambda name: component(self, f"log-view--{name}"),
            base,
            lead=log_paint.Lead(self.show_stamps, self._buffer.prefix_width),
            width=self._rows.width,
            needle=self._search.needle,
            current=index == self._search.current,
        )
        self._strips[number] = strips
        if len(self._strips) > STRIPS:
            self._strips.popitem(last=False)
        return strips
