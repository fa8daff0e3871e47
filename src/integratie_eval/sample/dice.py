"""Chance that gives the same result on every platform and in every version of Python."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A seeded generator; uses only random(), randrange() and shuffle()."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def between(self, low: int, high: int) -> int:
        """A whole number from low to high, both included; low when the range is empty."""
        return low if high <= low else self._random.randrange(low, high + 1)

    def chance(self, share: float) -> bool:
        """True in this share of the throws."""
        return self._random.random() < share

    def pick(self, choices: Sequence[T]) -> T:
        """One of the choices."""
        return choices[self._random.randrange(len(choices))]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """The items in another order; the given sequence stays as it is."""
        copy = list(items)
        self._random.shuffle(copy)
        return copy
