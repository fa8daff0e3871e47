"""Views → figures: every indicator of one view is counted in one statement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from integratie_eval.definitions import Indicator
from integratie_eval.model import Cohort, Figure, Missing

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_COUNT = {
    "regels": "count(*) FILTER (WHERE {condition})",
    "personen": "count(DISTINCT CASE WHEN {condition} THEN clientnummer END)",
    "som": "coalesce(sum(CASE WHEN {condition} THEN aantal END), 0)",
}

Counts = Mapping[tuple[str, str, str | None], int]
"""(indicator, cohort, category) → count."""


def measure(
    connection: DuckDBPyConnection, indicators: Sequence[Indicator], delivered: frozenset[str]
) -> tuple[tuple[Figure, ...], tuple[Missing, ...]]:
    """Count every indicator whose columns were delivered; name the columns that the others lack."""
    missing = []
    measurable = []
    for indicator in indicators:
        lacking = tuple(need for need in indicator.needs if not _has(need, delivered))
        if lacking:
            missing.append(Missing(indicator.id, lacking))
        else:
            measurable.append(indicator)
    counts: dict[tuple[str, str, str | None], int] = {}
    for view, group in groupby(sorted(measurable, key=lambda i: i.view), key=lambda i: i.view):
        counts |= _count_view(connection, view, list(group))
    known = {indicator.id for indicator in measurable}
    return tuple(f for indicator in measurable for f in _figures(indicator, counts, known)), tuple(missing)


def _has(need: str, delivered: frozenset[str]) -> bool:
    """A need is a table or a column; 'a|b' is satisfied by one of both."""
    return any(option in delivered for option in need.split("|"))


def _count_view(connection: DuckDBPyConnection, view: str, indicators: Sequence[Indicator]) -> dict[Any, int]:
    """Count all indicators of a view at once, over all cohorts and all dimensions (GROUPING SETS)."""
    per_cohort = any(indicator.per_cohort for indicator in indicators)
    dimensions = sorted({i.dimension for i in indicators if i.dimension})
    sets = ["()", *(f"({name})" for name in dimensions)]
    if per_cohort:
        sets += ["(cohort)", *(f"(cohort, {name})" for name in dimensions)]
    keys = ["cohort", *dimensions] if per_cohort else dimensions
    grouped = [f'grouping({key}) AS "g {key}", {key} AS "d {key}"' for key in keys]
    counts = [f'{_COUNT[i.counts].format(condition=i.condition)} AS "{i.id}"' for i in indicators]
    cursor = connection.execute(
        f"SELECT {', '.join([*grouped, *counts])} FROM {view} GROUP BY GROUPING SETS ({', '.join(sets)})"
    )
    names = [column[0] for column in cursor.description or ()]
    result: dict[Any, int] = {}
    for values in cursor.fetchall():
        row = dict(zip(names, values, strict=True))
        cohort = "totaal" if not per_cohort or row["g cohort"] else row["d cohort"]
        at = next((name for name in dimensions if not row[f"g {name}"]), None)
        category = None if at is None else row[f"d {at}"]
        for indicator in indicators:
            if indicator.dimension == at and not (at and category is None):
                result[indicator.id, cohort, category] = int(row[indicator.id])
    return result


def _figures(indicator: Indicator, counts: Counts, known: set[str]) -> list[Figure]:
    cohorts = list(Cohort) if indicator.per_cohort else [Cohort.TOTAL]
    categories: list[str | None] = [None]
    if indicator.dimension:
        zero_tells = indicator.counts == "som"  # a delivered zero is a fact
        found = sorted({c for (name, _, c), n in counts.items() if name == indicator.id and c and (n or zero_tells)})
        categories = [*indicator.categories, *(c for c in found if c not in indicator.categories)]
    base = indicator.base if indicator.base in known else None
    return [
        Figure(
            indicator.id,
            cohort,
            indicator.dimension,
            category,
            counts.get((indicator.id, cohort.value, category), 0),
            None if base is None else counts.get((base, cohort.value, None), 0),
        )
        for category in categories
        for cohort in cohorts
    ]
