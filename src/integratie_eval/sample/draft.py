"""The frame of a person's life: household, dates of arrival, begin and end of the bijstand, and who follows what."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from integratie_eval.sample.dice import Dice
from integratie_eval.sample.plan import Cohort, Household, Member, Programme, Status

YEAR = 365
COHORT_GRENS = date(2013, 1, 1).toordinal()
AOW_AGE = 24_228  # days in 66 years and 4 months
RETURNS = (date(2018, 1, 10).toordinal(), date(2018, 3, 20).toordinal())
NATIONALITIES = {
    Cohort.SH: ("Syrische",) * 10
    + ("Eritrese",) * 3
    + ("Iraakse", "Afghaanse", "Iraanse", "Ethiopische", "Jemenitische"),
    Cohort.OK: ("Iraakse",) * 3 + ("Somalische",) * 3 + ("Afghaanse",) * 3 + ("Iraanse", "Soedanese", "Armeense"),
}
YOUNG = (Status.STUDIE, Status.VOORBEREIDING)


@dataclass(frozen=True)
class Window:
    """The evaluation period, as ordinals of days."""

    van: int
    tot: int

    def at(self, share: float) -> int:
        """The day at a share of the period: 0 is the first day, 1 the last."""
        return self.van + int((self.tot - self.van) * share)


@dataclass(slots=True, kw_only=True)
class Draft:
    """A person in the making; all dates are ordinals of days."""

    household: int
    member: Member
    rol: str
    geslacht: str
    nationaliteit: str
    birth: int
    settled: int
    permit: int
    begin: int  # of the first period with bijstand
    left_before: int | None  # end of the first period, when the person came back
    start: int  # first conversation of the last period
    stop: int  # end of the bijstand, or of the evaluation period
    job: int | None = None
    jobcoach: bool = False
    taalmaatje: bool = False
    programmes: list[Programme] = field(default_factory=list)

    @property
    def group(self) -> tuple[Cohort, Status]:
        """Cohort and end status."""
        return self.member.cohort, self.member.status

    @property
    def in_bijstand(self) -> bool:
        """The benefit still runs at the end of the period."""
        return self.member.reden is None


def draft_household(number: int, kind: Household, window: Window, dice: Dice) -> list[Draft]:
    """The drafts of one household: the partners share the end of the bijstand when it ends for both."""
    members = dice.shuffled(kind.members)
    cohorts = {member.cohort for member in members}
    begin = _begin(Cohort.SH if Cohort.SH in cohorts else Cohort.OK, members[0], window, dice)
    end = _end(begin, members, window, dice)
    nationality = dice.pick(NATIONALITIES[members[0].cohort])
    men_first = dice.chance(0.6 if len(members) == 1 else 0.8)
    drafts = []
    for place, member in enumerate(members):
        came = begin if place == 0 else _follow(begin, end, member, window, dice)
        draft = _draft(number, member, came, end, window, dice)
        draft.rol = ("aanvrager", "partner")[place]
        draft.geslacht = ("man", "vrouw")[men_first == (place == 1)]
        draft.nationaliteit = nationality
        drafts.append(draft)
    if kind.returns:
        _leave_and_return(drafts[0], window, dice)
    return drafts


def _begin(cohort: Cohort, member: Member, window: Window, dice: Dice) -> int:
    """The first day with bijstand: mostly before the evaluation period."""
    latest = window.at(0.5 if member.reden is None else 0.3)
    if dice.chance(0.25 if cohort is Cohort.SH else 0.12):
        return dice.between(max(window.van, COHORT_GRENS + 45), latest)
    if cohort is Cohort.SH:
        return dice.between(max(COHORT_GRENS + 45, window.van - dice.between(300, 4 * YEAR)), window.van - 10)
    return window.van - dice.between(60, 9 * YEAR)


def _end(begin: int, members: list[Member], window: Window, dice: Dice) -> int:
    """The last day of the bijstand, or of the evaluation period when it goes on."""
    if members[0].reden is None:
        return window.tot
    early = 0.12 if members[0].cohort is Cohort.SH else 0.6
    earliest = max(begin + (window.tot - window.van) // 5, window.at(early))
    return dice.between(min(earliest, window.tot), window.tot - 1)


def _follow(begin: int, end: int, member: Member, window: Window, dice: Dice) -> int:
    """The begin of the bijstand of a partner, who sometimes arrives later."""
    if member.cohort is Cohort.OK or dice.chance(0.7):
        return begin
    latest = min(end, window.tot) - (window.tot - window.van) * 2 // 5
    return begin + min(dice.between(60, 400), max(0, latest - begin))


def _draft(number: int, member: Member, begin: int, end: int, window: Window, dice: Dice) -> Draft:
    settled = _settled(member.cohort, begin, dice)
    return Draft(
        household=number,
        member=member,
        rol="",
        geslacht="",
        nationaliteit="",
        birth=_birth(member, end, window, dice),
        settled=settled,
        permit=settled - dice.between(20, 240),
        begin=begin,
        left_before=None,
        start=_start(member.cohort, begin, end, window, dice),
        stop=end,
    )


def _settled(cohort: Cohort, begin: int, dice: Dice) -> int:
    if cohort is Cohort.SH:
        return max(COHORT_GRENS, begin - dice.between(1, 45))
    return min(COHORT_GRENS - dice.between(1, 15 * YEAR), begin - dice.between(1, 45))


def _birth(member: Member, end: int, window: Window, dice: Dice) -> int:
    if member.reden == "03":
        return end - AOW_AGE
    adult = window.van - 18 * YEAR - 10
    if member.status in YOUNG:
        return adult - dice.between(0, 10 * YEAR)
    return adult - dice.between(2 * YEAR, 22 * YEAR) - dice.between(0, 20 * YEAR)


def _start(cohort: Cohort, begin: int, end: int, window: Window, dice: Dice) -> int:
    """The day of the first conversation: the oudkomers were invited a year later."""
    first = max(begin, window.van)
    if cohort is Cohort.OK:
        first = min(max(first, window.at(0.42)), end)
    return first + dice.between(0, min((window.tot - window.van) * 15, (end - first) * 40) // 100)


def _leave_and_return(draft: Draft, window: Window, dice: Dice) -> None:
    """Someone who found work early in 2018, lost it, and came back within a year."""
    left = dice.between(*RETURNS)
    back = left + dice.between(150, 300)
    draft.begin = min(draft.begin, window.van - 30)
    draft.settled = max(COHORT_GRENS, min(draft.settled, draft.begin - 5))
    draft.permit = min(draft.permit, draft.settled - 20)
    draft.left_before = left
    draft.start = date.fromordinal(back).replace(day=15).toordinal()
