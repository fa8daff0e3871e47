"""The whole evaluation, top to bottom: read, check, merge, classify, measure, protect. Rendering comes after it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from integratie_eval.check import check, count_rows, in_order, remarks_of_reader
from integratie_eval.classify import classify, ordered_indicators
from integratie_eval.conditions import check_conditions
from integratie_eval.database import all_or_nothing, open_database
from integratie_eval.definitions import Definitions, Indicator, load_definitions
from integratie_eval.follow import Interval, follow
from integratie_eval.measure import measure
from integratie_eval.merge import merge_deliveries
from integratie_eval.model import Delivered, Figure, Finding, Missing, Period, PublishedFigures, RowCount
from integratie_eval.overlap import check_columns, settle_overlap
from integratie_eval.period import period_findings, period_of
from integratie_eval.protect import protect
from integratie_eval.read.cache import open_cache
from integratie_eval.read.isolation import Limits, Opening
from integratie_eval.read.sources import find_files, names_of, open_elsewhere
from integratie_eval.read.tables import read
from integratie_eval.settings import Settings
from integratie_eval.supply import prepare_supply, with_declared

if TYPE_CHECKING:
    import pandas
    from duckdb import DuckDBPyConnection


OnStep = Callable[[str], None]
"""Is told the Dutch name of each step that begins."""
OnFile = Callable[[str, int, int], None]
"""Is told the name of a file whose turn it is to be opened, how many came before it, and how many there are."""


@dataclass(frozen=True)
class Classified:
    """The exports as tables and views that can be counted: everything but the figures."""

    period: Period
    settings: Settings
    definitions: Definitions
    delivered: Delivered
    findings: tuple[Finding, ...]
    connection: DuckDBPyConnection = field(repr=False)

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """All declared indicators, ours and those of the municipality, in the order of the report."""
        ours = with_declared(ordered_indicators(self.settings, self.definitions), self.settings)
        return (*ours, *self.settings.indicators)

    @cached_property
    def rows(self) -> tuple[RowCount, ...]:
        """What became of every row, per sheet."""
        return count_rows(self.connection, self.delivered)

    @cached_property
    def intervals(self) -> tuple[Interval, ...]:
        """The quarters that are told about, and the whole period. Makes the views per quarter when first asked for."""
        with all_or_nothing(self.connection):
            intervals = follow(self.connection, self.period, self.delivered, self.settings, self.definitions)
            prepare_supply(self.connection, self.settings)
        return intervals

    def follow(self) -> None:
        """Make the views per quarter and of the supply, if they are not there yet: not every question needs them."""
        _ = self.intervals

    def require_conditions(self) -> None:
        """Without counting: raises SettingsError for a condition of the municipality that cannot be counted."""
        if self.settings.indicators:
            self.follow()
            check_conditions(self.connection, self.settings.indicators)


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


def classified(
    paths: str | Path | Sequence[str | Path],
    settings: Settings | None = None,
    on_step: OnStep = lambda _: None,
    on_file: OnFile = lambda *_: None,
) -> Classified:
    """Read, check, merge and classify the exports at the given paths. Raises UserError."""
    on_step("openen")
    given = [str(path) for path in ([paths] if isinstance(paths, str | Path) else paths)]
    settings = settings or Settings()
    definitions = load_definitions()
    files = find_files(given)
    names = names_of(files)
    limits = Limits(settings.memory_mb * 2**20, settings.seconds)

    def begin(number: int) -> None:
        on_file(names[number], number, len(files))

    with Opening(files, limits, begin, open_cache(settings.cache)) as opening:
        connection = open_database(sum(file.stat().st_size for file in files))
        opened = opening.results()

    on_step("lezen")
    delivered = read(connection, files, opened, settings, definitions)
    on_step("controleren")
    findings = [*delivered.findings, *remarks_of_reader(connection, delivered, definitions)]
    findings += check_columns(delivered, settings, definitions)
    findings += settle_overlap(connection, delivered, _ages(files), settings, definitions)
    findings += check(connection, "levering", delivered, definitions)
    on_step("samenvoegen")
    merge_deliveries(connection, definitions, _columns_by_sheet(delivered))

    on_step("indelen")
    period = period_of(delivered, settings)
    findings += period_findings(period, delivered, open_elsewhere(files), definitions)
    classify(connection, period, settings, definitions)
    findings += check(connection, "indeling", delivered, definitions)
    return Classified(period, settings, definitions, delivered, in_order(findings), connection)


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


def _ages(files: Sequence[Path]) -> Mapping[str, float]:
    """When each file was last changed."""
    return {name: path.stat().st_mtime for name, path in zip(names_of(files), files, strict=True)}


def _columns_by_sheet(delivered: Delivered) -> Mapping[str, Mapping[int, frozenset[str]]]:
    result: dict[str, dict[int, frozenset[str]]] = {}
    for sheet in delivered.sheets:
        result.setdefault(sheet.table, {})[sheet.number] = frozenset(sheet.columns)
    return result
