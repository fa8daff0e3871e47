"""Opens one delivered file into sheets of text cells: the kind by content, then the reader of that kind."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from integratie_eval.errors import Refused
from integratie_eval.read.grid import Grid
from integratie_eval.read.opened import Kind, OpenedFile
from integratie_eval.read.preflight import kind_of
from integratie_eval.text import visible


def open_file(path: Path) -> OpenedFile:
    """Open a file of any supported kind. Raises Refused with the reason why it cannot be used."""
    content = _content(path)
    kind = kind_of(content, path.suffix)
    grids = tuple(replace(grid, sheet=grid.sheet and visible(grid.sheet)) for grid in _grids(kind, content))
    return OpenedFile(path, hashlib.sha256(content).hexdigest(), len(content), kind, grids)


def _content(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise Refused("bestand_is_map" if path.is_dir() else "bestand_onleesbaar")
        return path.read_bytes()
    except PermissionError:
        raise Refused("geen_leesrecht") from None
    except OSError:
        raise Refused("bestand_onleesbaar") from None


def _grids(kind: Kind, content: bytes) -> tuple[Grid, ...]:
    """Only the reader that is needed is imported: a worker starts in no time."""
    match kind:
        case Kind.XLSX:
            from integratie_eval.read.formats.xlsx import read_xlsx

            return read_xlsx(content)
        case Kind.XLSB:
            from integratie_eval.read.formats.xlsb import read_xlsb

            return read_xlsb(content)
        case Kind.XLS:
            from integratie_eval.read.formats.xls import read_xls

            return read_xls(content)
        case Kind.ODS:
            from integratie_eval.read.formats.ods import read_ods

            return read_ods(content)
        case Kind.CSV:
            from integratie_eval.read.formats.csv_text import read_csv

            return read_csv(content)
