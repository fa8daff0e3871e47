"""A stand that becomes another: what comes in and what goes out, row under row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import integratie_eval.render.dutch as dutch
from integratie_eval.render.charts.bars import NAME_ROOM
from integratie_eval.render.charts.lettering import LINE, width_of, wrapped
from integratie_eval.render.charts.shapes import WIDTH, Box, Drawing, Label, Line, Shape, text_block, together

_THICK, _APART = 20, 8


@dataclass(frozen=True)
class Change:
    """What comes in (positive) or goes out (negative), and why."""

    name: str
    count: int


@dataclass(frozen=True)
class _Row:
    name: tuple[str, ...]
    start: int
    end: int
    text: str
    paint: str

    @property
    def height(self) -> float:
        return max(len(self.name) * LINE, _THICK)


def waterfall(begin: tuple[str, int], changes: Sequence[Change], end: str) -> Drawing:
    """From the first stand, over the changes, to the last."""
    rows = _rows(begin, changes, end)
    left = max(width_of(line) for row in rows for line in row.name) + 10
    room = WIDTH - left - max(width_of(row.text) for row in rows) - 10
    unit = room / max(max(row.start, row.end) for row in rows)
    shapes: list[Shape] = []
    y, middles = 2.0, []
    for row in rows:
        middle = y + row.height / 2
        low, high = sorted((row.start, row.end))
        shapes += text_block(left - 8, middle, row.name, "end")
        if high > low:
            shapes.append(Box(left + low * unit, middle - _THICK / 2, (high - low) * unit, _THICK, row.paint))
        shapes.append(Label(left + high * unit + 6, middle, row.text))
        middles.append(middle)
        y += row.height + _APART
    for row, (above, below) in zip(rows, pairwise(middles), strict=False):
        x = left + row.end * unit
        shapes.append(Line(x, above + _THICK / 2, x, below - _THICK / 2, "as"))
    shapes.append(Line(left, 0, left, y - _APART + 2, "as"))
    return Drawing(round(y), tuple(together(shapes)))


def _rows(begin: tuple[str, int], changes: Sequence[Change], end: str) -> list[_Row]:
    name, stand = begin
    rows = [_Row(wrapped(name, NAME_ROOM), 0, stand, dutch.number(stand), "stand")]
    for change in changes:
        paint = "een" if change.count > 0 else "twee"
        text = dutch.signed(change.count)
        rows.append(_Row(wrapped(change.name, NAME_ROOM), stand, stand + change.count, text, paint))
        stand += change.count
    return [*rows, _Row(wrapped(end, NAME_ROOM), 0, stand, dutch.number(stand), "stand")]
