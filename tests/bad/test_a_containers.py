"""Section A of the bad inputs: files that are damaged, locked, foreign, dangerous or oddly packed."""

from __future__ import annotations

import os
import random
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from tests.bad.command import Done, check, command
from tests.bad.containers import (
    ALL_USED,
    PEOPLE,
    SHEET,
    STEM,
    as_text,
    bare_biff,
    bomb,
    compound,
    edit,
    good_csv,
    good_ods,
    good_xls,
    good_xlsb,
    good_xlsx,
    inline_strings,
    iso_days,
    members,
    moved,
    pack,
    password_protected,
    prefixed,
    repack,
    replace,
    strict,
    ten,
    xls_bytes,
    xls_records,
)
from tests.helpers import without, write_xlsx

Build = Callable[[Path], Path]
SHEET_XML = "xl/worksheets/sheet1.xml"
EMPTY_SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>'


def is_refused(done: Done, refusal: str, name: str) -> None:
    """The file is refused for this reason, in two short lines: what is wrong with which file, and what to do."""
    assert done.refusal == refusal
    assert done.out == ""
    told, remedy = done.err.splitlines()
    assert name in told and remedy.endswith(".")
    assert max(map(len, (told, remedy))) <= 200 + len(name)


def is_read(done: Done, *rules: str) -> None:
    """All ten people are used, and these findings are told."""
    assert (done.code, done.err) == (0, "")
    assert done.rows == ALL_USED
    assert done.rules == set(rules)


def as_file(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


# --- A01, A02


@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".xlsb", ".ods", ".csv"])
@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\r\n\r\n\r\n", b"\xff\xfe", bytes(4096)])
def test_a_file_without_anything_in_it_is_empty(tmp_path: Path, suffix: str, content: bytes) -> None:
    is_refused(check(as_file(tmp_path, f"{STEM}{suffix}", content)), "bestand_leeg", f"{STEM}{suffix}")


# --- A03


@pytest.mark.parametrize("share", [0.5, 0.99])
@pytest.mark.parametrize("good", [good_xlsx, good_xlsb, good_ods, good_xls])
def test_a_file_that_was_copied_half_is_damaged(tmp_path: Path, good: Build, share: float) -> None:
    path = good(tmp_path)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    is_refused(check(path), "bestand_beschadigd", path.name)


@pytest.mark.parametrize("end", ["</table:table-row>", "</table:table-cell>", "</text:p>"])
def test_an_opendocument_of_which_the_content_breaks_off_is_damaged_at_once(tmp_path: Path, end: str) -> None:
    def cut(path: Path) -> Path:
        return edit(path, "content.xml", lambda xml: xml[: xml.index(end, len(xml) // 2) + len(end)])

    done = is_quick_and_small(lambda folder: cut(good_ods(folder)), tmp_path)
    is_refused(done, "bestand_beschadigd", f"{STEM}.ods")


# --- A04


@pytest.mark.parametrize("good", [good_xlsx, good_xlsb, good_ods, good_xls])
def test_a_file_with_random_bytes_is_read_whole_or_refused(tmp_path: Path, good: Build) -> None:
    """Fifty files in one folder, each of another quarter: with --ga-door those that cannot be read are left out."""
    path = good(tmp_path)
    content = path.read_bytes()
    for seed in range(50):
        random_ = random.Random(seed)
        damaged = bytearray(content)
        for place in random_.sample(range(len(content)), 200):
            damaged[place] = random_.randrange(256)
        name = f"{1970 + seed // 4}-Q{seed % 4 + 1} bijstand{path.suffix}"
        as_file(tmp_path, name, bytes(damaged))
    done = check(tmp_path, "--ga-door")
    assert done.code in (0, 4)
    skipped = sum(line.startswith("FOUT bestand_niet_gelezen") for line in done.out.splitlines())
    assert skipped or done.code == 0
    read = [line for line in done.out.splitlines() if "tabel clienten" in line]
    assert done.rows[0] == PEOPLE * len(read)


# --- A05


@pytest.mark.parametrize(
    ("good", "suffix"),
    [(good_csv, ".xlsx"), (good_xlsx, ".csv"), (good_xls, ".xlsx"), (good_ods, ".xls"), (good_xlsb, ".ods")],
)
def test_a_wrong_extension_is_told(tmp_path: Path, good: Build, suffix: str) -> None:
    path = good(tmp_path)
    is_read(check(path.rename(path.with_suffix(suffix))), "extensie_klopt_niet")


# --- A06, A07, A08


@pytest.mark.parametrize("suffix", [".xls", ".xlsx", ".ods", ".csv"])
@pytest.mark.parametrize(
    "content",
    [
        b"<html><table><tr><td>clientnummer</td></tr></table></html>",
        b"\xef\xbb\xbf<!DOCTYPE html>\n<html></html>",
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n",
        b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
        b'<?xml version="1.0"?><office:document office:mimetype="application/vnd.oasis.opendocument.spreadsheet"/>',
        '<?xml version="1.0" encoding="UTF-16"?><Workbook/>'.encode("utf-16"),
    ],
    ids=["html", "html5", "mhtml", "xml 2003", "flat ods", "utf-16"],
)
def test_a_web_page_or_xml_must_be_saved_as_a_workbook(tmp_path: Path, suffix: str, content: bytes) -> None:
    done = check(as_file(tmp_path, f"{STEM}{suffix}", content))
    is_refused(done, "opslaan_als_xlsx", f"{STEM}{suffix}")
    assert "Opslaan als" in done.err


@pytest.mark.parametrize("name", [f"{STEM}.xml", f"{STEM}.fods", f"{STEM}.html"])
def test_xml_under_its_own_name_must_be_saved_as_a_workbook(tmp_path: Path, name: str) -> None:
    is_refused(check(as_file(tmp_path, name, b'<?xml version="1.0"?><Workbook/>')), "opslaan_als_xlsx", name)


# --- A09, D14


def word(folder: Path) -> Path:
    types = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return pack(folder / f"{STEM}.xlsx", {"[Content_Types].xml": types, "word/embeddings/tabel.xlsx": b"PK"})


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        compound({"__properties_version1.0": b"x", "__substg1.0_001A001E": b"IPM.Note"}),
        compound({"WordDocument": b"x"}),
        bytes(range(256)) * 8,
    ],
    ids=["pdf", "png", "msg", "doc", "binary"],
)
def test_another_kind_of_file_is_no_spreadsheet(tmp_path: Path, content: bytes) -> None:
    is_refused(check(as_file(tmp_path, f"{STEM}.xlsx", content)), "geen_spreadsheet", f"{STEM}.xlsx")


def test_a_document_is_no_spreadsheet_even_with_a_workbook_in_it(tmp_path: Path) -> None:
    is_refused(check(word(tmp_path)), "geen_spreadsheet", f"{STEM}.xlsx")


def test_a_packed_export_must_be_unpacked_first(tmp_path: Path) -> None:
    inner = good_xlsx(tmp_path, "binnen.xlsx")
    outer = pack(tmp_path / f"{STEM}.zip", {inner.name: inner.read_bytes()})
    for path in (outer, as_file(tmp_path, f"{STEM}.csv.gz", b"\x1f\x8b\x08\0\0\0\0\0")):
        is_refused(check(path), "bestand_ingepakt", path.name)


# --- A10, A11


def locked_ods(folder: Path) -> Path:
    path = good_ods(folder)
    parts = members(path)
    entry = (
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml" manifest:size="9">'
        '<manifest:encryption-data manifest:checksum-type="SHA1/1K" manifest:checksum="x"/></manifest:file-entry>'
        "</manifest:manifest>"
    )
    manifest = parts["META-INF/manifest.xml"].decode().replace("</manifest:manifest>", entry).encode()
    return pack(path, parts | {"META-INF/manifest.xml": manifest, "content.xml": random.Random(1).randbytes(500)})


def locked_zip(folder: Path) -> Path:
    """A container of which the members have a password of their own."""
    path = good_xlsx(folder)
    content = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + place] |= 1
            at = content.find(mark, at + 1)
    path.write_bytes(content)
    return path


LOCKED: dict[str, tuple[str, bytes | Build]] = {
    "agile": (".xlsx", compound({"EncryptionInfo": b"\x04\0\x04\0\x40\0\0\0<encryption/>", "EncryptedPackage": b"x"})),
    "standard": (".xlsx", compound({"EncryptionInfo": b"\x03\0\x02\0\x24\0\0\0", "EncryptedPackage": b"x"})),
    "xlsb": (".xlsb", compound({"EncryptionInfo": b"\x04\0\x04\0", "EncryptedPackage": b"x"})),
    "label": (".xlsx", compound({"\x09DRMContent": b"x"})),
    "xor": (".xls", compound({"Workbook": password_protected(xls_records(), 0)})),
    "rc4": (".xls", compound({"Workbook": password_protected(xls_records(), 1)})),
    "ods": (".ods", locked_ods),
    "zip": (".xlsx", locked_zip),
}


@pytest.mark.parametrize("lock", LOCKED)
def test_every_password_and_label_is_told_the_same_way(tmp_path: Path, lock: str) -> None:
    suffix, made = LOCKED[lock]
    path = as_file(tmp_path, f"{STEM}{suffix}", made) if isinstance(made, bytes) else made(tmp_path)
    done = check(path)
    is_refused(done, "bestand_beveiligd", path.name)
    assert "wachtwoord" in done.err and "label" in done.err


def test_a_sheet_that_is_only_protected_against_changes_is_read(tmp_path: Path) -> None:
    path = good_xlsx(tmp_path)
    replace(path, SHEET_XML, "</sheetData>", '</sheetData><sheetProtection password="CC1A" sheet="1" objects="1"/>')
    replace(path, "xl/workbook.xml", "<bookViews>", '<workbookProtection lockStructure="1"/><bookViews>')
    is_read(check(path))


# --- A12, A13


def is_quick_and_small(build: Build, tmp_path: Path) -> Done:
    path = build(tmp_path)
    begin = time.monotonic()
    done = check(path)
    assert time.monotonic() - begin < 30
    return done


@pytest.mark.parametrize("member", [SHEET_XML, "xl/sharedStrings.xml", "docProps/app.xml"])
def test_a_container_that_explodes_is_not_opened(tmp_path: Path, member: str) -> None:
    done = is_quick_and_small(lambda folder: bomb(good_xlsx(folder), member, 2**27), tmp_path)
    is_refused(done, "bestand_onveilig", f"{STEM}.xlsx")


def test_a_container_that_says_it_holds_two_gigabytes_is_not_opened(tmp_path: Path) -> None:
    path = good_xlsx(tmp_path)
    content = bytearray(path.read_bytes())
    at = content.index(b"PK\x01\x02")
    content[at + 24 : at + 28] = (2**31).to_bytes(4, "little")
    is_refused(check(as_file(tmp_path, path.name, bytes(content))), "bestand_onveilig", path.name)


def test_a_container_that_hides_its_size_is_damaged(tmp_path: Path) -> None:
    path = bomb(good_xlsx(tmp_path), SHEET_XML, 2**26)
    content = bytearray(path.read_bytes())
    at = content.rindex(b"PK\x01\x02")
    content[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    done = is_quick_and_small(lambda folder: as_file(folder, path.name, bytes(content)), tmp_path)
    is_refused(done, "bestand_beschadigd", path.name)


def test_a_container_in_a_container_in_a_container_is_not_unpacked(tmp_path: Path) -> None:
    inner = bomb(good_xlsx(tmp_path, "bom.xlsx"), SHEET_XML, 2**25).read_bytes()
    for _ in range(3):
        inner = pack(tmp_path / "bom.zip", {f"{number}.xlsx": inner for number in range(3)}).read_bytes()
    is_refused(check(as_file(tmp_path, f"{STEM}.xlsx", inner)), "bestand_ingepakt", f"{STEM}.xlsx")


def entities(xml: str) -> str:
    levels = "".join(
        f'<!ENTITY e{level} "{f"&e{level - 1};" * 10 if level else "ha"}">' for level in range(9)
    )  # fmt: skip
    return with_prolog(xml, f"<!DOCTYPE worksheet [{levels}]>").replace("<sheetData>", "<sheetData>&e8;", 1)


def with_prolog(xml: str, prolog: str) -> str:
    head, rest = xml.split("?>", 1)
    return f"{head}?>{prolog}{rest}"


@pytest.mark.parametrize("member", [SHEET_XML, "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_xml_with_entities_is_not_read(tmp_path: Path, member: str) -> None:
    done = is_quick_and_small(lambda folder: edit(good_xlsx(folder), member, entities), tmp_path)
    is_refused(done, "bestand_onveilig", f"{STEM}.xlsx")


@pytest.mark.parametrize(
    "wrap",
    [lambda text: text.encode(), lambda text: text.encode("utf-16"), lambda text: text.encode("utf-16-le")],
    ids=["utf-8", "utf-16", "utf-16 without mark"],
)  # fmt: skip
def test_an_entity_that_names_a_file_does_not_read_it(tmp_path: Path, wrap: Callable[[str], bytes]) -> None:
    secret = as_file(tmp_path, "geheim.txt", b"geheim")
    path = good_xlsx(tmp_path)
    parts = members(path)
    xml = with_prolog(parts[SHEET_XML].decode(), f'<!DOCTYPE a [<!ENTITY e SYSTEM "{secret.as_uri()}">]>')
    pack(path, parts | {SHEET_XML: wrap(xml.replace("<v>", "<v>&e;"))})
    done = check(path)
    is_refused(done, "bestand_onveilig", path.name)


def test_a_prolog_that_hides_the_first_element_is_not_read(tmp_path: Path) -> None:
    path = edit(good_xlsx(tmp_path), SHEET_XML, lambda xml: with_prolog(xml, f"<!--{' ' * 2**17}--><!DOCTYPE a []>"))
    is_refused(check(path), "bestand_onveilig", path.name)


def test_an_opendocument_with_entities_is_not_read(tmp_path: Path) -> None:
    path = edit(good_ods(tmp_path), "content.xml", lambda xml: with_prolog(xml, '<!DOCTYPE a [<!ENTITY e "x">]>'))
    is_refused(check(path), "bestand_onveilig", path.name)


# --- A14, A15


@pytest.mark.parametrize(
    "second", [SHEET_XML, SHEET_XML.upper(), "xl/Worksheets/sheet1.xml", "xl\\worksheets\\sheet1.xml"]
)
@pytest.mark.parametrize("position", [0, 99])
def test_two_members_with_one_name_are_damage(tmp_path: Path, second: str, position: int) -> None:
    path = good_xlsx(tmp_path)
    parts = list(members(path).items())
    parts.insert(position, (second, EMPTY_SHEET.encode()))
    is_refused(check(pack(path, parts)), "bestand_beschadigd", path.name)


@pytest.mark.parametrize(
    "rename",
    [
        lambda name: name.replace("/", "\\"),
        str.upper,
        lambda name: name.replace("[Content_Types]", "[CONTENT_TYPES]"),
        lambda name: name.replace("sharedStrings", "SharedStrings").replace("worksheets", "Worksheets"),
        lambda name: f"/{name}",
        lambda name: f"./{name}",
    ],
    ids=["backslashes", "capitals", "content types", "mixed", "from the root", "from here"],
)
@pytest.mark.parametrize("good", [good_xlsx, good_xlsb])
def test_other_spellings_of_the_names_of_members_are_read(
    tmp_path: Path, good: Build, rename: Callable[[str], str]
) -> None:
    is_read(check(repack(good(tmp_path), lambda name, content: (rename(name), content))))


# --- A16, A17, A18


def test_the_strict_variant_of_the_format_is_read(tmp_path: Path) -> None:
    is_read(check(strict(good_xlsx(tmp_path))))


def test_days_as_iso_dates_are_read(tmp_path: Path) -> None:
    is_read(check(edit(strict(good_xlsx(tmp_path)), SHEET_XML, iso_days)))


def without_styles(folder: Path) -> Path:
    path = repack(good_xlsx(folder), lambda name, content: None if name == "xl/styles.xml" else (name, content))
    for member, tag in (("[Content_Types].xml", "Override"), ("xl/_rels/workbook.xml.rels", "Relationship")):
        edit(path, member, lambda xml, tag=tag: re.sub(rf"<{tag}[^>]*styles[^>]*/>", "", xml))  # type: ignore[misc]
    return path


def with_prefix(folder: Path) -> Path:
    path = good_xlsx(folder)
    for member in ("xl/workbook.xml", SHEET_XML, "xl/sharedStrings.xml", "xl/styles.xml"):
        edit(path, member, prefixed)
    return path


def without_addresses(folder: Path) -> Path:
    """The place of a cell is then its place among the cells, so that no cell may be left out."""
    path = good_xlsx(folder, rows=without(ten(), "eind_uitkering", "reden_einde"))
    return edit(path, SHEET_XML, lambda xml: re.sub(r' r="[A-Z]+\d+"', "", xml))


@pytest.mark.parametrize(
    "build",
    [
        without_styles,
        with_prefix,
        lambda folder: inline_strings(good_xlsx(folder)),
        lambda folder: edit(good_xlsx(folder), SHEET_XML, lambda xml: xml.replace('"', "'")),
        without_addresses,
        lambda folder: edit(good_xlsx(folder), SHEET_XML, lambda xml: xml.replace("><", ">\n  <")),
        lambda folder: moved(good_xlsx(folder), "xl/workbook2.xml"),
        lambda folder: moved(good_xlsx(folder), "boek/boek.xml"),
    ],
    ids=["no styles", "prefix", "inline", "single quotes", "no addresses", "indented", "other name", "other folder"],
)
def test_other_ways_to_write_the_same_workbook_are_read(tmp_path: Path, build: Build) -> None:
    done = check(build(tmp_path))
    is_read(done, *({"einde_niet_geleverd"} if build is without_addresses else ()))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<fonts ", '<fonts onbekend="ja" '),
        ('<patternFill patternType="none"/>', ""),
        ('<color theme="1"/>', '<color rgb="zz"/>'),
        ("<cellStyles ", "<onzin/><cellStyles "),
        ('<xf numFmtId="14"', '<xf numFmtId="zz"'),
    ],
)
def test_broken_styles_do_no_harm(tmp_path: Path, old: str, new: str) -> None:
    path = good_xlsx(tmp_path)
    if old in members(path)["xl/styles.xml"].decode():
        replace(path, "xl/styles.xml", old, new)
    is_read(check(path))


def test_styles_that_are_no_xml_are_damage(tmp_path: Path) -> None:
    path = replace(good_xlsx(tmp_path), "xl/styles.xml", "</styleSheet>", "")
    is_refused(check(path), "bestand_beschadigd", path.name)


# --- A19


def with_macros(folder: Path) -> Path:
    path = good_xlsx(folder, f"{STEM}.xlsm")
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    replace(path, "[Content_Types].xml", main, "application/vnd.ms-excel.sheet.macroEnabled.main+xml")
    return pack(path, members(path) | {"xl/vbaProject.bin": compound({"PROJECT": b"Shell"})})


def with_links(folder: Path) -> Path:
    """A link to another workbook, and a formula that would start a program."""
    path = good_xlsx(folder)
    link = (
        '<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<ddeLink ddeService="cmd" ddeTopic="/c touch gestart"/></externalLink>'
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink"
    relation = f'<Relationship Id="rId99" Type="{kind}" Target="externalLinks/externalLink1.xml"/></Relationships>'
    replace(path, "xl/_rels/workbook.xml.rels", "</Relationships>", relation)
    formula = '<c r="Z2" t="str"><f>cmd|\'/c touch gestart\'!A0</f><v>x</v></c></row>'
    edit(path, SHEET_XML, lambda xml: xml.replace("</row>", formula, 2).replace(formula, "</row>", 1))
    return pack(path, members(path) | {"xl/externalLinks/externalLink1.xml": link.encode()})


def test_macros_are_not_run(tmp_path: Path) -> None:
    is_read(check(with_macros(tmp_path)))


def test_links_and_commands_are_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = check(with_links(tmp_path))
    assert (done.code, done.rows) == (0, ALL_USED)
    assert [path.name for path in tmp_path.iterdir()] == [f"{STEM}.xlsx"]


# --- A20, A21


@pytest.mark.parametrize(
    "content",
    [bare_biff(2), bare_biff(3), bare_biff(4), xls_records(), compound({"Book": xls_records()}), xls_bytes()],
    ids=["2", "3", "4", "records of 97", "Book", "97"],
)
def test_old_workbooks_of_every_age_are_read(tmp_path: Path, content: bytes) -> None:
    is_read(check(as_file(tmp_path, f"{STEM}.xls", content)))


@pytest.mark.parametrize(
    "content",
    [
        compound({"Workbook": xls_records()}, loop=True),
        compound({"Workbook": xls_records()})[:1024],
        compound({"Workbook": b"\x09\x08\x10\0"}),
        bytes.fromhex("D0CF11E0A1B11AE1") + bytes(1016),
        bytes.fromhex("D0CF11E0A1B11AE1") + b"\xff" * 1016,
    ],
    ids=["loop", "cut off", "no records", "zeros", "ones"],
)
def test_an_old_container_that_leads_nowhere_is_damaged(tmp_path: Path, content: bytes) -> None:
    is_refused(check(as_file(tmp_path, f"{STEM}.xls", content)), "bestand_beschadigd", f"{STEM}.xls")


# --- A22


def test_what_other_programs_leave_in_a_folder_is_skipped_and_an_open_export_is_told(tmp_path: Path) -> None:
    good_xlsx(tmp_path)
    for name in (f"~${STEM}.xlsx", f".~lock.{STEM}.xlsx#", "Thumbs.db", ".DS_Store", f"._{STEM}.xlsx", "a.xlsx.part"):
        as_file(tmp_path, name, b"\x05\0rommel")
    is_read(check(tmp_path), "bestand_open")


def test_a_lock_file_among_the_named_files_is_skipped(tmp_path: Path) -> None:
    path = good_xlsx(tmp_path)
    lock = as_file(tmp_path, f"~${STEM}.xlsx", b"\x05\0rommel")
    is_read(command("check", path, lock), "bestand_open")
    done = check(lock)
    assert done.code == 3 and "hulpbestand" in done.err


# --- A23


def test_a_path_that_leads_to_no_file_is_told_each_in_its_own_way(tmp_path: Path) -> None:
    (tmp_path / "map.xlsx").mkdir()
    (tmp_path / "koppeling.xlsx").symlink_to(tmp_path / "weg.xlsx")
    os.mkfifo(tmp_path / "pijp.xlsx")
    told = [check(tmp_path / name) for name in ("map.xlsx", "koppeling.xlsx", "weg.xlsx", "*.ods", "pijp.xlsx")]
    assert [done.code for done in told] == [3] * 5
    assert len({done.err.replace(str(tmp_path), "") for done in told}) == 5
    for done, words in zip(
        told, ("geen export", "koppeling", "bestaat niet", "geen enkel bestand", "niet te lezen"), strict=True
    ):
        assert words in done.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
@pytest.mark.parametrize("mode", [0o000, 0o300])
def test_a_folder_or_file_that_we_may_not_read_is_told(tmp_path: Path, mode: int) -> None:
    folder = tmp_path / "dicht"
    folder.mkdir()
    path = good_xlsx(folder)
    path.chmod(0)
    is_refused(check(path), "geen_leesrecht", path.name)
    folder.chmod(mode)
    done = check(folder)
    folder.chmod(0o700)
    assert done.code == 3 and "mag niet worden gelezen" in done.err


def test_no_permission_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr(Path, "iterdir", refuse)
    done = check(tmp_path)
    assert done.code == 3 and "mag niet worden gelezen" in done.err


# --- A24


@pytest.mark.parametrize(
    "name",
    [
        "2019-Q4 é ü €.xlsx",
        "2019-Q4 🗂.xlsx",
        "2019-Q4 " + "e\u0301.xlsx",
        "2019-Q4 [table].xlsx",
        "2019-Q4 {a} $HOME %TEMP% 'b'.xlsx",
        f"2019-Q4 {'x' * 187}.xlsx",
        "-2019-Q4.xlsx",
        "2019-Q4.XLSX",
        "2019-Q4 twee\nregels.xlsx",
    ],
)
def test_every_name_that_a_file_can_have_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    path = good_xlsx(tmp_path, name)
    is_read(check(path))
    is_read(check(tmp_path))
    monkeypatch.chdir(tmp_path)
    is_read(command("check", "--", name))


def test_a_name_that_is_no_text_is_read(tmp_path: Path) -> None:
    path = good_xlsx(tmp_path)
    is_read(check(path.rename(os.fsdecode(bytes(tmp_path) + b"/2019-Q4 \xff.xlsx"))))


def test_brackets_in_the_name_of_a_csv_are_no_pattern(tmp_path: Path) -> None:
    is_read(check(good_csv(tmp_path, "2019-Q4 [table].csv")))


def test_a_name_longer_than_a_name_can_be_is_told(tmp_path: Path) -> None:
    assert check(tmp_path / ("x" * 300 + ".xlsx")).code == 3


# --- A25


@pytest.mark.parametrize("kind", ["chartsheet", "macrosheet", "dialogsheet"])
def test_a_workbook_without_a_worksheet_is_refused(tmp_path: Path, kind: str) -> None:
    path = replace(
        good_xlsx(tmp_path), "xl/_rels/workbook.xml.rels", "relationships/worksheet", f"relationships/{kind}"
    )
    is_refused(check(path), "geen_werkblad", path.name)


def test_a_workbook_with_no_sheets_at_all_is_refused(tmp_path: Path) -> None:
    path = edit(good_xlsx(tmp_path), "xl/workbook.xml", lambda xml: re.sub("<sheets>.*</sheets>", "<sheets/>", xml))
    is_refused(check(path), "geen_werkblad", path.name)


def test_a_workbook_of_which_all_sheets_are_empty_is_refused(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / f"{STEM}.xlsx", {"Blad1": [], "Blad2": [[None]]})
    is_refused(check(path), "geen_werkblad", path.name)


def test_a_chart_before_the_worksheet_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / f"{STEM}.xlsx"
    with xlsxwriter.Workbook(path) as book:
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": f"='{SHEET}'!$A$1:$A$3"})
        book.add_chartsheet("Grafiek").set_chart(chart)
        sheet = book.add_worksheet(SHEET)
        for number, row in enumerate(as_text(ten())):
            sheet.write_row(number, 0, row)
    is_read(check(path))
