"""Everything that a renderer may see: published figures and facts about the run, no raw count of persons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from integratie_eval import __version__
from integratie_eval.classify import ordered_statuses
from integratie_eval.definitions import Definitions, Indicator, Rule, Status
from integratie_eval.evaluation import Evaluation
from integratie_eval.follow import Interval, gaps_of
from integratie_eval.model import Delivered, Finding, Missing, Period, PublishedFigures, RowCount
from integratie_eval.money import Money, money_of
from integratie_eval.ratio import PublishedRatio, published_ratios
from integratie_eval.settings import Settings
from integratie_eval.supply import Supply, supply_of
from integratie_eval.targets import Outcome, compare


@dataclass(frozen=True)
class Report:
    """One edition of the report, complete before the first renderer starts."""

    period: Period
    settings: Settings
    definitions: Definitions
    indicators: tuple[Indicator, ...]
    """The indicators that were measured."""
    missing: tuple[Missing, ...]
    published: PublishedFigures
    intervals: tuple[Interval, ...]
    """The quarters that are told about, and the whole period."""
    gaps: tuple[str, ...]
    """The quarters that no delivery tells about."""
    ratios: tuple[PublishedRatio, ...]
    whole_quarters: frozenset[str]
    """The quarters of which the figures are about exactly that quarter: those can be compared."""
    delivered: Delivered
    rows: tuple[RowCount, ...]
    findings: tuple[Finding, ...]
    findings_by_rule: tuple[tuple[Rule, int], ...]
    statuses: tuple[Status, ...]
    targets: tuple[Outcome, ...]
    money: Money | None
    supply: Supply
    version: str

    @property
    def rows_seen(self) -> int:
        """Rows of data in all files."""
        return sum(row.seen for row in self.rows)

    @property
    def rows_used(self) -> int:
        """Rows that are in use."""
        return sum(row.used for row in self.rows)

    @property
    def rows_by_file(self) -> Sequence[tuple[str, int, int]]:
        """File, rows seen and rows used; per sheet it stands in manifest.json."""
        seen, used = Counter[str](), Counter[str]()
        for row in self.rows:
            seen[row.file] += row.seen
            used[row.file] += row.used
        return [(file, count, used[file]) for file, count in seen.items()]

    @property
    def set_aside(self) -> Sequence[tuple[str, str | None, str, int]]:
        """File, sheet, reason and number of the rows that are in no figure."""
        return [(row.file, row.sheet, reason, n) for row in self.rows for reason, n in row.set_aside.items()]

    def title_of(self, indicator: str) -> str:
        """The title of an indicator, measured or not."""
        return self.declared[indicator].title

    @cached_property
    def declared(self) -> Mapping[str, Indicator]:
        """All declared indicators by their id, measured or not."""
        return {known.id: known for known in (*self.definitions.indicators, *self.settings.indicators)}


def report_of(evaluation: Evaluation) -> Report:
    """The internal edition of the report."""
    missing = {item.indicator for item in evaluation.missing}
    counts = Counter(finding.rule for finding in evaluation.findings)
    rules = evaluation.definitions.rules
    return Report(
        period=evaluation.period,
        settings=evaluation.settings,
        definitions=evaluation.definitions,
        indicators=tuple(i for i in evaluation.indicators if i.id not in missing),
        missing=evaluation.missing,
        published=evaluation.published,
        intervals=evaluation.intervals,
        gaps=gaps_of(evaluation.period, evaluation.intervals),
        ratios=published_ratios(evaluation.definitions.ratios, evaluation.published, evaluation.settings),
        whole_quarters=frozenset(i.quarter for i in evaluation.intervals if i.quarter and i.whole),
        delivered=evaluation.delivered,
        rows=evaluation.rows,
        findings=evaluation.findings,
        findings_by_rule=tuple((rules[rule], count) for rule, count in counts.items()),
        statuses=tuple(ordered_statuses(evaluation.settings, evaluation.definitions)),
        targets=compare(evaluation.settings.targets, evaluation.published),
        money=money_of(evaluation.settings, evaluation.period, evaluation.published),
        supply=supply_of(evaluation.settings, evaluation.published),
        version=__version__,
    )
