"""What stands in an annex, read by another library than the one that writes it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from integratie_eval.render.figures import FIGURE_COLUMNS, csv_text


def table(sheet: Any) -> list[dict[str, Any]]:
    """The rows of the table on a sheet, by heading."""
    (found,) = sheet.tables.values()
    header, *rows = sheet[found.ref]
    return [dict(zip([cell.value for cell in header], row, strict=True)) for row in rows]


def values(sheet: Any) -> list[dict[str, Any]]:
    return [{name: cell.value for name, cell in row.items()} for row in table(sheet)]


def read_back(sheet: Any) -> str:
    """The table of a sheet as our own csv: numbers with the decimals that the sheet shows."""
    return csv_text(FIGURE_COLUMNS, ([_as_figure(cell) for cell in row.values()] for row in table(sheet)))


def _as_figure(cell: Any) -> Any:
    if isinstance(cell.value, str):
        return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), cell.value)
    if cell.value is None or cell.number_format == "#,##0":
        return cell.value
    decimals = len(cell.number_format.partition(".")[2])
    return Decimal(repr(cell.value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def members(content: bytes) -> Mapping[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
