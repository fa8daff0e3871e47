"""Differences as text and data: vergelijking.csv of a report, and what `compare` shows of two reports."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from textwrap import wrap
from typing import Any

import integratie_eval.render.dutch as dutch
from integratie_eval.compare import Comparison, Difference, compare_quarters
from integratie_eval.edition import Edition
from integratie_eval.render.figures import csv_text, csv_value, json_value, plain_number
from integratie_eval.render.markdown_text import escape
from integratie_eval.report import Report
from integratie_eval.text import listed

MAIN_FIGURES = (
    "personen", "partijen", "in_bijstand", "verblijfsduur_mediaan", "gesproken", "met_traject", "werkend",
    "uitstroom_werk", "parttime_werk", "studie", "vrijwilligerswerk", "voorbereiding_studie", "zorg_en_rust",
    "taalmaatje",
)  # fmt: skip
_NUMBERS = 6  # the last columns
CAUTION = "Een verschil zegt niet waardoor het komt: het gaat om andere mensen of andere jaren."
_QUARTER_COLUMNS = (
    "indicator", "cohort", "dimensie", "categorie", "kwartaal", "aantal", "vorig_kwartaal", "verschil", "jaar_eerder",
    "verschil_jaar", "procentpunt_kwartaal", "procentpunt_jaar",
)  # fmt: skip
_COLUMNS = (
    "indicator", "cohort", "dimensie", "categorie", "kwartaal", "aantal_a", "aantal_b", "verschil", "percentage_a",
    "percentage_b", "procentpunt",
)  # fmt: skip


@dataclass(frozen=True)
class Compared:
    """Two editions, their comparison, and what the reader must know about it."""

    a: Edition
    b: Edition
    comparison: Comparison
    warnings: tuple[str, ...]
    everything: bool
    """Show every figure in the table, not only the main ones."""
    width: int | None = None
    """How many signs a line of the screen has; None: it does not matter."""

    @property
    def shown(self) -> Sequence[Difference]:
        """The differences of the table, in its order."""
        if self.everything:
            return self.comparison.differences
        main = {d.after.indicator: d for d in self.comparison.differences if _is_main(d)}
        return [main[name] for name in MAIN_FIGURES if name in main]

    def title(self, indicator: str) -> str:
        """The title of an indicator of either edition."""
        return self.b.titles.get(indicator) or self.a.titles.get(indicator, indicator)


def quarters_csv(report: Report) -> str:
    """vergelijking.csv: every figure per quarter, beside the quarter before it and the same quarter a year earlier."""
    rows = []
    for item in compare_quarters(report.published.rows, report.whole_quarters):
        row, previous, year = item.figure, item.previous, item.year_before
        rows.append(
            (row.indicator, row.cohort.value, row.dimension, row.category, row.quarter, csv_value(row.count),
             previous and csv_value(previous.before.count), previous and previous.count,
             year and csv_value(year.before.count), year and year.count, previous and previous.points,
             year and year.points)
        )  # fmt: skip
    return csv_text(_QUARTER_COLUMNS, rows)


def _is_main(difference: Difference) -> bool:
    row = difference.after
    return row.cohort.value == "totaal" and row.category is None and row.quarter is None


def _csv(compared: Compared) -> str:
    rows = (
        (a.indicator, a.cohort.value, a.dimension, a.category, a.quarter, csv_value(a.count), csv_value(b.count),
         d.count, a.percentage, b.percentage, d.points)
        for d in compared.comparison.differences for a, b in [(d.before, d.after)]
    )  # fmt: skip
    return csv_text(_COLUMNS, rows)


def _json(compared: Compared) -> str:
    def number(value: Decimal | None) -> int | float | None:
        return None if value is None else plain_number(value)

    rows = [
        dict(zip(_COLUMNS, (
            a.indicator, a.cohort.value, a.dimension, a.category, a.quarter, json_value(a.count), json_value(b.count),
            d.count, number(a.percentage), number(b.percentage), number(d.points),
        ), strict=True))
        for d in compared.comparison.differences for a, b in [(d.before, d.after)]
    ]  # fmt: skip
    content = {
        "a": _side(compared.a),
        "b": _side(compared.b),
        "let_op": [*compared.warnings, CAUTION],
        "verschillen": rows,
        "alleen_in_a": list(compared.comparison.only_before),
        "alleen_in_b": list(compared.comparison.only_after),
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _side(edition: Edition) -> dict[str, Any]:
    return {"naam": edition.name, "gemeente": edition.municipality, "periode": edition.period.told}


def _table(compared: Compared) -> str:
    headings, rows = _cells(compared)
    lines = _beside(headings, rows)
    if compared.width and max(map(len, lines)) > compared.width:
        lines = list(_below(headings, rows, compared.width))
    return "\n".join([*_introduction(compared), "", *lines, "", *_conclusion(compared)]) + "\n"


def _beside(headings: list[str], rows: list[list[str]]) -> list[str]:
    """Every figure on a line."""
    first = len(headings) - _NUMBERS
    widths = [max(len(row[index]) for row in [headings, *rows]) for index in range(len(headings))]
    lines = []
    for row in [headings, *rows]:
        texts = [cell.ljust(width) for cell, width in zip(row[:first], widths, strict=False)]
        numbers = [cell.rjust(width) for cell, width in zip(row[first:], widths[first:], strict=True)]
        lines.append("  ".join([*texts, *numbers]).rstrip())
    return lines


def _below(headings: list[str], rows: list[list[str]], width: int) -> Iterator[str]:
    """The facts of every figure under its title, for a narrow screen."""
    for title, *cells in rows:
        yield from wrap(title, width)
        told = [(name, cell) for name, cell in zip(headings[1:], cells, strict=True) if cell not in ("", dutch.NONE)]
        facts = "; ".join(f"{name} {cell}".replace(" ", "\u00a0") for name, cell in told)  # kept together on a line
        for line in wrap(facts, width, initial_indent="  ", subsequent_indent="  "):
            yield line.replace("\u00a0", " ")


def _markdown(compared: Compared) -> str:
    headings, rows = _cells(compared)
    marks = ["---"] * (len(headings) - _NUMBERS) + ["---:"] * _NUMBERS
    lines = [f"| {' | '.join(map(escape, row))} |" for row in rows]
    table = [f"| {' | '.join(headings)} |", f"| {' | '.join(marks)} |", *lines]
    introduction = [f"* {escape(line)}" for line in _introduction(compared)]
    conclusion = [line for text in _conclusion(compared) for line in (escape(text), "")]
    return "\n".join(["# Vergelijking", "", *introduction, "", *table, "", *conclusion]).rstrip() + "\n"


def _cells(compared: Compared) -> tuple[list[str], list[list[str]]]:
    where = ["groep", "onderdeel", "kwartaal"] if compared.everything else []
    rows = []
    for difference in compared.shown:
        a, b = difference.before, difference.after
        place = [b.cohort.value, b.category or "", b.quarter or ""] if compared.everything else []
        numbers = [dutch.shown(a.count), dutch.shown(b.count), dutch.signed(difference.count)]
        shares = [dutch.percent(a.percentage), dutch.percent(b.percentage), dutch.signed(difference.points)]
        rows.append([compared.title(b.indicator), *place, *numbers, *shares])
    return ["cijfer", *where, "A", "B", "verschil", "A in %", "B in %", "procentpunt"], rows


def _introduction(compared: Compared) -> Iterator[str]:
    for letter, side in (("A", compared.a), ("B", compared.b)):
        whose = f", {side.municipality}" if side.municipality else ""
        period = f"{dutch.day(side.period.start)} tot en met {dutch.day(side.period.end)}"
        yield f"{letter}: {side.name}{whose}, {period}"


def _conclusion(compared: Compared) -> Iterator[str]:
    for letter, names in (("A", compared.comparison.only_before), ("B", compared.comparison.only_after)):
        if names:
            yield f"Alleen in {letter}: {listed([compared.title(name) for name in names])}."
    for warning in compared.warnings:
        yield f"Let op: {warning}"
    yield CAUTION


COMPARISON_FORMATS: Mapping[str, Callable[[Compared], str]] = {
    "tabel": _table,
    "csv": _csv,
    "json": _json,
    "md": _markdown,
}
