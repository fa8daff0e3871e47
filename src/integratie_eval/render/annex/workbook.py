"""Sheets → an Excel workbook: tables with a name, headers that stay in sight, numbers as numbers, text as text."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from integratie_eval.excel import LONGEST_TEXT, new_workbook
from integratie_eval.render.annex.charts import add_chart
from integratie_eval.render.annex.model import Cell, Euros, Link, Percent, Sheet

_TITLE = {"bold": True, "font_size": 14}
_HEADER = {"bold": True, "bg_color": "#D9E2F3", "bottom": 1, "text_wrap": True, "valign": "top"}
_RIGHT, _LEFT, _FIRST = {"align": "right"}, {"align": "left", "indent": 1}, {"align": "left"}
_LINK = "#01689B"
_TEXT = "@"  # also after somebody edits the cell, '=1+1' is text
_NUMBERS = (int, Decimal, Percent, Euros)
_NARROWEST, _WIDEST, _MARGIN = 8, 70, 3
_LONGEST_NUMBER = 10
_LINE = 15  # points
_FILTERED_FROM = 100
"""A table of so many rows has buttons to filter."""
_LONGEST_NAME = 31
_NOT_IN_A_NAME = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_A4 = 9


def workbook_of(sheets: Sequence[Sheet], created: date, *, back: str) -> bytes:
    """The workbook as bytes. `back` is the text of the link to the first sheet."""
    content = io.BytesIO()
    with new_workbook(content, created=created, title=sheets[0].title, in_memory=True) as book:
        writer = _Writer(book, sheets, back)
        for sheet in sheets:
            writer.write(sheet)
    return content.getvalue()


def tab_names(sheets: Sequence[Sheet]) -> dict[str, str]:
    """The name of every sheet on its tab: its title as far as Excel allows it, each only once."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for sheet in sheets:
        title = " ".join(sheet.title.translate(_NOT_IN_A_NAME).split()) or sheet.key
        name, number = title[:_LONGEST_NAME].rstrip(), 2
        while name.casefold() in taken:
            name, number = f"{title[: _LONGEST_NAME - 4].rstrip()} ({number})", number + 1
        taken.add(name.casefold())
        names[sheet.key] = name
    return names


class _Writer:
    """Writes sheets; a look that is used twice is one format of the workbook."""

    def __init__(self, book: Any, sheets: Sequence[Sheet], back: str) -> None:
        self._book = book
        self._names = tab_names(sheets)
        self._front = sheets[0].key
        self._back = back
        self._looks: dict[tuple[tuple[str, Any], ...], Any] = {}

    def write(self, sheet: Sheet) -> None:
        """A sheet: title, lines, link back, table, chart."""
        page = self._book.add_worksheet(self._names[sheet.key])
        page.write_string(0, 0, sheet.title, self._look(**_TITLE))
        for row, line in enumerate(sheet.lines, 1):
            page.write_string(row, 0, line)
        top = len(sheet.lines) + 1
        if sheet.key != self._front:
            self._write_link(page, top, 0, self._front, self._back)
            top += 1
        self._write_table(page, top, sheet)
        page.freeze_panes(top + 1, sheet.fixed)
        page.set_landscape()
        page.set_paper(_A4)
        page.fit_to_pages(1, 0)
        page.repeat_rows(top)
        if sheet.chart:
            add_chart(self._book, page, self._names[sheet.key], top, sheet, sheet.chart)

    def _write_table(self, page: Any, top: int, sheet: Sheet) -> None:
        columns = []
        heights = [1] * len(sheet.rows)
        for number, heading in enumerate(sheet.header):
            cells = [row[number] for row in sheet.rows]
            side = _RIGHT if any(isinstance(cell, _NUMBERS) for cell in cells) else _LEFT if number else _FIRST
            lengths = list(map(_length, cells))
            page.set_column(number, number, min(_WIDEST, max(_NARROWEST, len(heading), *lengths)) + _MARGIN)
            self._write_column(page, top + 1, number, cells, side)
            if max(lengths) > _WIDEST:
                heights = [max(height, _lines(length)) for height, length in zip(heights, lengths, strict=True)]
            columns.append({"header": heading, "header_format": self._look(**_HEADER, **side)})
        for row, height in enumerate(heights, top + 1):
            if height > 1:
                page.set_row(row, height * _LINE)
        page.add_table(
            top, 0, top + len(sheet.rows), len(columns) - 1,
            {"name": sheet.key, "columns": columns, "style": "Table Style Light 1", "first_column": True,
             "autofilter": len(sheet.rows) >= _FILTERED_FROM, "description": sheet.title},
        )  # fmt: skip

    def _write_column(self, page: Any, top: int, column: int, cells: Sequence[Cell], side: dict[str, Any]) -> None:
        text = self._look(num_format=_TEXT, valign="top", text_wrap=True, **side)
        numbers: dict[str, Any] = {}
        for row, cell in enumerate(cells, top):
            match cell:
                case None:
                    continue
                case str():
                    page.write_string(row, column, cell[:LONGEST_TEXT], text)
                case Link(key):
                    self._write_link(page, row, column, key, self._names[key])
                case _:
                    number, shape = _number(cell)
                    if shape not in numbers:
                        numbers[shape] = self._look(num_format=shape, valign="top")
                    page.write_number(row, column, number, numbers[shape])

    def _write_link(self, page: Any, row: int, column: int, key: str, text: str) -> None:
        look = self._look(font_color=_LINK, underline=1, valign="top")
        page.write_url(row, column, f"internal:'{self._names[key]}'!A1", look, text)

    def _look(self, **properties: Any) -> Any:
        key = tuple(properties.items())
        if key not in self._looks:
            self._looks[key] = self._book.add_format(properties)
        return self._looks[key]


def _number(cell: int | Decimal | Percent | Euros) -> tuple[float, str]:
    """A number and the format that shows it; Excel fills in the signs of the reader's own country."""
    match cell:
        case Percent(value):
            return float(value / 100), f"{_digits(value)}%"
        case Euros(amount):
            return amount, '"€" #,##0'
        case Decimal():
            return float(cell), _digits(cell)
    return cell, "#,##0"


def _digits(value: Decimal) -> str:
    """'0.0' for a number with one decimal."""
    decimals = max(0, -int(value.as_tuple().exponent))
    return f"0.{'0' * decimals}" if decimals else "0"


def _length(cell: Cell) -> int:
    """About how many signs wide a cell is; without line ends."""
    match cell:
        case str():
            return len(cell)
        case Link():
            return _LONGEST_NAME
    return 0 if cell is None else _LONGEST_NUMBER


def _lines(length: int) -> int:
    """How many lines a text takes in the widest column; some fonts are wide."""
    return -(-length // (_WIDEST - _MARGIN)) if length > _WIDEST else 1
