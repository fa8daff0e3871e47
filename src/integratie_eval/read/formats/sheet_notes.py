"""Gathers, while the records of a sheet go by, what is true of the sheet beside its cells."""

from __future__ import annotations

from integratie_eval.errors import Refused
from integratie_eval.read.grid import MOST_COLUMNS, Block, Facts, Mark, Padding, Part
from integratie_eval.read.places import column_letters

_SPARSE_AREA = 5_000_000  # cells
_SPARSE_RATIO = 20
_MOST_SHEET_ROWS, _MOST_SHEET_COLUMNS = 1_048_576, 16_384


class SheetNotes:
    """The extent of the filled cells of one sheet, and what a reader does not tell."""

    def __init__(self) -> None:
        self.cells = 0
        self.last_row = self.last_column = -1
        self.filtered = False
        self.unread = False
        """There is something that the fast reader drops or takes for cells."""
        self.merged: list[Block] = []
        self.padding = PaddingRuns()
        self.marks: list[Mark] = []
        self._hidden_rows: set[tuple[int, int]] = set()
        self._hidden_columns: set[int] = set()
        self._stray = 0
        self._stray_at: str | None = None

    def fill(self, row: int, column: int, cells: int = 1) -> None:
        """Filled cells next to each other in one row, the last of them in this column."""
        self.cells += cells
        if row > self.last_row:
            self.last_row = row
        if column > self.last_column:
            self.last_column = column
        if column >= MOST_COLUMNS:
            self._stray += min(cells, column - MOST_COLUMNS + 1)
            self._stray_at = self._stray_at or f"{column_letters(max(column - cells + 1, MOST_COLUMNS))}{row + 1}"

    def mark(self, row: int, column: int, text: str) -> None:
        """A cell with an error value or a formula without a result."""
        if column < MOST_COLUMNS:
            self.marks.append(Mark(row, column, text))

    def hide_rows(self, first: int, last: int) -> None:
        """Hidden rows, both included; below the last filled row they do not count."""
        self._hidden_rows.add((first, last))

    def hide_columns(self, first: int, last: int) -> None:
        """Hidden columns, both included; to the right of the last filled column they do not count."""
        self._hidden_columns.update(range(first, min(last + 1, _MOST_SHEET_COLUMNS)))

    @property
    def is_sparse(self) -> bool:
        """A rectangle around the cells would be nearly empty: the fast reader would need gigabytes for it."""
        return (self.last_row + 1) * (self.last_column + 1) > max(_SPARSE_AREA, _SPARSE_RATIO * self.cells)

    def is_covered_by(self, part: Part | None) -> bool:
        """The fast reader gave all the rows that the records fill, and misreads nothing."""
        return not self.unread and (part.first_row + part.rows if part else 0) > self.last_row

    def facts(self, hidden: bool) -> Facts:
        """The frozen result. Raises Refused for a cell outside of what a sheet can be."""
        if self.last_row >= _MOST_SHEET_ROWS or self.last_column >= _MOST_SHEET_COLUMNS:
            raise Refused("bestand_beschadigd")
        return Facts(
            hidden=hidden,
            hidden_rows=sum(max(0, min(last, self.last_row) - first + 1) for first, last in self._hidden_rows),
            hidden_columns=sum(column <= self.last_column for column in self._hidden_columns),
            filtered=self.filtered,
            marks=tuple(self.marks),
            merged=tuple(self.merged),
            padded=self.padding.padded(),
            stray=self._stray,
            stray_at=self._stray_at,
        )


class PaddingRuns:
    """Gathers cells that show a number with leading zeros into runs of rows without a gap."""

    def __init__(self) -> None:
        self._open: dict[int, list[int]] = {}
        self._done: list[Padding] = []

    def add(self, row: int, column: int, width: int) -> None:
        """Take one cell. The cells of a column come in the order of the rows."""
        run = self._open.get(column)
        if run and run[1] + 1 == row and run[2] == width:
            run[1] = row
            return
        if run:
            self._done.append(Padding(column, *run))
        self._open[column] = [row, row, width]

    def padded(self) -> tuple[Padding, ...]:
        """All runs."""
        return (*self._done, *(Padding(column, *run) for column, run in sorted(self._open.items())))
