"""Where text is cut, broken or coded unusually: widths, long lines, odd colour codes."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from docknet_tui.text.clean import clean, clean_log
from docknet_tui.text.lines import LONGEST, LineAssembler, last_form
from docknet_tui.text.sgr import Style, plain, runs
from docknet_tui.text.width import cell_width, cut, fit

ESCAPED = st.text(st.sampled_from("\x1b[]()P0;31m\x07\x9b\x9c\\\t a宽\u0301\u200b"))


@given(ESCAPED)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    """Nothing that is dropped may leave a new escape behind."""
    assert clean(clean(text)) == clean(text)
    assert clean_log(clean_log(text)) == clean_log(text)


@given(ESCAPED)
def test_every_escape_left_in_a_log_is_a_whole_colour(text: str) -> None:
    assert "\x1b" not in plain(clean_log(text))


@pytest.mark.parametrize("hidden", ["\u00ad", "\u200d", "\ufe0f", "\ufeff", "\U000e0041"])
def test_invisible_characters_are_dropped(hidden: str) -> None:
    assert clean(f"web{hidden}1") == clean_log(f"web{hidden}1") == "web1"


def test_tabs_count_cells_and_not_colours() -> None:
    assert clean_log("ab\tc") == "ab      c"
    assert clean_log("\x1b[32mab\x1b[0m\tc") == "\x1b[32mab\x1b[0m      c"
    assert clean_log("宽\tc") == "宽      c"


def test_every_character_is_as_wide_as_the_screen_thinks() -> None:
    """A character that is measured wrong moves the rest of its line."""
    wrong = [
        f"{code:x}"
        for code in range(0x20, 0x32000)
        if unicodedata.category(chr(code)) not in ("Cn", "Co", "Cs", "Cc")
        and clean(chr(code)) == chr(code)
        and cell_width(chr(code)) != cell_len(chr(code))
    ]
    # Two fillers that no name holds, and a sign newer than some tables.
    assert set(wrong) <= {"3164", "ffa0", "110c2"}


@given(st.text(st.sampled_from("ab宽字e\u0301👍🏽한ש…")), st.integers(0, 12))
def test_fit_takes_exactly_its_cells_on_the_screen(text: str, width: int) -> None:
    for align in ("left", "right"):
        assert cell_len(fit(text, width, align)) == width


def test_cut_keeps_combining_characters_together() -> None:
    assert fit("e\u0301e\u0301e\u0301", 2) == "e\u0301…"
    assert cut("宽字", 3) == 1
    assert cut("abcdef", 2, 3) == 5
    assert cut("宽字宽", 2, 1) == 2


def test_fit_right() -> None:
    assert fit("7", 3, "right") == "  7"


@settings(max_examples=40)
@given(
    st.sampled_from([b"x", "é".encode(), "宽".encode(), "👍".encode(), b"\r", b"\x80"]),
    st.integers(-4, 4),
    st.integers(1, LONGEST),
)
def test_long_lines_break_the_same_however_the_bytes_are_cut(
    unit: bytes, off: int, chunk: int
) -> None:
    data = b"start\n" + (unit * LONGEST)[: 2 * LONGEST + off] + b"\r\nend"
    whole, pieces = LineAssembler(), LineAssembler()
    expected = whole.feed(data) + whole.flush()
    found: list[str] = []
    for at in range(0, len(data), chunk + 1000):
        found += pieces.feed(data[at : at + chunk + 1000])
    assert found + pieces.flush() == expected
    assert all(len(line.encode()) <= 3 * LONGEST for line in expected)


def test_a_long_line_is_not_broken_within_a_character() -> None:
    text = "a" + "宽" * LONGEST
    lines = LineAssembler()
    found = lines.feed(text.encode()) + lines.flush()
    assert len(found) > 1 and "".join(found) == text


def test_unfinished_and_broken_bytes() -> None:
    lines = LineAssembler()
    assert lines.feed(b"caf\xc3") == []
    assert lines.feed(b"\xa9\n\xff\n") == ["café", "\ufffd"]
    assert lines.flush() == []
    assert lines.feed(b"10%\r20%") == []
    assert [last_form(line) for line in lines.flush()] == ["20%"]


@pytest.mark.parametrize(
    ("codes", "style"),
    [
        ("38:2::1:2:3", Style(fg="#010203")),
        ("38:2:1:2:3", Style(fg="#010203")),
        ("38;2;1;2;3;1", Style(fg="#010203", bold=True)),
        ("48:5:9", Style(bg="bright_red")),
        ("38;5;244", Style(fg="#808080")),
        ("4:3", Style(underline=True)),
        ("4;4:0", Style()),
        ("1;;31", Style(fg="red")),
        ("31;9999999", Style(fg="red")),
        ("38;5;256", Style()),
        ("38;2;1;2", Style()),
        ("38;9;1", Style(bold=True)),
        ("3;7;9;2", Style(italic=True, reverse=True, strike=True, dim=True)),
        ("1;2;22", Style()),
        ("31;42;39;49", Style()),
        ("9" * 5000, Style()),
        ("12;58;73", Style()),
    ],
)
def test_colour_codes(codes: str, style: Style) -> None:
    assert runs(f"\x1b[{codes}mx") == (("x", style),)


@given(st.text(st.sampled_from("0123456789;:m\x1b[x")))
def test_no_code_breaks_the_decoder_and_no_text_is_lost(text: str) -> None:
    assert "".join(part for part, _ in runs(text)) == plain(text)
