"""A municipality of a few invented people: its deliveries as small csv files, and what the evaluation makes of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from integratie_eval.classified import Classified, classified
from integratie_eval.evaluation import Evaluation, evaluate
from integratie_eval.model import Exact, Finding
from integratie_eval.settings import Settings
from tests.helpers import write_csv

Row = Mapping[str, object]
VAN, TOT = date(2019, 1, 1), date(2019, 12, 31)

COLUMNS = {
    "clienten": ("clientnummer uitkeringnummer rol geboortedatum datum_vestiging datum_vergunning begin_uitkering "
                 "eind_uitkering reden_einde inkomsten_arbeid trede datum_trede groeipotentieel zorg_en_rust "
                 "datum_gesprek taalmaatje leerroute taalniveau inburgering_status datum_inburgeringsplicht "
                 "datum_brede_intake datum_pip datum_pvt datum_map ontheffing_arbeidsplicht financieel_ontzorgen"),
    "trajecten": "clientnummer soort aanbieder begin eind reden_einde",
    "plaatsingen": "clientnummer begin eind uren_per_week contract jobcoach",
    "metingen": "clientnummer datum trede groeipotentieel schaal",
    "vestigingen": "jaar aantal",
    "bijeenkomsten": "aanbieder datum aantal_deelnemers",
}  # fmt: skip


def client(number: str = "1", /, **facts: object) -> Row:
    """A statushouder with bijstand since 2016, of whom nothing special is known."""
    usual = {
        "clientnummer": number,
        "uitkeringnummer": f"U{number}",
        "rol": "aanvrager",
        "geboortedatum": "1990-01-01",
        "datum_vestiging": "2015-01-01",
        "begin_uitkering": "2016-01-01",
        "inkomsten_arbeid": "nee",
        "zorg_en_rust": "nee",
        "taalmaatje": "nee",
    }
    return usual | facts


def traject(soort: str, number: str = "1", begin: str = "2019-03-01", **facts: object) -> Row:
    return {"clientnummer": number, "soort": soort, "begin": begin} | facts


def job(number: str = "1", begin: str = "2019-03-01", **facts: object) -> Row:
    return {"clientnummer": number, "begin": begin, "contract": "vast", "jobcoach": "nee"} | facts


def measurement(trede: object, datum: str, number: str = "1", **facts: object) -> Row:
    return {"clientnummer": number, "trede": trede, "datum": datum, "schaal": "ladder"} | facts


def left(reason: str, day: str = "2019-06-01") -> dict[str, object]:
    """The facts of someone whose bijstand ended."""
    return {"eind_uitkering": day, "reden_einde": reason}


@dataclass
class Town:
    """Writes deliveries to a folder and evaluates that folder."""

    folder: Path
    settings: dict[str, Any] = field(default_factory=lambda: {"start": VAN, "end": TOT})

    def deliver(self, quarter: str, clienten: Sequence[Row], without: str = "", /, **tables: Sequence[Row]) -> Town:
        """One quarter: every table, with all its columns except those in `without`; no row means no file."""
        for table, rows in {"clienten": clienten, **tables}.items():
            columns = [name for name in COLUMNS[table].split() if name not in without.split()]
            cells = [[str(row.get(column, "")) for column in columns] for row in rows]
            write_csv(self.folder / f"{quarter} {table}.csv", [columns, *cells])
        return self

    def evaluate(self, **settings: Any) -> Evaluation:
        return evaluate(self.folder, Settings(**{**self.settings, **settings}))

    def classified(self) -> Classified:
        """The same without any figure, in half the time: for findings and the row account."""
        return classified(self.folder, Settings(**self.settings))


def evaluated(folder: Path, *clienten: Row, settings: Mapping[str, Any] | None = None, **tables: Any) -> Evaluation:
    """One delivery of 2019-Q4 with all tables, evaluated over 2019."""
    empty: dict[str, Sequence[Row]] = {"trajecten": [], "plaatsingen": [], "metingen": []}
    return Town(folder).deliver("2019-Q4", clienten, **(empty | tables)).evaluate(**(settings or {}))


def count(
    result: Evaluation, indicator: str, cohort: str = "totaal", category: str | None = None, quarter: str | None = None
) -> int:
    """A published figure; fails when it is not there."""
    figure = result.published.get(indicator, cohort, category, quarter)
    assert figure is not None, f"{indicator} {cohort} {category} {quarter} was not measured"
    assert isinstance(figure.count, Exact)
    return figure.count.value


def base(
    result: Evaluation, indicator: str, cohort: str = "totaal", category: str | None = None, quarter: str | None = None
) -> int:
    """The denominator of a published figure."""
    figure = result.published.get(indicator, cohort, category, quarter)
    assert figure is not None
    assert isinstance(figure.base, Exact)
    return figure.base.value


def cohorts(result: Evaluation, indicator: str = "personen") -> dict[str, int]:
    """The groups with somebody in them."""
    names = ("statushouder", "oudkomer", "onbekend")
    return {name: found for name in names if (found := count(result, indicator, name))}


def spread(result: Evaluation, indicator: str) -> dict[str, int]:
    """The categories with somebody in them."""
    categories = result.published.categories(indicator)
    return {name: found for name in categories if (found := count(result, indicator, category=name))}


def found(result: Evaluation | Classified, *severities: str) -> list[str]:
    """The rules that were broken."""
    return [finding.rule for finding in result.findings if not severities or finding.severity.value in severities]


def places(result: Evaluation | Classified, rule: str) -> list[tuple[str, int | None, str | None]]:
    """File, row and column of the findings of a rule."""
    return [(f.place.file, f.place.row, f.place.column) for f in findings(result, rule)]


def findings(result: Evaluation | Classified, rule: str) -> list[Finding]:
    return [finding for finding in result.findings if finding.rule == rule]


def missing(result: Evaluation) -> dict[str, tuple[str, ...]]:
    """The figures that are left out, and what they need."""
    return {item.indicator: item.needs for item in result.missing}
