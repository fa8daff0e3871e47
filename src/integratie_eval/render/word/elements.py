"""Elements of WordprocessingML as text. Text of data becomes `Xml` in one place only: `words`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NewType
from xml.sax.saxutils import escape

Xml = NewType("Xml", str)
"""Text that is well-formed XML."""

NOTHING = Xml("")
NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
}
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_QUOTES = {'"': "&quot;", "\t": " ", "\n": " ", "\r": " "}


def tag(name: str, /, *children: Xml, **attributes: str | int) -> Xml:
    """An element of Word: `tag("jc", val="right")` is `<w:jc w:val="right"/>`."""
    return element(f"w:{name}", {f"w:{key}": str(value) for key, value in attributes.items()}, *children)


def element(name: str, attributes: Mapping[str, str], *children: Xml) -> Xml:
    """An element with its names in full."""
    opening = "".join([name, *(f' {key}="{_clean(value, _QUOTES)}"' for key, value in attributes.items())])
    content = "".join(children)
    return Xml(f"<{opening}>{content}</{name}>" if content else f"<{opening}/>")


def joined(*parts: Xml) -> Xml:
    """Elements after each other."""
    return Xml("".join(parts))


def legal(text: str) -> str:
    """Text without the signs that XML cannot hold."""
    return _NOT_IN_XML.sub("", text)


def words(text: str) -> Xml:
    """Text as it is read: tabs and line ends become elements, what XML cannot hold is left out."""
    lines = [
        joined(*_between(Xml("<w:tab/>"), [_text(piece) for piece in line.split("\t")]))
        for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    ]
    return joined(*_between(Xml("<w:br/>"), lines))


def run(text: str, properties: Xml = NOTHING) -> Xml:
    """A piece of text in one style."""
    return tag("r", tag("rPr", properties) if properties else NOTHING, words(text))


def paragraph(style: str, *content: Xml, properties: Xml = NOTHING) -> Xml:
    """A paragraph in a style, given by its id."""
    return tag("p", tag("pPr", tag("pStyle", val=style), properties), *content)


def field_start(instruction: str) -> Xml:
    """The begin of a field; what follows, until `FIELD_END`, is its last known result."""
    return joined(
        tag("r", tag("fldChar", fldCharType="begin")),
        tag("r", Xml(f'<w:instrText xml:space="preserve"> {_clean(instruction)} </w:instrText>')),
        tag("r", tag("fldChar", fldCharType="separate")),
    )


def field(instruction: str, result: str) -> Xml:
    """A field with the result that it shows until the program counts anew."""
    return joined(field_start(instruction), run(result), FIELD_END)


def declared(root: str, *children: Xml) -> Xml:
    """The outermost element, with all namespaces."""
    return element(root, {f"xmlns:{prefix}": uri for prefix, uri in NAMESPACES.items()}, *children)


def _clean(text: str, entities: Mapping[str, str] | None = None) -> str:
    return escape(legal(text), dict(entities or {}))


def _text(piece: str) -> Xml:
    return Xml(f'<w:t xml:space="preserve">{_clean(piece)}</w:t>') if piece else NOTHING


def _between(separator: Xml, parts: list[Xml]) -> list[Xml]:
    return [part for index, own in enumerate(parts) for part in ((separator, own) if index else (own,))]


FIELD_END = tag("r", tag("fldChar", fldCharType="end"))
