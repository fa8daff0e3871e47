"""Recognised sheets → typed tables in DuckDB: every row keeps its file, sheet and row number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from integratie_eval.definitions import Column, Definitions, Table
from integratie_eval.read.grid import Block, Grid
from integratie_eval.read.header import Header
from integratie_eval.read.lookups import ISO_DAY, different_texts, joins, lookup, remarks, value
from integratie_eval.read.places import column_letters, sheet_name
from integratie_eval.read.providers import Spellings
from integratie_eval.read.rows import headings_of_key, key_of, line, set_aside
from integratie_eval.read.values import month_first, of_uncertain_order
from integratie_eval.refusals import refuse
from integratie_eval.settings import Settings
from integratie_eval.text import fold

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["ISO_DAY", "Sheet", "load_table"]

_SHARED = ("uitkeringnummer", "begin_uitkering", "eind_uitkering", "reden_einde", "peildatum")
"""What a partner on the same row has in common with the person of that row."""


@dataclass(frozen=True)
class Sheet:
    """A recognised sheet, whose cells stand in `ruw` as block `block`, row 1 at rowid `begin`."""

    number: int
    block: int
    begin: int
    file: str
    name: str | None
    grid: Grid
    header: Header
    reference: date | None
    named_day: date | None
    """The day that the name of the sheet or file points at."""

    def merged_down(self) -> tuple[Block, ...]:
        """Merged cells below the header that span several rows, in columns that are read."""
        used = {*self.header.columns.values(), *self.header.partner.values()}
        return tuple(
            block
            for block in self.grid.facts.merged
            if block.first_column in used and self.header.row < block.first_row < block.last_row < self.grid.height
        )

    def key_columns(self) -> frozenset[int]:
        """The columns that hold numbers of persons or benefits."""
        given = [*self.header.columns.items(), *self.header.partner.items()]
        return frozenset(index for name, index in given if self.header.table.columns[name].kind == "sleutel")

    def delivers(self, column: str) -> bool:
        """The sheet holds this column, of the person or of the partner."""
        return column in self.header.columns or column in self.header.partner


def load_table(
    connection: DuckDBPyConnection,
    table: Table,
    sheets: Sequence[Sheet],
    definitions: Definitions,
    settings: Settings,
    spellings: Spellings,
) -> None:
    """Create `<table>_geleverd`: the typed rows of all deliveries; no row of data gets a reason in `_terzijde`."""
    declared = settings.columns.get(table.name, {})
    kind = _collect_texts(connection, table, sheets, declared)
    delivered = [column for column in table.columns.values() if any(sheet.delivers(column.name) for sheet in sheets)]
    texts = different_texts(connection, delivered)
    days = [column for column in delivered if column.kind == "datum"]
    _refuse_month_first(connection, sheets, {column.name: month_first(texts[column.name]) for column in days})
    lookups = {c.name: lookup(c, texts[c.name], definitions, settings, spellings) for c in delivered}
    joined, parameters = joins(lookups)
    values = {name: value(found) for name, found in lookups.items()}
    reference = f"coalesce({values['peildatum']}, l.peildatum)" if "peildatum" in values else "l.peildatum"
    fields = [
        f"{values.get(column.name, f'NULL::{column.sql_type}')} AS {column.name}"
        for column in table.columns.values()
        if column.name != "peildatum"
    ]
    partners = has_partners(sheets)
    remarked = remarks(lookups, _SHARED if partners else None)
    headings = headings_of_key(table, lookups, declared)
    connection.execute(
        f"CREATE TABLE {table.name}_geleverd AS SELECT g._nr, g._rij, l.bestand AS _bestand, l.blad AS _blad, "
        f"{reference} AS peildatum, {', '.join(fields)}, {remarked} AS _meldingen, "
        f"{'g._kopie, ' if partners else ''}{set_aside(table, list(lookups), headings)} AS _terzijde "
        f"FROM gelezen g JOIN leveringen l ON l.nr = g._nr {joined} WHERE g._regel IS DISTINCT FROM ''",
        parameters,
    )
    for column in days:
        uncertain = of_uncertain_order(texts[column.name])
        if uncertain:
            _note_uncertain_order(connection, table, column, uncertain, "NOT _kopie" if partners else "TRUE")
    connection.execute(f"DROP {kind} gelezen")
    _refuse_other_headings(connection, table, sheets)
    if partners:
        _give_partners_their_reason(connection, sheets)


def _refuse_other_headings(connection: DuckDBPyConnection, table: Table, sheets: Sequence[Sheet]) -> None:
    """Headings that come again must be the same: the rows under others would be read under the wrong columns."""
    again = connection.execute(
        f"SELECT DISTINCT _nr, _rij FROM {table.name}_geleverd WHERE _terzijde = 'herhaalde kop' ORDER BY _nr, _rij"
    ).fetchall()
    by_number = {sheet.number: sheet for sheet in sheets}
    for number, row in again:
        sheet = by_number[number]
        cells = ", ".join(f"c{index}" for index in (*sheet.header.columns.values(), *sheet.header.partner.values()))
        first, other = connection.execute(
            f"SELECT {cells} FROM ruw WHERE rowid IN ($1, $2) ORDER BY rowid",
            [sheet.begin + sheet.header.row, sheet.begin + row - 1],
        ).fetchall()
        if any(new and fold(new) != fold(old or "") for old, new in zip(first, other, strict=True)):
            raise refuse("koppen_wisselen", waar=sheet_name(sheet.file, sheet.name), rij=row)


def _give_partners_their_reason(connection: DuckDBPyConnection, sheets: Sequence[Sheet]) -> None:
    """A partner without a reason of his or her own did not find the work that the person of the row found: 97."""
    shared = [sheet.number for sheet in sheets if sheet.header.partner and "reden_einde" not in sheet.header.partner]
    connection.execute(
        "UPDATE clienten_geleverd SET reden_einde = '97' "
        "WHERE _kopie AND reden_einde IN ('11', '13') AND list_contains($1, _nr)",
        [shared],
    )


def has_partners(sheets: Iterable[Sheet]) -> bool:
    """Some rows hold a partner too: `<table>_geleverd` then tells in `_kopie` which rows are made of those."""
    return any(sheet.header.partner for sheet in sheets)


def _refuse_month_first(
    connection: DuckDBPyConnection, sheets: Sequence[Sheet], wrong: Mapping[str, Sequence[str]]
) -> None:
    """Where the month stands in front in one date, it may do so in all, and most would be read as another day."""
    for column, texts in wrong.items():
        if not texts:
            continue
        number, row = connection.execute(
            f"SELECT _nr, _rij FROM gelezen WHERE list_contains($1, {column}) ORDER BY _nr, _rij LIMIT 1", [list(texts)]
        ).fetchall()[0]
        (sheet,) = (sheet for sheet in sheets if sheet.number == number)
        index = sheet.header.columns.get(column, sheet.header.partner.get(column, 0))
        raise refuse("datum_volgorde", waar=sheet_name(sheet.file, sheet.name), cel=f"{column_letters(index)}{row}")


def _note_uncertain_order(
    connection: DuckDBPyConnection, table: Table, column: Column, texts: Sequence[str], own: str
) -> None:
    """A remark at the first such date of every sheet. `own`: SQL that is true for rows of the sheet itself."""
    connection.execute(
        f"UPDATE {table.name}_geleverd SET _meldingen = concat_ws(' ', _meldingen, $1) WHERE {own} AND (_nr, _rij) IN "
        f"(SELECT (_nr, min(_rij)) FROM gelezen WHERE list_contains($2, {column.name}) GROUP BY _nr)",
        [f"datum_volgorde_onzeker:{column.name}", list(texts)],
    )


def _collect_texts(
    connection: DuckDBPyConnection, table: Table, sheets: Sequence[Sheet], declared: Mapping[str, str]
) -> str:
    """The cells of the known columns of all sheets as `gelezen`, still as text: a table, or a view of one sheet."""
    layouts: dict[tuple[object, ...], list[Sheet]] = {}
    for sheet in sheets:
        header = sheet.header
        layout = (sheet.grid.width, tuple(header.columns.items()), tuple(header.partner.items()))
        layouts.setdefault(layout, []).append(sheet)
    selects = [select for alike in layouts.values() for select in _selects(table, alike, declared)]
    kind = "VIEW" if len(selects) == len(sheets) == 1 else "TABLE"
    connection.execute(f"CREATE TEMP {kind} gelezen AS {' UNION ALL '.join(selects)}")
    return kind


def _selects(table: Table, alike: Sequence[Sheet], declared: Mapping[str, str]) -> list[str]:
    """The rows of sheets with the same columns in the same places; partners on the same row once more."""
    header = alike[0].header
    own = {name: f"c{index}" for name, index in header.columns.items()}
    regel = line(table, own, alike[0].grid.width, headings_of_key(table, own, declared))
    row = f"{regel} AS _regel, {own[key_of(table, own)]} AS _sleutel"
    selects = [_select(table, alike, own, f"{row}, FALSE AS _kopie", "")]
    if header.partner:
        partner = {name: own[name] for name in _SHARED if name in own}
        partner |= {name: f"c{index}" for name, index in header.partner.items()}
        partner |= {"rol": "'partner'"}
        named = f"AND nullif(trim({partner['clientnummer']}), '') IS NOT NULL"
        selects.append(_select(table, alike, partner, f"{row}, TRUE AS _kopie", named))
    return selects


def _select(table: Table, alike: Sequence[Sheet], columns: Mapping[str, str], row: str, condition: str) -> str:
    fields = ", ".join(f"{columns.get(name, 'NULL::VARCHAR')} AS {name}" for name in table.columns)
    if len(alike) == 1:  # a large export: its block of rows needs no join
        sheet = alike[0]
        return (
            f"SELECT {sheet.number} AS _nr, rowid - {sheet.begin} + 1 AS _rij, {row}, {fields} "
            f"FROM ruw WHERE _blad = {sheet.block} AND rowid > {sheet.begin + sheet.header.row} {condition}"
        )
    blocks = ", ".join(f"({sheet.block}, {sheet.number}, {sheet.begin}, {sheet.header.row})" for sheet in alike)
    return (
        f"SELECT s.nr AS _nr, ruw.rowid - s.begin + 1 AS _rij, {row}, {fields} "
        f"FROM ruw JOIN (VALUES {blocks}) AS s(blok, nr, begin, kop) ON s.blok = ruw._blad "
        f"WHERE ruw._blad BETWEEN {min(s.block for s in alike)} AND {max(s.block for s in alike)} "
        f"AND ruw.rowid > s.begin + s.kop {condition}"
    )
