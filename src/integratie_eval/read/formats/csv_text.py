"""Reads a csv file into a grid of text; a file whose lines cannot be trusted is refused with the number of a line."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain, islice, zip_longest
from typing import TYPE_CHECKING

from integratie_eval.errors import Refused
from integratie_eval.read.formats.csv_dialect import Dialect, dialect_of, fields
from integratie_eval.read.formats.csv_widths import BrokenRecord, Record, Shape, Widths, shape_of
from integratie_eval.read.formats.encodings import encoding_of
from integratie_eval.read.grid import MOST_COLUMNS, Facts, Grid, Part, part_of_columns
from integratie_eval.read.places import column_letters

if TYPE_CHECKING:
    from _csv import Reader

_LONGEST_LINE = 1_000_000
"""Characters. A cell of Excel holds 32,767 at most."""
_FEWEST_LINES = 10
_FIRST_LINES = 1_000
_FIRST_CHARACTERS = 250_000
_RECORDS_AT_ONCE = 20_000
_CELLS_AT_ONCE = 200_000
_NOTHING = "\ufeff\x1a\r\n\t ;,|"

Lines = Callable[[], Iterator[str]]


def read_csv(content: bytes) -> tuple[Grid, ...]:
    """The one grid of a csv file. Every record is a row, also one that only names the delimiter."""
    lines = partial(_lines, content, encoding_of(content))
    if not any(line.strip(_NOTHING) for line in lines()):
        raise Refused("bestand_leeg")
    dialect, shape = _form(lines)
    records = partial(_records, lines, dialect)
    widths = Widths(shape, dialect.delimiter)
    try:
        grid = _grid(records(), widths)
        widths.refuse_short(cut_off=not content.rstrip(b"\0\x1a").endswith((b"\n", b"\r")))
    except BrokenRecord as broken:
        raise Refused(broken.refusal, regel=_line_of(records(), broken.number)) from None
    except csv.Error:
        raise _unreadable(records()) from None
    return (grid,)


def _lines(content: bytes, codec: str) -> Iterator[str]:
    """The lines of the text with their ends. Raises Refused for a NUL byte, and for a line without an end in sight."""
    text = io.TextIOWrapper(io.BytesIO(content), encoding=codec, newline="")
    for number, line in enumerate(iter(partial(text.readline, _LONGEST_LINE), ""), 1):
        if "\0" in line:
            raise Refused("csv_nul", regel=number)
        if len(line) == _LONGEST_LINE:
            raise Refused("csv_regel_te_lang", regel=number)
        yield line.rstrip("\x1a")  # the end of a file under DOS


def _form(lines: Lines) -> tuple[Dialect, Shape]:
    """The dialect and the number of fields, by the first lines."""
    first = list(_first(lines()))
    dialect = dialect_of(first)
    if dialect.declared:
        first[0] = "\n"
    return dialect, shape_of(fields(first, strict=True, **dialect.options()))  # without a record that goes on


def _first(lines: Iterator[str]) -> Iterator[str]:
    """No more lines than needed, but always a few: the headings may be very long."""
    characters = 0
    for number, line in enumerate(islice(lines, _FIRST_LINES)):
        if number >= _FEWEST_LINES and characters > _FIRST_CHARACTERS:
            return
        characters += len(line)
        yield line


def _records(lines: Lines, dialect: Dialect) -> Reader:
    found = chain(["\n"], islice(lines(), 1, None)) if dialect.declared else lines()
    return csv.reader(found, strict=True, **dialect.options())


def _grid(reader: Reader, widths: Widths) -> Grid:
    """The cells, made into parts block by block: as lists of text they would not fit in memory."""
    at_once = max(16, min(_RECORDS_AT_ONCE, _CELLS_AT_ONCE // max(1, widths.shape.most)) // 16 * 16)
    parts: list[Part] = []
    stray: list[str] = []
    first = line = 0
    while block := list(islice(reader, at_once)):
        widths.look(block, reader.line_num - line)
        if max(map(len, block)) > MOST_COLUMNS:
            stray += _stray(block, first)
            block = [record[:MOST_COLUMNS] for record in block]
        parts += _part(block, first)
        first, line = widths.records, reader.line_num
    return Grid(None, tuple(parts), Facts(stray=len(stray), stray_at=stray[0] if stray else None))


def _part(block: Sequence[Record], first: int) -> Iterator[Part]:
    """The filled rows and columns of a block, if there are any."""
    last = next((number for number in range(len(block), 0, -1) if any(block[number - 1])), 0)
    if not last:
        return
    columns = [[cell or None for cell in column] for column in zip_longest(*block[:last])]
    while not any(columns[-1]):
        columns.pop()
    yield part_of_columns(columns, last, first)


def _stray(block: Sequence[Record], first: int) -> Iterator[str]:
    """The addresses of filled cells beyond the columns that are stored."""
    for number, record in enumerate(block, first + 1):
        for place, cell in enumerate(record[MOST_COLUMNS:], MOST_COLUMNS):
            if cell.strip():
                yield f"{column_letters(place)}{number}"


def _line_of(reader: Reader, number: int) -> int:
    """The line of the file on which a record begins."""
    for _ in islice(reader, number):
        pass
    return reader.line_num + 1


def _unreadable(reader: Reader) -> Refused:
    """Why the csv module stops: a quote that is not closed, or closed too early, or a field without end."""
    begin = 1
    try:
        for _ in reader:
            begin = reader.line_num + 1
    except csv.Error as error:
        if "field limit" in str(error) and begin == reader.line_num:
            return Refused("csv_regel_te_lang", regel=begin)
    return Refused("csv_aanhalingsteken", regel=begin)
