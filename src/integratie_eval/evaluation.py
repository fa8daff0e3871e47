"""The whole evaluation, top to bottom: read, check, merge, classify, measure, protect. Rendering comes after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from integratie_eval.classified import Classified, OnFile, OnStep, classified
from integratie_eval.conditions import check_conditions
from integratie_eval.definitions import Definitions, Indicator
from integratie_eval.follow import Interval
from integratie_eval.measure import measure
from integratie_eval.model import Delivered, Figure, Finding, Missing, Period, PublishedFigures, RowCount
from integratie_eval.protect import protect
from integratie_eval.settings import Settings

if TYPE_CHECKING:
    import pandas
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True)
class Evaluation:
    """The complete result of one run. `figures` are raw counts; `published` is what a report may show."""

    period: Period
    settings: Settings
    definitions: Definitions
    indicators: tuple[Indicator, ...]
    intervals: tuple[Interval, ...]
    """The quarters that are told about, and the whole period."""
    delivered: Delivered
    findings: tuple[Finding, ...]
    rows: tuple[RowCount, ...]
    figures: tuple[Figure, ...]
    missing: tuple[Missing, ...]
    published: PublishedFigures
    _connection: DuckDBPyConnection = field(repr=False)

    def frame(self, name: str) -> pandas.DataFrame:
        """A table or view (`personen`, `clienten`, `partijen`, `standen`, …) as a pandas DataFrame."""
        frame: pandas.DataFrame = self._connection.table(name).df()
        return frame


def evaluate(
    paths: str | Path | Sequence[str | Path],
    settings: Settings | None = None,
    on_step: OnStep = lambda _: None,
    on_file: OnFile = lambda *_: None,
) -> Evaluation:
    """Evaluate the exports at the given paths. Raises UserError with a message and a remedy in Dutch.

    `on_step` is told the Dutch name of each step that begins, `on_file` each file that is opened (from a thread).
    """
    return measured(classified(paths, settings, on_step, on_file), on_step)


def measured(exports: Classified, on_step: OnStep = lambda _: None) -> Evaluation:
    """Count every figure of classified exports, and protect what may be published."""
    on_step("tellen")
    indicators = exports.indicators
    figures, published = count(exports, indicators)
    return Evaluation(
        period=exports.period,
        settings=exports.settings,
        definitions=exports.definitions,
        indicators=indicators,
        intervals=exports.intervals,
        delivered=exports.delivered,
        findings=exports.findings,
        rows=exports.rows,
        figures=figures,
        missing=published.missing,
        published=published,
        _connection=exports.connection,
    )


def count(exports: Classified, indicators: Sequence[Indicator]) -> tuple[tuple[Figure, ...], PublishedFigures]:
    """The figures of these indicators, raw and as they may be published. Raises SettingsError for a wrong condition."""
    settings = exports.settings
    quarters = [interval.quarter for interval in exports.intervals]
    check_conditions(exports.connection, [i for i in settings.indicators if i in indicators])
    views, columns = exports.definitions.views, exports.delivered.columns
    figures, missing = measure(exports.connection, indicators, views, columns, quarters)
    return figures, protect(figures, missing, settings.percentage_decimals, indicators)
