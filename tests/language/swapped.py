"""A report with other figures: every count is 0, 1, 2 or many, and a part is never more than what it is a part of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from integratie_eval.model import Cohort, Exact, Published, PublishedFigures
from integratie_eval.report import Report

POOLS = ((0, 0, 1), (1,), (0, 1, 2), (0, 1, 2, 12), (1, 1, 2), (2, 12))
CURVES = ("tijd_tot_werk", "tijd_tot_werk_vestigingsjaar")
"""Their counts hang together from month to month: they stay as they are."""
Place = tuple[str, Cohort, str | None, str | None]


def swapped(report: Report, seed: int) -> Report:
    """The report with other counts; the same seed gives the same counts."""
    counts = _Counts(report, Random(seed))
    rows = tuple(row if row.indicator in CURVES else _with(row, counts) for row in report.published.rows)
    return replace(report, published=PublishedFigures.of(rows, report.published.missing))


class _Counts:
    """A count for every place, made when it is asked for."""

    def __init__(self, report: Report, dice: Random) -> None:
        self._dice = dice
        self._pool = dice.choice(POOLS)
        self._declared = report.declared
        self._rows: Mapping[Place, Published] = {_place(row): row for row in report.published.rows}
        self._groups = [c for c in Cohort if c is not Cohort.TOTAL]
        self._known: dict[Place, int] = {}

    def of(self, place: Place) -> int:
        if place not in self._known:
            self._known[place] = self._make(place)
        return self._known[place]

    def base(self, place: Place) -> int | None:
        indicator, cohort, category, quarter = place
        base = self._declared[indicator].base
        if base is None or self._rows[place].base is None:
            return None
        options = [(base, cohort, category, quarter), (base, cohort, None, quarter)]
        return next((self.of(option) for option in options if option in self._rows), None)

    def _make(self, place: Place) -> int:
        indicator, cohort, category, quarter = place
        groups = [(indicator, group, category, quarter) for group in self._groups]
        if cohort is Cohort.TOTAL and all(group in self._rows for group in groups):
            return sum(map(self.of, groups))
        base = self.base(place)
        count = self._dice.choice(self._pool)
        return count if base is None else min(count, base)


def _place(row: Published) -> Place:
    return row.indicator, row.cohort, row.category, row.quarter


def _with(row: Published, counts: _Counts) -> Published:
    count, base = counts.of(_place(row)), counts.base(_place(row))
    share = (Decimal(100 * count) / base).quantize(Decimal(1), ROUND_HALF_UP) if base else None
    return replace(
        row,
        count=Exact(count),
        base=row.base if base is None else Exact(base),
        percentage=share,
        interval=None
        if share is None or row.interval is None
        else (max(share - 9, Decimal(0)), min(share + 9, Decimal(100))),
    )
