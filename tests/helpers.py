"""Small deliveries from plain Python rows, and short questions to an evaluation.

path = write_xlsx(tmp_path / "2019-Q4.xlsx", {"Cliënten": clienten({"clientnummer": "01"})})
assert count(evaluated(path), "personen") == 1
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xlsxwriter

from integratie_eval.classified import Classified, classified
from integratie_eval.evaluation import Evaluation, evaluate
from integratie_eval.render import FORMATS, Material
from integratie_eval.report import Report, report_of
from integratie_eval.sample import ods
from integratie_eval.settings import Settings

if TYPE_CHECKING:
    import pandas

Cell = str | int | float | date | bool | None
Row = Sequence[Cell]
Rows = list[list[Cell]]
Record = Mapping[str, Cell]
Source = str | Path | Sequence[str | Path]

CLIENTEN: dict[str, Cell] = {
    "clientnummer": None,
    "uitkeringnummer": None,
    "geboortedatum": date(1985, 5, 17),
    "datum_vestiging": date(2016, 3, 1),
    "begin_uitkering": date(2016, 4, 1),
    "eind_uitkering": None,
    "reden_einde": None,
    "inkomsten_arbeid": "nee",
    "trede": 3,
    "datum_trede": date(2019, 6, 30),
    "zorg_en_rust": "nee",
    "datum_gesprek": date(2019, 9, 2),
    "taalmaatje": "nee",
}
TRAJECTEN: dict[str, Cell] = {
    "clientnummer": "0001",
    "soort": "sollicitatietraining",
    "aanbieder": "Werkt",
    "begin": date(2019, 2, 1),
    "eind": None,
    "reden_einde": None,
}
PLAATSINGEN: dict[str, Cell] = {
    "clientnummer": "0001",
    "begin": date(2019, 5, 1),
    "eind": None,
    "uren_per_week": 32,
    "contract": "tijdelijk",
    "jobcoach": "nee",
}
BIJEENKOMSTEN: dict[str, Cell] = {
    "aanbieder": "Werkt",
    "datum": date(2019, 11, 5),
    "aantal_deelnemers": 12,
}
METINGEN: dict[str, Cell] = {
    "clientnummer": "0001",
    "datum": date(2019, 6, 30),
    "trede": 3,
    "schaal": "ladder",
}


def clienten(*persons: Record) -> Rows:
    """The rows of a sheet of persons, header first. Person 1 gets client number 0001 and uitkering U0001, and so on."""
    numbered = [
        {"clientnummer": f"{number:04d}", "uitkeringnummer": f"U{number:04d}", **person}
        for number, person in enumerate(persons, 1)
    ]
    return _table(CLIENTEN, numbered)


def trajecten(*records: Record) -> Rows:
    """The rows of a sheet of trajecten, header first."""
    return _table(TRAJECTEN, records)


def plaatsingen(*records: Record) -> Rows:
    """The rows of a sheet of jobs, header first."""
    return _table(PLAATSINGEN, records)


def metingen(*records: Record) -> Rows:
    """The rows of a sheet of measurements on the ladder, header first."""
    return _table(METINGEN, records)


def bijeenkomsten(*records: Record) -> Rows:
    """The rows of a sheet of group meetings, header first."""
    return _table(BIJEENKOMSTEN, records)


def without(rows: Rows, *columns: str) -> Rows:
    """The same sheet without some of its columns."""
    kept = [index for index, heading in enumerate(rows[0]) if heading not in columns]
    return [[row[index] for index in kept] for row in rows]


def headed(rows: Rows, headings: Mapping[str, str]) -> Rows:
    """The same sheet with other headings: canonical name → heading in the export."""
    return [[headings.get(str(name), name) for name in rows[0]], *rows[1:]]


def write_xlsx(path: Path, sheets: Mapping[str, Iterable[Row]]) -> Path:
    """Write a workbook: dates become date cells, texts text cells, numbers number cells."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    _write(sheet, number, column, cell, day)
    return path


def write_ods(path: Path, sheets: Mapping[str, Iterable[Row]]) -> Path:
    """Write an OpenDocument spreadsheet with texts, whole numbers and dates."""
    ods.write_ods(path, [(name, (), [_for_ods(row) for row in rows]) for name, rows in sheets.items()])
    return path


def write_csv(path: Path, rows: Iterable[Row], *, delimiter: str = ";", encoding: str = "utf-8-sig") -> Path:
    """Write a csv file; dates are written as 31-12-2019."""
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([_as_text(cell) for cell in row] for row in rows)
    return path


def evaluated(source: Source, **settings: Any) -> Evaluation:
    """The evaluation of files or a folder; keywords are fields of Settings."""
    return evaluate(source, Settings(**settings))


def uncounted(source: Source, **settings: Any) -> Classified:
    """The same without any figure, in half the time: for findings, the row account and tables."""
    return classified(source, Settings(**settings))


def table_of(source: Source, name: str) -> pandas.DataFrame:
    """A table or view of files or a folder."""
    frame: pandas.DataFrame = uncounted(source).connection.table(name).df()
    return frame


def count(evaluation: Evaluation, indicator: str, cohort: str = "totaal", category: str | None = None) -> int | None:
    """A counted figure, or None when it was not measured."""
    found = [
        figure.count
        for figure in evaluation.figures
        if (figure.indicator, figure.cohort.value, figure.category, figure.quarter)
        == (indicator, cohort, category, None)
    ]
    return found[0] if found else None


def reported(source: Source, **settings: Any) -> Report:
    """The internal edition of the report on files or a folder."""
    return report_of(evaluated(source, **settings))


def report_with_provider(folder: Path, name: str) -> Report:
    """The report on two people, with a traject and a meeting of a provider with this name."""
    sheets = {
        "Cliënten": clienten({}, {}),
        "Trajecten": trajecten({"aanbieder": name}),
        "Bijeenkomsten": bijeenkomsten({"aanbieder": name}),
    }
    return reported(write_xlsx(folder / "2019-Q4.xlsx", sheets), municipality="Duin & <Zee>")


def prose(report: Report) -> str:
    """The report as annotated Markdown: numbers are links, headings carry an anchor."""
    return Material(report).text


def page(report: Report) -> str:
    """The report as html."""
    return FORMATS["html"](Material(report))["rapport.html"].decode()


def rules(evaluation: Evaluation | Classified) -> list[str]:
    """The rule of every finding, in the order of the report."""
    return [finding.rule for finding in evaluation.findings]


def _table(defaults: Mapping[str, Cell], records: Iterable[Record]) -> Rows:
    """The header and the rows; a column that only some records name is added at the end."""
    full = [{**defaults, **record} for record in records]
    names = list(dict.fromkeys([*defaults, *(name for record in full for name in record)]))
    return [list(names), *([record.get(name) for name in names] for record in full)]


def _write(sheet: Any, row: int, column: int, cell: Cell, day: Any) -> None:
    if isinstance(cell, date):
        sheet.write_datetime(row, column, cell, day)
    elif isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, int | float):
        sheet.write_number(row, column, cell)
    elif cell is not None:
        sheet.write_string(row, column, cell)


def _for_ods(row: Row) -> tuple[ods.Cell, ...]:
    return tuple(str(cell) if isinstance(cell, float) else cell for cell in row)


def _as_text(cell: Cell) -> str:
    if isinstance(cell, date):
        return f"{cell:%d-%m-%Y}"
    return "" if cell is None else str(cell)
