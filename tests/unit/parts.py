"""The cells of a grid as plain rows."""

from __future__ import annotations

import io

import nanoarrow
from nanoarrow import ipc

from integratie_eval.read.grid import Grid, Part


def rows_of(grid: Grid) -> dict[int, list[str | None]]:
    """Row number (from 0) → cells from column A, without empty cells at the end; blank rows are left out."""
    rows: dict[int, list[str | None]] = {}
    for part in grid.parts:
        for number, cells in enumerate(_cells(part), part.first_row):
            texts = [None] * part.first_column + [text or None for text in cells]
            while texts and texts[-1] is None:
                texts.pop()
            if texts:
                rows[number] = texts
    return rows


def _cells(part: Part) -> list[list[str | None]]:
    with ipc.InputStream.from_readable(io.BytesIO(part.arrow)) as stream:
        table = nanoarrow.ArrayStream(stream).read_all().to_pylist()
    return [list(row.values()) for row in table]
