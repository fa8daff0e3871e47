"""What the colours stand for: in a row above a chart, or beside the shapes themselves."""

from __future__ import annotations

from collections.abc import Sequence

from integratie_eval.render.charts.lettering import LINE, width_of
from integratie_eval.render.charts.scale import spread
from integratie_eval.render.charts.shapes import WIDTH, Box, Label, Series, Shape

_SWATCH = 12
_GAP = 24
ROW = LINE + 6
"""The height of a row of a legend."""


def legend_above(series: Sequence[Series]) -> tuple[list[Shape], float]:
    """The entries beside each other, over as many rows as they need, and how high that is."""
    shapes: list[Shape] = []
    x, y = 0.0, ROW / 2
    for entry in series:
        width = _SWATCH + 6 + width_of(entry.name)
        if x and x + width > WIDTH:
            x, y = 0.0, y + ROW
        shapes += _entry(entry, x, y)
        x += width + _GAP
    return shapes, y + ROW / 2 + 6


def legend_beside(series: Sequence[Series], x: float, wanted: Sequence[float], low: float, high: float) -> list[Shape]:
    """The entries under each other, each as near as can be to the middle of its shape."""
    places = spread(wanted, ROW, low, high)
    return [shape for entry, y in zip(series, places, strict=True) for shape in _entry(entry, x, y)]


def width_beside(series: Sequence[Series]) -> float:
    """How wide a legend beside the shapes is."""
    return _SWATCH + 6 + max(width_of(entry.name) for entry in series)


def _entry(entry: Series, x: float, y: float) -> list[Shape]:
    return [Box(x + 1, y - _SWATCH / 2, _SWATCH, _SWATCH, entry.paint), Label(x + _SWATCH + 7, y, entry.name)]
