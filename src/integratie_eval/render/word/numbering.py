"""Bullets and numbers of lists; every numbered list starts anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from integratie_eval.render.word.elements import Xml, declared, tag

DEEPEST = 8
"""Word knows nine levels: 0 to 8."""
_BULLETS = ("•", "–")


@dataclass(frozen=True)
class Numbering:
    """The numbering of a file, with our two kinds of lists in it."""

    root: Any
    bullets: int
    numbers: int

    def new_list(self, depth: int, start: int) -> int:
        """The id of a numbered list that starts at this number."""
        fresh = _highest(self.root, "w:num", "w:numId") + 1
        again = tag("lvlOverride", tag("startOverride", val=start), ilvl=min(depth, DEEPEST))
        _extend(self.root, tag("num", tag("abstractNumId", val=self.numbers), again, numId=fresh))
        return fresh


def numbering_of(root: Any) -> Numbering:
    """Add our bullets and numbers to the numbering of a file."""
    first = _highest(root, "w:abstractNum", "w:abstractNumId") + 1
    bullets = _highest(root, "w:num", "w:numId") + 1
    kinds = [
        _kind(first, [("bullet", _BULLETS[depth % 2]) for depth in range(DEEPEST + 1)]),
        _kind(first + 1, [("decimal", f"%{depth + 1}.") for depth in range(DEEPEST + 1)]),
    ]
    _extend(root, *kinds, tag("num", tag("abstractNumId", val=first), numId=bullets))
    return Numbering(root, bullets, first + 1)


def _kind(number: int, levels: list[tuple[str, str]]) -> Xml:
    return tag(
        "abstractNum",
        tag("multiLevelType", val="hybridMultilevel"),
        *(
            tag(
                "lvl",
                tag("start", val=1),
                tag("numFmt", val=format_),
                tag("lvlText", val=sign),
                tag("lvlJc", val="left"),
                tag("pPr", tag("ind", left=360 * (depth + 1), hanging=360)),
                ilvl=depth,
            )
            for depth, (format_, sign) in enumerate(levels)
        ),
        abstractNumId=number,
    )


def _extend(root: Any, *elements: Xml) -> None:
    """Add elements; the schema wants pictures, kinds, lists and the rest in that order."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    order = [qn(name) for name in ("w:numPicBullet", "w:abstractNum", "w:num")]
    every = [*root, *parse_xml(declared("w:numbering", *elements))]
    root[:] = sorted(every, key=lambda child: order.index(child.tag) if child.tag in order else len(order))


def _highest(root: Any, name: str, attribute: str) -> int:
    from docx.oxml.ns import qn

    found = [element.get(qn(attribute), "0") for element in root.iter(qn(name))]
    return max([int(number) for number in found if number.isdigit()], default=0)
