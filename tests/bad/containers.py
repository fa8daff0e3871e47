"""Delivered files as they go wrong: valid exports of ten people, and ways to pack, damage and lock them."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from warnings import catch_warnings, simplefilter

from tests.helpers import Cell, Record, Rows, clienten, write_csv, write_ods, write_xlsx
from tests.unit.xlsb import write_xlsb

STEM = "2019-Q4 bijstand"
SHEET = "Cliënten"
PEOPLE = 10
ALL_USED = (PEOPLE, PEOPLE, 0)

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SMALLEST_STREAM = 4096


def ten(**facts: Cell) -> Rows:
    """The rows of ten people, header first."""
    return clienten(*[facts] * PEOPLE)


def people(*records: Record) -> Rows:
    """The rows of these people, header first."""
    return clienten(*records)


def good_xlsx(folder: Path, name: str = f"{STEM}.xlsx", rows: Rows | None = None) -> Path:
    """A valid workbook."""
    return write_xlsx(folder / name, {SHEET: rows or ten()})


def good_csv(folder: Path, name: str = f"{STEM}.csv") -> Path:
    """A valid csv file."""
    return write_csv(folder / name, ten())


def good_ods(folder: Path, name: str = f"{STEM}.ods") -> Path:
    """A valid OpenDocument spreadsheet."""
    return write_ods(folder / name, {SHEET: ten()})


def good_xlsb(folder: Path, name: str = f"{STEM}.xlsb") -> Path:
    """A valid binary workbook."""
    return write_xlsb(folder / name, SHEET, as_text(ten()))


def good_xls(folder: Path, name: str = f"{STEM}.xls") -> Path:
    """A valid old workbook."""
    path = folder / name
    path.write_bytes(xls_bytes())
    return path


def as_text(rows: Rows) -> list[list[str | float | None]]:
    """The same rows with days as text."""
    return [[cell.isoformat() if isinstance(cell, date) else cell for cell in row] for row in rows]


def xls_bytes() -> bytes:
    """A valid old workbook."""
    buffer = io.BytesIO()
    _xls_book().save(buffer)
    return buffer.getvalue()


def xls_records() -> bytes:
    """The records of a valid old workbook, without a container around them."""
    return bytes(_xls_book().get_biff_data())


def _xls_book() -> Any:
    with catch_warnings():
        simplefilter("ignore")
        import xlwt

        book = xlwt.Workbook()
        sheet = book.add_sheet(SHEET)
        for number, row in enumerate(as_text(ten())):
            for column, cell in enumerate(row):
                if cell is not None:
                    sheet.write(number, column, cell)
    return book


# --- zip containers


def members(path: Path) -> dict[str, bytes]:
    """The members of a zip container, by name."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(path: Path, parts: Mapping[str, bytes] | list[tuple[str, bytes]]) -> Path:
    """A zip container; a name may occur more than once."""
    pairs = list(parts.items()) if isinstance(parts, Mapping) else parts
    with catch_warnings(), zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        simplefilter("ignore")
        for name, content in pairs:
            archive.writestr(name, content)
    return path


def repack(path: Path, change: Callable[[str, bytes], tuple[str, bytes] | None]) -> Path:
    """The same container with other members: name, content → name, content, or None to leave it out."""
    changed = [change(name, content) for name, content in members(path).items()]
    return pack(path, [pair for pair in changed if pair])


def edit(path: Path, member: str, change: Callable[[str], str]) -> Path:
    """The same container with the text of one member changed."""
    parts = members(path)
    before = parts[member].decode()
    after = change(before)
    assert after != before, f"{member} did not change"
    return pack(path, parts | {member: after.encode()})


def replace(path: Path, member: str, old: str, new: str) -> Path:
    """The same container with a piece of text of one member replaced."""
    return edit(path, member, lambda text: text.replace(old, new))


def bomb(path: Path, member: str, size: int) -> Path:
    """The container with one member of so many equal bytes."""
    kept = {name: content for name, content in members(path).items() if name != member}
    pack(path, kept)
    chunk = b"0" * 2**24
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive, archive.open(
        member, "w", force_zip64=True
    ) as file:  # fmt: skip
        for _ in range(size // len(chunk)):
            file.write(chunk)
    return path


def prefixed(xml: str, prefix: str = "x") -> str:
    """The XML with a prefix before the names of its own elements."""
    named = re.sub(r"<(/?)(?=[A-Za-z]+[\s/>])", rf"<\1{prefix}:", xml)
    return named.replace(' xmlns="http', f' xmlns:{prefix}="http', 1)


def inline_strings(path: Path) -> Path:
    """The workbook with its texts in the cells, and without a list of shared texts."""
    parts = members(path)
    texts = re.findall(r"<si>(.*?)</si>", parts.pop("xl/sharedStrings.xml").decode())
    sheet = "xl/worksheets/sheet1.xml"

    def inline(found: re.Match[str]) -> str:
        return f'<c{found[1]} t="inlineStr"><is>{texts[int(found[2])]}</is></c>'

    parts[sheet] = re.sub(r'<c([^>]*) t="s"><v>(\d+)</v></c>', inline, parts[sheet].decode()).encode()
    for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        parts[name] = re.sub(r"<(?:Override|Relationship)[^>]*sharedStrings[^>]*/>", "", parts[name].decode()).encode()
    return pack(path, parts)


def strict(path: Path) -> Path:
    """The workbook in the strict variant of the format: other namespaces, days as ISO dates."""
    open_xml = "http://schemas.openxmlformats.org"
    names = {
        f"{open_xml}/spreadsheetml/2006/main": "http://purl.oclc.org/ooxml/spreadsheetml/main",
        f"{open_xml}/officeDocument/2006/relationships": "http://purl.oclc.org/ooxml/officeDocument/relationships",
        f"{open_xml}/drawingml/2006/main": "http://purl.oclc.org/ooxml/drawingml/main",
    }

    def other(name: str, content: bytes) -> tuple[str, bytes]:
        for old, new in names.items():
            content = content.replace(old.encode(), new.encode())
        return name, content

    repack(path, other)
    return replace(path, "xl/workbook.xml", "<workbook ", '<workbook conformance="strict" ')


def iso_days(xml: str) -> str:
    """The XML of a sheet with its days as ISO dates."""

    def iso(found: re.Match[str]) -> str:
        return f'<c{found[1]} t="d"><v>{date(1899, 12, 30) + timedelta(int(found[2]))}</v></c>'

    return re.sub(r'<c([^>]* s="1")><v>(\d{5})</v></c>', iso, xml)


def moved(path: Path, workbook: str) -> Path:
    """The workbook with its main part under another name; a sheet is still at the same place seen from there."""
    folder, _, name = workbook.rpartition("/")
    other = {"xl/workbook.xml": workbook, "xl/_rels/workbook.xml.rels": f"{folder}/_rels/{name}.rels"}

    def place(part: str, content: bytes) -> tuple[str, bytes]:
        if part in ("[Content_Types].xml", "_rels/.rels"):
            text = content.decode().replace("xl/workbook.xml", workbook)
            return part, text.replace("/xl/", f"/{folder}/").encode()
        return other.get(part, re.sub("^xl/", f"{folder}/", part)), content

    return repack(path, place)


# --- OLE containers


def compound(streams: Mapping[str, bytes], *, loop: bool = False) -> bytes:
    """An OLE container with these streams; `loop`: the sectors of a stream lead back to its first sector."""
    table: list[int] = [_FAT, _END]  # sector 0 is the table, sector 1 (and on) the directory
    entries = [_entry("Root Entry", 5, child=1)]
    directory_sectors = -(-(len(streams) + 1) // 4)
    table += [_END] * (directory_sectors - 1)
    for number in range(directory_sectors - 1):
        table[1 + number] = 2 + number
    data = b""
    for number, (name, content) in enumerate(streams.items(), 1):
        content = content.ljust(_SMALLEST_STREAM, b"\0")
        start, count = len(table), -(-len(content) // _SECTOR)
        table += [*range(start + 1, start + count), start if loop else _END]
        right = number + 1 if number < len(streams) else _FREE
        entries.append(_entry(name, 2, start=start, size=len(content), right=right))
        data += content.ljust(count * _SECTOR, b"\0")
    assert len(table) <= _SECTOR // 4
    table += [_FREE] * (_SECTOR // 4 - len(table))
    directory = b"".join(entries).ljust(directory_sectors * _SECTOR, b"\0")
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIIII", bytes.fromhex("D0CF11E0A1B11AE1"), bytes(16), 0x3E, 3, 0xFFFE, 9, 6, bytes(6),
        0, 1, 1, 0, _SMALLEST_STREAM, _END, 0, _END, 0, 0,
    )  # fmt: skip
    return (
        header
        + struct.pack("<109I", *[_FREE] * 109)[: _SECTOR - len(header)]
        + struct.pack("<128I", *table)
        + (directory + data)
    )


def _entry(name: str, kind: int, *, child: int = _FREE, start: int = 0, size: int = 0, right: int = _FREE) -> bytes:
    wide = name.encode("utf-16-le") + b"\0\0"
    return wide.ljust(64, b"\0") + struct.pack(
        "<HBBIII16sIQQIQ", len(wide), kind, 1, _FREE, right, child, bytes(16), 0, 0, 0, start, size
    )


def password_protected(records: bytes, method: int) -> bytes:
    """The records of an old workbook with a FILEPASS record after the first: 0 is XOR, 1 is RC4."""
    first = 4 + struct.unpack_from("<H", records, 2)[0]
    locked = struct.pack("<HHH", 0x2F, 6, method) + b"\x12\x34\x56\x78"
    return records[:first] + locked + records[first:]


# --- sheets of before 1995


def bare_biff(version: int) -> bytes:
    """The records of a sheet of ten people as Excel 2, 3 or 4 wrote them."""
    begin = {2: 0x0009, 3: 0x0209, 4: 0x0409}[version]
    label = 0x0004 if version == 2 else 0x0204
    records = [_record(begin, struct.pack("<HH", version, 0x10) + (b"" if version == 2 else b"\0\0"))]
    for number, row in enumerate(as_text(ten())):
        for column, cell in enumerate(row):
            if cell is not None:
                text = str(cell).encode("cp1252")
                place = struct.pack("<HH", number, column)
                body = b"\0\0\0" + bytes([len(text)]) if version == 2 else b"\0\0" + struct.pack("<H", len(text))
                records.append(_record(label, place + body + text))
    return b"".join([*records, _record(0x0A, b"")])


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body
