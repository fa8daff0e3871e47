"""The smallest xlsb workbook that a reader accepts: BIFF12 records in a zip."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path

_TYPES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/xl/worksheets/sheet1.bin" ContentType="application/vnd.ms-excel.worksheet"/></Types>"""
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="{type}" Target="{target}"/></Relationships>'
)


def write_xlsb(path: Path, sheet: str, rows: Sequence[Sequence[str | float | None]]) -> Path:
    """One sheet of texts and numbers, from A1."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        root = _RELATIONS.format(type=f"{_RELATION}/officeDocument", target="xl/workbook.bin")
        archive.writestr("_rels/.rels", root)
        book = _RELATIONS.format(type=f"{_RELATION}/worksheet", target="worksheets/sheet1.bin")
        archive.writestr("xl/_rels/workbook.bin.rels", book)
        archive.writestr("xl/workbook.bin", _workbook(sheet))
        archive.writestr("xl/worksheets/sheet1.bin", _sheet(rows))
    return path


def _workbook(sheet: str) -> bytes:
    bundle = struct.pack("<II", 0, 1) + _text("rId1") + _text(sheet)
    return _record(131) + _record(143) + _record(156, bundle) + _record(144) + _record(132)


def _sheet(rows: Sequence[Sequence[str | float | None]]) -> bytes:
    width = max(map(len, rows))
    parts = [_record(129), _record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, width - 1)), _record(145)]
    for number, row in enumerate(rows):
        parts.append(_record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, 0, 0, 0)))
        for column, cell in enumerate(row):
            place = struct.pack("<II", column, 0)
            if isinstance(cell, str):
                parts.append(_record(6, place + _text(cell)))
            elif cell is not None:
                parts.append(_record(5, place + struct.pack("<d", cell)))
    return b"".join([*parts, _record(146), _record(130)])


def _record(kind: int, payload: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = b"", len(payload)
    while True:
        size += bytes([length & 0x7F | (0x80 if length > 127 else 0)])
        length >>= 7
        if not length:
            return head + size + payload


def _text(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")
