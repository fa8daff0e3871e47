"""Arithmetic with money: whole euros, a half goes up, and what is hidden costs nothing that can be told."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from integratie_eval.model import Below, Cohort, Exact, Hidden, Period, Published, PublishedFigures, Value
from integratie_eval.money import Money, money_of, months_between
from integratie_eval.settings import Project, Provider, Settings

YEAR = Period(date(2019, 1, 1), date(2019, 12, 31), date(2019, 12, 31))


def figure(indicator: str, count: Value, category: str | None = None) -> Published:
    return Published(indicator, Cohort.TOTAL, "kostenpost" if category else None, category, count, None, None)


def money(figures: list[Published], *, period: Period = YEAR, **settings: Any) -> Money | None:
    return money_of(Settings(**settings), period, PublishedFigures.of(tuple(figures), ()))


def fte(
    number: str, price: int, start: date | None = None, end: date | None = None, period: Period = YEAR
) -> tuple[int, int]:
    """The months and the amount."""
    project = Project(fte=Decimal(number), start=start, end=end)
    found = money([], period=period, project=project, price_of_fte=price)
    assert found and found.fte
    return found.fte.months, found.fte.amount


def trajecten(*, work: Value, participants: Value) -> Money:
    figures = [
        figure("deelnemers_kostenpost", participants, "Werkt"),
        figure("deelnemers_kostenpost", Exact(2), "soort taal"),
        figure("deelnemers_met_kosten", Exact(3)),
        figure("personen", Exact(10)),
        figure("uitstroom_werk", work),
    ]
    found = money(figures, providers=(Provider("Werkt", price=100),), price_of_kind={"taal": 50})
    assert found
    return found


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2017, 6, 1), date(2019, 12, 31), 31),
        (date(2019, 1, 31), date(2019, 2, 1), 2),
        (date(2019, 5, 1), date(2019, 5, 1), 1),
        (date(2019, 5, 2), date(2019, 5, 1), 0),
    ],
)
def test_every_month_that_is_touched_counts(start: date, end: date, months: int) -> None:
    assert months_between(start, end) == months


def test_fte_costs_the_months_of_the_project() -> None:
    period = Period(date(2017, 6, 1), date(2019, 12, 31), date(2019, 12, 31))
    assert fte("2", 85_000, date(2017, 6, 1), date(2019, 12, 31), period) == (31, 439_167)


def test_only_the_months_of_the_project_in_the_period_cost() -> None:
    assert fte("1.5", 12_000, date(2018, 1, 1), date(2019, 3, 15)) == (3, 4_500)
    assert fte("1", 12_000) == (12, 12_000)
    assert fte("1", 12_000, date(2020, 1, 1)) == (0, 0)


def test_money_is_counted_until_the_peildatum_as_the_figures_are() -> None:
    period = Period(date(2019, 1, 1), date(2019, 12, 31), date(2019, 9, 30))
    assert fte("1", 12_000, period=period) == (9, 9_000)


@pytest.mark.parametrize(("price", "amount"), [(5, 0), (6, 1), (17, 1), (18, 2), (30, 3)])
def test_half_a_euro_goes_up(price: int, amount: int) -> None:
    assert fte("1", price, end=date(2019, 1, 31)) == (1, amount)


def test_trajecten_cost_their_price_for_every_participant() -> None:
    found = trajecten(work=Exact(3), participants=Exact(3))
    assert [(line.price.post, line.amount) for line in found.trajecten] == [("Werkt", 300), ("soort taal", 100)]
    assert (found.trajecten_total, found.total) == (400, 400)
    assert [(share.name, share.amount) for share in found.shares] == [
        ("trajecten, per deelnemer", 133),
        ("trajecten, per persoon met bijstand in de periode", 40),
        ("trajecten, per persoon die uitstroomde naar betaald werk", 133),
    ]


def test_nobody_who_left_for_work_has_no_cost() -> None:
    assert [share.amount for share in trajecten(work=Exact(0), participants=Exact(3)).shares] == [133, 40, None]


@pytest.mark.parametrize("hidden", [Hidden(), Below(5)])
def test_a_hidden_number_has_no_cost_and_hides_every_total(hidden: Value) -> None:
    found = trajecten(work=Exact(3), participants=hidden)
    assert [line.amount for line in found.trajecten] == [None, 100]
    assert (found.trajecten_total, found.total) == (None, None)
    assert {share.amount for share in found.shares} == {None}
    assert trajecten(work=hidden, participants=Exact(3)).shares[2].amount is None


def test_trajecten_that_were_not_delivered_are_not_free() -> None:
    found = money(
        [figure("personen", Exact(10))],
        providers=(Provider("Werkt", price=100),),
        project=Project(fte=Decimal(1)),
        price_of_fte=12_000,
    )
    assert found and found.fte
    assert (found.fte.amount, found.trajecten, found.trajecten_total, found.total) == (12_000, (), None, None)


def test_without_prices_there_is_no_arithmetic() -> None:
    assert money([figure("personen", Exact(10))], project=Project(fte=Decimal(2))) is None


def test_huge_prices_stay_exact() -> None:
    assert fte("1", 10**40) == (12, 10**40)
