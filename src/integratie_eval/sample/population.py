"""Invents a municipality whose figures are known beforehand: the same for the same seed, everywhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from integratie_eval.sample import plan
from integratie_eval.sample.dice import Dice
from integratie_eval.sample.draft import COHORT_GRENS, Draft, Window, day, draft_household
from integratie_eval.sample.life import LEMAT_COURSE, live
from integratie_eval.sample.model import (
    Bijeenkomst,
    Municipality,
    Persoon,
    Quarter,
    Uitkering,
    Vestiging,
    last_quarters,
)
from integratie_eval.sample.plan import Cohort, Household, Member, Programme, Status
from integratie_eval.sample.work import give_jobs

PROJECT_BEGIN = date(2017, 6, 1)
DEFAULT_QUARTERS = 11
MIN_CLIENTS, MAX_CLIENTS, MAX_QUARTERS = 20, 500_000, 24
CLIENT_PRIME, PARTY_PRIME, STRIDE = 999_979, 999_983, 7919

Group = tuple[Cohort, Status]


@dataclass(frozen=True)
class Numbers:
    """Numbers that look random, are all different, and begin with a zero."""

    first_client: int
    first_party: int

    def client(self, index: int) -> str:
        """The clientnummer of the person with this index."""
        return f"{(self.first_client + index * STRIDE) % CLIENT_PRIME:07d}"

    def party(self, index: int) -> str:
        """The uitkeringnummer of the party with this index."""
        return f"{(self.first_party + index * STRIDE) % PARTY_PRIME:08d}"


def generate(clients: int = 293, quarters: int = DEFAULT_QUARTERS, seed: int = 2019) -> Municipality:
    """A municipality with `clients` people in the evaluation period and exports of the last quarters up to 2019-Q4."""
    if not (MIN_CLIENTS <= clients <= MAX_CLIENTS and 1 <= quarters <= MAX_QUARTERS):
        raise ValueError(f"clients: {MIN_CLIENTS}-{MAX_CLIENTS}, quarters: 1-{MAX_QUARTERS}")
    dice = Dice(seed)
    moments = last_quarters(quarters)
    van, tot = evaluation_period(moments)
    window = Window(moments[0].begin.toordinal(), van.toordinal(), tot.toordinal())
    drafts = _drafts(clients, window, dice)
    _give_programmes(drafts, clients, dice)
    _give_taalmaatjes(drafts, dice)
    give_jobs(drafts, clients, dice)
    numbers = Numbers(dice.between(0, CLIENT_PRIME - 1), dice.between(0, PARTY_PRIME - 1))
    persons = tuple(
        live(draft, numbers.client(index), numbers.party(draft.household), window, dice)
        for index, draft in enumerate(drafts)
    )
    if len(moments) == DEFAULT_QUARTERS:
        persons += tuple(_outside(plan.scaled(plan.OUTSIDE, clients), numbers, len(persons), window, dice))
    return Municipality(
        van=van,
        tot=tot,
        quarters=moments,
        personen=tuple(sorted(persons, key=lambda person: person.clientnummer)),
        vestigingen=tuple(Vestiging(year, plan.scaled(count, clients)) for year, count in plan.VESTIGINGEN),
        bijeenkomsten=tuple(_bijeenkomsten(window)),
    )


def evaluation_period(quarters: tuple[Quarter, ...]) -> tuple[date, date]:
    """The first and the last day: not before the project began, unless the exports go further back."""
    first = quarters[0].begin
    return (max(first, PROJECT_BEGIN) if len(quarters) <= DEFAULT_QUARTERS else first), quarters[-1].eind


def _drafts(clients: int, window: Window, dice: Dice) -> list[Draft]:
    drafts: list[Draft] = []
    for number, kind in enumerate(dice.shuffled(plan.households(clients))):
        drafts += draft_household(number, kind, window, dice)
    _put_on_the_border(drafts, window)
    return drafts


def _put_on_the_border(drafts: list[Draft], window: Window) -> None:
    """One statushouder settled on the first day that counts as such, one oudkomer on the day before."""
    for cohort, settled in ((Cohort.SH, COHORT_GRENS), (Cohort.OK, COHORT_GRENS - 1)):
        for draft in drafts:
            if draft.member.cohort is cohort and COHORT_GRENS + 10 < draft.begin < window.van:
                draft.settled, draft.permit = settled, settled - 90
                break


def _give_programmes(drafts: list[Draft], clients: int, dice: Dice) -> None:
    """Deal the places of each programme over its groups, to the people who have had the fewest turns."""
    groups: dict[Group, list[Draft]] = defaultdict(list)
    for draft in dice.shuffled(drafts):
        groups[draft.group].append(draft)
    turn: dict[Group, int] = defaultdict(int)
    for programme in plan.PROGRAMMES:
        for group, places in _places(programme, clients):
            members = groups[group]
            for _ in range(min(places, len(members))):
                members[turn[group] % len(members)].programmes.append(programme)
                turn[group] += 1
    for draft in drafts:
        _complete_programmes(draft)


def _places(programme: Programme, clients: int) -> Iterator[tuple[Group, int]]:
    """The places for each group; together they are the scaled total of the programme."""
    counts = [count for _, _, count in programme.counts]
    shares = plan.apportion(counts, plan.scaled(sum(counts), clients))
    for (cohort, status, _), share in zip(programme.counts, shares, strict=True):
        yield (cohort, status), share


def _complete_programmes(draft: Draft) -> None:
    status = draft.member.status
    if status in plan.STATUS_PROGRAMMES:
        draft.programmes.append(plan.STATUS_PROGRAMMES[status])
    if status is Status.TRAJECT and not draft.programmes:
        draft.programmes.append(plan.TAAL)
    if any(programme.aanbieder == plan.LEMAT for programme in draft.programmes):
        draft.nationaliteit = "Eritrese"


def _give_taalmaatjes(drafts: list[Draft], dice: Dice) -> None:
    for cohort, count, of in (
        (Cohort.SH, plan.TAALMAATJE_STATUSHOUDERS, plan.STATUSHOUDERS),
        (Cohort.OK, plan.TAALMAATJE_OUDKOMERS, plan.OUDKOMERS),
    ):
        members = dice.shuffled([draft for draft in drafts if draft.member.cohort is cohort])
        for draft in members[: plan.scaled(count, len(members), of)]:
            draft.taalmaatje = True


def _outside(count: int, numbers: Numbers, people: int, window: Window, dice: Dice) -> Iterator[Persoon]:
    """People who left in the first quarter of the exports, before the evaluation period began."""
    member = Member(Cohort.SH, Status.OVERIG, "32")
    for index in range(people, people + count):
        draft = draft_household(index, Household(1, (member,)), window, dice)[0]
        left = dice.between(date(2017, 4, 3).toordinal(), date(2017, 5, 31).toordinal())
        draft.begin = min(draft.begin, left - 200)
        draft.settled = max(COHORT_GRENS, min(draft.settled, draft.begin - 5))
        bijstand = Uitkering(day(draft.begin), day(left), dice.pick(("32", "98", "11")))
        yield _bystander(draft, numbers.client(index), numbers.party(index), bijstand)


def _bystander(draft: Draft, clientnummer: str, uitkeringnummer: str, bijstand: Uitkering) -> Persoon:
    return Persoon(
        clientnummer=clientnummer,
        uitkeringnummer=uitkeringnummer,
        rol=draft.rol,
        geboortedatum=day(draft.birth),
        geslacht=draft.geslacht,
        nationaliteit=draft.nationaliteit,
        datum_vestiging=day(draft.settled),
        datum_vergunning=day(min(draft.permit, draft.settled - 20)),
        uitkeringen=(bijstand,),
        trajecten=(),
        plaatsingen=(),
        metingen=(),
        gesprekken=(),
        inkomsten_arbeid=(),
        zorg_en_rust=(),
        taalmaatje=(),
        leerroute=None,
        taalniveaus=(),
    )


def _bijeenkomsten(window: Window) -> Iterator[Bijeenkomst]:
    """The meetings of Stichting Lemat, on weekdays, as evenly spread as the period allows."""
    low, high = max(window.van, LEMAT_COURSE[0]), min(window.tot, LEMAT_COURSE[1])
    if high - low < 60:
        high = window.tot
    for place, present in enumerate(plan.BIJEENKOMSTEN):
        moment = day(low + place * (high - low) // (len(plan.BIJEENKOMSTEN) - 1))
        if moment.weekday() > 4:
            moment -= timedelta(days=2)
        yield Bijeenkomst(plan.LEMAT, max(moment, day(low)), present)
