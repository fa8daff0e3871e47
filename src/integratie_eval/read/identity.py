"""A BSN that is the only key is replaced by a keyed pseudonym before anything else reads it."""

from __future__ import annotations

import hashlib
import hmac
import os
from typing import TYPE_CHECKING

from integratie_eval.errors import InputError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

KEY_VARIABLE = "INTEGRATIE_EVAL_SLEUTEL"
_SHORTEST_KEY = 16


def pseudonym(number: str, key: bytes) -> str | None:
    """The pseudonym of a BSN (leading zeros may be lost); None when it has not 7 to 9 digits."""
    digits = "".join(char for char in number.removesuffix(".0") if char.isdigit())
    if not 7 <= len(digits) <= 9:
        return None
    return "P" + hmac.new(key, digits.zfill(9).encode(), hashlib.sha256).hexdigest()[:20]


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
        [numbers, [pseudonym(number, key) for number in numbers]],
    )
