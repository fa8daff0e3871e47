"""Where charts stand in the text: a paragraph with one image, numbered in order of appearance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from integratie_eval.render.charts.subjects import CHARTS
from integratie_eval.render.markdown_text import escape
from integratie_eval.text import hint

if TYPE_CHECKING:
    from markupsafe import Markup

    from integratie_eval.render.charts import Chart


class ChartPlaces:
    """The charts of one text."""

    def __init__(self, charts: Mapping[str, Chart]) -> None:
        self._charts = charts
        self._placed = 0

    def place(self, name: str) -> Markup:
        """The paragraph of a chart; empty when it cannot be drawn. Raises TemplateError for a name that is unknown."""
        from jinja2 import UndefinedError
        from markupsafe import Markup

        if name not in CHARTS:
            raise UndefinedError(f"de grafiek {name} bestaat niet ({hint(name, CHARTS)})")
        chart = self._charts.get(name)
        if chart is None:
            return Markup("")
        self._placed += 1
        title = escape(f"Grafiek {self._placed}: {chart.caption}").replace('"', '\\"')
        return Markup(f'![{escape(chart.alt)}]({chart.file_name} "{title}")')  # noqa: S704  escaped
