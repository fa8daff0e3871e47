"""Published values against published values: how much more or less. What is hidden or missing gives no difference."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from integratie_eval.model import Exact, Published

Key = tuple[str, str, str | None, str | None]
"""(indicator, cohort, category, quarter)."""


@dataclass(frozen=True)
class Difference:
    """A figure before and after. `count`: after - before; `points`: the same of the percentages (procentpunt)."""

    before: Published
    after: Published
    count: int | None
    points: Decimal | None

    @classmethod
    def of(cls, before: Published, after: Published) -> Difference:
        """The difference, as far as both values are published exactly."""
        count = points = None
        if isinstance(before.count, Exact) and isinstance(after.count, Exact):
            count = after.count.value - before.count.value
            if before.percentage is not None and after.percentage is not None:
                points = after.percentage - before.percentage
        return cls(before, after, count, points)


@dataclass(frozen=True)
class Comparison:
    """The figures that two editions share, and the indicators that only one of them has."""

    differences: tuple[Difference, ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]


@dataclass(frozen=True)
class QuarterDifference:
    """A figure of a quarter, against the quarter before it and the same quarter a year earlier."""

    figure: Published
    previous: Difference | None
    year_before: Difference | None


def compare(before: Sequence[Published], after: Sequence[Published]) -> Comparison:
    """Every figure that both have, in the order of `after`."""
    old = {_key(row): row for row in before}
    differences = tuple(Difference.of(old[_key(row)], row) for row in after if _key(row) in old)
    names_before, names_after = _names(before), _names(after)
    return Comparison(
        differences,
        tuple(name for name in names_before if name not in names_after),
        tuple(name for name in names_after if name not in names_before),
    )


def compare_quarters(rows: Sequence[Published], whole: Collection[str]) -> tuple[QuarterDifference, ...]:
    """The figures per quarter that have an earlier quarter to be compared with; not those that are zero in all of them.

    `whole`: the quarters of which the figures are about exactly that quarter. A part of a quarter, or a quarter that
    also holds the gap before it, is compared with nothing.
    """
    known = {_key(row): row for row in rows if row.quarter in whole}
    found = []
    for (indicator, cohort, category, quarter), row in known.items():
        where = indicator, cohort, category
        previous = known.get((*where, quarter_before(quarter or "")))
        year_before = known.get((*where, quarter_before(quarter or "", 4)))
        earlier = [figure for figure in (previous, year_before) if figure]
        if earlier and not (_is_zero(row) and all(map(_is_zero, earlier))):
            found.append(QuarterDifference(row, _difference(previous, row), _difference(year_before, row)))
    return tuple(found)


@cache
def quarter_before(quarter: str, quarters: int = 1) -> str:
    """The quarter so many quarters earlier: '2018-Q1' → '2017-Q4'."""
    year, _, number = quarter.partition("-Q")
    index = int(year) * 4 + int(number) - 1 - quarters
    return f"{index // 4}-Q{index % 4 + 1}"


def _is_zero(row: Published) -> bool:
    return isinstance(row.count, Exact) and row.count.value == 0


def _difference(before: Published | None, after: Published) -> Difference | None:
    return Difference.of(before, after) if before else None


def _key(row: Published) -> Key:
    return row.indicator, row.cohort.value, row.category, row.quarter


def _names(rows: Iterable[Published]) -> dict[str, None]:
    return dict.fromkeys(row.indicator for row in rows)
