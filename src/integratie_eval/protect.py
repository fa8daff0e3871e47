"""Figures → published values. The internal edition publishes every count; percentages exist only from here on."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from integratie_eval.model import Exact, Figure, Missing, Published, PublishedFigures


def protect(figures: Sequence[Figure], missing: Sequence[Missing], decimals: int) -> PublishedFigures:
    """The internal edition: all values exact, percentages computed from what is published."""
    return PublishedFigures.of(tuple(_publish(figure, decimals) for figure in figures), tuple(missing))


def percentage(count: int, base: int, decimals: int) -> Decimal | None:
    """The share count / base × 100, rounded half up as people do (not half to even); None when the base is zero."""
    if base == 0:
        return None
    steps = (2 * count * 10 ** (2 + decimals) + base) // (2 * base)  # whole numbers: exact, and half goes up
    return Decimal(f"{steps}e-{decimals}")


def _publish(figure: Figure, decimals: int) -> Published:
    return Published(
        figure.indicator,
        figure.cohort,
        figure.dimension,
        figure.category,
        Exact(figure.count),
        None if figure.base is None else Exact(figure.base),
        None if figure.base is None else percentage(figure.count, figure.base, decimals),
        figure.quarter,
    )
