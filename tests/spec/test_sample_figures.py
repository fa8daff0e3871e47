"""The figures of the sample, counted in plain Python: over the invented lives, and over what the exports tell of them.

The evaluation period runs from 2017-06-01 to 2019-12-31. The rules of the counts stand in the helpers of `Dossier`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

import pytest

from integratie_eval.sample.deliveries import Delivery, deliver
from integratie_eval.sample.model import Municipality
from integratie_eval.sample.population import generate

VAN, TOT = date(2017, 6, 1), date(2019, 12, 31)
SH, OK = "statushouder", "oudkomer"


@dataclass
class Span:
    """Something with a begin and perhaps an end: bijstand, a traject, a job."""

    begin: date
    eind: date | None
    reden: str | None = None
    soort: str = ""
    aanbieder: str = ""
    uren: int = 0
    jobcoach: bool = False

    def in_period(self) -> bool:
        return self.begin <= TOT and (self.eind is None or self.eind >= VAN)

    def at_end(self) -> bool:
        return self.begin <= TOT and (self.eind is None or self.eind > TOT)


@dataclass
class Dossier:
    """What is known of one person; `delivered` is the number of the newest delivery that named them."""

    settled: date
    birth: date
    nationality: str
    party: str
    income: bool
    care: bool
    buddy: bool
    trede: int | None
    route: str | None
    level: str | None
    talks: set[date] = field(default_factory=set)
    bijstand: list[Span] = field(default_factory=list)
    trajecten: list[Span] = field(default_factory=list)
    jobs: list[Span] = field(default_factory=list)
    rungs: list[tuple[date, int]] = field(default_factory=list)

    @property
    def cohort(self) -> str:
        return SH if self.settled >= date(2013, 1, 1) else OK

    def in_period(self) -> bool:
        return any(span.in_period() for span in self.bijstand)

    def at_end(self) -> bool:
        return any(span.at_end() for span in self.bijstand)

    def left_with(self, *codes: str) -> bool:
        last = max(self.bijstand, key=lambda span: span.begin)
        return not self.at_end() and last.in_period() and last.reden in codes

    def follows_at_end(self, soort: str) -> bool:
        return any(traject.soort == soort and traject.at_end() for traject in self.trajecten)

    def has_traject(self) -> bool:
        return any(traject.in_period() for traject in self.trajecten)

    def followed(self, **what: str) -> bool:
        return any(
            traject.in_period() and all(getattr(traject, name) == value for name, value in what.items())
            for traject in self.trajecten
        )


CONDITIONS: dict[str, Callable[[Dossier], bool]] = {
    "betaald werk": lambda person: person.left_with("11", "13"),
    "parttime werk": lambda person: person.at_end() and person.income,
    "studie": lambda person: person.left_with("01"),
    "zorg en rust": lambda person: person.care,
    "vrijwilligerswerk": lambda person: person.follows_at_end("vrijwilligerswerk"),
    "voorbereiding studie": lambda person: person.follows_at_end("voorbereiding studie"),
    "in traject": lambda person: person.at_end() and person.has_traject(),
    "uitgestroomd overig": lambda person: not person.at_end(),
    "nog geen traject": lambda person: person.at_end() and not person.has_traject(),
}


def eindstatus(person: Dossier) -> str:
    return next(name for name, holds in CONDITIONS.items() if holds(person))


def from_lives(town: Municipality) -> dict[str, Dossier]:
    return {
        p.clientnummer: Dossier(
            settled=p.datum_vestiging,
            birth=p.geboortedatum,
            nationality=p.nationaliteit,
            party=p.uitkeringnummer,
            income=bool(p.inkomsten_arbeid) and p.inkomsten_arbeid[-1].ja,
            care=bool(p.zorg_en_rust) and p.zorg_en_rust[-1].ja,
            buddy=bool(p.taalmaatje) and p.taalmaatje[-1].ja,
            trede=p.metingen[-1].trede if p.metingen else None,
            route=p.leerroute,
            level=p.taalniveaus[-1].niveau if p.taalniveaus else None,
            talks=set(p.gesprekken),
            bijstand=[Span(u.begin, u.eind, u.reden) for u in p.uitkeringen],
            trajecten=[Span(t.begin, t.eind, t.reden, t.soort, t.aanbieder) for t in p.trajecten],
            jobs=[Span(j.begin, j.eind, j.reden, uren=j.uren_per_week, jobcoach=j.jobcoach) for j in p.plaatsingen],
            rungs=[(m.datum, m.trede) for m in p.metingen],
        )
        for p in town.personen
    }


def from_deliveries(deliveries: Iterable[Delivery]) -> dict[str, Dossier]:
    """Merge the exports: the newest row of a key wins, and of a person for what belongs to the person."""
    people: dict[str, Dossier] = {}
    talks: dict[str, set[date]] = defaultdict(set)
    bijstand: dict[str, dict[object, Span]] = defaultdict(dict)
    trajecten: dict[str, dict[object, Span]] = defaultdict(dict)
    jobs: dict[str, dict[object, Span]] = defaultdict(dict)
    rungs: dict[str, list[tuple[date, int]]] = defaultdict(list)
    for delivery in deliveries:
        for c in delivery.clienten:
            people[c.clientnummer] = Dossier(
                settled=c.datum_vestiging,
                birth=c.geboortedatum,
                nationality=c.nationaliteit,
                party=c.uitkeringnummer,
                income=c.inkomsten_arbeid,
                care=c.zorg_en_rust,
                buddy=c.taalmaatje,
                trede=c.trede,
                route=c.leerroute,
                level=c.taalniveau,
            )
            talks[c.clientnummer] |= {c.datum_gesprek} if c.datum_gesprek else set()
            key = (c.uitkeringnummer, c.begin_uitkering)
            bijstand[c.clientnummer][key] = Span(c.begin_uitkering, c.eind_uitkering, c.reden_einde)
        for t in delivery.trajecten:
            key_t = (t.soort, t.aanbieder, t.begin)
            trajecten[t.clientnummer][key_t] = Span(t.begin, t.eind, t.reden_einde, t.soort, t.aanbieder)
        for j in delivery.plaatsingen:
            jobs[j.clientnummer][j.begin] = Span(
                j.begin, j.eind, j.reden_einde, uren=j.uren_per_week, jobcoach=j.jobcoach
            )
        for m in delivery.metingen:
            rungs[m.clientnummer].append((m.datum, m.trede))
    for number, person in people.items():
        person.talks = talks[number]
        person.bijstand = list(bijstand[number].values())
        person.trajecten = list(trajecten[number].values())
        person.jobs = list(jobs[number].values())
        person.rungs = rungs[number]
    return people


@pytest.fixture(scope="module")
def town() -> Municipality:
    return generate()


@pytest.fixture(scope="module")
def deliveries(town: Municipality) -> list[Delivery]:
    return [deliver(town, quarter) for quarter in town.quarters]


@pytest.fixture(scope="module", params=["lives", "deliveries"])
def everyone(request: pytest.FixtureRequest, town: Municipality, deliveries: list[Delivery]) -> dict[str, Dossier]:
    return from_lives(town) if request.param == "lives" else from_deliveries(deliveries)


@pytest.fixture(scope="module")
def people(everyone: dict[str, Dossier]) -> list[Dossier]:
    """The people in the evaluation period."""
    return [person for person in everyone.values() if person.in_period()]


def by_cohort(people: Iterable[Dossier]) -> tuple[int, int]:
    counts = Counter(person.cohort for person in people)
    return counts[SH], counts[OK]


def test_the_evaluation_period(town: Municipality) -> None:
    assert (town.van, town.tot) == (VAN, TOT)
    assert [quarter.label for quarter in town.quarters] == [
        f"{year}-Q{number}" for year in (2017, 2018, 2019) for number in (1, 2, 3, 4)
    ][1:]


def test_the_exports_tell_the_whole_story(town: Municipality, deliveries: list[Delivery]) -> None:
    """Merged exports give the same lives, except that they know only the last conversation of each quarter."""
    lives, told = from_lives(town), from_deliveries(deliveries)
    assert lives.keys() == told.keys()
    for number, person in told.items():
        assert person.talks <= lives[number].talks
        person.talks = lives[number].talks
        assert person == lives[number]


def test_293_people_of_whom_199_statushouders_and_94_oudkomers(people: list[Dossier]) -> None:
    assert by_cohort(people) == (199, 94)


def test_207_parties_of_which_86_couples(people: list[Dossier]) -> None:
    sizes = Counter(Counter(person.party for person in people).values())
    assert sizes == {1: 121, 2: 86}


def test_2_couples_of_a_statushouder_and_an_oudkomer(people: list[Dossier]) -> None:
    cohorts: dict[str, set[str]] = defaultdict(set)
    for person in people:
        cohorts[person.party].add(person.cohort)
    assert sum(len(found) == 2 for found in cohorts.values()) == 2


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("betaald werk", (64, 12)),
        ("parttime werk", (16, 3)),
        ("studie", (13, 0)),
        ("zorg en rust", (15, 36)),
        ("vrijwilligerswerk", (33, 10)),
        ("voorbereiding studie", (13, 0)),
        ("in traject", (27, 9)),
        ("uitgestroomd overig", (14, 14)),
        ("nog geen traject", (4, 10)),
    ],
)
def test_eindstatus(people: list[Dossier], status: str, expected: tuple[int, int]) -> None:
    assert by_cohort(person for person in people if eindstatus(person) == status) == expected


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("betaald werk", 76),
        ("parttime werk", 19),
        ("studie", 13),
        ("zorg en rust", 51),
        ("vrijwilligerswerk", 43),
        ("voorbereiding studie", 13),
    ],
)
def test_each_condition_alone_counts_the_same_people(people: list[Dossier], status: str, expected: int) -> None:
    assert sum(CONDITIONS[status](person) for person in people) == expected


def test_nobody_meets_two_of_the_named_conditions(people: list[Dossier]) -> None:
    named = list(CONDITIONS)[:6]
    assert max(sum(CONDITIONS[name](person) for name in named) for person in people) == 1


def test_a_few_became_self_employed(people: list[Dossier]) -> None:
    assert sum(person.left_with("13") for person in people) == 4


def test_the_partner_of_someone_who_found_work_left_on_the_same_day(people: list[Dossier]) -> None:
    parties: dict[str, list[Dossier]] = defaultdict(list)
    for person in people:
        parties[person.party].append(person)
    couples = [party for party in parties.values() if len(party) == 2]
    left = [party for party in couples if any(person.left_with("11", "13") for person in party)]
    assert len(left) == 14
    for one, other in left:
        assert one.bijstand[-1].eind == other.bijstand[-1].eind
        assert {one.bijstand[-1].reden, other.bijstand[-1].reden} <= {"11", "97"}


def test_code_97_only_beside_a_partner_with_work(people: list[Dossier]) -> None:
    workers = {person.party for person in people if person.left_with("11", "13")}
    assert all(person.party in workers for person in people if person.left_with("97"))


def test_students_live_alone(people: list[Dossier]) -> None:
    sizes = Counter(person.party for person in people)
    assert {sizes[person.party] for person in people if person.left_with("01")} == {1}


def test_everyone_had_a_conversation_in_the_period_before_they_left(people: list[Dossier]) -> None:
    for person in people:
        eind = max((span.eind or TOT for span in person.bijstand), default=TOT)
        assert any(VAN <= talk <= TOT for talk in person.talks)
        assert all(talk <= eind for talk in person.talks)


def test_56_statushouders_followed_sollicitatietraining(people: list[Dossier]) -> None:
    assert by_cohort(person for person in people if person.followed(soort="sollicitatietraining")) == (56, 0)


@pytest.mark.parametrize(
    ("aanbieder", "soort", "expected"),
    [
        ("4WD CARE", "activering", 24),
        ("2Switch", "leerwerktraject", 8),
        ("Bewegen Werkt", "activering", 53),
        ("Stichting Lemat", "training", 13),
        ("Werkgeversservicepunt", "sollicitatietraining", 56),
    ],
)
def test_people_per_aanbieder(people: list[Dossier], aanbieder: str, soort: str, expected: int) -> None:
    assert sum(person.followed(aanbieder=aanbieder) for person in people) == expected
    assert {t.soort for person in people for t in person.trajecten if t.aanbieder == aanbieder} == {soort}


def test_bewegen_werkt_43_statushouders_and_10_oudkomers(people: list[Dossier]) -> None:
    assert by_cohort(person for person in people if person.followed(aanbieder="Bewegen Werkt")) == (43, 10)


def test_4wd_care_serves_both_cohorts(people: list[Dossier]) -> None:
    assert min(by_cohort(person for person in people if person.followed(aanbieder="4WD CARE"))) > 0


def test_lemat_serves_eritrean_statushouders_and_has_ended(people: list[Dossier]) -> None:
    served = [person for person in people if person.followed(aanbieder="Stichting Lemat")]
    assert {(person.cohort, person.nationality) for person in served} == {(SH, "Eritrese")}
    assert not any(t.at_end() for p in served for t in p.trajecten if t.aanbieder == "Stichting Lemat")


def test_8_meetings_of_stichting_lemat(town: Municipality, deliveries: list[Delivery]) -> None:
    held = {(m.aanbieder, m.datum, m.aantal_deelnemers) for d in deliveries for m in d.bijeenkomsten}
    assert held == {(m.aanbieder, m.datum, m.aantal_deelnemers) for m in town.bijeenkomsten}
    assert len({moment for _, moment, _ in held}) == 8
    assert {name for name, _, _ in held} == {"Stichting Lemat"}
    assert all(moment.year in (2018, 2019) and present <= 13 for _, moment, present in held)


def test_95_jobs_of_the_workers_and_20_that_were_lost_before(people: list[Dossier]) -> None:
    last = Counter(eindstatus(person) for person in people for job in person.jobs if job.eind is None)
    assert last == {"betaald werk": 76, "parttime werk": 19}
    lost = Counter(eindstatus(person) for person in people for job in person.jobs if job.eind is not None)
    assert lost == {"betaald werk": 11, "parttime werk": 1, "in traject": 5, "vrijwilligerswerk": 3}
    assert all(job.reden for person in people for job in person.jobs if job.eind is not None)


def test_at_most_2_jobs_one_after_the_other(people: list[Dossier]) -> None:
    assert max(len(person.jobs) for person in people) == 2
    for person in people:
        assert all(one.eind is not None and one.eind < other.begin for one, other in pairwise(person.jobs))


def test_50_jobs_with_a_jobcoach_from_the_second_quarter_of_2018(people: list[Dossier]) -> None:
    coached = [job for person in people for job in person.jobs if job.jobcoach]
    assert len(coached) == 50
    assert min(job.begin for job in coached) >= date(2018, 4, 1)


def test_parttime_jobs_run_at_the_end_for_8_to_24_hours(people: list[Dossier]) -> None:
    jobs = [person.jobs[-1] for person in people if CONDITIONS["parttime werk"](person)]
    assert len(jobs) == 19
    assert all(job.at_end() and 8 <= job.uren <= 24 for job in jobs)


def test_work_begins_on_the_day_that_the_bijstand_ended(people: list[Dossier]) -> None:
    for person in people:
        if CONDITIONS["betaald werk"](person):
            assert [job.begin for job in person.jobs] == [span.eind for span in person.bijstand]


def test_155_statushouders_and_3_oudkomers_have_a_taalmaatje(people: list[Dossier]) -> None:
    assert by_cohort(person for person in people if person.buddy) == (155, 3)


def test_everyone_is_an_adult_on_the_first_day(people: list[Dossier]) -> None:
    assert all(person.birth.replace(year=person.birth.year + 18) <= VAN for person in people if not leap(person.birth))
    assert all(person.birth + timedelta(days=6575) <= VAN for person in people)


def leap(day: date) -> bool:
    return (day.month, day.day) == (2, 29)


def test_vestigingen_per_year(deliveries: list[Delivery]) -> None:
    merged = {row.jaar: row.aantal for delivery in deliveries for row in delivery.vestigingen}
    assert merged == {2014: 30, 2015: 72, 2016: 95, 2017: 118}


def test_2017_is_not_complete_before_its_last_quarter(deliveries: list[Delivery]) -> None:
    told = [row.aantal for delivery in deliveries for row in delivery.vestigingen if row.jaar == 2017]
    assert told == [59, 88, 118, *[118] * 8]


def test_more_than_half_followed_a_traject(people: list[Dossier]) -> None:
    followed = by_cohort(person for person in people if person.has_traject())
    assert followed[0] * 2 > 199
    assert sum(followed) * 2 > 293


def test_the_last_trede_fits_the_eindstatus(people: list[Dossier]) -> None:
    fitting: dict[str, set[int | None]] = {
        "betaald werk": {5, 6},
        "parttime werk": {5},
        "studie": {3},
        "zorg en rust": {1, 2},
        "vrijwilligerswerk": {4},
        "voorbereiding studie": {3},
        "in traject": {2, 3, 4},
        "uitgestroomd overig": {2, 3, None},
        "nog geen traject": {1, 2, None},
    }
    assert all(person.trede in fitting[eindstatus(person)] for person in people)


def test_of_a_handful_the_trede_is_unknown(people: list[Dossier]) -> None:
    assert 3 <= sum(person.trede is None for person in people) <= 10


def test_about_two_measurements_a_year(people: list[Dossier]) -> None:
    for person in people:
        days = [moment for moment, _ in person.rungs]
        assert all((after - before).days > 60 for before, after in pairwise(days))
        assert max(Counter(moment.year for moment in days).values(), default=0) <= 3


def test_most_rise_on_the_ladder_and_some_fall_back(people: list[Dossier]) -> None:
    rungs = [[rung for _, rung in person.rungs] for person in people if len(person.rungs) > 1]
    assert sum(steps[-1] > steps[0] for steps in rungs) * 2 > len(rungs)
    relapses = sum(any(b < a for a, b in pairwise(steps)) for steps in rungs)
    assert 10 <= relapses * 2 <= len(rungs)


def test_3_statushouders_left_for_work_early_in_2018_and_came_back_within_a_year(people: list[Dossier]) -> None:
    back = [person for person in people if len(person.bijstand) == 2 and person.at_end()]
    assert [(person.cohort, eindstatus(person)) for person in back] == [(SH, "in traject")] * 3
    for person in back:
        first, second = person.bijstand
        assert first.reden == "11"
        assert first.eind is not None and date(2018, 1, 1) <= first.eind <= date(2018, 3, 31)
        assert first.eind < second.begin <= first.eind + timedelta(days=365)


def test_3_people_left_just_before_the_period(everyone: dict[str, Dossier], deliveries: list[Delivery]) -> None:
    outside = {number: person for number, person in everyone.items() if not person.in_period()}
    assert len(outside) == 3
    for person in outside.values():
        assert person.bijstand[-1].eind is not None
        assert date(2017, 4, 1) <= person.bijstand[-1].eind <= date(2017, 5, 31)
    assert outside.keys() <= {row.clientnummer for row in deliveries[0].clienten}
    assert not outside.keys() & {row.clientnummer for d in deliveries[1:] for row in d.clienten}


def test_some_entered_bijstand_during_the_period(people: list[Dossier]) -> None:
    entered = sum(min(span.begin for span in person.bijstand) >= VAN for person in people)
    assert 30 <= entered <= 100


def test_someone_settled_on_the_border_and_someone_on_the_day_before(people: list[Dossier]) -> None:
    cohorts = {person.settled: person.cohort for person in people}
    assert (cohorts[date(2013, 1, 1)], cohorts[date(2012, 12, 31)]) == (SH, OK)
