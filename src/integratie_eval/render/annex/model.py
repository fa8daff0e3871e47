"""What the annex is made of: sheets with one table each, and charts beside their table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import integratie_eval.render.dutch as dutch
from integratie_eval.model import Exact, Published, Value

NOTHING = "–"
"""Stands where there is no number."""


@dataclass(frozen=True)
class Percent:
    """A percentage: 12.5 is shown as 12,5%."""

    value: Decimal


@dataclass(frozen=True)
class Euros:
    """An amount in whole euros."""

    amount: int


@dataclass(frozen=True)
class Link:
    """The name of another sheet, which leads there."""

    key: str


Cell = str | int | Decimal | Percent | Euros | Link | None
"""None is an empty cell."""


@dataclass(frozen=True)
class Chart:
    """A chart of columns of the table beside it; the first column names the groups of bars."""

    caption: str
    alt: str
    """What the chart shows, in words."""
    series: range
    """The columns that are drawn."""
    horizontal: bool = False
    stacked: bool = False


@dataclass(frozen=True)
class Sheet:
    """A sheet: what it is, a few lines about it, and one table."""

    key: str
    """The name of the table for formulas."""
    title: str
    lines: tuple[str, ...]
    header: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]
    fixed: int = 1
    """How many columns stay in sight."""
    chart: Chart | None = None


def count_cell(figure: Published | None) -> Cell:
    """What was counted: a number, or the words that stand for it."""
    return number_cell(figure.count if figure else None)


def share_cell(figure: Published | None) -> Cell:
    """The percentage of a figure; a dash without one."""
    return NOTHING if figure is None or figure.percentage is None else Percent(figure.percentage)


def number_cell(value: Value | Decimal | int | None) -> Cell:
    """A number, or the words of a published value; a dash when there is none."""
    match value:
        case None:
            return NOTHING
        case Decimal() | int():
            return value
        case Exact(count):
            return count
    return dutch.shown(value)


def euro_cell(amount: int | None) -> Cell:
    """An amount; a dash when it is not known."""
    return NOTHING if amount is None else Euros(amount)
