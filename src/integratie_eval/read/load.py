"""Recognised sheets → typed tables in DuckDB: every row keeps its file, sheet and row number."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from integratie_eval.definitions import Column, Definitions, Table
from integratie_eval.read.grids import Grid
from integratie_eval.read.header import Header
from integratie_eval.read.providers import Spellings
from integratie_eval.read.values import READERS, Unreadable, code_reader, yes_no_reader
from integratie_eval.settings import Settings

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_UNREADABLE = {
    "datum": "datum_onleesbaar",
    "getal": "getal_onleesbaar",
    "geheel": "getal_onleesbaar",
    "code": "waarde_onbekend",
    "ja_nee": "waarde_onbekend",
}
_LONG = 16
# A day that needs no interpretation; anything else goes through read_date.
ISO_DAY = """CREATE OR REPLACE MACRO iso_dag(c) AS
    CASE WHEN length(c) IN (10, 19) AND c BETWEEN '1900-01-02' AND '2998-12-31 24'
         THEN TRY_CAST(left(c, 10) AS DATE) END"""
# 'Totaal', 'Totaal: 12', 'Eindtotaal 10', 'Subtotaal Q3'; not 'Totaal Welzijn', which is a name
_TOTAL = r"^\s*((eind|sub)totaal\b|totaal\s*(aantal\b|[:\d\x1f]|$)|totalen\s*([:\d\x1f]|$)|aantal records\b)"


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

    def delivers(self, column: str) -> bool:
        """The sheet holds this column, of the person or of the partner."""
        return column in self.header.columns or column in self.header.partner


@dataclass(frozen=True)
class Lookup:
    """How the texts of one column become values: text → value, and the texts with a remark about them."""

    column: Column
    values: Mapping[str, Any]
    remarks: Mapping[str, tuple[str, ...]]
    """Rule → the texts that break it."""

    @property
    def is_long(self) -> bool:
        """A table is joined faster than a list is searched."""
        return len(self.values) > _LONG


def load_table(
    connection: DuckDBPyConnection,
    table: Table,
    sheets: Sequence[Sheet],
    definitions: Definitions,
    settings: Settings,
    spellings: Spellings,
) -> None:
    """Create `<table>_geleverd`: the typed rows of all deliveries; no row of data gets a reason in `_terzijde`."""
    kind = _collect_texts(connection, table, sheets)
    delivered = {
        name: column for name, column in table.columns.items() if any(sheet.delivers(name) for sheet in sheets)
    }
    mappings = _mappings(connection, list(delivered.values()), definitions, settings, spellings)
    joins, parameters = _joins(mappings)
    columns = [column for column in table.columns.values() if column.name != "peildatum"]
    fields = [_field(column, mappings.get(column.name)) for column in columns]
    reference = "l.peildatum"
    if "peildatum" in mappings:
        reference = f"coalesce({_value(table.columns['peildatum'], mappings['peildatum'])}, l.peildatum)"
    connection.execute(
        f"CREATE TABLE {table.name}_geleverd AS SELECT g._nr, g._rij, l.bestand AS _bestand, l.blad AS _blad, "
        f"{reference} AS peildatum, {', '.join(fields)}, {_remarks(mappings)} AS _meldingen, "
        f"{_set_aside(table, delivered)} AS _terzijde "
        f"FROM gelezen g JOIN leveringen l ON l.nr = g._nr {joins} WHERE g._regel IS DISTINCT FROM ''",
        parameters,
    )
    connection.execute(f"DROP {kind} gelezen")


def _collect_texts(connection: DuckDBPyConnection, table: Table, sheets: Sequence[Sheet]) -> str:
    """The cells of the known columns of all sheets as `gelezen`, still as text: a table, or a view of one sheet."""
    layouts: dict[tuple[object, ...], list[Sheet]] = {}
    for sheet in sheets:
        header = sheet.header
        layout = (sheet.grid.width, tuple(header.columns.items()), tuple(header.partner.items()))
        layouts.setdefault(layout, []).append(sheet)
    selects = [select for alike in layouts.values() for select in _selects(table, alike)]
    kind = "VIEW" if len(selects) == len(sheets) == 1 else "TABLE"
    connection.execute(f"CREATE TEMP {kind} gelezen AS {' UNION ALL '.join(selects)}")
    return kind


def _selects(table: Table, alike: Sequence[Sheet]) -> list[str]:
    """The rows of sheets with the same columns in the same places; partners on the same row once more."""
    header = alike[0].header
    own = {name: f"c{index}" for name, index in header.columns.items()}
    selects = [_select(table, alike, own, "")]
    if header.partner:
        shared = ("uitkeringnummer", "begin_uitkering", "eind_uitkering", "reden_einde", "peildatum")
        partner = {name: own[name] for name in shared if name in own}
        partner |= {name: f"c{index}" for name, index in header.partner.items()}
        partner |= {"rol": "'partner'"}
        selects.append(_select(table, alike, partner, f"AND nullif(trim({partner['clientnummer']}), '') IS NOT NULL"))
    return selects


def _select(table: Table, alike: Sequence[Sheet], own: Mapping[str, str], condition: str) -> str:
    fields = ", ".join(f"{own.get(name, 'NULL::VARCHAR')} AS {name}" for name in table.columns)
    if len(alike) == 1:  # a large export: its block of rows needs no join
        sheet = alike[0]
        return (
            f"SELECT {sheet.number} AS _nr, rowid - {sheet.begin} + 1 AS _rij, "
            f"{_odd_row(table, sheet, own)} AS _regel, "
            f"{fields} FROM ruw WHERE _blad = {sheet.block} AND rowid > {sheet.begin + sheet.header.row} {condition}"
        )
    blocks = ", ".join(f"({sheet.block}, {sheet.number}, {sheet.begin}, {sheet.header.row})" for sheet in alike)
    return (
        f"SELECT s.nr AS _nr, ruw.rowid - s.begin + 1 AS _rij, {_odd_row(table, alike[0], own)} AS _regel, {fields} "
        f"FROM ruw JOIN (VALUES {blocks}) AS s(blok, nr, begin, kop) ON s.blok = ruw._blad "
        f"WHERE ruw._blad BETWEEN {min(s.block for s in alike)} AND {max(s.block for s in alike)} "
        f"AND ruw.rowid > s.begin + s.kop {condition}"
    )


def _odd_row(table: Table, sheet: Sheet, own: Mapping[str, str]) -> str:
    """The filled cells of a row that may be no row of data, with chr(31) between them; NULL for ordinary rows."""
    cells = ", ".join(f"c{index}" for index in range(sheet.grid.width))
    key = own[_key(table, own)]
    total = f"regexp_matches(coalesce({cells}), '{_TOTAL}|^ *$', 'i')"
    return (
        f"CASE WHEN trim({key}) <> '' AND {key} < 'A' AND NOT {total} THEN NULL "
        f"WHEN {key} IS NULL OR trim({key}) = '' OR {total} "
        f"OR {_folded(key)} IN ({_headings(table, own)}) OR contains({key}, ' ') "
        f"THEN left(trim(concat_ws(chr(31), {cells}), ' ' || chr(31)), 200) END"
    )


def _key(table: Table, columns: Iterable[str]) -> str:
    """The column that every row of data has."""
    return next(name for name in ("clientnummer", *table.required, *table.columns) if name in columns)


def _headings(table: Table, columns: Iterable[str]) -> str:
    return ", ".join(f"'{alias}'" for alias in table.columns[_key(table, columns)].aliases)


def _folded(text: str) -> str:
    return f"lower(regexp_replace(strip_accents({text}), '[^A-Za-z0-9]', '', 'g'))"


def _set_aside(table: Table, delivered: Collection[str]) -> str:
    """A row that is no row of data: a total, a footnote, a header that is repeated on every printed page.

    `_regel` holds the filled cells of such a row, with chr(31) between them.
    """
    columns = table.columns if "clientnummer" in table.columns else delivered
    return (
        "CASE WHEN g._regel IS NULL THEN NULL "
        f"WHEN regexp_matches(g._regel, '{_TOTAL}', 'i') THEN 'totaalregel' "
        f"WHEN {_folded('g.' + _key(table, columns))} IN ({_headings(table, columns)}) THEN 'herhaalde kop' "
        rf"WHEN NOT contains(g._regel, chr(31)) AND regexp_matches(g._regel, '^\D.* ') THEN 'voetnoot' END"
    )


def _mappings(
    connection: DuckDBPyConnection,
    columns: Sequence[Column],
    definitions: Definitions,
    settings: Settings,
    spellings: Spellings,
) -> dict[str, Lookup]:
    """Read every different text of every column once, and turn it into a value."""
    mapped = [column for column in columns if column.kind != "sleutel"]
    if not mapped:
        return {}
    different = " UNION ALL ".join(
        f"(SELECT DISTINCT '{c.name}', {c.name} FROM gelezen WHERE {c.name} IS NOT NULL{_unless_iso(c)})"
        for c in mapped
    )
    texts: dict[str, list[str]] = {column.name: [] for column in mapped}
    for name, text in connection.execute(different).fetchall():
        texts[name].append(text)
    return {c.name: _mapping(c, sorted(texts[c.name]), definitions, settings, spellings) for c in mapped}


def _unless_iso(column: Column) -> str:
    return f" AND iso_dag({column.name}) IS NULL" if column.kind == "datum" else ""


def _mapping(
    column: Column, texts: Sequence[str], definitions: Definitions, settings: Settings, spellings: Spellings
) -> Lookup:
    read = READERS.get(column.kind)
    if read is None:
        name = column.codes or "ja_nee"
        codes = {**definitions.codes[name], **settings.values.get(name, {})}
        read = yes_no_reader(codes) if column.kind == "ja_nee" else code_reader(codes)
    values: dict[str, Any] = {}
    unreadable = []
    for text in texts:
        try:
            value = read(text)
        except Unreadable:
            unreadable.append(text)
        else:
            if value is not None:
                values[text] = value
    remarks = {_UNREADABLE[column.kind]: tuple(unreadable)} if unreadable else {}
    if column.name == "aanbieder":
        values, extra = spellings.unify(values)
        remarks |= extra
    return Lookup(column, values, remarks)


def _joins(mappings: Mapping[str, Lookup]) -> tuple[str, dict[str, Any]]:
    """The texts and values of every column as two lists; long ones become a lookup table that is joined."""
    joins, parameters = [], {}
    for name, mapping in mappings.items():
        if mapping.values:
            parameters[f"k_{name}"] = list(mapping.values)
            parameters[f"v_{name}"] = list(mapping.values.values())
            if mapping.is_long:
                lookup = f"(SELECT unnest($k_{name}) AS tekst, unnest($v_{name}) AS waarde)"
                joins.append(f"LEFT JOIN {lookup} m_{name} ON m_{name}.tekst = g.{name}")
        for rule, texts in mapping.remarks.items():
            parameters[f"r_{name}_{rule}"] = list(texts)
    return " ".join(joins), parameters


def _field(column: Column, mapping: Lookup | None) -> str:
    if column.kind == "sleutel":
        return rf"nullif(regexp_replace(trim(g.{column.name}), '^''|\.0$', '', 'g'), '') AS {column.name}"
    value = f"NULL::{column.sql_type}" if mapping is None else _value(column, mapping)
    return f"{value} AS {column.name}"


def _value(column: Column, mapping: Lookup) -> str:
    name = column.name
    if not mapping.values:
        looked_up = f"NULL::{column.sql_type}"
    elif mapping.is_long:
        looked_up = f"m_{name}.waarde"
    else:
        looked_up = f"$v_{name}[list_position($k_{name}, g.{name})]"
    if column.kind == "datum":
        return f"coalesce(iso_dag(g.{column.name}), {looked_up})"
    return f"{looked_up}::{column.sql_type}"


def _remarks(mappings: Mapping[str, Lookup]) -> str:
    parts = [
        f"CASE WHEN list_contains($r_{name}_{rule}, g.{name}) THEN '{rule}:{name}' END"
        for name, mapping in mappings.items()
        for rule in mapping.remarks
    ]
    return f"nullif(concat_ws(' ', {', '.join(parts)}), '')" if parts else "NULL::VARCHAR"
