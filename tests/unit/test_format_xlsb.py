"""Binary workbooks: both readers give the same cells, and the records tell what the fast reader hides."""

from __future__ import annotations

import struct

import pytest

from integratie_eval.errors import Refused
from integratie_eval.read.formats import xlsb
from integratie_eval.read.formats.xlsb import read_xlsb
from integratie_eval.read.grid import Block, Mark, Padding
from tests.unit.parts import rows_of
from tests.unit.xlsb import cell_of, cell_record, record, row_of, sheet_of, sheet_of_records, text_of, xlsb_of

DAY, ZEROS, TIME = 1, 2, 3
FORMATS = ("dd-mm-yyyy", "000000000", '[$-413]hh:mm" uur"')
END = b"\0" * 6
VALUES = [
    row_of(0), cell_of(0, "kop"), cell_of(1, 1.5), cell_of(2, True),
    row_of(1), cell_of(0, 43831.0, DAY), cell_of(1, 12345678.0, ZEROS), cell_record(7, 3, struct.pack("<I", 1)),
    row_of(3), cell_record(2, 0, struct.pack("<I", 5 << 2 | 2)), cell_record(2, 1, struct.pack("<i", -5 << 2 | 3)),
    cell_record(2, 2, struct.pack("<d", 3.5)[4:]), cell_record(8, 3, text_of("formule") + END),
    cell_record(9, 4, struct.pack("<d", 2.25) + END), cell_record(10, 5, b"\0" + END),
    row_of(4), cell_of(1, 0.25, TIME), cell_of(2, 0.1 + 0.2), cell_record(1, 6, b""),
]  # fmt: skip
TEXTS = {
    0: ["kop", "1.5", "true"],
    1: ["2020-01-01 00:00:00", "12345678", None, "twee"],
    3: ["5", "-0.05", "3.5", "formule", "2.25", "false"],
    4: [None, "1899-12-31 06:00:00", "0.3"],
}


def book_of(records: list[bytes], *, since_1904: bool = False, before: bytes = b"", after: bytes = b"") -> bytes:
    sheet = sheet_of_records(records, 5, 7, before=before, after=after)
    return xlsb_of({"A": sheet}, formats=FORMATS, strings=("een", "twee"), since_1904=since_1904)


@pytest.fixture(params=["fast", "slow"])
def reader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "slow":
        monkeypatch.setattr(xlsb, "_read_or_nothing", lambda *_: {})


@pytest.mark.usefixtures("reader")
def test_both_readers_give_the_same_texts() -> None:
    (grid,) = read_xlsb(book_of(VALUES))

    assert rows_of(grid) == TEXTS


@pytest.mark.usefixtures("reader")
def test_days_since_1904_are_four_years_later() -> None:
    (grid,) = read_xlsb(book_of([row_of(0), cell_of(0, 43831.0, DAY)], since_1904=True))

    assert rows_of(grid) == {0: ["2024-01-02 00:00:00"]}


@pytest.mark.usefixtures("reader")
def test_error_values_become_marks() -> None:
    error, formula = cell_record(3, 1, b"\x2a"), cell_record(11, 2, b"\x17" + END)

    (grid,) = read_xlsb(book_of([row_of(0), cell_of(0, "x"), error, row_of(2), formula]))

    assert grid.facts.marks == (Mark(0, 1, "#N/A"), Mark(2, 2, "#REF!"))
    assert rows_of(grid)[0][0] == "x"


def test_hidden_rows_and_columns_count_up_to_the_last_cell() -> None:
    shown, hidden = (struct.pack("<IIIIH", *span) for span in ((0, 0, 0, 0, 2), (1, 16383, 0, 0, 1)))
    columns = record(390) + record(60, shown) + record(60, hidden) + record(391)
    records = [row_of(0), cell_of(2, "x"), row_of(1, hidden=True), cell_of(0, "y"), row_of(4, hidden=True)]

    (grid,) = read_xlsb(book_of(records, before=columns))

    assert (grid.facts.hidden_rows, grid.facts.hidden_columns) == (1, 2)


def test_merged_cells_and_an_active_filter_are_told() -> None:
    merged = record(177, struct.pack("<I", 1)) + record(176, struct.pack("<IIII", 0, 1, 2, 3)) + record(178)
    arrows = record(161, struct.pack("<IIII", 0, 3, 0, 3)) + record(162)
    active = arrows.replace(record(162), record(163, struct.pack("<IH", 0, 0)) + record(164) + record(162))

    (plain,) = read_xlsb(book_of(VALUES, after=arrows))
    (odd,) = read_xlsb(book_of(VALUES, after=active + merged))

    assert (plain.facts.filtered, plain.facts.merged) == (False, ())
    assert (odd.facts.filtered, odd.facts.merged) == (True, (Block(0, 2, 1, 3),))


def test_numbers_with_a_format_of_zeros_are_runs() -> None:
    records = []
    for row in (0, 1, 2, 5):
        records += [row_of(row), cell_of(0, 1.0), cell_of(1, 12345678.0, ZEROS), cell_of(2, "t", ZEROS)]

    (grid,) = read_xlsb(book_of(records))

    assert grid.facts.padded == (Padding(1, 0, 2, 9), Padding(1, 5, 5, 9))


def test_hidden_sheets_are_known_and_charts_are_no_sheets() -> None:
    sheets = {"grafiek": sheet_of([]), "B": sheet_of([["b"]]), "C": sheet_of([["c"]])}

    grids = read_xlsb(xlsb_of(sheets, hidden=["C"], kinds={"grafiek": "chartsheet"}))

    assert [(grid.sheet, grid.facts.hidden, rows_of(grid)) for grid in grids] == [
        ("B", False, {0: ["b"]}),
        ("C", True, {0: ["c"]}),
    ]


def test_a_workbook_of_charts_has_no_worksheet() -> None:
    with pytest.raises(Refused, match="geen_werkblad"):
        read_xlsb(xlsb_of({"grafiek": sheet_of([])}, kinds={"grafiek": "chartsheet"}))


def test_one_cell_far_away_costs_nothing() -> None:
    far = [row_of(0), cell_of(0, "x"), row_of(1_048_575), cell_of(0, "y"), cell_of(16_383, "z")]

    (grid,) = read_xlsb(xlsb_of({"A": sheet_of_records(far, 1_048_576, 16_384)}))

    assert rows_of(grid) == {0: ["x"], 1_048_575: ["y"]}
    assert (grid.facts.stray, grid.facts.stray_at) == (1, "XFD1048576")


def test_rich_text_in_a_cell_is_not_dropped() -> None:
    rich = cell_record(62, 1, b"\0" + text_of("rijk"))

    (grid,) = read_xlsb(book_of([row_of(0), cell_of(0, "x"), rich]))

    assert rows_of(grid) == {0: ["x", "rijk"]}


@pytest.mark.parametrize("kind", [0, 6, 48])
def test_a_record_that_is_cut_off_is_damage(kind: int) -> None:
    whole = sheet_of_records([row_of(0), cell_of(0, "x")], 1, 1)

    with pytest.raises(Refused, match="bestand_beschadigd"):
        read_xlsb(xlsb_of({"A": whole + bytes([kind, 100])}))


def test_a_cell_outside_of_a_sheet_is_damage() -> None:
    with pytest.raises(Refused, match="bestand_beschadigd"):
        read_xlsb(book_of([row_of(0), cell_of(16_384, "x")]))
