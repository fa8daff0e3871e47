"""Every different text of a column is read once, in Python; the rows then look their values up, in SQL."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from integratie_eval.definitions import Column, Definitions
from integratie_eval.read.keys import MARK, PARTNER, plain_key, read_key
from integratie_eval.read.providers import Spellings
from integratie_eval.read.values import (
    READERS,
    Ambiguous,
    Unreadable,
    cell_error,
    code_reader,
    mark_roles,
    read_number,
    read_whole,
    yes_no_reader,
)
from integratie_eval.settings import Settings

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_UNREADABLE = {
    "sleutel": "nummer_afgerond",
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
_PLAIN: Mapping[str, Callable[[str], str]] = {"datum": "iso_dag({})".format, "sleutel": plain_key}
"""Kind → SQL, from the cell: the value of a text that needs no interpretation, or NULL."""


@dataclass(frozen=True)
class Lookup:
    """How the texts of one column become values: text → value, and text → the rule that it breaks."""

    column: Column
    values: Mapping[str, Any]
    remarks: Mapping[str, str]

    @property
    def texts(self) -> list[str]:
        """All texts that are looked up."""
        return list(dict.fromkeys([*self.values, *self.remarks]))

    @property
    def is_long(self) -> bool:
        """A table is joined faster than a list is searched."""
        return len(self.values) + len(self.remarks) > _LONG


def different_texts(connection: DuckDBPyConnection, columns: Sequence[Column]) -> dict[str, list[str]]:
    """Column → its different texts in `gelezen`, but for those that need no interpretation."""
    texts: dict[str, list[str]] = {column.name: [] for column in columns}
    if not columns:
        return texts
    names = ", ".join(f"'{column.name}'" for column in columns)
    cells = ", ".join(_unless_plain(column) for column in columns)
    found = connection.execute(  # one pass over the rows, however many columns
        f"SELECT DISTINCT * FROM (SELECT unnest([{names}]) AS kolom, unnest([{cells}]) AS tekst FROM gelezen) AS t "
        "WHERE tekst IS NOT NULL"
    )
    for name, text in found.fetchall():
        texts[name].append(text)
    return {name: sorted(of_column) for name, of_column in texts.items()}


def lookup(
    column: Column, texts: Sequence[str], definitions: Definitions, settings: Settings, spellings: Spellings
) -> Lookup:
    """Read the texts of a column."""
    read = _reader(column, texts, definitions, settings)
    values: dict[str, Any] = {}
    remarks: dict[str, str] = {}
    for text in texts:
        value, rule = _value_and_rule(text, column, read)
        if value is not None:
            values[text] = value
        if rule:
            remarks[text] = rule
    if column.name == "aanbieder":
        values, extra = spellings.unify(values)
        remarks |= {text: rule for rule, of_rule in extra.items() for text in of_rule}
    return Lookup(column, values, remarks)


def _value_and_rule(text: str, column: Column, read: Callable[[str], Any]) -> tuple[Any, str | None]:
    if rule := cell_error(text):
        return None, rule
    if column.kind == "sleutel" and MARK in text:
        key, _, rule = text.partition(MARK)
        return (key or None, rule) if rule else (None, None)
    try:
        return read(text), None
    except Ambiguous:
        return None, "getal_dubbelzinnig"
    except Unreadable:
        return None, _UNREADABLE[column.kind]


def _reader(column: Column, texts: Sequence[str], definitions: Definitions, settings: Settings) -> Callable[[str], Any]:
    """How a text of this column is read; numbers as the other numbers of the column are written."""
    match column.kind:
        case "sleutel":
            return read_key
        case "getal":
            return partial(read_number, roles=mark_roles(texts))
        case "geheel":
            return partial(read_whole, roles=mark_roles(texts))
        case "datum" | "tekst":
            return READERS[column.kind]
    name = column.codes or "ja_nee"
    codes = {**definitions.codes[name], **settings.values.get(name, {})}
    return yes_no_reader(codes) if column.kind == "ja_nee" else code_reader(codes)


# --- the same in SQL: `g` is a row of `gelezen`, `m_<column>` a lookup table that is joined


def joins(lookups: Mapping[str, Lookup]) -> tuple[str, dict[str, Any]]:
    """The texts, values and remarks of every column as lists; long ones become a lookup table that is joined."""
    joined, parameters = [], dict[str, Any]()
    for name, found in lookups.items():
        texts = found.texts
        parts: dict[str, list[Any]] = {"k": list(texts)} if texts else {}
        if found.values:
            parts["v"] = [found.values.get(text) for text in texts]
        if found.remarks:
            parts["r"] = [found.remarks.get(text) for text in texts]
        parameters |= {f"{part}_{name}": listed for part, listed in parts.items()}
        if found.is_long:
            fields = ", ".join(f"unnest(${part}_{name}) AS {part}" for part in parts)
            joined.append(f"LEFT JOIN (SELECT {fields}) m_{name} ON m_{name}.k = g.{name}")
    return " ".join(joined), parameters


def value(found: Lookup) -> str:
    """SQL for the value of a column."""
    column = found.column
    looked_up = f"{_looked_up(found, 'v')}::{column.sql_type}" if found.values else f"NULL::{column.sql_type}"
    plain = _PLAIN.get(column.kind)
    return f"coalesce({plain(f'g.{column.name}')}, {looked_up})" if plain else looked_up


def remarks(lookups: Mapping[str, Lookup], shared: Sequence[str] | None) -> str:
    """SQL for the remarks about a row: 'rule:column rule:column', or NULL.

    `shared`: what a partner on the same row shares with that row, and is no remark twice; None without partners.
    """
    parts = []
    for name, found in lookups.items():
        if found.remarks:
            rule = _looked_up(found, "r")
            remark = f"{rule} || ':{name}'"
            if shared is not None:
                of_copy = "NULL" if name in shared else f"{rule} || ':{PARTNER}{name}'"
                remark = f"CASE WHEN g._kopie THEN {of_copy} ELSE {remark} END"
            parts.append(remark)
    return f"nullif(concat_ws(' ', {', '.join(parts)}), '')" if parts else "NULL::VARCHAR"


def _looked_up(found: Lookup, part: str) -> str:
    name = found.column.name
    return f"m_{name}.{part}" if found.is_long else f"${part}_{name}[list_position($k_{name}, g.{name})]"


def _unless_plain(column: Column) -> str:
    """SQL for a cell of this column, or NULL when it needs no interpretation."""
    plain = _PLAIN.get(column.kind)
    return f"CASE WHEN ({plain(column.name)}) IS NULL THEN {column.name} END" if plain else column.name
