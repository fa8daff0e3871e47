"""Native charts beside the table that they draw: dark outlines, labels on the bars, words for who cannot see them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from integratie_eval.render.annex.model import NOTHING, Cell, Chart, Sheet

_BLUE, _ORANGE, _GREY, _PALE = "#01689B", "#B8500A", "#767676", "#D9D9D9"
_DARK, _LIGHT = "#1B1B1B", "#FFFFFF"
_APART = ((_BLUE, _DARK), (_ORANGE, _DARK), (_GREY, _DARK))
"""Colour of the bars and of the labels beside them."""
_STEPS = (
    ("#DEEBF7", _DARK), ("#B3D3EA", _DARK), ("#7FB5D9", _DARK), ("#4A93C0", _DARK), (_BLUE, _LIGHT),
    ("#013D5C", _LIGHT), (_PALE, _DARK),
)  # fmt: skip
"""Light to dark for what goes from low to high, and grey for what is not known; labels stand on them."""
_ROOM = Fraction(1, 25)
_LEAST_WIDTH, _MOST_WIDTH, _HEIGHT = 640, 1_600, 420
_PER_GROUP, _PER_BAR, _AROUND = 64, 24, 140  # pixels


def add_chart(book: Any, page: Any, name: str, top: int, sheet: Sheet, chart: Chart) -> None:
    """Put the chart of a sheet to the right of its table."""
    kind = "bar" if chart.horizontal else "column"
    drawn = book.add_chart({"type": kind, "subtype": "stacked"} if chart.stacked else {"type": kind})
    colours = _STEPS if chart.stacked else _APART
    first, last = top + 1, top + len(sheet.rows)
    for (colour, label), column in zip(colours, chart.series, strict=False):
        drawn.add_series({
            "name": [name, top, column],
            "categories": [name, first, 0, last, 0],
            "values": [name, first, column, last, column],
            "fill": {"color": colour},
            "border": {"color": _DARK, "width": 0.75},
            "gap": 60,
            "data_labels": _labels(sheet, chart, column, label),
        })  # fmt: skip
    drawn.set_title({"name": chart.caption, "name_font": {"size": 12}, "overlay": False})
    drawn.set_legend({"position": "bottom"} if len(chart.series) > 1 else {"none": True})
    if chart.horizontal:  # the first row on top; the labels tell the numbers
        drawn.set_y_axis({"reverse": True})
        drawn.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    else:
        drawn.set_y_axis(
            {"num_format": "#,##0", "min": 0, "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}}
        )
    drawn.set_size(_size(sheet, chart))
    page.insert_chart(top, len(sheet.header) + 1, drawn, {"description": chart.alt, "object_position": 3})


def _labels(sheet: Sheet, chart: Chart, column: int, colour: str) -> dict[str, Any]:
    """The published value at every bar: Excel would show words ('minder dan 5') as 0."""
    least = _least_labelled(sheet, chart) if chart.stacked else 0
    custom = [_own_label(row[column], least) for row in sheet.rows]
    labels = {"value": True, "position": "center" if chart.stacked else "outside_end", "font": {"color": colour}}
    return {**labels, "custom": custom} if any(custom) else labels


def _least_labelled(sheet: Sheet, chart: Chart) -> Fraction:
    """A part of a bar that is smaller than this has no room for its label; the table has the number."""
    numbers = [[cell for cell in map(row.__getitem__, chart.series) if isinstance(cell, int)] for row in sheet.rows]
    return max(map(sum, numbers)) * _ROOM


def _own_label(cell: Cell, least: Fraction | int) -> dict[str, Any] | None:
    """None: the label that Excel makes of the number."""
    if cell == NOTHING or (isinstance(cell, int) and cell < least):
        return {"delete": True}
    return None if isinstance(cell, int) else {"value": cell}


def _size(sheet: Sheet, chart: Chart) -> dict[str, int]:
    rows = len(sheet.rows)
    if chart.horizontal:
        return {"width": _LEAST_WIDTH, "height": _AROUND + rows * (1 + len(chart.series)) * _PER_BAR}
    return {"width": min(_MOST_WIDTH, max(_LEAST_WIDTH, _PER_GROUP * rows)), "height": _HEIGHT}
