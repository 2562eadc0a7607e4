"""The log view: what is on screen while lines come, go, wrap and are searched."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style
from textual.app import App, ComposeResult
from textual.events import MouseScrollDown, MouseScrollUp
from textual.pilot import Pilot

from docknet_tui.text import sgr
from docknet_tui.tui import log_paint
from docknet_tui.tui.log_buffer import LogBuffer
from docknet_tui.tui.log_rows import LogRows
from docknet_tui.tui.log_view import LogView
from docknet_tui.views.log_line import LogLine

HEIGHT = 10


class Bench(App[None]):
    """A log view and nothing else; keeps what it says."""

    CSS = "LogView { height: 10; width: 40; }"

    def __init__(self, max_lines: int = 10_000) -> None:
        super().__init__()
        self.said: list[bool] = []
        self.log_view = LogView(max_lines=max_lines)

    def compose(self) -> ComposeResult:
        yield self.log_view

    def on_log_view_follow_changed(self, event: LogView.FollowChanged) -> None:
        self.said.append(event.following)


def screen(view: LogView) -> list[str]:
    """The rows of the view as text, without the blanks at their ends."""
    return [view.render_line(y).text.rstrip() for y in range(view.scrollable_content_region.height)]


def numbered(*numbers: int) -> list[LogLine]:
    return [LogLine(f"line {n}") for n in numbers]


async def started(pilot: Pilot[None]) -> LogView:
    view = pilot.app.query_one(LogView)
    view.focus()
    await pilot.pause()
    return view


async def test_follows_until_the_reader_goes_up_and_again_at_the_end() -> None:
    app = Bench()
    async with app.run_test(size=(50, 20)) as pilot:
        view = await started(pilot)
        view.extend(numbered(*range(100)))
        assert view.following and screen(view)[-1] == "  line 99"
        await pilot.press("up")
        assert not view.following
        before = screen(view)
        view.extend(numbered(*range(100, 200)))
        await pilot.pause()
        assert screen(view) == before
        await pilot.press("end")
        assert view.following and screen(view)[-1] == "  line 199"
        await pilot.press("k", "pageup", "pagedown", "j")
        await pilot.pause()
        assert view.following
        view.extend(numbered(200))
        assert screen(view)[-1] == "  line 200"
        assert app.said == [False, True, False, True]


async def test_going_up_works_while_lines_pour_in() -> None:
    app = Bench()
    async with app.run_test(size=(50, 20)) as pilot:
        view = await started(pilot)
        view.extend(numbered(*range(100)))
        view.action_rows(-1)
        view.extend(numbered(100))
        await pilot.pause()
        assert not view.following and screen(view)[-1] == "  line 98"


@pytest.mark.parametrize("wrap", [False, True])
async def test_place_is_held_while_the_oldest_lines_fall_off(wrap: bool) -> None:
    app = Bench(max_lines=1000)
    async with app.run_test(size=(50, 20)) as pilot:
        view = await started(pilot)
        view.wrap = wrap
        view.extend([LogLine(f"line {n} " + "x" * (n % 90)) for n in range(1000)])
        await pilot.pause()
        for _ in range(30):
            await pilot.press("pageup")
        before = screen(view)
        view.extend(numbered(*range(1000, 1050)))
        await pilot.pause()
        assert screen(view) == before
        view.extend(numbered(*range(2000, 3500)))  # more than the ring holds
        await pilot.pause()
        assert len(view.lines) <= 1000 and not view.following
        await pilot.press("G")
        assert screen(view)[-1] == "  line 3499"


async def test_the_wheel_lets_go_and_takes_up_again() -> None:
    app = Bench()
    async with app.run_test(size=(50, 20)) as pilot:
        view = await started(pilot)
        view.extend(numbered(*range(50)))
        await pilot.pause()
        view._on_mouse_scroll_up(MouseScrollUp(view, 1, 1, 0, -1, 0, False, False, False))
        await pilot.pause(0.3)
        assert not view.following
        for _ in range(4):
            view._on_mouse_scroll_down(MouseScrollDown(view, 1, 1, 0, 1, 0, False, False, False))
            await pilot.pause(0.3)
        assert view.following


HOSTILE = [
    ("[/x] [ERROR] [fe80::1]:80", "[/x] [ERROR] [fe80::1]:80"),
    ("a\x1b[2Jb\x1b]0;pwned\x07c\x9b31md\x00\x08e\r", "abcde"),
    ("\x1b]8;;http://x\x1b\\link", "link"),
    ("宽字 e\u0301 שלום \u202eevil", "宽字 e\u0301 שלום evil"),
    ("\x1b[31mred\x1b[0m plain", "red plain"),
    ("\x1b[" + "9" * 5000 + "mx", "x"),
]


@pytest.mark.parametrize(("text", "shown"), HOSTILE)
@pytest.mark.parametrize("wrap", [False, True])
async def test_hostile_text_is_shown_and_never_obeyed(text: str, shown: str, wrap: bool) -> None:
    async with Bench().run_test(size=(50, 20)) as pilot:
        view = await started(pilot)
        view.wrap = wrap
        view.extend([LogLine(text, prefix="[/b]\x1b[2J", stderr=True)])
        view.search("e")
        await pilot.pause()
        assert screen(view)[0] == f"! [/b] {shown}"


async def test_every_segment_has_a_background_and_rows_are_full() -> None:
    async with Bench().run_test(size=(50, 20)) as pilot:
        view = await started(pilot)
        view.extend(
            [LogLine(text, True, "2026-01-02T03:04:05.678901Z", "web") for text, _ in HOSTILE]
        )
        view.show_stamps = True
        await pilot.pause()
        for y in range(HEIGHT):
            strip = view.render_line(y)
            assert strip.cell_length == view.size.width
            assert all(s.style and s.style.bgcolor for s in strip)
        assert screen(view)[0].startswith("! 03:04:05.678 web [/x]")


async def test_colours() -> None:
    async with Bench().run_test(size=(50, 20)) as pilot:
        view = await started(pilot)
        view.extend([LogLine("\x1b[1;38;2;1;2;3mx\x1b[0my")])
        await pilot.pause()
        _, x, y, *_ = view.render_line(0)
        assert x.text == "x" and x.style and x.style.bold
        assert x.style.color and x.style.color.name == "#010203"
        assert y.text.strip() == "y" and y.style and not y.style.bold


async def test_wrapped_lines_lose_nothing_and_end() -> None:
    async with Bench().run_test(size=(50, 20)) as pilot:
        view = await started(pilot)
        view.wrap = True
        text = "".join(chr(0x4E00 + n) for n in range(60)) + "end"
        view.extend([LogLine("a" + text), LogLine("next")])
        await pilot.pause()
        rows = screen(view)
        assert "".join(row.strip() for row in rows) == "a" + text + "next"
        assert rows[-1] == ""
        view.wrap = False
        await pilot.pause()
        assert screen(view)[1] == "  next"


async def test_longer_name_moves_all_lines() -> None:
    async with Bench().run_test(size=(50, 20)) as pilot:
        view = await started(pilot)
        view.extend([LogLine("one", prefix="a")])
        assert screen(view)[0] == "  a one"
        view.extend([LogLine("two", prefix="long"), LogLine("three", prefix="n" * 300)])
        await pilot.pause()
        at = 2 + 20 + 1
        assert [row[at:] for row in screen(view)[:3]] == ["one", "two", "three"]


async def test_search_marks_counts_and_goes_round() -> None:
    async with Bench().run_test(size=(50, 20)) as pilot:
        view = await started(pilot)
        view.extend(numbered(*range(30)))
        view.extend([LogLine("an \x1b[31mErr\x1b[0mor here"), *numbered(*range(30, 60))])
        view.extend([LogLine("ERROR İerror"), *numbered(*range(60, 90))])
        assert view.search("error") == 2 and view.search("Error") == 1
        assert view.search("error") == 2 and view.match_place == (0, 2)
        view.previous_match()
        await pilot.pause()
        assert view.match_place == (2, 2) and not view.following
        view.next_match()
        await pilot.pause()
        assert view.match_place == (1, 2)
        row = next(y for y, text in enumerate(screen(view)) if "Error" in text)
        base = view.rich_style.bgcolor
        strip = view.render_line(row)
        marked = "".join(s.text for s in strip if s.style and s.style.bgcolor != base)
        assert marked == "Error"
        view.search("")
        assert view.match_place == (0, 0)
        view.next_match()


async def test_current_match_stays_on_its_line_when_the_head_falls_off() -> None:
    async with Bench(max_lines=100).run_test(size=(50, 20)) as pilot:
        view = await started(pilot)
        view.extend([*numbered(*range(60)), LogLine("here"), *numbered(*range(39))])
        view.search("here")
        view.next_match()
        view.extend(numbered(*range(5)))
        await pilot.pause()
        assert view.match_place == (1, 1)
        assert any("here" in row for row in screen(view))
        view.extend(numbered(*range(200)))
        assert view.match_place == (0, 0)


async def test_filter_works_over_the_ring_and_holds_the_place() -> None:
    async with Bench(max_lines=1000).run_test(size=(50, 20)) as pilot:
        view = await started(pilot)
        view.filter("7")
        view.extend(numbered(*range(500)))
        assert all("7" in line.text for line in view.lines)
        view.extend([LogLine("777"), LogLine("888")])
        assert screen(view)[-1] == "  777"
        view.filter("")
        assert len(view.lines) == 502 and screen(view)[-1] == "  888"
        await pilot.press("home")
        for _ in range(10):
            await pilot.press("pagedown")
        top = screen(view)[0]
        view.filter("line")
        await pilot.pause()
        assert screen(view)[0] == top
        view.filter("no such text")
        await pilot.pause()
        assert set(screen(view)) == {""}


async def test_clear_follows_again() -> None:
    async with Bench().run_test(size=(50, 20)) as pilot:
        view = await started(pilot)
        view.extend(numbered(*range(100)))
        await pilot.press("home")
        view.clear()
        view.extend(numbered(*range(100)))
        await pilot.pause()
        assert view.following and screen(view)[-1] == "  line 99"


async def test_resize_keeps_the_end_in_view() -> None:
    async with Bench().run_test(size=(50, 20)) as pilot:
        view = await started(pilot)
        view.extend(numbered(*range(100)))
        for height in (4, 12):
            view.styles.height = height
            await pilot.pause()
            assert screen(view)[-1] == "  line 99" and view.following
        view.extend([LogLine("wide " + "x" * 200)])  # brings the horizontal scroll bar
        await pilot.pause()
        assert screen(view)[-1].startswith("  wide") and view.following


async def test_many_lines_are_cheap() -> None:
    async with Bench().run_test(size=(50, 20)) as pilot:
        view = await started(pilot)
        batches = [[LogLine(f"\x1b[32m{n}\x1b[0m request {n}") for n in range(500)]] * 400
        began = perf_counter()
        for batch in batches:
            view.extend(batch)
        assert perf_counter() - began < 3
        assert len(view.lines) <= 10_000 and "499 request 499" in screen(view)[-1]
        await pilot.pause()


@given(st.text(st.sampled_from("ab宽e\u0301\x1b[31m ")), st.integers(2, 9))
def test_rows_are_within_their_width_and_lose_no_text(text: str, width: int) -> None:
    segments = log_paint.body(text, Style(), "a", Style(bold=True))
    whole = "".join(segment.text for segment in segments)
    found = log_paint.rows(segments, width)
    assert "".join(s.text for row in found for s in row) == whole
    assert all(sum(s.cell_length for s in row) <= width for row in found)
    rows = LogRows()
    rows.reset([LogLine(whole)], width)
    assert rows.total == len(found)


@given(st.lists(st.integers(0, 60), max_size=30), st.data())
def test_rows_summed_up_are_those_measured_anew(lengths: list[int], data: st.DataObject) -> None:
    lines = [LogLine("x" * length) for length in lengths]
    drop = data.draw(st.integers(0, len(lines)))
    summed, anew = LogRows(), LogRows()
    summed.reset(lines[: len(lines) // 2], 7)
    summed.grow(lines[len(lines) // 2 :])
    summed.drop(drop)
    anew.reset(lines[drop:], 7)
    assert summed.total == anew.total
    assert [summed.line_at(y) for y in range(-1, anew.total + 2)] == [
        anew.line_at(y) for y in range(-1, anew.total + 2)
    ]


@given(st.lists(st.lists(st.sampled_from(["a", "b", "ab"]), max_size=30), max_size=8))
def test_buffer_keeps_the_newest_and_counts_what_it_drops(batches: list[list[str]]) -> None:
    buffer = LogBuffer(20)
    buffer.filter("a")
    every: list[str] = []
    for batch in batches:
        buffer.extend([LogLine(text) for text in batch])
        every += batch
    shown = [line.text for line in buffer.shown]
    matching = [text for text in every if "a" in text]
    assert shown == (matching[-len(shown) :] if shown else [])
    buffer.filter("")
    assert len(buffer.shown) == min(len(every), len(buffer.shown)) <= 20
    assert len(buffer.shown) >= min(len(every), 18)
    assert sgr.plain("".join(x.text for x in buffer.shown)) == "".join(
        every[len(every) - len(buffer.shown) :]
    )
