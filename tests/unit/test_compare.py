"""Published values against published values: differences, quarters without an earlier one, and what stays hidden."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from integratie_eval.compare import Difference, compare, compare_quarters, quarter_before
from integratie_eval.model import Below, Cohort, Exact, Hidden, Published, Range, Value


def figure(
    count: Value | int, share: str | None = None, indicator: str = "instroom", quarter: str | None = None
) -> Published:
    value = Exact(count) if isinstance(count, int) else count
    return Published(
        indicator, Cohort.TOTAL, None, None, value, None, None if share is None else Decimal(share), quarter
    )


def flow(**counts: int) -> list[Published]:
    """The figures of quarters: flow(q2018_1=3)."""
    return [figure(count, quarter=f"{name[1:5]}-Q{name[-1]}") for name, count in counts.items()]


def count(difference: Difference | None) -> int | None:
    return difference.count if difference else None


# --- one figure


def test_a_difference_is_after_minus_before_and_percentages_differ_in_procentpunt() -> None:
    difference = Difference.of(figure(12, "6.5"), figure(9, "8.0"))
    assert (difference.count, difference.points) == (-3, Decimal("1.5"))


@pytest.mark.parametrize("hidden", [Hidden(), Below(5), Range(1, 4)])
def test_what_is_not_published_exactly_gives_no_difference(hidden: Value) -> None:
    for pair in ((figure(hidden), figure(9, "8")), (figure(9, "8"), figure(hidden)), (figure(hidden), figure(hidden))):
        difference = Difference.of(*pair)
        assert (difference.count, difference.points) == (None, None)


def test_without_a_percentage_on_both_sides_there_are_no_points() -> None:
    assert Difference.of(figure(0), figure(9, "8")).points is None


# --- two editions


def test_only_figures_of_both_are_compared_and_the_others_are_named() -> None:
    before = [figure(1), figure(2, indicator="oud")]
    after = [figure(3), figure(4, indicator="nieuw"), figure(5, quarter="2018-Q1")]
    comparison = compare(before, after)
    assert [(d.before.count, d.after.count, d.count) for d in comparison.differences] == [(Exact(1), Exact(3), 2)]
    assert (comparison.only_before, comparison.only_after) == (("oud",), ("nieuw",))


def test_groups_categories_and_quarters_are_kept_apart() -> None:
    rows = [
        figure(1),
        replace(figure(2), cohort=Cohort.OUDKOMER),
        replace(figure(3), dimension="trede", category="1"),
        figure(4, quarter="2018-Q1"),
    ]
    assert [d.count for d in compare(rows, rows).differences] == [0, 0, 0, 0]


# --- quarters


@pytest.mark.parametrize(
    ("quarter", "quarters", "earlier"),
    [("2018-Q2", 1, "2018-Q1"), ("2018-Q1", 1, "2017-Q4"), ("2018-Q3", 4, "2017-Q3"), ("2000-Q1", 4, "1999-Q1")],
)
def test_an_earlier_quarter(quarter: str, quarters: int, earlier: str) -> None:
    assert quarter_before(quarter, quarters) == earlier


def test_a_quarter_beside_the_one_before_and_the_one_a_year_earlier() -> None:
    rows = flow(q2017_4=5, q2018_1=7, q2018_4=6)
    found = compare_quarters(rows, {"2017-Q4", "2018-Q1", "2018-Q4"})
    assert [(f.figure.quarter, count(f.previous), count(f.year_before)) for f in found] == [
        ("2018-Q1", 2, None),
        ("2018-Q4", None, 1),
    ]


def test_a_part_of_a_quarter_or_a_quarter_with_a_gap_is_compared_with_nothing() -> None:
    rows = flow(q2017_4=5, q2018_1=7, q2018_2=6)
    assert compare_quarters(rows, {"2017-Q4", "2018-Q2"}) == ()


def test_what_is_zero_in_every_quarter_is_left_out() -> None:
    rows = flow(q2017_4=0, q2018_1=0, q2018_2=1, q2018_3=0)
    found = compare_quarters(rows, {row.quarter or "" for row in rows})
    assert [f.figure.quarter for f in found] == ["2018-Q2", "2018-Q3"]


def test_a_figure_of_the_whole_period_has_no_quarter_to_compare_with() -> None:
    assert compare_quarters([figure(3)], {"2018-Q1"}) == ()
