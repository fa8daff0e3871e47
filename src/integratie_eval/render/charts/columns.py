"""Standing bars: a column per year or quarter, one series on top of another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import integratie_eval.render.dutch as dutch
from integratie_eval.render.charts.legend import legend_beside, width_beside
from integratie_eval.render.charts.lettering import SMALL, width_of
from integratie_eval.render.charts.scale import every, ticks
from integratie_eval.render.charts.shapes import WIDTH, Box, Drawing, Label, Line, Series, Shape, together

_TOP, _FLOOR, _HEIGHT = 24.0, 300.0, 330
_WIDEST = 64
_LETTERS = 14
"""How high a part must be to hold its value."""


@dataclass(frozen=True)
class Column:
    """A name and a count per series, from below; None where nothing is known of the whole column."""

    name: str
    counts: tuple[int, ...] | None

    @property
    def total(self) -> int:
        """The height of the column."""
        return sum(self.counts or ())


@dataclass(frozen=True)
class Frame:
    """Where the columns stand, and how high one is."""

    left: float
    slot: float
    highest: int

    @property
    def width(self) -> float:
        """The width of a column."""
        return min(self.slot * 0.8, _WIDEST)

    def middle(self, index: int) -> float:
        """The middle of a column."""
        return self.left + (index + 0.5) * self.slot

    def height(self, count: int) -> float:
        """The height of a count."""
        return count * (_FLOOR - _TOP) / self.highest


def columns(bars: Sequence[Column], series: Sequence[Series]) -> Drawing:
    """The columns beside each other, with an axis; a legend beside the last when there is more than one series."""
    marks = ticks(max(column.total for column in bars))
    left = max(width_of(dutch.number(mark)) for mark in marks) + 10
    right = width_beside(series) + 10 if len(series) > 1 else max(width_of(column.name) for column in bars) / 2
    frame = Frame(left, (WIDTH - left - right) / len(bars), marks[-1])
    totals = _totals(frame, bars)
    shapes = _axis(frame, marks, WIDTH - right, grid=not totals)
    parts = [shape for index, column in enumerate(bars) for shape in _column(frame, index, column, series)]
    shapes += together(parts)
    shapes += _names(frame, [column.name for column in bars]) + totals
    if len(series) > 1:
        shapes += _legend(frame, bars, series, WIDTH - right + 8)
    return Drawing(_HEIGHT, tuple(shapes))


def _axis(frame: Frame, marks: Sequence[int], end: float, *, grid: bool) -> list[Shape]:
    """The axis with its marks; lines to read heights by only where the totals do not stand on the columns."""
    shapes: list[Shape] = []
    for mark in marks:
        y = _FLOOR - frame.height(mark)
        if grid or not mark:
            shapes.append(Line(frame.left, y, end, y, "raster" if mark else "as"))
        shapes.append(Label(frame.left - 8, y, dutch.number(mark), "end"))
    return together(shapes)


def _column(frame: Frame, index: int, column: Column, series: Sequence[Series]) -> list[Shape]:
    x, y = frame.middle(index), _FLOOR
    if column.counts is None:
        return [Label(x, y - 9, "–", "middle")]
    shapes: list[Shape] = []
    for count, entry in zip(column.counts, series, strict=True):
        height = frame.height(count)
        y -= height
        if count:
            shapes.append(Box(x - frame.width / 2, y, frame.width, height, entry.paint))
        text = dutch.number(count)
        if len(series) > 1 and height >= _LETTERS and width_of(text, SMALL) + 2 <= frame.width:
            shapes.append(Label(x, y + height / 2, text, "middle", entry.paint, SMALL))
    return shapes


def _names(frame: Frame, names: Sequence[str]) -> list[Shape]:
    """The names of the columns that have room for one; the last always has."""
    step = every(max(map(width_of, names)) + 8, frame.slot)
    return [
        Label(frame.middle(index), _FLOOR + 16, name, "middle")
        for index, name in enumerate(names)
        if (len(names) - 1 - index) % step == 0
    ]


def _totals(frame: Frame, bars: Sequence[Column]) -> list[Shape]:
    """The totals on top of the columns, when there is room for all of them."""
    texts = ["" if column.counts is None else dutch.number(column.total) for column in bars]
    if max(map(width_of, texts)) + 4 > frame.slot:
        return []
    return [
        Label(frame.middle(index), _FLOOR - frame.height(column.total) - 10, text, "middle")
        for index, (column, text) in enumerate(zip(bars, texts, strict=True))
        if text
    ]


def _legend(frame: Frame, bars: Sequence[Column], series: Sequence[Series], x: float) -> list[Shape]:
    """What the parts stand for, from above, beside those of the last known column."""
    counts = next((column.counts for column in reversed(bars) if column.counts), (0,) * len(series))
    tops = accumulate(counts)
    middles = [_FLOOR - frame.height(top) + frame.height(count) / 2 for top, count in zip(tops, counts, strict=True)]
    return together(legend_beside(series[::-1], x, middles[::-1], _TOP, _FLOOR))
