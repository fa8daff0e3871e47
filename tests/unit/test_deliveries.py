"""The name of a file or sheet tells its peildatum."""

from __future__ import annotations

from datetime import date

import pytest

from integratie_eval.read.deliveries import reference_from_name, reference_of_sheet


@pytest.mark.parametrize(
    "name",
    [
        "2019-Q3",
        "2019Q3",
        "2019 q3",
        "2019_Q3",
        "bijstand 2019-Q3 clienten",
        "Q3 2019",
        "Q3-2019",
        "q3_2019",
        "kwartaal 3 2019",
        "Kwartaal 3 - 2019",
        "kw3 2019",
        "2019 kw3",
        "2019 kwartaal 3",
        "3e kwartaal 2019",
        "2019-09-30",
        "2019_09_30",
        "20190930",
        "export_20190930_v2",
        "30-09-2019",
    ],
)
def test_a_name_points_at_the_last_day_of_its_quarter_or_at_its_day(name: str) -> None:
    assert reference_from_name(name) == date(2019, 9, 30)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2019-Q1", date(2019, 3, 31)),
        ("2019-Q2", date(2019, 6, 30)),
        ("2019-Q4", date(2019, 12, 31)),
        ("2020-Q1", date(2020, 3, 31)),
    ],
)
def test_a_quarter_ends_on_its_last_day(name: str, day: date) -> None:
    assert reference_from_name(name) == day


@pytest.mark.parametrize(
    "name",
    ["september 2019", "2019 sept", "Sep-2019", "30 september 2019", "2019-09", "derde kwartaal 2019", "30-9-2019"],
)
def test_a_month_or_a_day_in_words_is_recognised(name: str) -> None:
    assert reference_from_name(name) == date(2019, 9, 30)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2019-Q3 export 20191004", date(2019, 9, 30)),
        ("september 2019 gemaakt 04-10-2019", date(2019, 9, 30)),
        ("Q4 20191231", date(2019, 12, 31)),
        ("pilot 2013-2019, Q3 2019", date(2019, 9, 30)),
    ],
)
def test_the_quarter_wins_from_the_day_of_the_export(name: str, day: date) -> None:
    assert reference_from_name(name) == day


@pytest.mark.parametrize(
    "name",
    [
        "2017-Q2 tm 2019-Q4",
        "2018-Q3 tm 2019-Q3",
        "Q2-Q4 2019",
        "2019-01-01 tm 2019-09-30",
        "januari 2019 - maart 2019",
        "Q3 20191004",
        "Q3",
        "maart",
    ],
)
def test_a_name_that_says_two_things_or_half_a_thing_points_at_nothing(name: str) -> None:
    assert reference_from_name(name) is None


@pytest.mark.parametrize(
    ("sheet", "stem", "day"),
    [
        ("Q3", "bijstand 2019", date(2019, 9, 30)),
        ("Q3", "bijstand 2019-Q4", date(2019, 9, 30)),
        ("Q3", "bijstand 2019-12-31", date(2019, 9, 30)),
        ("september", "bijstand 2019", date(2019, 9, 30)),
        ("2018-Q3", "bijstand 2019", date(2018, 9, 30)),
        ("Blad1", "bijstand 2019-Q4", date(2019, 12, 31)),
        (None, "bijstand 2019-Q4", date(2019, 12, 31)),
        ("Q3", "bijstand 2018 en 2019", None),
        ("Q3", "bijstand", None),
    ],
)
def test_the_quarter_of_a_sheet_takes_its_year_from_the_file(sheet: str | None, stem: str, day: date | None) -> None:
    assert reference_of_sheet(sheet, stem) == day


@pytest.mark.parametrize(
    "name",
    [
        "",
        "clienten",
        "2019",
        "2019-Q5",
        "2019-Q0",
        "2019-Q10",
        "20190931",
        "2019-13-01",
        "3 kwartalen",
        "120190930",
        "Blad1",
    ],
)
def test_a_name_without_a_quarter_or_an_existing_day_points_at_nothing(name: str) -> None:
    assert reference_from_name(name) is None


def test_a_year_that_is_the_begin_of_a_longer_number_is_no_year_of_a_quarter() -> None:
    assert reference_from_name("Q4 20190930") is None


@pytest.mark.parametrize("name", ["Q 3 2019", "2019 kw 3", "2019 3e kwartaal"])
def test_other_ways_to_write_a_quarter_are_recognised(name: str) -> None:
    assert reference_from_name(name) == date(2019, 9, 30)
