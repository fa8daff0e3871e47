"""Numbers of persons and benefits: the same number in another spelling is the same person."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from integratie_eval.definitions import Table
from integratie_eval.read.values import Unreadable, clean, is_missing

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MARK = "\x1f"
"""Behind a key in a cell: what follows is the rule that it breaks; nothing follows when the text is no key."""

PARTNER = "partner."
"""Before the column in a remark: it is about the partner on the same row."""

_EXACT_DIGITS = 15
"""So many digits of a number does a spreadsheet keep."""
_MOST_DIGITS = 40
_PLAIN = f"[1-9][0-9A-Za-z/_-]{{0,{_EXACT_DIGITS - 1}}}|[0A-Za-z][0A-Za-z/_-]*[1-9][0-9A-Za-z/_-]*"
_AROUND = " '’‘`´\"="
_ZERO = re.compile(r"0+([.,]0+)?")
_WHOLE = re.compile(r"(\d+)[.,]0+")
_THOUSANDS = re.compile(r"\d{1,3}(\.\d{3}){2,}")
_GROUPED = re.compile(r"\d{1,3}(\.\d{3})+")
_SCIENTIFIC = re.compile(r"(\d)[.,](\d+)e\+?0*(\d+)|\d+e\+\d+", re.IGNORECASE)
_BETWEEN_LETTERS = re.compile(r"(?<![0-9])-|-(?![0-9])")

_SPELLING_RULES = {
    ("clientnummer", True): "voorloopnullen",
    ("clientnummer", False): "nummer_schrijfwijze",
    ("uitkeringnummer", True): "uitkering_voorloopnullen",
    ("uitkeringnummer", False): "uitkering_schrijfwijze",
}
"""Column, and whether only leading zeros differ → rule."""


def plain_key(cell: str) -> str:
    """SQL: the text of a cell that is a key as it stands, else NULL: letters and digits, and no zeros only."""
    return f"CASE WHEN regexp_full_match({cell}, '{_PLAIN}') THEN {cell} END"


def read_key(text: str) -> str | None:
    """A number as the administration wrote it, without what a spreadsheet put around it.

    Raises Unreadable for 1,23457E+08 and for 1234567890123450112: a spreadsheet rounded the number, and it is lost.
    """
    text = unicodedata.normalize("NFKC", clean(text)).strip(_AROUND)
    if is_missing(text) or _ZERO.fullmatch(text):
        return None
    if match := _SCIENTIFIC.fullmatch(text):
        if match[1] is None or len(match[2]) != int(match[3]):
            raise Unreadable
        return match[1] + match[2]
    if _THOUSANDS.fullmatch(text):
        return text.replace(".", "")
    joined = text.replace(" ", "")
    match = _WHOLE.fullmatch(joined)
    number = match[1] if match else joined
    if not number.isdigit():
        return text
    if _is_rounded(number):
        raise Unreadable
    return number


def _is_rounded(number: str) -> bool:
    """A spreadsheet kept its first digits only; a reader shows zeros behind them, or what its own arithmetic makes."""
    if not _EXACT_DIGITS < len(number) <= _MOST_DIGITS or number.startswith("0"):
        return False
    kept = f"{Decimal(number):.{_EXACT_DIGITS - 1}E}"
    return int(number) in (int(Decimal(kept)), int(float(kept)))


def unify_keys(connection: DuckDBPyConnection, tables: Sequence[Table], *, partners: bool = False) -> None:
    """Give every key of `<table>_geleverd` one spelling, with a remark at the rows that have another.

    Spellings in one delivery that are of people with different days of birth stay as they are, with a remark.

    `partners`: partners stand on the rows of others; such a copy goes when the person has a row of his or her own.
    """
    columns = [(t.name, c.name) for t in tables for c in t.columns.values() if c.kind == "sleutel"]
    spellings = _spellings(connection, columns)
    for column in dict.fromkeys(column for _, column in columns):
        groups = spellings.get(column, ())
        apart = _of_several_persons(connection, groups) if groups and column == "clientnummer" else frozenset()
        changes = [
            change
            for place, group in enumerate(groups)
            for change in (_kept_apart(group) if place in apart else _changes(column, group))
        ]
        if changes:
            for table in (table for table, key in columns if key == column):
                _respell(connection, table, column, changes, partners=partners and table == "clienten")
    if partners:
        _drop_copies(connection)


def _spellings(connection: DuckDBPyConnection, columns: Iterable[tuple[str, str]]) -> dict[str, list[list[str]]]:
    """Column → groups of keys that are the same but for zeros, case and punctuation."""
    keys = " UNION ".join(f"SELECT '{column}' AS kolom, {column} AS nummer FROM {t}_geleverd" for t, column in columns)
    bare = "ltrim(lower(regexp_replace(nummer, '[^0-9A-Za-z]', '', 'g')), '0')"
    rows = connection.execute(
        f"SELECT kolom, list(nummer) FROM ({keys}) WHERE nummer IS NOT NULL GROUP BY kolom, {bare} HAVING count(*) > 1"
    ).fetchall()
    found: dict[str, list[list[str]]] = {}
    for column, numbers in rows:
        same: dict[str, list[str]] = {}
        for number in sorted(numbers):
            same.setdefault(_same(number), []).append(number)
        found.setdefault(column, []).extend(group for group in same.values() if len(group) > 1)
    return found


def _of_several_persons(connection: DuckDBPyConnection, groups: Sequence[Sequence[str]]) -> frozenset[int]:
    """The places of groups of which one delivery holds two spellings with different days of birth."""
    numbered = [(key, place) for place, group in enumerate(groups) for key in group]
    found = connection.execute(
        "SELECT DISTINCT plek FROM (SELECT plek, _nr, min(geboortedatum) AS geboren FROM clienten_geleverd "
        "JOIN (SELECT unnest($1) AS nummer, unnest($2) AS plek) ON nummer = clientnummer WHERE _terzijde IS NULL "
        "GROUP BY plek, _nr, clientnummer) GROUP BY plek, _nr HAVING count(DISTINCT geboren) > 1",
        [list(part) for part in zip(*numbered, strict=True)],
    ).fetchall()
    return frozenset(place for (place,) in found)


def _kept_apart(group: Sequence[str]) -> list[tuple[str, str, str]]:
    """As `_changes`, of spellings that stay as they are."""
    return [(key, key, "nummer_lijkt_op_ander:clientnummer") for key in group]


def _same(key: str) -> str:
    """What two spellings of one number share. A mark between two digits counts: 1-23 is another number than 12-3."""
    if key.isdigit() or _GROUPED.fullmatch(key):
        return key.replace(".", "").lstrip("0")
    return _BETWEEN_LETTERS.sub("", re.sub(r"[\W_]+", "-", key.lower()))


def _changes(column: str, group: Sequence[str]) -> list[tuple[str, str, str]]:
    """Spelling, the spelling that takes its place (the longest: no zero was lost), and the rule about it."""
    chosen = min(group, key=lambda key: (-len(key), key))
    rule = _SPELLING_RULES[column, chosen.isdigit()]
    return [(key, chosen, f"{rule}:{column}") for key in group if key != chosen]


def _respell(
    connection: DuckDBPyConnection,
    table: str,
    column: str,
    changes: Sequence[tuple[str, str, str]],
    *,
    partners: bool,
) -> None:
    remark = "w.melding"
    if partners:  # the number of the uitkering is that of the row itself
        of_copy = "NULL" if column == "uitkeringnummer" else f"replace(w.melding, ':', ':{PARTNER}')"
        remark = f"CASE WHEN _kopie THEN {of_copy} ELSE w.melding END"
    connection.execute(
        f"UPDATE {table}_geleverd SET {column} = w.naar, _meldingen = nullif(concat_ws(' ', _meldingen, {remark}), '') "
        f"FROM (SELECT unnest($1) AS van, unnest($2) AS naar, unnest($3) AS melding) AS w WHERE {column} = w.van",
        [list(part) for part in zip(*changes, strict=True)],
    )


def _drop_copies(connection: DuckDBPyConnection) -> None:
    """A partner on the row of another is no second row, and no person without a number or beside an own row."""
    connection.execute(
        "UPDATE clienten_geleverd SET _meldingen = concat_ws(' ', clienten_geleverd._meldingen, k._meldingen) "
        "FROM (SELECT _nr, _rij, _meldingen FROM clienten_geleverd WHERE _kopie AND clientnummer IS NULL) AS k "
        "WHERE NOT _kopie AND clienten_geleverd._nr = k._nr AND clienten_geleverd._rij = k._rij "
        f"AND k._meldingen LIKE '%:{PARTNER}clientnummer%'"
    )
    connection.execute(
        "DELETE FROM clienten_geleverd WHERE _kopie AND (_terzijde IS NOT NULL OR clientnummer IS NULL OR "
        "(clientnummer, peildatum) IN (SELECT (clientnummer, peildatum) FROM clienten_geleverd "
        "WHERE NOT _kopie AND clientnummer IS NOT NULL))"
    )
