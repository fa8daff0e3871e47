"""The cells of all delivered sheets, as text, in one table `ruw`: every sheet a block of rows, in order.

DuckDB costs about a millisecond per statement, so a hundred small sheets are stored by a few statements.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from integratie_eval.read.grid import Block, Grid
from integratie_eval.read.header import SEARCHED_ROWS
from integratie_eval.read.load import Sheet
from integratie_eval.read.sheet_rows import SheetRows, blank_rows, rows_of_part

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from nanoarrow.c_array import CArray

_BYTES_AT_ONCE = 16_000_000  # of cells, which are twice in memory while they are stored

Rows = list[tuple[str | None, ...]]


def store_cells(connection: DuckDBPyConnection, grids: Sequence[Grid]) -> list[int]:
    """Fill `ruw`; returns for every grid the rowid of its row 1. Columns c0, c1, … as wide as the widest grid."""
    width = max((grid.width for grid in grids), default=1)
    columns = ", ".join(f"c{index} VARCHAR" for index in range(width))
    connection.execute(f"CREATE TEMP TABLE ruw (_blad INTEGER, {columns})")
    for numbered in _in_groups(grids):
        _store(connection, numbered, width)
    begins = [0, *accumulate(grid.height for grid in grids)]
    _verify_order(connection, begins)
    _mark(connection, grids, begins)
    return begins[:-1]


def first_rows(connection: DuckDBPyConnection, begins: Sequence[int], count: int) -> dict[int, Rows]:
    """The first rows of the sheets that begin at these rowids: number of the sheet → rows."""
    found: dict[int, Rows] = {number: [] for number in range(len(begins))}
    rows = connection.execute(
        "SELECT ruw.* FROM ruw JOIN (SELECT unnest($1) AS begin, unnest($2) AS blad) AS b ON b.blad = ruw._blad "
        "WHERE ruw.rowid < b.begin + $3 ORDER BY ruw.rowid",
        [list(begins), list(range(len(begins))), count],
    ).fetchall()
    for number, *cells in rows:
        found[number].append(tuple(cells))
    return found


def count_filled_rows(connection: DuckDBPyConnection, headers: Mapping[int, int]) -> dict[int, int]:
    """The rows with any text below the header, counted in the cells themselves: number of the sheet → rows.

    `headers`: number of the sheet → rowid of its header. The row account is checked against these numbers.
    """
    names = [column[0] for column in connection.execute("SELECT * FROM ruw LIMIT 0").description or ()]
    texts = ", ".join(f"nullif(trim({name}), '')" for name in names if name != "_blad")
    rows = connection.execute(
        f"SELECT ruw._blad, count(*) FROM ruw JOIN (SELECT unnest($1) AS blad, unnest($2) AS kop) AS k "
        f"ON k.blad = ruw._blad WHERE ruw.rowid > k.kop AND coalesce({texts}) IS NOT NULL GROUP BY ruw._blad",
        [list(headers), list(headers.values())],
    ).fetchall()
    return dict(rows)


def filled_columns(connection: DuckDBPyConnection, sheet: Sheet, columns: Sequence[int]) -> list[int]:
    """Which of these columns hold any text below the header."""
    columns = [index for index in columns if index < sheet.grid.width]
    if not columns:
        return []
    filled = ", ".join(f"bool_or(trim(c{index}) <> '')" for index in columns)
    (found,) = connection.execute(
        f"SELECT {filled} FROM ruw WHERE rowid > $1 AND rowid < $2",
        [sheet.begin + sheet.header.row, sheet.begin + sheet.grid.height],
    ).fetchall()
    return [index for index, has_text in zip(columns, found, strict=True) if has_text]


def show_as_displayed(connection: DuckDBPyConnection, sheets: Sequence[Sheet]) -> None:
    """What Excel shows and the cells do not hold: a merged value in every row, and the zeros before a number."""
    for sheet in sheets:
        for column, blocks in _by_column(sheet.merged_down()).items():
            tops = [sheet.begin + block.first_row for block in blocks]
            ends = [sheet.begin + block.last_row for block in blocks]
            connection.execute(
                f"UPDATE ruw SET c{column} = m.tekst FROM (SELECT b.top, b.eind, r.c{column} AS tekst FROM "
                f"(SELECT unnest($1) AS top, unnest($2) AS eind) AS b JOIN ruw AS r ON r.rowid = b.top) AS m "
                f"WHERE ruw.rowid > m.top AND ruw.rowid <= m.eind AND ruw.c{column} IS NULL",
                [tops, ends],
            )
        for run in sheet.grid.facts.padded:
            if run.column in sheet.key_columns():
                connection.execute(
                    f"UPDATE ruw SET c{run.column} = lpad(c{run.column}, $1, '0') WHERE rowid BETWEEN $2 AND $3 "
                    f"AND length(c{run.column}) < $1 AND regexp_full_match(c{run.column}, '[0-9]+')",
                    [run.width, sheet.begin + run.first_row, sheet.begin + run.last_row],
                )


def _by_column(blocks: Sequence[Block]) -> dict[int, list[Block]]:
    columns: dict[int, list[Block]] = {}
    for block in blocks:
        columns.setdefault(block.first_column, []).append(block)
    return columns


def _in_groups(grids: Sequence[Grid]) -> Iterator[list[tuple[int, Grid]]]:
    """The sheets with their numbers, so many at once as may go in together."""
    group: list[tuple[int, Grid]] = []
    size = 0
    for number, grid in enumerate(grids):
        group.append((number, grid))
        size += sum(len(part.arrow) for part in grid.parts)
        if size > _BYTES_AT_ONCE:
            yield group
            group, size = [], 0
    yield group


def _store(connection: DuckDBPyConnection, numbered: Sequence[tuple[int, Grid]], width: int) -> None:
    """Sheets that follow each other go in together, as one stream of rows."""
    rows = [part for number, grid in numbered for part in _rows_of(number, grid, width)]
    if rows:
        connection.register("cellen", SheetRows(rows, width))
        connection.execute("INSERT INTO ruw SELECT * FROM cellen")
        connection.unregister("cellen")


def _rows_of(number: int, grid: Grid, width: int) -> Iterator[CArray]:
    """The rows of a sheet from row 1 up to the last one with a cell, also the blank ones between its parts."""
    row = 0
    for part in grid.parts:
        yield from _blank(number, row, part.first_row, width)
        yield from rows_of_part(number, part, width)
        row = part.first_row + part.rows
    yield from _blank(number, row, grid.height, width)


def _blank(number: int, first: int, end: int, width: int) -> Iterator[CArray]:
    """Blank rows; where no header is looked for they belong to no sheet, so that nothing reads them."""
    near = max(min(end, SEARCHED_ROWS) - first, 0)
    for block, rows in ((number, near), (None, end - first - near)):
        if rows > 0:
            yield blank_rows(block, rows, width)


def _mark(connection: DuckDBPyConnection, grids: Sequence[Grid], begins: Sequence[int]) -> None:
    """Put the text of an error value in the cells that hold one; a row that holds one is not blank."""
    columns: dict[int, tuple[list[int], list[int], list[str]]] = {}
    for number, (grid, begin) in enumerate(zip(grids, begins, strict=False)):
        for mark in grid.facts.marks:
            rows, blocks, texts = columns.setdefault(mark.column, ([], [], []))
            rows.append(begin + mark.row)
            blocks.append(number)
            texts.append(mark.text)
    for column, of_column in columns.items():
        connection.execute(
            f"UPDATE ruw SET _blad = m.blad, c{column} = m.tekst FROM "
            "(SELECT unnest($1) AS rij, unnest($2) AS blad, unnest($3) AS tekst) AS m WHERE ruw.rowid = m.rij",
            list(of_column),
        )


def _verify_order(connection: DuckDBPyConnection, begins: Sequence[int]) -> None:
    """Row numbers in findings stand or fall with the order in which the database kept the rows."""
    blocks = connection.execute("SELECT _blad, min(rowid), max(rowid), count(*) FROM ruw GROUP BY _blad").fetchall()
    if sum(count for *_, count in blocks) != begins[-1]:
        raise AssertionError("rows are missing, or stored twice")
    for number, first, last, _ in blocks:
        if number is not None and not (first == begins[number] and last < begins[number + 1]):
            raise AssertionError("the rows of a sheet are not stored as one block, in order")
