"""Section B of the bad inputs: sheets with cells where no cell should be, or with less to see than there is."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tests.bad.command import Done, check
from tests.bad.containers import ALL_USED, PEOPLE, SHEET, STEM, as_text, edit, good_xlsx, ten
from tests.helpers import Cell, Rows, clienten, trajecten, write_csv, write_ods, write_xlsx

SHEET_XML = "xl/worksheets/sheet1.xml"
LAST_ROW, LAST_COLUMN = 1_048_576, "XFD"


def is_read(done: Done, *rules: str) -> None:
    assert (done.code, done.err) == (0, "")
    assert done.rows == ALL_USED
    assert done.rules == set(rules)


def quickly_read(path: Path, *rules: str) -> None:
    """Read without a wait for millions of empty rows, and within the gigabyte that a reader may use."""
    begin = time.monotonic()
    is_read(check(path), *rules)
    assert time.monotonic() - begin < 30


def workbook(folder: Path, fill: Callable[[Any, Any], object], rows: Rows | None = None) -> Path:
    """The rows of ten people in a workbook to which more is done."""
    path = folder / f"{STEM}.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet(SHEET)
        for number, row in enumerate(as_text(rows or ten())):
            sheet.write_row(number, 0, row)
        fill(book, sheet)
    return path


# --- B01, B02, B03, B04


@pytest.mark.parametrize(("row", "column"), [(LAST_ROW, "XFD"), (1, "XFD"), (5, "XFD")])
def test_a_value_in_the_last_column_is_told_and_costs_nothing(tmp_path: Path, row: int, column: str) -> None:
    quickly_read(workbook(tmp_path, lambda _, sheet: sheet.write(f"{column}{row}", "x")), "losse_cellen")


def test_a_value_in_the_last_row_is_one_row_set_aside(tmp_path: Path) -> None:
    done = check(workbook(tmp_path, lambda _, sheet: sheet.write(f"A{LAST_ROW}", "x")))
    assert (done.code, done.rows) == (0, (PEOPLE + 1, PEOPLE, 1))
    assert "mogelijk_afgekapt" in done.rules


def test_a_space_in_the_last_row_of_a_wide_sheet_is_no_row(tmp_path: Path) -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_row(0, 13, [f"kolom {number}" for number in range(60)])
        sheet.write(f"A{LAST_ROW}", " ")

    done = check(workbook(tmp_path, fill))
    assert (done.code, done.rows) == (0, ALL_USED)


def test_an_error_far_below_the_rows_is_a_row(tmp_path: Path) -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_formula(f"B{LAST_ROW}", "=NA()", None, "#N/A")
        sheet.write(f"A{LAST_ROW - 5_000}", "x")

    done = check(workbook(tmp_path, fill))
    assert (done.code, done.rows) == (0, (PEOPLE + 2, PEOPLE, 2))


@pytest.mark.parametrize("name", ["xlsx", "ods", "csv"])
def test_cells_with_only_spaces_are_no_rows(tmp_path: Path, name: str) -> None:
    spaces: list[Cell] = [" "] * 13
    rows: Rows = [*ten(), *[spaces] * 3]
    write: dict[str, Callable[[Path], Path]] = {
        "xlsx": lambda path: write_xlsx(path, {SHEET: rows}),
        "ods": lambda path: write_ods(path, {SHEET: rows}),
        "csv": lambda path: write_csv(path, rows),
    }
    is_read(check(write[name](tmp_path / f"{STEM}.{name}")))


@pytest.mark.parametrize("each", [True, False])
def test_formatting_down_to_the_last_row_costs_nothing(tmp_path: Path, each: bool) -> None:
    def fill(book: Any, sheet: Any) -> None:
        bold = book.add_format({"bold": True})
        for row in range(PEOPLE + 1, 20_000) if each else (LAST_ROW - 1,):
            sheet.write_blank(row, 0, None, bold)
        sheet.set_row(LAST_ROW - 1, 30)

    quickly_read(workbook(tmp_path, fill))


@pytest.mark.parametrize("dimension", ["A1", "A0:F11", f"A1:{LAST_COLUMN}{LAST_ROW}", "", "B5:C3", None])
def test_a_sheet_that_lies_about_its_size_is_read(tmp_path: Path, dimension: str | None) -> None:
    other = "" if dimension is None else f'<dimension ref="{dimension}"/>'
    quickly_read(edit(good_xlsx(tmp_path), SHEET_XML, lambda xml: re.sub("<dimension[^>]*>", other, xml)))


def test_a_size_that_is_no_size_is_damage(tmp_path: Path) -> None:
    path = edit(good_xlsx(tmp_path), SHEET_XML, lambda xml: re.sub("<dimension[^>]*>", '<dimension ref="onzin"/>', xml))
    assert check(path).refusal == "bestand_beschadigd"


# --- B12, B13


def test_blank_rows_and_columns_between_are_skipped(tmp_path: Path) -> None:
    rows = ten()
    rows[4:4] = [[], [None] * 13]
    wide: Rows = [[None, None, *row[:3], None, *row[3:]] for row in rows]
    is_read(check(write_xlsx(tmp_path / f"{STEM}.xlsx", {SHEET: wide})))


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".ods"])
def test_rows_after_a_long_blank_piece_are_read(tmp_path: Path, suffix: str) -> None:
    header, *people = clienten(*[{}] * 15)
    blank: list[Cell] = [None] * 13
    rows: Rows = [header, *people[:10], *[blank] * 1_200, *people[10:]]
    path = tmp_path / f"{STEM}{suffix}"
    if suffix == ".csv":
        write_csv(path, rows)
    else:
        (write_xlsx if suffix == ".xlsx" else write_ods)(path, {SHEET: rows})
    done = check(path)
    assert (done.code, done.rows, done.rules) == (0, (15, 15, 0), set())


# --- B17


def test_a_number_that_is_merged_over_three_rows_belongs_to_all_three(tmp_path: Path) -> None:
    path = tmp_path / f"{STEM}.xlsx"
    records = [{"clientnummer": None if number else "0001", "soort": soort} for number, soort in enumerate(
        ["sollicitatietraining", "taaltraining", "werkstage"])]  # fmt: skip
    with xlsxwriter.Workbook(path) as book:
        for name, rows in ((SHEET, clienten({})), ("Trajecten", trajecten(*records))):
            sheet = book.add_worksheet(name)
            for number, row in enumerate(as_text(rows)):
                sheet.write_row(number, 0, row)
        sheet.merge_range("A2:A4", "0001")
    done = check(path)
    assert (done.code, done.rows) == (0, (4, 4, 0))
    assert "cellen_samengevoegd" in done.rules


def test_a_number_that_is_not_merged_is_not_filled_down(tmp_path: Path) -> None:
    records = [{"clientnummer": number} for number in ("0001", None, None)]
    done = check(write_xlsx(tmp_path / f"{STEM}.xlsx", {SHEET: clienten({}), "Trajecten": trajecten(*records)}))
    assert "trajecten_zonder_clientnummer" in done.rules


# --- B18, B19


def hide_rows(_: Any, sheet: Any) -> None:
    for row in (3, 4):
        sheet.set_row(row, None, None, {"hidden": True})


def filter_rows(_: Any, sheet: Any) -> None:
    sheet.autofilter(0, 0, PEOPLE, 12)
    sheet.filter_column(8, "x == 9")
    for row in range(1, PEOPLE + 1):
        sheet.set_row(row, None, None, {"hidden": True})


def group_rows(_: Any, sheet: Any) -> None:
    for row in (3, 4):
        sheet.set_row(row, None, None, {"level": 1, "hidden": True})
    sheet.set_row(5, None, None, {"collapsed": True})


def hide_columns(_: Any, sheet: Any) -> None:
    sheet.set_column(2, 3, None, None, {"hidden": True})


@pytest.mark.parametrize(
    ("fill", "rule", "number"),
    [
        (hide_rows, "verborgen_rijen", 2),
        (filter_rows, "verborgen_rijen", 10),
        (group_rows, "verborgen_rijen", 2),
        (hide_columns, "verborgen_kolommen", 2),
    ],
)
def test_what_is_hidden_counts_and_is_told(
    tmp_path: Path, fill: Callable[[Any, Any], object], rule: str, number: int
) -> None:
    done = check(workbook(tmp_path, fill))
    is_read(done, rule)
    assert f": {number}." in done.out


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_older_copy_is_skipped_and_told(tmp_path: Path, state: str) -> None:
    path = write_xlsx(tmp_path / f"{STEM}.xlsx", {SHEET: ten(), "Cliënten oud": clienten(*[{}] * 4)})
    edit(path, "xl/workbook.xml", lambda xml: xml.replace('sheetId="2"', f'sheetId="2" state="{state}"'))
    is_read(check(path), "verborgen_blad_overgeslagen")


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_read_when_it_is_the_only_one(tmp_path: Path, state: str) -> None:
    path = write_xlsx(tmp_path / f"{STEM}.xlsx", {"Toelichting": [["Lees mij"]], SHEET: ten()})
    edit(path, "xl/workbook.xml", lambda xml: xml.replace('sheetId="2"', f'sheetId="2" state="{state}"'))
    is_read(check(path), "verborgen_blad_gelezen", "blad_overgeslagen")


def test_zeros_that_only_the_format_shows_are_put_before_the_number(tmp_path: Path) -> None:
    path = tmp_path / f"{STEM}.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet(SHEET)
        zeros = book.add_format({"num_format": "0000"})
        for number, row in enumerate(as_text(ten())):
            sheet.write_row(number, 0, row)
            if number:
                sheet.write_number(number, 0, number, zeros)
        jobs = book.add_worksheet("Trajecten")
        for number, row in enumerate(as_text(trajecten({"clientnummer": "0007"}))):
            jobs.write_row(number, 0, row)
    done = check(path)
    assert (done.code, done.rows) == (0, (PEOPLE + 1, PEOPLE + 1, 0))
    assert done.rules == {"nullen_aangevuld"}
    assert f": {PEOPLE}." in done.out


# --- B22, B23


@pytest.mark.parametrize(("rows", "told"), [(65_536, True), (65_535, False)])
def test_a_sheet_that_is_exactly_full_may_be_cut_off(tmp_path: Path, rows: int, told: bool) -> None:
    path = tmp_path / f"{STEM}.csv"
    people = "".join(f"{number:06d};U{number:06d};2016-03-01;2016-04-01\n" for number in range(1, rows))
    headings = "clientnummer;uitkeringnummer;datum_vestiging;begin_uitkering"
    path.write_text(f"{headings}\n{people}", encoding="utf-8")
    done = check(path)
    assert (done.code, done.rows) == (0, (rows - 1, rows - 1, 0))
    assert ("mogelijk_afgekapt" in done.rules) is told


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".ods"])
def test_a_header_without_rows_is_refused_unless_that_is_allowed(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"{STEM}{suffix}"
    if suffix == ".csv":
        write_csv(path, clienten() or [])
    else:
        (write_xlsx if suffix == ".xlsx" else write_ods)(path, {SHEET: clienten()})
    done = check(path)
    assert done.refusal == "geen_regels"
    assert path.name in done.err and "--leeg-toegestaan" in done.err
    allowed = check(path, "--leeg-toegestaan")
    assert (allowed.code, allowed.rows) == (0, (0, 0, 0))
