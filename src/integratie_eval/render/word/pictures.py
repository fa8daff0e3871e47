"""A chart as a picture: SVG, with a PNG for programs that cannot draw it, and what it shows in words."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from integratie_eval.errors import not_installed
from integratie_eval.render.document import ChartPlace
from integratie_eval.render.typesetting import Drawing, typeset
from integratie_eval.render.word.elements import NAMESPACES, NOTHING, Xml, element, tag

if TYPE_CHECKING:
    from docx.document import Document

DOTS_PER_INCH = 144
_EMU_PER_PIXEL = 9525
_EMU_PER_TWIP = 635
_PAGES = b"""
#set page(width: auto, height: auto, margin: 0pt, fill: white)
#for drawing in json(bytes(sys.inputs.drawings)) {
  page(image(bytes(drawing.svg), format: "svg", width: drawing.width * 1pt, height: drawing.height * 1pt))
}
"""


def pngs_of(drawings: Sequence[Drawing]) -> list[bytes]:
    """Every drawing as a PNG of twice its size. Raises UsageError without typst."""
    given = [{"svg": drawing.svg, "width": drawing.width, "height": drawing.height} for drawing in drawings]
    try:
        made = typeset(_PAGES, format="png", ppi=DOTS_PER_INCH, sys_inputs={"drawings": json.dumps(given)})
    except ImportError as error:
        raise not_installed("de grafieken in een Word-bestand", "word") from error
    return made if isinstance(made, list) else [made]


def pictures_of(
    places: Sequence[ChartPlace], charts: Mapping[str, Drawing], document: Document, room: int
) -> list[Xml]:
    """The picture of every place, at most `room` twentieths of a point wide; nothing where no such chart was made."""
    drawn = [place.name for place in places if place.name in charts]
    pngs = iter(pngs_of([charts[name] for name in drawn]) if drawn else ())
    return [
        _picture(place, charts[place.name], next(pngs), document, number, room * _EMU_PER_TWIP)
        if place.name in charts
        else NOTHING
        for number, place in enumerate(places, 1)
    ]


def _picture(place: ChartPlace, drawing: Drawing, png: bytes, document: Document, number: int, room: int) -> Xml:
    png_id, _ = document.part.get_or_add_image(BytesIO(png))
    width = min(room, drawing.width * _EMU_PER_PIXEL)
    size = {"cx": str(width), "cy": str(round(width * drawing.height / drawing.width))}
    told = {"id": str(number), "name": place.caption or place.name, "descr": place.alt}
    picture = element(
        "pic:pic",
        {},
        element("pic:nvPicPr", {}, element("pic:cNvPr", told), element("pic:cNvPicPr", {})),
        element(
            "pic:blipFill",
            {},
            _blip(png_id, _svg_part(number, drawing.svg, document)),
            element("a:stretch", {}, element("a:fillRect", {})),
        ),
        element(
            "pic:spPr",
            {},
            element("a:xfrm", {}, element("a:off", {"x": "0", "y": "0"}), element("a:ext", size)),
            element("a:prstGeom", {"prst": "rect"}, element("a:avLst", {})),
        ),
    )
    inline = element(
        "wp:inline",
        dict.fromkeys(("distT", "distB", "distL", "distR"), "0"),
        element("wp:extent", size),
        element("wp:docPr", told),
        element("wp:cNvGraphicFramePr", {}, element("a:graphicFrameLocks", {"noChangeAspect": "1"})),
        element("a:graphic", {}, element("a:graphicData", {"uri": NAMESPACES["pic"]}, picture)),
    )
    return tag("drawing", inline)


def _blip(png_id: str, svg_id: str) -> Xml:
    """The PNG, with the SVG as its better version (an extension of Office 2016)."""
    svg = element("asvg:svgBlip", {"r:embed": svg_id})
    extension = element("a:ext", {"uri": "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"}, svg)
    return element("a:blip", {"r:embed": png_id}, element("a:extLst", {}, extension))


def _svg_part(number: int, svg: str, document: Document) -> str:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    package = document.part.package
    part = Part(PackURI(f"/word/media/grafiek{number}.svg"), "image/svg+xml", svg.encode(), package)
    return document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
