"""The cells of one sheet as text, each at its own place, and what a reader usually does not tell about the sheet.

A worker process makes grids and sends them to the main process: text travels as an Arrow stream, the rest as JSON.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

MOST_COLUMNS = 1_000
"""Cells further to the right are counted as stray and not stored: a heading that matters never stands there."""

MOST_ROWS = 1_048_576
"""A workbook holds no more; a cell below it is damage. A csv file may be longer."""

NO_VALUE = "#GEEN WAARDE!"
"""Stands in the place of a formula whose result is not in the file."""
ERROR_VALUES = frozenset(
    {
        "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!", "#CALC!",
        "#BLOCKED!", "#FIELD!", "#CONNECT!", "#BUSY!", "#UNKNOWN!", "#EXTERNAL!", NO_VALUE,
        # as a Dutch Excel or LibreOffice writes them in a csv file
        "#LEEG!", "#DEEL/0!", "#WAARDE!", "#VERW!", "#NAAM?", "#GETAL!", "#N/B", "#OVERLOOP!", "#OVERLOPEN!",
        "#BEREKENEN!", "#VELD!", "#GEBLOKKEERD!", "#VERBINDEN!", "#BEZET!", "#ONBEKEND!",
    }
)  # fmt: skip
"""What a cell shows when its formula failed. Such a cell is filled, but it has no value."""

Row = Sequence[str | None]


@dataclass(frozen=True)
class Part:
    """A block of rows without a gap. Rows and columns count from 0 (row 0 is row 1 of the sheet, column 0 is A)."""

    first_row: int
    first_column: int
    rows: int
    columns: int
    arrow: bytes
    """An Arrow IPC stream of text columns."""


@dataclass(frozen=True)
class Mark:
    """A cell that the fast reader shows as empty: an error value, or a formula without a result."""

    row: int
    column: int
    text: str


@dataclass(frozen=True)
class Block:
    """A rectangle of cells, both corners included: cells that are merged into one."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True)
class Padding:
    """Whole numbers that the sheet shows with leading zeros (format 000000000), so wide."""

    column: int
    first_row: int
    last_row: int
    width: int


@dataclass(frozen=True)
class Facts:
    """What is true of a sheet beside its cells."""

    hidden: bool = False
    hidden_rows: int = 0
    hidden_columns: int = 0
    filtered: bool = False
    marks: tuple[Mark, ...] = ()
    merged: tuple[Block, ...] = ()
    padded: tuple[Padding, ...] = ()
    stray: int = 0
    """Filled cells beyond MOST_COLUMNS, which are not stored."""
    stray_at: str | None = None
    """Address of the first of them, such as XFD1048576."""


@dataclass(frozen=True)
class Grid:
    """One sheet. Between its parts, and above the first, the rows are blank."""

    sheet: str | None
    parts: tuple[Part, ...]
    facts: Facts = field(default_factory=Facts)

    @property
    def width(self) -> int:
        """Columns from A up to the last one with a cell."""
        parts = max((part.first_column + part.columns for part in self.parts), default=0)
        return max(parts, max((mark.column + 1 for mark in self.facts.marks), default=0))

    @property
    def height(self) -> int:
        """Rows from 1 up to the last one with a cell."""
        parts = max((part.first_row + part.rows for part in self.parts), default=0)
        return max(parts, max((mark.row + 1 for mark in self.facts.marks), default=0))


def part_of_rows(rows: Sequence[Row], first_row: int = 0) -> Part:
    """A part from rows of text; None and '' are both an empty cell. Rows may differ in length."""
    columns = [[cell or None for cell in column] for column in zip_longest(*rows)]
    return part_of_columns(columns, len(rows), first_row)


def part_of_columns(columns: Sequence[Sequence[str | None]], rows: int, first_row: int = 0) -> Part:
    """A part from columns of text, all of the same length."""
    import nanoarrow

    columns = columns or [[None] * rows]
    schema = nanoarrow.struct({f"c{index}": nanoarrow.string() for index in range(len(columns))})
    children = [nanoarrow.c_array(column, nanoarrow.string()) for column in columns]
    return Part(first_row, 0, rows, len(columns), _stream_bytes(
        nanoarrow.c_array_from_buffers(schema, rows, [None], children=children)))  # fmt: skip


def part_of_arrow(table: Any, rows: int, columns: int, first_row: int = 0, first_column: int = 0) -> Part:
    """A part from any object that gives its text columns as an Arrow stream, such as a sheet of the fast reader."""
    return Part(first_row, first_column, rows, columns, _stream_bytes(table))


def parts_of_sparse_rows(rows: Iterable[tuple[int, Row]], longest_gap: int = 1_000) -> tuple[Part, ...]:
    """Parts from (row number, cells) in rising order: a gap of more blank rows than `longest_gap` begins a new part."""
    parts: list[Part] = []
    first, block = 0, list[Row]()
    for number, cells in rows:
        if block and number > first + len(block) + longest_gap:
            parts.append(part_of_rows(block, first))
            block = []
        if not block:
            first = number
        block.extend([()] * (number - first - len(block)))
        block.append(cells)
    if block:
        parts.append(part_of_rows(block, first))
    return tuple(parts)


def _stream_bytes(table: Any) -> bytes:
    import nanoarrow
    from nanoarrow import ipc

    buffer = io.BytesIO()
    with ipc.StreamWriter.from_writable(buffer) as writer:
        writer.write_stream(nanoarrow.c_array_stream(table))
    return buffer.getvalue()
