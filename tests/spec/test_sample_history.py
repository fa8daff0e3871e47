"""What the sample promises to show quarter after quarter, counted by the reference."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise

import pytest

from integratie_eval.sample.model import Municipality, Persoon
from integratie_eval.sample.population import generate
from tests.spec.reference import (
    COHORTS,
    OUDKOMER,
    STATUSHOUDER,
    TOT,
    VAN,
    WORK,
    ExitToWork,
    Interval,
    Jobs,
    directions,
    exits_to_work,
    flow,
    jobs_begun,
    ladder_on,
    lasting,
    people_of,
    quarters_of,
    spells_of_parties,
    spells_of_people,
    spells_of_person,
    transitions,
    ways_to_work,
    whole_period,
)

UNTIL_JOBCOACHING = Interval("voor jobcoaching", whole_period().before, date(2018, 3, 31))
SINCE_JOBCOACHING = Interval("sinds jobcoaching", UNTIL_JOBCOACHING.end, TOT)


@pytest.fixture(scope="module")
def town() -> Municipality:
    return generate()


@pytest.fixture(scope="module")
def quarters(town: Municipality) -> list[Interval]:
    return quarters_of(town.quarters)


@pytest.fixture(scope="module")
def exits(town: Municipality) -> list[ExitToWork]:
    return exits_to_work(town)


# --- stroomtabel


@pytest.mark.parametrize("group", COHORTS)
def test_before_and_entries_minus_exits_is_after(town: Municipality, quarters: list[Interval], group: str) -> None:
    flows = [flow(spells_of_people(town), quarter, group) for quarter in quarters]
    whole = flow(spells_of_people(town), whole_period(), group)
    assert all(one.before + one.entries - sum(one.exits.values()) == one.after for one in (*flows, whole))
    assert all(one.after == other.before for one, other in pairwise(flows))
    assert (flows[0].before, flows[-1].after) == (whole.before, whole.after)
    assert sum((Counter(one.exits) for one in flows), Counter()) == whole.exits


def test_parties_flow_like_people(town: Municipality, quarters: list[Interval]) -> None:
    flows = [flow(spells_of_parties(town), quarter) for quarter in (*quarters, whole_period())]
    assert all(one.before + one.entries - sum(one.exits.values()) == one.after for one in flows)


def test_in_every_quarter_people_come_and_go(town: Municipality, quarters: list[Interval]) -> None:
    for quarter in quarters:
        found = flow(spells_of_people(town), quarter)
        assert found.entries > 0 and found.exits["werk"] > 0, quarter.name


def test_people_leave_for_many_reasons_and_move_in_many_quarters(town: Municipality, quarters: list[Interval]) -> None:
    whole = flow(spells_of_people(town), whole_period())
    assert set(whole.exits) == {"werk", "studie", "partner", "verhuisd", "aow, overlijden of detentie", "overig"}
    assert sum(flow(spells_of_people(town), quarter).exits["verhuisd"] > 0 for quarter in quarters) >= 5
    assert {"32", "33"} <= {spell.reason for spell in spells_of_people(town)}


# --- the ladder


def test_the_ladder_shows_rises_and_falls(town: Municipality, quarters: list[Interval]) -> None:
    """The statushouders are measured twice a year since the summer of 2017, the oudkomers since a year later."""
    for group, since in ((STATUSHOUDER, "2017-Q3"), (OUDKOMER, "2018-Q3")):
        for quarter in quarters:
            moved = directions(transitions(town, quarter, group))
            if quarter.name >= since:
                assert min(moved["gestegen"], moved["gelijk"], moved["gedaald"]) > 0, (group, quarter.name)


@pytest.mark.parametrize("group", COHORTS)
def test_over_the_whole_period_more_people_rose_than_fell(town: Municipality, group: str) -> None:
    moved = directions(transitions(town, whole_period(), group))
    assert moved["gestegen"] > moved["gedaald"] > 0 and moved["gelijk"] > 0


def test_transitions_hold_everyone_with_bijstand_in_the_interval(town: Municipality, quarters: list[Interval]) -> None:
    spells = spells_of_people(town)
    for quarter in quarters:
        touched = {spell.owner for spell in spells if spell.touches(quarter)}
        assert sum(transitions(town, quarter).values()) == len(touched)
        assert sum(ladder_on(town, quarter.end).values()) == flow(spells, quarter).after


# --- work that lasts


def test_16_percent_of_the_exits_to_work_are_of_people_who_came_back(exits: list[ExitToWork]) -> None:
    assert len(exits) == 90
    assert sum(any(one.back.values()) for one in exits) == 14


def test_11_people_came_back_and_found_work_again(town: Municipality, exits: list[ExitToWork]) -> None:
    times = Counter(one.owner for one in exits)
    assert Counter(times.values()) == {1: 68, 2: 11}
    for person in town.personen:
        if times[person.clientnummer] == 2:
            first, second = spells_of_person(person)
            assert first.reason in WORK and second.reason in WORK


def test_fewer_still_work_after_a_longer_time(exits: list[ExitToWork]) -> None:
    found = {months: lasting(exits, months) for months in (6, 12, 18)}
    shares = [one.still_works / one.worked_after_a_month for one in found.values()]
    assert shares == sorted(shares, reverse=True) and shares[0] > 0.9 and 0.5 < shares[-1] < 0.8
    backs = [one.back for one in found.values()]
    assert backs[0] < backs[1] and min(backs) >= 5


def test_someone_did_not_work_a_month_later(exits: list[ExitToWork]) -> None:
    assert sum(not one.works[1] for one in exits) == 1


# --- jobs that were lost


def test_fewer_jobs_are_lost_since_there_are_jobcoaches(town: Municipality) -> None:
    before, since = jobs_begun(town, UNTIL_JOBCOACHING), jobs_begun(town, SINCE_JOBCOACHING)
    assert 0.25 <= share_lost(before) <= 0.35
    assert 0.05 <= share_lost(since) <= 0.12


def test_jobs_with_a_jobcoach_are_lost_least(town: Municipality) -> None:
    assert jobs_begun(town, UNTIL_JOBCOACHING, coached=True).begun == 0
    with_coach, without = (jobs_begun(town, SINCE_JOBCOACHING, coached=coached) for coached in (True, False))
    assert (with_coach.begun, with_coach.lost) == (50, 1)
    assert share_lost(with_coach) < share_lost(without) / 2


def test_of_the_last_two_quarters_no_job_can_be_followed(town: Municipality, quarters: list[Interval]) -> None:
    found = [jobs_begun(town, quarter) for quarter in quarters]
    assert all(one.begun == one.followed > 0 for one in found[:-2])
    assert all(one.begun > 0 == one.followed for one in found[-2:])


def share_lost(jobs: Jobs) -> float:
    return jobs.lost / jobs.followed


# --- couples that split


def test_2_couples_split_and_the_one_who_left_has_no_new_uitkering(town: Municipality) -> None:
    couples: dict[str, list[Persoon]] = defaultdict(list)
    for person in people_of(town):
        couples[person.uitkeringnummer].append(person)
    left_alone = [
        (person, other)
        for number in couples
        for person in couples[number]
        for other in couples[number]
        if person is not other and person.uitkeringen[-1].eind and not other.uitkeringen[-1].eind
    ]
    assert sorted(str(person.uitkeringen[-1].reden) for person, _ in left_alone) == ["02", "32"]
    parties = {spell.owner: spell for spell in spells_of_parties(town)}
    for person, other in left_alone:
        assert (person.rol, other.rol) == ("partner", "aanvrager")
        assert parties[person.uitkeringnummer].runs_on(TOT)


# --- from settlement to work


def test_the_way_to_work_is_known_of_everyone(town: Municipality) -> None:
    ways = ways_to_work(town)
    assert Counter(way.cohort for way in ways) == {STATUSHOUDER: 199, OUDKOMER: 94}
    assert all(way.settled < way.seen_from and VAN <= way.seen_from <= TOT for way in ways)
    assert all(way.work is None or way.seen_from < way.work <= TOT for way in ways)
    assert all(sum(way.work is not None for way in ways if way.cohort == group) > 0 for group in COHORTS[:2])
    assert len({way.year for way in ways if way.cohort == STATUSHOUDER}) >= 6
