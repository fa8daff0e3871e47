"""How many of everything: the sizes of the groups for 293 people, and how they scale to another number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

CLIENTS = 293
COUPLES = 86
STATUSHOUDERS = 199
OUDKOMERS = 94
TAALMAATJE_STATUSHOUDERS = 155
TAALMAATJE_OUDKOMERS = 3
JOBCOACHES = 50
OUTSIDE = 3  # people whose bijstand ended just before the evaluation period
VESTIGINGEN = ((2014, 30), (2015, 72), (2016, 95), (2017, 118))
BIJEENKOMSTEN = (13, 12, 13, 11, 9, 12, 10, 11)  # participants of each meeting of Stichting Lemat; does not scale


class Cohort(Enum):
    """Settled since 2013-01-01, or before."""

    SH = "statushouder"
    OK = "oudkomer"


class Status(Enum):
    """What a person does at the end of the period; the order is the order of priority."""

    WERK = "betaald werk"
    PARTTIME = "parttime werk"
    STUDIE = "studie"
    ZORG = "zorg en rust"
    VRIJWILLIG = "vrijwilligerswerk"
    VOORBEREIDING = "voorbereiding studie"
    TRAJECT = "in traject"
    OVERIG = "uitgestroomd overig"
    GEEN = "nog geen traject"


class Ending(Enum):
    """Whether the traject still runs at the end of the period."""

    OPEN = "always"
    PERHAPS = "perhaps"
    CLOSED = "never"


@dataclass(frozen=True)
class Member:
    """One person of a household; `reden` is the CBS code with which the bijstand ended."""

    cohort: Cohort
    status: Status
    reden: str | None = None


@dataclass(frozen=True)
class Absence:
    """Left for work between two days, lost it, and had bijstand again after so many days: the same uitkering."""

    since: date
    until: date
    shortest: int
    longest: int


@dataclass(frozen=True)
class Household:
    """A kind of household and how many there are among 293 people."""

    count: int
    members: tuple[Member, ...]
    absence: Absence | None = None
    splits: bool = False  # the second one leaves the household and the bijstand; the first one stays


@dataclass(frozen=True)
class Attempt:
    """A job beside the bijstand, begun between two days and lost within half a year: how many people of a group."""

    count: int
    cohort: Cohort
    status: Status
    since: date
    until: date
    jobcoach: bool = False


@dataclass(frozen=True)
class Programme:
    """A kind of traject of one provider and how many people of each group follow it."""

    soort: str
    aanbieder: str
    ending: Ending
    counts: tuple[tuple[Cohort, Status, int], ...]
    beside: bool = False  # runs beside other trajecten


def _single(
    count: int, cohort: Cohort, status: Status, reden: str | None = None, absence: Absence | None = None
) -> Household:
    return Household(count, (Member(cohort, status, reden),), absence)


def _pair(count: int, cohort: Cohort, one: Status, other: Status) -> Household:
    return Household(count, (Member(cohort, one), Member(cohort, other)))


def _leavers(count: int, cohort: Cohort, one: Status, reden: str, other: Status, other_reden: str) -> Household:
    return Household(count, (Member(cohort, one, reden), Member(cohort, other, other_reden)))


def _split(cohort: Cohort, stays: Status, reden: str) -> Household:
    return Household(1, (Member(cohort, stays), Member(cohort, Status.OVERIG, reden)), splits=True)


_SH, _OK = Cohort.SH, Cohort.OK
_W, _P, _S, _Z, _V, _B, _T, _O, _N = Status

# Before there were jobcoaches many jobs were lost soon; some lasted a year.
_BACK_AT_ONCE = Absence(date(2018, 1, 10), date(2018, 3, 20), 15, 25)
_BACK_SOON = Absence(date(2017, 10, 10), date(2018, 3, 20), 75, 150)
_BACK_WITHIN_A_YEAR = Absence(date(2018, 1, 10), date(2018, 3, 20), 200, 300)
_BACK_LATER = Absence(date(2017, 10, 10), date(2018, 3, 20), 400, 500)
_BACK_SOON_SINCE = Absence(date(2018, 5, 1), date(2018, 12, 15), 75, 150)
_BACK_LATER_SINCE = Absence(date(2018, 5, 1), date(2018, 9, 30), 230, 330)

SINGLES = (
    _single(37, _SH, _W, "11"),
    _single(1, _SH, _W, "11", _BACK_AT_ONCE),
    _single(2, _SH, _W, "11", _BACK_SOON),
    _single(2, _SH, _W, "11", _BACK_WITHIN_A_YEAR),
    _single(2, _SH, _W, "11", _BACK_LATER),
    _single(2, _SH, _W, "11", _BACK_SOON_SINCE),
    _single(1, _SH, _W, "11", _BACK_LATER_SINCE),
    _single(3, _SH, _W, "13"),
    _single(7, _OK, _W, "11"),
    _single(1, _OK, _W, "11", _BACK_SOON),
    _single(1, _OK, _W, "13"),
    _single(13, _SH, _S, "01"),
    _single(1, _SH, _O, "32"),
    _single(1, _SH, _O, "33"),
    _single(1, _SH, _O, "98"),
    _single(4, _OK, _O, "03"),
    _single(1, _OK, _O, "02"),
    _single(2, _OK, _O, "32"),
    _single(1, _OK, _O, "98"),
    _single(3, _SH, _T, absence=_BACK_WITHIN_A_YEAR),
    _single(6, _SH, _T),
    _single(9, _SH, _B),
    _single(3, _SH, _V),
    _single(5, _SH, _P),
    _single(1, _SH, _Z),
    _single(9, _OK, _Z),
    _single(1, _OK, _N),
    _single(1, _OK, _P),
)

# 293 people in 207 parties of one or two leave no room for a person with two uitkeringnummers: so whoever leaves a
# couple that splits has no new uitkering in this municipality, and the party of the couple goes on with one person.
PAIRS = (
    _leavers(3, _SH, _W, "11", _W, "11"),
    _leavers(8, _SH, _W, "11", _O, "97"),
    _leavers(3, _OK, _W, "11", _O, "97"),
    _leavers(1, _SH, _O, "32", _O, "32"),
    _leavers(1, _OK, _O, "32", _O, "32"),
    _split(_SH, _V, "02"),
    _split(_OK, _Z, "32"),
    Household(1, (Member(_SH, _T), Member(_OK, _Z))),
    Household(1, (Member(_SH, _V), Member(_OK, _V))),
    _pair(5, _SH, _P, _V),
    _pair(4, _SH, _P, _T),
    _pair(2, _SH, _P, _Z),
    _pair(6, _SH, _V, _V),
    _pair(6, _SH, _V, _Z),
    _pair(3, _SH, _V, _T),
    _pair(2, _SH, _V, _N),
    _pair(2, _SH, _Z, _Z),
    _pair(2, _SH, _Z, _T),
    _pair(4, _SH, _B, _T),
    _pair(1, _SH, _T, _T),
    _pair(2, _SH, _T, _N),
    _pair(1, _OK, _P, _Z),
    _pair(1, _OK, _P, _V),
    _pair(6, _OK, _Z, _Z),
    _pair(4, _OK, _Z, _V),
    _pair(4, _OK, _Z, _T),
    _pair(4, _OK, _Z, _N),
    _pair(1, _OK, _V, _V),
    _pair(2, _OK, _V, _T),
    _pair(3, _OK, _T, _N),
    _pair(1, _OK, _N, _N),
)

_EARLY = (date(2017, 8, 1), date(2018, 3, 31))
_LATE = (date(2018, 4, 1), date(2019, 5, 31))

ATTEMPTS = (
    Attempt(1, _SH, _T, *_EARLY),
    Attempt(1, _SH, _V, *_EARLY),
    Attempt(1, _SH, _V, *_LATE),
    Attempt(1, _SH, _T, *_LATE, jobcoach=True),
    Attempt(1, _OK, _V, *_LATE),
    Attempt(1, _OK, _P, *_LATE),
)

LEMAT = "Stichting Lemat"
TAAL = Programme(
    "taal",
    "Taalhuis Voorbeeld",
    Ending.PERHAPS,
    (
        (_SH, _W, 8),
        (_SH, _P, 8),
        (_SH, _S, 5),
        (_SH, _Z, 2),
        (_SH, _V, 15),
        (_SH, _B, 8),
        (_SH, _T, 10),
        (_SH, _O, 3),
        (_OK, _W, 3),
        (_OK, _P, 2),
        (_OK, _Z, 3),
        (_OK, _V, 3),
        (_OK, _T, 5),
    ),
    beside=True,
)

PROGRAMMES = (
    Programme(
        "sollicitatietraining",
        "Werkgeversservicepunt",
        Ending.PERHAPS,
        ((_SH, _W, 38), (_SH, _P, 8), (_SH, _T, 10)),
    ),
    Programme(
        "activering",
        "4WD CARE",
        Ending.PERHAPS,
        (
            (_SH, _Z, 3),
            (_SH, _V, 4),
            (_SH, _T, 5),
            (_SH, _O, 2),
            (_OK, _W, 2),
            (_OK, _Z, 1),
            (_OK, _V, 3),
            (_OK, _T, 4),
        ),
    ),
    Programme(
        "leerwerktraject",
        "2Switch",
        Ending.PERHAPS,
        ((_SH, _W, 3), (_SH, _P, 2), (_SH, _T, 2), (_OK, _W, 1)),
    ),
    Programme(
        "activering",
        "Bewegen Werkt",
        Ending.PERHAPS,
        (
            (_SH, _W, 6),
            (_SH, _P, 3),
            (_SH, _Z, 3),
            (_SH, _V, 15),
            (_SH, _T, 14),
            (_SH, _O, 2),
            (_OK, _W, 1),
            (_OK, _Z, 1),
            (_OK, _V, 4),
            (_OK, _T, 4),
        ),
    ),
    Programme("training", LEMAT, Ending.CLOSED, ((_SH, _V, 6), (_SH, _B, 2), (_SH, _T, 5))),
    Programme(
        "vrijwilligerswerk",
        "Vrijwilligerspunt Voorbeeld",
        Ending.CLOSED,
        ((_SH, _W, 5), (_SH, _P, 2)),
    ),
    Programme("voorbereiding studie", "Studiehuis Voorbeeld", Ending.CLOSED, ((_SH, _S, 9),)),
    TAAL,
)

# The traject that makes the status: everyone of the group follows it, and it still runs at the end.
STATUS_PROGRAMMES = {
    _V: Programme("vrijwilligerswerk", "Vrijwilligerspunt Voorbeeld", Ending.OPEN, ()),
    _B: Programme("voorbereiding studie", "Studiehuis Voorbeeld", Ending.OPEN, ()),
}


def apportion(weights: Sequence[int], total: int) -> list[int]:
    """Share `total` in proportion to the weights, by largest remainder; the first one wins a tie."""
    whole = sum(weights)
    shares = [weight * total // whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda index: (-(weights[index] * total % whole), index))
    for index in order[: total - sum(shares)]:
        shares[index] += 1
    return shares


def scaled(count: int, clients: int, of: int = CLIENTS) -> int:
    """A count among `of` people, for `clients` people, rounded half up."""
    return (2 * count * clients + of) // (2 * of)


def households(clients: int) -> list[Household]:
    """One entry for each household; together they hold exactly `clients` people."""
    couples = scaled(COUPLES, clients)
    kinds = []
    for table, total in ((SINGLES, clients - 2 * couples), (PAIRS, couples)):
        for kind, count in zip(table, apportion([kind.count for kind in table], total), strict=True):
            kinds += [kind] * count
    return kinds
