"""A BSN that is the only key is replaced by a keyed pseudonym before anything else reads it."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
from typing import TYPE_CHECKING

from integratie_eval.errors import InputError
from integratie_eval.read.keys import MARK, read_key
from integratie_eval.read.values import Unreadable, cell_error

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

KEY_VARIABLE = "INTEGRATIE_EVAL_SLEUTEL"
_SHORTEST_KEY = 16
_BSN = re.compile(r"\d{7,9}")
_BETWEEN = re.compile(r"[.\s-]+")
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_PADDED = {7: "bsn_zeven_cijfers", 8: "bsn_aangevuld", 9: None}
"""Digits that were left → the rule about it."""


def pseudonym(number: str, key: bytes) -> str | None:
    """The pseudonym of a BSN (leading zeros may be lost); None when it has not 7 to 9 digits."""
    digits = _digits(read_key(number) or "")
    if digits is None:
        return None
    return "P" + hmac.new(key, digits.zfill(9).encode(), hashlib.sha256).hexdigest()[:20]


def in_place_of(cell: str, key: bytes) -> str | None:
    """What takes the place of a cell in a column of BSNs: a pseudonym, or a text without digits, with a MARK."""
    if cell_error(cell):
        return cell
    if not any(map(str.isdigit, cell)):
        return cell + MARK  # a total, a repeated heading, 'onbekend': no key
    try:
        replaced, digits = pseudonym(cell, key), _digits(read_key(cell) or "")
    except Unreadable:
        return f"{MARK}nummer_afgerond"
    if replaced is None or digits is None:
        return None
    rule = _PADDED[len(digits)] if _passes_eleven_test(digits.zfill(9)) else "bsn_onjuist"
    return f"{replaced}{MARK}{rule}" if rule else replaced


def _digits(number: str) -> str | None:
    digits = _BETWEEN.sub("", number)
    return digits if _BSN.fullmatch(digits) and set(digits) != {"9"} else None


def _passes_eleven_test(digits: str) -> bool:
    return sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 11 == 0


def replace_bsn(connection: DuckDBPyConnection, column: str, first: int, last: int, file: str) -> None:
    """Overwrite the BSNs in a column of `ruw` (rowids `first` up to `last`). Raises InputError without a secret key."""
    key = os.environ.get(KEY_VARIABLE, "").encode()
    if len(key) < _SHORTEST_KEY:
        raise InputError(
            f"{file} heeft alleen een BSN als sleutel. Een BSN wordt nooit zomaar gelezen.",
            f"Voeg een kolom clientnummer toe, of zet een geheime sleutel van minstens {_SHORTEST_KEY} tekens "
            f"in de omgevingsvariabele {KEY_VARIABLE}.",
        )
    block = f"rowid >= {first} AND rowid < {last}"
    rows = connection.execute(f"SELECT DISTINCT {column} FROM ruw WHERE {block} AND {column} IS NOT NULL").fetchall()
    numbers = [number for (number,) in rows]
    connection.execute(
        f"UPDATE ruw SET {column} = (SELECT waarde FROM "
        f"(SELECT unnest($1) AS tekst, unnest($2) AS waarde) WHERE tekst = ruw.{column}) WHERE {block}",
        [numbers, [in_place_of(number, key) for number in numbers]],
    )
