"""The participatieladder: the rung that was registered, and beside it the rung that follows from the facts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from integratie_eval.settings import Provider
from tests.spec.town import Row, Town, client, evaluated, found, job, left, measurement, spread, traject

WITHOUT_BENEFIT = left("11")


# --- registered ---


@pytest.mark.parametrize(
    ("listed", "measured", "rung"),
    [
        ({"trede": 2, "datum_trede": "2019-05-01"}, [], "2"),
        ({}, [(3, "2019-05-01")], "3"),
        ({"trede": 2, "datum_trede": "2019-05-01"}, [(3, "2019-06-01")], "3"),
        ({"trede": 2, "datum_trede": "2019-07-01"}, [(3, "2019-06-01")], "2"),
        ({"trede": 2}, [(3, "2015-06-01")], "3"),
        ({"trede": 2}, [], "2"),
        ({}, [(3, "2018-05-01"), (4, "2019-05-01"), (1, "2017-05-01")], "4"),
    ],
)
def test_the_latest_registered_rung_counts(
    tmp_path: Path, listed: dict[str, object], measured: list[tuple[int, str]], rung: str
) -> None:
    """domain.md §1.1 (a change of rung is a new record with a new date): latest of list and measurements."""
    metingen = [measurement(trede, day) for trede, day in measured]
    assert spread(evaluated(tmp_path, client(**listed), metingen=metingen), "trede") == {rung: 1}


@pytest.mark.parametrize(("day", "rung"), [("2019-12-31", "5"), ("2020-01-01", "3")])
def test_a_rung_of_after_the_peildatum_does_not_count_yet(tmp_path: Path, day: str, rung: str) -> None:
    """domain.md §1.3: everything is evaluated on the peildatum."""
    town = Town(tmp_path).deliver("2019-Q4", [client()])
    town.deliver("2020-Q1", [client(zorg_en_rust="ja")], metingen=[measurement(3, "2019-01-01"), measurement(5, day)])
    assert spread(town.evaluate(), "trede") == {rung: 1}


def test_the_other_scale_with_the_same_digits_is_ignored(tmp_path: Path) -> None:
    """domain.md §0, 2: rungs 1-4 of the re-integratiepositie mean something else."""
    other = measurement(4, "2019-06-01", schaal="re-integratiepositie")
    result = evaluated(tmp_path, client(), metingen=[measurement(2, "2019-01-01"), other])
    assert spread(result, "trede") == {"2": 1}


@pytest.mark.parametrize("trede", ["", "0", "7", "onbekend"])
def test_an_unknown_rung_is_not_rung_1(tmp_path: Path, trede: str) -> None:
    """domain.md §1.3: unknown ≠ 1."""
    result = evaluated(tmp_path, client(trede=trede, datum_trede="2019-05-01"))
    assert spread(result, "trede") == {"onbekend": 1}
    assert ("clienten_trede_buiten_ladder" in found(result)) == trede.isdigit()


def test_a_rung_of_an_older_list_counts_when_the_newest_is_of_after_the_peildatum(tmp_path: Path) -> None:
    """Definition of trede: 'de laatste trede die de klantmanager op of voor de peildatum heeft vastgelegd'."""
    town = Town(tmp_path).deliver("2019-Q4", [client(trede=3, datum_trede="2019-05-01")])
    town.deliver("2020-Q1", [client(trede=4, datum_trede="2020-02-01")])
    assert spread(town.evaluate(), "trede") == {"3": 1}


# --- derived: the example table of domain.md §1.3 and the edge cases of §1.4 ---


@pytest.mark.parametrize(
    ("facts", "jobs", "trajecten", "rung"),
    [
        pytest.param(WITHOUT_BENEFIT, [job()], [], "6", id="contract, no benefit"),
        pytest.param(WITHOUT_BENEFIT, [job(contract="zzp")], [], "6", id="zzp, no benefit"),
        pytest.param({}, [job()], [], "5", id="contract + bijstand"),
        pytest.param({"inkomsten_arbeid": "ja"}, [], [], "5", id="E5: income from work + bijstand"),
        pytest.param(left("97"), [job(uren_per_week=16)], [], "6", id="E6: partner's income ended the bijstand"),
        pytest.param(WITHOUT_BENEFIT, [job(jobcoach="ja")], [], "5", id="E1: contract + jobcoach"),
        pytest.param(WITHOUT_BENEFIT, [job()], [traject("jobcoaching")], "5", id="contract + traject jobcoaching"),
        pytest.param(
            WITHOUT_BENEFIT, [job()], [traject("jobcoaching", eind="2019-12-01")], "6", id="E2: jobcoaching has ended"
        ),
        pytest.param(WITHOUT_BENEFIT, [job(contract="bbl")], [], "5", id="E8: bbl"),
        pytest.param(WITHOUT_BENEFIT, [job()], [traject("inburgering")], "5", id="E3: contract + inburgering"),
        pytest.param(WITHOUT_BENEFIT, [job()], [traject("taal")], "5", id="contract + educatie"),
        pytest.param(WITHOUT_BENEFIT | {"taalmaatje": "ja"}, [job()], [], "6", id="E4: contract + taalmaatje"),
        pytest.param({}, [], [traject("vrijwilligerswerk")], "4", id="volunteer"),
        pytest.param({}, [], [traject("proefplaatsing")], "4", id="E13: unpaid trial"),
        pytest.param({}, [], [traject("inburgering")], "3", id="course"),
        pytest.param({}, [], [traject("voorbereiding studie")], "3", id="E10: preparing for study"),
        pytest.param({}, [], [traject("sollicitatietraining")], "3", id="E15: sollicitatietraining"),
        pytest.param({}, [], [traject("activering", eind="2019-12-31")], None, id="E16: has ended"),
        pytest.param({"taalmaatje": "ja"}, [], [], "2", id="E17: taalmaatje only"),
        pytest.param({"zorg_en_rust": "ja"}, [], [], None, id="E18: never from the label"),
        pytest.param({}, [], [traject("taal", begin="2020-01-01")], None, id="course of after the peildatum"),
        pytest.param({}, [job(begin="2020-01-01")], [], None, id="E23: contract of after the peildatum"),
        pytest.param(WITHOUT_BENEFIT, [job(eind="2019-12-31")], [], None, id="contract has ended"),
        pytest.param({}, [], [], None, id="nothing known"),
        pytest.param(
            {"taalmaatje": "ja"},
            [],
            [traject("taal"), traject("vrijwilligerswerk")],
            "4",
            id="highest matching rung wins",
        ),
        pytest.param({}, [], [traject("overig")], None, id="a traject that says nothing"),
    ],
)
def test_the_rung_that_follows_from_the_facts(
    tmp_path: Path, facts: dict[str, object], jobs: list[Row], trajecten: list[Row], rung: str | None
) -> None:
    """domain.md §1.3 (example table) and §1.4; facts on the peildatum; nothing known stays unknown."""
    result = evaluated(tmp_path, client(**facts), plaatsingen=jobs, trajecten=trajecten)
    assert spread(result, "trede_afgeleid") == {rung or "onbekend": 1}


@pytest.mark.parametrize(("is_support", "rung"), [(True, "5"), (False, "6")])
def test_work_beside_a_course_is_rung_5_or_6_by_setting(tmp_path: Path, is_support: bool, rung: str) -> None:
    """domain.md §0, 3 and E3: a configurable rule, printed in the report."""
    settings = {"course_is_support": is_support}
    person, course = client(**WITHOUT_BENEFIT), [traject("inburgering")]
    result = evaluated(tmp_path, person, plaatsingen=[job()], trajecten=course, settings=settings)
    assert spread(result, "trede_afgeleid") == {rung: 1}


@pytest.mark.parametrize(("rung", "expected"), [(None, "3"), (4, "4"), (0, "onbekend")])
def test_the_rung_of_a_traject_can_be_set_per_aanbieder(tmp_path: Path, rung: Any, expected: str) -> None:
    """domain.md §1.4 E14: configurable per provider (2Switch → 4)."""
    settings = {"providers": (Provider("2Switch", (), rung),)}
    trajecten = [traject("activering", aanbieder="2Switch")]
    assert spread(evaluated(tmp_path, client(), trajecten=trajecten, settings=settings), "trede_afgeleid") == {
        expected: 1
    }


def test_registered_and_derived_stand_side_by_side_and_a_difference_is_a_finding(tmp_path: Path) -> None:
    """Design §4 (trede): differences are findings; the figure is the registered rung."""
    same, other = client("1", trede=3), client("2", trede=1)
    trajecten = [traject("taal", "1"), traject("taal", "2")]
    result = evaluated(tmp_path, same, other, trajecten=trajecten)
    assert (spread(result, "trede"), spread(result, "trede_afgeleid")) == ({"1": 1, "3": 1}, {"3": 2})
    assert [f.place.row for f in result.findings if f.rule == "trede_verschil"] == [3]
