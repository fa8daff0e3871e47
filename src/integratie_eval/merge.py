"""The rows of all deliveries → one row per thing: the newest delivery that names it wins, column by column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from integratie_eval.definitions import Definitions, Table

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_END = {"clienten": "eind_uitkering", "trajecten": "eind", "plaatsingen": "eind"}
_NEWEST = "peildatum DESC, _nr DESC, _rij DESC"


def merge_deliveries(
    connection: DuckDBPyConnection,
    definitions: Definitions,
    columns_of: Mapping[str, Mapping[int, frozenset[str]]],
) -> None:
    """Create the merged tables. `columns_of`: table → sheet number → the columns that the sheet delivers.

    A row without an end that the newest delivery of its table no longer holds ended somewhere after it was last seen:
    `verdwenen` is true, and its end is unknown.
    """
    for name, table in definitions.tables.items():
        sheets = columns_of.get(name)
        if sheets is None:
            connection.execute(f"CREATE TABLE {name} AS {_nothing(table)}")
        elif name == "vestigingen":
            connection.execute(f"CREATE TABLE {name} AS {_settlements()}")
        elif _is_merged_already(connection, table, sheets):
            gone = ", FALSE AS verdwenen" if name in _END else ""
            columns = f"{', '.join(table.columns)}, _nr, _rij, _bestand, _blad"
            connection.execute(
                f"CREATE VIEW {name} AS SELECT {columns}{gone} FROM {name}_geleverd WHERE _terzijde IS NULL"
            )
        else:
            connection.execute(f"CREATE TABLE {name} AS {_newest(table, sheets)}")


def _is_merged_already(connection: DuckDBPyConnection, table: Table, sheets: Mapping[int, frozenset[str]]) -> bool:
    """One delivery in which everything, and everyone, stands once: the usual case of a large export."""
    if len(sheets) > 1 or "peildatum" in next(iter(sheets.values())):
        return False
    key = "clientnummer" if table.name == "clienten" else ", ".join(table.key)
    found = connection.execute(
        f"SELECT count(*) - (SELECT count(*) FROM (SELECT DISTINCT {key} FROM {table.name}_geleverd "
        f"WHERE _terzijde IS NULL)) FROM {table.name}_geleverd WHERE _terzijde IS NULL"
    ).fetchone()
    return found == (0,)


def _nothing(table: Table) -> str:
    fields = [f"NULL::{column.sql_type} AS {column.name}" for column in table.columns.values()]
    if table.name == "vestigingen":
        fields = ["NULL::INTEGER AS jaar", "NULL::BIGINT AS aantal"]
    if table.name in _END:
        fields.append("NULL::BOOLEAN AS verdwenen")
    return f"SELECT {', '.join(fields)} WHERE FALSE"


def _newest(table: Table, sheets: Mapping[int, frozenset[str]]) -> str:
    several = len(sheets) > 1 or any("peildatum" in columns for columns in sheets.values())
    fields = ", ".join(_column(column, table, sheets) for column in table.columns)
    gone = ""
    if table.name in _END:
        gone = f", {_END[table.name]} IS NULL AND peildatum < (SELECT max(peildatum) FROM rijen) AS verdwenen"
    rows = f"SELECT * FROM {table.name}_geleverd WHERE _terzijde IS NULL"
    if table.name == "clienten" and several:
        rows = _benefit_history(rows)
    return (
        f"WITH rijen AS ({rows}), geordend AS (SELECT {fields}, _nr, _rij, _bestand, _blad, "
        f"row_number() OVER (PARTITION BY {', '.join(table.key)} ORDER BY {_NEWEST}) AS _rang FROM rijen) "
        f"SELECT {', '.join(table.columns)}, _nr, _rij, _bestand, _blad{gone} FROM geordend WHERE _rang = 1"
    )


def _column(column: str, table: Table, sheets: Mapping[int, frozenset[str]]) -> str:
    """The newest value, of the deliveries that hold the column at all; facts of a person hold for all rows."""
    having = [number for number, columns in sheets.items() if column in columns]
    everywhere = len(having) == len(sheets)
    per_person = table.name == "clienten" and table.columns[column].per_person
    if column in table.key or column == "peildatum" or not having or (everywhere and not per_person):
        return column
    if per_person:
        group, newest = "clientnummer", "peildatum DESC, begin_uitkering DESC, _nr DESC, _rij DESC"
    else:
        group, newest = ", ".join(table.key), _NEWEST
    first = "" if everywhere else f"CASE WHEN _nr IN ({', '.join(map(str, having))}) THEN 0 ELSE 1 END, "
    return f"first_value({column}) OVER (PARTITION BY {group} ORDER BY {first}{newest}) AS {column}"


def _benefit_history(rows: str) -> str:
    """Of one uitkering an older delivery only adds periods that were over before the periods of the newest begin.

    Other periods of older deliveries are earlier versions of what the newest tells: a begin that was corrected.
    """
    benefit = "PARTITION BY clientnummer, uitkeringnummer"
    return f"""
        SELECT * EXCLUDE (_nieuwste, _laatst, _begin) FROM (
            SELECT *, min(CASE WHEN peildatum = _nieuwste THEN begin_uitkering END) OVER ({benefit}) AS _begin FROM (
                SELECT *, max(peildatum) OVER ({benefit}) AS _nieuwste,
                    max(peildatum) OVER ({benefit}, begin_uitkering) AS _laatst
                FROM ({rows})))
        WHERE _laatst = _nieuwste OR coalesce(eind_uitkering, _laatst) <= _begin"""


def _settlements() -> str:
    """People settled per year: the newest delivery that tells of a year (or, per person, of a day) wins."""
    newest = "dense_rank() OVER (PARTITION BY {} ORDER BY peildatum DESC, _nr DESC) = 1"
    rows = "vestigingen_geleverd WHERE _terzijde IS NULL AND"
    counted = f"SELECT jaar, aantal FROM {rows} jaar IS NOT NULL AND aantal IS NOT NULL QUALIFY {newest.format('jaar')}"
    persons = (
        f"SELECT year(datum_vestiging)::INTEGER AS jaar, 1 AS aantal FROM {rows} datum_vestiging IS NOT NULL "
        f"QUALIFY {newest.format('datum_vestiging')}"
    )
    return (
        f"SELECT jaar, sum(aantal)::BIGINT AS aantal FROM ({counted} UNION ALL {persons}) GROUP BY jaar ORDER BY jaar"
    )
