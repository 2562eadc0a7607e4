"""Cleaning, measuring, line assembly and colours."""

from __future__ import annotations

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from docknet_tui.text.clean import clean, clean_lines, clean_log
from docknet_tui.text.lines import LONGEST, LineAssembler, last_form
from docknet_tui.text.sgr import Style, plain, runs
from docknet_tui.text.width import cell_width, fit
from tests.hostile import HOSTILE

BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
ODD = st.text(
    st.one_of(st.characters(), st.sampled_from("\x1b[]0;m\x07\x9b\x9d\x9c\\ \t\r\nABc" + BIDI))
)


def harmless(text: str) -> bool:
    return not any(unicodedata.category(c) in ("Cc", "Cs") or c in BIDI for c in text)


@given(ODD)
def test_clean_leaves_nothing_that_a_terminal_obeys(text: str) -> None:
    assert harmless(clean(text))


@given(ODD)
def test_clean_log_leaves_only_colours(text: str) -> None:
    assert harmless(plain(clean_log(text)))


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"])))
def test_plain_text_is_kept(text: str) -> None:
    assert clean(text) == text
    assert clean_log(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[/x] [ERROR] [fe80::1]:80", "[/x] [ERROR] [fe80::1]:80"),
        ("a\x1b]0;title\x07b", "ab"),
        ("a\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\b", "alinkb"),
        ("a\x9b31mb\x1b[2Jc\x1bcd", "abcd"),
        ("a\x1b]never ends", "a"),
        ("a\tb\r\nc", "a b c"),
        ("\ud800x", "\ufffdx"),
    ],
)
def test_examples(text: str, shown: str) -> None:
    assert clean(text) == shown


def test_lines_stay_lines() -> None:
    assert clean_lines("a\x1b[1m\nb") == "a\nb"


@given(st.binary(max_size=300), st.lists(st.integers(0, 300), max_size=6))
def test_lines_are_the_same_however_the_bytes_are_cut(data: bytes, cuts: list[int]) -> None:
    whole = LineAssembler()
    expected = whole.feed(data) + whole.flush()
    pieces = LineAssembler()
    edges = [0, *sorted(cut for cut in cuts if cut <= len(data)), len(data)]
    found = []
    for start, end in itertools.pairwise(edges):
        found += pieces.feed(data[start:end])
    assert found + pieces.flush() == expected


def test_line_without_an_end_is_broken() -> None:
    lines = LineAssembler()
    found = lines.feed(b"x" * (LONGEST + 10)) + lines.flush()
    assert [len(line) for line in found] == [LONGEST, 10]


def test_progress_bar_keeps_its_last_form() -> None:
    (line,) = LineAssembler().feed(b"10%\r50%\r100%\r\n")
    assert last_form(line) == "100%"


@given(ODD, st.integers(1, 40))
def test_fit_is_exact(text: str, width: int) -> None:
    assert cell_width(fit(clean(text), width)) == width


@pytest.mark.parametrize("text", [*HOSTILE, "名前", "a\u0301", "ééé", "–…▶●", "עברית"])
def test_widths_are_those_of_the_screen(text: str) -> None:
    assert cell_width(clean(text)) == cell_len(clean(text))


def test_colours() -> None:
    assert runs("\x1b[1;31mred\x1b[0m x") == (
        ("red", Style(fg="red", bold=True)),
        (" x", Style()),
    )
    assert runs("\x1b[38;2;1;2;255mx")[0][1].fg == "#0102ff"
    assert runs("\x1b[48;5;196mx")[0][1].bg == "#ff0000"
    assert runs("\x1b[38;2;999mx\x1b[97my")[-1][1].fg == "bright_white"
    assert plain("\x1b[1mab\x1b[22mc") == "abc"
