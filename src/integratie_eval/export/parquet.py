"""Rows as a Parquet file, for other programs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from integratie_eval.answer import Answer
from integratie_eval.database import sql_name
from integratie_eval.export.cells import INTERNATIONAL, as_text

_SIMPLE = re.compile(
    r"(TINY|SMALL|BIG|HUGE|U\w+)?INT(EGER)?|BOOLEAN|DOUBLE|FLOAT|DATE|TIME|TIMESTAMP|DECIMAL\(\d+,\d+\)"
)

_KEPT = {"HUGEINT": "DECIMAL(38,0)", "UHUGEINT": "DECIMAL(38,0)"}  # parquet would make a DOUBLE of it


def write(answer: Answer, file: Path) -> None:
    """Write the rows; what is no number, date or yes and no becomes text."""
    import duckdb

    simple = [bool(_SIMPLE.fullmatch(kind)) for kind in answer.types]
    kinds = [_KEPT.get(kind, kind) if keep else "VARCHAR" for kind, keep in zip(answer.types, simple, strict=True)]
    with duckdb.connect() as connection:
        fields = (f"{sql_name(name)} {kind}" for name, kind in zip(answer.columns, kinds, strict=True))
        connection.execute(f"CREATE TABLE antwoord ({', '.join(fields)})")
        lists = ", ".join(f"unnest(CAST(${number} AS {kind}[]))" for number, kind in enumerate(kinds, 1))
        for batch in answer.batches:
            columns = [
                list(values) if keep else [_text(value) for value in values]
                for values, keep in zip(zip(*batch, strict=True), simple, strict=True)
            ]
            connection.execute(f"INSERT INTO antwoord SELECT {lists}", columns)
        # no temporary file: that would be readable for others
        connection.execute("COPY antwoord TO $1 (FORMAT parquet, USE_TMP_FILE false)", [str(file)])


def _text(value: Any) -> str | None:
    return None if value is None else as_text(value, INTERNATIONAL)
