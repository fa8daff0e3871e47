"""Ratios: a published figure divided by a setting, such as people per fte. A ratio is no count of anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from integratie_eval.definitions import Ratio
from integratie_eval.model import Exact, PublishedFigures
from integratie_eval.settings import Settings


@dataclass(frozen=True)
class PublishedRatio:
    """A declared ratio and its value."""

    ratio: Ratio
    value: Decimal


def published_ratios(
    ratios: Sequence[Ratio], published: PublishedFigures, settings: Settings
) -> tuple[PublishedRatio, ...]:
    """The ratios of which both the figure and the setting are known."""
    fte = settings.project.fte
    if not fte:
        return ()
    found = [(ratio, published.get(ratio.figure)) for ratio in ratios]
    return tuple(
        PublishedRatio(ratio, (figure.count.value / fte).quantize(Decimal("0.1"), ROUND_HALF_UP))
        for ratio, figure in found
        if figure and isinstance(figure.count, Exact)
    )
