"""xlsx: the fast reader for the cells, a look at the XML for what it hides, openpyxl where it fails."""

from __future__ import annotations

import html
import io
import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from integratie_eval.errors import Refused
from integratie_eval.read.archive import Archive
from integratie_eval.read.formats.cell_text import text_of
from integratie_eval.read.formats.fast import read_fast_sheets
from integratie_eval.read.formats.xlsx_sheet import MOST_SHEET_COLUMNS, SheetScan, column_index, scan_sheet
from integratie_eval.read.grid import MOST_COLUMNS, MOST_ROWS, Facts, Grid, Mark, Part, parts_of_sparse_rows
from integratie_eval.read.places import column_letters

_WORKBOOK = "xl/workbook.xml"
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b([^>]*?)/?>")
_RELATIONSHIP = re.compile(rb"<(?:\w+:)?Relationship\b([^>]*?)/?>")
_ATTRIBUTE = re.compile(rb"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\b([^>]*?)/?>")
_CELL_FORMATS = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_CELL_FORMAT = re.compile(rb"<(?:\w+:)?xf\b([^>]*?)/?>")
_ZEROS = re.compile("0{2,20}")
_DIMENSION = re.compile(rb"<(?:\w+:)?dimension ref=\"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})\"")
_PROPERTIES = re.compile(rb"<(?:\w+:)?workbookPr\b([^>]*)")
_NEEDED = ("/styles", "/sharedStrings")
"""Parts that may be absent, but not when the workbook points at them: without its styles, a day is a number."""
_USUAL_NAMES = {
    name.lower(): name
    for name in (_WORKBOOK, "xl/sharedStrings.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels",
                 "[Content_Types].xml")
}  # fmt: skip
_LARGE = 5_000_000  # bytes of XML: above this, cells are parsed while we look
_SPARSE_AREA = 5_000_000  # cells
_SPARSE_RATIO = 20


@dataclass(frozen=True)
class _Sheet:
    """A worksheet as the workbook names it."""

    index: int
    name: str
    hidden: bool
    member: str
    """Its name in the archive."""
    target: str
    """Its name as the workbook spells it."""


def read_xlsx(content: bytes) -> tuple[Grid, ...]:
    """The worksheets of a workbook. Raises Refused when it is damaged or has none."""
    archive = Archive(content)
    sheets = _worksheets(archive)
    if not sheets:
        raise Refused("geen_werkblad")
    if "xl/sharedstrings.xml" in archive:
        for _ in archive.chunks("xl/sharedstrings.xml"):  # a wrong checksum would be wrong text
            pass
    content = archive.renamed(_USUAL_NAMES | {sheet.member: sheet.target for sheet in sheets})
    scans, parts = _look_and_read(content, archive, sheets)
    missed = [sheet for sheet in sheets if parts.get(sheet.index) is None and scans[sheet.index].filled]
    parts_of_missed = _read_slowly(content, missed) if missed else {}
    grids = tuple(_grid(s, scans[s.index], parts.get(s.index), parts_of_missed.get(s.index)) for s in sheets)
    if any(grid.height > MOST_ROWS for grid in grids):
        raise Refused("bestand_beschadigd")
    return grids


def _look_and_read(
    content: bytes, archive: Archive, sheets: Sequence[_Sheet]
) -> tuple[dict[int, SheetScan], dict[int, Part | None]]:
    """Look at every sheet, and read those whose cells fill a rectangle: large ones while we look at them."""
    zero_styles = _zero_styles(archive)
    quick = [] if _is_misdated(archive) else sheets
    early = [sheet.index for sheet in quick if _is_plainly_dense(archive, sheet)]

    def look() -> dict[int, SheetScan]:
        return {sheet.index: scan_sheet(archive.chunks(sheet.member), zero_styles) for sheet in sheets}

    if early:
        from concurrent.futures import ThreadPoolExecutor  # slow to import, and most workbooks are small

        with ThreadPoolExecutor(1) as pool:
            pending = pool.submit(_read_or_nothing, content, early)
            scans, parts = look(), pending.result()
    else:
        scans, parts = look(), {}
    late = [sheet.index for sheet in quick if sheet.index not in early]
    dense = [index for index in late if scans[index].last_row and not _is_sparse(scans[index])]
    return scans, parts | _read_or_nothing(content, dense)


def _read_or_nothing(content: bytes, indices: Sequence[int]) -> dict[int, Part | None]:
    """What the fast reader gives; nothing when it cannot open the file."""
    try:
        return read_fast_sheets(content, indices) if indices else {}
    except Refused:
        return {}


def _grid(sheet: _Sheet, scan: SheetScan, part: Part | None, slow: tuple[tuple[Part, ...], Facts] | None) -> Grid:
    parts = slow[0] if slow else (part,) if part else ()
    facts = scan.facts(parts, hidden=sheet.hidden)
    if slow:  # it knows where cells without an address stand, but not which formulas have no result
        marks = {(mark.row, mark.column): mark for mark in (*facts.marks, *slow[1].marks)}
        facts = replace(facts, marks=tuple(marks.values()), stray=slow[1].stray, stray_at=slow[1].stray_at)
    return Grid(sheet.name, parts, facts)


def _is_sparse(scan: SheetScan) -> bool:
    """A rectangle around the cells would be nearly empty: one stray cell far away costs gigabytes."""
    area = scan.last_row * max(scan.columns, 1)
    return scan.unaddressed or (area > _SPARSE_AREA and area > _SPARSE_RATIO * scan.cells)


def _is_plainly_dense(archive: Archive, sheet: _Sheet) -> bool:
    """A large sheet whose dimension fits its size can be read at once."""
    size = archive.size(sheet.member)
    if size < _LARGE or not (found := _DIMENSION.search(next(archive.chunks(sheet.member)))):
        return False
    area = (int(found[4]) - int(found[2]) + 1) * (column_index(found[3]) - column_index(found[1]) + 1)
    return size / 200 < area < size / 5


def _worksheets(archive: Archive) -> list[_Sheet]:
    """The sheets with cells, in the order of the workbook; charts and macro sheets are left out."""
    workbook = _workbook_member(archive)
    folder, _, name = workbook.rpartition("/")
    rels = _relationships(archive, f"{folder}/_rels/{name}.rels".lstrip("/"))
    needed = [_path_of(rel.get("Target", ""), folder) for rel in rels if rel.get("Type", "").endswith(_NEEDED)]
    if any(path.lower() not in archive for path in needed):
        raise Refused("bestand_beschadigd")
    worksheets = {
        rel.get("Id", ""): rel.get("Target", "") for rel in rels if rel.get("Type", "").endswith("/worksheet")
    }
    sheets = []
    for index, found in enumerate(_SHEET.findall(_read(archive, workbook))):
        attributes = _attributes(found)
        target = worksheets.get(next((value for key, value in attributes.items() if key.endswith(":id")), ""))
        if target is None:
            continue
        path = _path_of(target, folder)
        if path.lower() not in archive:
            raise Refused("bestand_beschadigd")
        hidden = attributes.get("state", "visible") != "visible"
        sheets.append(_Sheet(index, attributes.get("name", ""), hidden, path.lower(), path))
    return sheets


def _is_misdated(archive: Archive) -> bool:
    """Days count from 1904, and an extension has properties too: the fast reader looks only at the last ones."""
    properties = [_attributes(found) for found in _PROPERTIES.findall(_read(archive, _workbook_member(archive)))]
    return len(properties) > 1 and any(found.get("date1904") in ("1", "true") for found in properties)


def _workbook_member(archive: Archive) -> str:
    """Where the workbook is: nearly always at the usual place, else where the container says."""
    if _WORKBOOK in archive:
        return _WORKBOOK
    rels = _relationships(archive, "_rels/.rels")
    targets = [rel.get("Target", "") for rel in rels if rel.get("Type", "").endswith("/officeDocument")]
    return _path_of(targets[0], "").lower() if targets else _WORKBOOK


def _relationships(archive: Archive, member: str) -> list[dict[str, str]]:
    return [_attributes(found) for found in _RELATIONSHIP.findall(_read(archive, member))]


def _path_of(target: str, folder: str) -> str:
    """The name in the archive of what a part in this folder points at."""
    return posixpath.normpath(posixpath.join("/", folder, target.replace("\\", "/"))).lstrip("/")


def _read(archive: Archive, member: str) -> bytes:
    if member not in archive:
        raise Refused("bestand_beschadigd")
    return archive.read(member)


def _attributes(tag: bytes) -> dict[str, str]:
    return {
        name.decode(): html.unescape((double or single).decode("utf-8", "replace"))
        for name, double, single in _ATTRIBUTE.findall(tag)
    }


def _zero_styles(archive: Archive) -> dict[int, int]:
    """Cell styles that show a number with leading zeros (000000000): style → number of digits."""
    if "xl/styles.xml" not in archive:
        return {}
    styles = archive.read("xl/styles.xml")
    formats = {}
    for found in _FORMAT.findall(styles):
        attributes = _attributes(found)
        if _ZEROS.fullmatch(code := attributes.get("formatCode", "")):
            formats[attributes.get("numFmtId")] = len(code)
    cells = _CELL_FORMATS.search(styles)
    if not formats or not cells:
        return {}
    used = [_attributes(found).get("numFmtId") for found in _CELL_FORMAT.findall(cells[0])]
    return {style: formats[number] for style, number in enumerate(used) if number in formats}


def _read_slowly(content: bytes, sheets: Sequence[_Sheet]) -> dict[int, tuple[tuple[Part, ...], Facts]]:
    """The cells by openpyxl: slower, but it takes scattered cells and some files that the fast reader refuses."""
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        return {sheet.index: _read_sheet_slowly(book[sheet.name]) for sheet in sheets}
    except (KeyboardInterrupt, MemoryError):
        raise
    except Exception:  # noqa: BLE001  a damaged workbook ends in any kind of error
        raise Refused("bestand_beschadigd") from None


def _read_sheet_slowly(sheet: Any) -> tuple[tuple[Part, ...], Facts]:
    rows: dict[int, list[str | None]] = {}
    marks: list[Mark] = []
    stray: list[str] = []
    for cell in _filled_cells(sheet):
        row, column = cell["row"] - 1, cell["column"] - 1
        if not (0 <= row < MOST_ROWS and 0 <= column < MOST_SHEET_COLUMNS):
            raise Refused("bestand_beschadigd")
        if column < MOST_COLUMNS:
            _put(rows.setdefault(row, []), column, text_of(cell["value"]))
            if cell["data_type"] == "e":
                marks.append(Mark(row, column, str(cell["value"])))
        else:
            stray.append(f"{column_letters(column)}{row + 1}")
    facts = Facts(marks=tuple(marks), stray=len(stray), stray_at=stray[0] if stray else None)
    return parts_of_sparse_rows(sorted(rows.items())), facts


def _put(cells: list[str | None], column: int, text: str | None) -> None:
    """Fill one cell of a row. Raises Refused when it is filled already: nobody knows which of the two is true."""
    cells.extend([None] * (column + 1 - len(cells)))
    if cells[column] is not None:
        raise Refused("bestand_beschadigd")
    cells[column] = text


def _filled_cells(sheet: Any) -> Iterator[dict[str, Any]]:
    """The cells in the order of the file: `sheet.rows` would leave out every row that is not below the one before."""
    from openpyxl.worksheet._reader import WorkSheetParser

    book = sheet.parent
    with sheet._get_source() as source:
        parser = WorkSheetParser(
            source, sheet._shared_strings, data_only=True, epoch=book.epoch, date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )  # fmt: skip
        for _, cells in parser.parse():
            yield from (cell for cell in cells if not _is_blank(cell["value"]))


def _is_blank(value: Any) -> bool:
    """Spaces in a last row would make a million rows."""
    return value is None or (isinstance(value, str) and not value.strip())
