"""One rung per person and day: the chapter on the ladder and the course per quarter tell the same (issue 4, 2)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from integratie_eval.evaluation import Evaluation
from tests.spec.town import Row, Town, client, evaluated, measurement, spread


def listed(number: str, rung: object = "", day: str = "") -> Row:
    return client(number, trede=rung, datum_trede=day)


def both(result: Evaluation) -> tuple[dict[str, int], dict[str, int]]:
    """Rungs of everyone with bijstand: of the ladder chapter, and of the end of the period."""
    return spread(result, "trede"), spread(result, "ladder_stand")


def quarters(
    folder: Path, *lists: tuple[str, list[Row]], start: date = date(2019, 1, 1), end: date | None = None
) -> Evaluation:
    town = Town(folder, {"start": start, "end": end})
    for name, clienten in lists:
        town.deliver(name, clienten)
    return town.evaluate()


@pytest.mark.parametrize(
    ("first", "then", "rung"),
    [
        ((3, "2019-01-10"), (4, "2019-05-01"), "4"),  # it rose
        ((5, "2019-03-01"), (4, "2019-02-01"), "4"),  # corrected
        ((5, "2019-03-01"), ("", ""), "onbekend"),  # withdrawn
        ((3, "2019-01-10"), (4, ""), "4"),  # the newest list tells, without a date
    ],
)
def test_the_newest_list_tells_the_rung(
    tmp_path: Path, first: tuple[object, str], then: tuple[object, str], rung: str
) -> None:
    """Manual: the newest delivery counts; an empty cell counts as empty."""
    result = quarters(tmp_path, ("2019-Q1", [listed("1", *first)]), ("2019-Q2", [listed("1", *then)]))
    assert both(result) == ({rung: 1}, {rung: 1})


def test_a_list_from_after_the_peildatum_tells_nothing_about_it(tmp_path: Path) -> None:
    lists = ("2019-Q1", [listed("1", 3, "2019-01-10")]), ("2019-Q2", [listed("1", 4)])
    assert both(quarters(tmp_path, *lists, end=date(2019, 3, 31))) == ({"3": 1}, {"3": 1})


def test_a_later_measurement_does_not_erase_an_earlier_rung(tmp_path: Path) -> None:
    lists = ("2018-Q4", [listed("1", 2)]), ("2019-Q4", [listed("1", 2, "2019-06-01")])
    result = quarters(tmp_path, *lists, start=date(2018, 10, 1), end=date(2018, 12, 31))
    assert both(result) == ({"2": 1}, {"2": 1})


def test_a_newer_measurement_goes_before_the_list_and_an_older_one_after(tmp_path: Path) -> None:
    clients = [listed("1", 3, "2019-05-01"), listed("2", 3, "2019-05-01"), listed("3", 3)]
    rungs = [measurement(4, "2019-06-01", "1"), measurement(2, "2019-04-01", "2"), measurement(2, "2019-04-01", "3")]
    assert both(evaluated(tmp_path, *clients, metingen=rungs)) == ({"2": 1, "3": 1, "4": 1},) * 2


def test_one_list_of_everyone_since_the_start_tells_of_earlier_quarters(tmp_path: Path) -> None:
    gone = client("9", eind_uitkering="2019-01-15", reden_einde="98")
    result = evaluated(tmp_path, listed("1", 3, "2019-05-01"), gone)
    stands = {q: spread_of(result, q) for q in result.published.quarters("ladder_stand")}
    assert stands == {"2019-Q1": {"onbekend": 1}, "2019-Q2": {"3": 1}, "2019-Q3": {"3": 1}, "2019-Q4": {"3": 1}}


def spread_of(result: Evaluation, quarter: str) -> dict[str, int]:
    rows = [r for r in result.published.rows if r.indicator == "ladder_stand" and r.quarter == quarter]
    counts = {r.category or "": r.count.value for r in rows if r.cohort.value == "totaal"}  # type: ignore[union-attr]
    return {rung: count for rung, count in counts.items() if count}
