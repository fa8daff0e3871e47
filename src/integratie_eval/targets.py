"""What the municipality wants to reach beside what is published; a hidden value tells nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from integratie_eval.model import Exact, Published, PublishedFigures
from integratie_eval.settings_goals import Direction, Target


class Verdict(StrEnum):
    """Whether a target is reached, or why that cannot be told."""

    REACHED = "bereikt"
    MISSED = "niet bereikt"
    NOT_DELIVERED = "niet geleverd"
    NOT_FOUND = "komt niet voor"
    NO_BASE = "geen noemer"
    HIDDEN = "niet openbaar"


@dataclass(frozen=True)
class Outcome:
    """A target and what came of it."""

    target: Target
    realised: Published | None
    verdict: Verdict
    difference: Decimal | None = None
    """Realised - target, as published: of rounded percentages."""
    side: int = 0
    """-1 below the target, 1 above it, 0 exactly on it."""

    @property
    def told(self) -> bool:
        """It can be told whether the target is reached."""
        return self.verdict in (Verdict.REACHED, Verdict.MISSED)


def compare(targets: Iterable[Target], published: PublishedFigures) -> tuple[Outcome, ...]:
    """Set every target beside its published figure."""
    return tuple(_outcome(target, published) for target in targets)


def _outcome(target: Target, published: PublishedFigures) -> Outcome:
    figure = published.get(target.indicator, target.cohort, target.category)
    if figure is None:
        missing = any(item.indicator == target.indicator for item in published.missing)
        return Outcome(target, None, Verdict.NOT_DELIVERED if missing else Verdict.NOT_FOUND)
    if not isinstance(figure.count, Exact):
        return Outcome(target, figure, Verdict.HIDDEN)
    if not target.percentage:
        return _told(target, figure, Fraction(figure.count.value), Decimal(figure.count.value))
    if figure.base == Exact(0):
        return Outcome(target, figure, Verdict.NO_BASE)
    if not isinstance(figure.base, Exact) or figure.percentage is None:
        return Outcome(target, figure, Verdict.HIDDEN)
    if target.curve:
        return _told(target, figure, Fraction(figure.percentage), figure.percentage)
    return _told(target, figure, Fraction(100 * figure.count.value, figure.base.value), figure.percentage)


def _told(target: Target, figure: Published, exact: Fraction, shown: Decimal) -> Outcome:
    """The verdict is about the exact share: 292 of 293 is shown as 100%, and is not everyone."""
    side = (exact > target.value) - (exact < target.value)
    reached = side >= 0 if target.direction is Direction.AT_LEAST else side <= 0
    return Outcome(target, figure, Verdict.REACHED if reached else Verdict.MISSED, shown - target.value, side)
