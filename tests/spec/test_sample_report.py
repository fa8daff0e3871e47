"""The table of the issue: what `report data/sample` must tell, through the command line, matched by id."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SAMPLE = Path(__file__).parents[2] / "data" / "sample"


class Figures:
    """cijfers.json, by indicator, cohort and category."""

    def __init__(self, content: dict[str, Any]) -> None:
        self.content = content
        of_period = [row for row in content["cijfers"] if row["kwartaal"] is None]
        self.rows = {(row["indicator"], row["cohort"], row["categorie"]): row for row in of_period}

    def row(self, indicator: str, cohort: str = "totaal", category: str | None = None) -> dict[str, Any]:
        return dict(self.rows[indicator, cohort, category])

    def count(self, indicator: str, cohort: str = "totaal", category: str | None = None) -> int:
        return int(self.row(indicator, cohort, category)["aantal"])

    def categories(self, indicator: str, cohort: str = "totaal") -> dict[str, int]:
        return {key[2]: row["aantal"] for key, row in self.rows.items() if key[:2] == (indicator, cohort)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("uitvoer")
    command = [sys.executable, "-m", "integratie_eval", "report", str(SAMPLE), "-o", str(target)]
    command += ["--van", "2017-06-01", "--tot", "2019-12-31"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return target


@pytest.fixture(scope="module")
def figures(folder: Path) -> Figures:
    return Figures(json.loads((folder / "cijfers.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("indicator", "statushouder", "oudkomer", "total"),
    [
        ("personen", 199, 94, 293),
        ("gesproken", 199, 94, 293),
        ("uitstroom_werk", 64, 12, 76),
        ("parttime_werk", 16, 3, 19),
        ("studie", 13, 0, 13),
        ("vrijwilligerswerk", 33, 10, 43),
        ("voorbereiding_studie", 13, 0, 13),
        ("zorg_en_rust", 15, 36, 51),
        ("sollicitatietraining", 56, 0, 56),
    ],
)
def test_figure_per_cohort(figures: Figures, indicator: str, statushouder: int, oudkomer: int, total: int) -> None:
    counts = [figures.count(indicator, cohort) for cohort in ("statushouder", "oudkomer", "onbekend", "totaal")]
    assert counts == [statushouder, oudkomer, 0, total]


def test_partijen_are_121_single_people_and_86_couples_of_which_2_mixed(figures: Figures) -> None:
    assert figures.count("partijen") == 207
    assert figures.categories("partijen_samenstelling") == {"alleenstaande": 121, "paar": 86}
    assert figures.count("partijen_gemengd") == 2
    assert ("partijen", "statushouder", None) not in figures.rows


@pytest.mark.parametrize(
    ("aanbieder", "people"), [("4WD CARE", 24), ("2Switch", 8), ("Bewegen Werkt", 53), ("Stichting Lemat", 13)]
)
def test_deelnemers_per_aanbieder(figures: Figures, aanbieder: str, people: int) -> None:
    assert figures.count("deelnemers_aanbieder", category=aanbieder) == people


def test_bewegen_werkt_served_43_statushouders_and_10_oudkomers(figures: Figures) -> None:
    counts = [figures.count("deelnemers_aanbieder", cohort, "Bewegen Werkt") for cohort in ("statushouder", "oudkomer")]
    assert counts == [43, 10]


def test_bijeenkomsten_and_jobcoaching(figures: Figures) -> None:
    assert figures.categories("bijeenkomsten") == {"Stichting Lemat": 8}
    assert figures.count("jobcoaching_inzetten") == 50


def test_taalmaatje_is_155_of_the_199_adult_statushouders(figures: Figures) -> None:
    row = figures.row("taalmaatje", "statushouder")
    assert (row["aantal"], row["noemer"], row["percentage"]) == (155, 199, 78)
    assert figures.count("volwassenen", "statushouder") == 199


def test_vestigingen_per_year_without_a_sum(figures: Figures) -> None:
    assert figures.categories("vestigingen") == {"2014": 30, "2015": 72, "2016": 95, "2017": 118}
    assert ("vestigingen", "totaal", None) not in figures.rows
    assert figures.row("vestigingen", category="2014")["noemer"] is None


def test_more_than_half_had_a_traject(figures: Figures) -> None:
    assert figures.count("met_traject", "statushouder") * 2 > 199
    assert figures.count("met_traject") * 2 > 293


def test_eindstatus_is_a_partition(figures: Figures) -> None:
    counts = figures.categories("eindstatus")
    others = [counts.pop(status) for status in ("in traject", "uitgestroomd overig", "nog geen traject")]
    assert counts == {
        "betaald werk": 76,
        "parttime werk": 19,
        "studie": 13,
        "zorg en rust": 51,
        "vrijwilligerswerk": 43,
        "voorbereiding studie": 13,
    }
    assert sum(others) == 78
    sums = {cohort: sum(figures.categories("eindstatus", cohort).values()) for cohort in ("statushouder", "oudkomer")}
    assert sums == {"statushouder": 199, "oudkomer": 94}


@pytest.mark.parametrize("indicator", ["trede", "trede_afgeleid"])
@pytest.mark.parametrize("cohort", ["statushouder", "oudkomer", "totaal"])
def test_treden_add_up_to_personen(figures: Figures, indicator: str, cohort: str) -> None:
    counts = figures.categories(indicator, cohort)
    assert list(counts) == ["1", "2", "3", "4", "5", "6", "onbekend"]
    assert sum(counts.values()) == figures.count("personen", cohort)


NOT_IN_THE_SAMPLE = {
    f"clienten.{column}"
    for column in (
        "inburgering_status", "datum_inburgeringsplicht", "datum_brede_intake", "datum_pip",
        "datum_pvt", "datum_map", "ontheffing_arbeidsplicht", "financieel_ontzorgen",
    )
}  # fmt: skip


def test_nothing_else_is_missing_and_the_rows_are_tidy(figures: Figures) -> None:
    lacking = {need for item in figures.content["niet_gemeten"] for need in item["nodig"]}
    assert lacking <= NOT_IN_THE_SAMPLE
    assert figures.content["periode"] == {"van": "2017-06-01", "tot": "2019-12-31", "peildatum": "2019-12-31"}
    columns = [
        "indicator",
        "cohort",
        "dimensie",
        "categorie",
        "aantal",
        "noemer",
        "percentage",
        "kwartaal",
        "laag",
        "hoog",
    ]
    assert all(list(row) == columns for row in figures.content["cijfers"])
    rows = [(r["indicator"], r["cohort"], r["categorie"], r["kwartaal"]) for r in figures.content["cijfers"]]
    assert len(set(rows)) == len(rows)


def test_jobcoaching_is_ongeveer_50_keer_because_the_settings_say_so(folder: Path) -> None:
    assert 'ongeveer = ["jobcoaching_inzetten"]' in (SAMPLE / "integratie.toml").read_text(encoding="utf-8")
    text = (folder / "rapport.md").read_text(encoding="utf-8")
    assert "Jobcoaching is in de periode ongeveer 50 keer ingezet." in text


def test_without_that_setting_it_is_50_keer(tmp_path: Path) -> None:
    (tmp_path / "leeg.toml").write_text("", encoding="utf-8")
    command = [sys.executable, "-m", "integratie_eval", "report", str(SAMPLE), "-c", str(tmp_path / "leeg.toml")]
    subprocess.run([*command, "-o", str(tmp_path), "--format", "md"], capture_output=True, check=True)
    assert "Jobcoaching is in de periode 50 keer ingezet." in (tmp_path / "rapport.md").read_text(encoding="utf-8")
