"""The cells of sheets → the table `ruw`: every cell at its own place, however many sheets go in at once."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integratie_eval.database import open_database
from integratie_eval.read import store
from integratie_eval.read.grid import Grid, part_of_columns
from integratie_eval.read.header import SEARCHED_ROWS
from integratie_eval.read.store import store_cells

CELLS = st.none() | st.text("aé€😀 \n", min_size=1, max_size=3)
ONE_BY_ONE, ALL_TOGETHER = 0, 16_000_000


@dataclass(frozen=True)
class Rectangle:
    """Cells without a gap between their rows, as columns of text."""

    first_row: int
    first_column: int
    columns: list[list[str | None]]

    @property
    def rows(self) -> int:
        return len(self.columns[0])


@st.composite
def sheets(draw: st.DrawFn) -> list[Rectangle]:
    """Rectangles under each other, with blank rows above and between them."""
    found: list[Rectangle] = []
    for _ in range(draw(st.integers(1, 3))):
        begin = found[-1].first_row + found[-1].rows if found else 0
        rows = draw(st.integers(1, 9))
        columns = draw(st.lists(st.lists(CELLS, min_size=rows, max_size=rows), min_size=1, max_size=4))
        gap = draw(st.integers(0, 2 * SEARCHED_ROWS))
        found.append(Rectangle(begin + gap, draw(st.integers(0, 2)), columns))
    return found


def grid_of(sheet: list[Rectangle]) -> Grid:
    parts = (part_of_columns(place.columns, place.rows, place.first_row) for place in sheet)
    return Grid(None, tuple(replace(part, first_column=p.first_column) for part, p in zip(parts, sheet, strict=True)))


def expected(number: int, sheet: list[Rectangle], width: int) -> list[tuple[int | str | None, ...]]:
    """The rows of the sheet, blank ones too; far below its beginning a blank row belongs to no sheet."""
    cells: dict[int, list[str | None]] = {}
    for place in sheet:
        for row in range(place.rows):
            texts = [column[row] for column in place.columns]
            before = [None] * place.first_column
            cells[place.first_row + row] = [*before, *texts, *[None] * (width - len(before) - len(texts))]
    blank = [None] * width
    return [
        (number if row in cells or row < SEARCHED_ROWS else None, *cells.get(row, blank))
        for row in range(max(cells) + 1)
    ]


@pytest.mark.parametrize("at_once", [ONE_BY_ONE, ALL_TOGETHER], ids=["one_by_one", "all_together"])
@given(delivered=st.lists(sheets(), min_size=1, max_size=4))
def test_every_cell_is_stored_at_its_own_place(at_once: int, delivered: list[list[Rectangle]]) -> None:
    grids = [grid_of(sheet) for sheet in delivered]
    connection = open_database(0)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "_BYTES_AT_ONCE", at_once)
        begins = store_cells(connection, grids)

    stored = connection.execute("SELECT * FROM ruw ORDER BY rowid").fetchall()
    width = max(grid.width for grid in grids)
    blocks = [expected(number, sheet, width) for number, sheet in enumerate(delivered)]
    assert stored == [row for block in blocks for row in block]
    assert begins == [sum(map(len, blocks[:number])) for number in range(len(blocks))]
