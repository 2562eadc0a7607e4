"""Log lines as segments: colours, marked matches, rows."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style

from docknet_tui.text import sgr
from docknet_tui.text.clean import clean_log
from docknet_tui.tui.log_buffer import folded
from docknet_tui.tui.log_rows import breaks


def body(text: str, base: Style, needle: str, mark: Style) -> list[Segment]:
    """The text in its own colours, with the needle marked wherever it is, across colours too.

    The text is cleaned here once more: whoever made the line, no control byte gets past this.
    """
    found: list[Segment] = []
    text = clean_log(text)
    hits = _hits(sgr.plain(text), needle) if needle else []
    at = 0
    for piece, face in sgr.runs(text):
        style = base + rich_style(face)
        done = 0
        for start, end in hits:
            start, end = max(start - at, done), min(end - at, len(piece))
            if start >= end:
                continue
            if start > done:
                found.append(Segment(piece[done:start], style))
            found.append(Segment(piece[start:end], style + mark))
            done = end
        if done < len(piece):
            found.append(Segment(piece[done:], style))
        at += len(piece)
    return found


def rows(segments: Sequence[Segment], width: int) -> list[list[Segment]]:
    """Segments of one line broken into rows of at most this many cells, between characters."""
    starts = breaks("".join(segment.text for segment in segments), width)
    done: list[list[Segment]] = [[]]
    at = 0
    for text, style, _ in segments:
        while len(done) < len(starts) and starts[len(done)] <= at + len(text):
            head = starts[len(done)] - at
            if head:
                done[-1].append(Segment(text[:head], style))
            text, at = text[head:], at + head
            done.append([])
        if text:
            done[-1].append(Segment(text, style))
        at += len(text)
    return done


def rich_style(style: sgr.Style) -> Style:
    """The style data of the text layer as Rich's; what is not set stays as it is beneath."""
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


def _hits(text: str, needle: str) -> list[tuple[int, int]]:
    hay = text if needle != needle.lower() else folded(text)
    hits, at = [], 0
    while (hit := hay.find(needle, at)) >= 0:
        at = hit + len(needle)
        hits.append((hit, at))
    return hits
