"""The blocks of the report → the content of the Word file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from integratie_eval.render.document import (
    Block,
    ChartPlace,
    Heading,
    Listing,
    Paragraph,
    Placeholder,
    Quote,
    Run,
    Runs,
    Table,
    Verbatim,
    plain,
)
from integratie_eval.render.word.bookmarks import Bookmarks
from integratie_eval.render.word.elements import NOTHING, Xml, element, field, joined, paragraph, run, tag
from integratie_eval.render.word.numbering import DEEPEST, Numbering
from integratie_eval.render.word.styles import StyleIds
from integratie_eval.render.word.tables import table

_CAPTION = re.compile(r"(Tabel|Grafiek) (\d+): ")
_LOWEST_HEADING = 5


@dataclass(frozen=True)
class Parts:
    """What the content draws on: everything that has a number or a name in the file."""

    styles: StyleIds
    bookmarks: Bookmarks
    numbering: Numbering
    pictures: Sequence[Xml]
    """Of every place of a chart, in order; nothing where there is no such chart."""
    website: Callable[[str], str]
    """Makes a link to a website known to the file, and gives its id."""
    room: int
    """The width of the text, in twentieths of a point."""


@dataclass(frozen=True)
class Place:
    """Where in the document a block stands."""

    style: str = "normal"
    """The style of running text here."""
    depth: int = 0
    """How many lists it is in."""


class Body:
    """Writes blocks; headings get the bookmarks and charts the pictures, in order."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self._headings = iter(enumerate(parts.bookmarks.names))
        self._pictures = iter(parts.pictures)

    def content(self, blocks: Sequence[Block], place: Place = Place()) -> Xml:
        """All blocks after each other."""
        return joined(*(part for block in blocks for part in self._block(block, place)))

    def _block(self, block: Block, place: Place) -> Iterator[Xml]:
        match block:
            case Heading():
                yield self._heading(block)
            case Paragraph(runs):
                yield self._paragraph(place.style, self.inline(runs))
            case Placeholder(runs):
                yield self._paragraph(place.style, self._to_fill_in(runs))
            case Listing():
                yield self._listing(block, place)
            case Table():
                yield self._table(block)
            case ChartPlace():
                yield self._chart(block)
            case Quote(blocks):
                yield self.content(blocks, replace(place, style="quote"))
            case Verbatim(text):
                yield self._paragraph("letterlijk", run(text))

    def inline(self, runs: Runs) -> Xml:
        """Text in its styles, with its links."""
        return joined(*map(self._run, runs))

    def _paragraph(self, style: str, *content: Xml, properties: Xml = NOTHING) -> Xml:
        return paragraph(self.parts.styles[style], *content, properties=properties)

    def _run(self, piece: Run) -> Xml:
        link = {} if piece.target is None else self._link(piece.target)
        if not link:
            return run(piece.text, self._look(piece, "code" if piece.code else None))
        is_number = (piece.target or "").startswith("#cijfer-")
        look = self._look(piece, "cijfer" if is_number else "hyperlink")
        return element("w:hyperlink", {**link, "w:history": "1"}, run(piece.text, look))

    def _link(self, target: str) -> dict[str, str]:
        """Where a link leads, in the words of the file; a link that leads nowhere is no link."""
        if name := self.parts.bookmarks.target(target):
            return {"w:anchor": name}
        if target.lower().startswith(("https://", "http://", "mailto:")):
            return {"r:id": self.parts.website(target)}
        return {}

    def _look(self, piece: Run, style: str | None) -> Xml:
        return joined(
            tag("rStyle", val=self.parts.styles[style]) if style else NOTHING,
            tag("b") if piece.strong else NOTHING,
            tag("i") if piece.emphasis else NOTHING,
        )

    def _heading(self, block: Heading) -> Xml:
        number, name = next(self._headings)
        style = "title" if block.level == 1 else f"heading {min(block.level - 1, _LOWEST_HEADING)}"
        return self._paragraph(
            style,
            tag("bookmarkStart", id=number, name=name),
            self.inline(block.runs),
            tag("bookmarkEnd", id=number),
        )

    def _to_fill_in(self, runs: Runs) -> Xml:
        """Text that Word replaces as a whole when a person begins to type in it."""
        look = joined(tag("rStyle", val=self.parts.styles["invullen"]), tag("highlight", val="yellow"))
        return tag(
            "sdt",
            tag("sdtPr", tag("showingPlcHdr")),
            tag("sdtContent", run(plain(runs), look)),
        )

    def _listing(self, block: Listing, place: Place) -> Xml:
        number = self.parts.numbering.new_list(place.depth, block.start) if block.ordered else None
        return joined(*(self._item(item, number, place) for item in block.items))

    def _item(self, blocks: Sequence[Block], number: int | None, place: Place) -> Xml:
        """One item: its first paragraph carries the bullet or the number."""
        opening, rest = _opening(blocks)
        style = "list bullet" if number is None else "list number"
        first = self._paragraph(style, self.inline(opening), properties=self._bullet(number, place.depth))
        return joined(first, self.content(rest, Place("list continue", place.depth + 1)))

    def _bullet(self, number: int | None, depth: int) -> Xml:
        """The style of lists has a bullet by itself; deeper lists and numbers need more."""
        if number is None and depth == 0:
            return NOTHING
        level = min(depth, DEEPEST)
        kind = self.parts.numbering.bullets if number is None else number
        return joined(
            tag("numPr", tag("ilvl", val=level), tag("numId", val=kind)),
            tag("ind", left=360 * (level + 1), hanging=360),
        )

    def _table(self, block: Table) -> Xml:
        caption = self._caption(block.caption, tag("keepNext")) if block.caption else NOTHING
        drawn = table(block, self.inline, self.parts.styles, self.parts.room)
        return joined(caption, drawn, self._paragraph("na tabel"))

    def _chart(self, block: ChartPlace) -> Xml:
        picture = next(self._pictures)
        shown = self._paragraph("grafiek", tag("r", picture)) if picture else self._paragraph("normal", run(block.alt))
        return joined(shown, self._caption(block.caption) if block.caption else NOTHING)

    def _caption(self, caption: str, properties: Xml = NOTHING) -> Xml:
        """'Tabel 3: …' with a number that Word keeps right when a table comes in between."""
        found = _CAPTION.match(caption)
        if found is None:
            return self._paragraph("caption", run(caption), properties=properties)
        kind, number = found.groups()
        return self._paragraph(
            "caption",
            run(f"{kind} "),
            field(f"SEQ {kind} \\* ARABIC", number),
            run(f": {caption[found.end() :]}"),
            properties=properties,
        )


def _opening(blocks: Sequence[Block]) -> tuple[Runs, Sequence[Block]]:
    match blocks:
        case [Paragraph(runs), *rest]:
            return runs, rest
        case _:
            return (), blocks
