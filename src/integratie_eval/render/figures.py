"""The published figures as data: cijfers.json and cijfers.csv, tidy, in the order of the definitions."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from integratie_eval.model import Below, Exact, Finding, Hidden, Published, Range, Value
from integratie_eval.report import Report

FIGURE_COLUMNS = (
    "indicator", "cohort", "dimensie", "categorie", "aantal", "noemer", "percentage", "kwartaal", "laag", "hoog",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def figures_json(report: Report) -> str:
    """{"periode", "indicatoren", "cijfers", "niet_gemeten"}: everything a reader of the figures needs."""
    period = report.period
    content = {
        "gemeente": report.settings.municipality,
        "periode": {
            "van": period.start.isoformat(), "tot": period.end.isoformat(), "peildatum": period.reference.isoformat()
        },
        "uitgave": "intern",
        "indicatoren": [
            {"id": i.id, "titel": i.title, "definitie": i.definition, "noemer": i.base, "bron": i.source}
            for i in report.indicators
        ],
        "cijfers": [dict(zip(FIGURE_COLUMNS, json_cells(row), strict=True)) for row in report.published.rows],
        "niet_gemeten": [{"indicator": item.indicator, "nodig": list(item.needs)} for item in report.missing],
    }  # fmt: skip
    parts = (f"{json.dumps(name)}: {_json_lines(value)}" for name, value in content.items())
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _json_lines(value: Any) -> str:
    """JSON with an item of a list on each line: quick to write, small, and readable in a comparison of two runs."""
    if not isinstance(value, list) or not value:
        return json.dumps(value, ensure_ascii=False)
    return "[\n" + ",\n".join(json.dumps(item, ensure_ascii=False) for item in value) + "\n]"


def figures_csv(report: Report) -> str:
    """The same figures as csv, for a Dutch Excel: semicolon, decimal comma, UTF-8 with BOM."""
    return _csv(FIGURE_COLUMNS, (_csv_cells(row) for row in report.published.rows))


def findings_csv(findings: Iterable[Finding]) -> str:
    """The findings as csv: rule, severity, place, message and remedy; never a value of a person."""
    columns = ("regel", "ernst", "bestand", "blad", "rij", "kolom", "melding", "oplossing")
    rows = (
        (f.rule, f.severity.value, f.place.file, f.place.sheet or "", f.place.row or "", f.place.column or "",
         f.message, f.remedy) for f in findings
    )  # fmt: skip
    return _csv(columns, rows)


def json_cells(row: Published) -> tuple[Any, ...]:
    """A figure as values of JSON, in the order of FIGURE_COLUMNS."""
    percentage = None if row.percentage is None else _plain_number(row.percentage)
    base = None if row.base is None else _json_value(row.base)
    low, high = map(_plain_number, row.interval) if row.interval else (None, None)
    where = (row.indicator, row.cohort.value, row.dimension, row.category)
    return (*where, _json_value(row.count), base, percentage, row.quarter, low, high)


def _plain_number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _json_value(value: Value) -> Any:
    match value:
        case Exact(count):
            return count
        case Below(limit):
            return {"minder_dan": limit}
        case Range(low, high):
            return {"van": low, "tot_en_met": high}
        case Hidden():
            return {"niet_openbaar": True}


def _csv_cells(row: Published) -> tuple[Any, ...]:
    percentage = "" if row.percentage is None else _decimal(row.percentage)
    base = "" if row.base is None else _csv_value(row.base)
    low, high = map(_decimal, row.interval) if row.interval else ("", "")
    where = (row.indicator, row.cohort.value, row.dimension or "", row.category or "")
    return (*where, _csv_value(row.count), base, percentage, row.quarter or "", low, high)


def _decimal(value: Decimal) -> str:
    return f"{value:f}".replace(".", ",")


def _csv_value(value: Value) -> str:
    match value:
        case Exact(count):
            return str(count)
        case Below(limit):
            return f"<{limit}"
        case Range(low, high):
            return f"{low}-{high}"
        case Hidden():
            return "x"


def _csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([[_inert(cell) for cell in row] for row in rows])
    return "\ufeff" + text.getvalue()


def _inert(cell: Any) -> Any:
    """Text that a spreadsheet would run as a formula gets an apostrophe in front."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
