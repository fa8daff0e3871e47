"""Reads the content.xml of an OpenDocument sheet event by event: the cells as text, and what is true beside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import product

from integratie_eval.errors import Refused
from integratie_eval.read.formats.cell_text import text_of
from integratie_eval.read.formats.sheet_notes import SheetNotes
from integratie_eval.read.grid import MOST_COLUMNS, MOST_ROWS, NO_VALUE, Block, Grid, Mark, parts_of_sparse_rows

_MOST_SPACES = 1_000
_PREFIXES = {
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table",
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style",
    "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0": "draw",
    "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0": "calcext",
}
_SKIPPED = frozenset({"office:annotation", "table:table"})
"""Inside a cell, but no part of its value; nor is any drawing."""
_DRAWING = "draw:"
_HIDDEN = frozenset({"collapse", "filter"})
_ERROR = re.compile(r"#[A-Z/0!?]+[!?A]|Err:(\d{3,5})")
_ERROR_NUMBERS = {
    "502": "#NUM!", "503": "#NUM!", "504": "#REF!", "519": "#VALUE!", "524": "#REF!", "525": "#NAME?", "532": "#DIV/0!",
}  # fmt: skip
_DURATION = re.compile(r"(-?)PT?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,](\d+))?S)?")
_LEADING_ZEROS = re.compile(r"0\d+")


def read_exactly(chunks: Iterable[bytes]) -> tuple[Grid, ...]:
    """All sheets, in order. Raises ExpatError when the XML is damaged."""
    from xml.parsers import expat

    content = _Content()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = content.start
    parser.EndElementHandler = content.end
    parser.CharacterDataHandler = content.characters
    for chunk in chunks:
        parser.Parse(chunk, False)
    parser.Parse(b"", True)
    return tuple(content.grids)


class _Cell:
    """A cell that is being read."""

    def __init__(self, attributes: Mapping[str, str]) -> None:
        self.attributes = attributes
        self.columns = _count(attributes, "table:number-columns-repeated")
        self.shown = ""
        self.paragraphs = 0

    @property
    def error(self) -> str | None:
        """The error value that its formula gave, or NO_VALUE when the file holds no result."""
        attributes = self.attributes
        failed = attributes.get("calcext:value-type") == "error"
        if not failed and "table:formula" not in attributes:
            return None
        shown = _ERROR.fullmatch(self.shown)
        if shown or failed:
            return _ERROR_NUMBERS.get(shown[1], "#UNKNOWN!") if shown and shown[1] else self.shown or "#UNKNOWN!"
        return NO_VALUE if "office:value-type" not in attributes and not self.shown else None

    @property
    def text(self) -> str | None:
        """Its value as the fast reader prints it; what it shows when that reader would drop it."""
        attributes = self.attributes
        match attributes.get("office:value-type"):
            case "string":
                return attributes.get("office:string-value", self.shown) or None
            case "float" | "percentage" | "currency":
                return _number_text(attributes.get("office:value", self.shown))
            case "boolean":
                return attributes.get("office:boolean-value", self.shown).lower() or None
            case "date":
                return attributes.get("office:date-value", self.shown) or None
            case "time":
                return _time_text(attributes.get("office:time-value", "")) or self.shown or None
        return self.shown or None

    @property
    def padding(self) -> int:
        """How wide its whole number is shown, if with leading zeros."""
        is_number = "office:value" in self.attributes
        return len(self.shown) if is_number and _LEADING_ZEROS.fullmatch(self.shown) else 0


class _Table:
    """A sheet that is being read."""

    def __init__(self, name: str, hidden: bool) -> None:
        self.notes = SheetNotes()
        self._name = name
        self._hidden = hidden
        self._rows: list[tuple[int, list[str | None]]] = []
        self._row = self._column = self._repeat = self._next_column = 0
        self._cells: list[str | None] = []

    @property
    def is_foreign(self) -> bool:
        """A copy of cells of another file that a formula refers to: 'file:///C:/other.ods'#Sheet1."""
        return self._name.startswith("'")

    def add_columns(self, attributes: Mapping[str, str]) -> None:
        count = _count(attributes, "table:number-columns-repeated")
        if attributes.get("table:visibility") in _HIDDEN:
            self.notes.hide_columns(self._next_column, self._next_column + count - 1)
        self._next_column += count

    def begin_row(self, attributes: Mapping[str, str]) -> None:
        self._repeat = _count(attributes, "table:number-rows-repeated")
        self._column, self._cells = 0, []
        if (visibility := attributes.get("table:visibility")) in _HIDDEN:
            self.notes.hide_rows(self._row, self._row + self._repeat - 1)
            self.notes.filtered = self.notes.filtered or visibility == "filter"

    def add_cell(self, cell: _Cell) -> None:
        error = cell.error
        if text := error or cell.text:
            self._fill(cell, text, failed=error is not None)
        if "table:number-columns-spanned" in cell.attributes or "table:number-rows-spanned" in cell.attributes:
            self._merge(cell.attributes)
        self._column += cell.columns

    def end_row(self) -> None:
        following = self._row + self._repeat
        if self._cells:
            self._rows.extend((row, self._cells) for row in range(self._row, following))
        self._row = following

    def grid(self) -> Grid:
        return Grid(self._name, parts_of_sparse_rows(self._rows), self.notes.facts(self._hidden))

    def _fill(self, cell: _Cell, text: str, *, failed: bool) -> None:
        last_row, last_column = self._row + self._repeat - 1, self._column + cell.columns - 1
        if last_row >= MOST_ROWS:
            raise Refused("bestand_beschadigd")
        self.notes.fill(self._row, last_column, cell.columns)
        if self._repeat > 1:
            self.notes.fill(last_row, last_column, cell.columns * (self._repeat - 1))
        kept = range(self._column, min(last_column + 1, MOST_COLUMNS))
        if kept:
            self._cells.extend([None] * (kept[0] - len(self._cells)))
            self._cells.extend([text] * len(kept))
        rows = range(self._row, last_row + 1)
        if failed:
            self.notes.marks.extend(Mark(row, column, text) for row, column in product(rows, kept))
        elif width := cell.padding:
            for row, column in product(rows, kept):
                self.notes.padding.add(row, column, width)

    def _merge(self, attributes: Mapping[str, str]) -> None:
        rows = _count(attributes, "table:number-rows-spanned")
        columns = _count(attributes, "table:number-columns-spanned")
        if rows * columns > 1:
            corner = (self._row + rows - 1, self._column + columns - 1)
            self.notes.merged.append(Block(self._row, self._column, *corner))


class _Content:
    """Takes the events of the XML."""

    def __init__(self) -> None:
        self.grids: list[Grid] = []
        self._names: dict[str, str] = {}
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._table: _Table | None = None
        self._cell: _Cell | None = None
        self._in_paragraph = 0
        self._skipped = 0
        self._starts: dict[str, Callable[[Mapping[str, str]], None]] = {
            "style:style": self._begin_style, "style:table-properties": self._style_properties,
            "table:table": self._begin_table, "table:table-column": self._column, "table:table-row": self._begin_row,
            "table:table-cell": self._begin_cell, "table:covered-table-cell": self._begin_cell,
            "text:p": self._begin_paragraph, "text:s": self._spaces, "text:tab": lambda _: self._add("\t"),
            "text:line-break": lambda _: self._add("\n"),
        }  # fmt: skip
        self._ends: dict[str, Callable[[], None]] = {
            "table:table": self._end_table, "table:table-row": self._end_row, "table:table-cell": self._end_cell,
            "table:covered-table-cell": self._end_cell, "text:p": self._end_paragraph,
        }  # fmt: skip

    def start(self, name: str, attributes: dict[str, str]) -> None:
        names = self._names
        name = names.get(name) or self._short(name)
        if self._skipped or (self._cell and (name in _SKIPPED or name.startswith(_DRAWING))):
            self._skipped += 1
        elif name in self._starts:
            self._starts[name]({names.get(key) or self._short(key): value for key, value in attributes.items()})

    def end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif take := self._ends.get(self._names.get(name, "")):
            take()

    def characters(self, text: str) -> None:
        if self._in_paragraph and not self._skipped:
            self._add(text)

    def _short(self, name: str) -> str:
        """A name with its usual prefix, whatever prefix the file uses."""
        space, _, local = name.rpartition(" ")
        short = self._names[name] = f"{_PREFIXES.get(space, '')}:{local}"
        return short

    def _begin_style(self, attributes: Mapping[str, str]) -> None:
        self._style = attributes.get("style:name", "")

    def _style_properties(self, attributes: Mapping[str, str]) -> None:
        if attributes.get("table:display") == "false":
            self._hidden_styles.add(self._style)

    def _begin_table(self, attributes: Mapping[str, str]) -> None:
        hidden = attributes.get("table:style-name") in self._hidden_styles
        self._table = _Table(attributes.get("table:name", ""), hidden)

    def _end_table(self) -> None:
        if self._table and not self._table.is_foreign:
            self.grids.append(self._table.grid())
        self._table = None

    def _column(self, attributes: Mapping[str, str]) -> None:
        if self._table:
            self._table.add_columns(attributes)

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        if self._table:
            self._table.begin_row(attributes)

    def _end_row(self) -> None:
        if self._table:
            self._table.end_row()

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        self._cell = _Cell(attributes)

    def _end_cell(self) -> None:
        if self._table and self._cell:
            self._table.add_cell(self._cell)
        self._cell, self._in_paragraph = None, 0

    def _begin_paragraph(self, _: Mapping[str, str]) -> None:
        if self._cell:
            self._in_paragraph += 1
            if self._cell.paragraphs:
                self._add("\n")
            self._cell.paragraphs += 1

    def _end_paragraph(self) -> None:
        self._in_paragraph = max(0, self._in_paragraph - 1)

    def _spaces(self, attributes: Mapping[str, str]) -> None:
        self._add(" " * min(_count(attributes, "text:c"), _MOST_SPACES))

    def _add(self, text: str) -> None:
        if self._cell:
            self._cell.shown += text


def _count(attributes: Mapping[str, str], name: str) -> int:
    """How often, at least once."""
    value = attributes.get(name)
    return max(1, int(value)) if value else 1


def _number_text(value: str) -> str | None:
    try:
        return text_of(float(value))
    except ValueError:
        return value or None


def _time_text(duration: str) -> str | None:
    """A duration such as PT08H30M00S as 08:30:00."""
    found = _DURATION.fullmatch(duration)
    if not found or not any(found.groups()):
        return None
    sign, hours, minutes, seconds, _ = found.groups()
    return f"{sign}{int(hours or 0):02}:{int(minutes or 0):02}:{int(seconds or 0):02}"
