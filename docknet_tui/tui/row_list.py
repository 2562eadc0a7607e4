"""A virtual list of rows: the cursor is a key, and only lines that changed are drawn again."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from docknet_tui.text.clean import clean
from docknet_tui.text.width import fit
from docknet_tui.tui.paint import component
from docknet_tui.views.table import GAP, Row, Table, layout

GUTTER = 2
"""Cells before each row, for the cursor and the mark."""

STYLES = ("ok", "warn", "bad", "info", "muted", "accent", "name", "strong")


class RowList(ScrollView, can_focus=True):
    """Rows of one table. The cursor stays on its key when rows are sorted, added or removed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "cursor(1)", "down", show=False),
        Binding("k,up", "cursor(-1)", "up", show=False),
        Binding("pagedown,ctrl+d", "page(1)", "page down", show=False),
        Binding("pageup,ctrl+u", "page(-1)", "page up", show=False),
        Binding("home,g", "edge(0)", "first", show=False),
        Binding("end,G", "edge(-1)", "last", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "row-list--header",
        "row-list--cursor",
        "row-list--empty",
        *(f"row-list--{name}" for name in STYLES),
    }
    DEFAULT_CSS = """
    RowList {
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        & > .row-list--header { color: $text-muted; text-style: bold; &:ansi { text-style: dim; } }
        & > .row-list--cursor { background: $surface-lighten-2; }
        &:focus > .row-list--cursor { background: $primary-muted; text-style: bold; }
        & > .row-list--empty { color: $text-muted; &:ansi { text-style: dim; } }
        & > .row-list--ok { color: $text-success; }
        & > .row-list--warn { color: $text-warning; }
        & > .row-list--bad { color: $text-error; }
        & > .row-list--info { color: $text-primary; }
        & > .row-list--muted { color: $text-muted; &:ansi { text-style: dim; } }
        & > .row-list--accent { color: $text-accent; }
        & > .row-list--name { text-style: bold; }
        & > .row-list--strong { color: $text; }
    }
    """

    show_header: reactive[bool] = reactive(True)

    @dataclass
    class Moved(Message):
        """The cursor stands on another key; None when the list is empty."""

        key: str | None

    @dataclass
    class Chosen(Message):
        """Enter or a double click on this row."""

        key: str

    def __init__(
        self,
        *,
        id: str | None = None,
        classes: str | None = None,
        show_header: bool = True,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.set_reactive(RowList.show_header, show_header)
        self._table = Table((), ())
        self._places: dict[str, int] = {}
        self._widths: tuple[int, ...] = ()
        self._key: str | None = None

    @property
    def table(self) -> Table:
        """What is shown."""
        return self._table

    @property
    def cursor_key(self) -> str | None:
        """The key of the row under the cursor; None when there are no rows."""
        return self._key

    @property
    def _place(self) -> int:
        return self._places.get(self._key or "", 0)

    @property
    def _head(self) -> int:
        return 1 if self.show_header and self._table.rows else 0

    def set_table(self, table: Table) -> None:
        """Show this table; the cursor keeps its key, or its place when the key is gone."""
        if table == self._table:
            return
        old, was, key = self._table, self._place, self._key
        held = self._held_line(old)
        self._table = table
        self._places = {row.key: place for place, row in enumerate(table.rows)}
        if key not in self._places:
            rows = table.rows
            self._key = rows[min(was, len(rows) - 1)].key if rows else None
        widths = self._measure()
        same_shape = widths == self._widths and old.columns == table.columns
        same_shape = same_shape and 0 < len(old.rows) == len(table.rows)
        self._widths = widths
        if same_shape and self.is_mounted:
            self._refresh_changed(old)
        else:
            self.virtual_size = Size(self._inner_width, len(table.rows) + self._head)
            self.refresh()
        if held is not None:
            self._hold(*held)
            if held[0] == key:
                self._reveal()
        if self._key != key:
            self.post_message(self.Moved(self._key))

    def _held_line(self, old: Table) -> tuple[str, int] | None:
        """The row that is to stay on its line of the screen when the table changes: the chosen
        one, or the topmost where the reader has scrolled away from that."""
        if self._key is None or not self.is_mounted:
            return None
        top = self.scroll_offset.y
        line = self._place - top
        if 0 <= line < self._page:
            return self._key, line
        return (old.rows[top].key, 0) if top < len(old.rows) else None

    def _hold(self, key: str, line: int) -> None:
        place = self._places.get(key)
        if place is not None and place - line != self.scroll_offset.y:
            self.scroll_to(y=max(0, place - line), animate=False, immediate=True)

    def select(self, key: str) -> None:
        """Put the cursor on this key, if it is listed."""
        if key in self._places and key != self._key:
            self._go(self._places[key])

    def move_cursor(self, by: int) -> None:
        """Move by this many rows, stopping at the ends."""
        if self._table.rows:
            self._go(min(max(self._place + by, 0), len(self._table.rows) - 1))

    def action_cursor(self, by: int) -> None:
        """One row down or up."""
        self.move_cursor(by)

    def action_page(self, by: int) -> None:
        """One page down or up."""
        self.move_cursor(by * max(1, self._page - 1))

    def action_edge(self, place: int) -> None:
        """To the first or the last row."""
        self.move_cursor(-len(self._table.rows) if place == 0 else len(self._table.rows))

    def action_choose(self) -> None:
        """Choose the row under the cursor. No key leads here: where Enter means this, the list's
        owner binds it, because in other places Enter opens or jumps."""
        if self._key is not None:
            self.post_message(self.Chosen(self._key))

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor, a double click chooses."""
        offset = event.get_content_offset(self)
        if offset is None or not self._table.rows:
            return
        place = offset.y - self._head + self.scroll_offset.y
        if offset.y < self._head or not 0 <= place < len(self._table.rows):
            return
        self._go(place)
        if event.chain == 2:
            self.action_choose()

    def on_resize(self) -> None:
        """Columns are measured again for the new width."""
        self._widths = self._measure()
        self.virtual_size = Size(self._inner_width, len(self._table.rows) + self._head)
        self.refresh()
        self.call_after_refresh(self._reveal)

    def _go(self, place: int) -> None:
        key = self._table.rows[place].key
        if key == self._key:
            return
        before = self._place
        self._key = key
        self._refresh_place(before)
        self._refresh_place(place)
        self._reveal()
        self.post_message(self.Moved(key))

    def _reveal(self) -> None:
        height = self._page
        if height <= 0 or not self._table.rows:
            return
        top, place = self.scroll_offset.y, self._place
        if place < top:
            self.scroll_to(y=place, animate=False, immediate=True)
        elif place >= top + height:
            self.scroll_to(y=place - height + 1, animate=False, immediate=True)

    @property
    def _page(self) -> int:
        """How many rows are in sight."""
        return self.scrollable_content_region.height - self._head

    @property
    def _inner_width(self) -> int:
        """Cells for a row. The scroll bar is counted here: Textual shows it only after the size of
        the content is known, when the columns have been laid out already."""
        frame = self.styles.gutter  # without the bar, which `Widget.gutter` has once it is shown
        height = self.outer_size.height - frame.height
        barred = len(self._table.rows) + self._head > height
        return max(1, self.outer_size.width - frame.width - barred)

    def _measure(self) -> tuple[int, ...]:
        width = self._inner_width - GUTTER
        return layout(self._table.columns, self._table.rows, width)

    def _refresh_changed(self, old: Table) -> None:
        top = self.scroll_offset.y
        bottom = min(top + self.size.height, len(self._table.rows))
        for place in range(top, bottom):
            if old.rows[place] != self._table.rows[place]:
                self._refresh_place(place)

    def _refresh_place(self, place: int) -> None:
        y = place + self._head - self.scroll_offset.y
        if 0 <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    def render_line(self, y: int) -> Strip:
        """One line of the screen: the header stays, rows scroll beneath it."""
        base = self.rich_style
        if not self._table.rows:
            return self._empty_line(y, base)
        if y < self._head:
            return self._header(base)
        place = y - self._head + self.scroll_offset.y
        if place >= len(self._table.rows):
            return Strip.blank(self.size.width, base)
        return self._row(self._table.rows[place], base)

    def _component(self, name: str) -> Style:
        return component(self, f"row-list--{name}")

    def _header(self, base: Style) -> Strip:
        style = base + self._component("header")
        parts = [
            fit(column.title, width, column.align)
            for column, width in zip(self._table.columns, self._widths, strict=True)
            if width
        ]
        text = " " * GUTTER + (" " * GAP).join(parts)
        return Strip([Segment(fit(text, self.size.width), style)], self.size.width)

    def _row(self, row: Row, base: Style) -> Strip:
        chosen = row.key == self._key
        line = base + self._component("cursor") if chosen else base
        if row.dim:
            line += Style(dim=True)
        segments = [Segment(("▶" if chosen else " ") + ("●" if row.mark else " "), line)]
        for cell, column, width in zip(row.cells, self._table.columns, self._widths, strict=True):
            if not width:
                continue
            if len(segments) > 1:
                segments.append(Segment(" " * GAP, line))
            style = line + self._component(cell.style) if cell.style else line
            segments.append(Segment(fit(clean(cell.text), width, column.align), style))
        return Strip(segments).adjust_cell_length(self.size.width, line)

    def _empty_line(self, y: int, base: Style) -> Strip:
        lines = wrap(clean(self._table.empty), max(1, self.size.width - 2))
        text = f" {lines[y]}" if y < len(lines) else ""
        style = base + self._component("empty")
        return Strip([Segment(fit(text, self.size.width), style)], self.size.width)
