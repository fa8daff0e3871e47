"""The first half of the evaluation: read, check, merge, classify. What comes out can be counted, or asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from integratie_eval.check import count_rows, in_order, remarks, remarks_of_reader, set_rows_aside
from integratie_eval.classify import classify, ordered_indicators
from integratie_eval.conditions import check_conditions
from integratie_eval.database import all_or_nothing, open_database
from integratie_eval.definitions import Definitions, Indicator, load_definitions
from integratie_eval.merge import merge_deliveries
from integratie_eval.model import Delivered, Finding, Period, RowCount
from integratie_eval.overlap import check_columns, settle_overlap
from integratie_eval.period import period_findings, period_of
from integratie_eval.read.cache import open_cache
from integratie_eval.read.isolation import Limits, Opening
from integratie_eval.read.process import Worker
from integratie_eval.read.sources import find_files, names_of, open_elsewhere
from integratie_eval.read.tables import read
from integratie_eval.settings import Settings

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from integratie_eval.follow import Interval


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
    noted: tuple[Finding, ...]
    """What was found on the way here, and decided which rows count; `findings` has the remarks too."""
    connection: DuckDBPyConnection = field(repr=False)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that was found, in the order of the report. Looks for remarks when first asked for them."""
        return in_order((*self.noted, *remarks(self.connection, self.delivered, self.definitions)))

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """All declared indicators, ours and those of the municipality, in the order of the report."""
        from integratie_eval.supply import with_declared  # only figures need it

        ours = with_declared(ordered_indicators(self.settings, self.definitions), self.settings)
        return (*ours, *self.settings.indicators)

    @cached_property
    def rows(self) -> tuple[RowCount, ...]:
        """What became of every row, per sheet."""
        return count_rows(self.connection, self.delivered)

    @cached_property
    def intervals(self) -> tuple[Interval, ...]:
        """The quarters that are told about, and the whole period. Makes the views per quarter when first asked for."""
        from integratie_eval.follow import follow  # few questions need them
        from integratie_eval.supply import prepare_supply

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


def classified(
    paths: str | Path | Sequence[str | Path],
    settings: Settings | None = None,
    on_step: OnStep = lambda _: None,
    on_file: OnFile = lambda *_: None,
    worker: Worker | None = None,
) -> Classified:
    """Read, check, merge and classify the exports at the given paths. Raises UserError.

    `worker`: a process that is started already, to open the first files; its caller stops it.
    """
    on_step("openen")
    given = [str(path) for path in ([paths] if isinstance(paths, str | Path) else paths)]
    settings = settings or Settings()
    definitions = load_definitions()
    files = find_files(given)
    names = names_of(files)
    limits = Limits(settings.memory_mb * 2**20, settings.seconds)

    def begin(number: int) -> None:
        on_file(names[number], number, len(files))

    with Opening(files, limits, begin, open_cache(settings.cache), worker) as opening:
        connection = open_database(sum(file.stat().st_size for file in files))
        opened = opening.results()

    on_step("lezen")
    delivered = read(connection, files, opened, settings, definitions)
    on_step("controleren")
    findings = [*delivered.findings, *remarks_of_reader(connection, delivered, definitions)]
    findings += check_columns(delivered, settings, definitions)
    findings += settle_overlap(connection, delivered, _ages(files), settings, definitions)
    findings += set_rows_aside(connection, delivered, definitions)
    on_step("samenvoegen")
    merge_deliveries(connection, definitions, _columns_by_sheet(delivered))

    on_step("indelen")
    period = period_of(delivered, settings)
    findings += period_findings(period, delivered, open_elsewhere(files), definitions)
    classify(connection, period, settings, definitions)
    return Classified(period, settings, definitions, delivered, tuple(findings), connection)


def _ages(files: Sequence[Path]) -> Mapping[str, float]:
    """When each file was last changed."""
    return {name: path.stat().st_mtime for name, path in zip(names_of(files), files, strict=True)}


def _columns_by_sheet(delivered: Delivered) -> Mapping[str, Mapping[int, frozenset[str]]]:
    result: dict[str, dict[int, frozenset[str]]] = {}
    for sheet in delivered.sheets:
        result.setdefault(sheet.table, {})[sheet.number] = frozenset(sheet.columns)
    return result
