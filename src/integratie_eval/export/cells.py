"""The cells of an answer, as text that is safe on a terminal and in a spreadsheet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

_CONTROL = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(\x07|\x1b\\)?"  # codes that move or colour, or set a title
    r"|[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


@dataclass(frozen=True)
class Style:
    """How values are written as text."""

    day: str
    moment: str
    decimal: str
    yes: str
    no: str


DUTCH = Style("%d-%m-%Y", "%d-%m-%Y %H:%M:%S", ",", "ja", "nee")
INTERNATIONAL = Style("%Y-%m-%d", "%Y-%m-%dT%H:%M:%S", ".", "true", "false")


def clean(text: str) -> str:
    """Text without codes that a terminal would obey."""
    return _CONTROL.sub("", text)


def as_text(value: Any, style: Style) -> str:
    """A value as a reader sees it; empty when there is none."""
    match value:
        case None:
            return ""
        case str():
            return clean(value)
        case bool():
            return style.yes if value else style.no
        case float() | Decimal():
            return str(value).replace(".", style.decimal)
        case datetime():
            return value.strftime(style.moment)
        case date():
            return value.strftime(style.day)
    return clean(str(value))
