"""Small xlsb workbooks for tests: BIFF12 records in a zip."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

_TYPES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/xl/worksheets/sheet1.bin" ContentType="application/vnd.ms-excel.worksheet"/></Types>"""
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_ALL = (
    f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{{}}</Relationships>'
)
_ONE = '<Relationship Id="{id}" Type="{type}" Target="{target}"/>'
_STANDARD = 0

Value = str | float | bool | None


def write_xlsb(path: Path, sheet: str, rows: Sequence[Sequence[str | float | None]]) -> Path:
    """One sheet of texts and numbers, from A1."""
    path.write_bytes(xlsb_of({sheet: sheet_of(rows)}))
    return path


def xlsb_of(
    sheets: Mapping[str, bytes],
    *,
    hidden: Sequence[str] = (),
    kinds: Mapping[str, str] | None = None,
    formats: Sequence[str] = (),
    strings: Sequence[str] = (),
    since_1904: bool = False,
) -> bytes:
    """A workbook. Cell format 0 is standard, cell format 1 the first of `formats`, and so on."""
    kinds = kinds or {}
    relations = [
        _ONE.format(id=f"rId{n}", type=f"{_RELATION}/{kinds.get(name, 'worksheet')}", target=f"worksheets/sheet{n}.bin")
        for n, name in enumerate(sheets, 1)
    ]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        root = _ONE.format(id="rId1", type=f"{_RELATION}/officeDocument", target="xl/workbook.bin")
        archive.writestr("_rels/.rels", _ALL.format(root))
        archive.writestr("xl/_rels/workbook.bin.rels", _ALL.format("".join(relations)))
        archive.writestr("xl/workbook.bin", _workbook(list(sheets), hidden, since_1904))
        if formats:
            archive.writestr("xl/styles.bin", _styles(formats))
        if strings:
            items = b"".join(record(19, b"\0" + text_of(text)) for text in strings)
            archive.writestr("xl/sharedStrings.bin", record(159, struct.pack("<II", 9, len(strings))) + items)
        for number, content in enumerate(sheets.values(), 1):
            archive.writestr(f"xl/worksheets/sheet{number}.bin", content)
    return buffer.getvalue()


def sheet_of(rows: Sequence[Sequence[Value]]) -> bytes:
    """The records of a sheet of values, from A1."""
    records = []
    for number, row in enumerate(rows):
        records.append(row_of(number))
        records += [cell_of(column, value) for column, value in enumerate(row) if value is not None]
    return sheet_of_records(records, len(rows), max(map(len, rows), default=0))


def sheet_of_records(
    records: Sequence[bytes], rows: int, columns: int, *, before: bytes = b"", after: bytes = b""
) -> bytes:
    """The records of a sheet: `before` and `after` stand around the cells."""
    size = record(148, struct.pack("<IIII", 0, max(rows - 1, 0), 0, max(columns - 1, 0)))
    return b"".join([record(129), size, before, record(145), *records, record(146), after, record(130)])


def row_of(number: int, *, hidden: bool = False) -> bytes:
    """The record that begins a row."""
    return record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, 0x10 if hidden else 0, 0, 0))


def cell_of(column: int, value: Value, cell_format: int = _STANDARD) -> bytes:
    """The record of a text, a number or a boolean."""
    if isinstance(value, str):
        return cell_record(6, column, text_of(value), cell_format)
    if isinstance(value, bool):
        return cell_record(4, column, bytes([value]), cell_format)
    return cell_record(5, column, struct.pack("<d", value), cell_format)


def cell_record(kind: int, column: int, value: bytes, cell_format: int = _STANDARD) -> bytes:
    """Any record of a cell."""
    return record(kind, struct.pack("<II", column, cell_format) + value)


def record(kind: int, payload: bytes = b"") -> bytes:
    """A kind and a size of seven bits a byte, and the payload."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = b"", len(payload)
    while True:
        size += bytes([length & 0x7F | (0x80 if length > 127 else 0)])
        length >>= 7
        if not length:
            return head + size + payload


def text_of(text: str) -> bytes:
    """A text that begins with its length."""
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _workbook(sheets: Sequence[str], hidden: Sequence[str], since_1904: bool) -> bytes:
    bundles = [
        record(156, struct.pack("<II", 1 if name in hidden else 0, number) + text_of(f"rId{number}") + text_of(name))
        for number, name in enumerate(sheets, 1)
    ]
    flags = record(153, struct.pack("<II", int(since_1904), 0) + text_of(""))
    return b"".join([record(131), flags, record(143), *bundles, record(144), record(132)])


def _styles(formats: Sequence[str]) -> bytes:
    codes = b"".join(record(44, struct.pack("<H", 164 + n) + text_of(code)) for n, code in enumerate(formats))
    used = [0, *(164 + number for number in range(len(formats)))]
    cells = b"".join(record(47, struct.pack("<HHHHHHHBB", 0, number, 0, 0, 0, 0, 0, 0, 0)) for number in used)
    count = struct.pack("<I", len(formats))
    return b"".join([
        record(278), record(615, count), codes, record(616),
        record(617, struct.pack("<I", len(used))), cells, record(618), record(279),
    ])  # fmt: skip
