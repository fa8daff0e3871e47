"""The rows of all deliveries → one row per thing: the newest delivery that names it wins, column by column."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from integratie_eval.definitions import Definitions, Table

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_END = {"clienten": "eind_uitkering", "trajecten": "eind", "plaatsingen": "eind"}
_SIZE = "aantal_deelnemers"
_NEWEST = "peildatum, _nr, _rij"
_NEWEST_OF_PERSON = "peildatum, begin_uitkering, _nr, _rij"


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
    else:
        fields += [
            "NULL::INTEGER AS _nr",
            "NULL::INTEGER AS _rij",
            "NULL::VARCHAR AS _bestand",
            "NULL::VARCHAR AS _blad",
        ]
    if table.name in _END:
        fields.append("NULL::BOOLEAN AS verdwenen")
    return f"SELECT {', '.join(fields)} WHERE FALSE"


def _newest(table: Table, sheets: Mapping[int, frozenset[str]]) -> str:
    """The newest row of every key; what is a fact of a person comes from the newest row of that person.

    Only what ranks the rows is grouped; the other columns are fetched for the rows that win.
    """
    partial = {name: having for name in table.columns if (having := _having(name, table, sheets))}
    of_person = {name for name, column in table.columns.items() if table.name == "clienten" and column.per_person}
    steps, key = _rows(table, partial), table.key
    if table.name == "bijeenkomsten":
        key = (*key, "_volgnummer")
    steps["winnaars"] = _winners(key, _NEWEST, {name: partial[name] for name in partial.keys() - of_person})
    source = f"winnaars r JOIN {table.name}_geleverd d ON d.rowid = r._id"
    if of_person:
        filled = {name: partial[name] for name in partial.keys() & of_person}
        steps["personen"] = _winners(("clientnummer",), _NEWEST_OF_PERSON, filled)
        source += f" JOIN personen q ON q.clientnummer = r.clientnummer JOIN {table.name}_geleverd p ON p.rowid = q._id"
    fields = []
    for name in table.columns:
        group, row = ("q", "p") if name in of_person else ("r", "d")
        fields.append(f"{group}._{name} AS {name}" if name in partial else f"{row}.{name}")
    fields += ["d._nr", "d._rij", "d._bestand", "d._blad"]
    if table.name in _END:
        dated = any("peildatum" in columns for columns in sheets.values())
        fields.append(f"{_vanished(table, dated=dated)} AS verdwenen")
    named = ", ".join(f"{name} AS ({step})" for name, step in steps.items())
    return f"WITH {named} SELECT {', '.join(fields)} FROM {source}"


def _rows(table: Table, partial: Collection[str]) -> dict[str, str]:
    """The steps that lead to the rows among which the newest is sought, in `rijen`."""
    names = {"clientnummer", *table.key, "peildatum", *partial, _SIZE, _END.get(table.name)}
    columns = ", ".join(name for name in table.columns if name in names)
    rows = f"SELECT rowid AS _id, {columns}, _nr, _rij FROM {table.name}_geleverd WHERE _terzijde IS NULL"
    if table.name == "clienten":
        return _benefit_history(rows)
    if table.name == "bijeenkomsten":  # two of one day in one delivery are two, unless they are equal
        place = f"dense_rank() OVER (PARTITION BY _nr, {', '.join(table.key)} ORDER BY {_SIZE})"
        rows = f"SELECT *, {place} AS _volgnummer FROM ({rows})"
    return {"rijen": rows}


def _winners(key: Sequence[str], newest: str, partial: Mapping[str, tuple[int, ...]]) -> str:
    """Of every key the newest row; of a column that some sheets lack, the newest value of those that have it."""
    filled = "".join(
        f", arg_max_null({name}, ROW(_nr IN ({', '.join(map(str, having))}), {newest})) AS _{name}"
        for name, having in partial.items()
    )
    return f"SELECT {', '.join(key)}, arg_max(_id, ROW({newest})) AS _id{filled} FROM rijen GROUP BY {', '.join(key)}"


def _vanished(table: Table, *, dated: bool) -> str:
    """A row without an end that the newest delivery of its table no longer holds. `dated`: rows have a peildatum.

    Who left, or vanished, is in no later delivery: that his or her job or traject is not there says nothing.
    """
    days = f"SELECT peildatum FROM leveringen WHERE tabel = '{table.name}'"
    newest = f"(SELECT max(peildatum) FROM ({days}{' UNION ALL SELECT peildatum FROM rijen' if dated else ''}))"
    gone = f"d.{_END[table.name]} IS NULL AND d.peildatum < {newest}"
    if table.name == "clienten":
        return gone
    left = "SELECT clientnummer FROM clienten GROUP BY clientnummer "
    left += "HAVING count(*) = count(CASE WHEN eind_uitkering IS NOT NULL OR verdwenen THEN 1 END)"
    return f"{gone} AND d.clientnummer NOT IN ({left})"


def _having(column: str, table: Table, sheets: Mapping[int, frozenset[str]]) -> tuple[int, ...]:
    """The sheets that deliver a column, when others do not; a column of all sheets needs no care."""
    having = tuple(number for number, columns in sheets.items() if column in columns)
    return () if column in table.key or column == "peildatum" or len(having) == len(sheets) else having


def _benefit_history(rows: str) -> dict[str, str]:
    """Of one uitkering an older delivery only adds periods that were over before the periods of the newest begin.

    Other periods of older deliveries are earlier versions of what the newest tells: a begin that was corrected.
    """
    benefit = "clientnummer, uitkeringnummer"
    return {
        "geleverd": rows,
        "perioden": f"SELECT {benefit}, begin_uitkering, max(peildatum) AS laatst FROM geleverd GROUP BY ALL",
        "nieuwste": f"SELECT {benefit}, max(laatst) AS laatst FROM perioden GROUP BY ALL",
        "uitkeringen": f"SELECT {benefit}, laatst, min(begin_uitkering) AS begin "
        f"FROM perioden JOIN nieuwste USING ({benefit}, laatst) GROUP BY ALL",
        "rijen": f"SELECT g.* FROM geleverd g JOIN perioden p USING ({benefit}, begin_uitkering) "
        f"JOIN uitkeringen u USING ({benefit}) "
        "WHERE p.laatst = u.laatst OR coalesce(g.eind_uitkering, p.laatst) <= u.begin",
    }


def _settlements() -> str:
    """People settled per year, by the newest delivery that tells of that year (or, per person, of that day)."""
    newest = "dense_rank() OVER (PARTITION BY {} ORDER BY peildatum DESC, _nr DESC) = 1"
    rows = "SELECT * FROM vestigingen_geleverd WHERE _terzijde IS NULL"
    counts = f"SELECT jaar, aantal, peildatum, _nr FROM ({rows}) WHERE jaar IS NOT NULL AND aantal IS NOT NULL"
    days = f"SELECT * FROM ({rows}) WHERE datum_vestiging IS NOT NULL AND jaar IS NULL"
    persons = (
        f"SELECT year(datum_vestiging)::INTEGER AS jaar, count(*) AS aantal, max(peildatum) AS peildatum, "
        f"max(_nr) AS _nr FROM (SELECT * FROM ({days}) QUALIFY {newest.format('datum_vestiging')}) GROUP BY 1"
    )
    return (
        f"SELECT jaar, sum(aantal)::BIGINT AS aantal FROM (SELECT * FROM ({counts} UNION ALL {persons}) "
        f"QUALIFY {newest.format('jaar')}) GROUP BY jaar ORDER BY jaar"
    )
