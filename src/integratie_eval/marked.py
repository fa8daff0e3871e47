"""A copy of a delivered workbook in which the cells of findings are coloured, with the remedy as a comment."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from integratie_eval.errors import InputError, UsageError
from integratie_eval.model import Finding, Severity
from integratie_eval.private import private_file
from integratie_eval.text import visible

WORKBOOKS = (".xlsx", ".xlsm")
_COLOURS = {Severity.ERROR: "FFC7CE", Severity.WARNING: "FFEB9C", Severity.REMARK: "DDEBF7"}
_AUTHOR = "integratie-eval"
_MOST_PER_CELL = 5
_WIDTH, _HEIGHT = 320, 160  # pixels of a comment


def require_workbook(files: Sequence[Path], target: Path) -> Path:
    """The one workbook that a marked copy can be made of. Raises UsageError."""
    if len(files) != 1 or files[0].suffix.lower() not in WORKBOOKS:
        raise UsageError(
            "Een gemarkeerde kopie kan van één xlsx-bestand tegelijk.",
            "Noem één werkmap, en bewaar een ander soort als xlsx.",
        )
    if target.suffix.lower() != files[0].suffix.lower():
        raise UsageError(
            f"{target} heeft een andere soort dan de werkmap.", f"Laat de naam eindigen op {files[0].suffix}."
        )
    if target.exists() and target.samefile(files[0]):
        raise UsageError("De gemarkeerde kopie mag niet over de export heen.", "Kies een andere naam.")
    return files[0]


def write_marked_copy(workbook: Path, findings: Iterable[Finding], target: Path) -> int:
    """Write the copy, readable for its owner only; returns how many cells are marked."""
    with private_file(target) as draft:
        book = _open(workbook)
        cells = _by_cell(findings)
        sheets = {visible(sheet.title): sheet for sheet in book.worksheets}
        for (sheet, row, column), at in cells.items():
            _mark(_cell(sheets[sheet] if sheet else book.worksheets[0], row, column), at)
        book.save(draft)
    return len(cells)


def _open(workbook: Path) -> Any:
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about parts of the workbook that openpyxl does not know
            return openpyxl.load_workbook(workbook, keep_vba=workbook.suffix.lower() == ".xlsm")
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile):
        raise InputError(
            f"Van {workbook.name} kan geen gemarkeerde kopie worden gemaakt.",
            "Open de werkmap in Excel en bewaar haar opnieuw.",
        ) from None


def _by_cell(findings: Iterable[Finding]) -> dict[tuple[str | None, int, str], list[Finding]]:
    """The findings of every cell; one about a whole row stands in column A."""
    cells: dict[tuple[str | None, int, str], list[Finding]] = {}
    for finding in findings:
        place = finding.place
        if place.row is not None:
            cells.setdefault((place.sheet, place.row, place.column or "A"), []).append(finding)
    return cells


def _cell(sheet: Any, row: int, column: str) -> Any:
    """The cell, or the first one of the block in which it is merged."""
    name = f"{column}{row}"
    block = next((block for block in sheet.merged_cells.ranges if name in block), None)
    return sheet.cell(block.min_row, block.min_col) if block else sheet[name]


def _mark(cell: Any, findings: Sequence[Finding]) -> None:
    """Colour by the worst finding; what the cell had as comment stays in front."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    worst = min(findings, key=lambda finding: list(_COLOURS).index(finding.severity))
    cell.fill = PatternFill("solid", start_color=_COLOURS[worst.severity])
    texts = [cell.comment.text] if cell.comment else []
    texts += [f"{f.severity.value.upper()} {f.rule}: {f.message}\n{f.remedy}" for f in findings[:_MOST_PER_CELL]]
    comment = Comment("\n\n".join(texts), _AUTHOR, width=_WIDTH, height=_HEIGHT)
    cell.comment = comment
