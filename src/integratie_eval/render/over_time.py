"""What the templates can ask about time: tables per quarter, moves on the ladder, months to work, chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

import integratie_eval.render.dutch as dutch
from integratie_eval.intervals import may_be_chance
from integratie_eval.model import Cohort, Exact, Published
from integratie_eval.render.prose import Number, Words, linked
from integratie_eval.survival import Step, at, logrank, median
from integratie_eval.text import listed
from integratie_eval.time_to_work import (
    FEWEST_FOLLOWED,
    Group,
    category_of,
    curves_of,
    followed_from_the_start,
    well_followed,
)

if TYPE_CHECKING:
    from markupsafe import Markup

Column = tuple[str, str, str | None]
"""Heading, indicator and category of a column of a table per quarter."""

_RUNGS = ("1", "2", "3", "4", "5", "6", "onbekend")
_CHANCE = 0.05


class OverTime:
    """Figures of quarters, and of months after settlement."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._report = words.report

    @property
    def kwartalen(self) -> Sequence[str]:
        """The quarters that are told about, oldest first."""
        return [interval.quarter for interval in self._report.intervals if interval.quarter]

    @property
    def laatste(self) -> str | None:
        """The last whole quarter, of which the figures can be compared with those of an earlier one."""
        return max(self._report.whole_quarters, default=None)

    @property
    def gaten(self) -> Sequence[str]:
        """The quarters that no delivery tells about."""
        return self._report.gaps

    def tabel(self, caption: str, columns: Sequence[Column], cohort: str = "totaal") -> Markup:
        """A table with a row per quarter; a quarter that was not delivered shows that."""
        rows = [[name, *(number or "–" for number in numbers)] for name, numbers in self.regels(columns, cohort)]
        return self._words.tabel(caption, ["kwartaal", *(heading for heading, _, _ in columns)], rows)

    def regels(self, columns: Sequence[Column], cohort: str = "totaal") -> Sequence[tuple[str, list[Number | None]]]:
        """Every quarter and its figures; None where there is nothing to tell."""
        return [
            (self.naam(quarter), [self._number(quarter, cohort, column) for column in columns])
            for quarter in sorted({*self.kwartalen, *self.gaten})
        ]

    def _number(self, quarter: str, cohort: str, column: Column) -> Number | None:
        _, indicator, category = column
        if quarter in self.gaten:
            return None
        number = self._words.n(indicator, cohort, category, quarter)
        return None if number.zonder_basis else number

    def naam(self, quarter: str) -> str:
        """A quarter in a table: what it also covers of a gap, or that it is only a part or was not delivered."""
        if quarter in self.gaten:
            return f"{quarter} (niet geleverd)"
        if quarter in self._report.whole_quarters:
            return quarter
        earlier = [name for name in self.kwartalen if name < quarter]
        covered = [gap for gap in self.gaten if max(earlier, default="") < gap < quarter]
        return f"{quarter} (met {listed(covered)})" if covered else f"{quarter} (deel)"

    def groepen(self, caption: str, columns: Sequence[Column]) -> Markup:
        """A table with a row per group, over the whole period."""
        rows = [
            [heading, *(self._words.n(indicator, group, category) for _, indicator, category in columns)]
            for group, heading in (*self._words.groups, ("totaal", "totaal"))
        ]
        return self._words.tabel(caption, ["groep", *(heading for heading, _, _ in columns)], rows)

    def overgangen(self, caption: str, quarter: str | None = None) -> Markup:
        """A table from rung to rung: a row per rung before, a column per rung after."""
        rows: list[list[Any]] = []
        for before in _RUNGS:
            cells = [self._overgang(before, after, quarter) for after in _RUNGS]
            if any(cells):
                rows.append([before, *(cell or "0" for cell in cells)])
        return self._words.tabel(caption, ["eerst", *_RUNGS], rows)

    def _overgang(self, before: str, after: str, quarter: str | None) -> Number | None:
        figure = self._report.published.get("ladder_overgang", "totaal", f"{before} → {after}", quarter)
        return Number(figure) if figure and not dutch.is_none(figure.count) else None

    # --- months to work

    def na_maanden(self, month: int, cohort: str = "statushouder", year: str | None = None) -> Number | None:
        """The share that has work by a month; None when too few people were followed until then."""
        if at(well_followed(self._curve(cohort, year)), month) is None:
            return None
        figure = self._report.published.get(_name_of_curve(year), cohort, category_of(month, year))
        return Number(figure) if figure else None

    def van_begin_af(self, cohort: str) -> bool:
        """Whether a group is followed from the start, so that its shares can stand beside those of another."""
        return bool(followed_from_the_start(self._curve(cohort, None)))

    def helft(self, cohort: str = "statushouder") -> tuple[Markup, Markup | None, Markup | None] | None:
        """The month by which half of them have work, with its margin; None when not reached or too few followed."""
        month, low, high = median(self._curve(cohort, None))
        known = None if month is None else self.na_maanden(month, cohort)
        if known is None or month is None:
            return None
        return known.link(month), None if low is None else known.link(low), None if high is None else known.link(high)

    @property
    def vestigingsjaren(self) -> Sequence[str]:
        """The years of settlement with a curve, oldest first."""
        return sorted({year for (_, (_, year)) in self._curves if year})

    def verschil_van_jaren(self) -> tuple[bool, Markup] | None:
        """Whether the years of settlement differ in how soon they have work by more than chance, and the p value.

        None when fewer than two years have enough people to compare.
        """
        curves = [self._curve("totaal", year) for year in self.vestigingsjaren]
        compared = [steps for steps in curves if max((step.at_risk for step in steps), default=0) >= FEWEST_FOLLOWED]
        if len(compared) < 2:
            return None
        _, _, chance = logrank([[(s.month, s.at_risk, s.events) for s in steps] for steps in compared])
        shown = dutch.number(max(round(Decimal(chance), 3), Decimal("0.001")))
        return chance < _CHANCE, linked(shown, "tijd_tot_werk_vestigingsjaar", "log-ranktoets")

    def _curve(self, cohort: str, year: str | None) -> Sequence[Step]:
        return self._curves.get((_name_of_curve(year), (Cohort(cohort), year)), ())

    @cached_property
    def _curves(self) -> Mapping[tuple[str, Group], Sequence[Step]]:
        names = ("tijd_tot_werk", "tijd_tot_werk_vestigingsjaar")
        return curves_of(row for row in self._report.published.rows if row.indicator in names)

    # --- chance

    def zelfde_deel(self, indicator: str, one: str, other: str) -> bool:
        """Two categories have exactly the same share."""
        counts = self._counts_of(indicator, one, other)
        return len({Fraction(*known) for known in counts if known}) == 1 and None not in counts

    def kan_toeval_zijn(self, indicator: str, one: str, other: str) -> bool | None:
        """The shares of two categories may differ by chance alone; None when one of them has no share."""
        counts = self._counts_of(indicator, one, other)
        if None in counts:
            return None
        (count, base), (other_count, other_base) = counts  # type: ignore[misc]
        return may_be_chance(count, base, other_count, other_base)

    def _counts_of(self, indicator: str, *categories: str) -> list[tuple[int, int] | None]:
        return [_counts(self._report.published.get(indicator, "totaal", category)) for category in categories]


def _name_of_curve(year: str | None) -> str:
    """The indicator of the curve of everyone, or of those who settled in one year."""
    return "tijd_tot_werk" if year is None else "tijd_tot_werk_vestigingsjaar"


def _counts(figure: Published | None) -> tuple[int, int] | None:
    if figure is None or not isinstance(figure.count, Exact) or not isinstance(figure.base, Exact):
        return None
    return (figure.count.value, figure.base.value) if figure.base.value else None
