"""The sheets of the annex, in order; a sheet without rows is left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from integratie_eval.render.annex.figures import chapter_sheets, chart_sheets, everything_sheet, quarter_sheet
from integratie_eval.render.annex.model import (
    NOTHING,
    Cell,
    Link,
    Percent,
    Sheet,
    count_cell,
    euro_cell,
    number_cell,
    share_cell,
)
from integratie_eval.render.annex.passages import Passage
from integratie_eval.render.goals import TargetWords
from integratie_eval.render.over_time import OverTime
from integratie_eval.render.prose import Words
from integratie_eval.report import Report

_NOTES = ("keuzes", "niet-geleverd", "wat-dit-niet-zegt")
"""The passages of the report that explain figures wherever they stand."""

Rows = Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class Facts:
    """A sheet about other things than figures: its passage, its columns and where the rows come from."""

    key: str
    header: tuple[str, ...]
    rows: Callable[[Words], Rows]


def sheets_of(report: Report, chapters: Mapping[str, Passage], told: Mapping[str, Passage]) -> Sequence[Sheet]:
    """All sheets. `chapters` are the passages of the report, `told` those of the annex itself."""
    words = Words(report)
    over_time = OverTime(words)
    notes = [told["tekens"], *(chapters[name] for name in _NOTES if name in chapters)]
    explained: Rows = [[passage.title, line] for passage in notes for line in passage.lines]
    sheets = [
        _sheet(told, "toelichting", ("onderwerp", "toelichting"), explained),
        *chart_sheets(words, over_time, told),
        *chapter_sheets(words, told, chapters),
        quarter_sheet(words, over_time, told["per-kwartaal"]),
        *(_sheet(told, facts.key, facts.header, facts.rows(words)) for facts in _FACTS),
        everything_sheet(words, told["alle-cijfers"]),
    ]
    sheets = [sheet for sheet in sheets if sheet.rows]
    contents: Rows = [[Link(sheet.key), sheet.lines[0], len(sheet.rows)] for sheet in sheets]
    front = _sheet(told, "inhoud", ("blad", "inhoud", "rijen"), contents)
    return [front, *sheets]


def _sheet(told: Mapping[str, Passage], key: str, header: tuple[str, ...], rows: Rows) -> Sheet:
    return Sheet(key, told[key].title, told[key].lines, header, rows)


def _definitions(words: Words) -> Rows:
    report = words.report
    indicators: Rows = [
        [i.title, i.definition, report.title_of(i.base) if i.base else NOTHING, i.source, i.id]
        for i in report.indicators
    ]
    ratios = [[r.title, r.definition, NOTHING, r.source, r.id] for r in (item.ratio for item in report.ratios)]
    return [*indicators, *ratios]


def _targets(words: Words) -> Rows:
    return [_target(target) for target in words.streefwaarden()]


def _target(words: TargetWords) -> Sequence[Cell]:
    target, realised = words.outcome.target, words.outcome.realised
    aim: Cell = Percent(target.value) if target.percentage else target.value
    outcome = share_cell(realised) if target.percentage else count_cell(realised)
    return [words.naam, words.groep, target.direction.value, aim, outcome, words.verschil, words.oordeel]


def _costs(words: Words) -> Rows:
    lines = words.report.money.lines if words.report.money else ()
    return [
        [line.post, euro_cell(line.euros), number_cell(line.months), number_cell(line.number), euro_cell(line.amount)]
        for line in lines
    ]


def _ratios(words: Words) -> Rows:
    return [[item.ratio.title, item.value] for item in words.report.ratios]


def _offers(words: Words) -> Rows:
    return [
        [offer.provider.name, offer.provider.offer or NOTHING, ", ".join(map(str, offer.provider.for_rungs)) or NOTHING,
         number_cell(offer.provider.places), number_cell(offer.free)] for offer in words.report.supply.offers
    ]  # fmt: skip


def _rows(words: Words) -> Rows:
    return [
        [row.file, row.sheet or NOTHING, row.table, row.seen, row.used, row.seen - row.used, _reasons(row.set_aside)]
        for row in words.report.rows
    ]


def _reasons(set_aside: Mapping[str, int]) -> str:
    return ", ".join(f"{reason} ({count})" for reason, count in set_aside.items()) or NOTHING


def _findings(words: Words) -> Rows:
    return [
        [rule.title, rule.severity.value, rule.explanation, rule.remedy, count]
        for rule, count in words.report.findings_by_rule
    ]


_FACTS = (
    Facts(
        "streefwaarden", ("cijfer", "groep", "richting", "streefwaarde", "uitkomst", "verschil", "oordeel"), _targets
    ),
    Facts("kosten", ("post", "prijs", "maanden", "aantal", "bedrag"), _costs),
    Facts("verhoudingen", ("cijfer", "waarde"), _ratios),
    Facts("aanbod", ("aanbieder", "aanbod", "voor trede", "plaatsen", "vrij"), _offers),
    Facts("regels", ("bestand", "blad", "tabel", "gezien", "gebruikt", "opzij gezet", "reden"), _rows),
    Facts("bevindingen", ("bevinding", "ernst", "uitleg", "oplossing", "aantal"), _findings),
    Facts("definities", ("cijfer", "definitie", "percentage van", "bron", "code"), _definitions),
)
