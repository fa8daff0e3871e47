"""Numbers, dates and plurals as Dutch readers write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from integratie_eval.model import Below, Exact, Hidden, Range, Value
from integratie_eval.render import dutch


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"), (7, "7"), (1234, "1234"), (9999, "9999"), (10_000, "10.000"), (1_234_567, "1.234.567"),
        (-5, "−5"), (-12_345, "−12.345"), (Decimal("6.5"), "6,5"), (Decimal("12345.25"), "12.345,25"),
        (Decimal(7), "7"), (Decimal("0.00"), "0,00"), (Decimal("1E+2"), "100"),
    ],
)  # fmt: skip
def test_a_number_has_a_decimal_comma_and_points_from_ten_thousand(value: int | Decimal, text: str) -> None:
    assert dutch.number(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Exact(64), "64"),
        (Exact(12_345), "12.345"),
        (Below(5), "minder dan 5"),
        (Range(64, 69), "64 tot en met 69"),
        (Hidden(), "niet openbaar"),
    ],
)
def test_a_published_value_never_shows_more_than_was_published(value: Value, text: str) -> None:
    assert dutch.shown(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "–"), (Decimal(78), "78%"), (Decimal("6.5"), "6,5%"), (Decimal(0), "0%"), (Decimal(100), "100%")],
)
def test_a_percentage_has_no_space_and_no_base_is_a_dash(value: Decimal | None, text: str) -> None:
    assert dutch.percent(value) == text


@pytest.mark.parametrize(("value", "one", "none"), [(Exact(0), False, True), (Exact(1), True, False)])
def test_zero_and_one_have_their_own_grammar(value: Value, one: bool, none: bool) -> None:
    assert (dutch.is_one(value), dutch.is_none(value)) == (one, none)


@pytest.mark.parametrize("value", [Exact(2), Below(2), Below(1), Range(0, 1), Range(1, 1), Hidden()])
def test_a_value_that_is_not_exactly_known_is_never_called_none_or_one(value: Value) -> None:
    assert not dutch.is_one(value) and not dutch.is_none(value)


def test_a_day_in_running_text_has_its_month_in_words() -> None:
    assert [dutch.day(date(2019, month, 8)) for month in (1, 3, 8, 12)] == [
        "8 januari 2019", "8 maart 2019", "8 augustus 2019", "8 december 2019",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("amount", "text"),
    [(0, "€\u00a00"), (1_250, "€\u00a01.250"), (439_167, "€\u00a0439.167"), (10**7, "€\u00a010.000.000")],
)
def test_euros_are_whole_with_points_from_a_thousand_and_stay_with_their_sign(amount: int, text: str) -> None:
    assert dutch.euro(amount) == text
