"""Recognised sheets → typed tables in DuckDB: every row keeps its file, sheet and row number."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from integratie_eval.definitions import Column, Definitions, Table
from integratie_eval.read.grids import Grid
from integratie_eval.read.header import Header
from integratie_eval.read.providers import Spellings
from integratie_eval.read.values import READERS, Unreadable, code_reader, yes_no_reader
from integratie_eval.settings import Settings

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_CSV_CHUNK = 10_000
_UNREADABLE = {
    "datum": "datum_onleesbaar",
    "getal": "getal_onleesbaar",
    "geheel": "getal_onleesbaar",
    "code": "waarde_onbekend",
    "ja_nee": "waarde_onbekend",
}
# A day that needs no interpretation; anything else goes through read_date.
_ISO_DAY = """CREATE OR REPLACE MACRO iso_dag(c) AS CASE
    WHEN length(c) = 10 OR c LIKE '____-__-__ __:__:__' THEN
        CASE WHEN TRY_CAST(left(c, 10) AS DATE) BETWEEN DATE '1900-01-02' AND DATE '2998-12-31'
             THEN TRY_CAST(left(c, 10) AS DATE) END
    END"""
_TOTAL = r"^\s*((eind|sub)?totaal|totalen|aantal records)"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A recognised sheet that stands in the database as text."""

    number: int
    raw: str
    file: str
    name: str | None
    grid: Grid
    header: Header
    reference: date | None


@dataclass(frozen=True, slots=True)
class Lookup:
    """How the texts of one column become values: text → value, and the texts with a remark about them."""

    column: Column
    values: Mapping[str, Any]
    remarks: Mapping[str, tuple[str, ...]]
    """Rule → the texts that break it."""


def store_cells(connection: DuckDBPyConnection, raw: str, grid: Grid) -> None:
    """Put the cells of a grid into the database as text, in order, so that rowid 0 is row 1 of the sheet."""
    names = [f"c{index}" for index in range(grid.width)]
    if isinstance(grid.cells, list):
        connection.execute(f"CREATE TABLE {raw} ({', '.join(f'{name} VARCHAR' for name in names)})")
        for start in range(0, len(grid.cells), _CSV_CHUNK):
            rows = grid.cells[start : start + _CSV_CHUNK]
            columns = [[cell or None for cell in column] for column in zip_longest(*rows)]
            columns += [[None] * len(rows)] * (grid.width - len(columns))
            fields = ", ".join(f"unnest(${number})" for number in range(1, grid.width + 1))
            connection.execute(f"INSERT INTO {raw} SELECT {fields}", columns)
        return
    connection.register("blad_arrow", grid.cells)
    connection.execute(f"CREATE TABLE {raw} AS SELECT * FROM blad_arrow AS t({', '.join(names)})")
    connection.unregister("blad_arrow")


def first_rows(connection: DuckDBPyConnection, raw: str, count: int) -> list[tuple[str | None, ...]]:
    """The first rows of a stored sheet."""
    return connection.execute(f"SELECT * FROM {raw} LIMIT {count}").fetchall()


def load_table(
    connection: DuckDBPyConnection,
    table: Table,
    sheets: Sequence[Sheet],
    definitions: Definitions,
    settings: Settings,
    spellings: Spellings,
) -> None:
    """Create `<table>_geleverd`: the typed rows of all deliveries; no row of data gets a reason in `_terzijde`."""
    connection.execute(_ISO_DAY)
    _collect_texts(connection, table, sheets)
    delivered = {name: column for name, column in table.columns.items() if any(_has(sheet, name) for sheet in sheets)}
    mappings = _mappings(connection, list(delivered.values()), definitions, settings, spellings)
    joins, parameters = _joins(mappings)
    columns = [column for column in table.columns.values() if column.name != "peildatum"]
    fields = [_field(column, mappings.get(column.name)) for column in columns]
    reference = "l.peildatum"
    if "peildatum" in mappings:
        reference = f"coalesce({_value(table.columns['peildatum'], mappings['peildatum'])}, l.peildatum)"
    connection.execute(
        f"CREATE TABLE {table.name}_geleverd AS SELECT g._nr, g._rij, l.bestand AS _bestand, l.blad AS _blad, "
        f"{reference} AS peildatum, {', '.join(fields)}, {_remarks(mappings)} AS _meldingen, {_set_aside(table, delivered)} AS _terzijde "
        f"FROM gelezen g JOIN leveringen l ON l.nr = g._nr {joins} WHERE g._regel IS DISTINCT FROM ''",
        parameters,
    )
    connection.execute("".join(f"DROP TABLE {sheet.raw};" for sheet in sheets))


def _collect_texts(connection: DuckDBPyConnection, table: Table, sheets: Sequence[Sheet]) -> None:
    """The cells of the known columns of all sheets as `gelezen`, still as text."""
    selects = []
    for sheet in sheets:
        own = {name: f"c{index}" for name, index in sheet.header.columns.items()}
        selects.append(_select(table, sheet, own, ""))
        if sheet.header.partner:
            selects.append(_partner(table, sheet, own))
    if len(selects) == 1:
        connection.execute(f"CREATE OR REPLACE TEMP VIEW gelezen AS {selects[0]}")
        return
    columns = ", ".join(f"{name} VARCHAR" for name in table.columns)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE gelezen_tekst (_nr INTEGER, _rij BIGINT, _regel VARCHAR, {columns})"
    )
    for select in selects:
        connection.execute(f"INSERT INTO gelezen_tekst {select}")
    connection.execute("CREATE OR REPLACE TEMP VIEW gelezen AS FROM gelezen_tekst")


def _partner(table: Table, sheet: Sheet, own: Mapping[str, str]) -> str:
    """The partners who stand on the row of someone else: persons of their own, in the same uitkering."""
    shared = ("uitkeringnummer", "begin_uitkering", "eind_uitkering", "reden_einde", "peildatum")
    partner = {name: own[name] for name in shared if name in own}
    partner |= {name: f"c{index}" for name, index in sheet.header.partner.items()}
    partner |= {"rol": "'partner'"}
    return _select(table, sheet, partner, f"AND nullif(trim({partner['clientnummer']}), '') IS NOT NULL")


def _has(sheet: Sheet, column: str) -> bool:
    return column in sheet.header.columns or column in sheet.header.partner


def _select(table: Table, sheet: Sheet, own: Mapping[str, str], condition: str) -> str:
    fields = ", ".join(f"{own.get(name, 'NULL::VARCHAR')} AS {name}" for name in table.columns)
    return (
        f"SELECT {sheet.number} AS _nr, rowid + 1 AS _rij, {_odd_row(table, sheet, own)} AS _regel, {fields} "
        f"FROM {sheet.raw} WHERE rowid > {sheet.header.row} {condition}"
    )


def _odd_row(table: Table, sheet: Sheet, own: Mapping[str, str]) -> str:
    """The filled cells of a row that may be no row of data, with chr(31) between them; NULL for ordinary rows."""
    cells = ", ".join(f"c{index}" for index in range(sheet.grid.width))
    key = own[_key(table, own)]
    return (
        f"CASE WHEN {key} IS NULL OR trim({key}) = '' OR regexp_matches(coalesce({cells}), '{_TOTAL}|^ *$', 'i') "
        f"OR {_folded(key)} IN ({_headings(table, own)}) "
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
    different = ", ".join(
        f"list(DISTINCT {c.name}) FILTER (WHERE {c.name} IS NOT NULL{_unless_iso(c)})" for c in mapped
    )
    found = connection.execute(f"SELECT {different} FROM gelezen").fetchone() or ()
    return {
        column.name: _mapping(column, sorted(texts or ()), definitions, settings, spellings)
        for column, texts in zip(mapped, found, strict=True)
    }


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
    """One small lookup table per column, handed over as two lists."""
    joins, parameters = [], {}
    for name, mapping in mappings.items():
        if mapping.values:
            parameters[f"k_{name}"] = list(mapping.values)
            parameters[f"v_{name}"] = list(mapping.values.values())
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
    looked_up = f"m_{column.name}.waarde" if mapping.values else f"NULL::{column.sql_type}"
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
