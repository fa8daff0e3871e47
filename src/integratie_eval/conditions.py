"""Own indicators of a municipality: their condition is one SQL expression over known columns, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from integratie_eval.definitions import Definitions, Indicator
from integratie_eval.errors import SettingsError
from integratie_eval.text import hint, listed

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_ID = re.compile(r"[a-z][a-z0-9_]*")
_COUNTS = ("regels", "personen", "som", "mediaan")
_OF_A_COLUMN = ("som", "mediaan")
_WHOLE_NUMBERS = ("INTEGER", "BIGINT", "HUGEINT")


_NODES = {
    "Subquery": "een vraag tussen haakjes", "Select": "een vraag", "Exists": "een vraag tussen haakjes",
    "Anonymous": "deze functie", "Star": "een ster", "Window": "OVER", "Count": "een telling", "Sum": "een som",
}  # fmt: skip
"""What people call the parts of SQL that a condition cannot have."""


def check_indicators(own: Sequence[Indicator], definitions: Definitions, file: str) -> None:
    """Refuse an own indicator that is no indicator. Raises SettingsError that names it and what is wrong."""
    known = {indicator.id for indicator in definitions.indicators}
    for indicator in own:
        for what, remedy in _problems(indicator, known | {other.id for other in own}, definitions):
            raise SettingsError(f"{file}, [[indicator]] {indicator.id}: {what}.", remedy)
        if indicator.id in known:
            raise SettingsError(f"{file}, [[indicator]] {indicator.id}: deze naam bestaat al.", "Kies een andere id.")
        known.add(indicator.id)


def _problems(indicator: Indicator, ids: set[str], definitions: Definitions) -> list[tuple[str, str]]:
    if not _ID.fullmatch(indicator.id):
        return [("de id mag alleen kleine letters, cijfers en _ hebben", "Kies bijvoorbeeld mijn_cijfer.")]
    if indicator.view not in definitions.views:
        return [(f"de bron {indicator.view} bestaat niet", f"Mogelijk zijn: {listed(definitions.views)}.")]
    columns = definitions.views[indicator.view].columns
    if indicator.dimension in ("cohort", "clientnummer", "uitkeringnummer"):
        return [(f"{indicator.dimension} kan geen dimensie zijn", "Kies een kolom met een klein aantal waarden.")]
    if indicator.dimension and indicator.dimension not in columns:
        return [_unknown_column(indicator.dimension, columns)]
    if indicator.per_cohort and "cohort" not in columns:
        return [("deze bron heeft geen groepen", "Voeg per_cohort = false toe.")]
    if indicator.base and indicator.base not in ids:
        return [(f"de noemer {indicator.base} bestaat niet", "Noem de id van een ander cijfer.")]
    return (
        _count_problems(indicator, columns)
        or _needs(indicator, definitions)
        or condition_problems(indicator.condition, columns)
    )


def _count_problems(indicator: Indicator, columns: Sequence[str]) -> list[tuple[str, str]]:
    if indicator.counts not in _COUNTS:
        return [(f"{indicator.counts} kan niet worden geteld", f"Mogelijk zijn: {listed(_COUNTS)}.")]
    if indicator.counts == "personen" and "clientnummer" not in columns:
        return [("in deze bron staan geen personen", 'Gebruik telt = "regels".')]
    if indicator.counts in _OF_A_COLUMN and indicator.column not in columns:
        return [(f"in deze bron staat geen kolom {indicator.column}", "Noem bij kolom een kolom met getallen.")]
    if indicator.counts == "mediaan" and indicator.base:
        return [("een mediaan is geen deel van iets", "Laat noemer weg.")]
    return []


def _needs(indicator: Indicator, definitions: Definitions) -> list[tuple[str, str]]:
    for need in (name for either in indicator.needs for name in either.split("|")):
        table, _, column = need.partition(".")
        if table not in definitions.tables or (column and column not in definitions.tables[table].columns):
            return [(f"{need} bij nodig bestaat niet", "Schrijf een tabel of tabel.kolom, zoals clienten.taalmaatje.")]
    return []


def condition_problems(condition: str, columns: Sequence[str]) -> list[tuple[str, str]]:
    """What is wrong with a condition (problem, remedy); empty when it is one expression over these columns."""
    import sqlglot
    from sqlglot import expressions as exp

    if "--" in condition or "/*" in condition:
        return [("in de voorwaarde mag geen commentaar staan", "Zet de uitleg bij definitie.")]
    try:
        parsed = sqlglot.parse(condition, dialect="duckdb")
    except sqlglot.errors.SqlglotError:
        return [("de voorwaarde is geen geldige SQL", "Controleer haakjes en aanhalingstekens.")]
    if len(parsed) != 1 or parsed[0] is None:
        return [("de voorwaarde is niet één voorwaarde", "Schrijf één voorwaarde, zonder puntkomma.")]
    allowed = (
        exp.Column, exp.Identifier, exp.Literal, exp.Boolean, exp.Null, exp.Paren, exp.Tuple, exp.And, exp.Or, exp.Not,
        exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.In, exp.Is, exp.Between, exp.Like, exp.ILike,
        exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Neg, exp.Case, exp.If, exp.Coalesce, exp.Cast, exp.DataType,
        exp.Lower, exp.Upper, exp.Trim, exp.Length, exp.Abs, exp.Year, exp.Month, exp.Extract, exp.Var, exp.Date,
    )  # fmt: skip
    for node in parsed[0].walk():
        if not isinstance(node, allowed):
            return [
                (
                    f"in de voorwaarde kan {_NODES.get(type(node).__name__, type(node).__name__)} niet",
                    "Gebruik kolommen, waarden en vergelijkingen.",
                )
            ]
        if isinstance(node, exp.Cast) and not isinstance(node.this, exp.Literal):
            return [("in de voorwaarde mag alleen een vaste waarde worden omgezet", "Laat CAST weg.")]
        if isinstance(node, exp.Column) and (node.table or node.name not in columns):
            return [_unknown_column(node.name, columns)]
    return []


def columns_in(condition: str) -> frozenset[str]:
    """The columns that a condition is about, in lower case. It must be one without problems."""
    import sqlglot
    from sqlglot import expressions as exp

    parsed = sqlglot.parse_one(condition, dialect="duckdb")
    return frozenset(column.name.lower() for column in parsed.find_all(exp.Column))


def check_conditions(connection: DuckDBPyConnection, own: Sequence[Indicator]) -> None:
    """Refuse a condition that is no yes or no. Raises SettingsError that names the indicator."""
    import duckdb

    for indicator in own:
        remedy = "Schrijf een vergelijking, zoals leerroute = 'B1'."
        try:
            found = connection.execute(f"DESCRIBE SELECT ({indicator.condition}) FROM {indicator.view}").fetchone()
            connection.execute(f"SELECT count(*) FILTER (WHERE {indicator.condition}) FROM {indicator.view}")
        except duckdb.Error:
            found = None
        if found is None or found[1] != "BOOLEAN":
            raise SettingsError(f"[[indicator]] {indicator.id}: de voorwaarde is geen ja of nee.", remedy)
        if indicator.counts in _OF_A_COLUMN:
            described = connection.execute(f"DESCRIBE SELECT {indicator.column} FROM {indicator.view}").fetchone()
            if described is None or described[1] not in _WHOLE_NUMBERS:
                what = f"in de kolom {indicator.column} staan geen hele getallen"
                raise SettingsError(f"[[indicator]] {indicator.id}: {what}.", "Noem bij kolom een kolom met aantallen.")


def _unknown_column(name: str, columns: Sequence[str]) -> tuple[str, str]:
    return f"de kolom {name} bestaat niet", hint(name, columns)
