"""Old Excel workbooks (.xls): the fast reader for cells, the BIFF records for what it hides, xlrd where it fails."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from integratie_eval.errors import Refused
from integratie_eval.read.formats.cell_text import text_of
from integratie_eval.read.formats.fast import faults_refused, moment_text, read_fast
from integratie_eval.read.formats.sheet_notes import SheetNotes
from integratie_eval.read.grid import Block, Facts, Grid, Mark, Part, parts_of_sparse_rows

ERROR_TEXTS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}  # fmt: skip
"""What the codes of error values mean, in xls and xlsb."""

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_WORKSHEET = 0
_BIFF8 = 0x600
_UTF16 = 1200
_FORMATS_READ = frozenset({*range(5, 9), *range(23, 27), *range(41, 45), *range(63, 67), *range(164, 383)})
"""The numbers that Excel gives to formats: the fast reader ignores others, and then a day is a number."""
_FAILED, _NO_NUMBER = 2, 0xFFFF  # the result of a formula

# kinds of records (MS-XLS 2.3.1)
_BOF, _EOF, _BOUNDSHEET, _FILEPASS, _CODEPAGE, _FORMAT, _XF = 0x809, 0x0A, 0x85, 0x2F, 0x42, 0x41E, 0xE0
_ROW, _COLINFO, _FILTERMODE, _MERGEDCELLS = 0x208, 0x7D, 0x9B, 0xE5
_BOOLERR, _FORMULA, _FORMULA_TEXT, _NUMBER, _RK, _MULRK = 0x205, 0x06, 0x207, 0x203, 0x27E, 0xBD
_OLD_FORMULAS = (0x206, 0x406)  # of Excel 3 and 4; some programs still write them
_TEXTS = (0x204, 0xD6, 0xFD)  # LABEL, RSTRING, LABELSST

_pair = struct.Struct("<HH").unpack_from
_place = struct.Struct("<HHH").unpack_from
_block = struct.Struct("<HHHH").unpack_from


@dataclass(frozen=True)
class _Sheet:
    """A worksheet according to the list of sheets; `index` counts the charts and macro sheets too."""

    index: int
    at: int
    hidden: bool


@dataclass(frozen=True)
class _Book:
    """The worksheets, and what the list of sheets tells beside them."""

    sheets: Sequence[_Sheet]
    widths: Mapping[int, int]
    """Of every cell format that is only zeros the number of digits."""
    misread: bool
    """Written by a program that is not Excel, in a way that the fast reader takes for other texts or numbers."""


class _SheetScan:
    """Takes the records of one worksheet. `widths`: cell format → digits of a format with only zeros."""

    def __init__(self, widths: Mapping[int, int]) -> None:
        self.notes = SheetNotes()
        self._widths = widths

    def take(self, stream: bytes, at: int) -> None:
        """Take all records of the sheet that begins here."""
        takers: dict[int, Callable[[bytes, int, int], None]] = {
            _ROW: self._row, _COLINFO: self._columns, _FILTERMODE: self._filter, _MERGEDCELLS: self._merge,
            _BOOLERR: self._bool_or_error, _FORMULA: self._formula, _MULRK: self._numbers, _FORMULA_TEXT: self._text,
            **dict.fromkeys(_OLD_FORMULAS, self._old_formula),
            **dict.fromkeys(_TEXTS, self._cell),
            **dict.fromkeys((_NUMBER, _RK), self._number if self._widths else self._cell),
        }  # fmt: skip
        for kind, start, size in _records(stream, at):
            if kind in takers:
                takers[kind](stream, start, size)
            elif kind == _BOF and start > at + 4:  # a chart; the fast reader takes its numbers for cells of the sheet
                self.notes.unread = True

    def _cell(self, stream: bytes, at: int, _: int) -> None:
        row, column = _pair(stream, at)
        self.notes.fill(row, column)

    def _number(self, stream: bytes, at: int, _: int) -> None:
        row, column, used = _place(stream, at)
        self.notes.fill(row, column)
        if used in self._widths:
            self.notes.padding.add(row, column, self._widths[used])

    def _numbers(self, stream: bytes, at: int, size: int) -> None:
        row, first = _pair(stream, at)
        count = (size - 6) // 6
        self.notes.fill(row, first + count - 1, count)
        for number in range(count if self._widths else 0):
            used = _pair(stream, at + 4 + 6 * number)[0]
            if used in self._widths:
                self.notes.padding.add(row, first + number, self._widths[used])

    def _bool_or_error(self, stream: bytes, at: int, size: int) -> None:
        self._cell(stream, at, size)
        if stream[at + 7]:
            self._mark(stream, at, stream[at + 6])

    def _formula(self, stream: bytes, at: int, size: int) -> None:
        self._number(stream, at, size)
        if stream[at + 6] == _FAILED and _pair(stream, at + 12)[0] == _NO_NUMBER:
            self._mark(stream, at, stream[at + 8])

    def _old_formula(self, stream: bytes, at: int, size: int) -> None:
        self._formula(stream, at, size)
        self.notes.unread = True

    def _text(self, stream: bytes, at: int, size: int) -> None:
        """The result of a formula. The fast reader drops what does not fit in the record and goes on in the next."""
        if _pair(stream, at)[0] + 3 > size:
            self.notes.unread = True

    def _mark(self, stream: bytes, at: int, code: int) -> None:
        row, column = _pair(stream, at)
        self.notes.mark(row, column, ERROR_TEXTS.get(code, "#UNKNOWN!"))

    def _row(self, stream: bytes, at: int, _: int) -> None:
        if stream[at + 12] & 0x20:
            row = _pair(stream, at)[0]
            self.notes.hide_rows(row, row)

    def _columns(self, stream: bytes, at: int, _: int) -> None:
        first, last = _pair(stream, at)
        if stream[at + 8] & 1:
            self.notes.hide_columns(first, last)

    def _filter(self, *_: object) -> None:
        self.notes.filtered = True

    def _merge(self, stream: bytes, at: int, size: int) -> None:
        for start in range(at + 2, at + 2 + min(_pair(stream, at)[0] * 8, size - 2) // 8 * 8, 8):
            top, bottom, left, right = _block(stream, start)
            self.notes.merged.append(Block(top, left, bottom, right))


def read_xls(content: bytes) -> tuple[Grid, ...]:
    """The worksheets of an .xls file of any age. Raises Refused when it is damaged, locked or has none."""
    with faults_refused():
        if not content.startswith(_OLE):
            return _read_slowly(content, ())
        stream = _workbook_stream(content)
        book = _book(stream)
        if not book.sheets:
            raise Refused("geen_werkblad")
        notes = [_notes(stream, sheet, book.widths) for sheet in book.sheets]
        del stream
        facts = [noted.facts(sheet.hidden) for noted, sheet in zip(notes, book.sheets, strict=True)]
        slow = book.misread or any(noted.is_sparse for noted in notes)
        grids = () if slow else _read_quickly(content, book.sheets, notes, facts)
        return grids or _read_slowly(content, facts)


def _workbook_stream(content: bytes) -> bytes:
    from xlrd.compdoc import CompDoc

    document = CompDoc(content, logfile=io.StringIO())
    for name in ("Workbook", "Book"):
        if stream := document.get_named_stream(name):
            return bytes(stream)
    raise Refused("bestand_beschadigd")


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Kind, start and size of every record, up to the end of the sheet or the list that begins here.

    Of a chart in a sheet, which has its own beginning and end, only the first record.
    """
    depth, last = 0, len(stream) - 4
    while at <= last:
        kind, size = _pair(stream, at)
        if depth < 2:
            yield kind, at + 4, size
        at += 4 + size
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
    raise Refused("bestand_beschadigd")


def _book(stream: bytes) -> _Book:
    version, count, misread = _BIFF8, 0, False
    sheets: list[_Sheet] = []
    zeros: dict[int, int] = {}
    used: list[int] = []
    for kind, at, size in _records(stream, 0):
        if kind == _BOF:
            version = _pair(stream, at)[0]
        elif kind == _FILEPASS:
            raise Refused("bestand_beveiligd")
        elif kind == _BOUNDSHEET:
            offset, visibility, sheet_type = struct.unpack_from("<IBB", stream, at)
            if sheet_type == _WORKSHEET:
                sheets.append(_Sheet(count, offset, visibility & 3 != 0))
            count += 1
        elif kind == _CODEPAGE:
            misread |= version >= _BIFF8 and _pair(stream, at)[0] != _UTF16
        elif kind == _FORMAT:
            number = _pair(stream, at)[0]
            zeros[number] = _zeros(stream[at : at + size], version)
            misread |= number not in _FORMATS_READ
        elif kind == _XF:
            used.append(_pair(stream, at)[1])
    widths = {index: zeros[number] for index, number in enumerate(used) if zeros.get(number)}
    return _Book(sheets, widths, misread)


def _zeros(number_format: bytes, version: int) -> int:
    """How many digits a number format shows at least, if it is only zeros."""
    text = number_format[5:] if version >= _BIFF8 else number_format[3:]
    return len(text) if re.fullmatch(b"0{2,20}", text) else 0


def _notes(stream: bytes, sheet: _Sheet, widths: Mapping[int, int]) -> SheetNotes:
    scan = _SheetScan(widths)
    scan.take(stream, sheet.at)
    return scan.notes


def _read_quickly(
    content: bytes, sheets: Sequence[_Sheet], notes: Sequence[SheetNotes], facts: Sequence[Facts]
) -> tuple[Grid, ...]:
    """The cells by the fast reader; nothing when it cannot open the file or misses rows that the records have."""
    try:
        read = list(read_fast(content).items())
    except Refused:
        return ()
    grids = []
    for sheet, noted, fact in zip(sheets, notes, facts, strict=True):
        name, part = read[sheet.index] if sheet.index < len(read) else ("", None)
        if not noted.is_covered_by(part):
            return ()
        grids.append(Grid(name, (part,) if part else (), fact))
    return tuple(grids)


def _read_slowly(content: bytes, facts: Sequence[Facts]) -> tuple[Grid, ...]:
    """The cells by xlrd: slower, but it takes scattered cells and files of before 1997."""
    import xlrd

    book = xlrd.open_workbook(file_contents=content, on_demand=True, ragged_rows=True, logfile=io.StringIO())
    if not book.nsheets:
        raise Refused("geen_werkblad")
    grids = []
    for index in range(book.nsheets):
        sheet = book.sheet_by_index(index)
        parts, marks = _cells_of(sheet, bool(book.datemode))
        seen = facts[index] if facts else Facts(hidden=sheet.visibility != 0)
        grids.append(Grid(sheet.name, parts, seen if facts else replace(seen, marks=marks)))
        book.unload_sheet(index)
    return tuple(grids)


def _cells_of(sheet: Any, since_1904: bool) -> tuple[tuple[Part, ...], tuple[Mark, ...]]:
    from xlrd.biffh import XL_CELL_ERROR

    marks: list[Mark] = []

    def rows() -> Iterator[tuple[int, list[str | None]]]:
        for number in range(sheet.nrows):
            kinds = sheet.row_types(number)
            texts = [_text(*cell, since_1904) for cell in zip(kinds, sheet.row_values(number), strict=True)]
            if XL_CELL_ERROR in kinds:
                errors = [column for column, kind in enumerate(kinds) if kind == XL_CELL_ERROR]
                marks.extend(Mark(number, column, texts[column] or "") for column in errors)
            if any(texts):
                yield number, texts

    return parts_of_sparse_rows(rows()), tuple(marks)


def _text(kind: int, value: Any, since_1904: bool) -> str | None:
    from xlrd import biffh

    if kind == biffh.XL_CELL_DATE:
        return moment_text(value, since_1904)
    if kind == biffh.XL_CELL_BOOLEAN:
        return text_of(bool(value))
    if kind == biffh.XL_CELL_ERROR:
        return ERROR_TEXTS.get(value, "#UNKNOWN!")
    return text_of(value)
