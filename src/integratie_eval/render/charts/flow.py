"""Moves from rung to rung: the rungs before at the left, the rungs after at the right, the highest above."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import integratie_eval.render.dutch as dutch
from integratie_eval.render.charts.legend import legend_above
from integratie_eval.render.charts.lettering import LINE, SMALL, width_of
from integratie_eval.render.charts.shapes import WIDTH, Anchor, Area, Box, Drawing, Label, Series, Shape, point

_NODE, _HIGH = 14.0, 360.0
_GAP = float(LINE)
"""Between the rungs: so that the names of thin ones do not touch."""
_LETTERS = 14
_THICKEST = 30.0
"""How thick the band of one person is at most."""


@dataclass(frozen=True)
class Move:
    """How many people went from one rung to another."""

    before: int
    after: int
    count: int

    @property
    def paint(self) -> str:
        """Up, down or stayed."""
        if self.before == self.after:
            return "gelijk"
        return "gestegen" if self.after > self.before else "gedaald"


@dataclass(frozen=True)
class Side:
    """The rungs at one side: where each begins and how many people are on it."""

    counts: Mapping[int, int]
    tops: Mapping[int, float]


def flow(moves: Sequence[Move], heads: tuple[str, str]) -> Drawing:
    """Bands from the rungs before to the rungs after, as thick as the number of people."""
    shapes, head = legend_above(_entries(moves))
    before, after = (_counts(moves, of) for of in ("before", "after"))
    gaps = _GAP * (max(len(before), len(after)) - 1)
    unit = min((_HIGH - gaps) / sum(before.values()), _THICKEST)
    high = gaps + unit * sum(before.values())
    top = head + 1.5 * LINE
    left, right = _side(before, unit, top), _side(after, unit, top)
    margins = [max(width_of(_name(*entry)) for entry in side.counts.items()) + 8 for side in (left, right)]
    x1, x2 = margins[0], WIDTH - margins[1] - _NODE
    shapes += [Label(0, head + LINE / 2, heads[0]), Label(WIDTH, head + LINE / 2, heads[1], "end")]
    bands = _bands(moves, left, right, unit, (x1 + _NODE, x2))
    shapes += [shape for shape in bands if isinstance(shape, Area)]
    shapes += [shape for shape in bands if isinstance(shape, Label)]
    for side, x in ((left, x1), (right, x2)):
        shapes += [Box(x, y, _NODE, side.counts[rung] * unit, "stand") for rung, y in side.tops.items()]
    shapes += _names(left, unit, x1 - 8, "end")
    shapes += _names(right, unit, x2 + _NODE + 8, "start")
    return Drawing(round(top + high + 10), tuple(shapes))


def _names(side: Side, unit: float, x: float, anchor: Anchor) -> list[Shape]:
    """The rungs of a side with their counts, beside their boxes."""
    return [
        Label(x, side.tops[rung] + count * unit / 2, _name(rung, count), anchor) for rung, count in side.counts.items()
    ]


def _entries(moves: Sequence[Move]) -> list[Series]:
    kinds = ("gestegen", "gelijk", "gedaald")
    totals = {kind: sum(move.count for move in moves if move.paint == kind) for kind in kinds}
    return [Series(f"{kind}: {dutch.number(total)}", kind) for kind, total in totals.items()]


def _name(rung: int, count: int) -> str:
    return f"trede {rung}: {dutch.number(count)}"


def _counts(moves: Sequence[Move], of: str) -> dict[int, int]:
    """How many people are on each rung, the highest rung first."""
    rungs = sorted({getattr(move, of) for move in moves}, reverse=True)
    return {rung: sum(move.count for move in moves if getattr(move, of) == rung) for rung in rungs}


def _side(counts: Mapping[int, int], unit: float, top: float) -> Side:
    tops: dict[int, float] = {}
    for rung, count in counts.items():
        tops[rung] = top
        top += count * unit + _GAP
    return Side(counts, tops)


def _bands(moves: Sequence[Move], left: Side, right: Side, unit: float, ends: tuple[float, float]) -> list[Shape]:
    """The bands, thick ones at the back, each with its number where that fits."""
    used_left, used_right = dict(left.tops), dict(right.tops)
    drawn: list[tuple[Move, float, float]] = []
    for move in sorted(moves, key=lambda move: (-move.before, -move.after)):
        drawn.append((move, used_left[move.before], used_right[move.after]))
        used_left[move.before] += move.count * unit
        used_right[move.after] += move.count * unit
    shapes: list[Shape] = []
    for move, y1, y2 in sorted(drawn, key=lambda entry: -entry[0].count):
        thick = move.count * unit
        shapes.append(Area(_path(ends, y1, y2, thick), move.paint))
        if thick >= _LETTERS:
            shapes.append(Label(ends[0] + 8, y1 + thick / 2, dutch.number(move.count), "start", move.paint, SMALL))
    return shapes


def _path(ends: tuple[float, float], y1: float, y2: float, thick: float) -> str:
    x1, x2 = map(point, ends)
    middle = point(sum(ends) / 2)
    a, b, c, d = map(point, (y1, y2, y2 + thick, y1 + thick))
    return f"M{x1} {a}C{middle} {a} {middle} {b} {x2} {b}V{c}C{middle} {c} {middle} {d} {x1} {d}Z"
