"""How many of everything: the sizes of the groups for 293 people, and how they scale to another number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
class Household:
    """A kind of household and how many there are among 293 people."""

    count: int
    members: tuple[Member, ...]
    returns: bool = False  # left for work early in 2018 and came back within a year


@dataclass(frozen=True)
class Programme:
    """A kind of traject of one provider and how many people of each group follow it."""

    soort: str
    aanbieder: str
    ending: Ending
    counts: tuple[tuple[Cohort, Status, int], ...]
    beside: bool = False  # runs beside other trajecten


def _single(
    count: int, cohort: Cohort, status: Status, reden: str | None = None, *, returns: bool = False
) -> Household:
    return Household(count, (Member(cohort, status, reden),), returns)


def _pair(count: int, cohort: Cohort, one: Status, other: Status) -> Household:
    return Household(count, (Member(cohort, one), Member(cohort, other)))


def _leavers(count: int, cohort: Cohort, one: Status, reden: str, other: Status, other_reden: str) -> Household:
    return Household(count, (Member(cohort, one, reden), Member(cohort, other, other_reden)))


_SH, _OK = Cohort.SH, Cohort.OK
_W, _P, _S, _Z, _V, _B, _T, _O, _N = Status

SINGLES = (
    _single(47, _SH, _W, "11"),
    _single(3, _SH, _W, "13"),
    _single(8, _OK, _W, "11"),
    _single(1, _OK, _W, "13"),
    _single(13, _SH, _S, "01"),
    _single(1, _SH, _O, "02"),
    _single(1, _SH, _O, "98"),
    _single(4, _OK, _O, "03"),
    _single(1, _OK, _O, "02"),
    _single(1, _OK, _O, "32"),
    _single(1, _OK, _O, "98"),
    _single(3, _SH, _T, returns=True),
    _single(6, _SH, _T),
    _single(9, _SH, _B),
    _single(5, _SH, _V),
    _single(4, _SH, _P),
    _single(1, _SH, _Z),
    _single(10, _OK, _Z),
    _single(1, _OK, _N),
    _single(1, _OK, _P),
)

PAIRS = (
    _leavers(3, _SH, _W, "11", _W, "11"),
    _leavers(8, _SH, _W, "11", _O, "97"),
    _leavers(3, _OK, _W, "11", _O, "97"),
    _leavers(2, _SH, _O, "32", _O, "32"),
    _leavers(2, _OK, _O, "32", _O, "32"),
    Household(1, (Member(_SH, _T), Member(_OK, _Z))),
    Household(1, (Member(_SH, _V), Member(_OK, _V))),
    _pair(6, _SH, _P, _V),
    _pair(4, _SH, _P, _T),
    _pair(2, _SH, _P, _Z),
    _pair(5, _SH, _V, _V),
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
