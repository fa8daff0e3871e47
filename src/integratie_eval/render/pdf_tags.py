"""The tags of a PDF for screen readers: the first cell of every row of a table becomes the heading of that row."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pikepdf import Object


def with_row_headings(pdf: bytes) -> bytes:
    """The same document with headings of rows, and smaller: the tags are compressed."""
    import pikepdf

    result = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        for tag in document.objects:
            if isinstance(tag, pikepdf.Dictionary) and tag.get("/S") == "/TR" and tag.P.S == "/TBody":
                _head(tag)
        document.save(result, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return result.getvalue()


def _head(row: Object) -> None:
    """A cell that names its headings itself is not read with the heading of its row, so the scopes tell it alone."""
    from pikepdf import Dictionary, Name

    first, *others = row.K
    first.S = Name.TH
    first.A = Dictionary(O=Name.Table, Scope=Name.Row)
    for cell in others:
        for attributes in cell.get("/A", ()):
            if "/Headers" in attributes:
                del attributes["/Headers"]
