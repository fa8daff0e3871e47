"""The cells of all delivered sheets, as text, in one table `ruw`: every sheet a block of rows, in order.

DuckDB costs about a millisecond per statement, so a hundred small sheets are stored by a few statements.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate, zip_longest
from typing import TYPE_CHECKING

from integratie_eval.read.grids import Grid

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_SHEETS_AT_ONCE = 64
_CSV_CHUNK = 10_000

Rows = list[tuple[str | None, ...]]


def store_cells(connection: DuckDBPyConnection, grids: Sequence[Grid]) -> list[int]:
    """Fill `ruw`; returns for every grid the rowid of its row 1. Columns c0, c1, … as wide as the widest grid."""
    width = max((grid.width for grid in grids), default=1)
    columns = ", ".join(f"c{index} VARCHAR" for index in range(width))
    connection.execute(f"CREATE TEMP TABLE ruw (_blad INTEGER, {columns})")
    for start in range(0, len(grids), _SHEETS_AT_ONCE):
        _store(connection, list(enumerate(grids[start : start + _SHEETS_AT_ONCE], start)), width)
    begins = [0, *accumulate(grid.height for grid in grids)]
    _verify_order(connection, grids, begins)
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


def _store(connection: DuckDBPyConnection, numbered: Sequence[tuple[int, Grid]], width: int) -> None:
    """Arrow sheets that follow each other go in together; the rows of a csv file in blocks."""
    selects: list[str] = []
    for number, grid in numbered:
        if isinstance(grid.cells, list):
            _insert(connection, selects)
            _store_rows(connection, number, grid, width)
            continue
        connection.register(f"blad_{number}", grid.cells)
        names = [f"c{index}" for index in range(grid.width)]
        fields = ", ".join([*names, *["NULL"] * (width - grid.width)])
        selects.append(f"SELECT {number}, {fields} FROM blad_{number} AS t({', '.join(names)})")
    _insert(connection, selects)
    for number, grid in numbered:
        if not isinstance(grid.cells, list):
            connection.unregister(f"blad_{number}")


def _insert(connection: DuckDBPyConnection, selects: list[str]) -> None:
    if selects:
        connection.execute(f"INSERT INTO ruw {' UNION ALL '.join(selects)}")
        selects.clear()


def _store_rows(connection: DuckDBPyConnection, number: int, grid: Grid, width: int) -> None:
    for start in range(0, len(grid.cells), _CSV_CHUNK):
        rows = grid.cells[start : start + _CSV_CHUNK]
        columns = [[cell or None for cell in column] for column in zip_longest(*rows)] or [[None] * len(rows)]
        fields = [f"unnest(${index})" for index in range(1, len(columns) + 1)] + ["NULL"] * (width - len(columns))
        connection.execute(f"INSERT INTO ruw SELECT {number}, {', '.join(fields)}", columns)


def _verify_order(connection: DuckDBPyConnection, grids: Sequence[Grid], begins: Sequence[int]) -> None:
    """Row numbers in findings stand or fall with the order in which the database kept the rows."""
    blocks = connection.execute("SELECT _blad, min(rowid), count(*), max(rowid) FROM ruw GROUP BY _blad").fetchall()
    for number, first, count, last in blocks:
        if (first, count, last - first + 1) != (begins[number], grids[number].height, count):
            raise AssertionError("the rows of a sheet are not stored as one block, in order")
