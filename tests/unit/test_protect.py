"""Percentages exist only from the protect step on, and are rounded as people do."""

from __future__ import annotations

from decimal import Decimal, localcontext

import pytest

from integratie_eval.model import Cohort, Exact, Figure, Missing
from integratie_eval.protect import percentage, protect


@pytest.mark.parametrize(
    ("count", "base", "decimals", "share"),
    [
        (1, 200, 0, "1"),  # 0,5
        (5, 200, 0, "3"),  # 2,5
        (13, 200, 0, "7"),  # 6,5
        (3, 200, 0, "2"),  # 1,5
        (1, 3, 0, "33"),
        (2, 3, 0, "67"),
        (2, 3, 1, "66.7"),
        (1, 8, 2, "12.50"),
        (1, 800, 2, "0.13"),
        (0, 7, 0, "0"),
        (7, 7, 0, "100"),
        (499, 100_000, 0, "0"),
        (999_499, 1_000_000, 0, "100"),
        (3, 2, 0, "150"),
    ],
)
def test_a_half_is_rounded_up(count: int, base: int, decimals: int, share: str) -> None:
    result = percentage(count, base, decimals)
    assert str(result) == share


@pytest.mark.parametrize("count", [0, 1])
def test_without_anyone_in_the_base_there_is_no_percentage(count: int) -> None:
    assert percentage(count, 0, 0) is None


def test_the_decimal_context_of_the_caller_does_not_matter() -> None:
    with localcontext() as context:
        context.prec = 3
        assert percentage(999_499, 1_000_000, 2) == Decimal("99.95")


def test_the_internal_edition_publishes_every_count_as_it_is() -> None:
    figures = [
        Figure("a", Cohort.TOTAL, None, None, 3, None),
        Figure("b", Cohort.STATUSHOUDER, "soort", "taal", 1, 8),
        Figure("b", Cohort.OUDKOMER, "soort", "taal", 0, 0),
    ]
    published = protect(figures, [Missing("c", ("trajecten",))], 1)
    assert [(row.count, row.base, row.percentage) for row in published.rows] == [
        (Exact(3), None, None),
        (Exact(1), Exact(8), Decimal("12.5")),
        (Exact(0), Exact(0), None),
    ]
    assert published.missing == (Missing("c", ("trajecten",)),)


def test_published_figures_are_found_by_indicator_group_and_category() -> None:
    published = protect([Figure("b", Cohort.STATUSHOUDER, "soort", "taal", 1, 8)], [], 0)
    found = published.get("b", "statushouder", "taal")
    assert found is not None and found.count == Exact(1)
    assert published.get("b") is None
    assert published.categories("b") == ("taal",)
