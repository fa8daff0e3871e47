"""Old Excel workbooks: both readers give the same cells, and the records tell what the fast reader hides."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import xlwt

from integratie_eval.errors import Refused
from integratie_eval.read.formats import xls
from integratie_eval.read.formats.xls import read_xls
from integratie_eval.read.grid import Block, Mark, Padding
from tests.unit.parts import rows_of

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::SyntaxWarning")

MULTIPLE_RK, FORMULA, PRINT_HEADERS, FILTER_MODE, PASSWORD, BACKUP = 0xBD, 0x06, 0x2A, 0x9B, 0x2F, 0x40
BEGIN, END, NUMBER, CODE_PAGE, FORMAT, CELL_FORMAT = 0x809, 0x0A, 0x203, 0x42, 0x41E, 0xE0
STRING, CONTINUE = 0x207, 0x3C
CHART = 0x20
NOT_AVAILABLE = 0x2A


def book_of(fill: Callable[[Any], object], *, since_1904: bool = False) -> bytes:
    """A workbook with one sheet."""
    book = xlwt.Workbook()
    book.dates_1904 = since_1904
    fill(book.add_sheet("Blad1"))
    return saved(book)


def saved(book: Any) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def style(number_format: str) -> Any:
    return xlwt.easyxf(num_format_str=number_format)


def patched(book: bytes, kind: int, size: int, start: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one record changed: the first of this kind and size that starts so."""
    at = book.index(struct.pack("<HH", kind, size) + start)
    record = change(book[at : at + 4 + size])
    assert len(record) == 4 + size
    return book[:at] + record + book[at + 4 + size :]


def values(sheet: Any) -> None:
    cells: list[list[Any]] = [
        ["kop", 1.5, True], [], [3.0, 0.1 + 0.2, False, -7], ["é\nregel"],
    ]  # fmt: skip
    for row, line in enumerate(cells):
        for column, value in enumerate(line):
            sheet.write(row, column, value)
    sheet.write(5, 1, date(2020, 1, 1), style("dd-mm-yyyy"))
    sheet.write(5, 2, 0.25, style("hh:mm"))
    sheet.write(6, 0, 12345678, style("000000000"))


TEXTS = {
    0: ["kop", "1.5", "true"],
    2: ["3", "0.3", "false", "-7"],
    3: ["é\nregel"],
    5: [None, "2020-01-01 00:00:00", "1899-12-31 06:00:00"],
    6: ["12345678"],
}


@pytest.fixture(params=["fast", "slow"])
def reader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "slow":
        monkeypatch.setattr(xls, "_read_quickly", lambda *_: ())


@pytest.mark.usefixtures("reader")
def test_both_readers_give_the_same_texts() -> None:
    (grid,) = read_xls(book_of(values))

    assert (grid.sheet, rows_of(grid)) == ("Blad1", TEXTS)


@pytest.mark.usefixtures("reader")
def test_days_since_1904_are_right() -> None:
    book = book_of(lambda sheet: sheet.write(0, 0, 43831, style("dd-mm-yyyy")), since_1904=True)

    (grid,) = read_xls(book)

    assert rows_of(grid) == {0: ["2024-01-02 00:00:00"]}


@pytest.mark.usefixtures("reader")
def test_error_values_become_marks() -> None:
    def fill(sheet: Any) -> None:
        sheet.write(0, 0, "x")
        sheet.row(0).set_cell_error(1, NOT_AVAILABLE)
        sheet.row(2).set_cell_boolean(1, True)
        sheet.write(3, 1, xlwt.Formula("1/0"))

    failed = b"\x02\0\x07\0\0\0\xff\xff"
    result = slice(10, 18)
    formula = struct.pack("<HH", 3, 1)
    book = patched(book_of(fill), FORMULA, 29, formula, lambda r: r[: result.start] + failed + r[result.stop :])

    (grid,) = read_xls(book)

    assert grid.facts.marks == (Mark(0, 1, "#N/A"), Mark(3, 1, "#DIV/0!"))
    assert (rows_of(grid)[0][0], rows_of(grid)[2]) == ("x", [None, "true"])


def test_hidden_rows_and_columns_count_up_to_the_last_cell() -> None:
    def fill(sheet: Any) -> None:
        sheet.write(0, 2, "x")
        sheet.write(3, 0, "y")
        for row in (1, 3, 9):
            sheet.row(row).hidden = True
        for column in (1, 100):
            sheet.col(column).hidden = True

    (grid,) = read_xls(book_of(fill))

    assert (grid.facts.hidden_rows, grid.facts.hidden_columns) == (2, 1)


def test_merged_cells_are_told() -> None:
    (grid,) = read_xls(book_of(lambda sheet: sheet.write_merge(1, 3, 0, 1, "x")))

    assert grid.facts.merged == (Block(1, 0, 3, 1),)


def test_a_filter_that_hides_rows_is_told() -> None:
    book = book_of(values)
    filtered = patched(book, PRINT_HEADERS, 2, b"", lambda record: struct.pack("<H", FILTER_MODE) + record[2:])

    assert [read_xls(content)[0].facts.filtered for content in (book, filtered)] == [False, True]


def test_numbers_with_a_format_of_zeros_are_runs() -> None:
    def fill(sheet: Any) -> None:
        zeros = style("000000000")
        for row in (0, 1, 2, 5):
            sheet.write(row, 0, 12345678, zeros)
            sheet.write(row, 1, "12345678", zeros)
            sheet.write(row, 2, 1.5)
            sheet.write(row, 3, 7)

    (grid,) = read_xls(book_of(fill))

    assert grid.facts.padded == (Padding(0, 0, 2, 9), Padding(0, 5, 5, 9))


def test_several_numbers_in_one_record_are_padded_too() -> None:
    def fill(sheet: Any) -> None:
        for column in range(3):
            sheet.write(0, column, 5, style("000"))

    assert struct.pack("<HH", MULTIPLE_RK, 6 + 3 * 6) in book_of(fill)
    (grid,) = read_xls(book_of(fill))

    assert grid.facts.padded == tuple(Padding(column, 0, 0, 3) for column in range(3))
    assert rows_of(grid) == {0: ["5", "5", "5"]}


@pytest.mark.usefixtures("reader")
def test_hidden_sheets_are_known_and_charts_are_no_sheets() -> None:
    book = xlwt.Workbook()
    for name, visibility in (("Grafiek", 0), ("Zichtbaar", 0), ("Weg", 1), ("Heel weg", 2)):
        sheet = book.add_sheet(name)
        sheet.write(0, 0, name)
        sheet.visibility = visibility
    book.set_active_sheet(1)
    content = of_kind(saved(book), "Grafiek", 2)

    grids = read_xls(content)

    assert [(grid.sheet, grid.facts.hidden, rows_of(grid)) for grid in grids] == [
        ("Zichtbaar", False, {0: ["Zichtbaar"]}),
        ("Weg", True, {0: ["Weg"]}),
        ("Heel weg", True, {0: ["Heel weg"]}),
    ]


@pytest.mark.parametrize("kind", [1, 2, 6])
def test_a_workbook_of_charts_or_macros_has_no_worksheet(kind: int) -> None:
    with pytest.raises(Refused, match="geen_werkblad"):
        read_xls(of_kind(book_of(values), "Blad1", kind))


def of_kind(book: bytes, sheet: str, kind: int) -> bytes:
    """The workbook with one sheet marked as a macro sheet (1), a chart (2) or a module (6)."""
    name = sheet.encode()
    at = book.index(bytes([len(name), 0]) + name)
    return book[: at - 1] + bytes([kind]) + book[at:]


def test_a_password_is_told() -> None:
    book = patched(book_of(values), BACKUP, 2, b"", lambda record: struct.pack("<H", PASSWORD) + record[2:])

    with pytest.raises(Refused, match="bestand_beveiligd"):
        read_xls(book)


def test_the_second_reader_steps_in_when_the_first_finds_no_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xls, "read_fast", lambda _: {"Blad1": None})

    (grid,) = read_xls(book_of(values))

    assert rows_of(grid) == TEXTS


def test_one_cell_far_away_costs_no_rectangle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(xls, "read_fast")

    (grid,) = read_xls(book_of(lambda sheet: [sheet.write(0, 0, "x"), sheet.write(65_535, 255, "y")]))

    assert rows_of(grid) == {0: ["x"], 65_535: [None] * 255 + ["y"]}
    assert [part.rows for part in grid.parts] == [1, 1]


def test_a_bare_sheet_of_before_1995_is_read() -> None:
    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    place = struct.pack("<HH", 1, 0) + b"\0\0\0"
    text = record(0x04, place + b"\x03kop")
    number = record(0x03, struct.pack("<HH", 1, 1) + b"\0\0\0" + struct.pack("<d", 2.5))
    failed = record(0x05, struct.pack("<HH", 1, 2) + b"\0\0\0" + bytes([NOT_AVAILABLE, 1]))

    (grid,) = read_xls(record(0x09, struct.pack("<HH", 2, 0x10)) + text + number + failed + record(0x0A, b""))

    assert rows_of(grid) == {1: ["kop", "2.5", "#N/A"]}
    assert grid.facts.marks == (Mark(1, 2, "#N/A"),)


def test_the_numbers_of_a_chart_are_no_cells() -> None:
    beginning = struct.pack("<HHHHIII", BEGIN, 16, 0x600, CHART, 0, 0, 0)
    number = struct.pack("<HHHHHd", NUMBER, 14, 0, 0, 0, 99.0)
    far = struct.pack("<HHHHHd", NUMBER, 14, 40_000, 3, 0, 99.0)
    chart = beginning + number + far + struct.pack("<HH", END, 0)

    (grid,) = read_xls(with_records(book_of(values), chart))

    assert (rows_of(grid), grid.height) == (TEXTS, 7)


def test_texts_are_right_whatever_code_page_is_named() -> None:
    book = patched(book_of(values), CODE_PAGE, 2, struct.pack("<H", 1200), lambda r: r[:4] + struct.pack("<H", 1252))

    (grid,) = read_xls(book)

    assert rows_of(grid) == TEXTS


@pytest.mark.parametrize("number", [59, 400])
def test_a_day_is_a_day_whatever_the_number_of_its_format(number: int) -> None:
    book = book_of(lambda sheet: sheet.write(0, 0, 43831, style("dd-mm-yyyy")), since_1904=True)
    usual, other = struct.pack("<H", 165), struct.pack("<H", number)
    book = patched(book, FORMAT, 15, usual, lambda record: record[:4] + other + record[6:])
    book = patched(book, CELL_FORMAT, 20, struct.pack("<H", 7) + usual, lambda record: record[:6] + other + record[8:])

    (grid,) = read_xls(book)

    assert rows_of(grid) == {0: ["2024-01-02 00:00:00"]}


@pytest.mark.parametrize("kind", [0x206, 0x406])
def test_formulas_as_excel_3_and_4_wrote_them_are_read(kind: int) -> None:
    formula = struct.pack("<HHHHHdHIH", kind, 22, 7, 0, 0, 2.5, 0, 0, 0)

    (grid,) = read_xls(with_records(book_of(values), formula))

    assert rows_of(grid) == TEXTS | {7: ["2.5"]}


def test_the_text_of_a_formula_that_goes_on_in_a_second_record_is_read_to_its_end() -> None:
    begin, rest = "begin", " en rest"
    text = struct.pack("<HHHB", STRING, 3 + len(begin), len(begin + rest), 0) + begin.encode()
    more = struct.pack("<HHB", CONTINUE, 1 + len(rest), 0) + rest.encode()
    formula = struct.pack("<HHHHHHIHHIH", FORMULA, 22, 7, 0, 0, 0, 0, 0xFFFF, 0, 0, 0)

    (grid,) = read_xls(with_records(book_of(values), formula + text + more))

    assert rows_of(grid) == TEXTS | {7: [begin + rest]}


def with_records(book: bytes, records: bytes) -> bytes:
    """The workbook with records at the end of its last sheet, in the zeros that follow the stream."""
    end = struct.pack("<HH", END, 0)
    at = book.rindex(end + bytes(len(records)))
    return book[:at] + records + end + book[at + len(records) + len(end) :]


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_half_a_file_is_damaged(share: float) -> None:
    book = book_of(lambda sheet: [sheet.write(row, 0, f"tekst {row}") for row in range(2_000)])

    with pytest.raises(Refused, match="bestand_beschadigd"):
        read_xls(book[: int(len(book) * share)])


def test_a_loop_of_sectors_is_damaged() -> None:
    book = book_of(values)
    loop = struct.pack("<I", 0)
    table = 512 * (1 + int.from_bytes(book[76:80], "little"))

    with pytest.raises(Refused, match="bestand_beschadigd"):
        read_xls(book[:table] + loop * 128 + book[table + 512 :])
