"""The detail pane: tabs in its frame, below them a table or text."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.css.query import NoMatches
from textual.getters import query_one
from textual.reactive import var
from textual.widgets import Static

from docknet_tui.keymap import DETAIL
from docknet_tui.model.select import Selection, Subject
from docknet_tui.model.world import World
from docknet_tui.text.width import cell_width, fit
from docknet_tui.tui.keys import bindings
from docknet_tui.tui.log_view import LogView
from docknet_tui.tui.messages import TabChosen
from docknet_tui.tui.row_list import RowList
from docknet_tui.views.log_line import LogLine
from docknet_tui.views.table import Table
from docknet_tui.views.tabs import TABS, detail

GAP = " · "


class DetailPane(Vertical):
    """Everything about the chosen network or container, one tab at a time."""

    KEYS_OF = DETAIL
    BINDINGS: ClassVar[list[BindingType]] = bindings(DETAIL)

    world: var[World] = var(World)
    selection: var[Selection] = var(Selection)
    tabs: var[dict[Subject, int]] = var(dict.fromkeys(Subject, 0))

    table = query_one("#detail-table", RowList)
    text = query_one("#detail-text", LogView)
    note = query_one("#detail-note", Static)

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._drawn: str | None = None
        self._subject: str | None = None
        self._prefix = ""
        self._needle = ""

    def compose(self) -> ComposeResult:
        yield Static(id="detail-note", markup=False)
        yield RowList(id="detail-table")
        yield LogView(id="detail-text", follow=False)

    def on_mount(self) -> None:
        self.draw()

    def watch_world(self) -> None:
        self.draw()

    def watch_selection(self) -> None:
        self.draw()

    def watch_tabs(self) -> None:
        self.draw()

    @property
    def tab_index(self) -> int:
        """The place of the tab that is open."""
        return self.tabs[self.selection.subject]

    def draw(self) -> None:
        """Show the chosen object under the open tab; text keeps its place while it is read."""
        if not self.is_mounted or self.query("#detail-table").first(RowList) is None:
            return
        tab = TABS[self.selection.subject][self.tab_index]
        shown = detail(self.world, self.selection, tab.id)
        self._prefix = f"[0] {self._fitted(shown.title)} ─ "
        self.border_title = Content.assemble(self._prefix, self._tab_line())
        self.note.display = bool(shown.note)
        self.note.update(Content(shown.note))
        self.table.display = shown.text is None
        self.text.display = shown.text is not None
        if shown.text is None:
            self._drawn = None
            self.table.set_table(narrowed(shown.table, self._needle))
        elif shown.text != self._drawn:
            self._show_text(shown.text)

    def _show_text(self, text: str) -> None:
        same = self._subject == self.selection.object_id and self._drawn is not None
        place = self.text.scroll_offset.y if same else 0
        self._drawn, self._subject = text, self.selection.object_id
        self.text.clear()
        self.text.extend([LogLine(line) for line in text.splitlines()])
        self.text.call_after_refresh(self.text.scroll_to, y=place, animate=False, immediate=True)

    def _fitted(self, title: str) -> str:
        """The title, cut where a long name would push the tabs out of the frame."""
        taken = self._tab_line().cell_length + len("[0]  ─ ") + 4
        room = max(8, self.size.width - taken)
        return title if cell_width(title) <= room else fit(title, room)

    def on_resize(self) -> None:
        """The title is cut to the new width."""
        self.draw()

    def _tab_line(self) -> Content:
        parts: list[Content | str | tuple[str, str]] = []
        for index, tab in enumerate(TABS[self.selection.subject]):
            if index:
                parts.append(GAP)
            on = index == self.tab_index
            parts.append((f"‹{tab.title}›", "bold") if on else tab.title)
        return Content.assemble(*parts)

    def on_click(self, event: events.Click) -> None:
        """A click on a tab's name in the frame line opens it."""
        if event.screen_y != self.region.y:
            return
        titles = TABS[self.selection.subject]
        # The frame draws its title after the corner and one blank.
        start = self.region.x + 2 + cell_width(self._prefix)
        for index, tab in enumerate(titles):
            width = cell_width(tab.title) + 2 * (index == self.tab_index)
            if start <= event.screen_x < start + width:
                self.post_message(TabChosen(index))
                return
            start += width + len(GAP)

    @property
    def inner(self) -> RowList | LogView:
        """What takes the focus: the table, or the text where the tab shows text."""
        try:
            return self.text if self.text.display else self.table
        except NoMatches:
            return self.table

    def search(self, needle: str) -> None:
        """Search the text of a text tab; a table keeps only the rows that contain the text."""
        self._needle = needle
        self.text.search(needle)
        self.draw()

    @on(RowList.Moved)
    def quiet(self, event: RowList.Moved) -> None:
        """The cursor in a detail table chooses nothing by itself."""
        event.stop()


def narrowed(table: Table, needle: str) -> Table:
    """The rows with the text in any cell, whatever its case."""
    if not needle:
        return table
    low = needle.lower()
    rows = tuple(r for r in table.rows if any(low in c.text.lower() for c in r.cells))
    return Table(table.columns, rows, f"Nothing here contains “{needle}”.")
