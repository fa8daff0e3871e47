"""A small writer of OpenDocument spreadsheets: text, numbers and dates, the same bytes every time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

Cell = str | int | date | None
Rows = Iterable[tuple[Cell, ...]]

MIME = "application/vnd.oasis.opendocument.spreadsheet"
STAMP = (2020, 1, 15, 0, 0, 0)
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
MANIFEST = (
    f"{XML}<manifest:manifest"
    ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="{MIME}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
HEAD = (
    f"{XML}<office:document-content"
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    ' xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    '<office:automatic-styles><number:date-style style:name="dmj"><number:day number:style="long"/>'
    '<number:text>-</number:text><number:month number:style="long"/><number:text>-</number:text>'
    '<number:year number:style="long"/></number:date-style>'
    '<style:style style:name="dag" style:family="table-cell" style:data-style-name="dmj"/>'
    "</office:automatic-styles><office:body><office:spreadsheet>"
)
TAIL = "</office:spreadsheet></office:body></office:document-content>"


def write_ods(path: Path, sheets: Iterable[tuple[str, Rows, Rows]]) -> None:
    """Write sheets (name, lines above, rows) to `path`."""
    parts = [HEAD]
    for name, lines, rows in sheets:
        parts.append(f"<table:table table:name={quoteattr(name)}>")
        parts += _rows(lines)
        parts += _rows(rows)
        parts.append("</table:table>")
    parts.append(TAIL)
    with ZipFile(path, "w") as archive:
        _add(archive, "mimetype", MIME, ZIP_STORED)
        _add(archive, "META-INF/manifest.xml", MANIFEST, ZIP_DEFLATED)
        _add(archive, "content.xml", "".join(parts), ZIP_DEFLATED)


def _rows(rows: Rows) -> Iterator[str]:
    for row in rows:
        yield f"<table:table-row>{''.join(map(_cell, row)) or _cell(None)}</table:table-row>\n"


def _cell(cell: Cell) -> str:
    if cell is None or cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, date):
        shown = f"{cell.day:02d}-{cell.month:02d}-{cell.year}"
        kind = f'table:style-name="dag" office:value-type="date" office:date-value="{cell.isoformat()}"'
    elif isinstance(cell, int):
        shown = str(cell)
        kind = f'office:value-type="float" office:value="{cell}"'
    else:
        shown = escape(cell)
        kind = 'office:value-type="string"'
    return f"<table:table-cell {kind}><text:p>{shown}</text:p></table:table-cell>"


def _add(archive: ZipFile, name: str, text: str, compression: int) -> None:
    entry = ZipInfo(name, STAMP)
    entry.compress_type = compression
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, text)
