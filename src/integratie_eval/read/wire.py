"""An opened file as bytes: a line of JSON about its sheets, followed by their cells.

So a worker process answers the main process, and so the cache keeps what was read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from integratie_eval.read.grid import Block, Facts, Grid, Mark, Padding, Part
from integratie_eval.read.opened import Kind, OpenedFile


def bytes_of(opened: OpenedFile) -> Iterator[bytes]:
    """The pieces, in order."""
    facts = {
        "sha256": opened.sha256,
        "size": opened.size,
        "kind": opened.kind.name,
        "grids": [_described(grid) for grid in opened.grids],
    }
    yield json.dumps(facts).encode() + b"\n"
    for grid in opened.grids:
        for part in grid.parts:
            yield part.arrow


def opened_from(facts: Mapping[str, Any], source: BinaryIO, path: Path) -> OpenedFile:
    """The opened file of a line of JSON and the bytes that follow. Raises EOFError when they end too early."""
    grids = tuple(_grid(described, source) for described in facts["grids"])
    return OpenedFile(path, facts["sha256"], facts["size"], Kind[facts["kind"]], grids)


def _described(grid: Grid) -> dict[str, Any]:
    parts = [
        {"first_row": p.first_row, "first_column": p.first_column, "rows": p.rows, "columns": p.columns,
         "arrow": len(p.arrow)}
        for p in grid.parts
    ]  # fmt: skip
    return {"sheet": grid.sheet, "parts": parts, "facts": asdict(grid.facts)}


def _grid(described: Mapping[str, Any], source: BinaryIO) -> Grid:
    parts = tuple(Part(**{**part, "arrow": _exactly(source, part["arrow"])}) for part in described["parts"])
    facts = {
        **described["facts"],
        "marks": tuple(Mark(**mark) for mark in described["facts"]["marks"]),
        "merged": tuple(Block(**block) for block in described["facts"]["merged"]),
        "padded": tuple(Padding(**padding) for padding in described["facts"]["padded"]),
    }
    return Grid(described["sheet"], parts, Facts(**facts))


def _exactly(source: BinaryIO, size: int) -> bytes:
    content = source.read(size)
    if len(content) != size:
        raise EOFError
    return content
