"""The fast reader: places of cells, columns that are kept, faults that become refusals."""

from __future__ import annotations

import fastexcel
import pytest

from integratie_eval.errors import Refused
from integratie_eval.read.formats import fast
from integratie_eval.read.formats.fast import faults_refused, moment_text, read_fast, read_fast_sheets
from integratie_eval.read.grid import Grid, Part
from tests.unit.parts import rows_of
from tests.unit.xlsb import cell_of, row_of, sheet_of, sheet_of_records, xlsb_of


def rows(part: Part | None) -> dict[int, list[str | None]]:
    assert part is not None
    return rows_of(Grid(None, (part,)))


def test_cells_keep_their_place_when_the_first_rows_and_columns_are_blank() -> None:
    book = xlsb_of({"A": sheet_of_records([row_of(3), cell_of(2, "x"), row_of(5), cell_of(4, "y")], 6, 5)})

    part = read_fast(book)["A"]

    assert rows(part) == {3: [None, None, "x"], 5: [None, None, None, None, "y"]}


def test_a_sheet_without_cells_is_none() -> None:
    assert read_fast(xlsb_of({"A": sheet_of([["x"]]), "B": sheet_of([])}))["B"] is None


def test_only_the_asked_sheets_are_read() -> None:
    book = xlsb_of({name: sheet_of([[name]]) for name in "ABC"})

    parts = read_fast_sheets(book, [0, 2])

    assert {index: rows(part) for index, part in parts.items()} == {0: {0: ["A"]}, 2: {0: ["C"]}}


def test_two_readers_give_what_one_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    book = xlsb_of({f"S{number}": sheet_of([[f"x{number}"]]) for number in range(9)})
    one = read_fast_sheets(book, range(9))

    monkeypatch.setattr(fast, "WORTH_TWO_READERS", 0)
    opened: list[bytes] = []
    read = fastexcel.read_excel

    def read_and_count(content: bytes) -> object:
        opened.append(content)
        return read(content)

    monkeypatch.setattr(fastexcel, "read_excel", read_and_count)

    assert read_fast_sheets(book, range(9)) == one
    assert len(opened) == 2


def test_columns_beyond_the_most_are_cut_off() -> None:
    book = xlsb_of({"A": sheet_of_records([row_of(0), cell_of(998, "kept"), cell_of(1000, "stray")], 1, 1001)})

    part = read_fast(book)["A"]

    assert part is not None and (part.first_column, part.columns) == (998, 2)
    assert rows(part)[0][998:] == ["kept"]


def test_a_sheet_with_only_columns_beyond_the_most_is_none() -> None:
    book = xlsb_of({"A": sheet_of_records([row_of(0), cell_of(1000, "stray")], 1, 1001)})

    assert read_fast(book)["A"] is None


def test_bytes_that_are_no_workbook_are_damaged() -> None:
    with pytest.raises(Refused, match="bestand_beschadigd"):
        read_fast(b"PK\x03\x04 no workbook")


class Panic(BaseException):
    """What the Rust reader raises."""


@pytest.mark.parametrize(
    ("fault", "refusal"),
    [
        (Panic("index out of bounds"), "bestand_beschadigd"),
        (ValueError("Workbook is password protected"), "bestand_beveiligd"),
        (Refused("geen_werkblad"), "geen_werkblad"),
    ],
)
def test_a_fault_becomes_a_refusal(fault: BaseException, refusal: str) -> None:
    with pytest.raises(Refused, match=refusal), faults_refused():
        raise fault


@pytest.mark.parametrize("fault", [KeyboardInterrupt, SystemExit, MemoryError])
def test_a_stop_is_not_a_refusal(fault: type[BaseException]) -> None:
    with pytest.raises(fault), faults_refused():
        raise fault


@pytest.mark.parametrize(
    ("serial", "since_1904", "text"),
    [
        (43831.0, False, "2020-01-01 00:00:00"),
        (43831.0, True, "2024-01-02 00:00:00"),
        (1.0, False, "1900-01-01 00:00:00"),
        (40000.123456, False, "2009-07-06 02:57:46.598"),
        (3e6, False, "3000000"),
    ],
)
def test_a_day_number_is_printed_as_the_fast_reader_does(serial: float, since_1904: bool, text: str) -> None:
    assert moment_text(serial, since_1904) == text
