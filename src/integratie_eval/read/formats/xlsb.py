"""Binary workbooks (.xlsb): the fast reader for cells, the BIFF12 records for what it hides and for scattered cells."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from integratie_eval.errors import Refused
from integratie_eval.read.archive import Archive
from integratie_eval.read.formats.cell_text import text_of
from integratie_eval.read.formats.fast import faults_refused, moment_text, read_fast_sheets
from integratie_eval.read.formats.sheet_notes import SheetNotes
from integratie_eval.read.formats.xls import ERROR_TEXTS
from integratie_eval.read.grid import MOST_COLUMNS, Block, Grid, Part, parts_of_sparse_rows

_WORKBOOK, _RELATIONS, _STYLES, _STRINGS = (
    f"xl/{name}" for name in ("workbook.bin", "_rels/workbook.bin.rels", "styles.bin", "sharedstrings.bin")
)
# kinds of records (MS-XLSB 2.3.2)
_ROW, _RK, _ERROR, _BOOL, _REAL, _STRING, _SHARED, _RICH = 0, 2, 3, 4, 5, 6, 7, 62
_FORMULA_STRING, _FORMULA_NUMBER, _FORMULA_BOOL, _FORMULA_ERROR = 8, 9, 10, 11
_SHARED_ITEM, _FORMAT, _CELL_FORMAT, _COLUMNS, _BOOK_FLAGS, _SHEET = 19, 44, 47, 60, 153, 156
_FILTER_COLUMN, _MERGED, _CELL_FORMATS, _CELL_FORMATS_END = 163, 176, 617, 618
_NUMBERS = (_RK, _REAL, _FORMULA_NUMBER)
_VALUES = (_BOOL, _STRING, _SHARED, _RICH, _FORMULA_STRING, _FORMULA_BOOL)

_long = struct.Struct("<I").unpack_from
_two = struct.Struct("<II").unpack_from
_four = struct.Struct("<IIII").unpack_from
_real = struct.Struct("<d").unpack_from

_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b([^>]*?)/?>")
_ATTRIBUTE = re.compile(rb"(\w+)\s*=\s*[\"']([^\"']*)[\"']")
_NOT_A_DATE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|general', re.IGNORECASE)
_USUAL_DATES = frozenset({*range(14, 23), *range(45, 48)})


@dataclass(frozen=True)
class _Sheet:
    """A worksheet; `index` counts the charts and macro sheets too."""

    index: int
    name: str
    hidden: bool
    member: str


@dataclass(frozen=True)
class _Styles:
    """Of every cell format: the digits of a format with only zeros (else 0), and whether it shows a moment."""

    zeros: Mapping[int, int]
    moments: frozenset[int]


def read_xlsb(content: bytes) -> tuple[Grid, ...]:
    """The worksheets of a binary workbook. Raises Refused when it is damaged or has none."""
    with faults_refused():
        archive = Archive(content)
        sheets, since_1904 = _book(archive)
        if not sheets:
            raise Refused("geen_werkblad")
        styles = _styles(archive)
        notes = [_notes(archive.read(sheet.member), styles.zeros) for sheet in sheets]
        facts = [noted.facts(sheet.hidden) for sheet, noted in zip(sheets, notes, strict=True)]
        dense = [sheet.index for sheet, noted in zip(sheets, notes, strict=True) if not noted.is_sparse]
        read = _read_or_nothing(content, dense)
        slow = _SlowReader(archive, styles.moments, since_1904)
        grids = []
        for sheet, noted, told in zip(sheets, notes, facts, strict=True):
            part = read.get(sheet.index)
            quick = (part,) if part else ()
            parts = quick if noted.is_covered_by(part) else slow.parts(sheet.member)
            grids.append(Grid(sheet.name, parts, told))
        return tuple(grids)


def _read_or_nothing(content: bytes, indices: Sequence[int]) -> Mapping[int, Part | None]:
    """What the fast reader gives; nothing when it cannot open the file."""
    try:
        return read_fast_sheets(content, indices)
    except Refused:
        return {}


def _records(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Kind, start and size of every record."""
    at, end = 0, len(data)
    while at < end:
        kind = data[at]
        at += 1
        if kind > 127:
            kind = kind & 0x7F | data[at] << 7
            at += 1
        size = data[at]
        at += 1
        if size > 127:
            size, at = _long_size(data, at - 1)
        if at + size > end:
            raise Refused("bestand_beschadigd")
        yield kind, at, size
        at += size


def _long_size(data: bytes, at: int) -> tuple[int, int]:
    """A size of two to four bytes, of seven bits each, and where the record begins."""
    size = 0
    for number in range(4):
        byte = data[at + number]
        size |= (byte & 0x7F) << 7 * number
        if byte < 128:
            break
    return size, at + number + 1


def _text(data: bytes, at: int) -> str:
    """A text that begins with its length; the length 0xFFFFFFFF means no text."""
    length = _long(data, at)[0]
    if length == 0xFFFFFFFF:
        return ""
    if at + 4 + 2 * length > len(data):
        raise Refused("bestand_beschadigd")
    return data[at + 4 : at + 4 + 2 * length].decode("utf-16-le", "replace")


def _book(archive: Archive) -> tuple[list[_Sheet], bool]:
    """The worksheets, and whether days count from 1904."""
    members, data = _worksheet_members(archive), archive.read(_WORKBOOK)
    sheets: list[_Sheet] = []
    count, since_1904 = 0, False
    for kind, at, _ in _records(data):
        if kind == _BOOK_FLAGS:
            since_1904 = bool(data[at] & 1)
        elif kind == _SHEET:
            relation = _text(data, at + 8)
            name = _text(data, at + 12 + 2 * len(relation))
            if relation in members:
                sheets.append(_Sheet(count, name, _long(data, at)[0] != 0, members[relation]))
            count += 1
    if any(sheet.member not in archive for sheet in sheets):
        raise Refused("bestand_beschadigd")
    return sheets, since_1904


def _worksheet_members(archive: Archive) -> dict[str, str]:
    """Relation → member of the container, for the worksheets."""
    members = {}
    for found in _RELATION.findall(archive.read(_RELATIONS)):
        relation = {name.decode(): value.decode("utf-8", "replace") for name, value in _ATTRIBUTE.findall(found)}
        if relation.get("Type", "").endswith("/worksheet"):
            target = relation.get("Target", "").replace("\\", "/").lower()
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target.removeprefix('./')}"
            members[relation.get("Id", "")] = path
    return members


def _styles(archive: Archive) -> _Styles:
    data = archive.read(_STYLES) if _STYLES in archive else b""
    formats: dict[int, str] = {}
    used: list[int] = []
    in_cell_formats = False
    for kind, at, _ in _records(data):
        if kind == _FORMAT:
            formats[int.from_bytes(data[at : at + 2], "little")] = _text(data, at + 2)
        elif kind in (_CELL_FORMATS, _CELL_FORMATS_END):
            in_cell_formats = kind == _CELL_FORMATS
        elif kind == _CELL_FORMAT and in_cell_formats:
            used.append(int.from_bytes(data[at + 2 : at + 4], "little"))
    zeros = {index: len(formats[n]) for index, n in enumerate(used) if re.fullmatch("0{2,20}", formats.get(n, ""))}
    dates = _USUAL_DATES | {number for number, code in formats.items() if _shows_moment(code)}
    return _Styles(zeros, frozenset(index for index, number in enumerate(used) if number in dates))


def _shows_moment(code: str) -> bool:
    return any(letter in "dmyhs" for letter in _NOT_A_DATE.sub("", code).lower())


def _notes(data: bytes, zeros: Mapping[int, int]) -> SheetNotes:
    scan = _SheetScan(data, zeros)
    takers: dict[int, Callable[[int], None]] = {
        _ROW: scan.row, _COLUMNS: scan.columns, _FILTER_COLUMN: scan.filter, _MERGED: scan.merge,
        **dict.fromkeys(_VALUES, scan.cell), _RICH: scan.rich,
        **dict.fromkeys(_NUMBERS, scan.number if zeros else scan.cell),
        **dict.fromkeys((_ERROR, _FORMULA_ERROR), scan.error),
    }  # fmt: skip
    for kind, at, _ in _records(data):
        if kind in takers:
            takers[kind](at)
    return scan.notes


class _SheetScan:
    """Takes the records of one worksheet. `zeros`: cell format → digits of a format with only zeros."""

    def __init__(self, data: bytes, zeros: Mapping[int, int]) -> None:
        self.notes = SheetNotes()
        self._data = data
        self._zeros = zeros
        self._row = 0

    def row(self, at: int) -> None:
        self._row = _long(self._data, at)[0]
        if self._data[at + 11] & 0x10:
            self.notes.hide_rows(self._row, self._row)

    def columns(self, at: int) -> None:
        if self._data[at + 16] & 1:
            self.notes.hide_columns(*_two(self._data, at))

    def filter(self, _: int) -> None:
        self.notes.filtered = True

    def merge(self, at: int) -> None:
        top, bottom, left, right = _four(self._data, at)
        self.notes.merged.append(Block(top, left, bottom, right))

    def cell(self, at: int) -> None:
        self.notes.fill(self._row, _long(self._data, at)[0])

    def rich(self, at: int) -> None:
        self.cell(at)
        self.notes.unread = True

    def number(self, at: int) -> None:
        column, style = _two(self._data, at)
        self.notes.fill(self._row, column)
        width = self._zeros.get(style & 0xFFFFFF)
        if width and column < MOST_COLUMNS:
            self.notes.padding.add(self._row, column, width)

    def error(self, at: int) -> None:
        self.cell(at)
        column = _long(self._data, at)[0]
        self.notes.mark(self._row, column, ERROR_TEXTS.get(self._data[at + 8], "#UNKNOWN!"))


class _SlowReader:
    """Reads cells record by record: for scattered cells and for files that the fast reader refuses."""

    def __init__(self, archive: Archive, moments: frozenset[int], since_1904: bool) -> None:
        self._archive = archive
        self._moments = moments
        self._since_1904 = since_1904
        self._shared: Sequence[str] | None = None

    def parts(self, member: str) -> tuple[Part, ...]:
        """The cells of one sheet."""
        if self._shared is None:
            data = self._archive.read(_STRINGS) if _STRINGS in self._archive else b""
            self._shared = [_text(data, at + 1) for kind, at, _ in _records(data) if kind == _SHARED_ITEM]
        return parts_of_sparse_rows(self._rows(self._archive.read(member), self._shared))

    def _rows(self, data: bytes, shared: Sequence[str]) -> Iterator[tuple[int, list[str | None]]]:
        row, cells = -1, dict[int, str | None]()
        for kind, at, _ in _records(data):
            if kind == _ROW:
                if cells:
                    yield row, _filled(cells)
                row, cells = _next_row(row, _long(data, at)[0]), {}
            elif kind in _VALUES or kind in _NUMBERS or kind in (_ERROR, _FORMULA_ERROR):
                column, style = _two(data, at)
                if row < 0:  # a cell before the first row
                    raise Refused("bestand_beschadigd")
                if column < MOST_COLUMNS:
                    cells[column] = self._value(data, kind, at + 8, style & 0xFFFFFF, shared)
        if cells:
            yield row, _filled(cells)

    def _value(self, data: bytes, kind: int, at: int, style: int, shared: Sequence[str]) -> str | None:
        if kind in _NUMBERS:
            number: float = _rk(_long(data, at)[0]) if kind == _RK else _real(data, at)[0]
            return moment_text(number, self._since_1904) if style in self._moments else text_of(number)
        if kind == _SHARED:
            return shared[int.from_bytes(data[at : at + 4], "little")]
        if kind in (_BOOL, _FORMULA_BOOL):
            return text_of(bool(data[at]))
        if kind in (_ERROR, _FORMULA_ERROR):
            return ERROR_TEXTS.get(data[at], "#UNKNOWN!")
        return _text(data, at + 1 if kind == _RICH else at)


def _rk(packed: int) -> float:
    """A number in 30 bits: the high bits of a real number or a whole number, perhaps times 100."""
    if packed & 2:
        number = float((packed >> 2) - (1 << 30 if packed & 0x80000000 else 0))
    else:
        number = float(struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))[0])
    return number / 100 if packed & 1 else number


def _next_row(row: int, following: int) -> int:
    if following <= row:
        raise Refused("bestand_beschadigd")
    return following


def _filled(cells: Mapping[int, str | None]) -> list[str | None]:
    return [cells.get(column) for column in range(max(cells) + 1)]
