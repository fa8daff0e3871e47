"""Targets and money in the report (issue 4 point 7): what they compare, and how the text says it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from integratie_eval.model import Hidden, PublishedFigures
from integratie_eval.money import money_of
from integratie_eval.render.figures import figures_json
from integratie_eval.render.markdown import render_markdown
from integratie_eval.report import Report, report_of
from integratie_eval.settings import Project, Provider
from integratie_eval.settings_goals import Direction, Target
from integratie_eval.targets import compare
from tests.helpers import prose
from tests.spec.town import Row, Town, client, count, evaluated, left, spread, traject

PEOPLE = [
    client("1", **left("11")),
    client("2", taalmaatje="ja"),
    client("3", datum_vestiging="2010-01-01"),
    client("4"),
]


def share(indicator: str, value: str, **facts: Any) -> Target:
    return Target(indicator, Decimal(value), percentage=True, **facts)


def report(folder: Path, *clienten: Row, trajecten: Any = (), **settings: Any) -> Report:
    return report_of(evaluated(folder, *clienten, trajecten=trajecten, settings=settings))


def chapter(found: Report, name: str) -> str:
    return render_markdown(prose(found)).partition(f"\n## {name}")[2].partition("\n## ")[0]


def hidden(found: Report, *indicators: str) -> Report:
    """An edition of the report in which some figures are not published."""
    rows = [
        replace(row, count=Hidden(), percentage=None) if row.indicator in indicators else row
        for row in found.published.rows
    ]
    published = PublishedFigures.of(tuple(rows), found.missing)
    return replace(
        found,
        published=published,
        targets=compare(found.settings.targets, published),
        money=money_of(found.settings, found.period, published),
    )


REACHED, REACHED_TOO = share("uitstroom_werk", "25"), share("in_bijstand", "80", direction=Direction.AT_MOST)
MISSED, MISSED_TOO = share("taalmaatje", "60", cohort="statushouder"), Target("personen", Decimal(5), percentage=False)
UNTOLD, UNTOLD_TOO = share("terugval", "10", category="18"), share("gesproken", "50", cohort="onbekend")


# --- targets


def test_the_table_sets_every_target_beside_its_figure(tmp_path: Path) -> None:
    text = chapter(report(tmp_path, *PEOPLE, targets=(REACHED, REACHED_TOO, MISSED, MISSED_TOO, UNTOLD)), "Streefw")
    for row in (
        "| Uitgestroomd naar betaald werk | totaal | minstens 25% | 25% | gelijk | bereikt |",
        "| Personen met bijstand op de peildatum | totaal | hoogstens 80% | 75% | 5 procentpunt lager | bereikt |",
        "| Taalmaatje | statushouders | minstens 60% | 33% | 27 procentpunt lager | niet bereikt |",
        "| Personen met bijstand | totaal | minstens 5 | 4 | 1 lager | niet bereikt |",
        "| Terugval in de bijstand na werk, 18 maanden | totaal | minstens 10% | – | – | niet te zeggen |",
    ):
        assert row in text
    assert "* Taalmaatje (statushouders): 33%, dat is 27 procentpunt lager dan de streefwaarde" in text
    assert "18 maanden: er is niets waarvan dit een percentage kan zijn" in text


@pytest.mark.parametrize(
    ("targets", "sentences"),
    [
        ([REACHED], ["De streefwaarde is bereikt."]),
        ([MISSED], ["De streefwaarde is niet bereikt."]),
        ([UNTOLD], ["Of de streefwaarde is bereikt, is niet te zeggen."]),
        ([REACHED, REACHED_TOO], ["Alle 2 streefwaarden zijn bereikt."]),
        ([MISSED, MISSED_TOO], ["Van de 2 streefwaarden is er geen bereikt."]),
        ([UNTOLD, UNTOLD_TOO], ["Van de streefwaarden is niet te zeggen of zij zijn bereikt."]),
        ([REACHED, MISSED], ["Van de 2 streefwaarden is er 1 bereikt."]),
        ([REACHED, REACHED_TOO, MISSED], ["Van de 3 streefwaarden zijn er 2 bereikt."]),
        (
            [REACHED, MISSED, UNTOLD],
            [
                "Van de 3 streefwaarden is er 1 bereikt en 1 niet.",
                "Van 1 streefwaarde is niet te zeggen of die is bereikt.",
            ],
        ),
        (
            [REACHED, UNTOLD, UNTOLD_TOO],
            ["Van de 3 streefwaarden is er 1 bereikt.", "Van 2 streefwaarden is niet te zeggen of zij zijn bereikt."],
        ),
    ],
)
def test_the_sentence_about_the_targets_agrees(tmp_path: Path, targets: list[Target], sentences: list[str]) -> None:
    text = chapter(report(tmp_path, *PEOPLE, targets=tuple(targets)), "Streefwaarden")
    told = [line for line in text.splitlines() if re.match(r"(De streefw|Of de|Alle|Van )", line)]
    assert told == sentences


def test_a_share_that_rounds_to_the_target_but_is_lower_is_told_so(tmp_path: Path) -> None:
    everyone = [client(str(number), datum_gesprek="2019-05-01" if number > 1 else "") for number in range(1, 301)]
    text = chapter(report(tmp_path, *everyone, targets=(share("gesproken", "100"),)), "Streefwaarden")
    assert "| minstens 100% | 100% | minder dan 1 procentpunt lager | niet bereikt |" in text


def test_a_figure_that_was_not_delivered_is_told_as_such(tmp_path: Path) -> None:
    town = Town(tmp_path).deliver("2019-Q4", [client()], "taalmaatje", trajecten=[])
    found = report_of(town.evaluate(targets=(MISSED,)))
    assert "* Taalmaatje (statushouders): de gegevens voor dit cijfer zijn niet geleverd" in chapter(found, "Streefw")


def test_a_figure_that_is_not_public_gives_no_difference(tmp_path: Path) -> None:
    found = hidden(report(tmp_path, *PEOPLE, targets=(MISSED, MISSED_TOO)), "taalmaatje")
    text = chapter(found, "Streefwaarden")
    assert "| Taalmaatje | statushouders | minstens 60% | – | – | niet te zeggen |" in text
    assert "* Taalmaatje (statushouders): het aantal is niet openbaar" in text


def test_without_targets_one_sentence_tells_where_to_fill_them_in(tmp_path: Path) -> None:
    text = chapter(report(tmp_path, client()), "Streefwaarden")
    assert (
        text.strip() == "De gemeente heeft geen streefwaarden ingevuld. Dat kan in de instellingen onder streefwaarden."
    )


def test_the_json_holds_the_targets(tmp_path: Path) -> None:
    found = report(tmp_path, *PEOPLE, targets=(MISSED, MISSED_TOO, UNTOLD))
    share_, number, untold = json.loads(figures_json(found))["streefwaarden"]
    assert share_ == {
        "indicator": "taalmaatje", "cohort": "statushouder", "categorie": None, "richting": "minstens",
        "eenheid": "procent", "streefwaarde": 60, "uitkomst": 33, "verschil": -27, "oordeel": "niet bereikt",
    }  # fmt: skip
    assert (number["eenheid"], number["uitkomst"], number["verschil"]) == ("aantal", 4, -1)
    assert (untold["uitkomst"], untold["verschil"], untold["oordeel"]) == (None, None, "geen noemer")


# --- money

WERKT = Provider("Werkt", price=1_250)
COSTS = {"providers": (WERKT,), "price_of_kind": {"taal": 500}}


@pytest.mark.parametrize(
    ("course", "post"),
    [
        pytest.param(traject("taal", aanbieder="Werkt"), {"Werkt": 1}, id="the price of the provider goes first"),
        pytest.param(traject("taal", aanbieder="Lemat"), {"soort taal": 1}, id="else that of the kind"),
        pytest.param(traject("taal"), {"soort taal": 1}, id="also without a provider"),
        pytest.param(traject("training", aanbieder="Lemat"), {}, id="without a price it costs nothing that is told"),
        pytest.param(traject("taal", begin="2018-01-01", eind="2018-12-31"), {}, id="before the period"),
    ],
)
def test_a_traject_has_one_price(tmp_path: Path, course: Row, post: dict[str, int]) -> None:
    result = evaluated(tmp_path, client(), trajecten=[course], settings=COSTS)
    assert spread(result, "deelnemers_kostenpost") == post
    assert count(result, "deelnemers_met_kosten") == len(post)


def test_a_person_counts_once_per_price(tmp_path: Path) -> None:
    courses = [traject("taal", aanbieder="Werkt"), traject("training", aanbieder="Werkt"), traject("taal")]
    result = evaluated(tmp_path, client(), trajecten=courses, settings=COSTS)
    assert spread(result, "deelnemers_kostenpost") == {"Werkt": 1, "soort taal": 1}
    assert count(result, "deelnemers_met_kosten") == 1


def test_the_chapter_about_money_shows_the_arithmetic_and_says_what_it_is_not(tmp_path: Path) -> None:
    courses = [traject("taal", number, aanbieder="Werkt") for number in "12"] + [traject("taal", "3")]
    project = Project(fte=Decimal("1.5"))
    found = report(tmp_path, *PEOPLE, trajecten=courses, project=project, price_of_fte=80_000, **COSTS)
    text = chapter(found, "Financiering").replace("\u00a0", " ")
    assert "Dit is een rekensom, geen effect." in text
    assert "Een fte kost € 80.000 per jaar. Voor 1,5 fte en 12 maanden is dat € 120.000." in text
    for row in (
        "| Werkt | € 1.250 | 2 | € 2.500 |",
        "| soort taal | € 500 | 1 | € 500 |",
        "| samen | – | 3 | € 3.000 |",
        "| trajecten, per deelnemer | € 3.000 | 3 | € 1.000 |",
        "| fte en trajecten, per persoon met bijstand in de periode | € 123.000 | 4 | € 30.750 |",
        "| fte en trajecten, per persoon die uitstroomde naar betaald werk | € 123.000 | 1 | € 123.000 |",
    ):
        assert row in text


def test_one_month_is_singular_and_nobody_who_left_has_no_cost(tmp_path: Path) -> None:
    project = Project(fte=Decimal(1), start=date(2019, 12, 1))
    text = chapter(report(tmp_path, client(), project=project, price_of_fte=12_000), "Financiering")
    text = text.replace("\u00a0", " ")
    assert "Voor 1 fte en 1 maand is dat € 1.000." in text
    assert "| fte, per persoon die uitstroomde naar betaald werk | € 1.000 | 0 | niet te zeggen |" in text
    assert "Kosten van trajecten" not in text


def test_a_project_outside_the_period_costs_nothing_in_it(tmp_path: Path) -> None:
    project = Project(fte=Decimal(1), start=date(2020, 1, 1))
    text = chapter(report(tmp_path, client(), project=project, price_of_fte=12_000), "Financiering")
    assert "Het project liep niet in de periode van dit rapport." in text


def test_prices_of_trajecten_that_were_not_delivered_give_no_sum(tmp_path: Path) -> None:
    found = report_of(Town(tmp_path).deliver("2019-Q4", [client()]).evaluate(**COSTS))
    text = chapter(found, "Financiering")
    assert "Over de kosten van trajecten staat hier niets" in text
    assert "| trajecten, per persoon met bijstand in de periode | niet te zeggen | 1 | niet te zeggen |" in text


def test_a_number_of_participants_that_is_not_public_has_no_cost(tmp_path: Path) -> None:
    found = report(tmp_path, *PEOPLE, trajecten=[traject("taal", aanbieder="Werkt")], providers=(WERKT,))
    text = chapter(hidden(found, "deelnemers_kostenpost"), "Financiering").replace("\u00a0", " ")
    assert "| Werkt | € 1.250 | niet openbaar | niet te zeggen |" in text
    assert "| samen | – | 1 | niet te zeggen |" in text
    assert "| trajecten, per deelnemer | niet te zeggen | 1 | niet te zeggen |" in text


def test_without_prices_there_is_no_arithmetic_in_the_report(tmp_path: Path) -> None:
    found = report(tmp_path, client(), project=Project(fte=Decimal(2)))
    assert "rekensom" not in render_markdown(prose(found)).partition("## Verantwoording")[0]
    assert json.loads(figures_json(found))["kosten"] == []


def test_the_json_holds_the_arithmetic(tmp_path: Path) -> None:
    found = report(tmp_path, *PEOPLE, trajecten=[traject("taal", aanbieder="Werkt")], providers=(WERKT,),
                   project=Project(fte=Decimal("1.5")), price_of_fte=80_000)  # fmt: skip
    lines = json.loads(figures_json(found))["kosten"]
    assert [tuple(line.values()) for line in lines] == [
        ("fte", 80_000, 12, 1.5, 120_000),
        ("Werkt", 1_250, None, 1, 1_250),
        ("samen", None, None, None, 121_250),
        ("trajecten, per deelnemer", None, None, 1, 1_250),
        ("fte en trajecten, per persoon met bijstand in de periode", None, None, 4, 30_313),
        ("fte en trajecten, per persoon die uitstroomde naar betaald werk", None, None, 1, 121_250),
    ]
    assert list(lines[0]) == ["post", "prijs", "maanden", "aantal", "bedrag"]
