"""The list: what is on screen, and where the cursor stands, while rows come, go and are sorted."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.events import MouseScrollDown
from textual.pilot import Pilot
from textual.widgets import Button

from docknet_tui.tui.row_list import STYLES, RowList
from docknet_tui.views.table import GAP, Cell, Column, Row, Table, layout

COLUMNS = (Column("NAME", min_width=4, weight=1), Column("N", align="right"))
BODY = 9
"""Rows in sight under the header."""


class Bench(App[None]):
    """A list and something else to focus; keeps what the list says."""

    CSS = "RowList { height: 10; width: 40; }"

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str | None] = []

    def compose(self) -> ComposeResult:
        yield RowList()
        yield Button("other")

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        self.said.append(event.key)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        self.said.append(f"chosen {event.key}")


def row(key: object, style: str = "") -> Row:
    return Row(str(key), (Cell(f"row {key}", style), Cell(str(key))))


def table(*keys: object) -> Table:
    return Table(COLUMNS, tuple(map(row, keys)), "Nothing to see, and a long sentence about why.")


def screen(view: RowList) -> list[str]:
    """The lines of the list as text."""
    return [view.render_line(y).text for y in range(view.size.height)]


def cursor_line(view: RowList) -> int:
    """The line with the cursor's glyph; -1 when it is out of sight."""
    return next((y for y, text in enumerate(screen(view)) if text.startswith("▶")), -1)


def words(view: RowList) -> list[list[str]]:
    """The lines of the list whatever the widths of its columns."""
    return [text.split() for text in screen(view)]


async def started(pilot: Pilot[None], shown: Table) -> RowList:
    view = pilot.app.query_one(RowList)
    view.focus()
    view.set_table(shown)
    await pilot.pause()
    return view


async def test_moves_by_keys_under_a_header_that_stays() -> None:
    app = Bench()
    async with app.run_test(size=(50, 20)) as pilot:
        view = await started(pilot, table(*range(100)))
        for key, place in [
            ("j", 1), ("down", 2), ("k", 1), ("up", 0), ("up", 0), ("pagedown", 8),
            ("G", 99), ("j", 99), ("pageup", 91), ("g", 0), ("end", 99), ("home", 0),
        ]:  # fmt: skip
            await pilot.press(key)
            assert view.cursor_key == str(place)
            assert screen(view)[0].split() == ["NAME", "N"]
            assert screen(view)[cursor_line(view)].split() == ["▶", "row", str(place), str(place)]
        assert app.said[:4] == ["0", "1", "2", "1"]


async def test_cursor_stays_on_its_key_when_rows_are_sorted() -> None:
    app = Bench()
    async with app.run_test(size=(50, 20)) as pilot:
        view = await started(pilot, table(*range(30)))
        view.select("4")
        view.set_table(table(*reversed(range(30))))
        await pilot.pause()
        assert view.cursor_key == "4" and "row 4" in screen(view)[cursor_line(view)]
        assert app.said == ["0", "4"]


async def test_cursor_stays_on_its_line_when_rows_come_and_go_above() -> None:
    async with Bench().run_test(size=(50, 20)) as pilot:
        view = await started(pilot, table(*range(50)))
        view.select("20")
        await pilot.press("k", "k", "k")
        before = words(view)
        view.set_table(table("a", "b", "c", *range(50)))
        await pilot.pause()
        assert words(view) == before
        view.set_table(table(*range(5, 50)))
        await pilot.pause()
        assert words(view) == before


async def test_cursor_keeps_the_place_when_its_row_dies() -> None:
    app = Bench()
    async with app.run_test(size=(50, 20)) as pilot:
        view = await started(pilot, table(*range(30)))
        view.select("20")
        await pilot.pause()
        line = cursor_line(view)
        view.set_table(table(*(n for n in range(30) if n != 20)))
        await pilot.pause()
        assert view.cursor_key == "21" and cursor_line(view) == line
        view.set_table(table(0, 1, 2))
        await pilot.pause()
        assert view.cursor_key == "2" and cursor_line(view) == 3
        view.set_table(table())
        view.set_table(replace(table(), empty="Still nothing"))
        await pilot.pause()
        assert view.cursor_key is None
        assert app.said == ["0", "20", "21", "2", None]


async def test_reader_who_scrolled_away_is_left_alone() -> None:
    async with Bench().run_test(size=(50, 20)) as pilot:
        view = await started(pilot, table(*range(100)))
        for _ in range(6):
            view._on_mouse_scroll_down(MouseScrollDown(view, 1, 1, 0, 1, 0, False, False, False))
            await pilot.pause(0.2)
        assert cursor_line(view) == -1
        before = words(view)
        view.set_table(table(*range(101)))
        view.set_table(table("new", *range(101)))
        await pilot.pause()
        assert words(view) == before and view.cursor_key == "0"
        await pilot.press("j")
        assert cursor_line(view) == 1 or "row 0" in screen(view)[cursor_line(view)]


async def test_select_far_down_before_the_scroll_bar_is_there() -> None:
    async with Bench().run_test(size=(50, 20)) as pilot:
        view = pilot.app.query_one(RowList)
        view.set_table(table(*range(100)))
        view.select("90")
        await pilot.pause()
        assert "row 90" in screen(view)[cursor_line(view)]
        view.select("no such key")
        assert view.cursor_key == "90"


async def test_click_moves_and_double_click_chooses() -> None:
    app = Bench()
    async with app.run_test(size=(50, 20)) as pilot:
        view = await started(pilot, table(*range(5)))
        await pilot.click(RowList, offset=(5, 3))
        assert view.cursor_key == "2"
        await pilot.click(RowList, offset=(5, 0))
        await pilot.click(RowList, offset=(5, 8))
        assert view.cursor_key == "2"
        await pilot.click(RowList, offset=(5, 4), times=2)
        view.action_choose()
        await pilot.pause()
        assert app.said == ["0", "2", "3", "chosen 3", "chosen 3"]


async def test_empty_list_says_why() -> None:
    async with Bench().run_test(size=(50, 20)) as pilot:
        view = await started(pilot, table())
        assert " ".join(" ".join(screen(view)).split()) == table().empty
        view.set_table(replace(table(), empty="[/x] \x1b[2Jother"))
        await pilot.pause()
        assert screen(view)[0].strip() == "[/x] other"


HOSTILE = [
    ("[/x] [ERROR]", "[/x] [ERROR]"),
    ("[fe80::1]:80", "[fe80::1]:80"),
    ("a\x1b[2Jb\x1b]0;pwned\x07c\x9b31md", "abcd"),
    ("宽字宽", "宽字宽"),
    ("שלום \u202eevil", "שלום evil"),
    ("e\u0301", "e\u0301"),
]


@pytest.mark.parametrize(("text", "shown"), HOSTILE)
async def test_hostile_text_is_shown_and_never_obeyed(text: str, shown: str) -> None:
    async with Bench().run_test(size=(50, 20)) as pilot:
        rows = (Row("a", (Cell(text), Cell("7"))), Row("b", (Cell("n" * 300), Cell("8"))))
        view = await started(pilot, Table(COLUMNS, rows))
        first, second = screen(view)[1:3]
        assert first.startswith(f"▶ {shown}") and first.rstrip().endswith(" 7")
        assert "…" in second and second.rstrip().endswith(" 8")


async def test_every_line_is_full_and_has_a_background() -> None:
    async with Bench().run_test(size=(50, 20)) as pilot:
        rows = tuple(replace(row(name, name), dim=True, mark=True) for name in STYLES)
        view = await started(pilot, Table(COLUMNS, rows))
        for width in (40, 12, 3):
            view.styles.width = width
            await pilot.pause()
            for y in range(view.size.height):
                strip = view.render_line(y)
                assert cell_len(strip.text) == strip.cell_length == view.size.width
                assert all(s.style and s.style.bgcolor for s in strip)


async def test_cursor_and_mark_are_glyphs_and_the_focus_shows() -> None:
    async with Bench().run_test(size=(50, 20)) as pilot:
        shown = table("a", "b")
        view = await started(
            pilot, replace(shown, rows=(replace(shown.rows[0], mark=True), row("b")))
        )
        assert screen(view)[1].startswith("▶●") and screen(view)[2].startswith("  ")
        focused = view.render_line(1)
        view.screen.query_one(Button).focus()
        await pilot.pause()
        assert screen(view)[1].startswith("▶●")
        assert list(view.render_line(1)) != list(focused)


async def test_colours_are_blended_with_what_is_beneath() -> None:
    """Muted is darker than plain text, and the cursor is not the bare primary colour."""
    async with Bench().run_test(size=(50, 20)) as pilot:
        view = await started(pilot, Table(COLUMNS, (row("a"), row("b", "muted"))))
        name = next(s for s in view.render_line(2) if "row b" in s.text)
        assert name.style and name.style.color and name.style.color.triplet
        assert view.rich_style.color and view.rich_style.color.triplet
        assert sum(name.style.color.triplet) < sum(view.rich_style.color.triplet)
        cursor = next(iter(view.render_line(1))).style
        assert cursor and cursor.bgcolor and cursor.bgcolor.triplet
        assert cursor.bgcolor.triplet.hex != view.app.current_theme.primary.lower()


async def test_only_changed_lines_are_drawn_again() -> None:
    async with Bench().run_test(size=(50, 20)) as pilot:
        view = await started(pilot, table(*range(30)))
        drawn: list[int] = []
        draw = view.render_line

        def spy(y: int) -> object:
            drawn.append(y)
            return draw(y)

        view.render_line = spy  # type: ignore[method-assign, assignment]
        shown = table(*range(30))
        rows = list(shown.rows)
        rows[4] = replace(rows[4], cells=(Cell("new 4"), Cell("4")))
        view.set_table(replace(shown, rows=tuple(rows)))
        await pilot.pause()
        assert set(drawn) == {5}
        assert "new 4" in draw(5).text
        drawn.clear()
        view.set_table(replace(shown, rows=tuple(rows)))
        await pilot.pause()
        assert drawn == []
        titled = (replace(COLUMNS[0], title="WHO"), COLUMNS[1])
        view.set_table(Table(titled, tuple(rows)))
        await pilot.pause()
        assert 0 in drawn and "WHO" in draw(0).text


async def test_ten_thousand_rows() -> None:
    async with Bench().run_test(size=(50, 20)) as pilot:
        view = await started(pilot, table(*range(10_000)))
        await pilot.press("G")
        began = perf_counter()
        view.set_table(table(*range(1, 10_000)))
        view.set_table(table(*reversed(range(10_000))))
        assert perf_counter() - began < 2
        await pilot.pause()
        assert view.cursor_key == "9999" and "row 9999" in screen(view)[cursor_line(view)]


CELLS = st.lists(
    st.sampled_from(["", "x", "名前", "a much longer text than others"]), min_size=3, max_size=3
)


@given(st.lists(CELLS, max_size=5), st.integers(12, 90))
def test_columns_fit_the_width(texts: list[list[str]], width: int) -> None:
    columns = (
        Column("A", min_width=3, weight=1),
        Column("B", max_width=10),
        Column("C", priority=1),
    )
    rows = tuple(Row(str(i), tuple(map(Cell, row))) for i, row in enumerate(texts))
    widths = layout(columns, rows, width)
    kept = [w for w in widths if w]
    assert len(widths) == 3 and sum(kept) + GAP * max(0, len(kept) - 1) <= width
    assert widths[1] <= 10


def test_columns_that_matter_least_go_first() -> None:
    columns = (Column("A"), Column("B", priority=1), Column("C", priority=2))
    rows = (Row("k", (Cell("a" * 9), Cell("b" * 9), Cell("c" * 9))),)
    assert layout(columns, rows, 40) == (9, 9, 9)
    assert layout(columns, rows, 25) == (9, 9, 0)
    assert layout(columns, rows, 12) == (9, 0, 0)
    assert layout(columns, rows, 5) == (5, 0, 0)
