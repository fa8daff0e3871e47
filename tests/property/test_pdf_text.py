"""Whatever text the data holds: there is a PDF, it is accessible, and the text in it does nothing."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import page as validator
import pikepdf
from hypothesis import example, given, settings
from hypothesis import strategies as st

from integratie_eval.render.document import (
    Block,
    ChartPlace,
    Heading,
    Listing,
    Paragraph,
    Quote,
    Run,
    Table,
    Verbatim,
)
from integratie_eval.render.pdf import pdf_of

CODE = st.sampled_from(
    [
        '#image("/etc/passwd")',
        "#panic()",
        "*vet*",
        "$x$",
        "<a>",
        "@a",
        "[",
        "]",
        "{",
        "}",
        "\\",
        "`",
        '"',
        "/*",
        "//",
        "\n",
    ]
)
TEXT = st.lists(st.text(st.characters(codec=None), max_size=8) | CODE, max_size=6).map("".join)


def blocks_of(text: str) -> tuple[Block, ...]:
    """A document with this text in every place that text of data can reach."""
    styles = [{"strong": True}, {"emphasis": True}, {"code": True}, {"target": f"#{text}"}, {"target": f"https:{text}"}]
    runs = (Run(text), *(Run(text, **style) for style in styles))  # type: ignore[arg-type]
    return (
        Heading(1, (Run("Evaluatie"),)),
        Paragraph(runs),
        Heading(2, runs, "a"),
        Paragraph(runs),
        Table(text, (runs, runs), ((runs, runs), (runs, runs)), (False, True)),
        Listing(False, ((Paragraph(runs), Quote((Heading(3, runs), Verbatim(text)))),)),
        ChartPlace(text, text, text),
    )


@settings(max_examples=40, deadline=None)
@given(TEXT)
@example("\ud800 \uffff \ufeff \x00 \u202e")
@example('")#image("/etc/passwd')
def test_every_text_makes_an_accessible_pdf(text: str) -> None:
    pdf = pdf_of(blocks_of(text), {}, date(2019, 12, 31))
    assert [failure.message for failure in validator.validate_pdf_bytes(pdf, profile="ua1").failures] == []
    document = pikepdf.open(BytesIO(pdf))
    kinds = [tag.get("/S") for tag in document.objects if isinstance(tag, pikepdf.Dictionary)]
    assert "/Figure" not in kinds and "/Formula" not in kinds
