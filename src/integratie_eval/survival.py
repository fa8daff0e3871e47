"""How long until people have work, counted in whole months, when not everyone is followed from the start or to the end.

A person counts in a month only while followed: from the month after they came into view (delayed entry) to the
month of the event or of the last that is known of them. Kaplan and Meier (1958), J. Am. Stat. Assoc. 53:457-481.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import erfc, exp, lgamma, log, sqrt
from statistics import NormalDist

Row = tuple[int, int, int]
"""A month, how many are at risk in it, and how many of them have the event in it."""

_Z = NormalDist().inv_cdf(0.975)
_ROUNDING = 1e-10


@dataclass(frozen=True)
class Follow:
    """How one person was followed: completed months since settlement at entry into view, and at event or end.

    At risk in the months after that of entry, up to and including the last. Who came into view in month 0 was there
    from the start and is at risk in month 0 too. Who leaves view in a later month of entry is never at risk
    (see `unseen`): nobody knows whether the event came before they could be followed.
    """

    entry: int
    months: int
    event: bool

    def __post_init__(self) -> None:
        if not 0 <= self.entry <= self.months:
            raise ValueError("nobody is followed before month 0 or after the last month")

    @property
    def first(self) -> int:
        """The first month at risk; after `months` for a person who never is."""
        return self.entry + 1 if self.entry else 0


@dataclass(frozen=True)
class Step:
    """The share with the event by the end of a month, with its 95% band."""

    month: int
    at_risk: int
    events: int
    share: float
    low: float
    high: float


def unseen(follows: Sequence[Follow]) -> tuple[Follow, ...]:
    """The persons who are never at risk, so that no table, curve or test counts them or their event."""
    return tuple(follow for follow in follows if follow.first > follow.months)


def table(follows: Iterable[Follow] | Mapping[Follow, int]) -> tuple[Row, ...]:
    """Per month, from the first to the last in which anyone is followed: how many are at risk and have the event.

    Persons one by one, or how many were followed alike.
    """
    came, left, events = Counter[int](), Counter[int](), Counter[int]()
    for follow, persons in Counter(follows).items():
        if follow.first <= follow.months:
            came[follow.first] += persons
            left[follow.months] += persons
            events[follow.months] += persons if follow.event else 0
    if not came:
        return ()
    rows, at_risk = [], 0
    for month in range(min(came), max(left) + 1):
        at_risk += came[month]
        rows.append((month, at_risk, events[month]))
        at_risk -= left[month]
    return tuple(rows)


def curve(at_risk_and_events: Sequence[Row]) -> tuple[Step, ...]:
    """The share with the event by each month, from counts alone (Kaplan-Meier).

    The band is the exponential Greenwood one (log-log): it never leaves 0 to 1. Where nobody or everybody has the
    event it has no width, as in other software: that is not certainty.
    """
    if any(later[0] <= earlier[0] for earlier, later in pairwise(at_risk_and_events)):
        raise ValueError("the months must rise")
    steps, without, spread = [], 1.0, 0.0
    for month, at_risk, events in at_risk_and_events:
        if not 0 <= events <= at_risk:
            raise ValueError("no more events than people at risk")
        if events:
            without *= (at_risk - events) / at_risk
        if events < at_risk:
            spread += events / (at_risk * (at_risk - events))
        steps.append(Step(month, at_risk, events, 1 - without, *_band(without, spread)))
    return tuple(steps)


def _band(without: float, spread: float) -> tuple[float, float]:
    """The 95% limits of the share, from the share still without the event and Greenwood's sum."""
    if without in (0.0, 1.0):
        return 1 - without, 1 - without
    power = exp(_Z * sqrt(spread) / log(without))
    return 1 - without**power, 1 - without ** (1 / power)


def median(steps: Sequence[Step]) -> tuple[int | None, int | None, int | None]:
    """The first month by which half have the event, with its 95% limits; None for what is not reached.

    The limits are the months in which the band passes half: Brookmeyer and Crowley (1982), Biometrics 38:29-41.
    """

    def passed(shares: Sequence[float]) -> int | None:
        return next((step.month for step, share in zip(steps, shares, strict=True) if share >= 0.5 - _ROUNDING), None)

    return (
        passed([step.share for step in steps]),
        passed([step.high for step in steps]),
        passed([step.low for step in steps]),
    )


def at(steps: Sequence[Step], month: int) -> Step | None:
    """The step that holds in a month; None before the first and after the last month in which anyone is followed."""
    if not steps or not steps[0].month <= month <= steps[-1].month:
        return None
    return steps[bisect_right(steps, month, key=lambda step: step.month) - 1]


def logrank(groups: Sequence[Sequence[Row]]) -> tuple[float, int, float]:
    """Whether groups, each with its table, differ in how soon they have the event (Mantel, 1966).

    Gives chi-square, degrees of freedom and p value.

    The degrees are those of the groups that could be compared. Fewer than one under the number of groups tells that
    a group was left out: it was never at risk in a month in which another group was and an event came.
    """
    tables = [{month: (at_risk, events) for month, at_risk, events in group} for group in groups]
    surplus = [0.0] * len(groups)
    spread = [[0.0] * len(groups) for _ in groups]
    for month in sorted(set[int]().union(*tables)):
        rows = [rows_of_group.get(month, (0, 0)) for rows_of_group in tables]
        people, events = (sum(column) for column in zip(*rows, strict=True))
        if people < 2 or not events:
            continue
        weight = events * (people - events) / (people * people * (people - 1))
        for i, (at_risk, own_events) in enumerate(rows):
            surplus[i] += own_events - events * at_risk / people
            for j, (other, _) in enumerate(rows):
                spread[i][j] += weight * at_risk * ((people if i == j else 0) - other)
    statistic, degrees = _distance(surplus, spread)
    return statistic, degrees, chi_square_tail(statistic, degrees)


def _distance(surplus: Sequence[float], spread: Sequence[Sequence[float]]) -> tuple[float, int]:
    """The square of the surpluses measured in their spread, and the rank of the spread.

    Gaussian elimination. The surpluses add up to zero, so at least one row has nothing left when its turn comes; it is
    passed over, as is that of a group that was never compared.
    """
    left, rows, statistic, rank = list(surplus), [list(row) for row in spread], 0.0, 0
    for i, pivot_row in enumerate(rows):
        pivot = pivot_row[i]
        if pivot <= _ROUNDING * spread[i][i]:
            continue
        statistic += left[i] ** 2 / pivot
        rank += 1
        for j in range(i + 1, len(rows)):
            factor = rows[j][i] / pivot
            left[j] -= factor * left[i]
            rows[j] = [value - factor * above for value, above in zip(rows[j], pivot_row, strict=True)]
    return statistic, rank


def chi_square_tail(value: float, degrees: int) -> float:
    """The chance that a chi-square variable is at least this value.

    For whole degrees the incomplete gamma function is a finite sum (Abramowitz and Stegun 26.4.4 and 26.4.5).
    """
    if value <= 0:
        return 1.0
    half = value / 2
    chance, term = (erfc(sqrt(half)), 0.5) if degrees % 2 else (exp(-half), 1.0)
    while term < degrees / 2:
        chance += exp(term * log(half) - half - lgamma(term + 1))
        term += 1
    return chance
