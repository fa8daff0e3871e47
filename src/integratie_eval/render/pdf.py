"""The report as PDF/UA-1 and PDF/A-2a: the document goes to Typst (templates/rapport.typ) as data, never as code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from integratie_eval.errors import SettingsError, not_installed
from integratie_eval.render.document import Block
from integratie_eval.render.glyphs import unshowable
from integratie_eval.render.pdf_data import data_of
from integratie_eval.render.pdf_streams import with_clear_ends
from integratie_eval.render.pdf_tags import with_row_headings
from integratie_eval.render.typesetting import Drawing, typeset
from integratie_eval.resources import fonts_folder, templates_folder
from integratie_eval.settings_style import HouseStyle

_PLAIN = HouseStyle()


def pdf_of(blocks: Sequence[Block], charts: Mapping[str, Drawing], day: date, style: HouseStyle = _PLAIN) -> bytes:
    """The document as PDF, dated on this day, with the colours and the logo of the house style.

    Raises UserError when the extra `pdf` is not installed, SettingsError for a logo that cannot be drawn.
    """
    try:
        import pikepdf  # noqa: F401  pdf_tags needs it: told before the work starts
        import typst
    except ImportError as error:
        raise not_installed("een pdf", "pdf") from error

    shown = unshowable(fonts_folder() / "LiberationSans-Regular.ttf")
    try:
        pdf = _typeset(data_of(blocks, charts, shown, style), day)
    except (typst.TypstError, AssertionError):
        if not style.logo:
            raise
        _typeset(data_of(blocks, charts, shown, replace(style, logo=None)), day)  # is it the logo?
        what = "integratie.toml, huisstijl.logo: het logo is niet te tekenen in een pdf."
        raise SettingsError(what, "Bewaar het logo opnieuw als png of als eenvoudige svg, of laat het weg.") from None
    return with_clear_ends(with_row_headings(pdf))


def _typeset(data: str, day: date) -> bytes:
    pdf: bytes = typeset(
        templates_folder() / "rapport.typ",
        root=templates_folder(),
        format="pdf",
        pdf_standards=["ua-1", "a-2a"],
        sys_inputs={"report": data},
        timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),  # PDF/A asks for a date
    )
    return pdf
