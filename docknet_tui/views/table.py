"""Tables as plain data: what a view says, before any widget draws it."""

from __future__ import annotations

from dataclasses import dataclass

from docknet_tui.text.width import cell_width

GAP = 2
"""Blank cells between columns."""

WHOLE = 18
"""Columns that never grow beyond this many cells are shown whole or not at all."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One text with a semantic style: ok, warn, bad, info, muted, accent, name, strong or none."""

    text: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line. `key` identifies the object it stands for; `mark` shows a dot before it."""

    key: str
    cells: tuple[Cell, ...]
    dim: bool = False
    mark: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """How wide a column may be. Columns with the highest `priority` are dropped first when the
    width does not suffice; `weight` shares out what is left over."""

    title: str
    min_width: int = 1
    weight: int = 0
    max_width: int | None = None
    align: str = "left"
    priority: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """Columns, rows, and the sentence to show when there are no rows."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    empty: str = ""


def layout(columns: tuple[Column, ...], rows: tuple[Row, ...], width: int) -> tuple[int, ...]:
    """The width of each column in cells, 0 for a column that is dropped.

    A column is as wide as its widest cell, within its bounds. Where that is too much, columns are
    first dropped by priority, down to the minimum of the rest; then the widest are shortened.
    """
    wanted = [_wanted(column, [row.cells[i] for row in rows]) for i, column in enumerate(columns)]
    least = [min(w, max(c.min_width, 1)) if w else 0 for c, w in zip(columns, wanted, strict=True)]
    kept = {i for i, w in enumerate(wanted) if w}
    for i in sorted(kept, key=lambda i: -columns[i].priority):
        over = _total([_comfortable(columns[j], wanted[j], least[j]) for j in kept]) > width
        if not over or columns[i].priority == 0:
            break
        kept.discard(i)
    widths = [wanted[i] if i in kept else 0 for i in range(len(columns))]
    while (over_by := _total([w for w in widths if w]) - width) > 0:
        shrinkable = [i for i in kept if widths[i] > least[i]]
        if not shrinkable:
            shrinkable = [i for i in kept if widths[i] > 1]
            if not shrinkable:
                break
        widest = max(shrinkable, key=lambda i: widths[i] - least[i])
        room = widths[widest] - (least[widest] if widths[widest] > least[widest] else 1)
        widths[widest] -= min(over_by, max(1, room // 2))
    spare = width - _total([w for w in widths if w])
    weights = sum(columns[i].weight for i in kept)
    if spare > 0 and weights:
        for i in kept:
            widths[i] += spare * columns[i].weight // weights
    return tuple(widths)


def _comfortable(column: Column, wanted: int, least: int) -> int:
    """What a column needs to be worth showing: an address or a MAC is of no use when it is cut, a
    list of names or ports still is."""
    if column.weight:
        return max(least, min(wanted, 14))
    short = column.max_width is not None and column.max_width <= WHOLE
    return wanted if short else max(least, min(wanted, 10))


def _wanted(column: Column, cells: list[Cell]) -> int:
    widest = max((cell_width(cell.text) for cell in cells), default=0)
    if not widest:
        return 0
    widest = max(widest, cell_width(column.title), column.min_width)
    return min(widest, column.max_width) if column.max_width else widest


def _total(widths: list[int]) -> int:
    return sum(widths) + GAP * max(0, len(widths) - 1)
