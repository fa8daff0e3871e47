"""The colours of charts: blue and orange survive colour blindness, light and dark survive a black-and-white print.

These are the colours on white paper. The page changes the outlines and the background in dark mode (rapport.css).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

BLACK, WHITE = "#1b1b1b", "#ffffff"
BLUE, ORANGE, GREY = "#01689b", "#b8500a", "#59636e"


@dataclass(frozen=True)
class Paint:
    """How a shape is filled and outlined, and the colour of the text on it."""

    fill: str = "none"
    stroke: str = "none"
    width: float = 1
    dash: str = ""
    ink: str = BLACK


PAINTS: Mapping[str, Paint] = {
    "vlak": Paint(WHITE),
    "raster": Paint(stroke="#c9d0d6"),
    "as": Paint(stroke=GREY),
    "een": Paint(BLUE, BLACK, ink=WHITE),
    "twee": Paint("#f5a869", BLACK),
    "onbekend": Paint(WHITE, BLACK, dash="3 2"),
    "stand": Paint(GREY, BLACK, ink=WHITE),
    "trede1": Paint("#e6f1f8", BLACK),
    "trede2": Paint("#bcdcec", BLACK),
    "trede3": Paint("#86bedb", BLACK),
    "trede4": Paint("#4797c3", WHITE),
    "trede5": Paint(BLUE, WHITE, ink=WHITE),
    "trede6": Paint("#01344e", WHITE, ink=WHITE),
    "gestegen": Paint("#a9d2ea", BLUE),
    "gelijk": Paint("#e3e6e9", GREY),
    "gedaald": Paint("#f5c9a4", ORANGE),
    "band1": Paint("#cfe3ef", BLUE, width=0.5),
    "band2": Paint("#fae3d0", ORANGE, width=0.5),
    "lijn1": Paint(stroke=BLUE, width=2.5),
    "lijn2": Paint(stroke=ORANGE, width=2.5, dash="7 3"),
}
