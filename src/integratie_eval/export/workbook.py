"""Rows as an Excel workbook: real dates and numbers, text that stays text."""

from __future__ import annotations

import math
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from integratie_eval.answer import Answer
from integratie_eval.errors import OutputError
from integratie_eval.excel import LONGEST_TEXT, new_workbook
from integratie_eval.export.cells import DUTCH, as_text

_MOST_ROWS = 1_048_576
_MOST_COLUMNS = 16_384
_OTHER_FORMAT = "Kies --format csv of parquet."
_LARGEST_NUMBER = 10**15  # Excel keeps 15 digits
_WIDTH = 16
_FIRST_DAY = date(1900, 3, 1)  # the days before it are wrong in Excel


def write(answer: Answer, file: Path) -> None:
    """Write the rows to one sheet, with the names of the columns on top."""
    if len(answer.columns) > _MOST_COLUMNS:
        raise OutputError("Er zijn meer kolommen dan een Excel-blad kan hebben.", _OTHER_FORMAT)
    with new_workbook(file, constant_memory=True) as book:
        sheet = book.add_worksheet("antwoord")
        sheet.set_column(0, len(answer.columns) - 1, _WIDTH)
        sheet.freeze_panes(1, 0)
        bold, day, text = (
            book.add_format(look) for look in ({"bold": True}, {"num_format": "dd-mm-yyyy"}, {"num_format": "@"})
        )
        for column, name in enumerate(answer.columns):
            sheet.write_string(0, column, as_text(name, DUTCH), bold)
        for number, row in enumerate(answer.rows, 1):
            if number >= _MOST_ROWS:
                raise OutputError("Er zijn meer regels dan een Excel-blad kan hebben.", _OTHER_FORMAT)
            for column, value in enumerate(row):
                _write(sheet, number, column, value, day, text)


def _write(sheet: Any, row: int, column: int, value: Any, day: Any, text: Any) -> None:
    match value:
        case None:
            return
        case bool():
            sheet.write_string(row, column, as_text(value, DUTCH), text)
        case int() | float() | Decimal() if _fits(value):
            sheet.write_number(row, column, value)
        case date() if not isinstance(value, datetime) and value >= _FIRST_DAY:
            sheet.write_datetime(row, column, value, day)
        case _:
            shown = as_text(value, DUTCH)
            if len(shown) > LONGEST_TEXT:
                raise OutputError("Een tekst is langer dan een Excel-cel kan hebben.", _OTHER_FORMAT)
            sheet.write_string(row, column, shown, text)


def _fits(number: Any) -> bool:
    return math.isfinite(number) and abs(number) < _LARGEST_NUMBER
