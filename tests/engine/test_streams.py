"""Log answers cut into lines: frames of containers without TTY, plain text of those with one."""

from __future__ import annotations

import io
import struct

from hypothesis import given
from hypothesis import strategies as st

from docknet_tui.engine.docker_engine import EVENTS
from docknet_tui.engine.port import LogChunk
from docknet_tui.engine.streams import log_chunks, notice

STAMP = "2026-11-24T06:00:00.{:09d}Z"


def frame(stream: int, data: bytes) -> bytes:
    return struct.pack(">BxxxL", stream, len(data)) + data


def chunks(answer: bytes) -> list[LogChunk]:
    source = io.BytesIO(answer)
    return list(log_chunks("c", source.read, source.read1))


def line(number: int, text: str) -> bytes:
    return f"{STAMP.format(number)} {text}\n".encode()


def test_frames_keep_stdout_and_stderr_apart() -> None:
    found = chunks(frame(1, line(1, "out")) + frame(2, line(2, "err")) + frame(1, line(3, "")))
    assert found == [
        LogChunk("c", "out", False, STAMP.format(1)),
        LogChunk("c", "err", True, STAMP.format(2)),
        LogChunk("c", "", False, STAMP.format(3)),
    ]


def test_a_tty_is_plain_text() -> None:
    found = chunks(line(1, "one\r") + line(2, "10%\r20%\r"))
    assert [(c.text, c.stderr) for c in found] == [("one", False), ("20%", False)]
    assert all(c.stamp for c in found), "a rewritten line keeps its time"


def test_a_last_line_without_an_end_counts() -> None:
    assert [c.text for c in chunks(frame(1, line(1, "cut")[:-1]))] == ["cut"]
    assert [c.text for c in chunks(line(1, "cut")[:-1])] == ["cut"]


def test_an_empty_answer_has_no_lines() -> None:
    assert chunks(b"") == []


def test_an_answer_that_breaks_off_ends() -> None:
    whole = frame(1, line(1, "whole"))
    for cut in range(len(whole)):
        assert all(c.text == "whole"[: len(c.text)] for c in chunks(whole + whole[:cut]) if c.stamp)


def test_a_line_without_stamp_is_kept_as_it_is() -> None:
    assert chunks(frame(1, b"no stamp here\n")) == [LogChunk("c", "no stamp here")]


@given(
    st.lists(
        st.tuples(st.booleans(), st.text(st.characters(codec="ascii", categories=["L", "N"])))
    ),
    st.integers(1, 40),
)
def test_any_cut_into_frames_gives_the_same_lines(lines: list[tuple[bool, str]], size: int) -> None:
    """Each stream keeps its lines in order however its bytes are cut into frames."""
    answer = b""
    for number, (stderr, text) in enumerate(lines):
        data = line(number, text)
        answer += b"".join(
            frame(2 if stderr else 1, data[at : at + size]) for at in range(0, len(data), size)
        )
    assert [(c.stderr, c.text) for c in chunks(answer)] == lines


def test_an_events_text_after_the_colon_is_a_detail() -> None:
    found = notice(
        {
            "Type": "container",
            "Action": "health_status: healthy",
            "Actor": {"ID": "a" * 64, "Attributes": {"name": "ev\x1b[2Jil"}},
            "timeNano": 1795490061947667702,
        }
    )
    assert found.action == "health_status"
    assert dict(found.attributes) == {"name": "evil", "detail": "healthy"}
    assert found.at == 1795490061947667702


def test_the_filter_leaves_out_what_health_checks_make() -> None:
    assert not [name for name in EVENTS["event"] if name.startswith(("exec", "top", "attach"))]
