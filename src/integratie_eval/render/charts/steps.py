"""The share that has work by each month, as a line of steps with a band around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

import integratie_eval.render.dutch as dutch
from integratie_eval.render.charts.lettering import LINE, width_of
from integratie_eval.render.charts.scale import every, spread
from integratie_eval.render.charts.shapes import WIDTH, Area, Drawing, Label, Line, Shape, point, together
from integratie_eval.survival import Step

_TOP, _FLOOR, _HEIGHT = 14.0, 300.0, 350
_YEAR = 12


@dataclass(frozen=True)
class Curve:
    """The steps of a group."""

    name: str
    steps: Sequence[Step]

    @property
    def label(self) -> str:
        """The group and where its line ends."""
        share = Decimal(self.steps[-1].share * 100).quantize(Decimal(1), ROUND_HALF_UP)
        return f"{self.name}: {dutch.percent(share)}"


def steps(curves: Sequence[Curve], under: str) -> Drawing:
    """A line and a band per group, its name and last share at the end; `under` tells what the months count from."""
    left = width_of("100%") + 10
    end = WIDTH - max(width_of(curve.label) for curve in curves) - 10
    last = max(curve.steps[-1].month for curve in curves)

    def across(month: float) -> float:
        return left + month * (end - left) / max(last, 1)

    shapes: list[Shape] = [*_axes(across, left, end, last), Label((left + end) / 2, _FLOOR + 38, under, "middle")]
    for number, curve in enumerate(curves, 1):
        shapes.append(Area(_band(across, _changes(curve.steps)), f"band{number}"))
    for number, curve in enumerate(curves, 1):
        shapes.append(Area(_line(across, _changes(curve.steps)), f"lijn{number}"))
    ranked = sorted(curves, key=lambda curve: -curve.steps[-1].share)
    places = spread([_down(curve.steps[-1].share) for curve in ranked], LINE, _TOP, _FLOOR - LINE / 2)
    shapes += [Label(end + 8, y, curve.label) for curve, y in zip(ranked, places, strict=True)]
    return Drawing(_HEIGHT, tuple(shapes))


def _down(share: float) -> float:
    return _FLOOR - share * (_FLOOR - _TOP)


def _axes(across: Callable[[float], float], left: float, end: float, last: int) -> list[Shape]:
    shapes: list[Shape] = []
    for quarter in range(5):
        y = _down(quarter / 4)
        shapes.append(Line(left, y, end, y, "raster" if quarter else "as"))
        shapes.append(Label(left - 8, y, dutch.percent(Decimal(quarter * 25)), "end"))
    step = _YEAR * every(width_of("000") + 12, across(_YEAR) - across(0))
    for month in range(0, last + 1, step):
        shapes.append(Line(across(month), _FLOOR, across(month), _FLOOR + 5, "as"))
        shapes.append(Label(across(month), _FLOOR + 16, str(month), "middle"))
    return together(shapes)


def _changes(months: Sequence[Step]) -> list[Step]:
    """The first and the last step, and every one that differs from the one before."""
    changed = [later for earlier, later in pairwise(months) if later.events]
    return list(dict.fromkeys([months[0], *changed, months[-1]]))


def _line(across: Callable[[float], float], months: Sequence[Step]) -> str:
    start = months[0]
    rest = "".join(f"H{point(across(step.month))}V{point(_down(step.share))}" for step in months[1:])
    return f"M{point(across(start.month))} {point(_down(start.share))}{rest}"


def _band(across: Callable[[float], float], months: Sequence[Step]) -> str:
    """Along the upper limit, and back along the lower one."""
    start, end = months[0], months[-1]
    there = "".join(f"H{point(across(step.month))}V{point(_down(step.high))}" for step in months[1:])
    back = "".join(
        f"H{point(across(later.month))}V{point(_down(earlier.low))}" for earlier, later in reversed([*pairwise(months)])
    )
    return f"M{point(across(start.month))} {point(_down(start.high))}{there}V{point(_down(end.low))}{back}Z"
