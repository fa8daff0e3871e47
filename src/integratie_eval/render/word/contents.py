"""The table of contents: a field that is filled in already, and that Word can fill in anew with page numbers."""

from __future__ import annotations

from collections.abc import Sequence

from integratie_eval.render.document import Heading, plain
from integratie_eval.render.word.bookmarks import Bookmarks
from integratie_eval.render.word.elements import FIELD_END, NOTHING, Xml, field_start, paragraph, run, tag
from integratie_eval.render.word.styles import StyleIds

TITLE = "Inhoud"
_SHOWN = {2: "toc 1", 3: "toc 2"}
"""Level of a heading → style of its line; chapters have level 2."""
_FIELD = 'TOC \\o "1-2" \\h \\z \\u'


def contents(headings: Sequence[Heading], bookmarks: Bookmarks, styles: StyleIds) -> Xml:
    """The chapters and their sections, each a link; nothing when there is no chapter."""
    lines = [
        (styles[_SHOWN[heading.level]], name, plain(heading.runs))
        for heading, name in zip(headings, bookmarks.names, strict=True)
        if heading.level in _SHOWN and heading.runs
    ]
    if not lines:
        return NOTHING
    last = len(lines) - 1
    return tag(
        "sdt",
        tag("sdtPr", tag("docPartObj", tag("docPartGallery", val="Table of Contents"), tag("docPartUnique"))),
        tag(
            "sdtContent",
            paragraph(styles["toc heading"], run(TITLE)),
            *(
                paragraph(
                    style,
                    field_start(_FIELD) if place == 0 else NOTHING,
                    tag("hyperlink", run(text), anchor=name, history=1),
                    FIELD_END if place == last else NOTHING,
                )
                for place, (style, name, text) in enumerate(lines)
            ),
        ),
    )
