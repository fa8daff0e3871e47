"""What holds for every comparison: nothing differs from itself, and the other way round is the opposite."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from integratie_eval.compare import compare
from integratie_eval.model import Below, Cohort, Exact, Hidden, Published

VALUES = st.one_of(st.integers(0, 10**6).map(Exact), st.just(Below(5)), st.just(Hidden()))
SHARES = st.none() | st.decimals(0, 100, places=1)
FIGURES = st.builds(
    Published,
    indicator=st.sampled_from(["personen", "instroom"]),
    cohort=st.sampled_from(Cohort),
    dimension=st.none(),
    category=st.sampled_from([None, "1"]),
    count=VALUES,
    base=st.none(),
    percentage=SHARES,
    quarter=st.sampled_from([None, "2018-Q1"]),
)
EDITIONS = st.lists(FIGURES, unique_by=lambda row: (row.indicator, row.cohort, row.category, row.quarter), max_size=12)


@settings(max_examples=100)
@given(EDITIONS)
def test_nothing_differs_from_itself(edition: list[Published]) -> None:
    comparison = compare(edition, edition)
    assert len(comparison.differences) == len(edition)
    assert {d.count for d in comparison.differences} <= {0, None}
    assert {d.points for d in comparison.differences} <= {Decimal(0), None}
    assert (comparison.only_before, comparison.only_after) == ((), ())


@settings(max_examples=100)
@given(EDITIONS, EDITIONS)
def test_the_other_way_round_is_the_opposite(one: list[Published], other: list[Published]) -> None:
    there, back = compare(one, other), compare(other, one)
    forward = {(d.before, d.after): (d.count, d.points) for d in there.differences}
    backward = {(d.after, d.before): (d.count, d.points) for d in back.differences}
    assert forward.keys() == backward.keys()
    for pair, (count, points) in forward.items():
        assert backward[pair] == (None if count is None else -count, None if points is None else -points)
    assert (there.only_before, there.only_after) == (back.only_after, back.only_before)
