"""What the templates of the report can ask: figures that know their grammar, groups in words, tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from markupsafe import Markup

import integratie_eval.render.dutch as dutch
from integratie_eval.compare import Difference, quarter_before
from integratie_eval.model import Published, PublishedFigures
from integratie_eval.render.goals import TargetWords
from integratie_eval.render.markdown_text import escape
from integratie_eval.report import Report
from integratie_eval.text import listed

RUNGS = {
    "1": "geïsoleerd",
    "2": "sociale contacten buiten de deur",
    "3": "meedoen aan georganiseerde activiteiten",
    "4": "onbetaald werk",
    "5": "betaald werk met ondersteuning",
    "6": "betaald werk zonder ondersteuning",
}
ROUTES = {"B1": "B1-route", "O": "onderwijsroute", "Z": "zelfredzaamheidsroute"}
LABELS: Mapping[str, Callable[[str], str]] = {
    "zelf": str,
    "dagnaam": lambda iso: dutch.day(date.fromisoformat(iso)),
    "tredenaam": lambda rung: f"{rung}: {RUNGS[rung]}" if rung in RUNGS else rung,
    "leerroute": lambda route: ROUTES.get(route, route),
}
_GROUPS = (
    ("statushouder", "statushouder", "statushouders"),
    ("oudkomer", "oudkomer", "oudkomers"),
    ("onbekend", "persoon van wie de groep niet bekend is", "mensen van wie de groep niet bekend is"),
)
HEADINGS = {"statushouder": "statushouders", "oudkomer": "oudkomers", "onbekend": "groep onbekend"}
"""The groups as a table or a chart names them."""


@dataclass(frozen=True)
class Number:
    """A published figure as the templates see it: it shows itself as a link and knows its own grammar."""

    figure: Published

    def __html__(self) -> str:
        return self.link(dutch.shown(self.figure.count))

    def __str__(self) -> str:
        return dutch.shown(self.figure.count)

    @property
    def geen(self) -> bool:
        """A published zero."""
        return dutch.is_none(self.figure.count)

    @property
    def een(self) -> bool:
        """The noun stands in the singular."""
        return dutch.is_one(self.figure.count)

    @property
    def zonder_basis(self) -> bool:
        """There was nobody who could count: this zero tells nothing."""
        return self.figure.base is not None and dutch.is_none(self.figure.base)

    @property
    def procent(self) -> Markup:
        """The percentage of the base: 78%, 'minder dan 1%' when it would round to nothing."""
        share = self.figure.percentage
        if share == 0 and not self.geen:
            return self.link(f"minder dan {dutch.percent(Decimal(1).scaleb(share.as_tuple().exponent))}")  # type: ignore[arg-type]
        return self.link(dutch.percent(share))

    @property
    def heeft_procent(self) -> bool:
        """There is a percentage."""
        return self.figure.percentage is not None

    @property
    def marge(self) -> Markup:
        """Between which percentages the share lies: 'tussen 24% en 38%'."""
        low, high = map(dutch.percent, self.figure.interval or (None, None))
        return self.link(f"tussen {low} en {high}" if low != high else f"ongeveer {low}")

    @property
    def of_geen(self) -> Markup:
        """The count beside other counts of a sentence: 'geen' or 64."""
        return Markup("geen") if self.geen else Markup(self)

    @property
    def keer(self) -> Markup:
        """How often: 'geen enkele keer', '1 keer', '50 keer'."""
        return Markup("geen enkele keer") if self.geen else Markup(f"{self.__html__()} keer")

    def met(self, singular: str, plural: str) -> Markup:
        """The count with its noun: geen statushouders, 1 statushouder, 64 statushouders."""
        if self.geen:
            return Markup(f"geen {plural}")
        return self.link(f"{dutch.shown(self.figure.count)}") + Markup(f" {singular if self.een else plural}")

    def wie(self, singular: str, plural: str) -> Markup:
        """The people after their verb: 'had niemand', 'had 1 persoon', 'hadden 64 mensen'."""
        if self.geen:
            return Markup(f"{singular} niemand")
        return Markup(f"{self.ww(singular, plural)} ") + self.met("persoon", "mensen")

    def ww(self, singular: str, plural: str) -> str:
        """The verb that agrees with the count; zero takes the plural (geen mensen zijn)."""
        return singular if self.een else plural

    def link(self, text: object) -> Markup:
        """A text as a link to the definition of this figure."""
        figure = self.figure
        parts = (figure.indicator, figure.cohort.value, figure.category, figure.quarter)
        about = " · ".join(part for part in parts if part)
        return linked(text, figure.indicator, about.replace("\\", "").replace('"', "").replace("\n", " "))


def linked(text: object, indicator: str, about: str) -> Markup:
    """A text as a link to the definition of a figure; `about` says which of its figures."""
    return Markup(f'[{text}](#cijfer-{indicator} "{escape(about)}")')


class Words:
    """What the templates can ask: figures, groups in words, tables."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.figures: PublishedFigures = report.published
        self.measured = {indicator.id for indicator in report.indicators}
        self.tables = 0
        self.unknown_group = not _zero(self.figures, "personen", "onbekend")

    @property
    def groups(self) -> Sequence[tuple[str, str]]:
        """The groups and their headings; the unknown group only when somebody is in it."""
        return [(group, text) for group, text in HEADINGS.items() if group != "onbekend" or self.unknown_group]

    def n(
        self, indicator: str, cohort: str = "totaal", category: str | None = None, quarter: str | None = None
    ) -> Number:
        """A figure. Raises KeyError for a figure that was not measured: templates ask `heeft` first."""
        figure = self.figures.get(indicator, cohort, category, quarter)
        if figure is None:
            raise KeyError(f"{indicator}/{cohort}/{category}/{quarter}")
        return Number(figure)

    def heeft(self, *indicators: str) -> bool:
        """All these indicators were measured."""
        return all(indicator in self.measured for indicator in indicators)

    def categorieen(self, indicator: str) -> Sequence[str]:
        """The categories of an indicator."""
        return self.figures.categories(indicator)

    def groepen(self, indicator: str, category: str | None = None) -> Markup:
        """A figure per group in words: '64 statushouders en 12 oudkomers', 'allemaal statushouders', 'een oudkomer'."""
        total = self.n(indicator, "totaal", category)
        every = [(self.n(indicator, group, category), singular, plural) for group, singular, plural in _GROUPS]
        counts = [entry for entry in every if not entry[0].geen]
        if total.een and len(counts) == 1:
            return Markup(f"een {counts[0][1]}")
        if len(counts) == 1 and counts[0][0].figure.count == total.figure.count:
            return Markup(f"allemaal {counts[0][2]}")
        return Markup(listed([count.met(singular, plural) for count, singular, plural in counts]))

    def uitkomst(self, indicator: str, singular: str, plural: str, rest: str, start: str = "Er") -> Markup:
        """One sentence about an outcome, with groups and percentage: 'Er zijn 76 mensen uitgestroomd …'."""
        total = self.n(indicator)
        if total.geen:
            return Markup(f"Niemand {singular} {rest}.")
        people = total.met("persoon", "mensen")
        text = Markup(f"{start} {total.ww(singular, plural)} {people} {rest}: {self.groepen(indicator)}.")
        everyone = self.n("personen")
        if total.heeft_procent and not everyone.een:
            text += Markup(f" Dat is {total.procent} van de {everyone.__html__()} mensen met bijstand in de periode.")
        return text

    def verschil(
        self, indicator: str, quarter: str, cohort: str = "totaal", category: str | None = None, *, jaar: bool = False
    ) -> Markup:
        """'12 meer dan een kwartaal eerder', 'evenveel als een jaar eerder' (`jaar`); empty without such a quarter."""
        earlier = quarter_before(quarter, 4 if jaar else 1)
        now, then = (self.figures.get(indicator, cohort, category, name) for name in (quarter, earlier))
        if now is None or then is None or not {quarter, earlier} <= self.report.whole_quarters:
            return Markup("")
        count = Difference.of(then, now).count
        if count is None:
            return Markup("")
        when = "een jaar eerder" if jaar else "een kwartaal eerder"
        if count == 0:
            return Markup(f"evenveel als {when}")
        difference = Number(now).link(dutch.number(abs(count)))
        return Markup(f"{difference} {'meer' if count > 0 else 'minder'} dan {when}")

    def verhouding(self, ratio: str) -> Markup:
        """A ratio, as a link to its definition; empty when it is not known."""
        found = [item for item in self.report.ratios if item.ratio.id == ratio]
        return Markup("").join(linked(dutch.number(item.value.normalize()), ratio, ratio) for item in found)

    def deel(
        self,
        indicator: str,
        about: str,
        singular: str,
        plural: str,
        rest: str,
        *,
        category: str | None = None,
        one: str | None = None,
    ) -> Markup:
        """A part of its base: 'Van de 12 mensen met een plan hebben er 3 een diploma (25%)', as a sentence.

        `one` is `about` for a single person, where the two differ.
        """
        declared = next(i for i in self.report.indicators if i.id == indicator)
        part, base = self.n(indicator, "totaal", category), self.n(declared.base or "")
        if base.geen:
            return Markup("")
        if part.geen:
            return Markup(f"Niemand {one or about} {singular} {rest}.")
        if base.een:
            return Markup(f"De enige persoon {one or about} {singular} {rest}.")
        people = Markup(f"Van de {base.met('persoon', 'mensen')} {about}")
        return people + Markup(f" {part.ww(singular, plural)} er {part.__html__()} {rest} ({part.procent}).")

    def ongeveer(self, indicator: str) -> str:
        """'ongeveer ' for figures that the municipality only knows roughly."""
        return "ongeveer " if indicator in self.report.settings.approximate else ""

    def ontbreekt(self, indicator: str, about: str) -> str:
        """The sentence that stands where a figure would stand whose columns were not delivered."""
        needs = next(missing.needs for missing in self.figures.missing if missing.indicator == indicator)
        return f"Over {about} staat hier niets: {self.nodig(needs)} niet geleverd."

    def nodig(self, needs: Sequence[str]) -> str:
        """What was not delivered, in words and with its verb: 'de kolommen trede en taalmaatje van clienten zijn'."""
        columns: dict[str, list[str]] = {}
        for need in needs:
            table, _, column = need.partition(".")
            known = "|" not in need and column and table in self.report.delivered.columns
            columns.setdefault(table if known else need, []).append(column if known else "")
        parts = []
        for table, names in columns.items():
            if names[0]:
                noun = "de kolom" if len(names) == 1 else "de kolommen"
                parts.append(f"{noun} {listed(names)} van de tabel {table}")
            else:
                parts.append(" of ".join(_table_or_column(option) for option in table.split("|")))
        parts = list(dict.fromkeys(parts))
        several = len(parts) > 1 or parts[0].startswith("de kolommen")
        return f"{listed(parts)} {'zijn' if several else 'is'}"

    def tabel(
        self, caption: str, headings: Sequence[str], rows: Iterable[Sequence[Any]], *, numbers_from: int = 1
    ) -> Markup:
        """A pipe table under its caption; the first column names the row. Columns from `numbers_from` hold numbers."""
        self.tables += 1
        lines = [
            f"Tabel {self.tables}: {escape(caption)}",
            "",
            _row(headings),
            _row([Markup("---:") if index >= numbers_from else Markup("---") for index in range(len(headings))]),
        ]
        return Markup("\n".join([*lines, *map(_row, rows)]) + "\n")

    def tabel_per_groep(
        self,
        indicator: str,
        caption: str,
        first: str,
        *,
        percent: bool = True,
        label: str = "zelf",
        share: str = "deel van alle personen",
    ) -> Markup:
        """A table of the categories of an indicator: a column per group, and the total with its percentage."""
        if not self.categorieen(indicator):
            return Markup("")
        groups = [group for group, _ in self.groups]
        if self.figures.get(indicator, "statushouder", self.categorieen(indicator)[0]) is None:
            groups = []  # this figure exists only as a total
        headings = [first, *(HEADINGS[group] for group in groups), "totaal"]
        headings += [share] if percent else []
        rows = []
        for category in self.categorieen(indicator):
            total = self.n(indicator, "totaal", category)
            counts = [self.n(indicator, group, category) for group in groups]
            rows.append([LABELS[label](category), *counts, total, *([total.procent] if percent else [])])
        return self.tabel(caption, headings, rows)

    def streefwaarden(self) -> Sequence[TargetWords]:
        """The targets of the municipality, each with what came of it."""
        declared = self.report.declared
        return [
            TargetWords(
                outcome,
                declared[outcome.target.indicator].title,
                declared[outcome.target.indicator].dimension,
                Number(outcome.realised) if outcome.realised else None,
                self.report.settings.percentage_decimals,
            )
            for outcome in self.report.targets
        ]


def _table_or_column(need: str) -> str:
    table, _, column = need.partition(".")
    return f"de kolom {column} van de tabel {table}" if column else f"de tabel {table}"


def _row(cells: Iterable[Any]) -> str:
    return f"| {' | '.join(str(Markup(cell) if hasattr(cell, '__html__') else escape(str(cell))) for cell in cells)} |"


def _zero(figures: PublishedFigures, indicator: str, cohort: str) -> bool:
    figure = figures.get(indicator, cohort)
    return figure is None or dutch.is_none(figure.count)
