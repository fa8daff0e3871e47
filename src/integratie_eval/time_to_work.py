"""How many people have work after so many months: counted per month, and read as a curve (Kaplan and Meier).

A figure of a month holds who began to work in it (`count`) and who could have (`base`). Its percentage is no quotient
of these two, but the share that has work by then, with its 95% band; that needs the months before it too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from integratie_eval.definitions import Indicator
from integratie_eval.model import Cohort, Exact, Figure, Published
from integratie_eval.survival import Follow, Row, Step, curve, table

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MONTHS = "maanden"
_YEAR_AND_MONTH = " maand "
FEWEST_FOLLOWED = 10
"""Below this many people at risk, one of them moves the curve by more than ten points: no share is given."""
_LATEST_START = 12

Group = tuple[Cohort, str | None]
"""The people of a cohort, or those of them who settled in one year."""


def count_months(connection: DuckDBPyConnection, indicator: Indicator) -> list[Figure]:
    """Per group and month, who is followed and who begins to work; the dimension of the indicator splits by year."""
    alike = f"SELECT *, count(*) FROM ({following_sql(indicator)}) AS gevolgd GROUP BY ALL"
    groups: dict[Group, Counter[Follow]] = {}
    for cohort, year_of_person, entry, months, works, persons in connection.execute(alike).fetchall():
        for of_cohort in (Cohort(cohort), Cohort.TOTAL) if indicator.per_cohort else (Cohort.TOTAL,):
            groups.setdefault((of_cohort, year_of_person), Counter())[Follow(entry, months, works)] += persons
    return [
        Figure(indicator.id, cohort, indicator.dimension, category_of(month, of_year), events, at_risk)
        for (cohort, of_year), people in sorted(groups.items(), key=_rank)
        for month, at_risk, events in table(people)
    ]


def following_sql(indicator: Indicator) -> str:
    """The statement that gives how long every person is followed."""
    year = "NULL" if indicator.dimension == MONTHS else indicator.dimension
    return f"SELECT cohort, {year}, intrede, maanden, werk\nFROM {indicator.view}\nWHERE {indicator.condition}"


def category_of(month: int, year: str | None = None) -> str:
    """How a figure names its month: '24', or '2015 maand 24' for those who settled in 2015."""
    return str(month) if year is None else f"{year}{_YEAR_AND_MONTH}{month}"


def curves_of(figures: Iterable[Published]) -> Mapping[tuple[str, Group], Sequence[Step]]:
    """The curve of every indicator and group, from published values only; none after a month that is hidden."""
    rows: dict[tuple[str, Group], list[Row]] = {}
    for figure in figures:
        year, _, month = (figure.category or "").rpartition(_YEAR_AND_MONTH)
        rows.setdefault((figure.indicator, (figure.cohort, year or None)), []).append(_row(int(month), figure))
    return {key: curve(_as_far_as_known(months)) for key, months in rows.items()}


def well_followed(steps: Sequence[Step]) -> Sequence[Step]:
    """The curve up to the first month in which too few people are followed to give a share."""
    return list(takewhile(lambda step: step.at_risk >= FEWEST_FOLLOWED, steps))


def followed_from_the_start(steps: Sequence[Step]) -> Sequence[Step]:
    """The same for a curve that begins in the first year; empty for one that begins later.

    Who is first seen after years is only seen because there was no work yet: that curve says nothing beside another.
    """
    return well_followed(steps) if steps and steps[0].month <= _LATEST_START else ()


def _row(month: int, figure: Published) -> Row:
    known = isinstance(figure.count, Exact) and isinstance(figure.base, Exact)
    return (month, figure.base.value, figure.count.value) if known else (month, -1, -1)  # type: ignore[union-attr]


def _as_far_as_known(rows: Sequence[Row]) -> Sequence[Row]:
    hidden = next((place for place, row in enumerate(rows) if row[1] < 0), len(rows))
    return rows[:hidden]


def _rank(entry: tuple[Group, object]) -> tuple[int, str]:
    (cohort, year), _ = entry
    return list(Cohort).index(cohort), year or ""
