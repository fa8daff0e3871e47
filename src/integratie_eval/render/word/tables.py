"""A table: repeated header row, rows that stay whole, columns as wide as their text asks."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from integratie_eval.render.document import Runs, Table, plain
from integratie_eval.render.word.elements import NOTHING, Xml, paragraph, tag

_LETTER = 124
"""Room for an ordinary letter in bold, in twentieths of a point."""
_NARROW, _WIDE = frozenset("iljtfrI.,:;'!|()[]- \u00a0"), frozenset("mwMW%@€")
"""Letters that take about half, and about one and a half of that."""
_MARGINS = 220
"""Room beside the text of a cell."""
_LONGEST_LINE = 60 * _LETTER
"""A column asks for no longer lines."""
_LONGEST_WORD = 36 * _LETTER
"""A longer word is broken."""
_KEPT_TOGETHER = 16
"""A table of so many rows stays on one page."""


def table(block: Table, content: Callable[[Runs], Xml], styles: Mapping[str, str], room: int) -> Xml:
    """The table, at most `room` twentieths of a point wide; `content` makes the text of a cell."""
    widths = column_widths(block, room)
    together = len(block.rows) if len(block.rows) <= _KEPT_TOGETHER else 0

    def row(cells: Sequence[Runs], *, is_header: bool = False, is_kept: bool = True) -> Xml:
        whole = tag("trPr", tag("cantSplit"), tag("tblHeader") if is_header else NOTHING)
        with_next = tag("keepNext") if is_kept else NOTHING
        return tag(
            "tr",
            whole,
            *(
                tag(
                    "tc",
                    tag("tcPr", tag("tcW", w=width, type="dxa")),
                    paragraph(styles["tabelgetal" if is_number else "tabeltekst"], content(runs), properties=with_next),
                )
                for runs, width, is_number in zip(cells, widths, block.numeric, strict=True)
            ),
        )

    return tag(
        "tbl",
        tag(
            "tblPr",
            tag("tblStyle", val=styles["rapporttabel"]),
            tag("tblW", w=sum(widths), type="dxa"),
            tag("tblLayout", type="fixed"),
            tag("tblLook", val="0620", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1),
            tag("tblCaption", val=block.caption) if block.caption else NOTHING,
        ),
        tag("tblGrid", *(tag("gridCol", w=width) for width in widths)),
        row(block.header, is_header=True),
        *(row(cells, is_kept=place < together) for place, cells in enumerate(block.rows, 1)),
    )


def column_widths(block: Table, room: int) -> list[int]:
    """The width of each column: at least its longest word, and a whole line of text where that fits."""
    columns = [[plain(cell) for cell in column] for column in zip(block.header, *block.rows, strict=True)]
    least = [max(map(_longest_word, column)) for column in columns]
    wanted = [
        max(needs, min(max([_length(heading) / (2 if is_number else 1), *map(_length, cells)]), _LONGEST_LINE))
        for needs, (heading, *cells), is_number in zip(least, columns, block.numeric, strict=True)
    ]
    return _fitted([round(_MARGINS + needs) for needs in least], [round(_MARGINS + wish) for wish in wanted], room)


def _longest_word(text: str) -> float:
    return min(_LONGEST_WORD, max(map(_length, re.split(r"[ \t\n]", text))))


def _length(text: str) -> float:
    """About how long a text is in print."""
    return _LETTER * sum(0.5 if letter in _NARROW else 1.5 if letter in _WIDE else 1 for letter in text)


def _fitted(least: Sequence[int], wanted: Sequence[int], room: int) -> list[int]:
    """What the columns want; otherwise what is left over the least is shared; otherwise all get less."""
    if sum(wanted) <= room:
        return list(wanted)
    if sum(least) >= room:
        return _shrunk(least, room)
    share = (room - sum(least)) / (sum(wanted) - sum(least))
    return [int(low + (high - low) * share) for low, high in zip(least, wanted, strict=True)]


def _shrunk(least: Sequence[int], room: int) -> list[int]:
    """The widest columns give way first, to one same width."""
    limit, left, order = room, room, sorted(least)
    for index, width in enumerate(order):
        limit = left // (len(order) - index)
        if width > limit:
            break
        left -= width
    return [max(1, min(width, limit)) for width in least]
