"""Rows under the headings that are no data: a total, a footnote, a header that is repeated on every printed page.

SQL in two steps. A row of `gelezen` has `_regel`: NULL for ordinary rows, and for a row that may be no row of data its
filled cells with chr(31) between them ('' for a blank row). `_sleutel` is the cell that every row of data has.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from integratie_eval.database import sql_list
from integratie_eval.definitions import Table

_MAY_BE_EMPTY = ("datum_vestiging", "soort")
# 'Totaal', 'Totaal: 12', 'Eindtotaal 10', 'Subtotaal Q3'; not 'Totaal Welzijn', which is a name
_TOTAL = r"^\s*((eind|sub)totaal\b|totaal\s*(aantal\b|[:\d\x1f]|$)|totalen\s*([:\d\x1f]|$)|aantal records\b)"
_FOOTNOTE = r"^[^0-9#]+$|^[^0-9#].* |[A-Za-z]{3}.* .*[A-Za-z]{3}"


def key_of(table: Table, columns: Iterable[str]) -> str:
    """The column that every row of data has."""
    return next(name for name in ("clientnummer", *table.required, *table.columns) if name in columns)


def line(table: Table, own: Mapping[str, str], width: int, headings: Collection[str]) -> str:
    """SQL for `_regel`. `own`: canonical column → column of `ruw`. An ordinary row costs one look at its key."""
    cells = ", ".join(f"c{index}" for index in range(width))
    key = own[key_of(table, own)]
    total = f"regexp_matches(coalesce({cells}), '{_TOTAL}|^ *$', 'i')"
    return (
        f"CASE WHEN {key} >= '0' AND {key} < ':' AND NOT contains({key}, ' ') AND NOT {total} THEN NULL "
        f"WHEN NOT regexp_full_match(coalesce({key}, ''), '[^ ]*[0-9][^ ]*') OR {total} "
        f"OR {_folded(key)} IN ({sql_list(headings)}) "
        f"THEN left(trim(concat_ws(chr(31), {cells}), ' ' || chr(31)), 200) END"
    )


def set_aside(table: Table, delivered: Collection[str], headings: Collection[str]) -> str:
    """SQL for the reason why a row of `gelezen` is no row of data, or NULL. A row with its keys filled is no total."""
    key = key_of(table, table.columns if "clientnummer" in table.columns else delivered)
    needed = [f"g.{name}" for name in table.required if name not in (key, *_MAY_BE_EMPTY)]
    empty = " OR ".join(f"NOT regexp_matches(coalesce({cell}, ''), '[0-9A-Za-z]')" for cell in ("g._sleutel", *needed))
    return (
        "CASE WHEN g._regel IS NULL THEN NULL "
        f"WHEN regexp_matches(g._regel, '{_TOTAL}', 'i') AND (regexp_matches(g._sleutel, '{_TOTAL}', 'i') OR {empty}) "
        "THEN 'totaalregel' "
        f"WHEN {_folded('g._sleutel')} IN ({sql_list(headings)}) THEN 'herhaalde kop' "
        f"WHEN NOT contains(g._regel, chr(31)) AND regexp_matches(g._regel, '{_FOOTNOTE}') THEN 'voetnoot' END"
    )


def headings_of_key(table: Table, columns: Iterable[str], declared: Mapping[str, str]) -> frozenset[str]:
    """The folded headings of the key; `declared`: heading → column, of the municipality."""
    key = table.columns[key_of(table, columns)]
    own = (heading for heading, name in declared.items() if name == key.name)
    return frozenset((*key.aliases, *key.bsn_aliases, *own))


def _folded(text: str) -> str:
    return f"lower(regexp_replace(strip_accents({text}), '[^A-Za-z0-9]', '', 'g'))"
