"""The stroomtabel: begin + in - out = end, per quarter and over the period (issue 4, 1)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from integratie_eval.evaluation import Evaluation
from tests.spec.town import Row, Town, client, count, evaluated, found, left, spread

FLOW = ("stand_begin", "instroom", "uitstroom", "stand_eind")
PARTIES = ("partijen_begin", "partijen_instroom", "partijen_uitstroom", "partijen_eind")


def flow(result: Evaluation, quarter: str | None = None, names: tuple[str, ...] = FLOW) -> tuple[int, ...]:
    return tuple(count(result, name, quarter=quarter) for name in names)


def history(folder: Path, *clienten: Row) -> Evaluation:
    """One delivery of 2019-Q4 with everyone since the start; one person left early in the year."""
    return evaluated(folder, client("9", **left("32", "2019-01-15")), *clienten)


def test_a_person_enters_and_leaves_on_the_day_itself(tmp_path: Path) -> None:
    """Definition: in bijstand from the first day on, and no longer on the day of the end."""
    someone = client("1", begin_uitkering="2019-04-01", **left("11", "2019-06-30"))
    result = history(tmp_path, someone)
    assert [flow(result, f"2019-Q{quarter}") for quarter in (1, 2, 3)] == [(1, 0, 1, 0), (0, 1, 1, 0), (0, 0, 0, 0)]
    assert flow(result) == (1, 1, 2, 0)


def test_who_left_on_the_first_day_of_the_period_was_there_before_it(tmp_path: Path) -> None:
    """Definition of stand_begin: the day before the period; the person is one of `personen` too."""
    result = history(tmp_path, client("1", **left("11", "2019-01-01")))
    assert flow(result, "2019-Q1") == (2, 0, 2, 0)


def test_who_comes_back_enters_twice(tmp_path: Path) -> None:
    """domain.md §8.3, 8: gross and net differ; the stroomtabel is gross."""
    first = client("1", begin_uitkering="2019-02-01", **left("11", "2019-05-01"))
    again = client("1", begin_uitkering="2019-08-01")
    assert flow(history(tmp_path, first, again)) == (1, 2, 2, 1)


def test_two_periods_that_touch_are_one(tmp_path: Path) -> None:
    """Issue 4, 1: a new uitkeringnummer on the same day (a couple that splits) is no out- and inflow of a person."""
    together = client("1", uitkeringnummer="A", **left("02", "2019-05-01"))
    alone = client("1", uitkeringnummer="B", begin_uitkering="2019-05-01")
    result = history(tmp_path, together, client("2", uitkeringnummer="A"), alone)
    assert flow(result) == (3, 0, 1, 2)
    assert flow(result, None, PARTIES) == (2, 1, 1, 2)


def test_a_party_stays_while_one_partner_has_bijstand(tmp_path: Path) -> None:
    """Issue 4, 1: couples of which one leaves."""
    couple = client("1", uitkeringnummer="A", **left("32", "2019-05-01")), client("2", uitkeringnummer="A")
    result = history(tmp_path, *couple)
    assert (flow(result), flow(result, None, PARTIES)) == ((3, 0, 2, 1), (2, 0, 1, 1))


def test_a_couple_of_which_one_found_work_leaves_twice_and_is_one_party(tmp_path: Path) -> None:
    """domain.md §0, 5: the partner leaves with 97."""
    couple = client("1", uitkeringnummer="A", **left("11")), client("2", uitkeringnummer="A", **left("97"))
    result = history(tmp_path, *couple)
    assert flow(result, None, PARTIES) == (2, 0, 2, 0)
    assert spread(result, "uitstroom_reden") == {"betaald werk": 1, "partner": 1, "verhuisd": 1}


def test_a_party_of_two_groups_counts_in_the_total_only(tmp_path: Path) -> None:
    """domain.md §8.3, 3: party totals per group do not add up."""
    couple = client("1", uitkeringnummer="A"), client("2", uitkeringnummer="A", datum_vestiging="2009-01-01")
    result = history(tmp_path, *couple)
    assert [count(result, "partijen_begin", group) for group in ("statushouder", "oudkomer", "totaal")] == [1, 0, 2]


@pytest.mark.parametrize(
    ("code", "name"),
    [("11", "betaald werk"), ("13", "betaald werk"), ("01", "studie"), ("14", "ander inkomen"), ("97", "partner"),
     ("33", "verhuisd"), ("03", "aow, overlijden of detentie"), ("34", "administratief"), ("06", "overig"),
     ("", "onbekend")],
)  # fmt: skip
def test_the_class_of_a_reason(tmp_path: Path, code: str, name: str) -> None:
    """domain.md §2.2."""
    result = evaluated(tmp_path, client("1", **left(code)), client("2"))
    assert spread(result, "uitstroom_reden") == {name: 1}


def test_who_vanishes_left_after_the_last_delivery_that_names_him(tmp_path: Path) -> None:
    """Manual: without an end date, out after last seen, for an unknown reason."""
    town = Town(tmp_path).deliver("2019-Q1", [client("1"), client("2")]).deliver("2019-Q2", [client("2")])
    result = town.evaluate()
    assert (flow(result, "2019-Q1"), flow(result, "2019-Q2")) == ((2, 0, 0, 2), (2, 0, 1, 1))
    assert spread(result, "uitstroom_reden") == {"onbekend": 1}


def test_who_was_last_seen_on_the_eve_of_the_period_leaves_on_its_first_day(tmp_path: Path) -> None:
    """The end of one period is the begin of the next, also for who vanishes."""
    town = Town(tmp_path, {"start": date(2019, 4, 1)}).deliver("2019-Q1", [client("1"), client("2")])
    result = town.deliver("2019-Q2", [client("2")]).evaluate()
    assert flow(result) == (2, 0, 1, 1)


def test_a_number_that_was_corrected_is_no_new_party(tmp_path: Path) -> None:
    town = Town(tmp_path).deliver("2019-Q1", [client("1"), client("2")])
    result = town.deliver("2019-Q2", [client("1", uitkeringnummer="U1X"), client("2")]).evaluate()
    assert (flow(result), flow(result, None, PARTIES)) == ((2, 0, 0, 2), (2, 0, 0, 2))


def test_an_impossible_end_does_not_make_a_quarter_known(tmp_path: Path) -> None:
    wrong = client("3", begin_uitkering="2016-05-01", **left("11", "2012-01-01"))
    town = Town(tmp_path, {"start": date(2018, 1, 1)}).deliver("2018-Q1", [client("1"), client("2")])
    result = town.deliver("2018-Q4", [client("1"), wrong]).evaluate()
    assert result.published.quarters("instroom") == ("2018-Q1", "2018-Q4")


def test_a_missing_quarter_is_a_gap_and_what_happened_counts_in_the_next(tmp_path: Path) -> None:
    """Issue 4, bad input: no interpolation; shown as a gap."""
    town = Town(tmp_path).deliver("2019-Q1", [client("1"), client("2")])
    result = town.deliver("2019-Q3", [client("2"), client("3", begin_uitkering="2019-05-01")]).evaluate()
    assert result.published.quarters("instroom") == ("2019-Q1", "2019-Q3")
    assert flow(result, "2019-Q3") == (2, 1, 1, 2)
    assert "kwartaal_ontbreekt" in found(result)


def test_a_delivery_with_everyone_since_the_start_tells_of_every_quarter(tmp_path: Path) -> None:
    """Design §4: an export of that moment and one of everyone since the start give the same figures."""
    result = history(tmp_path, client("1"))
    assert result.published.quarters("instroom") == ("2019-Q1", "2019-Q2", "2019-Q3", "2019-Q4")


def test_a_delivery_of_one_moment_tells_of_its_own_quarter_only(tmp_path: Path) -> None:
    result = evaluated(tmp_path, client("1"), client("2", **left("11", "2019-11-01")))
    assert result.published.quarters("instroom") == ("2019-Q4",)
    assert flow(result) == flow(result, "2019-Q4") == (2, 0, 1, 1)


def test_an_end_that_is_still_to_come_is_no_outflow(tmp_path: Path) -> None:
    """Issue 4, bad input: dates in the future."""
    assert flow(history(tmp_path, client("1", **left("11", "2020-02-01")))) == (2, 0, 1, 1)


def test_a_period_that_ended_before_it_began_is_in_no_figure(tmp_path: Path) -> None:
    """Issue 4, bad input: history that contradicts itself."""
    result = history(tmp_path, client("1", begin_uitkering="2019-06-01", **left("11", "2019-03-01")), client("2"))
    assert flow(result) == (2, 0, 1, 1)
    assert (count(result, "personen"), count(result, "uitstroom_werk")) == (2, 0)
    assert [dict(row.set_aside) for row in result.rows if row.table == "clienten"] == [{"einde niet na begin": 1}]


def test_bijstand_that_ended_on_its_first_day_is_in_no_figure_either(tmp_path: Path) -> None:
    result = history(tmp_path, client("1", begin_uitkering="2019-06-01", **left("11", "2019-06-01")), client("2"))
    assert (flow(result), count(result, "personen"), count(result, "uitstroom_werk")) == ((2, 0, 1, 1), 2, 0)


# --- a history that changes (issue 4, 1: a person whose history changes is a finding)


@pytest.mark.parametrize(
    ("first", "then", "rule"),
    [
        (left("11", "2019-03-01"), left("11", "2019-03-15"), "einde_wisselt"),
        (left("11", "2019-03-01"), {}, "einde_wisselt"),
        ({}, {"begin_uitkering": "2016-02-01"}, "begin_wisselt"),
    ],
)
def test_a_history_that_changes_is_a_finding_and_the_newest_counts(
    tmp_path: Path, first: dict[str, object], then: dict[str, object], rule: str
) -> None:
    town = Town(tmp_path).deliver("2019-Q1", [client("1", **first), client("2")])
    result = town.deliver("2019-Q2", [client("1", **then), client("2")]).evaluate()
    assert found(result).count(rule) == 2
    assert flow(result)[1] == 0


def test_an_end_that_comes_is_no_change_of_history(tmp_path: Path) -> None:
    town = Town(tmp_path).deliver("2019-Q1", [client("1"), client("2")])
    result = town.deliver("2019-Q2", [client("1", **left("11", "2019-05-01")), client("2")]).evaluate()
    assert not {"einde_wisselt", "begin_wisselt"} & set(found(result))


def test_who_comes_back_on_the_same_number_is_no_change_of_history(tmp_path: Path) -> None:
    town = Town(tmp_path).deliver("2019-Q1", [client("1", **left("11", "2019-02-01")), client("2")])
    again = client("1", begin_uitkering="2019-04-15")
    result = town.deliver("2019-Q2", [again, client("2")]).evaluate()
    assert not {"einde_wisselt", "begin_wisselt"} & set(found(result))


def test_an_end_that_was_announced_and_moved_is_a_change(tmp_path: Path) -> None:
    town = Town(tmp_path).deliver("2019-Q1", [client("1", **left("32", "2019-06-01")), client("2")])
    result = town.deliver("2019-Q2", [client("1", **left("32", "2019-06-15")), client("2")]).evaluate()
    assert "einde_wisselt" in found(result)
