"""Dutch numbers, dates and plurals. Published values only: what is hidden stays hidden in every sentence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from integratie_eval.model import Below, Exact, Hidden, Range, Value

MONTHS = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
          "november", "december")  # fmt: skip
NONE = "–"
"""Where there is no number."""


def number(value: int | Decimal) -> str:
    """A number with a decimal comma, and thousands points from 10.000: 1234, 12.345, 2,5."""
    sign = "\u2212" if value < 0 else ""
    whole, _, fraction = format(abs(value), "f" if isinstance(value, Decimal) else "d").partition(".")
    if len(whole) > 4:
        whole = f"{int(whole):,}".replace(",", ".")
    return f"{sign}{whole},{fraction}" if fraction else f"{sign}{whole}"


def shown(value: Value) -> str:
    """A published value in a table: 64, 'minder dan 5', '64 tot en met 69', 'niet openbaar'."""
    match value:
        case Exact(count):
            return number(count)
        case Below(limit):
            return f"minder dan {number(limit)}"
        case Range(low, high):
            return f"{number(low)} tot en met {number(high)}"
        case Hidden():
            return "niet openbaar"


def percent(value: Decimal | None) -> str:
    """A percentage: 78%, 6,5%; without base a dash."""
    return NONE if value is None else f"{number(value)}%"


def euro(amount: int) -> str:
    """Whole euros, with thousands points also in numbers of four digits: € 1.250."""
    return f"€\u00a0{amount:,}".replace(",", ".")


def signed(value: int | Decimal | None) -> str:
    """A difference in a table: +3, \u22123, 0; a dash when there is none."""
    return NONE if value is None else f"{'+' if value > 0 else ''}{number(value)}"


def is_one(value: Value) -> bool:
    """The noun stands in the singular."""
    return value == Exact(1)


def is_none(value: Value) -> bool:
    """The count is a published zero."""
    return value == Exact(0)


def day(value: date) -> str:
    """A day in running text: 8 november 2019."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"
