"""Deliveries that tell of the same people on the same day: once more the same, or a contradiction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from integratie_eval.definitions import Definitions, Table
from integratie_eval.model import Delivered, Finding, Place, SheetRead
from integratie_eval.refusals import refuse
from integratie_eval.settings import Settings

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_REPLACED = "vervangen door nieuwere levering"


@dataclass(frozen=True)
class _Pair:
    """Two sheets of one table that hold rows of the same peildatum."""

    first: SheetRead
    second: SheetRead
    day: date


def settle_overlap(
    connection: DuckDBPyConnection,
    delivered: Delivered,
    ages: Mapping[str, float],
    settings: Settings,
    definitions: Definitions,
) -> Iterator[Finding]:
    """Look at sheets of the same table and day. Raises InputError when they contradict each other.

    With --laatste the newest file counts (`ages`: file → time of its last change); the other is set aside.
    """
    for pair in _pairs(delivered.sheets):
        table = definitions.tables[pair.first.table]
        shared, different = _compare(connection, table, pair)
        if not shared:
            continue
        places = {"waar": _place(pair.first), "ander": _place(pair.second), "dag": f"{pair.day:%d-%m-%Y}"}
        if settings.latest_wins and (different or pair.first.file == pair.second.file):
            yield _replace_older(connection, table, pair, ages, definitions)
        elif pair.first.file == pair.second.file:
            raise refuse("blad_kiezen", **places)
        elif different:
            raise refuse("levering_botst", **places)
        else:
            again = Place(pair.second.file, pair.second.sheet)
            yield definitions.rules["levering_overlapt"].at(again, ander=pair.first.file)


def _pairs(sheets: Sequence[SheetRead]) -> Iterator[_Pair]:
    by_day: dict[tuple[str, date], list[SheetRead]] = {}
    for sheet in sheets:
        for day in sheet.references:
            by_day.setdefault((sheet.table, day), []).append(sheet)
    for (_, day), together in by_day.items():
        yield from (_Pair(first, second, day) for first, second in combinations(together, 2))


def _compare(connection: DuckDBPyConnection, table: Table, pair: _Pair) -> tuple[int, int]:
    """How many persons (or years, or meetings) both sheets hold, and how many of their rows are not the same.

    Only columns that both sheets deliver are compared: exports may each hold a part of the columns.
    """
    what = "clientnummer" if "clientnummer" in table.columns else ", ".join(table.key) or "jaar, datum_vestiging"
    columns = ", ".join(name for name in table.columns if name in pair.first.columns and name in pair.second.columns)

    def rows(sheet: SheetRead, fields: str) -> str:
        return (
            f"SELECT {fields} FROM {table.name}_geleverd WHERE _nr = {sheet.number} AND peildatum = $dag "
            "AND _terzijde IS NULL"
        )

    shared = f"({rows(pair.first, what)} INTERSECT {rows(pair.second, what)})"
    one, other = (
        f"SELECT {columns} FROM ({rows(sheet, '*')}) WHERE ({what}) IN (SELECT ({what}) FROM {shared})"
        for sheet in (pair.first, pair.second)
    )
    found = connection.execute(
        f"SELECT (SELECT count(*) FROM {shared}), (SELECT count(*) FROM ({one} EXCEPT {other})) "
        f"+ (SELECT count(*) FROM ({other} EXCEPT {one}))",
        {"dag": pair.day},
    ).fetchone()
    return (0, 0) if found is None else (found[0], found[1])


def _replace_older(
    connection: DuckDBPyConnection, table: Table, pair: _Pair, ages: Mapping[str, float], definitions: Definitions
) -> Finding:
    older = min(pair.first, pair.second, key=lambda sheet: (ages.get(sheet.file, 0.0), sheet.number))
    connection.execute(
        f"UPDATE {table.name}_geleverd SET _terzijde = $reden WHERE _nr = $nr AND peildatum = $dag "
        "AND _terzijde IS NULL",
        {"reden": _REPLACED, "nr": older.number, "dag": pair.day},
    )
    return definitions.rules["levering_vervangen"].at(Place(older.file, older.sheet))


def _place(sheet: SheetRead) -> str:
    return f"{sheet.file}, blad '{sheet.sheet}'" if sheet.sheet else sheet.file


def _compared(definitions: Definitions, sheet: SheetRead) -> list[str]:
    return [name for name in definitions.tables[sheet.table].columns if name != "peildatum"]


def check_columns(delivered: Delivered, settings: Settings, definitions: Definitions) -> Iterator[Finding]:
    """Columns that an earlier delivery holds and a later one does not. Raises InputError when one may be renamed."""
    known: dict[str, dict[str, str]] = {}
    newest = {sheet.table: sheet.reference for sheet in delivered.sheets}
    for sheet in delivered.sheets:
        columns = known.setdefault(sheet.table, {})
        gone = [name for name in columns if name not in sheet.columns and name in _compared(definitions, sheet)]
        if gone and sheet.unread and sheet.reference == newest[sheet.table] and not settings.go_on:
            raise refuse("kolom_verdwenen", waar=_place(sheet), kolommen=", ".join(gone), ander=columns[gone[0]])
        if gone:
            yield definitions.rules["kolom_verdwenen"].at(Place(sheet.file, sheet.sheet), kolommen=", ".join(gone))
        columns.update(dict.fromkeys(sheet.columns, sheet.file))
