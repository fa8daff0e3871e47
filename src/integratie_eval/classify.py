"""Tables → views: cohort, rung and eindstatus of every person. The definitions stand in classify.sql."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from integratie_eval.definitions import Definitions, Indicator, Status
from integratie_eval.model import Period
from integratie_eval.settings import Settings

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_SQL = Path(__file__).with_suffix(".sql")


def classify(connection: DuckDBPyConnection, period: Period, settings: Settings, definitions: Definitions) -> None:
    """Create the views `personen`, `partijen`, `deelnames`, `werk`, `standen` (and what they stand on)."""
    _settings_tables(connection, period, settings, definitions)
    order = ordered_statuses(settings, definitions)
    cases = " ".join(f"WHEN {status.fact} THEN '{status.name}'" for status in order)
    connection.execute(_SQL.read_text(encoding="utf-8").replace("{{eindstatus}}", cases))


def ordered_statuses(settings: Settings, definitions: Definitions) -> Sequence[Status]:
    """The classes of the eindstatus in the order in which they are tried."""
    if not settings.status_order:
        return definitions.statuses
    by_name = {status.name: status for status in definitions.statuses}
    return [by_name[name] for name in settings.status_order]


def ordered_indicators(settings: Settings, definitions: Definitions) -> tuple[Indicator, ...]:
    """The declared indicators, with the classes of the eindstatus in the order in which they are tried."""
    names = tuple(status.name for status in ordered_statuses(settings, definitions))
    return tuple(replace(i, categories=names) if i.id == "eindstatus" else i for i in definitions.indicators)


def _settings_tables(
    connection: DuckDBPyConnection, period: Period, settings: Settings, definitions: Definitions
) -> None:
    connection.execute(
        "CREATE TABLE instellingen AS SELECT $1::DATE AS van, $2::DATE AS tot, $3::DATE AS peildatum, "
        "$4::DATE AS cohort_grens, $5::BOOLEAN AS inburgering_is_ondersteuning",
        [period.start, period.end, period.reference, settings.cohort_border, settings.course_is_support],
    )
    connection.execute(
        "CREATE TABLE taakstelling AS SELECT unnest($1::INTEGER[]) AS jaar, unnest($2::BIGINT[]) AS taakstelling",
        [list(settings.housing), list(settings.housing.values())],
    )
    of_provider = {provider.name: provider.rung for provider in settings.providers if provider.rung is not None}
    for name, rungs in {"soort": definitions.rung_of_kind, "aanbieder": of_provider}.items():
        connection.execute(
            f"CREATE TABLE trede_bij_{name} AS SELECT unnest($1::VARCHAR[]) AS {name}, unnest($2::INTEGER[]) AS trede",
            [list(rungs), list(rungs.values())],
        )
