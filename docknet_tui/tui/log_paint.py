"""Log lines as segments: colours, marked matches, rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from docknet_tui.text import sgr
from docknet_tui.text.clean import clean, clean_log
from docknet_tui.text.width import fit
from docknet_tui.tui.log_buffer import folded
from docknet_tui.tui.log_rows import breaks
from docknet_tui.views.log_line import LogLine

Look = Callable[[str], Style]
"""From the name of a component class to what it sets."""


STAMP = 13
"""Cells of a time with milliseconds and a blank."""


@dataclass(frozen=True, slots=True)
class Lead:
    """What stands before a text: the sign of stderr always, a time and a name where wanted."""

    stamps: bool = False
    name_width: int = 0

    @property
    def width(self) -> int:
        """Cells of all of it."""
        return 2 + (STAMP if self.stamps else 0) + (self.name_width + 1 if self.name_width else 0)

    def segments(self, line: LogLine, look: Look, base: Style) -> list[Segment]:
        """The lead of this line."""
        found = [Segment("! " if line.stderr else "  ", base + look("stderr"))]
        if self.stamps:
            found.append(Segment(fit(_time(line.stamp), STAMP), base + look("stamp")))
        if self.name_width:
            style = base + look(line.prefix_style) if line.prefix_style else base
            found.append(Segment(fit(clean(line.prefix), self.name_width) + " ", style))
        return found


def strips(
    line: LogLine,
    look: Look,
    base: Style,
    *,
    lead: Lead,
    width: int,
    needle: str,
    current: bool,
) -> list[Strip]:
    """The rows of one line; `width` is that of the text of a row, or 0 not to wrap."""
    style = base + look("stderr") if line.stderr else base
    text = body(line.text, style, needle, look("current" if current else "match"))
    head = lead.segments(line, look, base)
    if not width:
        return [Strip([*head, *text])]
    first, *more = rows(text, width)
    indent = Segment(" " * lead.width, base)
    return [Strip([*head, *first]), *(Strip([indent, *row]) for row in more)]


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


def _time(stamp: str) -> str:
    """`2026-11-24T06:30:01.123456789Z` → `06:30:01.123`."""
    return clean(stamp).partition("T")[2][:12].rstrip("Z")
