"""The evaluation period, and what the deliveries do not cover of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from integratie_eval.definitions import load_definitions
from integratie_eval.errors import UsageError
from integratie_eval.model import Delivered, Period, SheetRead
from integratie_eval.period import period_findings, period_of, quarter_end, quarter_start
from integratie_eval.settings import Settings

Q1, Q2, Q3, Q4 = date(2019, 3, 31), date(2019, 6, 30), date(2019, 9, 30), date(2019, 12, 31)


def delivered(*references: date, table: str = "clienten") -> Delivered:
    sheets = tuple(
        SheetRead(number, f"{day}.xlsx", None, table, (day,), {}, (), 1) for number, day in enumerate(references, 1)
    )
    return Delivered((), sheets, (), frozenset({"clienten.eind_uitkering"}))


def found(period: Period, given: Delivered, open_files: Sequence[str] = ()) -> list[tuple[str, str]]:
    findings = period_findings(period, given, open_files, load_definitions())
    return [(finding.rule, finding.place.file) for finding in findings]


def test_without_settings_the_period_is_that_of_the_deliveries() -> None:
    assert period_of(delivered(Q4, Q2), Settings()) == Period(date(2019, 4, 1), Q4, Q4)


def test_the_settings_choose_the_period() -> None:
    settings = Settings(start=date(2017, 6, 1), end=date(2019, 10, 15))
    assert period_of(delivered(Q4), settings) == Period(date(2017, 6, 1), date(2019, 10, 15), date(2019, 10, 15))


def test_the_end_state_is_never_told_of_a_day_after_the_last_delivery() -> None:
    assert period_of(delivered(Q3), Settings(end=Q4)) == Period(date(2019, 7, 1), Q4, Q3)


def test_a_period_of_one_day_is_a_period() -> None:
    assert period_of(delivered(Q4), Settings(start=Q4, end=Q4)) == Period(Q4, Q4, Q4)


def test_a_period_that_begins_after_its_end_is_refused() -> None:
    with pytest.raises(UsageError, match="begint na het einde"):
        period_of(delivered(Q4), Settings(start=date(2020, 1, 1)))


def test_only_deliveries_of_persons_make_the_period() -> None:
    both = delivered(Q3)
    others = delivered(Q4, table="trajecten")
    together = Delivered((), (*both.sheets, *others.sheets), (), frozenset())
    assert period_of(together, Settings()).end == Q3


def test_a_quarter_without_a_delivery_between_two_deliveries_is_found() -> None:
    assert found(Period(Q1, Q4, Q4), delivered(Q1, Q4)) == [
        ("kwartaal_ontbreekt", "2019-Q2"),
        ("kwartaal_ontbreekt", "2019-Q3"),
    ]


def test_a_missing_quarter_at_the_turn_of_the_year_has_the_right_name() -> None:
    last = date(2020, 3, 31)
    assert found(Period(Q3, last, last), delivered(Q3, last)) == [("kwartaal_ontbreekt", "2019-Q4")]


def test_complete_deliveries_give_no_finding() -> None:
    assert found(Period(Q1, Q4, Q4), delivered(Q1, Q2, Q3, Q4)) == []


def test_a_period_that_runs_on_after_the_last_delivery_is_found() -> None:
    assert found(Period(Q3, Q4, Q3), delivered(Q3)) == [("periode_na_levering", "peildatum 30-09-2019")]


def test_a_delivery_of_after_the_period_is_found() -> None:
    assert found(Period(Q3, Q3, Q3), delivered(Q3, Q4)) == [("levering_na_periode", "2019-12-31.xlsx")]


def test_exports_that_tell_no_end_are_told_once() -> None:
    given = replace(delivered(Q3, Q4), columns=frozenset())
    assert found(Period(Q3, Q4, Q4), given) == [("einde_niet_geleverd", f"{Q4}.xlsx")]


def test_an_open_file_is_found() -> None:
    assert found(Period(Q4, Q4, Q4), delivered(Q4), ["a.xlsx"]) == [("bestand_open", "a.xlsx")]


@pytest.mark.parametrize("day", [date(2019, 1, 1), date(2019, 2, 28), date(2019, 3, 31)])
def test_every_day_of_a_quarter_has_the_same_first_day(day: date) -> None:
    assert quarter_start(day) == date(2019, 1, 1)


@pytest.mark.parametrize("quarter", [1, 2, 3, 4])
def test_the_last_day_of_a_quarter_belongs_to_it_and_the_next_does_not(quarter: int) -> None:
    last = quarter_end(2020, quarter)
    assert quarter_start(last) == date(2020, quarter * 3 - 2, 1)
    assert quarter_start(date.fromordinal(last.toordinal() + 1)) != quarter_start(last)
