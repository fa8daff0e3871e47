"""Writes deliveries the way municipalities export them: workbooks, a set of csv files, an OpenDocument sheet."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter
from pathlib import Path
from typing import Any, cast

from integratie_eval.sample.deliveries import FIELDS, Delivery
from integratie_eval.sample.model import Quarter
from integratie_eval.sample.ods import write_ods
from integratie_eval.sample.styles import NOT_COUNTED, REASON_TEXTS, REMARKS, TABLES, Form, QuarterStyle, Table

Cell = str | int | date | None
CREATED = datetime(2020, 1, 15)
EXCEL_EPOCH = date(1899, 12, 30).toordinal()


@dataclass(frozen=True)
class Sheet:
    """A sheet as it is written; the rows can be read once."""

    name: str
    lines: tuple[tuple[Cell, ...], ...]  # title lines and the header
    rows: Iterator[tuple[Cell, ...]]


def write_delivery(folder: Path, delivery: Delivery, style: QuarterStyle) -> list[Path]:
    """Write the export of one quarter and return its files."""
    sheets = list(_sheets(delivery, style))
    label = delivery.quarter.label
    if style.form is Form.CSV:
        return [_write_csv(folder / f"{label} {_plain(sheet.name)}.csv", sheet) for sheet in sheets]
    path = folder / f"bijstand {label}.{style.form.value}"
    if style.form is Form.ODS:
        write_ods(path, [(sheet.name, sheet.lines, sheet.rows) for sheet in sheets])
    else:
        _write_xlsx(path, sheets)
    return [path]


def _sheets(delivery: Delivery, style: QuarterStyle) -> Iterator[Sheet]:
    for table in TABLES:
        rows = cast("tuple[tuple[object, ...], ...]", getattr(delivery, table.field))
        if rows or table.field != "bijeenkomsten":
            yield Sheet(table.sheet, _lines(table, delivery.quarter, style), _rows(table, rows, style))


def _lines(table: Table, quarter: Quarter, style: QuarterStyle) -> tuple[tuple[Cell, ...], ...]:
    header = tuple(column.header(quarter) for column in table.columns)
    if style.title and table.field == "clienten":
        return (f"Export bijstand, stand per {_text(quarter.eind)}",), (), header
    return (header,)


def _rows(table: Table, rows: tuple[tuple[object, ...], ...], style: QuarterStyle) -> Iterator[tuple[Cell, ...]]:
    """The rows with the extra columns, in the order of the sheet and in the words of the style."""
    if not rows:
        return
    fields = FIELDS[table.field]
    has_extra = any(column.field in NOT_COUNTED for column in table.columns)
    order = itemgetter(*((*fields, *NOT_COUNTED).index(column.field) for column in table.columns))
    words = {place: word for place, field in enumerate(fields) if (word := _word(table, field, style))}
    for row in rows:
        cells: list[Any] = list(row)
        for place, word in words.items():
            if cells[place] is not None:
                cells[place] = word(cells[place])
        yield order((*cells, *_extra(int(cells[0])))) if has_extra else order(cells)
    if style.totals and table.field == "clienten":
        yield "Totaal", str(len(rows))


def _extra(client: int) -> tuple[str, ...]:
    """Invented values of the columns that no figure needs, in the order of NOT_COUNTED."""
    remark = REMARKS[client % 997 % len(REMARKS)]
    return (
        f"Naam {client % 100_000:05d}",
        f"000-{client * 31 % 10_000_000:07d}",
        remark,
        f"Klantmanager {client % 4 + 1}",
        f"Verzonnenstraat {client % 211 + 1}",
        f"{client % 89 + 10}00 XX",
        ("Voorbeeldstad", "Voorbeelddorp", "Verzinbuurt")[client % 3],
        f"persoon{client % 100_000:05d}@voorbeeld.example",
        ("Participatiewet", "Participatiewet", "Participatiewet", "IOAW")[client % 4],
        ("Alleenstaande", "Alleenstaande ouder", "Gehuwd of samenwonend")[client % 3],
        str(client % 600 + 700),
        ("Huur", "Huur", "Inwonend")[client % 3],
    )


def _word(table: Table, field: str, style: QuarterStyle) -> Callable[[Any], Cell] | None:
    """How the style writes the values of a column, when that is not as they are."""
    if field in ("inkomsten_arbeid", "zorg_en_rust", "taalmaatje", "jobcoach"):
        answers = ("N", "J") if style.letters else ("Nee", "Ja")
        return lambda yes: answers[yes]
    if field == "reden_einde" and style.reason_text and table.field in REASON_TEXTS:
        return REASON_TEXTS[table.field].__getitem__
    if field in ("rol", "geslacht", "soort", "schaal", "contract"):
        return str.capitalize
    if style.text_dates and field.startswith(("datum", "begin", "eind", "geboortedatum")):
        return _text
    return None


def _text(moment: date) -> str:
    return f"{moment.day:02d}-{moment.month:02d}-{moment.year}"


def _plain(name: str) -> str:
    return name.lower().replace("ë", "e")


def _write_csv(path: Path, sheet: Sheet) -> Path:
    """As Excel does in the Netherlands: semicolons, Windows-1252, CRLF."""
    with path.open("w", encoding="cp1252", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerows(sheet.lines)
        for row in sheet.rows:
            writer.writerow([_text(cell) if isinstance(cell, date) else cell for cell in row])
    return path


def _write_xlsx(path: Path, sheets: list[Sheet]) -> None:
    """A workbook; row by row, so that a large one needs little memory."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        book.set_properties({"created": CREATED})
        bold = book.add_format({"bold": True})
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            page.set_column(0, 25, 16)
            for number, line in enumerate(sheet.lines):
                page.write_row(number, 0, line, bold)
            _write_rows(page, sheet, day)


def _write_rows(page: Any, sheet: Sheet, day: Any) -> None:
    write_string, write_number = page.write_string, page.write_number
    for number, row in enumerate(sheet.rows, start=len(sheet.lines)):
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                if cell:
                    write_string(number, place, cell)
            elif isinstance(cell, date):
                write_number(number, place, cell.toordinal() - EXCEL_EPOCH, day)
            elif cell is not None:
                write_number(number, place, cell)
