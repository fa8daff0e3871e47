"""An own indicator is one condition over known columns, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from integratie_eval.conditions import check_indicators, condition_problems
from integratie_eval.definitions import Indicator, indicator_of, load_definitions
from integratie_eval.errors import SettingsError
from tests.helpers import clienten, count, evaluated, write_xlsx

COLUMNS = ("cohort", "leeftijd", "gesproken", "taalmaatje", "leerroute", "datum_vestiging")
OWN = indicator_of({"id": "mijn_cijfer", "titel": "Mijn cijfer", "definitie": "Wat.", "bron": "eigen"})


@pytest.mark.parametrize(
    "condition",
    [
        "TRUE",
        "gesproken",
        "gesproken AND NOT taalmaatje",
        "leeftijd BETWEEN 18 AND 27 OR leeftijd >= 65",
        "cohort = 'statushouder'",
        "leerroute IN ('B1', 'Z') AND leerroute IS NOT NULL",
        "coalesce(leerroute, '') LIKE 'B%'",
        "(leeftijd + 1) / 2 > 10",
        "datum_vestiging < DATE '2016-01-01'",
        "year(datum_vestiging) = 2016",
        "CASE WHEN gesproken THEN leeftijd > 20 ELSE FALSE END",
    ],
)
def test_a_plain_condition_is_allowed(condition: str) -> None:
    assert condition_problems(condition, COLUMNS) == []


@pytest.mark.parametrize(
    "condition",
    [
        "",
        "gesproken; DROP TABLE clienten",
        "DROP TABLE clienten",
        "SELECT 1",
        "(SELECT count(*) FROM clienten) > 1",
        "leeftijd IN (SELECT 1)",
        "EXISTS (SELECT 1)",
        "read_csv('/etc/passwd') IS NULL",
        "getenv('HOME') = 'x'",
        "count(*) > 1",
        "row_number() OVER () = 1",
        "leeftijd = $1",
        "leeftijd = ?",
        "*",
        "gesproken AND",
        "'x",
        "clienten.leeftijd = 1",
        "LEEFTYD > 3",
    ],
)
def test_anything_else_is_refused_with_a_remedy(condition: str) -> None:
    problems = condition_problems(condition, COLUMNS)
    assert len(problems) == 1
    assert all(problem and remedy.endswith((".", "?")) for problem, remedy in problems)


def test_an_unknown_column_gets_a_suggestion() -> None:
    assert condition_problems("leeftyd > 3", COLUMNS) == [("de kolom leeftyd bestaat niet", "Bedoelt u leeftijd?")]


def test_a_comment_in_a_condition_is_refused() -> None:
    assert condition_problems("gesproken -- let op", COLUMNS) != []


def test_a_column_is_not_cast_because_one_bad_value_would_stop_the_report() -> None:
    assert condition_problems("CAST(leerroute AS DATE) IS NULL", COLUMNS) != []


@pytest.mark.parametrize("condition", ["leerroute", "'x'"])
def test_a_condition_that_is_not_true_or_false_is_refused(condition: str, tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "2019-Q4.xlsx", {"Cliënten": clienten({})})
    with pytest.raises(SettingsError, match="de voorwaarde is geen ja of nee"):
        evaluated(path, indicators=(replace(OWN, condition=condition),))


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        (replace(OWN, id="Mijn cijfer"), "kleine letters"),
        (replace(OWN, id="personen"), "bestaat al"),
        (replace(OWN, view="clienten"), "de bron clienten bestaat niet"),
        (replace(OWN, counts="gemiddelde"), "gemiddelde kan niet worden geteld"),
        (replace(OWN, counts="som"), "geen kolom aantal"),
        (replace(OWN, view="partijen", counts="personen", per_cohort=False), "geen personen"),
        (replace(OWN, view="partijen"), "geen groepen"),
        (replace(OWN, dimension="leeftyd"), "de kolom leeftyd bestaat niet"),
        (replace(OWN, base="iedereen"), "de noemer iedereen bestaat niet"),
        (replace(OWN, needs=("clienten.maatje",)), "clienten.maatje bij nodig bestaat niet"),
        (replace(OWN, needs=("klanten",)), "klanten bij nodig bestaat niet"),
        (replace(OWN, condition="maatje"), "de kolom maatje bestaat niet"),
        (replace(OWN, counts="mediaan", column="maanden"), "in deze bron staat geen kolom maanden"),
        (replace(OWN, counts="mediaan", column="leeftijd", base="personen"), "een mediaan is geen deel van iets"),
    ],
)
def test_a_wrong_indicator_is_refused_by_its_id(wrong: Indicator, what: str) -> None:
    with pytest.raises(SettingsError) as caught:
        check_indicators([wrong], load_definitions(), "integratie.toml")
    assert f"integratie.toml, [[indicator]] {wrong.id}: " in caught.value.message
    assert what in caught.value.message


def test_two_own_indicators_with_one_id_are_refused() -> None:
    with pytest.raises(SettingsError, match="bestaat al"):
        check_indicators([OWN, OWN], load_definitions(), "integratie.toml")


def test_an_own_indicator_may_be_the_base_of_another() -> None:
    check_indicators([replace(OWN, id="deel", base="mijn_cijfer"), OWN], load_definitions(), "integratie.toml")


def test_an_own_indicator_is_counted_beside_the_others(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "2019-Q4.xlsx", {"Cliënten": clienten({"taalmaatje": "ja"}, {})})
    own = replace(OWN, condition="NOT taalmaatje", base="personen")
    assert count(evaluated(path, indicators=(own,)), "mijn_cijfer") == 1


def test_an_own_median_is_the_middle_value_of_a_column(tmp_path: Path) -> None:
    born = [{"geboortedatum": date(year, 1, 1)} for year in (1960, 1980, 1990)]
    path = write_xlsx(tmp_path / "2019-Q4.xlsx", {"Cliënten": clienten(*born)})
    own = replace(OWN, counts="mediaan", column="leeftijd", condition="TRUE")
    assert count(evaluated(path, indicators=(own,)), "mijn_cijfer") == 39


def test_a_median_of_text_is_refused(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "2019-Q4.xlsx", {"Cliënten": clienten({})})
    own = replace(OWN, counts="mediaan", column="nationaliteit", condition="TRUE")
    with pytest.raises(SettingsError, match="geen hele getallen"):
        evaluated(path, indicators=(own,))
