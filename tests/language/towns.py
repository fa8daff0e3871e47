"""Municipalities of invented people in which every fact is true of nobody, of one, of two and of many of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from integratie_eval.definitions import indicator_of
from integratie_eval.report import Report, report_of
from integratie_eval.settings import Project, Provider
from integratie_eval.settings_goals import Direction, Target
from tests.spec.town import COLUMNS, Row, Town, client, job, left, measurement, traject

Tables = Mapping[str, Sequence[Row]]
NUMBERS = (0, 1, 2, 12)


def facts(number: str) -> Iterator[Tables]:
    """Every fact that the report tells about: what stands in the tables about one person (or couple)."""
    yield {"clienten": [client(f"w{number}", **left("11"))], "plaatsingen": [job(f"w{number}", "2019-02-01")]}
    yield {"clienten": [client(f"r{number}", uitkeringnummer=f"R{number}", **left("11", "2019-03-01")),
                        client(f"r{number}", uitkeringnummer=f"RR{number}", begin_uitkering="2019-08-01")]}  # fmt: skip
    yield {"clienten": [client(f"p{number}", inkomsten_arbeid="ja")],
           "plaatsingen": [job(f"p{number}", "2019-05-01", eind="2019-08-01", jobcoach="ja")]}  # fmt: skip
    yield {"clienten": [client(f"s{number}", **left("1"))]}
    yield {"clienten": [client(f"z{number}", zorg_en_rust="ja")]}
    yield {"clienten": [client(f"o{number}", datum_vestiging="2005-01-01", taalmaatje="ja")]}
    yield {"clienten": [client(f"u{number}", datum_vestiging="")]}
    yield {"clienten": [client(f"m{number}", datum_gesprek="2019-02-01", taalmaatje="ja", financieel_ontzorgen="ja")]}
    partner = client(f"d{number}", uitkeringnummer=f"C{number}", rol="partner", datum_vestiging="2005-01-01")
    yield {"clienten": [client(f"c{number}", uitkeringnummer=f"C{number}"), partner]}
    for kind, provider in (("vrijwilligerswerk", "Een"), ("voorbereiding studie", "Een"), ("taal", "Twee"),
                           ("sollicitatietraining", "Drie")):  # fmt: skip
        person = f"{kind[:2]}{number}"
        yield {"clienten": [client(person, trede=4, datum_trede="2019-05-01")],
               "trajecten": [traject(kind, person, aanbieder=provider),
                             traject(kind, person, "2018-02-01", aanbieder=provider, eind="2019-04-01",
                                     reden_einde="1")],
               "plaatsingen": [job(person, "2019-11-01")] if kind == "taal" else []}  # fmt: skip
    duty = {"datum_inburgeringsplicht": "2019-01-15", "datum_brede_intake": "2019-02-01", "datum_pip": "2019-03-01",
            "datum_pvt": "2019-04-01", "datum_map": "2019-05-01", "leerroute": "Z", "taalniveau": "A2"}  # fmt: skip
    yield {"clienten": [client(f"i{number}", inburgering_status="voldaan", **duty)]}
    yield {"clienten": [client(f"j{number}", inburgering_status="ontheven", ontheffing_arbeidsplicht="ja")]}
    for before, after, goal in ((2, 3, 3), (3, 2, 4), (4, 4, "")):
        person = f"l{before}{number}"
        yield {"clienten": [client(person)],
               "metingen": [measurement(before, "2018-11-01", person, groeipotentieel=goal),
                            measurement(after, "2019-06-01", person)]}  # fmt: skip
    yield {"bijeenkomsten": [{"aanbieder": "Een", "datum": "2019-05-01"}]}


def together(*parts: Tables) -> dict[str, list[Row]]:
    """The rows of all parts per table."""
    result: dict[str, list[Row]] = {"clienten": [], "trajecten": [], "plaatsingen": [], "metingen": []}
    for part in parts:
        for table, rows in part.items():
            result.setdefault(table, []).extend(rows)
    return result


def people(number: int, *, crowd: int = 0) -> dict[str, list[Row]]:
    """Every fact so many times, beside a crowd of whom nothing special is known."""
    parts = [part for copy in range(number) for part in facts(str(copy))]
    others = {"clienten": [client(f"x{other}") for other in range(crowd)]}
    housed = {"vestigingen": [{"jaar": year, "aantal": number} for year in (2018, 2019)]}
    return together(*parts, others, housed)


def settled(count: int, working: int, day: str = "2017-12-20", letter: str = "a") -> Tables:
    """People who came to live here on one day, of whom some found work half a year later."""
    names = [f"{letter}{number}" for number in range(count)]
    new = {"datum_vestiging": day, "begin_uitkering": day}
    return {"clienten": [client(name, **new) for name in names],
            "plaatsingen": [job(name, f"{int(day[:4]) + 1}-06-01") for name in names[:working]]}  # fmt: skip


def jobs(before: tuple[int, int], since: tuple[int, int]) -> Tables:
    """People and their jobs: (lost early, kept) before and since the first jobcoach."""
    parts: list[Tables] = []
    for begin, coach, (lost, kept) in (("2019-01-05", "nee", before), ("2019-03-05", "ja", since)):
        for place in range(lost + kept):
            person = f"{begin}-{place}"
            end = "2019-04-01" if place < lost else ""
            parts.append({"clienten": [client(person)],
                          "plaatsingen": [job(person, begin, eind=end, jobcoach=coach)]})  # fmt: skip
    return together(*parts)


PROVIDERS = (
    Provider("Een", offer="leren werken", for_rungs=(3, 4), places=1, price=1250),
    Provider("Twee", offer="taalles", for_rungs=(2,), places=40, price=600),
    Provider("Vier", offer="wandelen"),
)
OWN = [
    indicator_of({"id": name, "titel": title, "uit": "personen", "telt": "regels", "voorwaarde": condition,
                  "definitie": "Een eigen definitie.", "bron": "eigen", "hoofdstuk": "eigen", "noemer": "personen",
                  "eenheid": ("persoon", "mensen"), **more})
    for name, title, condition, more in (
        ("eigen_maatje", "Mensen met een maatje", "taalmaatje", {}),
        ("eigen_rol", "Mensen naar rol", "TRUE", {"dimensie": "rol"}),
    )
]  # fmt: skip
RICH: dict[str, Any] = {
    "municipality": "Duin",
    "providers": PROVIDERS,
    "project": Project("Samen", Decimal("1.5"), date(2019, 1, 1), date(2019, 12, 31), "het Rijk"),
    "price_of_fte": 85_000,
    "price_of_kind": {"sollicitatietraining": 600},
    "partners": ("Een", "Twee"),
    "approximate": ("jobcoaching_inzetten",),
    "indicators": tuple(OWN),
    "targets": (
        Target("personen", Decimal(2), percentage=False),
        Target("taalmaatje", Decimal(80), percentage=True, cohort="statushouder"),
        Target("zorg_en_rust", Decimal(1), percentage=False, direction=Direction.AT_MOST),
        Target("terugval", Decimal(10), percentage=True, category="6", direction=Direction.AT_MOST),
    ),
}
ONE_TARGET = Target("personen", Decimal(0), percentage=False)


@dataclass(frozen=True)
class Case:
    """A municipality: its deliveries per quarter, the columns that it does not deliver, and its settings."""

    quarters: Mapping[str, Tables]
    settings: Mapping[str, Any] = field(default_factory=dict)
    without: str = ""

    def report(self, folder: Path) -> Report:
        """The report about this municipality."""
        folder.mkdir()
        town = Town(folder)
        for quarter, tables in self.quarters.items():
            rest = {table: rows for table, rows in tables.items() if table != "clienten"}
            town.deliver(quarter, tables["clienten"], self.without, **rest)
        return report_of(town.evaluate(empty_allowed=True, **self.settings))


def one(tables: Tables, /, without: str = "", **settings: Any) -> Case:
    """A municipality with one delivery."""
    return Case({"2019-Q4": tables}, settings, without)


UNKNOWN = Target("terugval", Decimal(10), percentage=True, category="6", direction=Direction.AT_MOST)
FEW: Tables = {"clienten": [client("1"), client("2")]}
GONE: Tables = {"clienten": [client("1", **left("11", "2019-05-01")), client("2")]}
CASES: dict[str, Case] = {
    **{f"{number} of every fact": one(people(number), **RICH) for number in NUMBERS},
    **{f"{number} of every fact in a crowd": one(people(number, crowd=12)) for number in NUMBERS[1:3]},
    "nobody": one({"clienten": []}),
    "one person of everything": one(
        {"clienten": [client("1", taalmaatje="ja", datum_gesprek="2019-02-01", zorg_en_rust="ja", trede=3,
                             datum_trede="2019-05-01", inburgering_status="voldaan", leerroute="B1", taalniveau="A2")],
         "trajecten": [traject("taal", aanbieder="Een")], "plaatsingen": [job(jobcoach="ja")],
         "metingen": [measurement(3, "2018-11-01", groeipotentieel=3)],
         "bijeenkomsten": [{"aanbieder": "Een", "datum": "2019-05-01"}], "vestigingen": [{"jaar": 2019, "aantal": 1}]},
        providers=PROVIDERS[:1], targets=(ONE_TARGET,), project=Project(fte=Decimal(1)), price_of_fte=85_000,
    ),
    "one person who left": one(
        {"clienten": [client("1", **left("11", "2019-12-15"))], "plaatsingen": [job(begin="2019-12-15")],
         "metingen": [], "trajecten": []}, targets=(replace(ONE_TARGET, value=Decimal(3)),), course_is_support=False,
        project=Project(fte=Decimal(2), start=date(2018, 1, 1), end=date(2018, 12, 31)), price_of_fte=85_000,
    ),
    "only the required columns": one(FEW, COLUMNS["clienten"].partition("datum_vestiging ")[2].replace(
        "begin_uitkering", ""), targets=(Target("zorg_en_rust", Decimal(1), percentage=False),),
        price_of_kind={"taal": 600}, passages={"doelgroep": "Onze tekst."}),
    "one person, and no ends": one({"clienten": [client("1")]}, "eind_uitkering"),
    "a gap between quarters, and a total": Case(
        {"2019-Q1": FEW, "2019-Q3": {"clienten": [*FEW["clienten"], {"clientnummer": "Totaal"}], "vestigingen": [],
                                     "bijeenkomsten": [], "trajecten": [traject("taal")]}},
        {"targets": (ONE_TARGET, ONE_TARGET)},
    ),
    "trajecten without providers": one(
        {**FEW, "trajecten": [traject("taal")]}, "aanbieder trede datum_trede", providers=PROVIDERS,
        targets=(UNKNOWN, replace(UNKNOWN, category="24")),
    ),
    "a year of quarters": Case({"2018-Q3": FEW, "2018-Q4": FEW, "2019-Q1": FEW, "2019-Q2": FEW, "2019-Q3": GONE,
                                "2019-Q4": GONE}, {"start": date(2018, 7, 1)}),
    "work after two years": one(settled(40, 30), start=date(2017, 12, 1)),
    "work of about half": one(settled(40, 21), start=date(2017, 12, 1)),
    "years of settlement with equal work": one(
        together(settled(30, 20), settled(30, 20, "2016-12-20", "b")), start=date(2016, 12, 1)
    ),
    "little work after two years": one(together(settled(40, 12), settled(12, 11, "2016-06-01", "b")),
                                       start=date(2016, 5, 1)),
    "two groups from the start": one(
        together(settled(40, 30, "2013-01-20"), settled(30, 20, "2012-12-20", "b")), start=date(2012, 12, 1)
    ),
    "equal shares of jobs": one(jobs((1, 3), (2, 6))),
    "shares of jobs that chance explains": one(jobs((1, 3), (1, 5))),
    "shares of jobs that chance does not explain": one(jobs((15, 5), (1, 19))),
    "two jobs in two phases": one(jobs((1, 0), (0, 1))),
}  # fmt: skip
