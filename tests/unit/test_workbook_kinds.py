"""Every kind of workbook that the issue names gives the same persons."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import xlwt

from tests.helpers import Rows, clienten, count, evaluated, write_csv, write_ods, write_xlsx
from tests.unit.xlsb import write_xlsb

PEOPLE = clienten(
    {"clientnummer": "0007", "datum_vestiging": date(2012, 12, 31)},
    {"clientnummer": "0008", "eind_uitkering": date(2019, 11, 1), "reden_einde": "11"},
    {"clientnummer": "0009", "inkomsten_arbeid": "ja", "trede": 5},
)


def as_serials(rows: Rows) -> list[list[str | float | None]]:
    """Days as the serial numbers that Excel stores."""
    zero = date(1899, 12, 30)
    return [[(cell - zero).days if isinstance(cell, date) else cell for cell in row] for row in rows]


def write_xls(path: Path, rows: Rows) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Cliënten")
    as_day = xlwt.easyxf(num_format_str="dd-mm-yyyy")
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write(number, column, cell, as_day)
            elif cell is not None:
                sheet.write(number, column, cell)
    book.save(str(path))
    return path


def write_xlsb_of(path: Path, rows: Rows) -> Path:
    return write_xlsb(path, "Cliënten", as_serials(rows))


KINDS = {
    "xlsx": lambda path, rows: write_xlsx(path, {"Cliënten": rows}),
    "ods": lambda path, rows: write_ods(path, {"Cliënten": rows}),
    "xls": write_xls,
    "xlsb": write_xlsb_of,
    "csv": write_csv,
}


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::SyntaxWarning")
@pytest.mark.parametrize("suffix", list(KINDS))
def test_every_kind_of_file_gives_the_same_figures(suffix: str, tmp_path: Path) -> None:
    path = KINDS[suffix](tmp_path / f"bijstand 2019-Q4.{suffix}", PEOPLE)

    evaluation = evaluated(path, start=date(2019, 1, 1))

    assert [count(evaluation, "personen", group) for group in ("statushouder", "oudkomer")] == [2, 1]
    assert count(evaluation, "uitstroom_werk") == 1
    assert count(evaluation, "parttime_werk") == 1
    assert count(evaluation, "trede", category="5") == 1
    assert set(evaluation.frame("personen")["clientnummer"]) == {"0007", "0008", "0009"}
    assert [(row.seen, row.used) for row in evaluation.rows] == [(3, 3)]
    assert evaluation.findings == ()
