"""A target beside a published figure: reached, not reached, or not to be told."""

from __future__ import annotations

from decimal import Decimal

import pytest

from integratie_eval.model import Below, Cohort, Exact, Hidden, Missing, Published, PublishedFigures, Value
from integratie_eval.protect import percentage
from integratie_eval.settings_goals import Direction, Target
from integratie_eval.targets import Outcome, Verdict, compare

MINSTENS, HOOGSTENS = Direction.AT_LEAST, Direction.AT_MOST


def outcome(target: Target, count: Value, base: Value | None = None) -> Outcome:
    exact = isinstance(count, Exact) and isinstance(base, Exact)
    share = percentage(count.value, base.value, 0) if exact else None  # type: ignore[union-attr]
    figure = Published("gesproken", Cohort.TOTAL, None, None, count, base, share)
    (found,) = compare([target], PublishedFigures.of((figure,), ()))
    return found


def share(value: str, direction: Direction = MINSTENS) -> Target:
    return Target("gesproken", Decimal(value), percentage=True, direction=direction)


def number(value: int, direction: Direction = MINSTENS) -> Target:
    return Target("gesproken", Decimal(value), percentage=False, direction=direction)


@pytest.mark.parametrize(
    ("target", "count", "base", "verdict", "difference", "side"),
    [
        (number(20), 19, None, Verdict.MISSED, -1, -1),
        (number(20), 20, None, Verdict.REACHED, 0, 0),
        (number(20), 21, None, Verdict.REACHED, 1, 1),
        (number(20, HOOGSTENS), 19, None, Verdict.REACHED, -1, -1),
        (number(20, HOOGSTENS), 20, None, Verdict.REACHED, 0, 0),
        (number(20, HOOGSTENS), 21, None, Verdict.MISSED, 1, 1),
        (share("25"), 76, 293, Verdict.REACHED, 1, 1),
        (share("25"), 1, 4, Verdict.REACHED, 0, 0),
        (share("30"), 76, 293, Verdict.MISSED, -4, -1),
        (share("10", HOOGSTENS), 3, 45, Verdict.REACHED, -3, -1),
        (share("10", HOOGSTENS), 6, 45, Verdict.MISSED, 3, 1),
    ],
)
def test_a_target_is_reached_on_its_side_of_the_value(
    target: Target, count: int, base: int | None, verdict: Verdict, difference: int, side: int
) -> None:
    found = outcome(target, Exact(count), None if base is None else Exact(base))
    assert (found.verdict, found.difference, found.side) == (verdict, Decimal(difference), side)
    assert found.told


@pytest.mark.parametrize(
    ("target", "count", "side"), [(share("100"), 292, -1), (share("0", HOOGSTENS), 1, 1), (share("78"), 228, -1)]
)
def test_a_share_that_only_rounds_to_the_target_has_not_reached_it(target: Target, count: int, side: int) -> None:
    found = outcome(target, Exact(count), Exact(293))
    assert (found.verdict, found.difference, found.side) == (Verdict.MISSED, Decimal(0), side)


@pytest.mark.parametrize("target", [number(3), share("3")])
@pytest.mark.parametrize(("count", "base"), [(Below(5), Exact(30)), (Hidden(), Exact(30))])
def test_a_hidden_number_gives_no_difference_and_no_verdict(target: Target, count: Value, base: Value) -> None:
    found = outcome(target, count, base)
    assert (found.verdict, found.difference, found.told) == (Verdict.HIDDEN, None, False)


def test_a_hidden_base_gives_no_verdict_about_a_share() -> None:
    assert outcome(share("3"), Exact(30), Hidden()).verdict is Verdict.HIDDEN
    assert outcome(number(3), Exact(30), Hidden()).verdict is Verdict.REACHED


def test_a_share_of_nobody_cannot_be_told() -> None:
    found = outcome(share("0"), Exact(0), Exact(0))
    assert (found.verdict, found.difference) == (Verdict.NO_BASE, None)


def test_a_figure_that_is_not_there_was_not_delivered_or_does_not_occur() -> None:
    figures = PublishedFigures.of((), (Missing("taalmaatje", ("clienten.taalmaatje",)),))
    targets = [Target("taalmaatje", Decimal(1), percentage=False), Target("trede", Decimal(1), False, category="9")]
    assert [found.verdict for found in compare(targets, figures)] == [Verdict.NOT_DELIVERED, Verdict.NOT_FOUND]
