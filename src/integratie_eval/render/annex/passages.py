"""The words of the annex: from the report and from `bijlage.md.j2`, found by the anchors of their headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from integratie_eval.render.document import Block, ChartPlace, Heading, Listing, Paragraph, document_of, plain

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_HEADING = re.compile(r"^#{1,6} .* \{#([\w-]+)\}$", re.MULTILINE)


@dataclass(frozen=True)
class Passage:
    """A heading, what stands below it until the next one, and the words of a chart; read when it is asked for."""

    markdown: str
    parser: MarkdownIt

    @property
    def title(self) -> str:
        """The heading."""
        heading = self.markdown.partition("\n")[0]
        return "".join(plain(block.runs) for block in document_of(heading, self.parser) if isinstance(block, Heading))

    @property
    def lines(self) -> tuple[str, ...]:
        """A line per paragraph and per item of a list; tables stand elsewhere in the annex."""
        return tuple(line for block in self._blocks for line in _lines(block))

    @property
    def chart(self) -> ChartPlace | None:
        """The words of the chart, if it has one."""
        return next((block for block in self._blocks if isinstance(block, ChartPlace)), None)

    @cached_property
    def _blocks(self) -> Sequence[Block]:
        return document_of(self.markdown, self.parser)


def passages(annotated: str, parser: MarkdownIt) -> Mapping[str, Passage]:
    """The anchor of every heading and its passage, in order."""
    found = list(_HEADING.finditer(annotated))
    parts = pairwise([*(heading.start() for heading in found), len(annotated)])
    return {
        heading[1]: Passage(annotated[start:end], parser) for heading, (start, end) in zip(found, parts, strict=True)
    }


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield " ".join(plain(block.runs).split())
    elif isinstance(block, Listing):
        for number, item in enumerate(block.items, block.start):
            text = " ".join(line for part in item for line in _lines(part))
            yield f"{number}. {text}" if block.ordered else text
