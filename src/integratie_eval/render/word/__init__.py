"""The report as a Word file that the adviser goes on with: real styles, fields, links and a house style."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from integratie_eval.errors import not_installed
from integratie_eval.render.document import Block, ChartPlace, Heading, flat, plain
from integratie_eval.render.typesetting import Drawing
from integratie_eval.render.word.body import Body, Parts
from integratie_eval.render.word.bookmarks import bookmarks_of
from integratie_eval.render.word.contents import contents
from integratie_eval.render.word.numbering import numbering_of
from integratie_eval.render.word.package import (
    bytes_of,
    describe,
    empty_file,
    fill,
    house_style,
    number_pages,
    numbering_root,
    text_width,
    website_of,
)
from integratie_eval.render.word.pictures import pictures_of
from integratie_eval.render.word.styles import add_styles


def word_of(
    blocks: Sequence[Block],
    charts: Mapping[str, Drawing],
    *,
    author: str,
    day: date,
    template: Path | None = None,
) -> bytes:
    """The Word file of a report; `template` has the house style. Raises UsageError and SettingsError."""
    try:
        import docx  # noqa: F401
    except ImportError as error:
        raise not_installed("een Word-bestand", "word") from error

    document = empty_file() if template is None else house_style(template)
    every = list(flat(blocks))
    headings = [block for block in every if isinstance(block, Heading)]
    numbering = numbering_of(numbering_root(document))
    room = text_width(document)
    parts = Parts(
        styles=add_styles(document.styles.element, numbering.bullets),
        bookmarks=bookmarks_of(headings),
        numbering=numbering,
        pictures=pictures_of([block for block in every if isinstance(block, ChartPlace)], charts, document, room),
        website=website_of(document),
        room=room,
    )
    body = Body(parts)
    start = next((i for i, block in enumerate(blocks) if isinstance(block, Heading) and block.level == 2), len(blocks))
    opening, chapters = body.content(blocks[:start]), body.content(blocks[start:])
    fill(document, opening, contents(headings, parts.bookmarks, parts.styles), chapters)
    number_pages(document, parts.styles)
    describe(document, plain(headings[0].runs) if headings else "", author, day)
    return bytes_of(document)
