"""What the steps hand to each other: frozen, complete, without behaviour that prints, reads or writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path


class Severity(StrEnum):
    """How bad a finding is."""

    ERROR = "fout"
    WARNING = "waarschuwing"
    REMARK = "opmerking"


class Cohort(StrEnum):
    """The groups that the report compares."""

    STATUSHOUDER = "statushouder"
    OUDKOMER = "oudkomer"
    UNKNOWN = "onbekend"
    TOTAL = "totaal"


@dataclass(frozen=True)
class Period:
    """The evaluation period: both days belong to it. `reference` is the day of which the end state is told."""

    start: date
    end: date
    reference: date

    @property
    def told(self) -> dict[str, str]:
        """The days as they stand in files for programs."""
        return {"van": self.start.isoformat(), "tot": self.end.isoformat(), "peildatum": self.reference.isoformat()}


@dataclass(frozen=True)
class Place:
    """Where something stands in the delivered files. Sheet, row (1-based) and column may be unknown."""

    file: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None


@dataclass(frozen=True)
class Finding:
    """Something in the delivered data that a person should look at. Never holds a cell's value."""

    rule: str
    severity: Severity
    place: Place
    message: str
    remedy: str


@dataclass(frozen=True)
class SheetRead:
    """One sheet (or csv file) of a delivery, as it was recognised."""

    number: int
    file: str
    sheet: str | None
    table: str
    references: tuple[date, ...]
    """The peildatums of its rows, oldest first: usually one."""
    columns: Mapping[str, str]
    """Canonical column → column letters in the sheet; those of a partner on the same row as `partner.<column>`."""
    unread: tuple[str, ...]
    """Headings that no definition knows; their cells are never read."""
    rows_seen: int
    header_row: int = 1
    """Row of the headings, as the spreadsheet program numbers it."""

    @property
    def reference(self) -> date:
        """The newest peildatum of its rows."""
        return self.references[-1]


@dataclass(frozen=True)
class FileRead:
    """One delivered file."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Delivered:
    """What the `read` step found, beside the tables themselves (which stand in the database)."""

    files: tuple[FileRead, ...]
    sheets: tuple[SheetRead, ...]
    findings: tuple[Finding, ...]
    columns: frozenset[str]
    """The 'table.column' names that at least one sheet delivered, and the bare names of delivered tables."""
    unused: tuple[FileRead, ...] = ()
    """Delivered files of which nothing was used: a copy of another one, or one that cannot be read."""


@dataclass(frozen=True)
class RowCount:
    """The row account of one sheet: seen = used + set aside."""

    file: str
    sheet: str | None
    table: str
    seen: int
    used: int
    set_aside: Mapping[str, int]


@dataclass(frozen=True)
class Figure:
    """A counted figure: whole numbers only. `base` is the denominator, if the indicator has one."""

    indicator: str
    cohort: Cohort
    dimension: str | None
    category: str | None
    count: int
    base: int | None
    quarter: str | None = None
    """'2018-Q3'; None: of the whole period."""


@dataclass(frozen=True)
class Missing:
    """An indicator that could not be measured, and the columns it needs that were not delivered."""

    indicator: str
    needs: tuple[str, ...]


@dataclass(frozen=True)
class Exact:
    """A published value as it is."""

    value: int


@dataclass(frozen=True)
class Below:
    """A published value that only tells that it is smaller than a limit."""

    limit: int


@dataclass(frozen=True)
class Range:
    """A published value that only tells between which two numbers it lies (both included)."""

    low: int
    high: int


@dataclass(frozen=True)
class Hidden:
    """A value that is not published."""


Value = Exact | Below | Range | Hidden


@dataclass(frozen=True)
class Published:
    """A figure as a reader may see it: the only kind of number that reaches a renderer."""

    indicator: str
    cohort: Cohort
    dimension: str | None
    category: str | None
    count: Value
    base: Value | None
    percentage: Decimal | None
    """count / base × 100, rounded half up; None without base, with base zero, or when either is not exact."""
    quarter: str | None = None
    """'2018-Q3'; None: of the whole period."""
    interval: tuple[Decimal, Decimal] | None = None
    """Between which two percentages the share lies with 95% certainty, if chance is looked at."""


@dataclass(frozen=True)
class PublishedFigures:
    """All published figures of one edition, in a fixed order, with quick access by name."""

    rows: tuple[Published, ...]
    missing: tuple[Missing, ...]
    _by_key: Mapping[tuple[str, str, str | None, str | None], Published] = field(repr=False, compare=False)

    @classmethod
    def of(cls, rows: tuple[Published, ...], missing: tuple[Missing, ...]) -> PublishedFigures:
        """Index the figures by indicator, cohort, category and quarter."""
        return cls(rows, missing, {(row.indicator, row.cohort.value, row.category, row.quarter): row for row in rows})

    def get(
        self, indicator: str, cohort: str = "totaal", category: str | None = None, quarter: str | None = None
    ) -> Published | None:
        """One figure, or None when it was not measured."""
        return self._by_key.get((indicator, cohort, category, quarter))

    def categories(self, indicator: str) -> tuple[str, ...]:
        """The categories of an indicator, in the order of the report."""
        seen = dict.fromkeys(r.category for r in self.rows if r.indicator == indicator and r.category is not None)
        return tuple(seen)

    def quarters(self, indicator: str) -> tuple[str, ...]:
        """The quarters of an indicator, oldest first."""
        seen = dict.fromkeys(r.quarter for r in self.rows if r.indicator == indicator and r.quarter is not None)
        return tuple(seen)


@dataclass(frozen=True)
class OutputFile:
    """A file that a run wrote."""

    path: Path
    sha256: str
