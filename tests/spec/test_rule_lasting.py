"""Lasting results: relapse, sustained exit, jobs that end early, months to work (issue 4, 3 to 5)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from integratie_eval.evaluation import Evaluation
from integratie_eval.intervals import wilson
from tests.spec.town import Row, Town, base, client, count, evaluated, found, job, left, missing, traject


def after_work(result: Evaluation, indicator: str) -> list[tuple[int, int]]:
    """Count and base at 6, 12 and 18 months."""
    return [(count(result, indicator, "totaal", m), base(result, indicator, "totaal", m)) for m in ("6", "12", "18")]


@pytest.mark.parametrize(("end", "followed"), [("2019-06-30", 1), ("2019-07-01", 0)])
def test_only_who_can_be_followed_long_enough_counts(tmp_path: Path, end: str, followed: int) -> None:
    """Issue 4, 3: the number of people who could be followed at all is the base."""
    result = evaluated(tmp_path, client(**left("11", end)))
    assert count(result, "te_volgen_na_werk", "totaal", "6") == followed


@pytest.mark.parametrize(("again", "relapse"), [("2019-08-01", 1), ("2019-08-02", 0)])
def test_relapse_is_bijstand_again_within_six_months(tmp_path: Path, again: str, relapse: int) -> None:
    """CBS: terugval; the last day of the term belongs to it."""
    result = evaluated(tmp_path, client(**left("11", "2019-02-01")), client(begin_uitkering=again))
    assert after_work(result, "terugval")[0] == (relapse, 1)


def test_a_month_is_a_calendar_month_of_whatever_length(tmp_path: Path) -> None:
    """31 August 2018 and six months is 28 February 2019."""
    settings = {"start": date(2018, 1, 1)}
    someone = client(**left("11", "2018-08-31")), client(begin_uitkering="2019-02-28")
    assert after_work(evaluated(tmp_path, *someone, settings=settings), "terugval")[0] == (1, 1)


@pytest.mark.parametrize(
    ("jobs", "expected"),
    [
        ([job(begin="2019-02-01")], (1, 1)),
        ([job(begin="2019-02-01", eind="2019-07-31")], (0, 1)),  # the last day at work is the day before the test
        ([job(begin="2019-02-01", eind="2019-08-01")], (1, 1)),
        ([job(begin="2019-03-02")], (0, 0)),  # no job one month after the end: not the start that CBS counts from
        ([job(begin="2019-02-01", eind="2019-05-01"), job(begin="2019-06-01")], (1, 1)),  # another job by then
    ],
)
def test_sustained_exit_has_a_job_after_one_month_and_after_six(
    tmp_path: Path, jobs: list[dict[str, object]], expected: tuple[int, int]
) -> None:
    """CBS, cohortonderzoek: job and no bijstand one month after the end, then followed."""
    result = evaluated(tmp_path, client(**left("11", "2019-02-01")), plaatsingen=jobs)
    assert after_work(result, "duurzame_uitstroom")[0] == expected


def test_a_job_beside_new_bijstand_is_not_sustained(tmp_path: Path) -> None:
    someone = client(**left("11", "2019-02-01")), client(begin_uitkering="2019-07-01")
    result = evaluated(tmp_path, *someone, plaatsingen=[job(begin="2019-02-01")])
    assert after_work(result, "duurzame_uitstroom")[0] == (0, 1)


def test_leaving_for_another_reason_than_work_is_not_followed(tmp_path: Path) -> None:
    result = evaluated(tmp_path, client("1", **left("32", "2019-02-01")), client("2", **left("97", "2019-02-01")))
    assert after_work(result, "terugval") == [(0, 0)] * 3


@pytest.mark.parametrize(("end", "lost"), [("2019-08-30", 1), ("2019-08-31", 0), ("", 0)])
def test_a_job_is_lost_early_when_it_ends_before_six_months(tmp_path: Path, end: str, lost: int) -> None:
    """Issue 4, 4: placements ended within six months. A contract from March up to and including August is six."""
    result = evaluated(tmp_path, client(), plaatsingen=[job(begin="2019-03-01", eind=end)])
    assert (count(result, "uitval_werk"), base(result, "uitval_werk")) == (lost, 1)


def test_a_job_of_which_six_months_have_not_passed_is_in_no_base(tmp_path: Path) -> None:
    result = evaluated(tmp_path, client(), plaatsingen=[job(begin="2019-08-01", eind="2019-09-01")])
    assert [count(result, name) for name in ("banen_begonnen", "banen_te_volgen", "uitval_werk")] == [1, 0, 0]


def test_before_and_since_jobcoaching_is_told_by_the_first_job_with_a_jobcoach(tmp_path: Path) -> None:
    """Issue 4, 4: before/after jobcoaching started."""
    jobs = [job("1", "2019-01-10", eind="2019-02-01"), job("2", "2019-03-01", jobcoach="ja"), job("3", "2019-04-01")]
    result = evaluated(tmp_path, client("1"), client("2"), client("3"), plaatsingen=jobs)
    phases = result.published.categories("uitval_werk_fase")
    found = [
        (count(result, "uitval_werk_fase", "totaal", p), base(result, "uitval_werk_fase", "totaal", p)) for p in phases
    ]
    assert found == [(1, 1), (0, 2)]


def test_a_share_that_chance_plays_a_part_in_has_a_wilson_interval(tmp_path: Path) -> None:
    """Issue 4, 4; Wilson (1927)."""
    clients = [client(str(number)) for number in range(1, 9)]
    jobs = [job(str(number), eind="2019-04-01" if number == 1 else "") for number in range(1, 9)]
    figure = evaluated(tmp_path, *clients, plaatsingen=jobs, settings={"percentage_decimals": 1}).published.get(
        "uitval_werk"
    )
    assert figure is not None
    low, high = (Decimal(f"{100 * limit:.1f}") for limit in wilson(1, 8))
    assert (figure.percentage, figure.interval) == (Decimal("12.5"), (low, high))


def test_without_jobs_there_is_no_sustained_exit_but_there_is_relapse(tmp_path: Path) -> None:
    """Design §4: what is not delivered is left out, and never a zero."""
    result = Town(tmp_path).deliver("2019-Q4", [client(**left("11", "2019-02-01"))]).evaluate()
    assert missing(result)["duurzame_uitstroom"] == ("plaatsingen",)
    assert after_work(result, "terugval")[0] == (0, 1)


# --- months to work


def months(result: Evaluation, cohort: str = "totaal") -> dict[str, tuple[int, int, str]]:
    """Month → who began to work, who was followed, share with work by then; the months in which that changes."""
    rows = [r for r in result.published.rows if r.indicator == "tijd_tot_werk" and r.cohort.value == cohort]
    found = {r.category or "": (count(result, r.indicator, cohort, r.category), r) for r in rows}
    return {
        month: (events, base(result, "tijd_tot_werk", cohort, month), str(row.percentage))
        for month, (events, row) in found.items()
        if events
    }


def test_months_are_counted_from_settlement_to_the_first_work(tmp_path: Path) -> None:
    """Issue 4, 5: Kaplan-Meier from settlement to work; completed months."""
    new = {"datum_vestiging": "2019-01-15", "begin_uitkering": "2019-02-01"}
    result = evaluated(
        tmp_path, client("1", **new), client("2", **new), plaatsingen=[job("1", "2019-06-15"), job("1", "2019-07-01")]
    )
    assert months(result) == {"5": (1, 2, "50")}


def test_who_settled_long_ago_counts_from_the_month_of_the_first_day_in_view(tmp_path: Path) -> None:
    """Late entry: nobody can find work in the months before the period, so nobody is at risk in them."""
    early = client("1", datum_vestiging="2017-01-01", begin_uitkering="2017-02-01")
    new = client("2", datum_vestiging="2019-01-01", begin_uitkering="2019-01-10")
    result = evaluated(tmp_path, early, new, plaatsingen=[job("2", "2019-04-01"), job("1", "2019-04-01")])
    assert months(result) == {"3": (1, 1, "100"), "27": (1, 1, "100")}


def test_who_leaves_without_work_is_followed_until_that_day(tmp_path: Path) -> None:
    new = {"datum_vestiging": "2019-01-01", "begin_uitkering": "2019-01-02"}
    moved = client("1", **new, **left("32", "2019-03-01"))
    result = evaluated(tmp_path, moved, client("2", **new), plaatsingen=[job("2", "2019-06-01")])
    assert months(result) == {"5": (1, 1, "100")}


def test_who_had_work_on_the_first_day_in_view_is_left_out(tmp_path: Path) -> None:
    result = evaluated(tmp_path, client("1"), plaatsingen=[job("1", "2018-06-01")])
    assert [row for row in result.published.rows if row.indicator == "tijd_tot_werk"] == []


def test_without_a_day_of_settlement_nobody_is_followed(tmp_path: Path) -> None:
    result = evaluated(tmp_path, client("1", datum_vestiging="", datum_vergunning="2015-01-01"))
    assert [row for row in result.published.rows if row.indicator == "tijd_tot_werk"] == []


def test_who_had_work_before_the_period_is_left_out(tmp_path: Path) -> None:
    """Definition of tijd_tot_werk: the first work since settlement, as far as the deliveries tell."""
    jobs = [job("1", "2017-02-01", eind="2017-12-31"), job("1", "2019-05-01"), job("2", "2019-05-01")]
    result = evaluated(tmp_path, client("1"), client("2"), plaatsingen=jobs)
    assert months(result) == {"52": (1, 1, "100")}


def test_work_from_before_settlement_does_not_count(tmp_path: Path) -> None:
    new = {"datum_vestiging": "2019-01-15", "begin_uitkering": "2019-02-01"}
    jobs = [job("1", "2018-02-01", eind="2018-12-31"), job("1", "2019-06-15")]
    assert months(evaluated(tmp_path, client("1", **new), plaatsingen=jobs)) == {"5": (1, 1, "100")}


# --- exports of the people of one moment: what is not there any more says little


def deliveries(folder: Path, *quarters: tuple[str, list[Row], list[Row]]) -> Evaluation:
    town = Town(folder, {"start": date(2018, 1, 1)})
    for name, clienten, plaatsingen in quarters:
        town.deliver(name, clienten, plaatsingen=plaatsingen)
    return town.evaluate()


def test_the_job_of_who_comes_back_lasted_until_the_bijstand_began_again(tmp_path: Path) -> None:
    """A relapse is no early job loss by itself, and stays in the base of the sustained exits."""
    other = client("2")
    result = deliveries(
        tmp_path,
        ("2018-Q1", [client("1", **left("11", "2018-03-15")), other], [job("1", "2018-03-15"), job("2", "2017-03-01")]),
        ("2018-Q2", [other], [job("2", "2017-03-01")]),
        ("2019-Q1", [other, client("1", uitkeringnummer="U9", begin_uitkering="2019-02-01")], [job("2", "2017-03-01")]),
    )
    assert after_work(result, "duurzame_uitstroom")[:2] == [(1, 1), (0, 1)]
    assert (count(result, "uitval_werk"), base(result, "uitval_werk")) == (0, 1)


def test_who_vanished_before_the_bijstand_began_was_never_followed(tmp_path: Path) -> None:
    """A begin after the peildatum, and not in the next delivery: a report, and nobody more on the way to work."""
    later = client("2", datum_vestiging="2016-03-04", begin_uitkering="2019-06-14")
    town = Town(tmp_path).deliver("2019-Q1", [client("1"), later], plaatsingen=[job()])
    town.deliver("2019-Q3", [client("1")], plaatsingen=[job()])
    assert set(town.evaluate().frame("tijd_tot_werk")["clientnummer"]) <= {"1"}


def test_the_job_of_who_vanishes_is_not_lost(tmp_path: Path) -> None:
    """Nobody knows: an open job of the last delivery that names the person goes on."""
    other, kept = client("2"), job("2", "2018-02-15")
    result = deliveries(
        tmp_path,
        ("2018-Q1", [client("1"), other], [job("1", "2018-02-01"), kept]),
        ("2018-Q2", [other], [kept]),
        ("2018-Q4", [other], [kept]),
    )
    assert (count(result, "uitval_werk"), base(result, "uitval_werk")) == (0, 2)


def test_an_open_job_that_is_gone_while_the_client_stays_is_lost_and_told(tmp_path: Path) -> None:
    other, kept = client("2"), job("2", "2018-02-15")
    result = deliveries(
        tmp_path,
        ("2018-Q1", [client("1"), other], [job("1", "2018-02-01"), kept]),
        ("2018-Q4", [client("1"), other], [kept]),
    )
    assert (count(result, "uitval_werk"), base(result, "uitval_werk")) == (1, 2)
    assert "plaatsingen_verdwenen" in found(result)


def test_jobcoaching_began_with_the_first_job_of_all_deliveries_that_had_a_jobcoach(tmp_path: Path) -> None:
    jobs = [job("1", "2017-02-01", eind="2017-12-31", jobcoach="ja"), job("1", "2019-02-01", eind="2019-04-01")]
    result = evaluated(tmp_path, client("1"), plaatsingen=jobs)
    assert base(result, "uitval_werk_fase", "totaal", "sinds de start van jobcoaching") == 1


def test_a_traject_that_is_gone_while_the_client_stays_is_told(tmp_path: Path) -> None:
    town = Town(tmp_path).deliver("2019-Q1", [client("1")], trajecten=[traject("taal", begin="2019-01-10")])
    result = town.deliver("2019-Q2", [client("1")], trajecten=[traject("inburgering", begin="2019-01-10")]).evaluate()
    assert found(result).count("trajecten_verdwenen") == 1
