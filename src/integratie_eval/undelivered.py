"""What a question rests on that was not delivered: not delivered is not nought, and not no."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from integratie_eval.definitions import Definitions
from integratie_eval.text import listed

_ALWAYS_KNOWN = "peildatum"
"""It stands in a column, or in the name of the sheet or the file."""


def lacking_needs(needs: Sequence[str], delivered: frozenset[str]) -> tuple[str, ...]:
    """The needs that were not delivered. A need is a table or a column; 'a|b' is satisfied by one of both."""
    return tuple(need for need in needs if not any(option in delivered for option in need.split("|")))


def undelivered(
    definitions: Definitions, delivered: frozenset[str], table: str, columns: Collection[str]
) -> Mapping[str, tuple[str, ...]]:
    """Of a table or view, and of these of its columns: name → what it needs and was not delivered, if anything."""
    found = {table: lacking_needs(_needs_of_table(definitions, table), delivered)}
    for column in sorted(columns):
        found[column] = lacking_needs(_needs_of_column(definitions, table, column), delivered)
    return {name: lacking for name, lacking in found.items() if lacking}


def in_words(needs: Sequence[str]) -> str:
    """'clienten.trede of metingen is niet geleverd', with the right verb."""
    parts = [" of ".join(need.split("|")) for need in needs]
    return f"{listed(parts)} {'is' if len(parts) == 1 else 'zijn'} niet geleverd"


def _needs_of_table(definitions: Definitions, table: str) -> Sequence[str]:
    if view := definitions.views.get(table):
        return view.needs
    return [table] if table in definitions.tables else []


def _needs_of_column(definitions: Definitions, table: str, column: str) -> Sequence[str]:
    """What is declared, else what an indicator that counts just this column needs, else the column that it is of."""
    view = definitions.views.get(table)
    if view and column in view.column_needs:
        return view.column_needs[column]
    for indicator in definitions.indicators if view else ():
        if indicator.view == table and column in (indicator.condition, indicator.dimension):
            return indicator.needs
    source = view.table if view else table
    known = definitions.tables.get(source)
    told = known and column in known.columns and column not in (*known.key, _ALWAYS_KNOWN)
    return [f"{source}.{column}"] if told else []
