"""The Word file in the house style of a municipality, and templates that are refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from integratie_eval.errors import SettingsError
from tests.unit.test_word import CHARTS, DAY, PROSE, Chart, W, Word, blocks_of, word

docx = pytest.importorskip("docx", reason="the extra 'word' is not installed")
from docx.shared import Mm, RGBColor  # noqa: E402

from integratie_eval.render.word import package, word_of  # noqa: E402
from integratie_eval.render.word.pictures import pngs_of  # noqa: E402

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
Members = dict[str, bytes]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house style as a municipality has it: Dutch ids, a logo in the header, and the text of an old letter."""
    path = tmp_path_factory.mktemp("huisstijl") / "sjabloon.docx"
    (logo,) = pngs_of([Chart(CHARTS["mensen"].svg, 40, 20)])
    (photo,) = pngs_of([Chart(CHARTS["mensen"].svg, 80, 40)])
    document = docx.Document()
    heading = document.styles["Heading 1"]
    heading.font.color.rgb = RGBColor(0xAA, 0x00, 0x11)
    heading.element.set(f"{W}styleId", "Kop1")
    document.styles["Caption"].element.getparent().remove(document.styles["Caption"].element)
    section = document.sections[0]
    section.left_margin = section.right_margin = Mm(40)
    section.header.paragraphs[0].add_run("Gemeente Duin").add_picture(io.BytesIO(logo))
    section.footer.paragraphs[0].add_run("Postbus 1")
    document.add_heading("Oude brief", 1)
    document.add_paragraph("Geachte mevrouw De Oude").add_run().add_picture(io.BytesIO(photo))
    document.add_table(1, 1)
    document.core_properties.author = "Iemand Anders"
    document.save(str(path))
    return path


@pytest.fixture(scope="module")
def styled(template: Path) -> Word:
    return word(PROSE, template)


def members_of(path: Path) -> Members:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write(path: Path, members: Members) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_the_styles_of_the_template_are_used_and_ours_added(styled: Word) -> None:
    assert styled.styled("Kop1") == ["Mensen", "Definities"]
    (heading,) = styled.find("//w:style[@w:styleId='Kop1']//w:color/@w:val", "word/styles.xml")
    assert heading == "AA0011"
    assert styled.styled("Caption") == ["Tabel 1: Mensen & dingen", "Grafiek 1: Mensen per groep"]
    assert styled.find("//w:style[@w:styleId='Rapporttabel']", "word/styles.xml")
    names = styled.find("//w:style/w:name/@w:val", "word/styles.xml")
    ids = styled.find("//w:style/@w:styleId", "word/styles.xml")
    assert len({name.lower() for name in names}) == len(names)
    assert len({name.lower() for name in ids}) == len(ids)


def test_header_footer_and_margins_stay(styled: Word) -> None:
    headers = [name for name in styled.parts if name.startswith("word/header")]
    footers = [name for name in styled.parts if name.startswith("word/footer")]
    assert [styled.find("//w:t", name)[0].text for name in (*headers, *footers)] == ["Gemeente Duin", "Postbus 1"]
    assert not styled.find("//w:instrText", footers[0])
    (margin,) = styled.find("//w:sectPr/w:pgMar/@w:left")
    assert int(margin) == 2268


def test_nothing_of_the_old_text_stays(styled: Word, template: Path) -> None:
    assert b"De Oude" in members_of(template)["word/document.xml"]
    every = b"".join(styled.parts.values())
    assert b"De Oude" not in every
    assert b"Oude brief" not in every
    assert b"Iemand Anders" not in every
    pictures = [name for name in styled.parts if name.endswith(".png")]
    assert len(pictures) == 2  # the logo and our chart


def test_a_table_fits_between_the_margins_of_the_template(template: Path) -> None:
    wide = "| " + " | ".join(["een lange kop van een kolom"] * 6) + " |"
    found = word(f"# t\n\n{wide}\n|{' --- |' * 6}\n{wide}\n", template)
    assert sum(int(e.get(f"{W}w")) for e in found.find("//w:gridCol")) <= 12240 - 2 * 2268
    assert int(word(PROSE, template).find("//wp:extent/@cx")[0]) <= (12240 - 2 * 2268) * 635


def test_the_language_is_dutch_also_when_the_template_is_not(styled: Word) -> None:
    assert {e.get(f"{W}val") for e in styled.find("//w:lang", "word/styles.xml")} == {"nl-NL"}


def test_a_template_without_defaults_or_lists_becomes_whole(template: Path, tmp_path: Path) -> None:
    members = members_of(template)
    styles = members["word/styles.xml"].decode()
    start, end = styles.index("<w:docDefaults>"), styles.index("</w:docDefaults>") + len("</w:docDefaults>")
    members["word/styles.xml"] = (styles[:start] + styles[end:]).encode()
    del members["word/numbering.xml"]
    for name in ("[Content_Types].xml", "word/_rels/document.xml.rels"):
        members[name] = _without_numbering(members[name])
    found = word(PROSE, write(tmp_path / "kaal.docx", members))
    assert found.find("/w:styles/w:docDefaults//w:lang[@w:val='nl-NL']", "word/styles.xml")
    known = set(found.find("//w:num/@w:numId", "word/numbering.xml"))
    assert set(found.find("//w:numId/@w:val")) <= known


def _without_numbering(part: bytes) -> bytes:
    from lxml import etree

    root = etree.fromstring(part)
    for child in root:
        if "numbering" in (child.get("Target") or child.get("PartName") or ""):
            root.remove(child)
    return bytes(etree.tostring(root))


def test_our_lists_get_free_numbers_in_the_template(styled: Word) -> None:
    for name in ("w:abstractNum/@w:abstractNumId", "w:num/@w:numId"):
        numbers = styled.find(f"//{name}", "word/numbering.xml")
        assert len(set(numbers)) == len(numbers)
    kinds = [e.tag.removeprefix(W) for e in styled.find("/w:numbering/*", "word/numbering.xml")]
    assert kinds == sorted(kinds)  # abstractNum before num


def test_a_dotx_is_a_template_as_well(template: Path, tmp_path: Path, styled: Word) -> None:
    members = members_of(template)
    kind = b"wordprocessingml.document.main+xml"
    members["[Content_Types].xml"] = members["[Content_Types].xml"].replace(
        kind, kind.replace(b"document", b"template")
    )
    assert word(PROSE, write(tmp_path / "sjabloon.dotx", members)).parts == styled.parts


def test_the_same_template_gives_the_same_file(template: Path, styled: Word) -> None:
    assert word(PROSE, template).parts == styled.parts


def test_the_template_that_the_template_came_from_is_forgotten(template: Path, tmp_path: Path) -> None:
    members = members_of(template)
    members["word/settings.xml"] = members["word/settings.xml"].replace(
        b"<w:zoom", f'<w:attachedTemplate xmlns:r="{OFFICE}" r:id="rId9"/><w:zoom'.encode()
    )
    members["word/_rels/settings.xml.rels"] = _relation("attachedTemplate", "https://voorbeeld.nl/kwaad.dotm")
    found = word(PROSE, write(tmp_path / "x.docx", members))
    assert not [name for name, content in found.parts.items() if b"attachedTemplate" in content]


def _relation(kind: str, target: str) -> bytes:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId9" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    ).encode()


def _with_macros(members: Members) -> Members:
    kind = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = members["[Content_Types].xml"].replace(kind, b"application/vnd.ms-word.document.macroEnabled.main+xml")
    return {**members, "[Content_Types].xml": types, "word/vbaProject.bin": b"\xd0\xcf"}


def _with_a_stowaway(members: Members) -> Members:
    return {**members, "word/vbaProject.bin": b"\xd0\xcf"}


def _with_a_far_picture(members: Members) -> Members:
    return {**members, "word/_rels/header1.xml.rels": _relation("image", "https://voorbeeld.nl/spion.png")}


def _workbook(members: Members) -> Members:
    return {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}


def _half(members: Members) -> Members:
    return {name: content for name, content in members.items() if name != "word/styles.xml"}


def _broken(members: Members) -> Members:
    return {**members, "word/document.xml": b"<w:document>"}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (_with_macros, "bevat macro's of een ander programma"),
        (_with_a_stowaway, "bevat macro's of een ander programma"),
        (_with_a_far_picture, "haalt een afbeelding of gegevens van een andere plaats"),
        (_workbook, "is geen Word-bestand"),
        (_half, "is beschadigd"),
        (_broken, "is beschadigd"),
    ],
)
def test_what_is_no_ordinary_document_is_refused(
    template: Path, tmp_path: Path, change: Callable[[Members], Members], reason: str
) -> None:
    path = tmp_path / "sjabloon.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in change(members_of(template)).items():
            archive.writestr(name, content)
    with pytest.raises(SettingsError) as refused:
        word(PROSE, path)
    assert reason in refused.value.message
    assert "sjabloon.docx" in refused.value.message
    assert "gewoon document (.docx)" in refused.value.remedy


@pytest.mark.parametrize("content", [b"", b"tekst", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), b"PK\x03\x04"])
def test_what_is_no_zip_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "sjabloon.docx"
    path.write_bytes(content)
    with pytest.raises(SettingsError, match="is geen Word-bestand, of er zit een wachtwoord op"):
        word(PROSE, path)


@pytest.mark.parametrize("name", ["weg.docx", "."])
def test_a_template_that_is_not_there_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(SettingsError, match="is niet te lezen"):
        word(PROSE, tmp_path / name)


def test_a_template_that_would_fill_the_memory_is_refused(
    template: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(package, "_LARGEST", 100_000)
    with pytest.raises(SettingsError, match="is te groot"):
        word(PROSE, template)


def test_a_report_of_before_can_be_the_template(tmp_path: Path) -> None:
    path = tmp_path / "sjabloon.docx"
    path.write_bytes(word_of(blocks_of("# Oud\n\n1. oud\n"), {}, author="Duin", day=DAY))
    again = word(PROSE, path)
    assert again.styled("Title") == ["Rapport"]
    assert len([name for name in again.parts if name.startswith("word/footer")]) == 1


@pytest.mark.parametrize("wrong", [b"<", b'<x y="', b'"', b"\xff", b"&straf;"])
def test_a_damaged_template_is_used_or_refused(tmp_path: Path, wrong: bytes) -> None:
    """Something wrong at three places of every part."""
    path = tmp_path / "sjabloon.docx"
    path.write_bytes(word_of(blocks_of(PROSE), CHARTS, author="Duin", day=DAY))
    members = members_of(path)
    for name, content in members.items():
        for place in (len(content) // 4, len(content) // 2, len(content) * 3 // 4):
            write(path, {**members, name: content[:place] + wrong + content[place:]})
            with suppress(SettingsError):
                word("# a\n", path)
