"""How sure a share is, and whether two shares differ by more than chance."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist


def wilson(count: int, base: int, level: float = 0.95) -> tuple[float, float]:
    """The interval of a share (0 to 1) by Wilson (1927, J. Am. Stat. Assoc. 22:209-212).

    Good for small groups too: it never leaves 0 to 1, and is not empty when nobody or everybody counts.
    """
    if not 0 <= count <= base or base == 0:
        raise ValueError("a share needs a base, and a count from zero to that base")
    if not 0 < level < 1:
        raise ValueError("the level lies between 0 and 1")
    z = NormalDist().inv_cdf((1 + level) / 2)
    return _lower(count, base, z), 1 - _lower(base - count, base, z)


def _lower(count: int, base: int, z: float) -> float:
    """Wilson's lower limit, as a quotient without a difference: nothing is lost when the count is small."""
    return 2 * count * count / base / (2 * count + z * z + z * sqrt(z * z + 4 * count * (base - count) / base))


def newcombe(count1: int, base1: int, count2: int, base2: int, level: float = 0.95) -> tuple[float, float]:
    """The interval of the first share minus the second, of two separate groups, from their Wilson intervals.

    Newcombe (1998, Statistics in Medicine 17:873-890), method 10.
    """
    low1, high1 = wilson(count1, base1, level)
    low2, high2 = wilson(count2, base2, level)
    share1, share2 = count1 / base1, count2 / base2
    difference = share1 - share2
    below = sqrt((share1 - low1) ** 2 + (high2 - share2) ** 2)
    above = sqrt((high1 - share1) ** 2 + (share2 - low2) ** 2)
    return difference - below, difference + above


def may_be_chance(count1: int, base1: int, count2: int, base2: int, level: float = 0.95) -> bool:
    """Whether no difference at all is still possible, by Newcombe's interval.

    Not by overlap of the two Wilson intervals: those still overlap when the difference is well beyond chance.
    """
    low, high = newcombe(count1, base1, count2, base2, level)
    return low <= 0 <= high
