"""Contrast of two colours, as WCAG 2 defines it."""

from __future__ import annotations

TEXT = 4.5
"""The least contrast of text with what is behind it (WCAG 2.1, 1.4.3)."""


def contrast(one: str, other: str) -> float:
    """The contrast of two colours like #154f7a: from 1 (the same) to 21 (black and white)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[start : start + 2], 16) / 255) for start in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
