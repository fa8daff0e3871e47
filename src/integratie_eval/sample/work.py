"""Jobs: who has one, which one was lost before it, and where a jobcoach helps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from integratie_eval.sample import plan
from integratie_eval.sample.dice import Dice
from integratie_eval.sample.draft import Draft, LostJob, day
from integratie_eval.sample.model import Plaatsing, Wijziging
from integratie_eval.sample.plan import Attempt, Status

JOBCOACHES_FROM = date(2018, 4, 1).toordinal()
CONTRACTS = ("tijdelijk", "tijdelijk", "tijdelijk", "uitzend", "oproep", "vast")
REASONS = ("contract niet verlengd", "contract niet verlengd", "proeftijd niet gehaald", "zelf gestopt", "ziek")


def give_jobs(drafts: Sequence[Draft], clients: int, dice: Dice) -> None:
    """Work begins on the day that the bijstand ends, or runs beside it at the end of the period."""
    for draft in drafts:
        if draft.member.status is Status.WERK:
            draft.job = draft.stop
        elif draft.member.status is Status.PARTTIME:
            draft.job = dice.between((draft.start + draft.stop) // 2, draft.stop - 1)
    for attempt in plan.ATTEMPTS:
        _give_lost_jobs(drafts, attempt, plan.scaled(attempt.count, clients), dice)
    _give_jobcoaches(drafts, clients, dice)


def _give_lost_jobs(drafts: Sequence[Draft], attempt: Attempt, count: int, dice: Dice) -> None:
    """A job beside the bijstand for people of the group who have the time for it before their last job."""
    group = [draft for draft in drafts if draft.group == (attempt.cohort, attempt.status) and draft.lost is None]
    for draft in dice.shuffled(group):
        low = max(draft.start + 20, attempt.since.toordinal())
        high = min((draft.job or draft.stop) - 200, attempt.until.toordinal())
        if count > 0 and low < high:
            begin = dice.between(low, high)
            draft.lost = LostJob(begin, begin + dice.between(40, 170), left=False, jobcoach=attempt.jobcoach)
            count -= 1


def _give_jobcoaches(drafts: Sequence[Draft], clients: int, dice: Dice) -> None:
    """Jobcoaches came in the second quarter of 2018; the self-employed have none."""
    coached = sum(draft.lost is not None and draft.lost.jobcoach for draft in drafts)
    employed = [draft for draft in drafts if draft.job is not None and draft.member.reden != "13"]
    in_order = sorted(dice.shuffled(employed), key=lambda draft: (draft.job or 0) < JOBCOACHES_FROM)
    for draft in in_order[: plan.scaled(plan.JOBCOACHES, clients) - coached]:
        draft.jobcoach = True


def jobs(draft: Draft, dice: Dice) -> tuple[Plaatsing, ...]:
    """The job that was lost and the one that lasts."""
    found = []
    if draft.lost is not None:
        hours = 32 if draft.lost.left else dice.between(8, 24)
        begin, end = day(draft.lost.begin), day(draft.lost.end)
        found.append(Plaatsing(begin, end, dice.pick(REASONS), hours, "tijdelijk", draft.lost.jobcoach))
    if draft.job is not None:
        contract = "zzp" if draft.member.reden == "13" else dice.pick(CONTRACTS)
        hours = dice.between(8, 24) if draft.in_bijstand else dice.pick((24, 28, 32, 32, 36, 36, 38, 40))
        found.append(Plaatsing(day(draft.job), None, None, hours, contract, draft.jobcoach))
    return tuple(found)


def income_from_work(draft: Draft) -> tuple[Wijziging, ...]:
    """Beside the bijstand: from the job that was lost, and from the one that runs at the end."""
    changes = []
    if draft.lost is not None and not draft.lost.left:
        changes += [Wijziging(day(draft.lost.begin), True), Wijziging(day(draft.lost.end), False)]
    if draft.member.status is Status.PARTTIME and draft.job is not None:
        changes.append(Wijziging(day(draft.job), True))
    return tuple(changes)
