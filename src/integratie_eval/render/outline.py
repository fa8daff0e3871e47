"""Whether a report with templates of a municipality still hangs together: headings in order, links that arrive."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from integratie_eval.errors import SettingsError

if TYPE_CHECKING:
    from markdown_it.token import Token

ANCHOR = re.compile(r" \{#([\w-]+)\}$")
"""The anchor at the end of a heading."""


def check_outline(tokens: Sequence[Token]) -> None:
    """Refuse a report without title or chapters, with a level skipped, or with a link that leads nowhere."""
    for what in _faults(tokens):
        raise SettingsError(
            f"Met de eigen sjablonen en teksten klopt het rapport niet: {what}.", "Herstel het sjabloon of de tekst."
        )


def _faults(tokens: Sequence[Token]) -> Iterator[str]:
    headings = [
        (int(opening.tag[1]), text.content) for opening, text in pairwise(tokens) if opening.type == "heading_open"
    ]
    levels = [level for level, _ in headings]
    if levels[:2] != [1, 2] or levels.count(1) > 1 or tokens[0].type != "heading_open":
        yield "het moet beginnen met één titel (#), met daarna hoofdstukken (##)"
    for (level, _), (next_level, text) in pairwise(headings):
        if next_level > level + 1:
            yield f"de kop '{ANCHOR.sub('', text)}' slaat een niveau over"
    anchors = [found[1] for _, text in headings if (found := ANCHOR.search(text))]
    for anchor in anchors:
        if anchors.count(anchor) > 1:
            yield f"twee koppen hebben het anker {anchor}"
    for target in _targets(tokens):
        if target not in anchors:
            yield f"er is een link naar {target}, maar geen kop met dat anker"


def _targets(tokens: Sequence[Token]) -> Iterator[str]:
    """Where the links within the report lead."""
    for token in tokens:
        for child in token.children or ():
            href = str(child.attrs.get("href", "")) if child.type == "link_open" else ""
            if href.startswith("#"):
                yield href.removeprefix("#")
