"""The report as text, written once: the templates in `templates/` with the published figures filled in.

The result is Markdown in which every number is a link to its definition (`[64](#cijfer-uitstroom_werk)`) and
headings may carry an anchor (`{#cijfer-uitstroom_werk}`). The html keeps both; the Markdown file leaves them out.
A chart is a paragraph with one image: `![what it shows](grafiek-eindstatus.svg "Grafiek 1: caption")`.
A paragraph that begins with `[Schrijf hier` is the place of text that a person must write.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from integratie_eval.errors import SettingsError
from integratie_eval.render.charts import Chart
from integratie_eval.render.charts.places import ChartPlaces
from integratie_eval.render.dutch import number
from integratie_eval.render.over_time import OverTime
from integratie_eval.render.prose import Words
from integratie_eval.render.templates import Templates
from integratie_eval.report import Report

REPORT = "rapport.md.j2"
"""The template of the report itself."""
CAPTION = re.compile(r"Tabel \d+: ")
"""How the line above a table begins."""
CHART_FILE = re.compile(r"grafiek-([a-z-]+)\.svg")
"""The file that a chart is in; a paragraph with only that image is the place of the chart."""

TO_WRITE = re.compile(r"\[Schrijf hier\b")
"""How the place of text that a person must write begins; in text of data the bracket has a backslash."""


def annotated_markdown(report: Report, templates: Templates, charts: Mapping[str, Chart], name: str = REPORT) -> str:
    """The report (or another template) as Markdown with linked numbers and anchors.

    Each chart stands where the text wants it.
    """
    from integratie_eval.render.template_errors import explained

    words = Words(report)
    over_time = OverTime(words)
    names = (
        "n",
        "heeft",
        "categorieen",
        "groepen",
        "uitkomst",
        "deel",
        "verschil",
        "verhouding",
        "ongeveer",
        "ontbreekt",
        "nodig",
        "tabel",
        "tabel_per_groep",
        "streefwaarden",
    )
    with explained(templates.own):
        pieces = templates.prose.get_template(name).generate(
            r=report,
            instellingen=report.settings,
            tijd=over_time,
            grafiek=ChartPlaces(charts).place,
            **{name: getattr(words, name) for name in names},
        )
        return _tidy(_bounded(pieces))


def _bounded(pieces: Iterable[str]) -> str:
    """The whole text; refused as soon as it is longer than any report."""
    from integratie_eval.render.sandbox import LONGEST

    kept: list[str] = []
    length = 0
    for piece in pieces:
        length += len(piece)
        if length > LONGEST:
            what = f"Het rapport wordt met de eigen sjablonen langer dan {number(LONGEST)} tekens."
            raise SettingsError(what, "Haal de herhaling uit het sjabloon.")
        kept.append(piece)
    return "".join(kept)


def _tidy(text: str) -> str:
    """At most one blank line in a row, no spaces at line ends."""
    lines: list[str] = []
    for line in (line.rstrip() for line in text.split("\n")):
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines).strip() + "\n"
