"""An empty workbook to deliver in: the canonical columns, their explanation, and lists to choose from."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from integratie_eval.definitions import Column, Definitions, Table
from integratie_eval.excel import new_workbook
from integratie_eval.read.header import NO_DATA
from integratie_eval.text import fold

_ROWS = 5_000  # rows with a list or a check of the date
_FIRST_DAY, _LAST_DAY = date(1900, 3, 1), date(2100, 12, 31)
_EXPLANATION, _LISTS = "Uitleg", "Lijsten"
_LONGEST_HINT = 255  # what Excel shows beside a cell
_INTRODUCTION = (
    NO_DATA,
    "Vul per tabel een blad in: één regel per persoon, traject, baan of meting.",
    "Verwijder bladen en kolommen die u niet levert: een leeg blad telt als 'er zijn er geen'.",
    "Zet in de naam van het bestand van welke dag het de stand geeft: 2019-Q4.xlsx of 2019-12-31.xlsx.",
    "Laat namen, adressen en BSN weg: die zijn niet nodig.",
)
_KINDS = {
    "sleutel": "nummer of code", "tekst": "tekst", "datum": "datum", "geheel": "geheel getal", "getal": "getal",
    "ja_nee": "ja of nee", "code": "keuze uit de lijst",
}  # fmt: skip


def write_template(file: Path, definitions: Definitions) -> None:
    """Write the workbook: the explanation of every column, and a sheet per table."""
    with new_workbook(file) as book:
        looks = {
            "head": book.add_format({"bold": True, "bg_color": "#D9E2F3", "bottom": 1}),
            "required": book.add_format({"bold": True, "bg_color": "#F4B183", "bottom": 1}),
            "text": book.add_format({"num_format": "@"}),
            "day": book.add_format({"num_format": "dd-mm-yyyy"}),
            "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        explanation = book.add_worksheet(_EXPLANATION)
        sheets = [(book.add_worksheet(table.title), table) for table in definitions.tables.values()]
        lists = book.add_worksheet(_LISTS)
        choices = _write_lists(lists, definitions)
        for sheet, table in sheets:
            _write_table(sheet, table, choices, looks)
        _write_explanation(explanation, definitions, looks)


def _write_lists(sheet: Any, definitions: Definitions) -> dict[str, str]:
    """The lists to choose from, each in a column; name of the list → its range."""
    from xlsxwriter.utility import xl_range_abs

    sheet.hide()
    sheet.write_string(0, 0, NO_DATA)
    ranges = {}
    for column, (name, titles) in enumerate(definitions.code_titles.items()):
        values = [code if fold(code) == fold(title) else title for code, title in titles.items()]
        sheet.write_column(1, column, values)
        ranges[name] = f"={_LISTS}!{xl_range_abs(1, column, len(values), column)}"
    return ranges


def _write_table(sheet: Any, table: Table, choices: dict[str, str], looks: dict[str, Any]) -> None:
    sheet.freeze_panes(1, 0)
    for number, column in enumerate(_offered(table)):
        look = {"datum": looks["day"], "sleutel": looks["text"], "tekst": looks["text"]}.get(column.kind)
        sheet.set_column(number, number, max(12, len(column.name) + 2), look)
        sheet.write_string(0, number, column.name, looks["required" if column.required else "head"])
        sheet.data_validation(1, number, _ROWS, number, _validation(column, choices))


def _offered(table: Table) -> list[Column]:
    """The columns of a sheet. The peildatum stands in the name of the file, once for all sheets."""
    return [column for column in table.columns.values() if column.name != "peildatum"]


def _validation(column: Column, choices: dict[str, str]) -> dict[str, Any]:
    """What a cell of this column may hold, with the explanation beside it. A list only warns: own values exist."""
    hint = {"input_title": column.name[:32], "input_message": column.description[:_LONGEST_HINT]}
    wrong = {"error_title": column.name[:32]}
    source = choices.get(column.codes or column.kind)
    if source:
        return {**hint, **wrong, "validate": "list", "source": source, "error_type": "warning",
                "error_message": "Deze waarde staat niet in de lijst. Toch gebruiken?"}  # fmt: skip
    match column.kind:
        case "datum":
            return {**hint, **wrong, "validate": "date", "criteria": "between", "minimum": _FIRST_DAY,
                    "maximum": _LAST_DAY, "error_message": "Vul een bestaande datum in, zoals 31-12-2019."}  # fmt: skip
        case "geheel":
            return {**hint, **wrong, "validate": "integer", "criteria": ">=", "value": 0,
                    "error_message": "Vul een geheel getal in."}  # fmt: skip
        case "getal":
            return {**hint, **wrong, "validate": "decimal", "criteria": ">=", "value": 0,
                    "error_message": "Vul een getal in."}  # fmt: skip
    return {**hint, "validate": "any"}


def _write_explanation(sheet: Any, definitions: Definitions, looks: dict[str, Any]) -> None:
    sheet.set_column(0, 1, 22)
    sheet.set_column(2, 3, 18)
    sheet.set_column(4, 4, 90, looks["wrap"])
    for row, line in enumerate(_INTRODUCTION):
        sheet.write_string(row, 0, line)
    start = len(_INTRODUCTION) + 1
    for place, heading in enumerate(("blad", "kop", "moet erin", "soort", "uitleg")):
        sheet.write_string(start, place, heading, looks["head"])
    columns = [(table, column) for table in definitions.tables.values() for column in _offered(table)]
    for row, (table, column) in enumerate(columns, start + 1):
        required = "ja" if column.required else ""
        cells = (table.title, column.name, required, _KINDS[column.kind], column.description)
        for place, text in enumerate(cells):
            sheet.write_string(row, place, text)
