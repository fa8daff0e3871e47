"""Section C of the bad inputs: what stands in the cells."""

from __future__ import annotations

import re
import unicodedata
import warnings
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import xlwt

from integratie_eval.read.identity import KEY_VARIABLE
from tests.bad.command import check, command
from tests.helpers import (
    Cell,
    Rows,
    bijeenkomsten,
    clienten,
    headed,
    plaatsingen,
    table_of,
    trajecten,
    write_csv,
    write_ods,
    write_xlsx,
)
from tests.in_process import opened_here
from tests.unit.xlsb import cell_of, cell_record, row_of, sheet_of_records, xlsb_of

__all__ = ["opened_here"]

ERROR = "#N/A"
"""Written as the error of a formula in every kind of workbook."""
ALL_USED = (10, 10, 0)
ONE_ASIDE = (10, 9, 1)


def ten(column: str = "taalmaatje", *cells: Cell) -> Rows:
    """A valid export of ten people, the first of whom have these cells in a column."""
    return clienten(*({column: cell} for cell in cells), *({} for _ in range(10 - len(cells))))


def csv_of(folder: Path, rows: Rows, table: str = "clienten") -> Path:
    return write_csv(folder / f"2019-Q4 {table}.csv", rows)


def book_of(folder: Path, rows: Rows, **more: Rows) -> Path:
    return write_xlsx(folder / "2019-Q4.xlsx", {"Cliënten": rows} | more)


def place_of(out: str, rule: str) -> str:
    """Where the first finding of a rule is."""
    return out.split(f" {rule}: ")[1].split("waar: ")[1].splitlines()[0]


def rewritten(plain: Path, path: Path, member: str, change: Callable[[str], str]) -> Path:
    """The workbook at `plain` moved to `path`, with one member changed."""
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, change(content.decode()).encode() if name == member else content)
    plain.unlink()
    return path


# --- workbooks that hold errors of formulas


def error_xlsx(path: Path, rows: Rows) -> None:
    with xlsxwriter.Workbook(path, {"default_date_format": "dd-mm-yyyy"}) as book:
        sheet = book.add_worksheet("Cliënten")
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if cell == ERROR:
                    sheet.write_formula(row, column, "=NA()", None, ERROR)
                elif cell is not None:
                    sheet.write(row, column, cell)


def error_xls(path: Path, rows: Rows) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = xlwt.Workbook()
        day = xlwt.easyxf(num_format_str="dd-mm-yyyy")
        sheet = book.add_sheet("Cliënten")
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if cell == ERROR:
                    sheet.row(row).set_cell_error(column, 0x2A)
                elif isinstance(cell, date):
                    sheet.write(row, column, cell, day)
                elif cell is not None:
                    sheet.write(row, column, cell)
        book.save(path)


def error_xlsb(path: Path, rows: Rows) -> None:
    records = []
    for row, cells in enumerate(rows):
        records.append(row_of(row))
        for column, cell in enumerate(cells):
            if cell == ERROR:
                records.append(cell_record(3, column, b"\x2a"))
            elif cell is not None:
                records.append(cell_of(column, cell.isoformat() if isinstance(cell, date) else cell))
    path.write_bytes(xlsb_of({"Cliënten": sheet_of_records(records, len(rows), len(rows[0]))}))


def error_ods(path: Path, rows: Rows) -> None:
    plain = write_ods(path.with_suffix(".tmp"), {"Cliënten": rows})
    cell = re.compile(rf"<table:table-cell([^>]*)><text:p>{ERROR}</text:p>")
    formula = rf'<table:table-cell table:formula="of:=NA()"\1><text:p>{ERROR}</text:p>'
    rewritten(plain, path, "content.xml", lambda xml: cell.sub(formula, xml))


def error_csv(path: Path, rows: Rows) -> None:
    write_csv(path, [["#N/B" if cell == ERROR else cell for cell in row] for row in rows])


WITH_ERRORS: Mapping[str, Callable[[Path, Rows], None]] = {
    "xlsx": error_xlsx, "xls": error_xls, "xlsb": error_xlsb, "ods": error_ods, "csv": error_csv,
}  # fmt: skip


# --- C01 and C02: a BSN as key


@pytest.fixture
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY_VARIABLE, "een sleutel van de test")


def bsn_in(folder: Path, number: Cell) -> Path:
    """A quarter with a nine-digit BSN, and the next with the same BSN written otherwise."""
    write_xlsx(folder / "2019-Q3.xlsx", {"Klanten": bsn_rows("012345672")})
    write_xlsx(folder / "2019-Q4.xlsx", {"Cliënten": bsn_rows(number)})
    return folder


def bsn_rows(number: Cell) -> Rows:
    return headed(clienten({"clientnummer": number}), {"clientnummer": "BSN"})


@pytest.mark.usefixtures("_key")
@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("012345672", set()),
        ("0123.45.672", set()),
        ("012 345 672", set()),
        ("'012345672", set()),
        ("012345672\u00a0", set()),
        (12345672, {"bsn_aangevuld"}),
        (12345672.0, {"bsn_aangevuld"}),
        ("12345672.0", {"bsn_aangevuld"}),
        ("12345672", {"bsn_aangevuld"}),
        ("1.2345672E+07", {"bsn_aangevuld"}),
        ("1,2345672E+07", {"bsn_aangevuld"}),
    ],
)
def test_c01_a_bsn_is_the_same_person_in_every_form(tmp_path: Path, number: Cell, found: set[str]) -> None:
    done = check(bsn_in(tmp_path, number))
    assert (done.code, done.rows, done.rules) == (0, (2, 2, 0), found)
    assert len(table_of(tmp_path, "personen")) == 1
    assert "12345672" not in done.out


@pytest.mark.usefixtures("_key")
def test_c01_a_bsn_of_seven_digits_is_a_warning(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "2019-Q4.xlsx", {"Cliënten": bsn_rows(1234560)})
    assert check(tmp_path).rules == {"bsn_zeven_cijfers"}
    assert check(tmp_path, "--strict").code == 4


@pytest.mark.usefixtures("_key")
@pytest.mark.parametrize("number", ["1.23E+07", "1,23E+07", "1E+07"])
def test_c01_a_rounded_bsn_is_nobody(tmp_path: Path, number: str) -> None:
    done = check(bsn_in(tmp_path, number))
    assert (done.code, done.rows) == (0, (2, 1, 1))
    assert {"nummer_afgerond", "clienten_zonder_clientnummer"} <= done.rules


@pytest.mark.usefixtures("_key")
@pytest.mark.parametrize("number", ["000000000", "999999999", None, "onbekend", "n.v.t.", "-", "Jansen", "123"])
def test_c02_people_without_a_bsn_are_never_one_person(tmp_path: Path, number: Cell) -> None:
    rows = headed(ten("clientnummer", number, number, "012345672"), {"clientnummer": "BSN"})
    for row in rows[4:]:
        row[0] = None
    done = check(book_of(tmp_path, rows))
    assert (done.code, done.rows) == (0, (10, 1, 9))
    assert done.rules == {"clienten_zonder_clientnummer"}


@pytest.mark.usefixtures("_key")
def test_c02_a_bsn_that_cannot_be_right_is_told_with_its_cell_and_stays_a_person(tmp_path: Path) -> None:
    rows = headed(clienten({"clientnummer": "123456789"}, {"clientnummer": "012345672"}), {"clientnummer": "BSN"})
    done = check(book_of(tmp_path, rows))
    assert (done.rows, done.rules) == ((2, 2, 0), {"bsn_onjuist"})
    assert place_of(done.out, "bsn_onjuist").endswith("cel A2")


# --- the same for a clientnummer


@pytest.mark.parametrize("number", ["n.v.t.", "-", "0", "00000000", "onbekend", ".", "leeg", "nan", "none", " "])
@pytest.mark.parametrize("column", ["clientnummer", "uitkeringnummer"])
def test_a_word_for_nothing_is_no_number(tmp_path: Path, column: str, number: str) -> None:
    done = check(csv_of(tmp_path, ten(column, number)))
    assert (done.code, done.rows, done.rules) == (0, ONE_ASIDE, {f"clienten_zonder_{column}"})


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_a_number_of_more_digits_than_excel_keeps_is_lost(tmp_path: Path, suffix: str) -> None:
    rows = ten("clientnummer", 1.23456789012345e18, 1.23456789012346e18, "1234567890123456789", "123456789012345")
    write = {"xlsx": write_xlsx, "ods": write_ods}[suffix]
    done = check(write(tmp_path / f"2019-Q4.{suffix}", {"Cliënten": rows}))
    assert (done.rows, done.rules) == ((10, 8, 2), {"clienten_zonder_clientnummer", "nummer_afgerond"})


@pytest.mark.parametrize("column", ["clientnummer", "uitkeringnummer"])
def test_a_rounded_number_is_lost(tmp_path: Path, column: str) -> None:
    done = check(csv_of(tmp_path, ten(column, "1.23457E+08", "1,23457E+08")))
    assert (done.rows, done.rules) == ((10, 8, 2), {f"clienten_zonder_{column}", "nummer_afgerond"})


@pytest.mark.parametrize(
    ("first", "second", "rule"), [("0123", 123, "voorloopnullen"), ("A-12", "a12", "nummer_schrijfwijze")]
)
def test_one_number_in_two_spellings_is_one_person(tmp_path: Path, first: Cell, second: Cell, rule: str) -> None:
    write_xlsx(tmp_path / "2019-Q3.xlsx", {"Cliënten": clienten({"clientnummer": first})})
    write_csv(tmp_path / "2019-Q4.csv", clienten({"clientnummer": second}))
    done = check(tmp_path)
    assert (done.rows, done.rules) == ((2, 2, 0), {rule})
    assert len(table_of(tmp_path, "personen")) == 1


# --- C03 to C07: dates


@pytest.mark.parametrize(
    "day",
    [
        date(2019, 3, 1), datetime(2019, 3, 1), 43525, 43525.0, 20190301, "43525", "01-03-2019", "1-3-2019", "1-3-19",
        "01/03/2019", "31/03/2019", "2019-03-01", "2019-03-01T00:00:00", "20190301", "1 maart 2019", "1 mrt. 2019",
        "01-03-2019 00:00", "01-03-2019 00:00:00", "01.03.2019", "1-mrt-19",
    ],
)  # fmt: skip
def test_c03_a_day_is_the_same_day_in_every_form(tmp_path: Path, day: Cell) -> None:
    path = book_of(tmp_path, ten("begin_uitkering", day))
    done = check(path)
    assert (done.code, done.rows, done.rules) == (0, ALL_USED, set())
    first = table_of(path, "clienten").set_index("clientnummer")["begin_uitkering"]["0001"]
    assert f"{first:%Y-%m-%d}" == ("2019-03-31" if "31" in str(day) else "2019-03-01")


SLASHED = ("01/02/2018", "03/04/2018", "05/06/2018")


def test_c04_slashes_without_a_day_above_12_are_read_as_dutch_and_told(tmp_path: Path) -> None:
    path = csv_of(tmp_path, ten("begin_uitkering", *SLASHED))
    done = check(path)
    assert (done.code, done.rows, done.rules) == (0, ALL_USED, {"datum_volgorde_onzeker"})
    assert place_of(done.out, "datum_volgorde_onzeker").endswith("cel E2")
    days = table_of(path, "clienten").set_index("clientnummer")["begin_uitkering"]
    assert f"{days['0001']:%Y-%m-%d}" == "2018-02-01"


@pytest.mark.parametrize("more", ["13/02/2018", "31/12/2017"])
def test_c04_one_day_above_12_settles_the_order(tmp_path: Path, more: str) -> None:
    assert check(csv_of(tmp_path, ten("begin_uitkering", *SLASHED, more))).rules == set()


@pytest.mark.parametrize("wrong", ["12-31-2018", "02/13/2018", "1/31/18", "12.31.2018"])
@pytest.mark.parametrize("column", ["begin_uitkering", "geboortedatum", "datum_trede"])
def test_c04_a_month_in_front_is_refused_with_the_cell(tmp_path: Path, column: str, wrong: str) -> None:
    rows = ten(column, "01-02-2018", wrong, wrong)
    done = check(csv_of(tmp_path, rows))
    assert done.refusal == "datum_volgorde"
    letter = chr(ord("A") + rows[0].index(column))
    assert f"cel {letter}3" in done.err and wrong not in done.err


DAYS_1904 = {"begin_uitkering": date(2016, 4, 1), "geboortedatum": date(1985, 5, 17)}


def since_1904_xlsx(path: Path) -> None:
    with xlsxwriter.Workbook(path, {"date_1904": True, "default_date_format": "dd-mm-yyyy"}) as book:
        sheet = book.add_worksheet("Cliënten")
        for row, cells in enumerate(ten()):
            for column, cell in enumerate(cells):
                if cell is not None:
                    sheet.write(row, column, cell)


def since_1904_xls(path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = xlwt.Workbook()
        book.dates_1904 = True
        day = xlwt.easyxf(num_format_str="dd-mm-yyyy")
        sheet = book.add_sheet("Cliënten")
        for row, cells in enumerate(ten()):
            for column, cell in enumerate(cells):
                if isinstance(cell, date):
                    sheet.write(row, column, cell, day)
                elif cell is not None:
                    sheet.write(row, column, cell)
        book.save(path)


def since_1904_xlsb(path: Path) -> None:
    records, zero = [], date(1904, 1, 1)
    for row, cells in enumerate(ten()):
        records.append(row_of(row))
        for column, cell in enumerate(cells):
            if isinstance(cell, date):
                records.append(cell_of(column, float((cell - zero).days), 1))
            elif cell is not None:
                records.append(cell_of(column, cell))
    sheet = sheet_of_records(records, 11, len(ten()[0]))
    path.write_bytes(xlsb_of({"Cliënten": sheet}, formats=["dd-mm-yyyy"], since_1904=True))


@pytest.mark.parametrize(
    ("kind", "write"), [("xlsx", since_1904_xlsx), ("xls", since_1904_xls), ("xlsb", since_1904_xlsb)]
)
def test_c05_days_count_from_1904_where_the_workbook_says_so(
    tmp_path: Path, kind: str, write: Callable[[Path], None]
) -> None:
    path = tmp_path / f"2019-Q4.{kind}"
    write(path)
    done = check(path)
    assert (done.code, done.rows, done.rules) == (0, ALL_USED, set())
    people = table_of(path, "clienten")
    assert {f"{day:%Y-%m-%d}" for day in people["begin_uitkering"]} == {"2016-04-01"}
    assert {f"{day:%Y-%m-%d}" for day in people["geboortedatum"]} == {"1985-05-17"}


@pytest.mark.parametrize(
    "day",
    ["31-12-9999", "9999-12-31", "9999-12-31 00:00:00", 2958465, "00-00-0000", "0000-00-00", "00000000", "99999999", 0],
)
def test_c06_an_open_end_is_no_date_and_no_mistake(tmp_path: Path, day: Cell) -> None:
    path = book_of(tmp_path, ten("eind_uitkering", day))
    assert (check(path).rows, check(path).rules) == (ALL_USED, set())
    assert len(table_of(path, "personen")) == 10


@pytest.mark.parametrize(
    "day",
    ["01-01-1900", "31-11-2019", "29-02-2019", "01-03-0219", "0219-03-01", -1, 2958466, "30-2-2019", "2019-13-01"],
)
def test_c06_a_day_that_cannot_be_is_told_with_its_cell(tmp_path: Path, day: Cell) -> None:
    done = check(book_of(tmp_path, ten("datum_gesprek", "01-03-2019", day)))
    assert (done.rows, done.rules) == (ALL_USED, {"datum_onleesbaar"})
    assert place_of(done.out, "datum_onleesbaar").endswith("cel L3")
    assert str(day) not in done.out.replace("31-12-2019", "")


@pytest.mark.parametrize(
    ("column", "day", "rule", "rows"),
    [
        ("eind_uitkering", "01-03-2016", "clienten_eind_voor_begin", (10, 9, 1)),
        ("begin_uitkering", "01-03-2020", "begin_na_peildatum", ALL_USED),
    ],
)
def test_c07_days_in_the_wrong_order_are_told(
    tmp_path: Path, column: str, day: str, rule: str, rows: tuple[int, int, int]
) -> None:
    done = check(csv_of(tmp_path, ten(column, day)))
    assert done.rows == rows
    assert rule in done.rules


# --- C08 and C09: formulas


def with_formula(path: Path, change: Callable[[str], str], column: str = "trede") -> Path:
    """A workbook whose second row has a formula in a column; `change` rewrites the cells of the sheet as xml."""
    rows = ten()
    index = rows[0].index(column)
    plain = path.with_suffix(".tmp")
    with xlsxwriter.Workbook(plain, {"default_date_format": "dd-mm-yyyy"}) as book:
        sheet = book.add_worksheet("Cliënten")
        for row, cells in enumerate(rows):
            for place, cell in enumerate(cells):
                if row == 1 and place == index:
                    sheet.write_formula(row, place, "=1+2", None, 3)
                elif cell is not None:
                    sheet.write(row, place, cell)
    return rewritten(plain, path, "xl/worksheets/sheet1.xml", change)


FORMULA = "<f>1+2</f>"


@pytest.mark.parametrize(
    "formula",
    [FORMULA, '<f t="shared" ref="I2:I3" si="0">1+2</f>', '<f t="array" ref="I2">1+2</f>'],
    ids=["plain", "shared", "array"],
)
def test_c08_a_formula_is_its_result(tmp_path: Path, formula: str) -> None:
    path = with_formula(tmp_path / "2019-Q4.xlsx", lambda xml: xml.replace(FORMULA, formula))
    assert (check(path).rows, check(path).rules) == (ALL_USED, set())
    assert set(table_of(path, "clienten")["trede"]) == {3}


@pytest.mark.parametrize(
    ("column", "rows"), [("trede", ALL_USED), ("clientnummer", ONE_ASIDE), ("begin_uitkering", ONE_ASIDE)]
)
def test_c08_a_formula_without_a_result_is_told(tmp_path: Path, column: str, rows: tuple[int, int, int]) -> None:
    path = with_formula(tmp_path / "2019-Q4.xlsx", lambda xml: xml.replace(f"{FORMULA}<v>3</v>", FORMULA), column)
    done = check(path)
    assert (done.code, done.rows) == (0, rows)
    needed = {f"clienten_zonder_{column}"} if rows == ONE_ASIDE else set()
    assert done.rules == {"formule_zonder_waarde"} | needed
    assert "Open het bestand in Excel" in done.out


@pytest.mark.parametrize("kind", WITH_ERRORS)
@pytest.mark.parametrize(
    ("column", "rows"),
    [("geboortedatum", ALL_USED), ("trede", ALL_USED), ("taalmaatje", ALL_USED), ("clientnummer", ONE_ASIDE),
     ("uitkeringnummer", ONE_ASIDE), ("begin_uitkering", ONE_ASIDE)],
)  # fmt: skip
def test_c09_the_error_of_a_formula_is_told_with_its_cell(
    tmp_path: Path, kind: str, column: str, rows: tuple[int, int, int]
) -> None:
    path = tmp_path / f"2019-Q4.{kind}"
    cells = ten(column, None, ERROR) if column in ("geboortedatum", "trede", "taalmaatje") else ten()
    cells[2][cells[0].index(column)] = ERROR
    WITH_ERRORS[kind](path, cells)
    done = check(path)
    needed = {f"clienten_zonder_{column}"} if rows == ONE_ASIDE else set()
    assert (done.code, done.rows, done.rules) == (0, rows, {"cel_fout"} | needed)
    letter = chr(ord("A") + cells[0].index(column))
    assert place_of(done.out, "cel_fout").endswith(f"cel {letter}3")
    assert check(path, "--strict").code == 4


@pytest.mark.parametrize("text", ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#WAARDE!", "#VERW!", "Err:502"])
def test_c09_the_name_of_an_error_is_no_provider(tmp_path: Path, text: str) -> None:
    csv_of(tmp_path, ten())
    path = csv_of(tmp_path, trajecten({"aanbieder": text}), "trajecten")
    assert check(path.parent).rules == {"cel_fout"}
    assert table_of(tmp_path, "trajecten")["aanbieder"].isna().all()


def test_c09_a_column_that_was_too_narrow_is_told(tmp_path: Path) -> None:
    assert check(csv_of(tmp_path, ten("datum_gesprek", "########"))).rules == {"cel_te_smal"}


# --- C10 and C11: words


@pytest.mark.parametrize("text", ["NA", "nan", "None", "null", "-", "n.v.t.", "onbekend", "."])
@pytest.mark.parametrize("column", ["geboortedatum", "trede", "taalmaatje"])
def test_c10_a_word_for_missing_is_missing_in_every_kind_of_column(tmp_path: Path, column: str, text: str) -> None:
    rows = ten(column, text)
    done = check(book_of(tmp_path, rows))
    assert (done.rows, done.rules) == (ALL_USED, set())


@pytest.mark.parametrize("text", ["NA", "nan", "None", "null", "-", "n.v.t.", "onbekend", "."])
def test_c10_a_word_for_missing_is_no_provider(tmp_path: Path, text: str) -> None:
    path = book_of(tmp_path, ten(), Trajecten=trajecten({"aanbieder": text}))
    assert check(path).rules == set()
    assert table_of(path, "trajecten")["aanbieder"].isna().all()


@pytest.mark.parametrize(
    "text", ["ja", "Ja ", "J", "JA", "x", "X", 1, "1", "WAAR", "true", True, "✓", "✔", "☑", "✅", "√", "ja\u00a0"]
)
def test_c11_every_ja_is_ja(tmp_path: Path, text: Cell) -> None:
    path = book_of(tmp_path, ten("taalmaatje", text))
    assert check(path).rules == set()
    assert table_of(path, "personen")["taalmaatje"].sum() == 1


@pytest.mark.parametrize("text", ["nee", "n", "N", 0, "0", "ONWAAR", "false", False])
def test_c11_every_nee_is_nee(tmp_path: Path, text: Cell) -> None:
    path = book_of(tmp_path, ten("taalmaatje", text))
    assert check(path).rules == set()
    assert table_of(path, "personen")["taalmaatje"].sum() == 0


@pytest.mark.parametrize("text", ["ja?", "misschien", "ja/nee", "?ja"])
def test_c11_a_doubtful_ja_is_told(tmp_path: Path, text: str) -> None:
    done = check(book_of(tmp_path, ten("taalmaatje", text)))
    assert (done.rows, done.rules) == (ALL_USED, {"waarde_onbekend"})
    assert text not in done.out


# --- C12 to C15: numbers


def hours(folder: Path, *cells: Cell) -> tuple[list[float | None], set[str]]:
    """The hours that are read from a column, and the rules that were broken."""
    jobs = ({"clientnummer": f"{n:04d}", "uren_per_week": cell} for n, cell in enumerate(cells, 1))
    path = book_of(folder, ten(), Plaatsingen=plaatsingen(*jobs))
    found = table_of(path, "plaatsingen").sort_values("clientnummer")["uren_per_week"]
    return [None if value != value else float(value) for value in found], check(path).rules


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("24,5", 24.5), ("24.5", 24.5), (24.5, 24.5), ("€ 24", 24.0), ("EUR 12", 12.0), ("0,125", 0.125), ("-", None),
        (12, 12.0), ("12,50", 12.5), ("\u00a024 ", 24.0), ("+8", 8.0),
    ],
)  # fmt: skip
def test_c12_a_number_is_read_in_every_form(tmp_path: Path, text: Cell, number: float | None) -> None:
    assert hours(tmp_path, text) == ([number], set())


@pytest.mark.parametrize(
    ("text", "number"),
    [("1.234,56", 1234.56), ("1,234.56", 1234.56), ("1234,5", 1234.5), ("1 234,50", 1234.5), ("1\u00a0234,50", 1234.5),
     ("(100)", -100.0), ("100-", -100.0), ("€ 1.234,00", 1234.0)],
)  # fmt: skip
def test_c12_an_unlikely_number_is_read_right_and_told(tmp_path: Path, text: str, number: float) -> None:
    assert hours(tmp_path, text) == ([number], {"uren_onwaarschijnlijk"})


@pytest.mark.parametrize("text", ["12.345", "12,345", "€ 1.234"])
def test_c12_a_number_with_two_meanings_is_not_read(tmp_path: Path, text: str) -> None:
    assert hours(tmp_path, text, "32", text) == ([None, 32.0, None], {"getal_dubbelzinnig"})


@pytest.mark.parametrize(("other", "number"), [("24.5", 12.345), (24.5, 12.345), ("24,5", 12345.0)])
def test_c12_another_number_of_the_column_settles_the_meaning(tmp_path: Path, other: Cell, number: float) -> None:
    read, rules = hours(tmp_path, "12.345", other)
    assert read == [number, 24.5]
    assert rules == ({"uren_onwaarschijnlijk"} if number > 60 else set())


def test_c13_a_percentage_is_no_number(tmp_path: Path) -> None:
    assert hours(tmp_path, "12,5%", "24,5") == ([None, 24.5], {"getal_onleesbaar"})


def test_c14_one_text_after_thousands_of_numbers_is_told_with_its_cell(tmp_path: Path) -> None:
    people = clienten(*({} for _ in range(4999)), {"trede": "drie"}, {})
    path = csv_of(tmp_path, people)
    done = check(path)
    assert (done.rows, done.rules) == ((5001, 5001, 0), {"getal_onleesbaar"})
    assert place_of(done.out, "getal_onleesbaar").endswith("cel I5001")
    assert int(table_of(path, "clienten")["trede"].notna().sum()) == 5000


def test_c15_a_boolean_is_a_text_where_texts_stand(tmp_path: Path) -> None:
    path = book_of(tmp_path, ten(), Bijeenkomsten=bijeenkomsten({"aanbieder": True}, {}))
    assert (check(path).code, check(path).rows, check(path).rules) == (0, (12, 12, 0), set())


@pytest.mark.parametrize("cell", [time(8, 30), timedelta(hours=30)])
def test_c15_a_time_in_a_column_of_days_is_told_with_its_cell(tmp_path: Path, cell: Any) -> None:
    rows: list[list[Any]] = [list(row) for row in ten("datum_gesprek", datetime(2019, 3, 1, 8, 30))]
    rows[2][11] = cell
    path = tmp_path / "2019-Q4.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "dd-mm-yyyy"}) as book:
        sheet, clock = book.add_worksheet("Cliënten"), book.add_format({"num_format": "[hh]:mm"})
        for row, cells in enumerate(rows):
            for column, value in enumerate(cells):
                if value is not None:
                    sheet.write(row, column, value, *([clock] if value is cell else []))
    done = check(path)
    assert (done.code, done.rows, done.rules) == (0, ALL_USED, {"datum_onleesbaar"})
    assert place_of(done.out, "datum_onleesbaar").endswith("cel L3")


# --- C16 to C19: texts


def providers(folder: Path, *names: str) -> tuple[set[str], set[str]]:
    courses = ({"clientnummer": f"{n:04d}", "aanbieder": name} for n, name in enumerate(names, 1))
    csv_of(folder, ten())
    csv_of(folder, trajecten(*courses), "trajecten")
    return set(table_of(folder, "trajecten")["aanbieder"]), check(folder).rules


@pytest.mark.parametrize("other", ["café r&b", "CAFÉ R&B", "Café R & B"])
def test_c16_another_spelling_is_the_same_category_and_is_told(tmp_path: Path, other: str) -> None:
    names, rules = providers(tmp_path, "Café R&B", other)
    assert (len(names), rules) == (1, {"aanbieder_schrijfwijze"})


@pytest.mark.parametrize(
    "other", ["Café R&B ", "Café R&amp;B", unicodedata.normalize("NFD", "Café R&B"), "Caf&eacute; R&B", "Café\u00a0R&B"]
)
def test_c16_another_notation_is_the_same_text(tmp_path: Path, other: str) -> None:
    assert providers(tmp_path, "Café R&B", other) == ({"Café R&B"}, set())


@pytest.mark.parametrize("odd", ["Taal\nhuis", "Taal\thuis", "Taal_x000D_huis", "Taal\x07huis", "Taal \r\n huis"])
def test_c17_control_characters_are_no_part_of_a_text(tmp_path: Path, odd: str) -> None:
    path = book_of(tmp_path, ten(), Trajecten=trajecten({"aanbieder": odd}))
    assert check(path).rules == set()
    assert set(table_of(path, "trajecten")["aanbieder"]) == {"Taal huis"}


def written(folder: Path, name: str) -> tuple[str, str]:
    """The csv and the html of a report on a provider with this name."""
    book_of(folder, ten(), Trajecten=trajecten({"aanbieder": name}))
    assert command("report", folder, "-o", folder / "uit").code == 0
    csv, html = (folder / "uit" / part for part in ("cijfers.csv", "rapport.html"))
    return csv.read_text("utf-8-sig"), html.read_text("utf-8")


@pytest.mark.parametrize("name", ["=1+1", "+31 6", "-5 plus", "@SUM(A1)"])
def test_c18_a_text_that_looks_like_a_formula_is_no_formula(tmp_path: Path, name: str) -> None:
    csv, html = written(tmp_path, name)
    assert f";'{name};" in csv and f";{name};" not in csv
    assert name in html


def test_c19_a_text_with_a_script_is_shown_and_not_run(tmp_path: Path) -> None:
    _, html = written(tmp_path, "<script>alert(1)</script>")
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
