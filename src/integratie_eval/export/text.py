"""Rows as text, a piece at a time, so that memory does not grow with them: csv, JSON and a table in Markdown."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterable, Iterator
from datetime import date, time
from decimal import Decimal
from typing import Any

from integratie_eval.answer import Answer
from integratie_eval.export.cells import DUTCH, INTERNATIONAL, Style, as_text
from integratie_eval.text import inert, visible


def csv_dutch(answer: Answer) -> Iterator[str]:
    """For a Dutch Excel: semicolon, decimal comma, 31-12-2019, ja and nee, UTF-8 with BOM."""
    yield "\ufeff"
    yield from _csv(answer, dutch=True)


def csv_international(answer: Answer) -> Iterator[str]:
    """For programs: comma, decimal point, 2019-12-31, true and false, no BOM."""
    return _csv(answer, dutch=False)


def _csv(answer: Answer, *, dutch: bool) -> Iterator[str]:
    style = DUTCH if dutch else INTERNATIONAL
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if dutch else ",", lineterminator="\r\n" if dutch else "\n")
    writer.writerow([inert(visible(name)) for name in answer.columns])
    for batch in answer.batches:
        writer.writerows([_csv_cell(value, style) for value in row] for row in batch)
        yield text.getvalue()
        text.seek(0)
        text.truncate()
    yield text.getvalue()


def _csv_cell(value: Any, style: Style) -> str:
    return inert(visible(value)) if isinstance(value, str) else as_text(value, style)


def json_rows(answer: Answer) -> Iterator[str]:
    """A list with an object per row, each on a line of its own; dates as 2019-12-31."""
    before, names = "[\n", answer.columns
    for batch in answer.batches:
        objects = (dict(zip(names, map(_json_value, row), strict=True)) for row in batch)
        yield before + ",\n".join(json.dumps(item, ensure_ascii=False) for item in objects)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _json_value(value: Any) -> Any:
    match value:
        case str():
            return visible(value)
        case float() if not math.isfinite(value):
            return None
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case date() | time():
            return value.isoformat()
        case list() | tuple():
            return [_json_value(item) for item in value]
        case dict():
            return {visible(str(key)): _json_value(item) for key, item in value.items()}
        case None | bool() | int() | float():
            return value
    return visible(str(value))


def markdown_rows(answer: Answer) -> Iterator[str]:
    """A table in Markdown."""
    from integratie_eval.render.markdown_text import escape

    def row_of(cells: Iterable[Any]) -> str:
        return f"| {' | '.join(escape(' '.join(as_text(cell, DUTCH).split())) for cell in cells)} |\n"

    yield f"{row_of(answer.columns)}|{' --- |' * len(answer.columns)}\n"
    for batch in answer.batches:
        yield "".join(map(row_of, batch))
