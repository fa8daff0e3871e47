"""The published figures as data: cijfers.json and cijfers.csv, tidy, in the order of the definitions."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from integratie_eval.model import Below, Exact, Finding, Hidden, Published, Range, Value
from integratie_eval.money import Money
from integratie_eval.report import Report
from integratie_eval.targets import Outcome
from integratie_eval.text import inert

FIGURE_COLUMNS = (
    "indicator", "cohort", "dimensie", "categorie", "aantal", "noemer", "percentage", "kwartaal", "laag", "hoog",
)  # fmt: skip


def figures_json(report: Report) -> str:
    """Everything a reader of the figures needs: the period, the definitions, the figures and what is missing."""
    content = {
        "gemeente": report.settings.municipality,
        "periode": report.period.told,
        "uitgave": "intern",
        "indicatoren": [
            {"id": i.id, "titel": i.title, "definitie": i.definition, "noemer": i.base, "bron": i.source}
            for i in report.indicators
        ],
        "cijfers": [dict(zip(FIGURE_COLUMNS, json_cells(row), strict=True)) for row in report.published.rows],
        "streefwaarden": [_json_target(outcome) for outcome in report.targets],
        "kosten": _json_costs(report.money) if report.money else [],
        "verhoudingen": [
            {"id": item.ratio.id, "titel": item.ratio.title, "definitie": item.ratio.definition,
             "waarde": plain_number(item.value)} for item in report.ratios
        ],
        "niet_gemeten": [{"indicator": item.indicator, "nodig": list(item.needs)} for item in report.missing],
    }  # fmt: skip
    parts = (f"{json.dumps(name)}: {_json_lines(value)}" for name, value in content.items())
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _json_lines(value: Any) -> str:
    """JSON with an item of a list on each line: quick to write, small, and readable in a comparison of two runs."""
    if not isinstance(value, list) or not value:
        return json.dumps(value, ensure_ascii=False)
    return "[\n" + ",\n".join(map(json.JSONEncoder(ensure_ascii=False).encode, value)) + "\n]"


def figures_csv(report: Report) -> str:
    """The same figures as csv, for a Dutch Excel: semicolon, decimal comma, UTF-8 with BOM."""
    return csv_text(FIGURE_COLUMNS, map(figure_cells, report.published.rows))


def findings_csv(findings: Iterable[Finding]) -> str:
    """The findings as csv: rule, severity, place, message and remedy; never a value of a person."""
    columns = ("regel", "ernst", "bestand", "blad", "rij", "kolom", "melding", "oplossing")
    rows = (
        (f.rule, f.severity.value, f.place.file, f.place.sheet or "", f.place.row or "", f.place.column or "",
         f.message, f.remedy) for f in findings
    )  # fmt: skip
    return csv_text(columns, rows)


def json_cells(row: Published) -> tuple[Any, ...]:
    """A figure as values of JSON, in the order of FIGURE_COLUMNS."""
    percentage = None if row.percentage is None else plain_number(row.percentage)
    base = None if row.base is None else json_value(row.base)
    low, high = map(plain_number, row.interval) if row.interval else (None, None)
    where = (row.indicator, row.cohort.value, row.dimension, row.category)
    return (*where, json_value(row.count), base, percentage, row.quarter, low, high)


def _json_target(outcome: Outcome) -> dict[str, Any]:
    target, realised = outcome.target, outcome.realised
    return {
        "indicator": target.indicator,
        "cohort": target.cohort,
        "categorie": target.category,
        "richting": target.direction.value,
        "eenheid": "procent" if target.percentage else "aantal",
        "streefwaarde": plain_number(target.value),
        "uitkomst": _json_realised(realised, percentage=target.percentage) if realised else None,
        "verschil": None if outcome.difference is None else plain_number(outcome.difference),
        "oordeel": outcome.verdict.value,
    }


def _json_realised(realised: Published, *, percentage: bool) -> Any:
    if not percentage:
        return json_value(realised.count)
    return None if realised.percentage is None else plain_number(realised.percentage)


def _json_costs(money: Money) -> list[dict[str, Any]]:
    """Every line of the arithmetic: fte, trajecten, their sum, and what is divided by a number of people."""
    return [
        {"post": line.post, "prijs": line.euros, "maanden": line.months, "aantal": _json_number(line.number),
         "bedrag": line.amount} for line in money.lines
    ]  # fmt: skip


def _json_number(number: Value | Decimal | None) -> Any:
    if number is None or isinstance(number, Decimal):
        return None if number is None else plain_number(number)
    return json_value(number)


def plain_number(value: Decimal) -> int | float:
    """A number of JSON."""
    return int(value) if value == value.to_integral_value() else float(value)


def json_value(value: Value) -> Any:
    """A published value in JSON: 64, or what is told instead."""
    match value:
        case Exact(count):
            return count
        case Below(limit):
            return {"minder_dan": limit}
        case Range(low, high):
            return {"van": low, "tot_en_met": high}
        case Hidden():
            return {"niet_openbaar": True}


def figure_cells(row: Published) -> tuple[str | int | Decimal | None, ...]:
    """A figure as cells of a csv or a spreadsheet, in the order of FIGURE_COLUMNS; None is an empty cell."""
    base = None if row.base is None else _number_or_text(row.base)
    low, high = row.interval or (None, None)
    where = (row.indicator, row.cohort.value, row.dimension, row.category)
    return (*where, _number_or_text(row.count), base, row.percentage, row.quarter, low, high)


def _number_or_text(value: Value) -> int | str:
    return value.value if isinstance(value, Exact) else csv_value(value)


def decimal_text(value: Decimal) -> str:
    """A number in csv, with a decimal comma."""
    return f"{value:f}".replace(".", ",")


def csv_value(value: Value) -> str:
    """A published value in csv: 64, <5, 64-69 or x."""
    match value:
        case Exact(count):
            return str(count)
        case Below(limit):
            return f"<{limit}"
        case Range(low, high):
            return f"{low}-{high}"
        case Hidden():
            return "x"


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A csv file for a Dutch Excel: semicolon, UTF-8 with BOM, no formulas; None is an empty cell."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([[_cell(cell) for cell in row] for row in rows])
    return "\ufeff" + text.getvalue()


def _cell(cell: Any) -> Any:
    """A number with a decimal comma; text that is no formula."""
    if isinstance(cell, Decimal):
        return decimal_text(cell)
    return inert(cell) if isinstance(cell, str) else cell
