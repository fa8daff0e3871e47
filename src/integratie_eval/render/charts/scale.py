"""From numbers to places: round steps along an axis, and labels that keep their distance."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from math import ceil


def ticks(highest: int, most: int = 5) -> Sequence[int]:
    """Round numbers from 0 to at least the highest, not many more than `most`."""
    step = next(size for power in count() for base in (1, 2, 5) if (size := base * 10**power) * most >= highest)
    return [step * number for number in range(max(ceil(highest / step), 1) + 1)]


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> Sequence[float]:
    """Places as near as can be to the wanted ones (which rise), a gap from each other and between two limits."""
    places: list[float] = []
    for place in wanted:
        places.append(max(place, places[-1] + gap if places else low))
    for index in range(len(places) - 1, -1, -1):
        limit = places[index + 1] - gap if index + 1 < len(places) else high
        places[index] = min(places[index], limit)
    return places


def every(widest: float, slot: float) -> int:
    """Of how many slots in a row one can have a label."""
    return max(1, ceil(widest / slot))
