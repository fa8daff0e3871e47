"""A first look at exports, before there are settings: which columns are recognised, and which headings are doubtful."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from integratie_eval.database import open_database
from integratie_eval.definitions import Definitions, Table, load_definitions
from integratie_eval.errors import Refused
from integratie_eval.read.grid import Grid, Row
from integratie_eval.read.header import SEARCHED_ROWS, Header, NoHeader, Recogniser, as_told
from integratie_eval.read.isolation import Limits, Opening
from integratie_eval.read.sources import find_files, names_of
from integratie_eval.read.store import first_rows, store_cells
from integratie_eval.refusals import refuse
from integratie_eval.settings import Settings
from integratie_eval.text import closest, fold

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_NEEDED = "clienten"
"""The table without which nothing can be told."""
_FEWEST_HEADINGS = 3


@dataclass(frozen=True)
class Doubt:
    """A heading that no definition knows, and the column that it may mean."""

    table: str
    heading: str
    column: str
    required: bool


@dataclass(frozen=True)
class Lack:
    """A column that a table cannot do without, and that no heading looks like."""

    table: str
    column: str

    def doubt(self, heading: str) -> Doubt:
        """The user says which heading it is."""
        return Doubt(self.table, heading, self.column, required=True)


@dataclass(frozen=True)
class SheetLook:
    """One sheet: its table, and how many cells are filled in every recognised column; or why it has no table."""

    file: str
    sheet: str | None
    table: str | None
    rows: int
    filled: Mapping[str, int]
    problem: str = ""
    headings: tuple[str, ...] = ()
    """Its headings that no definition knows; of a sheet that is not recognised, what are probably its headings."""


@dataclass(frozen=True)
class FirstLook:
    """What the exports look like."""

    files: tuple[Path, ...]
    sheets: tuple[SheetLook, ...]
    doubts: tuple[Doubt, ...]
    lacks: tuple[Lack, ...]
    first_cells: frozenset[str] = field(repr=False)
    """The (folded) texts among which the headings are that no definition knows."""

    def has_heading(self, text: str) -> bool:
        """A sheet has this text where headings stand."""
        return fold(text) in self.first_cells


def look_at(paths: Sequence[str]) -> FirstLook:
    """Open the exports and recognise what can be recognised. Raises InputError when a file cannot be opened."""
    definitions, settings = load_definitions(), Settings()
    recogniser = Recogniser(definitions, settings)
    files = find_files(paths)
    with Opening(files, Limits(settings.memory_mb * 2**20, settings.seconds)) as opening:
        opened = opening.results()
    grids: list[tuple[str, Path, Grid]] = []
    for name, file in zip(names_of(files), opened, strict=True):
        if isinstance(file, Refused):
            raise refuse(file.refusal, **{"bestand": name, **file.where})
        grids += [(name, file.path, grid) for grid in file.grids if grid.width]
    with open_database(0) as connection:
        begins = store_cells(connection, [grid for _, _, grid in grids])
        first = first_rows(connection, begins, SEARCHED_ROWS)
        sheets: list[SheetLook] = []
        doubts: dict[tuple[str, str], Doubt] = {}
        lacks: dict[Lack, None] = {}
        known: set[str] = set()
        for number, (name, path, grid) in enumerate(grids):
            header, found = _recognise(first[number], grid.sheet, path.stem, recogniser, definitions)
            sheets.append(_sheet(connection, name, grid, begins[number], header, first[number]))
            for doubt in found:
                doubts.setdefault((doubt.table, fold(doubt.heading)), doubt)
            lacks |= dict.fromkeys(_lacks(header))
            known |= {fold(heading) for heading in _known(header, first[number])}
    if not any(sheet.table == _NEEDED for sheet in sheets) and not any(lack.table == _NEEDED for lack in lacks):
        lacks |= dict.fromkeys(_all_lacks(sheets, definitions.tables[_NEEDED]))
    texts = {cell for rows in first.values() for row in rows for cell in row if cell}
    cells = frozenset(fold(text) for text in texts if not any(map(str.isdigit, text)))
    cells -= known - {heading for _, heading in doubts}
    return FirstLook(files, tuple(sheets), tuple(doubts.values()), tuple(lacks), cells)


def settings_text(look: FirstLook, accepted: Sequence[Doubt]) -> str:
    """integratie.toml: what was accepted, the other guesses as comment, and the usual settings to fill in."""
    return "\n".join(_lines(look, accepted)) + "\n"


def _recognise(
    rows: Sequence[Row], sheet: str | None, file: str, recogniser: Recogniser, definitions: Definitions
) -> tuple[Header | NoHeader, list[Doubt]]:
    """The header of a sheet and its doubts; where it lacks columns, as if the guesses for those are right."""
    header = recogniser.recognise(rows, sheet, file)
    if isinstance(header, Header) or header.table is None:
        return header, list(_doubts(header, definitions))
    table = header.table.name
    guesses = [Doubt(table, heading, name, True) for name, heading in header.alike.items()]
    declared = {table: {fold(guess.heading): guess.column for guess in guesses}}
    complete = Recogniser(definitions, Settings(columns=declared)).recognise(rows, sheet, file)
    return complete, [*guesses, *_doubts(complete, definitions)]


def _sheet(
    connection: DuckDBPyConnection, file: str, grid: Grid, begin: int, header: Header | NoHeader, rows: Sequence[Row]
) -> SheetLook:
    if isinstance(header, NoHeader):
        problem = header.sentence() if header.table and header.resembles else ""
        return SheetLook(file, grid.sheet, None, grid.height, {}, problem, probable_headings(rows))
    counts = ", ".join(f"count(nullif(trim(c{index}), ''))" for index in header.columns.values())
    found = connection.execute(
        f"SELECT {counts} FROM ruw WHERE rowid > $1 AND rowid < $2", [begin + header.row, begin + grid.height]
    ).fetchall()[0]
    filled = dict(zip(header.columns, found, strict=True))
    rest = grid.height - header.row - 1
    return SheetLook(file, grid.sheet, header.table.name, rest, filled, headings=header.unread)


def probable_headings(rows: Sequence[Row]) -> tuple[str, ...]:
    """The cells of the first row that can hardly be anything but headings; nothing when a row may be of a person.

    Headings are words without digits, all different, found nowhere below; every filled column has one, and in every row
    under them there are digits.
    """
    filled = [{index: cell for index, cell in enumerate(row) if cell and cell.strip()} for row in rows]
    for number, cells in enumerate(filled):
        if _are_headings(cells, [below for below in filled[number + 1 :] if below]):
            return tuple(as_told(text) for text in cells.values())
    return ()


def _are_headings(cells: Mapping[int, str], below: Sequence[Mapping[int, str]]) -> bool:
    texts = {fold(text) for text in cells.values()}
    if len(texts) < max(len(cells), _FEWEST_HEADINGS) or _has_digit(cells) or not below:
        return False
    return all(_has_digit(row) and row.keys() <= cells.keys() for row in below) and texts.isdisjoint(
        fold(text) for row in below for text in row.values()
    )


def _has_digit(cells: Mapping[int, str]) -> bool:
    return any(map(str.isdigit, "".join(cells.values())))


def _doubts(header: Header | NoHeader, definitions: Definitions) -> Iterator[Doubt]:
    """Headings that look like a column that was not recognised. Cells of a sheet without a header are no headings."""
    if isinstance(header, NoHeader):
        return
    table = definitions.tables[header.table.name]
    open_columns = [name for name in table.columns if name not in header.columns]
    for heading in header.unread:
        if guess := _guess(heading, table, open_columns):
            open_columns.remove(guess)
            yield Doubt(table.name, heading, guess, table.columns[guess].required)


def _lacks(header: Header | NoHeader) -> Iterator[Lack]:
    """What a sheet that is clearly meant as a table lacks for it."""
    if isinstance(header, NoHeader) and header.table and header.resembles:
        yield from (Lack(header.table.name, column) for column in header.missing)


def _all_lacks(sheets: Sequence[SheetLook], table: Table) -> Iterator[Lack]:
    """Of a table that no sheet holds: what it needs, when the headings of a sheet may stand for that."""
    if headings := next((sheet.headings for sheet in sheets if sheet.table is None and sheet.headings), ()):
        meant = _meant(headings, table)
        yield from (Lack(table.name, column) for column in table.required if column not in meant)


def _meant(headings: Iterable[str], table: Table) -> set[str]:
    """The columns of a table that these headings mean."""
    return {table.meanings[fold(heading)][0] for heading in headings if fold(heading) in table.meanings}


def _known(header: Header | NoHeader, rows: Sequence[Row]) -> Iterator[str]:
    """The headings that a definition knows, or that a guess stands for."""
    if isinstance(header, NoHeader):
        yield from header.known
    else:
        yield from (rows[header.row][index] or "" for index in header.columns.values())


def _guess(heading: str, table: Table, columns: Sequence[str]) -> str | None:
    aliases = {alias: name for name in columns for alias in table.columns[name].aliases}
    best = closest(heading, aliases)
    return aliases[best[0]] if best else None


def _lines(look: FirstLook, accepted: Sequence[Doubt]) -> Iterator[str]:
    yield "# Instellingen van integratie-eval. Alles is vrijwillig; een # aan het begin zet een regel uit."
    yield ""
    yield "[gemeente]"
    yield '# naam = "Naam van de gemeente"'
    yield ""
    yield "[periode]"
    yield "# van = 2017-06-01            # eerste dag; anders vanaf het kwartaal van de eerste export"
    yield "# tot = 2019-12-31            # laatste dag; anders tot de laatste peildatum"
    yield ""
    yield "[cohort]"
    yield "# grens = 2013-01-01          # vestiging op of na deze dag: statushouder"
    doubts = dict.fromkeys([*look.doubts, *accepted])
    known = {(doubt.table, doubt.column) for doubt in accepted}
    lacks = [lack for lack in look.lacks if (lack.table, lack.column) not in known]
    for table in dict.fromkeys([*(doubt.table for doubt in doubts), *(lack.table for lack in lacks)]):
        yield ""
        yield "# Koppen in de export die het programma niet vanzelf herkent: kop = kolom."
        yield f"[kolommen.{table}]"
        for doubt in (doubt for doubt in doubts if doubt.table == table):
            pair = f'{json.dumps(doubt.heading, ensure_ascii=False)} = "{doubt.column}"'
            yield pair if doubt in accepted else f"# {pair}   # lijkt erop; haal # weg als het klopt"
        for lack in (lack for lack in lacks if lack.table == table):
            yield f'# "uw kop" = "{lack.column}"   # niet gevonden en nodig; vul de kop in en haal # weg'
        told = {doubt.column for doubt in doubts if doubt.table == table}
        yield from _not_found(look, table, told | {lack.column for lack in lacks if lack.table == table})


def _not_found(look: FirstLook, table: str, told: Set[str]) -> Iterator[str]:
    """The columns that a table can have too, and that no sheet has as far as we know."""
    known = load_definitions().tables[table]
    found = {column for sheet in look.sheets if sheet.table == table for column in sheet.filled}
    found |= _meant((heading for sheet in look.sheets if sheet.table is None for heading in sheet.headings), known)
    names = [name for name in known.columns if name not in found | told | {"peildatum"}]
    if names:
        yield "# Niet gevonden, en niet verplicht. Staat een van deze in de export? Vul de kop in en haal # weg."
        yield from (f'# "uw kop" = "{name}"' for name in names)
