"""What a drawing is made of: boxes, lines, areas and labels, in points from the top left; the markup is a template."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar, Literal

from integratie_eval.render.charts.lettering import LINE, SIZE

WIDTH = 720
"""All charts are as wide as the text of the page."""

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True)
class Box:
    """A rectangle."""

    kind: ClassVar[str] = "box"
    x: float
    y: float
    width: float
    height: float
    paint: str


@dataclass(frozen=True)
class Line:
    """A straight line."""

    kind: ClassVar[str] = "line"
    x1: float
    y1: float
    x2: float
    y2: float
    paint: str


@dataclass(frozen=True)
class Area:
    """Any other shape, as the data of an SVG path."""

    kind: ClassVar[str] = "area"
    path: str
    paint: str


@dataclass(frozen=True)
class Label:
    """One line of text; `y` is its middle, `on` the paint that it stands on."""

    kind: ClassVar[str] = "label"
    x: float
    y: float
    text: str
    anchor: Anchor = "start"
    on: str = "vlak"
    size: int = SIZE

    @property
    def baseline(self) -> float:
        """Where the letters stand on."""
        return self.y + 0.35 * self.size


Shape = Box | Line | Area | Label


def look(shape: Shape) -> tuple[str, str, int]:
    """What shapes in one layer share."""
    return (shape.kind, shape.on, shape.size) if isinstance(shape, Label) else (shape.kind, shape.paint, 0)


@dataclass(frozen=True)
class Drawing:
    """Shapes from back to front, on a sheet of this size."""

    height: int
    shapes: tuple[Shape, ...]
    width: int = WIDTH

    @property
    def layers(self) -> Sequence[Sequence[Shape]]:
        """The shapes from back to front, those that look the same and follow each other together."""
        return [tuple(shapes) for _, shapes in groupby(self.shapes, look)]


@dataclass(frozen=True)
class Series:
    """What one colour stands for."""

    name: str
    paint: str


def together(shapes: Iterable[Shape]) -> list[Shape]:
    """Shapes that do not overlap, those that look the same after each other: that makes a smaller file."""
    return sorted(shapes, key=look)


def text_block(x: float, middle: float, lines: Sequence[str], anchor: Anchor = "start") -> list[Label]:
    """Lines of text under each other, around a middle."""
    first = middle - (len(lines) - 1) * LINE / 2
    return [Label(x, first + number * LINE, line, anchor) for number, line in enumerate(lines)]


def point(value: float) -> str:
    """A coordinate in a file: one decimal at most."""
    return f"{round(value, 1) + 0:g}"
