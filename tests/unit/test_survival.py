"""The share that has work by a month, when people come into view late and leave it early.

Textbook: the times to relapse of Freireich et al. (1963), Blood 21:699-716. The file of expected values was made once
by lifelines and statsmodels (see lifelines_values.py): lifelines 0.30.3 refuses the pandas of this project.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from integratie_eval import survival
from integratie_eval.survival import Follow, at, chi_square_tail, curve, median, table, unseen
from tests.unit.lifelines_values import FILE

EXPECTED = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
CURVES = [case for case in EXPECTED if "persons" in case]
TESTS = [case for case in EXPECTED if "groups" in case]


def relapse(times: str) -> list[Follow]:
    """Times as they stand in textbooks: a plus means that the person left view without the event."""
    return [Follow(0, int(time.rstrip("+")), not time.endswith("+")) for time in times.split()]


TREATED = relapse("6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+")
PLACEBO = relapse("1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23")


def logrank(groups: Sequence[Sequence[Follow]]) -> tuple[float, int, float]:
    return survival.logrank([table(group) for group in groups])


@st.composite
def follow(draw: st.DrawFn) -> Follow:
    entry = draw(st.just(0) | st.integers(0, 12))
    return Follow(entry, entry + draw(st.integers(0, 24)), draw(st.booleans()))


follows = st.lists(follow(), max_size=30)


# Who is at risk when


@pytest.mark.parametrize(("entry", "months"), [(-1, 3), (4, 3)])
def test_nobody_is_followed_before_settlement_or_after_the_end(entry: int, months: int) -> None:
    with pytest.raises(ValueError, match="nobody is followed"):
        Follow(entry, months, event=True)


def test_a_person_is_at_risk_from_the_month_after_entry_to_the_last() -> None:
    assert table([Follow(2, 4, event=True)]) == ((3, 1, 0), (4, 1, 1))
    assert table([Follow(2, 4, event=False)]) == ((3, 1, 0), (4, 1, 0))


def test_a_person_who_is_followed_from_settlement_is_at_risk_in_the_first_month_too() -> None:
    assert table([Follow(0, 0, event=True), Follow(0, 1, event=False)]) == ((0, 2, 1), (1, 1, 0))
    assert unseen([Follow(0, 0, event=True)]) == ()


def test_an_event_in_a_later_month_of_entry_counts_nowhere_but_is_told() -> None:
    same_month, left, seen = Follow(3, 3, event=True), Follow(5, 5, event=False), Follow(3, 4, event=True)
    assert unseen([same_month, seen, left]) == (same_month, left)
    assert table([same_month, seen, left]) == table([seen]) == ((4, 1, 1),)
    assert table([same_month]) == ()


def test_months_in_which_nobody_is_followed_stand_in_the_table_without_anyone() -> None:
    assert table([Follow(0, 1, event=False), Follow(3, 4, event=True)]) == (
        (0, 1, 0), (1, 1, 0), (2, 0, 0), (3, 0, 0), (4, 1, 1),
    )  # fmt: skip


@given(follows)
def test_the_table_counts_what_it_says(persons: list[Follow]) -> None:
    rows = table(persons)
    for month in range(40):
        here = [p for p in persons if p.entry < month <= p.months or (p.entry == 0 and month == 0)]
        events = sum(p.event and p.months == month for p in here)
        expected = (month, len(here), events)
        assert [row for row in rows if row[0] == month] == [expected] or (expected[1:] == (0, 0) and here == [])
    assert sum(events for _, _, events in rows) + sum(p.event for p in unseen(persons)) == sum(p.event for p in persons)


@given(follows, st.randoms(use_true_random=False))
def test_the_order_of_the_persons_changes_nothing(persons: list[Follow], die: Random) -> None:
    assert table(die.sample(persons, len(persons))) == table(persons)


@given(follows, follow(), st.data())
def test_a_person_followed_in_two_parts_counts_as_one(persons: list[Follow], one: Follow, data: st.DataObject) -> None:
    assume(one.months - one.entry >= 2)
    cut = data.draw(st.integers(one.entry + 1, one.months - 1))
    parts = [Follow(one.entry, cut, event=False), Follow(cut, one.months, one.event)]
    assert table([*persons, *parts]) == table([*persons, one])


# The curve


def test_the_curve_of_the_textbook() -> None:
    steps = [step for step in curve(table(TREATED)) if step.events]
    assert [(step.month, step.at_risk, step.events) for step in steps] == [
        (6, 21, 3), (7, 17, 1), (10, 15, 1), (13, 12, 1), (16, 11, 1), (22, 7, 1), (23, 6, 1),
    ]  # fmt: skip
    without = [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    assert [1 - step.share for step in steps] == pytest.approx(without, abs=5e-4)


@pytest.mark.parametrize("case", CURVES)
def test_the_curve_its_band_and_its_median_are_those_of_lifelines(case: dict[str, Any]) -> None:
    steps = curve(table([Follow(*person) for person in case["persons"]]))
    started = [expected for expected in case["steps"] if expected[0] >= steps[0].month]
    for month, *expected in started:
        step = at(steps, month)
        assert step is not None and (step.share, step.low, step.high) == pytest.approx(tuple(expected), abs=1e-12)
    assert started[-1][0] == steps[-1].month
    assert list(median(steps)) == case["median"]


@given(follows)
def test_the_share_never_falls_and_lies_in_its_band(persons: list[Follow]) -> None:
    steps = curve(table(persons))
    shares = [0.0, *(step.share for step in steps)]
    assert shares == sorted(shares)
    assert all(0 <= step.low <= step.share <= step.high <= 1 for step in steps)


@given(st.lists(st.integers(0, 30), min_size=1, max_size=40))
def test_without_anyone_leaving_view_the_share_is_a_plain_share(months: list[int]) -> None:
    for step in curve(table([Follow(0, month, event=True) for month in months])):
        assert step.share == pytest.approx(sum(month <= step.month for month in months) / len(months))


def test_nobody_gives_no_curve() -> None:
    assert curve(table([])) == ()


def test_without_events_the_share_stays_zero() -> None:
    steps = curve(table([Follow(0, 5, event=False), Follow(2, 3, event=False)]))
    assert {(step.share, step.low, step.high) for step in steps} == {(0.0, 0.0, 0.0)}
    assert median(steps) == (None, None, None)


def test_one_person_with_an_event_is_everybody() -> None:
    steps = curve(table([Follow(0, 2, event=True)]))
    assert [(step.month, step.share, step.low, step.high) for step in steps] == [
        (0, 0, 0, 0),
        (1, 0, 0, 0),
        (2, 1, 1, 1),
    ]
    assert median(steps) == (2, 2, 2)


def test_after_a_month_in_which_everybody_at_risk_has_the_event_the_share_stays_whole() -> None:
    steps = curve([(1, 2, 2), (2, 0, 0), (3, 5, 1)])
    assert [(step.share, step.low, step.high) for step in steps] == [(1, 1, 1)] * 3


def test_a_curve_from_counts_of_some_months_only() -> None:
    assert [step.share for step in curve([(3, 10, 1), (6, 8, 2)])] == pytest.approx([0.1, 0.325])


@pytest.mark.parametrize("rows", [[(1, 2, 3)], [(1, 2, -1)]])
def test_counts_that_cannot_be_are_refused(rows: list[tuple[int, int, int]]) -> None:
    with pytest.raises(ValueError, match="no more events"):
        curve(rows)


@pytest.mark.parametrize("months", [(2, 1), (1, 1)])
def test_months_out_of_order_are_refused(months: Sequence[int]) -> None:
    with pytest.raises(ValueError, match="the months must rise"):
        curve([(month, 5, 1) for month in months])


# Reading the curve


def test_the_median_of_the_textbook() -> None:
    assert median(curve(table(TREATED))) == (23, 13, None)
    assert median(curve(table(PLACEBO))) == (8, 4, 11)


def test_exactly_half_is_half_whatever_the_rounding() -> None:
    persons = [Follow(0, month, event=True) for month in range(1, 11)]
    assert median(curve(table(persons)))[0] == 5
    steps = curve([(1, 10, 2), (2, 8, 2), (3, 6, 1)])
    assert steps[-1].share < 0.5 and median(steps)[0] == 3


def test_the_step_that_holds_in_a_month_without_a_row_of_its_own() -> None:
    steps = curve([(3, 10, 1), (6, 8, 2)])
    assert [at(steps, month) for month in range(2, 8)] == [
        None, steps[0], steps[0], steps[0], steps[1], None,
    ]  # fmt: skip
    assert at((), 0) is None


# Comparing groups


def test_the_comparison_of_the_textbook() -> None:
    statistic, degrees, chance = logrank([TREATED, PLACEBO])
    assert statistic == pytest.approx(16.79, abs=0.005)
    assert degrees == 1
    assert chance == pytest.approx(4.17e-5, abs=5e-8)


@pytest.mark.parametrize("case", TESTS)
def test_the_comparison_is_that_of_lifelines_and_statsmodels(case: dict[str, Any]) -> None:
    statistic, degrees, chance = logrank([[Follow(*person) for person in group] for group in case["groups"]])
    assert degrees == len(case["groups"]) - 1
    assert statistic == pytest.approx(case["statistic"], abs=1e-9)
    assert chance == pytest.approx(case["p"], abs=1e-12)


@given(st.lists(follows, max_size=4), st.randoms(use_true_random=False))
def test_the_order_of_the_groups_changes_nothing(groups: list[list[Follow]], die: Random) -> None:
    statistic, degrees, chance = logrank(groups)
    assert logrank(die.sample(groups, len(groups))) == pytest.approx((statistic, degrees, chance), abs=1e-8)
    assert statistic >= 0 and 0 <= chance <= 1 and degrees <= max(0, len(groups) - 1)


def test_equal_groups_do_not_differ() -> None:
    assert logrank([TREATED, TREATED, TREATED]) == pytest.approx((0, 2, 1))


@pytest.mark.parametrize("left_out", [[], [Follow(3, 3, event=True)], [Follow(0, 0, event=False)]])
def test_a_group_that_is_never_compared_is_left_out_of_the_degrees(left_out: list[Follow]) -> None:
    alone = logrank([TREATED, PLACEBO])
    for groups in ([left_out, TREATED, PLACEBO], [TREATED, left_out, PLACEBO], [TREATED, PLACEBO, left_out]):
        assert logrank(groups) == pytest.approx(alone)


def test_groups_that_are_never_at_risk_together_cannot_be_compared() -> None:
    early = [Follow(0, 2, event=True), Follow(0, 3, event=True)]
    late = [Follow(5, 7, event=True), Follow(5, 8, event=True)]
    assert logrank([early, late]) == (0.0, 0, 1.0)
    assert logrank([]) == logrank([early]) == (0.0, 0, 1.0)


@pytest.mark.parametrize(
    ("value", "degrees", "chance"),
    [(3.841, 1, 0.05), (5.991, 2, 0.05), (7.815, 3, 0.05), (9.488, 4, 0.05), (11.070, 5, 0.05), (23.209, 10, 0.01)],
)
def test_the_chances_of_the_chi_square_table(value: float, degrees: int, chance: float) -> None:
    assert chi_square_tail(value, degrees) == pytest.approx(chance, abs=2e-5)


def test_no_difference_has_every_chance() -> None:
    assert [chi_square_tail(0.0, degrees) for degrees in range(4)] == [1.0] * 4
