"""The file that the content comes in: an empty one, or the house style of the municipality without its text."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from integratie_eval.errors import SettingsError
from integratie_eval.render.word.elements import Xml, declared, field, joined, legal, paragraph, run, tag
from integratie_eval.render.word.styles import LANGUAGE, StyleIds, fresh_styles

if TYPE_CHECKING:
    from docx.document import Document
    from docx.opc.part import Part

_LARGEST = 64 * 1024 * 1024
"""What a template may be, unpacked."""
_CONTENT_TYPES = "[Content_Types].xml"
_TEMPLATE_TYPE = b"wordprocessingml.template.main+xml"
_DOCUMENT_TYPE = b"wordprocessingml.document.main+xml"
_KEPT = {
    "styles", "numbering", "settings", "webSettings", "fontTable", "theme", "footnotes", "endnotes", "customXml",
    "officeDocument", "core-properties", "custom-properties",
}  # fmt: skip
"""Kinds of parts that do not belong to the text."""
_RUNS_CODE = ("vbaProject", "macroEnabled", "activeX", "oleObject")
"""Content types of parts that hold a program."""
_A4 = joined(
    tag("pgSz", w=11906, h=16838),
    tag("pgMar", top=1247, right=1247, bottom=1247, left=1247, header=567, footer=567, gutter=0),
)
_SETTINGS = (
    tag("zoom", percent=100),
    tag("defaultTabStop", val=708),
    tag("characterSpacingControl", val="doNotCompress"),
    tag(
        "compat",
        tag("compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=15),
    ),
    tag("themeFontLang", val=LANGUAGE),
    tag("decimalSymbol", val=","),
    tag("listSeparator", val=";"),
)
_LONGEST_PROPERTY = 255
_FIRST_DAY_OF_ZIP = (1980, 1, 1, 0, 0, 0)


def empty_file() -> Document:
    """A file of A4 pages without text, styles or lists."""
    import docx
    from docx.oxml import parse_xml

    document = docx.Document()
    fresh_styles(document.styles.element)
    _replace(document.part.numbering_part.element)
    _replace(document.settings.element, *parse_xml(declared("w:settings", *_SETTINGS)))
    _replace(document.element.body.sectPr, *parse_xml(declared("w:sectPr", _A4)))
    _drop_parts(document, keep=_KEPT - {"customXml"})
    return document


def house_style(path: Path) -> Document:
    """The template without its text; styles, page setup, headers and footers stay. Raises SettingsError."""
    document = _opened(path, _without_macros(path))
    body = document.element.body
    _replace(body, *([] if body.sectPr is None else [body.sectPr]))
    _drop_parts(document, keep=_KEPT)
    _forget_its_template(document)
    parts = list(_parts(document.part, set()))
    _refuse_programs(path, (part.content_type for part in parts))
    if any(relation.is_external and not relation.reltype.endswith("/hyperlink") for relation in _relations(parts)):
        raise _unusable(path, "haalt een afbeelding of gegevens van een andere plaats")
    return document


def numbering_root(document: Document) -> Any:
    """The element with the lists of the file, made when there is none."""
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.oxml import parse_xml
    from docx.parts.numbering import NumberingPart

    try:
        return document.part.numbering_part.element
    except NotImplementedError:  # python-docx makes none itself
        root = parse_xml(declared("w:numbering"))
        package = document.part.package
        part = NumberingPart(PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, root, package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
        return root


def text_width(document: Document) -> int:
    """The width of the text, in twentieths of a point."""
    section = document.sections[-1]
    edges = (section.left_margin, section.right_margin, section.gutter)
    if section.page_width is None:
        return 9412  # A4 with our margins
    return round((section.page_width - sum(edge or 0 for edge in edges)) / 635)


def number_pages(document: Document, styles: StyleIds) -> None:
    """Page numbers at the foot, unless the house style has a footer."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    section = document.sections[-1]
    if section._sectPr.findall(qn("w:footerReference")):
        return
    section.footer.is_linked_to_previous = False
    numbers = joined(field("PAGE", "1"), run(" / "), field("NUMPAGES", "1"))
    _replace(section.footer._element, *parse_xml(declared("w:ftr", paragraph(styles["footer"], numbers))))


def website_of(document: Document) -> Callable[[str], str]:
    """What makes a link to a website known to the file, and gives its id."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    return lambda address: document.part.relate_to(legal(address), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)


def describe(document: Document, title: str, author: str, day: date) -> None:
    """The properties of the file, which readers announce; the day is that of the figures, not of today."""
    about = document.core_properties
    about.title, about.author = legal(title)[:_LONGEST_PROPERTY], legal(author)[:_LONGEST_PROPERTY]
    about.language = LANGUAGE
    about.last_modified_by = about.comments = about.keywords = about.subject = about.category = ""
    about.revision = 1
    about.created = about.modified = datetime(day.year, day.month, day.day)


def fill(document: Document, *content: Xml) -> None:
    """Put the text in the file, before the setup of the pages."""
    from docx.oxml import parse_xml

    body = document.element.body
    setup = body.sectPr
    body.extend(parse_xml(declared("w:body", *content)))
    if setup is not None:
        body.append(setup)


def bytes_of(document: Document) -> bytes:
    """The file; the same document gives the same bytes."""
    saved = BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as source:
        return _zipped({name: source.read(name) for name in source.namelist()})


def _without_macros(path: Path) -> bytes:
    """The content of a template, as a document: Word keeps a template (.dotx) apart. Raises SettingsError."""
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(member.file_size for member in archive.infolist()) > _LARGEST:
                raise _unusable(path, "is te groot")
            members = {member.filename: archive.read(member) for member in archive.infolist()}
    except OSError:
        raise SettingsError(
            f"Het Word-sjabloon {path} is niet te lezen.", "Controleer de naam en of het bestand er staat."
        ) from None
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ):  # not a zip, encrypted
        raise _unusable(path, "is geen Word-bestand, of er zit een wachtwoord op") from None
    types = members.get(_CONTENT_TYPES, b"")
    _refuse_programs(path, [*members, types.decode(errors="replace")])
    if _TEMPLATE_TYPE in types:
        members[_CONTENT_TYPES] = types.replace(_TEMPLATE_TYPE, _DOCUMENT_TYPE)
    elif _DOCUMENT_TYPE not in types:
        raise _unusable(path, "is geen Word-bestand")
    return _zipped(members)


def _opened(path: Path, content: bytes) -> Document:
    """The template, of which every part that we use can be read. Raises SettingsError."""
    import docx

    try:
        document = docx.Document(BytesIO(content))
        roots = {
            "body": document.element.body,
            "styles": document.styles.element,
            "settings": document.settings.element,
        }
        if wrong := [kind for kind, root in roots.items() if not root.tag.endswith(f"}}{kind}")]:
            raise ValueError(*wrong)
        text_width(document)
        document.core_properties.title = ""
    except Exception as error:  # noqa: BLE001  python-docx promises no kind of error for a damaged file
        raise _unusable(path, f"is beschadigd ({type(error).__name__})") from None
    return document


def _refuse_programs(path: Path, told: Iterable[str]) -> None:
    if any(kind.lower() in text.lower() for text in told for kind in _RUNS_CODE):
        raise _unusable(path, "bevat macro's of een ander programma")


def _unusable(path: Path, reason: str) -> SettingsError:
    return SettingsError(
        f"Het Word-sjabloon {path} {reason}.", "Bewaar het sjabloon in Word opnieuw als gewoon document (.docx)."
    )


def _drop_parts(document: Document, keep: set[str]) -> None:
    """Leave out what belonged to the old text: its pictures, comments, links, headers of other sections."""
    from docx.oxml.ns import qn

    setup = document.element.body.sectPr
    named = {reference.get(qn("r:id")) for reference in ([] if setup is None else setup)}
    for relations in (document.part.rels, document.part.package.rels):
        for name, relation in list(relations.items()):
            if relation.reltype.rpartition("/")[2] not in keep and name not in named:
                del relations[name]


def _forget_its_template(document: Document) -> None:
    """A document remembers from which template it came; opening that is not ours to ask."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml.ns import qn

    root, relations = document.settings.element, document.part.part_related_by(RELATIONSHIP_TYPE.SETTINGS).rels
    for element in root.findall(qn("w:attachedTemplate")):
        root.remove(element)
    for name in [name for name, relation in relations.items() if relation.reltype.endswith("/attachedTemplate")]:
        del relations[name]


def _parts(part: Part, seen: set[Part]) -> Iterator[Part]:
    """A part and all that it leads to."""
    if part in seen:
        return
    seen.add(part)
    yield part
    for relation in part.rels.values():
        if not relation.is_external:
            yield from _parts(relation.target_part, seen)


def _relations(parts: Iterable[Part]) -> Iterator[Any]:
    for part in parts:
        yield from part.rels.values()


def _replace(root: Any, *children: Any) -> None:
    """Other children for an element."""
    for child in list(root):
        root.remove(child)
    root.extend(children)


def _zipped(members: dict[str, bytes]) -> bytes:
    """A zip file that holds no day and no clock."""
    result = BytesIO()
    with zipfile.ZipFile(result, "w") as archive:
        for name, content in members.items():
            member = zipfile.ZipInfo(name, _FIRST_DAY_OF_ZIP)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, content)
    return result.getvalue()
