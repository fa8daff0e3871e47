"""The figures over time, through the exports, against the plain-Python reference over the invented lives."""

from __future__ import annotations

from collections import Counter

import pytest

from integratie_eval.evaluation import Evaluation, evaluate
from integratie_eval.resources import sample_folder
from integratie_eval.sample.model import Municipality
from integratie_eval.sample.population import generate
from integratie_eval.settings import load_settings
from tests.spec import reference
from tests.spec.reference import COHORTS, Interval
from tests.spec.town import base, count

QUARTERS = [None, *[f"{year}-Q{number}" for year in (2017, 2018, 2019) for number in (1, 2, 3, 4)][1:]]


@pytest.fixture(scope="module")
def town() -> Municipality:
    return generate()


@pytest.fixture(scope="module")
def result() -> Evaluation:
    return evaluate(sample_folder(), load_settings(sample_folder() / "integratie.toml"))


@pytest.fixture(scope="module")
def intervals(town: Municipality) -> dict[str | None, Interval]:
    return {None: reference.whole_period(), **{one.name: one for one in reference.quarters_of(town.quarters)}}


@pytest.fixture(params=QUARTERS, ids=str)
def quarter(request: pytest.FixtureRequest) -> str | None:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def interval(intervals: dict[str | None, Interval], quarter: str | None) -> Interval:
    return intervals[quarter]


def test_every_quarter_of_the_period_is_told_about(result: Evaluation, intervals: dict[str | None, Interval]) -> None:
    told = {interval.quarter: (interval.before, interval.end) for interval in result.intervals}
    assert told == {name: (one.before, one.end) for name, one in intervals.items()}


@pytest.mark.parametrize("cohort", COHORTS)
def test_the_stroomtabel_of_people(
    town: Municipality, result: Evaluation, interval: Interval, quarter: str | None, cohort: str
) -> None:
    flow = reference.flow(reference.spells_of_people(town), interval, cohort)
    names = ("stand_begin", "instroom", "uitstroom", "stand_eind")
    found = [count(result, name, cohort, quarter=quarter) for name in names]
    assert found == [flow.before, flow.entries, sum(flow.exits.values()), flow.after]
    assert base(result, "uitstroom", cohort, quarter=quarter) == flow.before
    reasons = {"betaald werk" if name == "werk" else name: number for name, number in flow.exits.items()}
    categories = result.published.categories("uitstroom_reden")
    found_reasons = {name: count(result, "uitstroom_reden", cohort, name, quarter) for name in categories}
    assert found_reasons == dict.fromkeys(categories, 0) | reasons


def test_the_stroomtabel_of_parties(
    town: Municipality, result: Evaluation, interval: Interval, quarter: str | None
) -> None:
    flow = reference.flow(reference.spells_of_parties(town), interval)
    names = ("partijen_begin", "partijen_instroom", "partijen_uitstroom", "partijen_eind")
    found = [count(result, name, quarter=quarter) for name in names]
    assert found == [flow.before, flow.entries, sum(flow.exits.values()), flow.after]


@pytest.mark.parametrize("cohort", COHORTS)
def test_the_ladder(
    town: Municipality, result: Evaluation, interval: Interval, quarter: str | None, cohort: str
) -> None:
    expected = reference.ladder_on(town, interval.end, cohort)
    categories = result.published.categories("ladder_stand")
    found = Counter({name: count(result, "ladder_stand", cohort, name, quarter) for name in categories})
    assert +found == expected
    groups = {"laag": "12", "midden": "34", "hoog": "56"}
    for group, rungs in groups.items():
        assert count(result, "ladder_groep", cohort, group, quarter) == sum(expected[rung] for rung in rungs)


@pytest.mark.parametrize("cohort", COHORTS)
def test_moves_on_the_ladder(
    town: Municipality, result: Evaluation, interval: Interval, quarter: str | None, cohort: str
) -> None:
    moves = reference.transitions(town, interval, cohort)
    rows = [r for r in result.published.rows if r.indicator == "ladder_overgang" and r.quarter == quarter]
    moved = [row.category for row in rows if row.cohort.value == cohort]
    found = Counter({name: count(result, "ladder_overgang", cohort, name, quarter) for name in moved})
    assert +found == Counter({f"{old} → {new}": number for (old, new), number in moves.items()})
    ways = reference.directions(moves)
    for way in ("gestegen", "gelijk", "gedaald"):
        assert count(result, "ladder_beweging", cohort, way, quarter) == ways[way]
        assert base(result, "ladder_beweging", cohort, way, quarter) == ways.total() - ways[reference.UNKNOWN]


@pytest.mark.parametrize("cohort", COHORTS)
@pytest.mark.parametrize("months", [6, 12, 18])
def test_lasting_exit_and_relapse(
    town: Municipality, result: Evaluation, interval: Interval, quarter: str | None, cohort: str, months: int
) -> None:
    exits = [one for one in reference.exits_to_work(town) if interval.holds(one.day)]
    expected = reference.lasting(exits, months, cohort)
    where = (cohort, str(months), quarter)
    assert count(result, "te_volgen_na_werk", *where) == expected.followed
    assert (count(result, "terugval", *where), base(result, "terugval", *where)) == (expected.back, expected.followed)
    lasting = (count(result, "duurzame_uitstroom", *where), base(result, "duurzame_uitstroom", *where))
    assert lasting == (expected.still_works, expected.worked_after_a_month)


@pytest.mark.parametrize("cohort", COHORTS)
def test_jobs_that_were_lost_early(
    town: Municipality, result: Evaluation, interval: Interval, quarter: str | None, cohort: str
) -> None:
    jobs = reference.jobs_begun(town, interval, cohort)
    found = [
        count(result, name, cohort, quarter=quarter) for name in ("banen_begonnen", "banen_te_volgen", "uitval_werk")
    ]
    assert found == [jobs.begun, jobs.followed, jobs.lost]


@pytest.mark.parametrize("cohort", COHORTS)
def test_months_to_work(town: Municipality, result: Evaluation, cohort: str) -> None:
    """Who could begin to work in a month (`followed`) and who did: month 0 counts for who was there from the start."""
    expected: Counter[int] = Counter()
    followed: Counter[int] = Counter()
    for way in reference.ways_to_work(town):
        if cohort in (way.cohort, reference.TOTAAL) and (way.work is None or way.work > way.seen_from):
            first = reference.completed_months(way.settled, way.seen_from)
            last = reference.completed_months(way.settled, way.work or way.seen_to)
            months = range(first + 1 if first else 0, last + 1)
            followed.update(months)
            expected.update([last] if way.work and last in months else [])
    rows = [r for r in result.published.rows if r.indicator == "tijd_tot_werk" and r.cohort.value == cohort]
    found = {int(row.category or ""): row for row in rows}
    assert {month: count(result, "tijd_tot_werk", cohort, str(month)) for month in found} == {
        month: expected[month] for month in found
    }
    assert {month: base(result, "tijd_tot_werk", cohort, str(month)) for month in found} == {
        month: followed[month] for month in found
    }
    assert set(followed) <= set(found)
