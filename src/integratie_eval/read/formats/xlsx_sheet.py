"""A look at the XML of one worksheet for what the fast reader does not tell: extent, errors, hidden, merged.

The XML is searched in pieces with regular expressions: a whole parse would cost more than reading the cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from integratie_eval.errors import Refused
from integratie_eval.read.grid import MOST_COLUMNS, NO_VALUE, Block, Facts, Grid, Mark, Padding, Part
from integratie_eval.read.places import column_letters

_LONGEST_PIECE = 2**23
MOST_SHEET_COLUMNS = 16_384
"""A workbook has no more; a cell to the right of it is damage."""
_LONGEST_ROW = 7  # digits
_LONGER_ROW = [re.compile(rb' r="[A-Z]{1,3}(\d{%d,19})"' % (digits + 1)) for digits in range(_LONGEST_ROW + 1)]
_NAMESPACE = re.compile(rb"<(\w+):worksheet\b")
_COLUMN = re.compile(rb' r="([A-Z]{1,9})\d')
_ADDRESS = re.compile(rb'\br="([A-Z]{1,3})([1-9]\d{0,6})"')
_FAILED = re.compile(rb'<c ([^>]*\bt="e"[^>]*)>\s*(?:<f\b[^>]*(?:/>|>[^<]*</f>)\s*)?<v>([^<]{1,30})</v>')
_FORMULA = re.compile(rb"<c ([^>]*)>\s*<f\b[^>]*(?:/>|>[^<]*</f>)\s*(<v\s*/>|<v></v>)?\s*</c>")
_HIDDEN_ROW = re.compile(rb'<row [^>]*\bhidden="(?:1|true)"[^>]*>')
_ROW_NUMBER = re.compile(rb' r="(\d{1,7})"')
_HIDDEN_COLUMNS = re.compile(rb'<col [^>]*\bhidden="(?:1|true)"[^>]*>')
_MERGED = re.compile(rb'<mergeCell [^>]*\bref="([A-Z]{1,3})([1-9]\d{0,6}):([A-Z]{1,3})([1-9]\d{0,6})"')
_STYLED_NUMBER = re.compile(rb'<c ([^>]*\bs="(\d+)"[^>]*)>\s*(?:<f\b[^>]*(?:/>|>[^<]*</f>)\s*)?<v>\d+</v>')
_FAR_CELL = re.compile(rb'<c [^>]*\br="([A-Z]{2,3})(\d{1,7})"[^>]*>\s*<(?:v|is|f)\b')


@dataclass
class SheetScan:
    """What the XML of a sheet tells, gathered piece by piece."""

    cells: int = 0
    """Cells with an address, empty ones too."""
    last_row: int = 0
    """Rows up to the last one with a value."""
    columns: int = 0
    unaddressed: bool = False
    """There are values, but the cells do not say where they stand."""
    marks: list[Mark] = field(default_factory=list)
    merged: list[Block] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    """The numbers of hidden rows; 1 for a row that has no number."""
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    """The first and last number of hidden columns."""
    filtered: bool = False
    padded: list[Padding] = field(default_factory=list)
    stray: int = 0
    stray_at: str | None = None

    @property
    def filled(self) -> bool:
        """There is a cell with a value."""
        return self.unaddressed or self.last_row > 0

    def facts(self, parts: Sequence[Part], *, hidden: bool) -> Facts:
        """The frozen result. What is hidden below or to the right of the cells does not count."""
        extent = Grid(None, tuple(parts), Facts(marks=tuple(self.marks)))
        rows = sum(number <= extent.height for number in self.hidden_rows)
        columns = sum(max(0, min(last, extent.width) - first + 1) for first, last in self.hidden_columns)
        return Facts(
            hidden, rows, columns, self.filtered, extent.facts.marks, tuple(self.merged), tuple(self.padded),
            self.stray, self.stray_at,
        )  # fmt: skip


def scan_sheet(chunks: Iterable[bytes], zero_styles: Mapping[int, int]) -> SheetScan:
    """Look at the XML of a sheet. `zero_styles`: cell style → digits of its format with only zeros.

    Raises Refused for a cell to the right of what a sheet can be: the fast reader would ask for all memory there is.
    """
    scan = SheetScan()
    for piece in _pieces(chunks):
        _measure(piece, scan)
        _find_oddities(piece, scan, zero_styles)
        if b"hidden=" in piece:
            scan.hidden_rows += map(_row_number, _HIDDEN_ROW.findall(piece))
            scan.hidden_columns += map(_span, _HIDDEN_COLUMNS.findall(piece))
        if b"<mergeCell " in piece:
            scan.merged += [_block(*match) for match in _MERGED.findall(piece)]
        if scan.columns > MOST_COLUMNS:
            _count_stray(piece, scan)
    if scan.columns > MOST_SHEET_COLUMNS:
        raise Refused("bestand_beschadigd")
    return scan


def column_index(name: bytes) -> int:
    """A → 0, Z → 25, AA → 26."""
    index = 0
    for letter in name:
        index = index * 26 + letter - 64
    return index - 1


def _pieces(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The XML cut after whole rows, with double quotes and without a namespace prefix."""
    prefix: bytes | None = None
    rest = b""
    for chunk in chunks:
        rest += chunk
        if prefix is None:
            found = _NAMESPACE.search(rest)
            prefix = found[1] + b":" if found else b""
        cut = rest.rfind(b"row>") + 4
        if cut < 4 and len(rest) < _LONGEST_PIECE:
            continue
        cut = cut if cut >= 4 else len(rest)
        yield _plain(rest[:cut], prefix)
        rest = rest[cut:]
    if rest:
        yield _plain(rest, prefix or b"")


def _plain(piece: bytes, prefix: bytes) -> bytes:
    if prefix:
        piece = piece.replace(b"<" + prefix, b"<").replace(b"</" + prefix, b"</")
    return piece.replace(b"'", b'"') if b"'" in piece and b"='" in piece else piece


def _measure(piece: bytes, scan: SheetScan) -> None:
    """Count the cells, and see how far they reach."""
    scan.cells += piece.count(b"<c ")
    scan.last_row = max(scan.last_row, _last_row(piece))
    digits = min(len(str(scan.last_row)), _LONGEST_ROW)
    if not _COLUMN.search(piece):
        scan.unaddressed = scan.unaddressed or (b"<c" in piece and (b"<v" in piece or b"<is" in piece))
    elif not scan.columns or _further(scan.columns, digits).search(piece):
        scan.columns = max(scan.columns, 1 + max(map(column_index, set(_COLUMN.findall(piece)))))
        farther = _LONGER_ROW[digits].search(piece)
        scan.last_row = max(scan.last_row, int(farther[1]) if farther else 0)


def _last_row(piece: bytes) -> int:
    """The row of the last cell with a value."""
    value = max(piece.rfind(b"<v"), piece.rfind(b"<is"))
    value = max(value, piece.rfind(b"<f", max(value, 0)))
    while value >= 0:
        start = piece.rfind(b"<c ", 0, value)
        address = _ADDRESS.search(piece, start, value) if start >= 0 else None
        if address or start < 0:
            return int(address[2]) if address else 0
        value = start
    return 0


@cache
def _further(columns: int, digits: int) -> re.Pattern[bytes]:
    """A cell to the right of so many columns, or in a row of more digits: cells may stand in any order."""
    name = column_letters(columns - 1)
    wider = [f"[A-Z]{{{len(name) + 1},9}}"]
    for place, letter in enumerate(name):
        if letter != "Z":
            wider.append(f"{name[:place]}[{chr(ord(letter) + 1)}-Z][A-Z]{{{len(name) - place - 1}}}")
    return re.compile(rf' r="(?:(?:{"|".join(wider)})\d|[A-Z]{{1,3}}\d{{{digits + 1}}})'.encode())


def _find_oddities(piece: bytes, scan: SheetScan, zero_styles: Mapping[int, int]) -> None:
    if b't="e"' in piece:
        for attributes, text in _FAILED.findall(piece):
            _mark(scan, attributes, text.decode("utf-8", "replace").strip())
    if b"<f" in piece:
        scan.filtered = scan.filtered or b"<filterColumn" in piece
        for attributes, value in _FORMULA.findall(piece):
            if not (value and b't="str"' in attributes):  # a formula that gives an empty text
                _mark(scan, attributes, NO_VALUE)
    if zero_styles:
        for attributes, style in _STYLED_NUMBER.findall(piece):
            width = zero_styles.get(int(style[:9]))
            if width and (b't="' not in attributes or b't="n"' in attributes):
                _pad(scan, attributes, width)


def _mark(scan: SheetScan, attributes: bytes, text: str) -> None:
    if address := _ADDRESS.search(attributes):
        column = column_index(address[1])
        if column < MOST_COLUMNS:
            scan.marks.append(Mark(int(address[2]) - 1, column, text))
            scan.last_row = max(scan.last_row, int(address[2]))


def _pad(scan: SheetScan, attributes: bytes, width: int) -> None:
    """Note a number that is shown with zeros; runs below each other become one."""
    if not (address := _ADDRESS.search(attributes)):
        return
    column, row = column_index(address[1]), int(address[2]) - 1
    for number in range(len(scan.padded) - 1, max(len(scan.padded) - 8, 0) - 1, -1):
        run = scan.padded[number]
        if (run.column, run.width, run.last_row) == (column, width, row - 1):
            scan.padded[number] = Padding(column, run.first_row, row, width)
            return
    scan.padded.append(Padding(column, row, row, width))


def _count_stray(piece: bytes, scan: SheetScan) -> None:
    for name, row in _FAR_CELL.findall(piece):
        if column_index(name) >= MOST_COLUMNS:
            scan.stray += 1
            scan.stray_at = scan.stray_at or f"{name.decode()}{row.decode()}"


def _row_number(row: bytes) -> int:
    found = _ROW_NUMBER.search(row)
    return int(found[1]) if found else 1


def _span(column: bytes) -> tuple[int, int]:
    first, last = (re.search(rb'\b%s="(\d{1,5})"' % name, column) for name in (b"min", b"max"))
    return (int(first[1]), min(int(last[1]), MOST_SHEET_COLUMNS)) if first and last else (1, 0)


def _block(first: bytes, top: bytes, last: bytes, bottom: bytes) -> Block:
    return Block(int(top) - 1, column_index(first), int(bottom) - 1, column_index(last))
