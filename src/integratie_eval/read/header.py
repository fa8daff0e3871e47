"""Which table a sheet holds, where its header row stands and which column is which."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from integratie_eval.definitions import Definitions, Table
from integratie_eval.read.headings import Headings, Names, Row, foreign_to, names_of, under_groups, understand
from integratie_eval.settings import Settings
from integratie_eval.text import closest, fold, listed, visible

NO_DATA = "Op dit blad staan geen gegevens: het programma leest het niet."
"""The first cell of a sheet that explains a workbook (template.py): it is passed over without a remark."""
SEARCHED_ROWS = 100
NEAR_ROWS = 12  # nearly every header stands here
_NAME_BONUS = 2  # a sheet name that says the table weighs as much as two recognised columns
_FURTHER_ROWS = 3  # how far below a complete header a better one is looked for
_WHOLE_WORD = 5
"""A name of a table with so few letters must be a word of the sheet name: 'Werkblad1' does not say 'werk'."""


@dataclass(frozen=True)
class Header:
    """A recognised sheet."""

    table: Table
    row: int
    """Index of the (last) header row among the rows given."""
    headings: Headings
    unread: tuple[str, ...]
    """Headings that no definition knows."""

    @property
    def columns(self) -> Mapping[str, int]:
        """Canonical column → index of the column."""
        return self.headings.columns

    @property
    def partner(self) -> Mapping[str, int]:
        """Canonical column of a partner on the same row → index."""
        return self.headings.partner


@dataclass(frozen=True)
class NoHeader:
    """Why a sheet was not recognised: the table that it looks like most, and what is missing for it."""

    table: Table | None
    missing: tuple[str, ...]
    known: tuple[str, ...] = ()
    """The headings of the best row that a definition knows. Any other cell may hold something about a person."""
    others: int = 0
    """The other filled cells of that row."""
    alike: Mapping[str, str] = field(default_factory=dict)
    """Missing column → another heading that looks like it."""
    resembles: bool = False
    """The sheet is clearly meant as that table: its name says so, or most of what the table needs is there."""
    says_so: bool = False
    """It says itself that there are no data on it."""

    def sentence(self) -> str:
        """What is missing, in Dutch, with the headings that look like it."""
        if self.table is None:
            return "geen rij met bekende kolomkoppen gevonden"
        parts = [f"{name} (lijkt op: {self.alike[name]!r})" if name in self.alike else name for name in self.missing]
        verb = "ontbreken de kolommen" if len(self.missing) > 1 else "ontbreekt de kolom"
        more = [f"{self.others} andere {'kop' if self.others == 1 else 'koppen'}"] if self.others else []
        return f"voor de tabel {self.table.name} {verb} {listed(parts)}. Gevonden: {listed([*self.known, *more])}"


@dataclass(frozen=True)
class _Candidate:
    """A row that may be the header of a table."""

    table: Table
    row: int
    headings: Headings
    missing: tuple[str, ...]
    named: bool
    """The sheet is named after the table."""

    @property
    def score(self) -> int:
        return len(self.headings.columns) + (_NAME_BONUS if self.named else 0)


class Recogniser:
    """Recognises sheets. What a row of headings means is found out once, however many sheets have the same headings."""

    def __init__(self, definitions: Definitions, settings: Settings) -> None:
        self._definitions = definitions
        self._settings = settings
        self._declared = {name: settings.columns.get(name, {}) for name in definitions.tables}
        self._known = {name: {*table.meanings, *self._declared[name]} for name, table in definitions.tables.items()}
        self._understood: dict[tuple[str, tuple[Names, ...]], Headings] = {}

    def recognise(self, rows: Sequence[Row], sheet: str | None, file: str) -> Header | NoHeader:
        """Find the table and header row of a sheet from its first rows."""
        if rows and rows[0][:1] == (NO_DATA,):
            return NoHeader(None, (), says_so=True)
        best: _Candidate | None = None
        near: _Candidate | None = None
        tables = _possible_tables(sheet, file, self._definitions, self._settings)
        above: list[Names] = []
        for index, row in enumerate(rows[:SEARCHED_ROWS]):
            if best and index > best.row + _FURTHER_ROWS:
                break
            names = names_of(row)
            for found in self._candidates(index, names, above, tables):
                if not found.missing and (best is None or found.score > best.score):
                    best = found
                elif found.missing and len(found.headings.columns) > 1 and (near is None or found.score > near.score):
                    near = found
            above = names if any(names) else []
        if best and not (near and _means_more(near, best)):
            return Header(best.table, best.row, best.headings, _unread(rows[best.row], best.headings))
        return _no_header(near, rows) if near else NoHeader(None, ())

    def unused(self) -> Iterator[tuple[str, str]]:
        """The headings of the settings that no sheet has: the table, and the column that they should mean."""
        for table, declared in self._declared.items():
            seen = {name for known, row in self._understood if known == table for of_cell in row for name in of_cell}
            yield from ((table, column) for heading, column in declared.items() if heading not in seen)

    def _candidates(
        self, index: int, names: Sequence[Names], above: Sequence[Names], tables: Sequence[tuple[Table, bool]]
    ) -> Iterator[_Candidate]:
        """What a row may be for each table, by its own cells or with the groups in the row above."""
        possible = set(chain.from_iterable(under_groups(names, above) if above else names))
        for table, named in tables:
            if self._known[table.name].isdisjoint(possible):
                continue
            headings = self._headings(table, names, above)
            if headings.columns and (named or headings.typical):
                yield _Candidate(table, index, headings, _missing(table, headings.columns), named)

    def _headings(self, table: Table, names: Sequence[Names], above: Sequence[Names]) -> Headings:
        headings = self._understand(table, names)
        if not above:
            return headings
        return _better(
            headings, self._understand(table, under_groups(names, above, foreign_to(table, self._definitions)))
        )

    def _understand(self, table: Table, names: Sequence[Names]) -> Headings:
        key = table.name, tuple(names)
        if key not in self._understood:
            self._understood[key] = understand(names, table, self._declared[table.name], self._definitions.partner)
        return self._understood[key]


def _possible_tables(
    sheet: str | None, file: str, definitions: Definitions, settings: Settings
) -> list[tuple[Table, bool]]:
    """The tables that the sheet may hold, and whether its name says so. The settings leave only one."""
    if forced := settings.sheets.get(fold(sheet or file)):
        return [(definitions.tables[forced], True)]
    return [(table, _is_named(sheet or file, table)) for table in definitions.tables.values()]


def _is_named(name: str, table: Table) -> bool:
    whole, words = fold(name), {fold(word) for word in re.split(r"[\W\d_]+", name)}
    return any(title in words or (len(title) > _WHOLE_WORD and title in whole) for title in table.sheet_names)


def _better(one_line: Headings, two_lines: Headings) -> Headings:
    """The headings of two lines, where the upper line adds a column or keeps two equal headings apart."""

    def worth(headings: Headings) -> tuple[int, int, bool]:
        return len(headings.columns), len(headings.partner), headings.twice is None

    return max(one_line, two_lines, key=worth)


def _means_more(near: _Candidate, best: _Candidate) -> bool:
    """The sheet is clearly meant as the incomplete table, not as the complete one that it also happens to be."""
    columns, of_best = len(near.headings.columns), len(best.headings.columns)
    if near.named and not best.named:
        return columns >= of_best
    return columns > of_best and not best.named


def _missing(table: Table, columns: Mapping[str, int]) -> tuple[str, ...]:
    missing = tuple(name for name in table.required if name not in columns)
    if table.one_of and not any(all(name in columns for name in group) for group in table.one_of):
        missing += table.one_of[0]
    return missing


def _unread(row: Row, headings: Headings) -> tuple[str, ...]:
    cells = (row[index] for index in headings.unread)
    return tuple(as_told(cell) for cell in cells if cell and cell.strip())


def as_told(cell: str) -> str:
    """A heading as messages name it."""
    return " ".join(visible(cell).split())


def _no_header(near: _Candidate, rows: Sequence[Row]) -> NoHeader:
    """What to tell about the best row; of its cells only known headings and what looks like a missing one."""
    headings = near.headings
    row = {index: as_told(cell) for index, cell in enumerate(rows[near.row]) if cell and cell.strip()}
    used = {*headings.columns.values(), *headings.passed_over, *headings.partner.values()}
    rest = [text for index, text in row.items() if index not in used and not any(map(str.isdigit, text))]
    return NoHeader(
        near.table,
        near.missing,
        known=tuple(row[index] for index in sorted(used) if index in row),
        others=sum(index not in used for index in row),
        alike=_alike(near.missing, rest),
        resembles=near.named or len(headings.columns) > len(near.missing) + 2,
    )


def _alike(missing: Sequence[str], headings: Sequence[str]) -> dict[str, str]:
    """Missing column → the heading that looks most like it; no heading is given twice."""
    left, found = list(headings), dict[str, str]()
    for name in missing:
        for heading in closest(name.replace("_", " "), left):
            found[name] = heading
            left.remove(heading)
    return found
