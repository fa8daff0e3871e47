"""Figures → published values. The internal edition publishes every count; percentages exist only from here on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from integratie_eval.definitions import SURVIVAL, Indicator
from integratie_eval.intervals import wilson
from integratie_eval.model import Cohort, Exact, Figure, Missing, Published, PublishedFigures
from integratie_eval.survival import Step
from integratie_eval.time_to_work import category_of, curves_of


def protect(
    figures: Sequence[Figure], missing: Sequence[Missing], decimals: int, indicators: Sequence[Indicator] = ()
) -> PublishedFigures:
    """The internal edition: all values exact, percentages computed from what is published."""
    declared = {indicator.id: indicator for indicator in indicators}
    published = [_publish(figure, declared.get(figure.indicator), decimals) for figure in figures]
    return PublishedFigures.of(tuple(_with_curves(published, declared, decimals)), tuple(missing))


def percentage(count: int, base: int, decimals: int) -> Decimal | None:
    """The share count / base × 100, rounded half up as people do (not half to even); None when the base is zero."""
    if base == 0:
        return None
    steps = (2 * count * 10 ** (2 + decimals) + base) // (2 * base)  # whole numbers: exact, and half goes up
    return Decimal(f"{steps}e-{decimals}")


def _publish(figure: Figure, indicator: Indicator | None, decimals: int) -> Published:
    published = Published(
        figure.indicator,
        figure.cohort,
        figure.dimension,
        figure.category,
        Exact(figure.count),
        None if figure.base is None else Exact(figure.base),
        None if figure.base is None else percentage(figure.count, figure.base, decimals),
        figure.quarter,
    )
    if indicator and indicator.interval and figure.base:
        low, high = wilson(figure.count, figure.base)
        return replace(published, interval=(_share(low, decimals), _share(high, decimals)))
    return published


def _with_curves(
    published: Sequence[Published], declared: Mapping[str, Indicator], decimals: int
) -> Sequence[Published]:
    """Months of the time to work get the share that has work by then, and its band."""
    waiting = {name for name, indicator in declared.items() if indicator.counts == SURVIVAL}
    curves = curves_of(figure for figure in published if figure.indicator in waiting)
    steps: dict[tuple[str, Cohort, str | None], Step] = {
        (name, cohort, category_of(step.month, year)): step
        for (name, (cohort, year)), curve in curves.items()
        for step in curve
    }
    found = ((figure, steps.get((figure.indicator, figure.cohort, figure.category))) for figure in published)
    return [_of_step(figure, step, decimals) if step else figure for figure, step in found]


def _of_step(figure: Published, step: Step, decimals: int) -> Published:
    interval = _share(step.low, decimals), _share(step.high, decimals)
    return replace(figure, percentage=_share(step.share, decimals), interval=interval)


def _share(share: float, decimals: int) -> Decimal:
    return (Decimal(share) * 100).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
