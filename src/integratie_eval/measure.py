"""Views → figures: every indicator of one view is counted in one statement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby, product
from typing import TYPE_CHECKING, Any

from integratie_eval.definitions import SURVIVAL, Indicator, View
from integratie_eval.model import Cohort, Figure, Missing
from integratie_eval.time_to_work import count_months
from integratie_eval.undelivered import lacking_needs

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_COUNT = {
    "regels": "count(*) FILTER (WHERE {condition})",
    "personen": "count(DISTINCT CASE WHEN {condition} THEN clientnummer END)",
    "som": "coalesce(sum(CASE WHEN {condition} THEN {column} END), 0)",
    "mediaan": "percentile_disc(0.5) WITHIN GROUP (ORDER BY CASE WHEN {condition} THEN {column} END)",
}

Key = tuple[str, str, str | None, str | None]
"""(indicator, cohort, category, quarter)."""


def measure(
    connection: DuckDBPyConnection,
    indicators: Sequence[Indicator],
    views: Mapping[str, View],
    delivered: frozenset[str],
    quarters: Sequence[str | None],
) -> tuple[tuple[Figure, ...], tuple[Missing, ...]]:
    """Count every indicator whose columns were delivered; name the columns that the others lack.

    `quarters`: those of the views per quarter; None is the whole period.
    """
    missing = []
    measurable: dict[str, Indicator] = {}
    for indicator in indicators:
        lacking = lacking_needs(indicator.needs, delivered)
        if lacking:
            missing.append(Missing(indicator.id, lacking))
        else:
            measurable[indicator.id] = indicator
    counts: dict[Key, int] = {}
    countable = sorted((i for i in measurable.values() if i.counts != SURVIVAL), key=lambda i: i.view)
    for view, group in groupby(countable, key=lambda i: i.view):
        counts |= _count_view(connection, views[view], list(group))
    figures: list[Figure] = []
    for indicator in measurable.values():
        if indicator.counts == SURVIVAL:
            figures += count_months(connection, indicator)
        else:
            of_view = quarters if views[indicator.view].per_quarter else [None]
            figures += _figures(indicator, measurable.get(indicator.base or ""), counts, of_view)
    return tuple(figures), tuple(missing)


def _count_view(connection: DuckDBPyConnection, view: View, indicators: Sequence[Indicator]) -> dict[Key, int]:
    """Count all indicators of a view at once, over all cohorts and all dimensions (GROUPING SETS)."""
    cursor = connection.execute(counting_sql(view, indicators))
    names = [column[0] for column in cursor.description or ()]
    dimensions = _dimensions(indicators)
    result: dict[Key, int] = {}
    for values in cursor.fetchall():
        _take(dict(zip(names, values, strict=True)), indicators, dimensions, result)
    return result


def counting_sql(view: View, indicators: Sequence[Indicator]) -> str:
    """The statement that counts these indicators of a view."""
    per_cohort = any(indicator.per_cohort for indicator in indicators)
    always = ["kwartaal"] if view.per_quarter else []
    dimensions = _dimensions(indicators)
    cohorts = [[], ["cohort"]] if per_cohort else [[]]
    sets = [", ".join([*always, *cohort, *at]) for cohort in cohorts for at in ([], *([d] for d in dimensions))]
    grouped_by = [*always, *(["cohort"] if per_cohort else []), *dimensions]
    grouped = [f'grouping({key}) AS "g {key}", {key} AS "d {key}"' for key in grouped_by]
    counted = [f'{_COUNT[i.counts].format(condition=i.condition, column=i.column)} AS "{i.id}"' for i in indicators]
    return (
        f"SELECT {', '.join([*grouped, *counted])}\nFROM {view.name}\n"
        f"GROUP BY GROUPING SETS ({', '.join(f'({keys})' for keys in sets)})"
    )


def _dimensions(indicators: Sequence[Indicator]) -> list[str]:
    return sorted({i.dimension for i in indicators if i.dimension})


def _take(
    row: Mapping[str, Any], indicators: Sequence[Indicator], dimensions: Sequence[str], result: dict[Key, int]
) -> None:
    """Note the counts of one row; a row without a value of its dimension, or of no group, tells nothing."""
    cohort = "totaal" if row.get("g cohort", 1) else row["d cohort"]
    at = next((name for name in dimensions if not row[f"g {name}"]), None)
    category = None if at is None else row[f"d {at}"]
    if cohort is None or (at is not None and category is None):
        return
    for indicator in indicators:
        if indicator.dimension == at and row[indicator.id] is not None:  # of nobody there is no median
            result[indicator.id, cohort, category, row.get("d kwartaal")] = int(row[indicator.id])


def _figures(
    indicator: Indicator, base: Indicator | None, counts: Mapping[Key, int], quarters: Sequence[str | None]
) -> list[Figure]:
    cohorts = list(Cohort) if indicator.per_cohort else [Cohort.TOTAL]
    split_base = base if base and base.dimension == indicator.dimension else None  # every category has its own base
    everything = product(quarters, _categories(indicator, split_base, counts), cohorts)
    return [
        Figure(
            indicator.id,
            cohort,
            indicator.dimension,
            category,
            counts.get((indicator.id, cohort.value, category, quarter), 0),
            counts.get((base.id, cohort.value, category if split_base else None, quarter), 0) if base else None,
            quarter,
        )
        for quarter, category, cohort in everything
        if _tells(indicator, quarter) or (indicator.id, cohort.value, category, quarter) in counts
    ]


def _tells(indicator: Indicator, quarter: str | None) -> bool:
    """A zero is a figure, but not for what a quarter could have had of an open list, and not as a median of nobody."""
    open_list = quarter is not None and indicator.dimension is not None and not indicator.categories
    return indicator.counts != "mediaan" and not open_list


def _categories(indicator: Indicator, split_base: Indicator | None, counts: Mapping[Key, int]) -> Sequence[str | None]:
    if not indicator.dimension:
        return [None]
    zero_tells = indicator.counts == "som"  # a delivered zero is a fact
    ids = {indicator.id} | ({split_base.id} if split_base else set())  # nobody of somebody is a fact too
    found = sorted({c for (name, _, c, _), n in counts.items() if name in ids and c and (n or zero_tells)})
    return [*indicator.categories, *(c for c in found if c not in indicator.categories)]
