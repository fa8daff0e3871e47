"""The frame of a person's life: household, dates of arrival, begin and end of the bijstand, and who follows what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from integratie_eval.sample.dice import Dice
from integratie_eval.sample.plan import Absence, Cohort, Household, Member, Programme, Status

YEAR = 365
COHORT_GRENS = date(2013, 1, 1).toordinal()
AOW_AGE = 24_228  # days in 66 years and 4 months
BACK_AFTER = 8  # days between the last day at work and the new bijstand of someone who came back
NATIONALITIES = {
    Cohort.SH: ("Syrische",) * 10
    + ("Eritrese",) * 3
    + ("Iraakse", "Afghaanse", "Iraanse", "Ethiopische", "Jemenitische"),
    Cohort.OK: ("Iraakse",) * 3 + ("Somalische",) * 3 + ("Afghaanse",) * 3 + ("Iraanse", "Soedanese", "Armeense"),
}
SEEN_BEFORE = 125  # days that the evaluation period runs at least before someone leaves and returns
YOUNG = (Status.STUDIE, Status.VOORBEREIDING)


@cache
def day(ordinal: int) -> date:
    """One date object for each day: it saves memory when there are many people."""
    return date.fromordinal(ordinal)


@dataclass(frozen=True)
class Window:
    """The evaluation period, as ordinals of days; the exports may go further back."""

    first: int  # of the exports
    van: int
    tot: int

    def at(self, share: float) -> int:
        """The day at a share of the period: 0 is the first day, 1 the last."""
        return self.van + int((self.tot - self.van) * share)


@dataclass(frozen=True)
class LostJob:
    """A job that ended before the last one began; `left`: the bijstand had ended for it."""

    begin: int
    end: int
    left: bool
    jobcoach: bool = False


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
    start: int  # first conversation of the last period
    stop: int  # end of the bijstand, or of the evaluation period
    lost: LostJob | None = None
    job: int | None = None  # the last one
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

    @property
    def left_before(self) -> int | None:
        """The end of the first period with bijstand, when the person came back."""
        return self.lost.begin if self.lost is not None and self.lost.left else None

    def works_beside(self, moment: int) -> bool:
        """Had a job beside the bijstand on this day, that was lost later."""
        return self.lost is not None and not self.lost.left and self.lost.begin <= moment < self.lost.end


def draft_household(number: int, kind: Household, window: Window, dice: Dice) -> list[Draft]:
    """The drafts of one household: the partners share the end of the bijstand, unless they split."""
    members = kind.members if kind.splits else dice.shuffled(kind.members)
    cohorts = {member.cohort for member in members}
    begin = _begin(Cohort.SH if Cohort.SH in cohorts else Cohort.OK, members, window, dice)
    end = _end(begin, members[0], window, dice)
    nationality = dice.pick(NATIONALITIES[members[0].cohort])
    men_first = dice.chance(0.6 if len(members) == 1 else 0.8)
    drafts = []
    for place, member in enumerate(members):
        if kind.splits and place == 1:
            end = _end(begin, member, window, dice)
        came = begin if place == 0 else _follow(begin, end, member, window, dice)
        draft = _draft(number, member, came, end, window, dice)
        draft.rol = ("aanvrager", "partner")[place]
        draft.geslacht = ("man", "vrouw")[men_first == (place == 1)]
        draft.nationaliteit = nationality
        drafts.append(draft)
    if kind.absence is not None and kind.absence.since.toordinal() > window.van + SEEN_BEFORE:
        _leave_and_return(drafts[0], kind.absence, window, dice)
    return drafts


def _begin(cohort: Cohort, members: Sequence[Member], window: Window, dice: Dice) -> int:
    """The first day with bijstand: mostly before the evaluation period."""
    latest = window.at(0.95 if all(member.reden is None for member in members) else 0.3)
    if dice.chance(0.28 if cohort is Cohort.SH else 0.12):
        return dice.between(max(window.van, COHORT_GRENS + 45), latest)
    if cohort is Cohort.SH:
        return dice.between(max(COHORT_GRENS + 45, window.van - dice.between(300, 4 * YEAR)), window.van - 10)
    return window.van - dice.between(60, 9 * YEAR)


def _end(begin: int, member: Member, window: Window, dice: Dice) -> int:
    """The last day of the bijstand, or of the evaluation period when it goes on."""
    if member.reden is None:
        return window.tot
    early = 0.02 if member.cohort is Cohort.SH else 0.42
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
        first = min(max(first, window.at(0.38)), end)
    return first + dice.between(0, min((window.tot - window.van) * 15, (end - first) * 40) // 100)


def _leave_and_return(draft: Draft, absence: Absence, window: Window, dice: Dice) -> None:
    """Someone who found work, lost it, came back, and perhaps found work again."""
    left = dice.between(absence.since.toordinal(), absence.until.toordinal())
    back = left + dice.between(absence.shortest, absence.longest)
    draft.begin = min(draft.begin, window.van - 30)
    draft.settled = min(draft.settled, draft.begin - 5)
    draft.permit = min(draft.permit, draft.settled - 20)
    draft.lost = LostJob(left, max(back - BACK_AFTER, _quarter_of(back)), left=True)
    draft.start = back
    if not draft.in_bijstand:
        draft.stop = dice.between((back + window.tot) // 2, window.tot - 1)


def _quarter_of(moment: int) -> int:
    """The first day of the quarter: the export that tells of a return also tells of the end of the job."""
    found = date.fromordinal(moment)
    return found.replace(month=(found.month - 1) // 3 * 3 + 1, day=1).toordinal()
