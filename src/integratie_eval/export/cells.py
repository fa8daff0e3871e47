"""The cells of an answer, as text that is safe on a terminal and in a spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from integratie_eval.text import visible


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


def as_text(value: Any, style: Style) -> str:
    """A value as a reader sees it; empty when there is none."""
    match value:
        case None:
            return ""
        case str():
            return visible(value)
        case bool():
            return style.yes if value else style.no
        case float() | Decimal():
            return str(value).replace(".", style.decimal)
        case datetime():
            return value.strftime(style.moment)
        case date():
            return value.strftime(style.day)
        case list() | tuple():
            return f"[{', '.join(as_text(item, style) for item in value)}]"
        case dict():
            return f"{{{', '.join(f'{visible(str(key))}: {as_text(item, style)}' for key, item in value.items())}}}"
    return visible(str(value))
