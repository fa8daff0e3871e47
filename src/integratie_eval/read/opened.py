"""A delivered file that is open: its kind and its sheets. What opens it (opening.py) works in another process."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from integratie_eval.read.grid import Grid


class Kind(Enum):
    """The kinds of file that can be read, and the extensions that go with them."""

    XLSX = (".xlsx", ".xlsm", ".xltx", ".xltm")
    XLSB = (".xlsb",)
    XLS = (".xls", ".xlt")
    ODS = (".ods", ".ots")
    CSV = (".csv", ".txt", ".tsv", ".tab")


@dataclass(frozen=True)
class OpenedFile:
    """A delivered file and its sheets."""

    path: Path
    sha256: str
    size: int
    kind: Kind
    grids: tuple[Grid, ...]
