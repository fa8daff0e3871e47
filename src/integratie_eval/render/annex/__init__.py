"""The annex: all figures of the report as an Excel workbook, with definitions, notes and charts."""

from __future__ import annotations

from integratie_eval.errors import SettingsError
from integratie_eval.render.annex.passages import Passage, passages
from integratie_eval.render.annex.sheets import sheets_of
from integratie_eval.render.annex.workbook import workbook_of
from integratie_eval.render.annotated import annotated_markdown
from integratie_eval.render.templates import Templates
from integratie_eval.report import Report

_WORDS = "bijlage.md.j2"


class _Told(dict[str, Passage]):
    """The passages of the template of the annex."""

    def __missing__(self, anchor: str) -> Passage:
        raise SettingsError(
            f"In het sjabloon {_WORDS} ontbreekt de kop met {{#{anchor}}}.", "Zet hem terug, of haal het sjabloon weg."
        )


def render_annex(report: Report, annotated: str, templates: Templates) -> bytes:
    """The workbook. `annotated` is the report itself: its chapters name the sheets, and its choices are the notes."""
    told = _Told(passages(annotated_markdown(report, templates, {}, _WORDS), templates.parser))
    sheets = sheets_of(report, passages(annotated, templates.parser), told)
    return workbook_of(sheets, report.period.reference, back=told["terug"].title)
