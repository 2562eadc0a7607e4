"""A list to choose one thing from: the menu, the help, the copy list, the log's start."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.widgets import Input

from docknet_tui.tui.row_list import RowList
from docknet_tui.views.table import Table


class PickScreen(ModalScreen[str | None]):
    """Shows a table under a filter line; ends with the key of the chosen row, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "close"),
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("enter", "take", show=False),
    ]

    table_view = query_one("#pick-table", RowList)

    def __init__(self, title: str, table: Table) -> None:
        super().__init__()
        self._title = title
        self._table = table

    def compose(self) -> ComposeResult:
        with Vertical(id="pick") as box:
            box.border_title = Content(self._title)
            box.border_subtitle = Content("type to filter · ⏎ choose · esc close")
            yield Input(id="pick-filter", placeholder="filter", compact=True)
            yield RowList(id="pick-table", show_header=False)

    def on_mount(self) -> None:
        self.table_view.set_table(self._table)
        self.query_one("#pick-filter", Input).focus()

    @on(Input.Changed)
    def narrow(self, event: Input.Changed) -> None:
        """Keep the rows that contain the text, whatever its case."""
        needle = event.value.lower()
        rows = tuple(
            row
            for row in self._table.rows
            if needle in " ".join(cell.text for cell in row.cells).lower()
        )
        self.table_view.set_table(Table(self._table.columns, rows, "Nothing matches."))

    @on(Input.Submitted)
    def submitted(self) -> None:
        self.action_take()

    @on(RowList.Chosen)
    def chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.dismiss(event.key)

    @on(RowList.Moved)
    def moved(self, event: RowList.Moved) -> None:
        event.stop()

    def action_move(self, by: int) -> None:
        """Move the cursor while the filter line has the focus."""
        self.table_view.move_cursor(by)

    def action_take(self) -> None:
        """End with the row under the cursor."""
        self.dismiss(self.table_view.cursor_key)

    def action_leave(self) -> None:
        """End without a choice."""
        self.dismiss(None)
