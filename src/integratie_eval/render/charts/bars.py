"""Lying bars: a row per name, a bar per series, the value at its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import integratie_eval.render.dutch as dutch
from integratie_eval.model import Exact, Value
from integratie_eval.render.charts.legend import legend_above
from integratie_eval.render.charts.lettering import LINE, width_of, wrapped
from integratie_eval.render.charts.shapes import WIDTH, Box, Drawing, Label, Line, Series, Shape, text_block, together

NAME_ROOM = 230
_THICK, _APART = 17, 10


@dataclass(frozen=True)
class Row:
    """A name and a value per series."""

    name: str
    values: tuple[Value, ...]


def bars(rows: Sequence[Row], series: Sequence[Series]) -> Drawing:
    """The rows under each other; a value that is not exact has no bar, only its words."""
    names = [wrapped(row.name, NAME_ROOM) for row in rows]
    left = max(width_of(line) for lines in names for line in lines) + 10
    room = WIDTH - left - max(width_of(dutch.shown(value)) for row in rows for value in row.values) - 10
    unit = room / max(length_of(value) for row in rows for value in row.values)
    shapes, y = legend_above(series) if len(series) > 1 else ([], 2.0)
    top = y
    for row, lines in zip(rows, names, strict=True):
        height = max(len(lines) * LINE, len(series) * _THICK)
        shapes += text_block(left - 8, y + height / 2, lines, "end")
        first = y + (height - len(series) * _THICK) / 2
        for number, (value, entry) in enumerate(zip(row.values, series, strict=True)):
            shapes += _bar(left, first + number * _THICK, length_of(value) * unit, value, entry.paint)
        y += height + _APART
    return Drawing(round(y), (*together(shapes), Line(left, top - 2, left, y - _APART + 2, "as")))


def length_of(value: Value) -> int:
    """How long the bar of a value is."""
    return value.value if isinstance(value, Exact) else 0


def _bar(x: float, y: float, width: float, value: Value, paint: str) -> list[Shape]:
    box: list[Shape] = [Box(x, y + 1, width, _THICK - 2, paint)] if width else []
    return [*box, Label(x + width + 6, y + _THICK / 2, dutch.shown(value))]
