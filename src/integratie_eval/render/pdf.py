"""The report as PDF/UA-1 and PDF/A-2a: the document goes to Typst (templates/rapport.typ) as data, never as code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from integratie_eval.errors import not_installed
from integratie_eval.render.document import Block
from integratie_eval.render.glyphs import unshowable
from integratie_eval.render.pdf_data import data_of
from integratie_eval.render.pdf_streams import with_clear_ends
from integratie_eval.render.pdf_tags import with_row_headings
from integratie_eval.render.typesetting import Drawing, typeset
from integratie_eval.resources import fonts_folder, templates_folder


def pdf_of(blocks: Sequence[Block], charts: Mapping[str, Drawing], day: date) -> bytes:
    """The document as PDF, dated on this day. Raises UserError when the extra `pdf` is not installed."""
    try:
        import pikepdf  # noqa: F401  pdf_tags needs it: told before the work starts
        import typst  # noqa: F401
    except ImportError as error:
        raise not_installed("een pdf", "pdf") from error

    data = data_of(blocks, charts, unshowable(fonts_folder() / "LiberationSans-Regular.ttf"))
    pdf = typeset(
        templates_folder() / "rapport.typ",
        root=templates_folder(),
        format="pdf",
        pdf_standards=["ua-1", "a-2a"],
        sys_inputs={"report": data},
        timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),  # PDF/A asks for a date
    )
    return with_clear_ends(with_row_headings(pdf))
