"""From a draft to a person: trajecten, measurements, conversations, and the answers that change over time."""

from __future__ import annotations

from datetime import date

from integratie_eval.sample.dice import Dice
from integratie_eval.sample.draft import YOUNG, Draft, Window, day
from integratie_eval.sample.model import Meting, Niveau, Persoon, Traject, Uitkering, Wijziging
from integratie_eval.sample.plan import LEMAT, Cohort, Ending, Programme, Status
from integratie_eval.sample.work import income_from_work, jobs

HALF_YEAR = 183
LEMAT_COURSE = (date(2018, 9, 3).toordinal(), date(2019, 6, 28).toordinal())
# The rung at the end, drawn from these.
TREDEN = {
    Status.WERK: (6,),
    Status.PARTTIME: (5,),
    Status.STUDIE: (3,),
    Status.ZORG: (1, 1, 2),
    Status.VRIJWILLIG: (4,),
    Status.VOORBEREIDING: (3,),
    Status.TRAJECT: (3, 3, 3, 2),
    Status.OVERIG: (2, 2, 3, 3),
    Status.GEEN: (1, 2, 2),
}
NEVER_MEASURED = {Status.GEEN: 0.5, Status.OVERIG: 0.12}
MEASURED_BEFORE = 0.6  # the share of people whose rung was known before the project began
SPOKEN_ONCE = 0.07  # the share of people with one conversation only
LEVELS = ("A1", "A2", "B1", "B2")
TOP_LEVELS = {"Z": ("A1", "A1", "A2"), "B1": ("A2", "A2", "B1"), "O": ("B1", "B2")}


def live(draft: Draft, clientnummer: str, uitkeringnummer: str, window: Window, dice: Dice) -> Persoon:
    """The person that the draft describes."""
    trajecten = _trajecten(draft, window, dice)
    leerroute = _leerroute(draft, dice)
    return Persoon(
        clientnummer=clientnummer,
        uitkeringnummer=uitkeringnummer,
        rol=draft.rol,
        geboortedatum=day(draft.birth),
        geslacht=draft.geslacht,
        nationaliteit=draft.nationaliteit,
        datum_vestiging=day(draft.settled),
        datum_vergunning=day(draft.permit),
        uitkeringen=_uitkeringen(draft),
        trajecten=trajecten,
        plaatsingen=jobs(draft, dice),
        metingen=_metingen(draft, trajecten, window, dice),
        gesprekken=_gesprekken(draft, window, dice),
        inkomsten_arbeid=income_from_work(draft),
        zorg_en_rust=_zorg_en_rust(draft, dice),
        taalmaatje=_taalmaatje(draft, dice),
        leerroute=leerroute,
        taalniveaus=_taalniveaus(draft, leerroute, dice),
    )


def _uitkeringen(draft: Draft) -> tuple[Uitkering, ...]:
    eind = None if draft.in_bijstand else day(draft.stop)
    last = Uitkering(day(draft.begin), eind, draft.member.reden)
    if draft.left_before is None:
        return (last,)
    first = Uitkering(last.begin, day(draft.left_before), "11")
    return first, Uitkering(day(draft.start), eind, draft.member.reden)


def _trajecten(draft: Draft, window: Window, dice: Dice) -> tuple[Traject, ...]:
    in_a_row = [programme for programme in draft.programmes if not programme.beside and programme.aanbieder != LEMAT]
    found = [_beside(draft, programme, window, dice) for programme in draft.programmes if programme.beside]
    found += [_lemat(draft, programme, dice) for programme in draft.programmes if programme.aanbieder == LEMAT]
    length = (draft.stop - draft.start) // max(1, len(in_a_row))
    for place, programme in enumerate(in_a_row):
        low = draft.start + place * length
        begin = dice.between(low, low + length // 4)
        end = dice.between(begin + length // 2, low + length - 1)
        found.append(_traject(draft, programme, begin, end, dice, last=place == len(in_a_row) - 1))
    return tuple(sorted(found, key=lambda traject: (traject.begin, traject.aanbieder)))


def _beside(draft: Draft, programme: Programme, window: Window, dice: Dice) -> Traject:
    """A traject that runs beside the others, and may have begun before the evaluation period."""
    low = draft.start if draft.left_before else max(draft.begin, window.van - 300)
    begin = dice.between(low, (draft.start + draft.stop) // 2)
    end = dice.between(max(draft.start, begin + (draft.stop - begin) // 3), draft.stop)
    return _traject(draft, programme, begin, end, dice, last=True)


def _lemat(draft: Draft, programme: Programme, dice: Dice) -> Traject:
    """The course of Stichting Lemat had fixed dates."""
    begin = min(max(LEMAT_COURSE[0] + dice.between(0, 20), draft.start), draft.stop - 1)
    end = min(max(LEMAT_COURSE[1] - dice.between(0, 20), begin + 1), draft.stop)
    return _traject(draft, programme, begin, end, dice, last=False)


def _traject(draft: Draft, programme: Programme, begin: int, end: int, dice: Dice, *, last: bool) -> Traject:
    perhaps = dice.chance(0.55)
    runs = programme.ending is Ending.OPEN or (programme.ending is Ending.PERHAPS and perhaps)
    if runs and last and draft.in_bijstand:
        return Traject(programme.soort, programme.aanbieder, day(begin), None, None)
    reden = dice.pick(("1", "1", "1", "1", "1", "2", "2", "3"))
    return Traject(programme.soort, programme.aanbieder, day(begin), day(min(max(begin, end), draft.stop)), reden)


def _metingen(draft: Draft, trajecten: tuple[Traject, ...], window: Window, dice: Dice) -> tuple[Meting, ...]:
    """Upward over time with some relapse, at most about two a year; the last rung fits the status."""
    if dice.chance(NEVER_MEASURED.get(draft.member.status, 0.0)):
        return ()
    final = _final_trede(draft, trajecten, dice)
    decisive = _decisive_day(draft, trajecten, dice)
    days = [decisive]
    while days[0] - HALF_YEAR - 70 > draft.start:
        days.insert(0, days[0] - HALF_YEAR - dice.between(5, 70))
    if days[0] - draft.start > 150:
        days.insert(0, draft.start + dice.between(0, 20))
    earlier = len(days) - 1
    while days[-1] + HALF_YEAR + 70 <= draft.stop:
        days.append(days[-1] + HALF_YEAR + dice.between(5, 70))
    treden = [final] * (len(days) - earlier)
    for moment in reversed(days[:earlier]):
        treden.insert(0, 5 if draft.works_beside(moment) else _earlier_trede(treden[0], final, dice))
    metingen = [_meting(draft, moment, trede, dice) for moment, trede in zip(days, treden, strict=True)]
    metingen = [*_metingen_of_first_period(draft, window, dice), *metingen]
    return (*_meting_before_project(draft, metingen[0], window, dice), *metingen)


def _metingen_of_first_period(draft: Draft, window: Window, dice: Dice) -> tuple[Meting, ...]:
    """Of someone who came back: at the begin, and on leaving for work when that was not for a few weeks only."""
    if draft.left_before is None:
        return ()
    at_work = _meting(draft, draft.left_before, 6, dice)
    before = _meting(draft, window.van + dice.between(0, 60), dice.pick((2, 3, 4)), dice)
    return (before, at_work) if draft.start - draft.left_before > 60 else (before,)


def _meting_before_project(draft: Draft, first: Meting, window: Window, dice: Dice) -> tuple[Meting, ...]:
    """Of some the rung was known when the evaluation period began, if the exports go back that far."""
    moment = dice.between(max(draft.begin, window.first), window.van - 1)
    if not (draft.begin <= moment < window.van and dice.chance(MEASURED_BEFORE)):
        return ()
    if first.datum.toordinal() - moment <= 60:
        return ()
    return (_meting(draft, moment, _earlier_trede(first.trede, first.trede, dice), dice),)


def _final_trede(draft: Draft, trajecten: tuple[Traject, ...], dice: Dice) -> int:
    if draft.jobcoach:
        return 5
    if draft.member.status is Status.TRAJECT and any(t.eind is None for t in trajecten):
        return 4 if any(t.soort == "leerwerktraject" and t.eind is None for t in trajecten) else 3
    return dice.pick(TREDEN[draft.member.status])


def _decisive_day(draft: Draft, trajecten: tuple[Traject, ...], dice: Dice) -> int:
    """The day from which the last rung holds."""
    if draft.job is not None:
        return draft.job
    running = [traject.begin.toordinal() for traject in trajecten if traject.eind is None]
    if running:
        return min(max(running[-1], draft.start) + dice.between(0, 40), draft.stop)
    return dice.between((draft.start + draft.stop) // 2, draft.stop)


def _earlier_trede(trede: int, final: int, dice: Dice) -> int:
    """The rung half a year before: mostly one lower, sometimes one higher."""
    step = dice.pick((-1, -1, -1, -1, 0, 0, 1, 1))
    highest = min(4, max(3, final))
    return min(max(1, trede + step), highest)


def _meting(draft: Draft, moment: int, trede: int, dice: Dice) -> Meting:
    room = (0, 0, 0, 1) if draft.member.status is Status.ZORG else (0, 1, 1, 2)
    growth = min(6, trede + dice.pick(room))
    return Meting(day(moment), trede, None if dice.chance(0.12) else growth)


def _gesprekken(draft: Draft, window: Window, dice: Dice) -> tuple[date, ...]:
    days = [draft.start]
    while days[-1] < draft.stop:
        days.append(days[-1] + dice.between(40, 260))
    if dice.chance(SPOKEN_ONCE):
        days = days[:1]
    kept = [day(moment) for moment in days if moment <= draft.stop]
    if draft.left_before is not None:
        kept.insert(0, day(dice.between(window.van, draft.left_before)))
    return tuple(kept)


def _zorg_en_rust(draft: Draft, dice: Dice) -> tuple[Wijziging, ...]:
    if draft.member.status is Status.ZORG:
        return (Wijziging(day(dice.between(draft.start, (draft.start + draft.stop * 3) // 4)), True),)
    if draft.member.status is Status.VRIJWILLIG and dice.chance(0.15):
        middle = (draft.start + draft.stop) // 2
        return Wijziging(day(draft.start), True), Wijziging(day(middle), False)
    return ()


def _taalmaatje(draft: Draft, dice: Dice) -> tuple[Wijziging, ...]:
    middle = (draft.start + draft.stop) // 2
    if draft.taalmaatje:
        return (Wijziging(day(dice.between(draft.start, middle)), True),)
    if dice.chance(0.2):
        return Wijziging(day(draft.start), True), Wijziging(day(middle), False)
    return ()


def _leerroute(draft: Draft, dice: Dice) -> str | None:
    """Only known of statushouders; whoever studies, or is going to, follows the onderwijsroute."""
    if draft.member.cohort is Cohort.OK:
        return None
    if draft.member.status in YOUNG:
        return "O"
    return "Z" if draft.member.status is Status.ZORG else dice.pick(("B1", "B1", "B1", "Z"))


def _taalniveaus(draft: Draft, leerroute: str | None, dice: Dice) -> tuple[Niveau, ...]:
    """One level after the other, up to one that fits the leerroute."""
    if leerroute is None:
        return ()
    levels = LEVELS[: LEVELS.index(dice.pick(TOP_LEVELS[leerroute])) + 1]
    step = (draft.stop - draft.start) // len(levels)
    return tuple(Niveau(day(draft.start + place * step), level) for place, level in enumerate(levels))
