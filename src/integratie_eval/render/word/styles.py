"""The styles of the Word file: our own, or those of the house style with ours for what it does not have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from integratie_eval.render.word.elements import NOTHING, Xml, declared, joined, tag

LANGUAGE = "nl-NL"
FONT = "Arial"
FIXED_WIDTH = "Consolas"
TEXT, ACCENT, LINE, SOFT, TO_FILL_IN = "1B1B1B", "154F7A", "9AA5B1", "F1F4F7", "FFF2A8"
_DUTCH = tag("lang", val=LANGUAGE, eastAsia=LANGUAGE, bidi="ar-SA")

StyleIds = Mapping[str, str]
"""Name of a style, in lower case → its id in the file."""


@dataclass(frozen=True)
class Style:
    """A style; `name` is the name in the file, which Word shows in the language of the user when it knows it."""

    name: str
    kind: str = "paragraph"
    based: str = "Normal"
    after: str = ""
    """The style of the next paragraph that a person types."""
    paragraph: Xml = NOTHING
    run: Xml = NOTHING
    table: Xml = NOTHING


def _space(before: int, after: int, line: int = 264) -> Xml:
    """Room above and below in twentieths of a point; line height in 240ths."""
    return tag("spacing", before=before, after=after, line=line, lineRule="auto")


def _letters(size: float, *, bold: bool = False, italic: bool = False, colour: str = "", font: str = "") -> Xml:
    half_points = round(2 * size)
    return joined(
        _font(font) if font else NOTHING,
        tag("b") if bold else NOTHING,
        tag("i") if italic else NOTHING,
        tag("color", val=colour) if colour else NOTHING,
        tag("sz", val=half_points),
        tag("szCs", val=half_points),
    )


def _font(name: str) -> Xml:
    return tag("rFonts", ascii=name, hAnsi=name, cs=name, eastAsia=name)


def _heading(level: int, size: float, before: int, after: int, *, italic: bool = False) -> Style:
    keep = joined(tag("keepNext"), tag("keepLines"))
    return Style(
        f"heading {level}",
        after="Normal",
        paragraph=joined(keep, _space(before, after, 264), tag("outlineLvl", val=level - 1)),
        run=_letters(size, bold=True, italic=italic, colour=ACCENT),
    )


def _cell_margins(width: int) -> Xml:
    return tag("tblCellMar", *(tag(side, w=width, type="dxa") for side in ("left", "right")))


_INDENT = tag("ind", left=360, hanging=360)
_TABLE_LINES = tag(
    "tblBorders", *(tag(side, val="single", sz=4, space=0, color=LINE) for side in ("top", "bottom", "insideH"))
)
_HEADER_ROW = tag(
    "tblStylePr",
    tag("rPr", tag("b")),
    tag(
        "tcPr",
        tag("tcBorders", tag("bottom", val="single", sz=8, space=0, color=TEXT)),
        tag("shd", val="clear", color="auto", fill=SOFT),
    ),
    type="firstRow",
)

STYLES = (
    Style("Normal", based="", paragraph=_space(0, 120, 276), run=_DUTCH),
    Style("Default Paragraph Font", kind="character", based=""),
    Style(
        "Normal Table", kind="table", based="",
        table=tag("tblPr", tag("tblInd", w=0, type="dxa"), _cell_margins(108)),
    ),
    Style("Title", after="Normal", paragraph=joined(tag("keepNext"), _space(0, 240, 252)),
          run=_letters(22, bold=True, colour=ACCENT)),
    _heading(1, 16, 480, 120),
    _heading(2, 13, 320, 80),
    _heading(3, 11.5, 260, 60),
    _heading(4, 10.5, 200, 40),
    _heading(5, 10.5, 200, 40, italic=True),
    Style("TOC Heading", paragraph=joined(tag("keepNext"), _space(360, 120)),
          run=_letters(13, bold=True, colour=ACCENT)),
    Style("toc 1", paragraph=_space(60, 20, 252)),
    Style("toc 2", paragraph=joined(_space(0, 10, 252), tag("ind", left=360)), run=_letters(9.5)),
    Style("caption", after="Normal", paragraph=joined(tag("keepLines"), _space(160, 80, 252)),
          run=_letters(9.5, bold=True)),
    Style("List Bullet", paragraph=joined(_space(0, 120), _INDENT, tag("contextualSpacing"))),
    Style("List Number", paragraph=joined(_space(0, 120), _INDENT, tag("contextualSpacing"))),
    Style("List Continue", paragraph=joined(_space(0, 120), tag("ind", left=360))),
    Style(
        "Quote", after="Normal",
        paragraph=joined(tag("pBdr", tag("left", val="single", sz=18, space=10, color=LINE)),
                         tag("ind", left=360, right=360)),
    ),
    Style("header", run=_letters(8.5)),
    Style("footer", paragraph=tag("jc", val="right"), run=_letters(8.5)),
    Style("Letterlijk", paragraph=joined(tag("shd", val="clear", color="auto", fill=SOFT), _space(60, 120, 252)),
          run=_letters(9, font=FIXED_WIDTH)),
    Style("Grafiek", after="caption", paragraph=joined(tag("keepNext"), _space(120, 0, 240))),
    Style("Tabeltekst", paragraph=_space(30, 30, 240), run=_letters(9.5)),
    Style("Tabelgetal", based="Tabeltekst", paragraph=tag("jc", val="right")),
    Style("Na tabel", after="Normal", paragraph=_space(0, 60, 240), run=_letters(4)),
    Style("Hyperlink", kind="character", based="Default Paragraph Font",
          run=joined(tag("color", val=ACCENT), tag("u", val="single"))),
    Style("Cijfer", kind="character", based="Default Paragraph Font", run=tag("u", val="dotted", color=LINE)),
    Style("Code", kind="character", based="Default Paragraph Font", run=_letters(9.5, font=FIXED_WIDTH)),
    Style("Invullen", kind="character", based="Default Paragraph Font",
          run=tag("shd", val="clear", color="auto", fill=TO_FILL_IN)),
    Style(
        "Rapporttabel", kind="table", based="Normal Table", paragraph=_space(0, 0, 240),
        table=joined(
            tag("tblPr", _TABLE_LINES, _cell_margins(85)),
            _HEADER_ROW,
        ),
    ),
)  # fmt: skip
_DEFAULT_OF_ITS_KIND = ("Normal", "Default Paragraph Font", "Normal Table")
_DEFAULTS = tag(
    "docDefaults",
    tag("rPrDefault", tag("rPr", _font(FONT), _letters(10.5, colour=TEXT),
                          _DUTCH)),
    tag("pPrDefault"),
)  # fmt: skip


def fresh_styles(root: Any) -> None:
    """Empty the styles of a file, so that only ours will be in it."""
    from docx.oxml import parse_xml

    for child in list(root):
        root.remove(child)
    root.extend(parse_xml(declared("w:styles", _DEFAULTS)))


def add_styles(root: Any, bullets: int) -> StyleIds:
    """Add our styles that the file does not have, and make the language of all of them Dutch.

    `bullets` is the numbering of the style of lists.
    """
    from docx.oxml import parse_xml

    ids = {_name_of(style): style.styleId for style in root.style_lst if style.styleId}
    for style in STYLES:
        if style.name.lower() not in ids:
            ids[style.name.lower()] = _free_id(style.name, set(ids.values()))
            root.extend(parse_xml(declared("w:styles", _xml(style, ids, bullets))))
    _speak_dutch(root)
    return ids


def _name_of(style: Any) -> str:
    return str(style.name_val or style.styleId).lower()


def _free_id(name: str, taken: set[str]) -> str:
    wanted = "".join(word[:1].upper() + word[1:] for word in name.split())
    folded = {known.lower() for known in taken}
    while wanted.lower() in folded:
        wanted += "X"
    return wanted


def _xml(style: Style, ids: StyleIds, bullets: int) -> Xml:
    is_default = style.name in _DEFAULT_OF_ITS_KIND
    numbering = tag("numPr", tag("numId", val=bullets)) if style.name == "List Bullet" else NOTHING
    after = tag("next", val=ids[style.after.lower()]) if style.after.lower() in ids else NOTHING
    return tag(
        "style",
        tag("name", val=style.name),
        tag("basedOn", val=ids[style.based.lower()]) if style.based else NOTHING,
        after,
        NOTHING if is_default else tag("qFormat"),
        tag("pPr", numbering, style.paragraph) if style.paragraph else NOTHING,
        tag("rPr", style.run) if style.run else NOTHING,
        style.table,
        type=style.kind,
        styleId=ids[style.name.lower()],
        default=int(is_default),
    )


def _speak_dutch(root: Any) -> None:
    """Every text is Dutch, also in a house style that does not say so or says otherwise."""
    from docx.oxml.ns import qn

    if not any(list(defaults.iter(qn("w:lang"))) for defaults in root.findall(qn("w:docDefaults"))):
        _default_language(root)
    for language in root.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)


def _default_language(root: Any) -> None:
    """Add the language to the defaults, with the elements around it that are not there yet."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    inner = root
    for name in ("docDefaults", "rPrDefault", "rPr"):
        found = inner.find(qn(f"w:{name}"))
        if found is None:
            (found,) = parse_xml(declared("w:styles", tag(name)))
            inner.insert(0, found)
        inner = found
    inner.extend(parse_xml(declared("w:rPr", _DUTCH)))
