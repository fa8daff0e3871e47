"""What the template of the PDF draws: the blocks of the document as JSON, without what a PDF/UA may not hold."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from integratie_eval.render.document import (
    Block,
    ChartPlace,
    Heading,
    Listing,
    Paragraph,
    Quote,
    Run,
    Runs,
    Table,
    plain,
)
from integratie_eval.render.glyphs import UNKNOWN
from integratie_eval.render.typesetting import Drawing
from integratie_eval.settings_style import HouseStyle, Logo

_PAGE = 600
"""In points, with room for the caption; a lower table stays on one page."""
_ELSEWHERE = re.compile(r"(https?|mailto):")
_LONGEST_TARGET = 2_000
"""A longer address is no link: Typst refuses one of 8,000 letters."""


def data_of(
    blocks: Sequence[Block], charts: Mapping[str, Drawing], unshowable: re.Pattern[str], style: HouseStyle
) -> str:
    """The title, the opening, the chapters, the charts and the house style.

    A block or run is an object with its class as its kind.
    """
    blocks = tuple(_in_order(blocks))
    anchors = {block.anchor for block in blocks if isinstance(block, Heading)}

    def fields(part: Block | Run | Drawing) -> dict[str, Any]:
        if isinstance(part, Block | Run):
            part = _drawable(part, anchors, charts)
        values = {name: _shown(value, unshowable) for name, value in vars(part).items()}
        if isinstance(part, Table):
            values["together"] = _height(part) < _PAGE
        return {"kind": type(part).__name__, **values}

    chapters = [index for index, block in enumerate(blocks) if isinstance(block, Heading) and block.level > 1]
    start = chapters[0] if chapters else len(blocks)
    title = next(plain(block.runs) for block in blocks if isinstance(block, Heading))
    data = {
        "title": _shown(title, unshowable),
        "opening": blocks[:start],
        "chapters": blocks[start:],
        "charts": charts,
        "accent": style.light.accent,
        "soft": style.light.zacht,
        "logo": _logo(style.logo) if style.logo else None,
    }
    return json.dumps(data, default=fields)


def _logo(logo: Logo) -> dict[str, object]:
    """A drawing as its text, a picture as its bytes."""
    if logo.kind == "image/svg+xml":
        return {"format": "svg", "alt": logo.text, "content": logo.content.decode("utf-8", "replace")}
    return {"format": "png", "alt": logo.text, "content": list(logo.content)}


def _shown(value: object, unshowable: re.Pattern[str]) -> object:
    return unshowable.sub(UNKNOWN, value) if isinstance(value, str) else value


def _in_order(blocks: Iterable[Block]) -> Iterator[Block]:
    """One title; no heading skips a level, is empty, shares its anchor or stands inside another block."""
    level = 0
    anchors: set[str | None] = set()
    for block in blocks:
        if not isinstance(block, Heading):
            yield _without_headings(block)
        elif plain(block.runs).strip():
            level = min(max(block.level, 2), level + 1)
            yield replace(block, level=level, anchor=None if block.anchor in anchors else block.anchor)
            anchors.add(block.anchor)


def _without_headings(block: Block) -> Block:
    match block:
        case Heading(runs=runs):
            return Paragraph(tuple(replace(run, strong=True) for run in runs))
        case Quote(blocks=blocks):
            return Quote(tuple(map(_without_headings, blocks)))
        case Listing(items=items):
            return replace(block, items=tuple(tuple(map(_without_headings, item)) for item in items))
        case _:
            return block


def _drawable(part: Block | Run, anchors: Collection[str | None], charts: Collection[str]) -> Block | Run:
    match part:
        case Run(target=str(target)) if not _arrives(target, anchors):
            return replace(part, target=None)
        case Table():
            return _linked_once(part)
        case ChartPlace(name=name, alt=alt) if name not in charts or not alt:
            return Paragraph((Run(alt),))
        case _:
            return part


def _arrives(target: str, anchors: Collection[str | None]) -> bool:
    if target.startswith("#"):
        return target[1:] in anchors
    return len(target) <= _LONGEST_TARGET and _ELSEWHERE.match(target) is not None


def _linked_once(table: Table) -> Table:
    """A number that leads where the number above it leads is no link: one per column to pass, not one per cell."""
    above: list[str | None] = [None] * len(table.header)
    rows = []
    for row in table.rows:
        targets = [next((run.target for run in cell), None) for cell in row]
        rows.append(
            tuple(
                _unlinked(cell) if target == before else cell
                for cell, target, before in zip(row, targets, above, strict=True)
            )
        )
        above = targets
    return replace(table, rows=tuple(rows))


def _unlinked(runs: Runs) -> Runs:
    return tuple(replace(run, target=None) for run in runs)


def _height(table: Table) -> int:
    """How many points high a table can become, when its columns are ten letters wide."""
    lines = sum(max(math.ceil(len(plain(cell)) / 10) for cell in row) for row in table.rows)
    return 11 * lines + 9 * len(table.rows)
