"""The figures over time once more, in plain Python over the invented lives: what the product must come to by its SQL.

Read it as the definitions. It shares nothing with the product but the lives themselves.

* Something runs on a day when it began on or before that day and had not ended on that day: an end date is the first
  day without.
* Periods with bijstand that touch or overlap are one spell. A spell that ends is an exit, one that begins an entry.
* An interval is the days after `before` up to and including `end`. A quarter's `before` is the end of the quarter
  before it; the first quarter begins on the first day of the evaluation period.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from integratie_eval.sample.model import Municipality, Persoon, Plaatsing, Quarter, Uitkering

VAN, TOT = date(2017, 6, 1), date(2019, 12, 31)
STATUSHOUDER, OUDKOMER, TOTAAL = "statushouder", "oudkomer", "totaal"
COHORTS = (STATUSHOUDER, OUDKOMER, TOTAAL)
COHORT_GRENS = date(2013, 1, 1)
UNKNOWN = "onbekend"
WORK = ("11", "13")

# Why somebody left, by the CBS code of the end (BUS, kenmerk 34).
REASON_CLASSES = {
    "werk": WORK,
    "studie": ("01",),
    "partner": ("97",),
    "verhuisd": ("32", "33"),
    "aow, overlijden of detentie": ("03", "04", "05"),
    "ander inkomen": ("14", "15", "17", "18", "19"),
    "administratief": ("31", "34", "35"),
    "overig": ("02", "06", "07", "98"),
}
CLASS_OF_CODE = {code: name for name, codes in REASON_CLASSES.items() for code in codes}


# --- days and intervals


@dataclass(frozen=True)
class Interval:
    """The days after `before` up to and including `end`."""

    name: str
    before: date
    end: date

    def holds(self, day: date | None) -> bool:
        return day is not None and self.before < day <= self.end


def quarters_of(quarters: Iterable[Quarter], van: date = VAN, tot: date = TOT) -> list[Interval]:
    """The part of each quarter that lies in the period."""
    day = timedelta(days=1)
    return [Interval(q.label, max(q.begin, van) - day, min(q.eind, tot)) for q in quarters if q.eind >= van]


def whole_period(van: date = VAN, tot: date = TOT) -> Interval:
    return Interval("periode", van - timedelta(days=1), tot)


def add_months(day: date, months: int) -> date:
    """The same day of a later month; the last day of that month when it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def completed_months(first: date, last: date) -> int:
    """Months that have wholly passed between two days."""
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)


def runs_on(day: date, begin: date, end: date | None) -> bool:
    return begin <= day and (end is None or end > day)


# --- people, parties and their spells with bijstand


@dataclass(frozen=True)
class Spell:
    """Bijstand without a gap, of a person or of a party; a party has no cohort and no reason."""

    owner: str
    begin: date
    end: date | None
    reason: str | None = None
    cohort: str | None = None

    def runs_on(self, day: date) -> bool:
        return runs_on(day, self.begin, self.end)

    def touches(self, interval: Interval) -> bool:
        """It ran on the day before the interval, or began in it."""
        return self.runs_on(interval.before) or interval.holds(self.begin)


def cohort_of(person: Persoon) -> str:
    return STATUSHOUDER if person.datum_vestiging >= COHORT_GRENS else OUDKOMER


def people_of(town: Municipality, van: date = VAN, tot: date = TOT) -> list[Persoon]:
    """Those whose bijstand touches the period."""
    return [
        person
        for person in town.personen
        if any(u.begin <= tot and (u.eind is None or u.eind >= van) for u in person.uitkeringen)
    ]


def spells_of_person(person: Persoon) -> list[Spell]:
    return list(joined_spells(person.clientnummer, person.uitkeringen, cohort_of(person)))


def spells_of_people(town: Municipality) -> list[Spell]:
    return [spell for person in town.personen for spell in spells_of_person(person)]


def spells_of_parties(town: Municipality) -> list[Spell]:
    """A party (uitkeringnummer) has bijstand when any of its members has."""
    members: dict[str, list[Uitkering]] = defaultdict(list)
    for person in town.personen:
        members[person.uitkeringnummer] += person.uitkeringen
    return [
        Spell(spell.owner, spell.begin, spell.end)
        for number, periods in members.items()
        for spell in joined_spells(number, periods)
    ]


def joined_spells(owner: str, periods: Iterable[Uitkering], cohort: str | None = None) -> Iterator[Spell]:
    """Join the periods that touch or overlap; the period that ends last gives the reason."""
    begin: date | None = None
    last: Uitkering | None = None
    for period in sorted(periods, key=lambda period: period.begin):
        if begin is None or last is None:
            begin, last = period.begin, period
        elif last.eind is None or period.begin <= last.eind:
            last = max(last, period, key=lambda one: one.eind or date.max)
        else:
            yield Spell(owner, begin, last.eind, last.reden, cohort)
            begin, last = period.begin, period
    if begin is not None and last is not None:
        yield Spell(owner, begin, last.eind, last.reden, cohort)


def belongs(cohort: str | None, group: str) -> bool:
    return group in (TOTAAL, cohort)


# --- stroomtabel


@dataclass(frozen=True)
class Flow:
    """Bijstand in an interval: before + entries - exits = after."""

    before: int
    entries: int
    exits: Mapping[str, int]  # by class of the reason
    after: int


def flow(spells: Iterable[Spell], interval: Interval, group: str = TOTAAL) -> Flow:
    """The stroomtabel of one interval: of people, or of parties (all their exits are of an unknown reason)."""
    found = [spell for spell in spells if belongs(spell.cohort, group)]
    return Flow(
        before=sum(spell.runs_on(interval.before) for spell in found),
        entries=sum(interval.holds(spell.begin) for spell in found),
        exits=Counter(reason_class(spell.reason) for spell in found if interval.holds(spell.end)),
        after=sum(spell.runs_on(interval.end) for spell in found),
    )


def reason_class(code: str | None) -> str:
    return UNKNOWN if code is None else CLASS_OF_CODE[code]


# --- the ladder


def rung_on(person: Persoon, day: date) -> str:
    """The last rung that was measured on or before the day."""
    measured = [meting for meting in person.metingen if meting.datum <= day]
    return str(max(measured, key=lambda meting: meting.datum).trede) if measured else UNKNOWN


def ladder_on(town: Municipality, day: date, group: str = TOTAAL) -> Counter[str]:
    """How many people with bijstand on that day stand on each rung."""
    return Counter(
        rung_on(person, day)
        for person in town.personen
        if belongs(cohort_of(person), group) and any(spell.runs_on(day) for spell in spells_of_person(person))
    )


def transitions(town: Municipality, interval: Interval, group: str = TOTAAL) -> Counter[tuple[str, str]]:
    """From rung to rung, of the people with bijstand on at least one day of the interval."""
    return Counter(
        (rung_on(person, interval.before), rung_on(person, interval.end))
        for person in town.personen
        if belongs(cohort_of(person), group) and any(spell.touches(interval) for spell in spells_of_person(person))
    )


def directions(moves: Mapping[tuple[str, str], int]) -> Counter[str]:
    """How many rose, stayed equal or fell; unknown when a rung is not known before or after."""
    found: Counter[str] = Counter()
    for (old, new), count in moves.items():
        known = UNKNOWN not in (old, new)
        found[("gestegen" if new > old else "gedaald" if new < old else "gelijk") if known else UNKNOWN] += count
    return found


# --- exits to work, and whether they last


@dataclass(frozen=True)
class ExitToWork:
    """A spell that ended with work in the period, and what followed. The keys are months after the end."""

    owner: str
    cohort: str
    day: date
    followed: Mapping[int, bool]  # the period holds that day: 1, 6, 12, 18
    works: Mapping[int, bool]  # a job and no bijstand on that day: 1, 6, 12, 18
    back: Mapping[int, bool]  # bijstand again, on that day or before it: 6, 12, 18


def exits_to_work(town: Municipality, period: Interval | None = None) -> list[ExitToWork]:
    interval = period or whole_period()
    return [
        _exit(person, spell.end, spells_of_person(person), interval.end)
        for person in town.personen
        for spell in spells_of_person(person)
        if spell.end is not None and interval.holds(spell.end) and spell.reason in WORK
    ]


def _exit(person: Persoon, left: date, spells: Sequence[Spell], last_day: date) -> ExitToWork:
    moments = {months: add_months(left, months) for months in (1, 6, 12, 18)}
    return ExitToWork(
        owner=person.clientnummer,
        cohort=cohort_of(person),
        day=left,
        followed={months: day <= last_day for months, day in moments.items()},
        works={
            months: any(works_on(day, job) for job in person.plaatsingen)
            and not any(spell.runs_on(day) for spell in spells)
            for months, day in moments.items()
        },
        back={
            months: any(left < spell.begin <= day for spell in spells) for months, day in moments.items() if months > 1
        },
    )


@dataclass(frozen=True)
class Lasting:
    """Exits to work that can be followed this many months."""

    followed: int
    worked_after_a_month: int
    still_works: int  # of those
    back: int  # of all that were followed


def lasting(exits: Iterable[ExitToWork], months: int, group: str = TOTAAL) -> Lasting:
    found = [one for one in exits if belongs(one.cohort, group) and one.followed[months]]
    started = [one for one in found if one.works[1]]
    return Lasting(
        followed=len(found),
        worked_after_a_month=len(started),
        still_works=sum(one.works[months] for one in started),
        back=sum(one.back[months] for one in found),
    )


# --- jobs that were lost early


@dataclass(frozen=True)
class Jobs:
    """Jobs begun in an interval."""

    begun: int
    followed: int  # six months, within the period
    lost: int  # of those: ended before six months had passed


def jobs_begun(town: Municipality, interval: Interval, group: str = TOTAAL, *, coached: bool | None = None) -> Jobs:
    """All jobs; or only those with a jobcoach (`coached` is true), or without."""
    begun = [
        job
        for person in people_of(town)
        if belongs(cohort_of(person), group)
        for job in person.plaatsingen
        if interval.holds(job.begin) and coached in (None, job.jobcoach)
    ]
    followed = [job for job in begun if add_months(job.begin, 6) <= TOT]
    return Jobs(len(begun), len(followed), sum(lost_early(job) for job in followed))


def works_on(day: date, job: Plaatsing) -> bool:
    """The end of a job is its last day at work."""
    return job.begin <= day and (job.eind is None or job.eind >= day)


def lost_early(job: Plaatsing) -> bool:
    """The end of a job is its last day: from the first of March to the last of August is six months."""
    return job.eind is not None and job.eind + timedelta(days=1) < add_months(job.begin, 6)


# --- from settlement to the first work


@dataclass(frozen=True)
class WayToWork:
    """How long a person was on the way to work, and which part of that we saw."""

    cohort: str
    year: int  # of settlement
    settled: date
    seen_from: date  # the first day of the period with this person in it: later than the settlement of most
    work: date | None  # the first day of the first job, or the first exit to work
    seen_to: date  # the last day of the period, or the day on which this person left bijstand for good, without work


def ways_to_work(town: Municipality, van: date = VAN, tot: date = TOT) -> list[WayToWork]:
    """One for each person with bijstand in the period."""
    return [
        WayToWork(
            cohort=cohort_of(person),
            year=person.datum_vestiging.year,
            settled=person.datum_vestiging,
            seen_from=max(van, min(period.begin for period in person.uitkeringen)),
            work=_first_work(person, tot),
            seen_to=min(tot, max(period.eind or tot for period in person.uitkeringen)),
        )
        for person in people_of(town, van, tot)
    ]


def _first_work(person: Persoon, tot: date) -> date | None:
    days = [job.begin for job in person.plaatsingen]
    days += [spell.end for spell in spells_of_person(person) if spell.end and spell.reason in WORK]
    return min((day for day in days if person.datum_vestiging <= day <= tot), default=None)
