"""Shares and their differences, with the figures that Newcombe published for these intervals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integratie_eval.intervals import may_be_chance, newcombe, wilson


@st.composite
def shares(draw: st.DrawFn) -> tuple[int, int]:
    base = draw(st.integers(1, 10**6))
    return draw(st.integers(0, base)), base


@pytest.mark.parametrize(
    ("count", "base", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_the_published_interval(count: int, base: int, low: float, high: float) -> None:
    """Newcombe (1998), Statistics in Medicine 17:857-872, table I, method 3."""
    assert wilson(count, base) == pytest.approx((low, high), abs=5e-5)


def test_a_higher_level_gives_a_wider_interval() -> None:
    assert wilson(5, 10, level=0.99) == pytest.approx((0.1842, 0.8158), abs=5e-5)


@given(shares())
def test_wilson_holds_the_share_and_stays_within_zero_and_one(share: tuple[int, int]) -> None:
    count, base = share
    low, high = wilson(count, base)
    assert 0 <= low <= count / base <= high <= 1
    assert low < high
    assert (low == 0) == (count == 0)
    assert (high == 1) == (count == base)


@given(shares())
def test_the_others_have_the_mirror_image(share: tuple[int, int]) -> None:
    count, base = share
    low, high = wilson(count, base)
    assert wilson(base - count, base) == pytest.approx((1 - high, 1 - low), abs=1e-12)


@pytest.mark.parametrize(("count", "base"), [(0, 0), (-1, 5), (6, 5), (0, -3)])
def test_a_share_of_nothing_or_beyond_its_base_is_refused(count: int, base: int) -> None:
    with pytest.raises(ValueError, match="a share needs a base"):
        wilson(count, base)
    with pytest.raises(ValueError, match="a share needs a base"):
        newcombe(1, 2, count, base)
    with pytest.raises(ValueError, match="a share needs a base"):
        newcombe(count, base, 1, 2)


@pytest.mark.parametrize("level", [0.0, 1.0, -0.5, 95])
def test_a_level_that_is_no_chance_is_refused(level: float) -> None:
    with pytest.raises(ValueError, match="the level"):
        wilson(1, 2, level)


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((6, 7, 2, 7), 0.0582, 0.8062),
        ((5, 56, 0, 29), -0.0381, 0.1926),
        ((0, 10, 0, 20), -0.1611, 0.2775),
        ((0, 10, 0, 10), -0.2775, 0.2775),
        ((10, 10, 0, 20), 0.6791, 1.0),
        ((10, 10, 0, 10), 0.6075, 1.0),
    ],
)
def test_newcombe_gives_the_published_interval(counts: tuple[int, int, int, int], low: float, high: float) -> None:
    """Newcombe (1998), Statistics in Medicine 17:873-890, table II, method 10."""
    assert newcombe(*counts) == pytest.approx((low, high), abs=5e-5)


def test_the_level_reaches_the_difference() -> None:
    assert newcombe(56, 70, 48, 80, level=0.99) == pytest.approx((0.0054, 0.3718), abs=5e-5)


@given(shares(), shares())
def test_the_difference_lies_within_its_interval_and_turns_with_the_groups(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    low, high = newcombe(*one, *other)
    assert -1 <= low <= one[0] / one[1] - other[0] / other[1] <= high <= 1
    assert newcombe(*other, *one) == pytest.approx((-high, -low), abs=1e-12)


def test_a_difference_beyond_chance_is_told_although_the_intervals_of_the_shares_overlap() -> None:
    assert wilson(56, 70)[0] < wilson(48, 80)[1]
    assert not may_be_chance(56, 70, 48, 80)
    assert not may_be_chance(48, 80, 56, 70)


def test_a_difference_may_be_chance_when_none_is_possible() -> None:
    assert may_be_chance(5, 56, 0, 29)
    assert may_be_chance(0, 29, 5, 56)
    assert may_be_chance(3, 10, 3, 10)
    assert may_be_chance(56, 70, 48, 80, level=0.999)
