"""The charts of a report: drawings of published figures, each a complete SVG file that says in words what it shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from integratie_eval.render.charts.palette import PAINTS
from integratie_eval.render.charts.shapes import point
from integratie_eval.render.charts.subjects import CHARTS
from integratie_eval.render.charts.wording import Wording
from integratie_eval.render.prose import Words
from integratie_eval.render.templates import Templates
from integratie_eval.report import Report


@dataclass(frozen=True)
class Chart:
    """A chart of the report."""

    name: str
    caption: str
    alt: str
    """What the chart shows, in words."""
    svg: str
    """A complete SVG file, in the colours of white paper."""
    width: int
    height: int

    @property
    def file_name(self) -> str:
        """The name of the file beside rapport.md."""
        return f"grafiek-{self.name}.svg"


def charts_of(report: Report, templates: Templates) -> Mapping[str, Chart]:
    """The charts that this report can draw, by name: of figures that were measured and are not all zero."""
    wording = Wording(Words(report), templates)
    charts = {}
    for name, draw in CHARTS.items():
        drawing = draw(report)
        if drawing is not None:
            caption, alt = wording.of(name)
            svg = templates.chart.render(
                name=name, caption=caption, alt=alt, drawing=drawing, paints=PAINTS, punt=point
            )
            charts[name] = Chart(name, caption, alt, svg, drawing.width, drawing.height)
    return charts
