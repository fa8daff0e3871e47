"""Which records of a csv file are broken: by their number of fields, and by rows inside a quoted text.

A record has as many fields as the headings; a line with one filled field is a title, a footnote or a total.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

Record = list[str]

_HEADINGS = 3
"""Filled fields in a line of headings, at least; a title or footnote has fewer."""
_SHORT_IS_ORDINARY = 3
_ONE_IN = 10
_EXCEL_ROWS = 16
_LINE_END = re.compile(r"\r\n|\r|\n")


class BrokenRecord(Exception):  # noqa: N818  reads as the fact that it is
    """A record cannot be trusted: the id of the refusal, and its number from 0."""

    def __init__(self, refusal: str, number: int) -> None:
        super().__init__(refusal)
        self.refusal = refusal
        self.number = number


@dataclass(frozen=True)
class Shape:
    """How many fields a record has."""

    header: int = -1
    """The first record with fields as the others: above it are titles."""
    fewest: int = 0
    most: int = 0
    headings: int = 0
    """Fields beyond these have no heading, not even an empty one: they must be empty."""


def shape_of(records: Sequence[Record]) -> Shape:
    """The shape of a file that begins with these records."""
    counts = Counter(len(record) for record in records if _filled(record) > 1)
    if not counts:
        return Shape()
    common = max(counts, key=lambda width: (counts[width], width))
    index = next((i for i, record in enumerate(records) if _may_be_headings(record, common)), -1)
    if index < 0:
        return Shape(-1, common, common, common)
    headings = len(records[index])
    return Shape(index, max(_used(records[index]), min(headings, common)), max(headings, common), headings)


def _may_be_headings(record: Record, common: int) -> bool:
    filled = _filled(record)
    return filled >= min(_HEADINGS, common) and 2 * filled > _used(record) and 2 * len(record) > common


@dataclass
class Widths:
    """The number of fields of all records, looked at block by block."""

    shape: Shape
    delimiter: str
    records: int = 0
    ends_empty: bool = False
    """A record ends with an empty field: the writer does not leave them out."""
    holds_empty: bool = False
    """A record holds an empty field with a filled one after it."""
    short: list[tuple[int, int, int]] = field(default_factory=list)
    """Record, fields, filled fields: of records with too few fields."""
    last_whole: int = -1

    def look(self, block: Sequence[Record], lines: int) -> None:
        """Look at the next records, which took so many lines. Raises BrokenRecord."""
        shape, first = self.shape, self.records
        self.records += len(block)
        self.ends_empty = self.ends_empty or any(record and not record[-1] and any(record) for record in block)
        self.holds_empty = self.holds_empty or any("" in record and any(record) for record in block)
        if lines > len(block):
            self._look_for_swallowed_rows(block, first)
        if shape.headings == shape.most and set(map(len, block)) == {shape.most}:
            self.last_whole = self.records - 1
            return
        for start in range(0, len(block), _EXCEL_ROWS):
            self._look_closely(block[start : start + _EXCEL_ROWS], first + start)

    def refuse_short(self, *, cut_off: bool) -> None:
        """Refuse the first record with too few fields, unless the writer leaves out empty fields at the end.

        That shows when no record ends with an empty field although some hold one, and short records are ordinary.
        Excel leaves them out too, per 16 rows. `cut_off`: the file does not end with a line end.
        """
        broken = [
            record
            for record, _, filled in self.short
            if filled >= _HEADINGS or record < self.last_whole or (cut_off and record == self.records - 1)
        ]
        if broken and not self._leaves_out_empty_fields():
            raise BrokenRecord("csv_velden_te_weinig", broken[0])

    def _leaves_out_empty_fields(self) -> bool:
        short = len(self.short)
        ordinary = short >= _SHORT_IS_ORDINARY and _ONE_IN * short >= self.records
        return ordinary and self.holds_empty and not self.ends_empty and not self._are_halves()

    def _are_halves(self) -> bool:
        """All short records are halves of a record with a line end in it."""
        whole = self.shape.fewest + 1
        halves = {
            number
            for (one, width, _), (other, more, _) in zip(self.short, self.short[1:], strict=False)
            if other == one + 1 and width + more == whole
            for number in (one, other)
        }
        return len(halves) == len(self.short)

    def _look_closely(self, block: Sequence[Record], first: int) -> None:
        """`block`: the rows that Excel writes at a time, all with the same number of fields."""
        by_excel = len(block) > 1 and len(set(map(len, block))) == 1
        for number, record in enumerate(block, first):
            filled = _filled(record)
            if number <= self.shape.header or filled < 2:
                continue
            if len(record) > self.shape.most or any(record[self.shape.headings :]):
                raise BrokenRecord("csv_velden_te_veel", number)
            if len(record) >= self.shape.fewest:
                self.last_whole = number
            elif not by_excel:
                self.short.append((number, len(record), filled))

    def _look_for_swallowed_rows(self, block: Sequence[Record], first: int) -> None:
        for number, record in enumerate(block, first):
            if any(_swallowed(record, place, self.shape.most, self.delimiter) for place in _broken_over_lines(record)):
                raise BrokenRecord("csv_aanhalingsteken", number)


def _broken_over_lines(record: Record) -> Iterator[int]:
    return (place for place, cell in enumerate(record) if "\n" in cell or "\r" in cell)


def _swallowed(record: Record, place: int, width: int, delimiter: str) -> bool:
    """The cell holds the end of its own row, whole rows and the begin of another: a quote was not closed in time."""
    lines = _LINE_END.split(record[place])
    delimiters = [line.count(delimiter) for line in lines]
    delimiters[0] += place
    delimiters[-1] += len(record) - 1 - place
    certain = delimiters if len(lines) == 2 else delimiters[:-1]  # the last may have lost a quote of its own
    if width < _HEADINGS or any(count != width - 1 for count in certain):
        return False
    keys = [record[0] if place else lines[0].split(delimiter)[0], *(line.split(delimiter)[0] for line in lines[1:])]
    return len(set(map(_pattern, keys))) == 1


def _pattern(text: str) -> str:
    """The kinds of characters, such as 9-9-9 for a date."""
    return re.sub(r"[^\W\d]+", "a", re.sub(r"\d+", "9", text))


def _filled(record: Record) -> int:
    return sum(map(bool, map(str.strip, record)))


def _used(record: Record) -> int:
    """Fields up to the last filled one."""
    return next((place for place in range(len(record), 0, -1) if record[place - 1].strip()), 0)
