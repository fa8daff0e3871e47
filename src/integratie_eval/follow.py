"""Views → views per quarter: in- and outflow, moves on the ladder, lasting work. The definitions: follow.sql."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from integratie_eval.definitions import Definitions
from integratie_eval.model import Delivered, Period
from integratie_eval.period import quarter_end_of, quarter_start
from integratie_eval.settings import Settings

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_SQL = Path(__file__).with_suffix(".sql")
_MONTHS = re.compile(r"\{\{maanden:(\w+),(\w+)\}\}")
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Interval:
    """A quarter of the period, or (without a quarter) the whole period; `before` is the day before its first day."""

    quarter: str | None
    before: date
    end: date

    @property
    def whole(self) -> bool:
        """It is exactly one quarter: not a part of it, and without a gap before it."""
        first = self.before + _DAY
        return first == quarter_start(self.end) and self.end == quarter_end_of(first)


def follow(
    connection: DuckDBPyConnection,
    period: Period,
    delivered: Delivered,
    settings: Settings,
    definitions: Definitions,
) -> tuple[Interval, ...]:
    """Create the views per quarter, and return the quarters that the deliveries tell about."""
    intervals = intervals_of(period, _known_quarters(connection, delivered))
    _tables(connection, intervals, settings, definitions)
    connection.execute(_MONTHS.sub(_completed_months, _SQL.read_text(encoding="utf-8")))
    return intervals


def intervals_of(period: Period, known: Sequence[date]) -> tuple[Interval, ...]:
    """The quarters up to the peildatum of which the last day is known; one after a gap covers the gap too."""
    intervals = []
    before = period.start - _DAY
    for quarter_end in _quarter_ends(period):
        if quarter_end in known:
            end = min(quarter_end, period.reference)
            intervals.append(Interval(_label(quarter_end), before, end))
            before = end
    return (*intervals, Interval(None, period.start - _DAY, period.reference))


def gaps_of(period: Period, intervals: Sequence[Interval]) -> tuple[str, ...]:
    """The quarters of the period that no delivery tells about."""
    known = {interval.quarter for interval in intervals}
    return tuple(label for label in map(_label, _quarter_ends(period)) if label not in known)


def _quarter_ends(period: Period) -> Iterator[date]:
    day = quarter_end_of(period.start)
    while quarter_start(day) <= period.reference:
        yield day
        day = quarter_end_of(day + _DAY)


def _label(quarter_end: date) -> str:
    return f"{quarter_end.year}-Q{quarter_end.month // 3}"


def _known_quarters(connection: DuckDBPyConnection, delivered: Delivered) -> list[date]:
    """Last days of the quarters that have a delivery, or that a later delivery tells about.

    A delivery tells about an older quarter when it still holds people who left in that quarter or before it.
    """
    rows = connection.execute(
        "SELECT peildatum, min(eind_uitkering) FROM clienten_geleverd WHERE _terzijde IS NULL GROUP BY peildatum"
    ).fetchall()
    known: set[date] = set()
    references = {day for sheet in delivered.sheets if sheet.table == "clienten" for day in sheet.references}
    for reference, oldest_end in [*rows, *((day, None) for day in references)]:
        day = quarter_end_of(min(reference, oldest_end or reference))
        while day <= quarter_end_of(reference):
            known.add(day)
            day = quarter_end_of(day + _DAY)
    return sorted(known)


def _tables(
    connection: DuckDBPyConnection, intervals: Sequence[Interval], settings: Settings, definitions: Definitions
) -> None:
    connection.execute(
        "CREATE TABLE intervallen AS SELECT unnest($1) AS kwartaal, unnest($2) AS vorige, unnest($3) AS eind",
        [[i.quarter for i in intervals], [i.before for i in intervals], [i.end for i in intervals]],
    )
    reasons = [
        (reason, name, rank)
        for rank, (name, members) in enumerate(definitions.reason_classes.items())
        for reason in members
    ]
    connection.execute(
        "CREATE TABLE klasse_van_reden AS SELECT unnest($1) AS reden, unnest($2) AS klasse, unnest($3) AS volgorde",
        [list(column) for column in zip(*reasons, strict=True)],
    )
    connection.execute(
        "CREATE TABLE start_jobcoaching AS SELECT peildatum, coalesce($1::DATE, "
        "(SELECT min(begin) FROM plaatsingen WHERE jobcoach)) AS jobcoaching_vanaf FROM instellingen",
        [settings.project.coaching_from],
    )


def _completed_months(match: re.Match[str]) -> str:
    """SQL: the completed months from one day to another."""
    first, last = match.groups()
    months = f"(extract(YEAR FROM {last}) - extract(YEAR FROM {first})) * 12"
    months += f" + extract(MONTH FROM {last}) - extract(MONTH FROM {first})"
    incomplete = f"CASE WHEN extract(DAY FROM {last}) < extract(DAY FROM {first}) THEN 1 ELSE 0 END"
    return f"CAST({months} - {incomplete} AS INTEGER)"
