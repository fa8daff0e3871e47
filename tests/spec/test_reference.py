"""The reference itself, over one invented person: its days are easily counted by hand."""

from __future__ import annotations

from datetime import date

import pytest

from integratie_eval.sample.model import Meting, Municipality, Persoon, Plaatsing, Quarter, Uitkering
from tests.spec.reference import (
    TOT,
    VAN,
    Flow,
    Interval,
    Jobs,
    Lasting,
    Spell,
    WayToWork,
    add_months,
    directions,
    exits_to_work,
    flow,
    jobs_begun,
    lasting,
    quarters_of,
    spells_of_parties,
    spells_of_people,
    transitions,
    ways_to_work,
)

LEFT, BACK = date(2018, 1, 31), date(2018, 9, 1)
FIRST = Interval("2018-Q1", date(2017, 12, 31), date(2018, 3, 31))


def town(*uitkeringen: Uitkering) -> Municipality:
    """One person, who works between two periods with bijstand, or someone with these periods."""
    person = Persoon(
        clientnummer="1",
        uitkeringnummer="U1",
        rol="aanvrager",
        geboortedatum=date(1990, 1, 1),
        geslacht="vrouw",
        nationaliteit="Syrische",
        datum_vestiging=date(2013, 1, 1),
        datum_vergunning=date(2012, 12, 1),
        uitkeringen=uitkeringen or (Uitkering(date(2016, 1, 1), LEFT, "11"), Uitkering(BACK, None, None)),
        trajecten=(),
        plaatsingen=(Plaatsing(LEFT, date(2018, 7, 31), "zelf gestopt", 32, "tijdelijk", jobcoach=False),),
        metingen=(Meting(date(2017, 12, 31), 3, None), Meting(LEFT, 6, None), Meting(BACK, 2, None)),
        gesprekken=(),
        inkomsten_arbeid=(),
        zorg_en_rust=(),
        taalmaatje=(),
        leerroute=None,
        taalniveaus=(),
    )
    return Municipality(VAN, TOT, (), (person,), (), ())


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2018, 1, 31), 1, date(2018, 2, 28)),
        (date(2018, 8, 31), 6, date(2019, 2, 28)),
        (date(2018, 12, 15), 12, date(2019, 12, 15)),
        (date(2018, 6, 30), 18, date(2019, 12, 30)),
    ],
)
def test_months_are_calendar_months(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


def test_the_first_quarter_begins_on_the_first_day_of_the_period() -> None:
    first, second = quarters_of((Quarter(2017, 2), Quarter(2017, 3)))
    assert (first.before, first.end, second.before) == (date(2017, 5, 31), date(2017, 6, 30), date(2017, 6, 30))


@pytest.mark.parametrize(
    ("second", "spells"),
    [
        (Uitkering(date(2018, 1, 31), None, None), 1),
        (Uitkering(date(2018, 1, 1), None, None), 1),
        (Uitkering(date(2016, 6, 1), date(2017, 1, 1), "02"), 1),
        (Uitkering(date(2018, 2, 1), None, None), 2),
    ],
)
def test_periods_that_touch_are_one_spell(second: Uitkering, spells: int) -> None:
    first = Uitkering(date(2016, 1, 1), LEFT, "11")
    assert len(spells_of_people(town(first, second))) == len(spells_of_parties(town(first, second))) == spells


def test_the_period_that_ends_last_gives_the_reason() -> None:
    first, inside = Uitkering(date(2016, 1, 1), LEFT, "11"), Uitkering(date(2016, 6, 1), date(2017, 1, 1), "02")
    assert spells_of_people(town(first, inside)) == [Spell("1", first.begin, LEFT, "11", "statushouder")]


def test_flow() -> None:
    assert flow(spells_of_people(town()), FIRST) == Flow(before=1, entries=0, exits={"werk": 1}, after=0)
    assert flow(spells_of_people(town()), FIRST, "oudkomer") == Flow(before=0, entries=0, exits={}, after=0)
    assert flow(spells_of_parties(town()), FIRST) == Flow(before=1, entries=0, exits={"onbekend": 1}, after=0)


def test_transitions() -> None:
    assert transitions(town(), FIRST) == {("3", "6"): 1}
    assert directions({("3", "6"): 1, ("6", "2"): 2, ("onbekend", "2"): 3, ("2", "2"): 4}) == {
        "gestegen": 1, "gedaald": 2, "onbekend": 3, "gelijk": 4,
    }  # fmt: skip
    between = Interval("2018-Q2", date(2018, 3, 31), date(2018, 6, 30))
    assert transitions(town(), between) == {}


def test_an_exit_to_work_is_followed() -> None:
    (found,) = exits_to_work(town())
    assert found.works == {1: True, 6: True, 12: False, 18: False}
    assert found.back == {6: False, 12: True, 18: True}
    assert lasting([found], 12) == Lasting(followed=1, worked_after_a_month=1, still_works=0, back=1)


def test_a_job_that_lasts_six_months_is_not_lost() -> None:
    assert jobs_begun(town(), FIRST) == Jobs(begun=1, followed=1, lost=0)


def test_the_way_to_work() -> None:
    assert ways_to_work(town()) == [WayToWork("statushouder", 2013, date(2013, 1, 1), VAN, LEFT, TOT)]
