"""The rows of sheets as the database takes them: one Arrow stream, every row with the number of its sheet in front.

DuckDB plans a query over every stream apart, which costs more than storing a small sheet.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from integratie_eval.read.grid import Part

if TYPE_CHECKING:
    from nanoarrow.c_array import CArray
    from nanoarrow.c_schema import CSchema

_TEXT = "u"  # as Arrow writes the type of a column


class SheetRows:
    """Rows in order, all of the same width. Can be read more than once."""

    def __init__(self, rows: Sequence[CArray], width: int) -> None:
        self._rows = rows
        self._schema = _schema(width)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        from nanoarrow.c_array_stream import CArrayStream

        stream = CArrayStream.from_c_arrays(list(self._rows), self._schema)
        return stream.__arrow_c_stream__(requested_schema)


def rows_of_part(sheet: int, part: Part, width: int) -> Iterator[CArray]:
    """The rows of a part; the columns beside it are empty."""
    import nanoarrow
    from nanoarrow import ipc

    for cells in nanoarrow.c_array_stream(ipc.InputStream.from_readable(part.arrow)):
        columns = [cells.child(index) for index in range(part.columns)]
        if any(column.schema.format != _TEXT for column in columns):
            raise AssertionError("a column of cells is not text")
        yield _rows(sheet, len(cells), columns, part.first_column, width)


def blank_rows(sheet: int | None, rows: int, width: int) -> CArray:
    """Rows without any text."""
    return _rows(sheet, rows, [], 0, width)


def _rows(sheet: int | None, rows: int, cells: Sequence[CArray], first_column: int, width: int) -> CArray:
    import nanoarrow

    empty = nanoarrow.c_array_from_buffers(
        nanoarrow.string(), rows, [_no_bits(rows), bytes(4 * (rows + 1)), b""], null_count=rows
    )
    right = width - first_column - len(cells)
    columns = [_number(sheet, rows), *[empty] * first_column, *cells, *[empty] * right]
    return nanoarrow.c_array_from_buffers(_schema(width), rows, [None], children=columns)


def _number(sheet: int | None, rows: int) -> CArray:
    """The column with the number of the sheet, or with none."""
    import nanoarrow

    numbers = array("i", [sheet or 0]) * rows
    known = None if sheet is not None else _no_bits(rows)
    return nanoarrow.c_array_from_buffers(
        nanoarrow.int32(), rows, [known, numbers], null_count=0 if sheet is not None else rows
    )


def _no_bits(rows: int) -> bytes:
    """For every row: there is no value."""
    return bytes((rows + 7) // 8)


@cache
def _schema(width: int) -> CSchema:
    """The columns of rows of this width. Made once: describing them takes longer than filling a small sheet."""
    import nanoarrow

    text = nanoarrow.string()
    columns = {f"c{index}": text for index in range(width)}
    return nanoarrow.c_schema(nanoarrow.struct({"_blad": nanoarrow.int32(), **columns}))
