"""integratie-eval template: the workbook can be filled in and read back."""

from __future__ import annotations

import json
import shlex
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from integratie_eval.cli.template import EXAMPLE
from integratie_eval.definitions import load_definitions
from integratie_eval.text import fold
from tests.cli.process import names, run

TABLES = load_definitions().tables
ROWS: dict[str, dict[str, Any]] = {
    "clienten": {
        "clientnummer": "007", "uitkeringnummer": "U1", "datum_vestiging": date(2016, 1, 1),
        "begin_uitkering": date(2016, 2, 1), "eind_uitkering": date(2019, 11, 1), "reden_einde": "11",
        "taalmaatje": "ja",
    },
    "trajecten": {"clientnummer": "007", "soort": "taal", "begin": date(2019, 1, 1)},
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("werkmap")
    done = run(*shlex.split(EXAMPLE)[1:], cwd=path)
    assert (done.code, done.out) == (0, "")
    assert done.err == f"Geschreven: {path / 'levering.xlsx'}\n"
    return path


def test_every_table_has_its_sheet_and_every_column_but_the_peildatum(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "levering.xlsx")
    assert book.sheetnames == ["Uitleg", *(table.title for table in TABLES.values()), "Lijsten"]
    for table in TABLES.values():
        assert [cell.value for cell in book[table.title][1]] == [name for name in table.columns if name != "peildatum"]
    explained = [row[1] for row in book["Uitleg"].iter_rows(values_only=True)]
    assert {name for table in TABLES.values() for name in table.columns} - {"peildatum"} <= set(explained)


def test_codes_are_chosen_from_a_list_and_dates_exist(folder: Path) -> None:
    sheet = openpyxl.load_workbook(folder / "levering.xlsx")["Cliënten"]
    kinds = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    columns = list(TABLES["clienten"].columns)
    for name, kind in (("geslacht", "list"), ("taalmaatje", "list"), ("begin_uitkering", "date"), ("trede", "whole")):
        letter = openpyxl.utils.get_column_letter(columns.index(name) + 1)
        rule = kinds[f"{letter}2:{letter}5001"]
        assert (rule.type, rule.promptTitle) == (kind, name)


def test_a_filled_row_is_read_back(folder: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(folder / "levering.xlsx")
    for table, row in ROWS.items():
        sheet = book[TABLES[table].title]
        places = {cell.value: cell.column for cell in sheet[1]}
        for name, value in row.items():
            sheet.cell(2, places[name]).value = value
    book.save(tmp_path / "2019-Q4.xlsx")
    sql = "SELECT clientnummer, eindstatus, taalmaatje, met_traject FROM personen"
    assert json.loads(run("query", tmp_path, sql, "--json").out) == [
        {"clientnummer": "007", "eindstatus": "betaald werk", "taalmaatje": True, "met_traject": True}
    ]
    done = run("check", tmp_path, "--strict")
    assert (done.code, done.out.splitlines()[-1]) == (0, "Bevindingen: geen")


def test_every_choice_of_a_list_is_a_known_value(folder: Path) -> None:
    codes = load_definitions().codes
    lists = list(openpyxl.load_workbook(folder / "levering.xlsx")["Lijsten"].iter_cols(min_row=2, values_only=True))
    for choices, known in zip(lists, codes.values(), strict=True):
        assert [choice for choice in choices if choice is not None and fold(str(choice)) not in known] == []


def test_the_same_bytes_every_time(folder: Path, tmp_path: Path) -> None:
    run("template", tmp_path / "a.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (folder / "levering.xlsx").read_bytes()


@pytest.mark.parametrize("name", ["levering.csv", "bestaat.xlsx"])
def test_another_kind_or_a_file_that_exists_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "bestaat.xlsx").touch()
    assert run("template", name, cwd=tmp_path).code == 2
    assert names(tmp_path) == {"bestaat.xlsx"}
