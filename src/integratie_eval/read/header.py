"""Which table a sheet holds, where its header row stands and which column is which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from integratie_eval.definitions import Definitions, Partner, Table
from integratie_eval.settings import Settings
from integratie_eval.text import closest, fold, listed

SEARCHED_ROWS = 100
NEAR_ROWS = 12  # nearly every header stands here
_NAME_BONUS = 2  # a sheet name that says the table weighs as much as two recognised columns

_LONGEST_HEADING = 120
_FURTHER_ROWS = 3  # how far below a complete header a better one is looked for

Row = Sequence[str | None]


@dataclass(frozen=True)
class Header:
    """A recognised sheet."""

    table: Table
    row: int
    """Index of the header row among the rows given."""
    columns: Mapping[str, int]
    """Canonical column → index of the column."""
    partner: Mapping[str, int]
    """Canonical column of a partner on the same row → index."""
    bsn: tuple[int, ...]
    """Columns that hold a BSN and are the only key: replaced by a pseudonym before anything reads them."""
    passed_over: tuple[int, ...]
    """Columns whose heading also means a column that another heading already gives."""
    unread: tuple[str, ...]


@dataclass(frozen=True)
class NoHeader:
    """Why a sheet was not recognised: the table that it looks like most, and what is missing for it."""

    table: Table | None
    missing: tuple[str, ...]
    headings: tuple[str, ...]
    """Headings of the best row; empty when that row may hold data of persons."""
    resembles: bool = False
    """The sheet is clearly meant as that table: its name says so, or most of what the table needs is there."""

    def sentence(self) -> str:
        """What is missing, in Dutch, with the headings that look like it."""
        if self.table is None or not self.headings:
            return "geen rij met bekende kolomkoppen gevonden"
        parts = []
        for name in self.missing:
            guess = closest(name.replace("_", " "), self.headings)
            parts.append(f"{name} (lijkt op: {guess[0]!r})" if guess else name)
        verb = "ontbreken de kolommen" if len(self.missing) > 1 else "ontbreekt de kolom"
        found = ", ".join(self.headings[:40])
        return f"voor de tabel {self.table.name} {verb} {listed(parts)}. Gevonden koppen: {found}"


def recognise(
    rows: Sequence[Row], sheet: str | None, file: str, definitions: Definitions, settings: Settings
) -> Header | NoHeader:
    """Find the table and header row of a sheet from its first rows."""
    named = _tables_named(sheet, file, definitions)
    forced = settings.sheets.get(fold(sheet or file))
    tables = [definitions.tables[forced]] if forced else list(definitions.tables.values())
    best: tuple[int, Header] | None = None
    near: _Near | None = None
    for index, row in enumerate(rows[:SEARCHED_ROWS]):
        if best and index > best[1].row + _FURTHER_ROWS:
            break
        folded = [fold(cell) if cell and len(cell) <= _LONGEST_HEADING else "" for cell in row]
        for table in tables:
            columns, passed_over = _match(folded, table, settings.columns.get(table.name, {}))
            if not columns:
                continue
            missing = _missing(table, columns)
            score = len(columns) + (_NAME_BONUS if table.name in named else 0)
            if not missing and (best is None or score > best[0]):
                best = score, _header(index, row, folded, table, columns, passed_over, definitions.partner)
            elif missing and len(columns) > 1 and (near is None or score > near.score):
                near = _Near(score, index, table, missing, len(columns))
    if best and not (near and _means_more(near, best, named)):
        return best[1]
    if near is None:
        return NoHeader(None, (), ())
    known = {alias for table in tables for alias in table.meanings}
    headings = _presentable(rows[near.row], known)
    return NoHeader(
        near.table, near.missing, headings, near.table.name in named or near.columns > len(near.missing) + 2
    )


@dataclass(frozen=True)
class _Near:
    """A row that would be a header, if the columns that the table needs were all there."""

    score: int
    row: int
    table: Table
    missing: tuple[str, ...]
    columns: int


def _means_more(near: _Near, best: tuple[int, Header], named: set[str]) -> bool:
    """The sheet is clearly meant as the incomplete table, not as the complete one that it also happens to be."""
    columns = len(best[1].columns)
    if near.table.name in named and best[1].table.name not in named:
        return near.columns >= columns
    return near.columns > columns and best[1].table.name not in named


def _presentable(row: Row, known: set[str]) -> tuple[str, ...]:
    """The headings that may be shown. A row with digits may hold data of a person: then only known headings."""
    cells = [" ".join(cell.split()) for cell in row if cell and cell.strip()]
    if any(char.isdigit() for cell in cells for char in cell):
        cells = [cell for cell in cells if fold(cell) in known]
    return tuple(cells)


def _tables_named(sheet: str | None, file: str, definitions: Definitions) -> set[str]:
    text = fold(sheet) if sheet else fold(file)
    return {table.name for table in definitions.tables.values() if any(name in text for name in table.sheet_names)}


def _match(folded: Sequence[str], table: Table, own: Mapping[str, str]) -> tuple[dict[str, int], list[int]]:
    """Canonical column → index; of two headings for one column the municipality's own, then the usual one, wins."""
    chosen: dict[str, tuple[int, int]] = {}
    passed_over = []
    for index, heading in enumerate(folded):
        if not heading:
            continue
        meaning = (own[heading], -1) if heading in own else table.meanings.get(heading)
        if meaning is None:
            continue
        column, rank = meaning
        if column not in chosen:
            chosen[column] = rank, index
        elif rank < chosen[column][0]:
            passed_over.append(chosen[column][1])
            chosen[column] = rank, index
        else:
            passed_over.append(index)
    return {column: index for column, (_, index) in chosen.items()}, passed_over


def _missing(table: Table, columns: Mapping[str, int]) -> tuple[str, ...]:
    missing = tuple(name for name in table.required if name not in columns)
    if table.one_of and not any(all(name in columns for name in group) for group in table.one_of):
        missing += table.one_of[0]
    return missing


def _header(
    index: int,
    row: Row,
    folded: Sequence[str],
    table: Table,
    columns: dict[str, int],
    passed_over: list[int],
    marks: Partner,
) -> Header:
    taken = {*columns.values(), *passed_over}
    partner = _partner_columns(folded, taken, table, marks) if table.name == "clienten" else {}
    taken |= set(partner.values())
    keys = [found["clientnummer"] for found in (columns, partner) if "clientnummer" in found]
    bsn = tuple(key for key in keys if _is_bsn(folded[key], table, marks))
    unread = tuple(" ".join(cell.split()) for i, cell in enumerate(row) if cell and cell.strip() and i not in taken)
    return Header(table, index, columns, partner, bsn, tuple(passed_over), unread)


def _is_bsn(heading: str, table: Table, marks: Partner) -> bool:
    """A heading that says BSN, also one that the settings call a clientnummer."""
    known = table.columns["clientnummer"].bsn_aliases
    return any(word in heading for word in ("bsn", "burgerservice", "sofin")) or any(
        bare in known for bare in [heading, *_without_mark(heading, marks)]
    )


def _without_mark(heading: str, marks: Partner) -> list[str]:
    """A heading without the word that says that it is about the partner."""
    prefixes, suffixes = map(fold, marks.prefixes), map(fold, marks.suffixes)
    bare = [heading.removeprefix(mark) for mark in prefixes if heading.startswith(mark)]
    return bare + [heading.removesuffix(mark) for mark in suffixes if heading.endswith(mark)]


def _partner_columns(folded: Sequence[str], taken: set[int], table: Table, marks: Partner) -> dict[str, int]:
    """Columns such as 'Clientnummer partner'. Without a partner's clientnummer there is no partner."""
    found: dict[str, int] = {}
    for index, heading in enumerate(folded):
        if index in taken or not heading:
            continue
        bare = _without_mark(heading, marks)
        for column in table.columns.values():
            if column.name not in found and any(name in (*column.aliases, *column.bsn_aliases) for name in bare):
                found[column.name] = index
    return found if "clientnummer" in found else {}
