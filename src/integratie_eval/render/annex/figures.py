"""The figures of the annex: by chapter, by quarter, with a chart, and all of them as in cijfers.csv."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from integratie_eval.model import Published
from integratie_eval.render.annex.model import NOTHING, Cell, Chart, Sheet, count_cell, share_cell
from integratie_eval.render.annex.passages import Passage
from integratie_eval.render.figures import FIGURE_COLUMNS, figure_cells
from integratie_eval.render.over_time import Column, OverTime
from integratie_eval.render.prose import LABELS, Words

_LABEL_OF = {
    "trede_klasse": "tredenaam",
    "trede_afgeleid_klasse": "tredenaam",
    "peildag": "dagnaam",
    "leerroute": "leerroute",
}
"""How the categories of a dimension are written; others as they are."""


@dataclass(frozen=True)
class Drawn:
    """A table with a chart: a row per category of `indicator`, or per quarter when `columns` name figures."""

    key: str
    """The passage about it."""
    first: str
    """The heading of the first column."""
    indicator: str
    columns: tuple[Column, ...] = ()
    series: range = range(1, 2)
    horizontal: bool = False
    stacked: bool = False


_RUNGS = (*(str(rung) for rung in range(1, 7)), "onbekend")
_DRAWN = (
    Drawn("vestigingen", "jaar", "vestigingen"),
    Drawn("eindstatus", "eindstatus", "eindstatus", horizontal=True),
    Drawn(
        "ladder-per-kwartaal", "kwartaal", "ladder_stand",
        tuple((rung if rung == "onbekend" else f"trede {rung}", "ladder_stand", rung) for rung in _RUNGS),
        series=range(1, 8), stacked=True,
    ),
    Drawn(
        "instroom-en-uitstroom", "kwartaal", "uitstroom",
        tuple((heading, indicator, None) for heading, indicator in (
            ("begin", "stand_begin"), ("erbij", "instroom"), ("eruit", "uitstroom"), ("eind", "stand_eind"))),
        series=range(2, 4),
    ),
    Drawn("aanbieders", "aanbieder", "deelnemers_aanbieder", horizontal=True),
)  # fmt: skip


def chapter_sheets(words: Words, told: Mapping[str, Passage], chapters: Mapping[str, Passage]) -> Iterator[Sheet]:
    """A sheet per chapter: its figures of the whole period, groups beside each other; no column of dashes."""
    rows: dict[str, list[list[Cell]]] = {}
    for figures in _side_by_side(words):
        row = _row_of_chapter(words, figures)
        rows.setdefault(words.report.declared[_any(figures).indicator].section, []).append(row)
    groups = [heading for _, heading in _groups(words)]
    header = ("cijfer", "onderdeel", *groups, *(f"{group} (%)" for group in groups), "percentage van")
    order = [chapter for chapter in chapters if chapter in rows]
    for chapter in dict.fromkeys([*order, *rows]):
        title = chapters[chapter].title if chapter in chapters else chapter.capitalize()
        known = [column for column in range(len(header)) if any(row[column] != NOTHING for row in rows[chapter])]
        shown = [[row[column] for column in known] for row in rows[chapter]]
        names = tuple(header[column] for column in known)
        yield Sheet(f"hoofdstuk_{chapter}", title, told["hoofdstuk"].lines, names, shown)


def quarter_sheet(words: Words, over_time: OverTime, passage: Passage) -> Sheet:
    """All figures per quarter, a quarter per column."""
    quarters = sorted({*over_time.kwartalen, *over_time.gaten})
    rows: dict[tuple[str, str | None, str], dict[str, Published]] = {}
    for row in words.figures.rows:
        if row.quarter is not None:
            rows.setdefault((row.indicator, row.category, row.cohort.value), {})[row.quarter] = row
    groups = dict(_groups(words))
    lines: list[list[Cell]] = []
    for (indicator, category, cohort), figures in rows.items():
        if cohort in groups:
            numbers = (count_cell(figures.get(quarter)) for quarter in quarters)
            part = _label(words.report.declared[indicator].dimension, category)
            lines.append([words.report.title_of(indicator), part, groups[cohort], *numbers])
    header = ("cijfer", "onderdeel", "groep", *map(over_time.naam, quarters))
    return Sheet("per_kwartaal", passage.title, passage.lines, header, lines, fixed=3)


def chart_sheets(words: Words, over_time: OverTime, told: Mapping[str, Passage]) -> Iterator[Sheet]:
    """The tables that have a chart."""
    for drawn in _DRAWN:
        if not words.heeft(drawn.indicator):
            continue
        passage = told[drawn.key]
        header, rows = _per_quarter(over_time, drawn) if drawn.columns else _per_category(words, drawn)
        key = f"grafiek_{drawn.key.replace('-', '_')}"
        chart = _chart(drawn, passage, header)
        yield Sheet(key, passage.title, passage.lines, header, rows, chart=chart)


def _chart(drawn: Drawn, passage: Passage, header: Sequence[str]) -> Chart | None:
    """The groups, but not their total; other columns by name."""
    if passage.chart is None:
        return None
    series = drawn.series if drawn.columns else range(1, max(2, len(header) - 1))
    caption, alt = passage.chart.caption, passage.chart.alt
    return Chart(caption, alt, series, horizontal=drawn.horizontal, stacked=drawn.stacked)


def everything_sheet(words: Words, passage: Passage) -> Sheet:
    """All figures, with the columns and rows of cijfers.csv."""
    rows = [figure_cells(row) for row in words.figures.rows]
    return Sheet("cijfers", passage.title, passage.lines, FIGURE_COLUMNS, rows)


def _per_quarter(over_time: OverTime, drawn: Drawn) -> tuple[tuple[str, ...], list[list[Cell]]]:
    rows: list[list[Cell]] = [
        [name, *(count_cell(number.figure if number else None) for number in numbers)]
        for name, numbers in over_time.regels(drawn.columns)
    ]
    return (drawn.first, *(heading for heading, _, _ in drawn.columns)), rows


def _per_category(words: Words, drawn: Drawn) -> tuple[tuple[str, ...], list[list[Cell]]]:
    """Groups beside each other and the total; only the total of a figure that has no groups."""
    per_group = words.report.declared[drawn.indicator].per_cohort
    groups = [entry for entry in _groups(words) if per_group or entry[0] == "totaal"]
    rows: list[list[Cell]] = [
        [category, *(count_cell(words.n(drawn.indicator, group, category).figure) for group, _ in groups)]
        for category in words.categorieen(drawn.indicator)
    ]
    return (drawn.first, *(heading for _, heading in groups)), rows


def _groups(words: Words) -> Sequence[tuple[str, str]]:
    return [*words.groups, ("totaal", "totaal")]


def _side_by_side(words: Words) -> Iterator[Mapping[str, Published]]:
    """The figures of every indicator and category of the whole period, by group."""
    rows: dict[tuple[str, str | None], dict[str, Published]] = {}
    for row in words.figures.rows:
        if row.quarter is None:
            rows.setdefault((row.indicator, row.category), {})[row.cohort.value] = row
    yield from rows.values()


def _row_of_chapter(words: Words, figures: Mapping[str, Published]) -> list[Cell]:
    one = _any(figures)
    indicator = words.report.declared[one.indicator]
    of_groups = [figures.get(group) for group, _ in _groups(words)]
    counts = map(count_cell, of_groups)
    shares = map(share_cell, of_groups)
    base = words.report.title_of(indicator.base) if indicator.base else NOTHING
    return [indicator.title, _label(indicator.dimension, one.category), *counts, *shares, base]


def _any(figures: Mapping[str, Published]) -> Published:
    return next(iter(figures.values()))


def _label(dimension: str | None, category: str | None) -> str:
    if category is None:
        return NOTHING
    return LABELS[_LABEL_OF.get(dimension or "", "zelf")](category)
